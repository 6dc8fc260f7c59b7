// Rings of waiting threads as they are drawn: where their parts stand, and what pressing one does.
#include "ui/panes/rings.h"

#include "ui/panes/inspector/inspector.h"
#include "ui/panes/stage/explain_banner.h"
#include "ui/robot.h"
#include "ui/support/panes_trace.h"

using namespace qs;
using namespace qs::ui;

namespace {

// A run that has settled with so many threads in a ring; each waits for a lock that the next holds.
struct Ring {
  test::TraceWriter w;
  std::vector<ObjectId> threads, locks;
  model::Timeline timeline;

  explicit Ring(int count) : timeline((fill_trace(count), w.trace)) {}

  void fill_trace(int count) {
    w.file = w.trace->intern_file("driver.c");
    for (int i = 0; i < count; ++i) {
      threads.emplace_back(ObjectKind::Thread, uint32_t(i + 1));
      w.trace->set_name(threads.back(), i ? "worker " + std::to_string(i) : "notepad");
      locks.emplace_back(ObjectKind::WaitLock, uint32_t(i + 1));
      w.put(trace::EventCode::ThreadStart, threads.back(), {}, uint32_t(trace::ThreadKind::Driver));
    }
    for (int i = 0; i < count; ++i) {
      w.put(trace::EventCode::ThreadWait, threads[size_t(i)], locks[size_t(i)],
            uint32_t(trace::WaitReason::LockHeld), 0, 0, uint32_t(10 + i));
    }
    for (int i = 0; i < count; ++i)
      w.put(trace::EventCode::RingLink, threads[size_t(i)], locks[size_t(i)],
            uint32_t(trace::WaitReason::LockHeld), 0, uint32_t((i + 1) % count + 1),
            uint32_t(10 + i));
    w.put(trace::EventCode::Note, {}, {}, w.trace->intern("ring: all of them"), trace::kReasonNote);
    w.put(trace::EventCode::Finding, locks[0], threads[0], w.trace->intern("U-03"));
    w.put(trace::EventCode::Settled);
  }
  size_t finding() const { return w.trace->size() - 2; }
};

// The explanation above and the inspector below it, as wide as the window.
struct RingWindow {
  Ring ring;
  UiState shared;
  BannerState banner;
  InspectorState inspector;
  std::vector<session::Command> out;
  Robot robot;

  RingWindow(int count, int width)
      : ring(count),
        robot(
            [this](Ui& ui) {
              shared.begin_frame();
              fill(ui, ui.screen, ui.theme->background);
              const session::Moment m = test::moment_at(ring.timeline, double(ring.finding() + 1));
              const BannerInfo info = banner_info(m);
              Rect page = ui.screen;
              Rect top = cut_top(page, explain_banner_height(ui, page.w, info, banner));
              draw_explain_banner(ui, top, info, banner, shared, out);
              draw_inspector(ui, page, m, shared.selected, inspector, shared, out);
            },
            width, 1800) {}
  bool says(std::string_view text) {
    return describe(robot.ui.rects).find(text) != std::string::npos;
  }
};

void check_layout(const Ui& ui, const Rect& rect, const std::vector<RingBox>& boxes) {
  const RingLayout at = ring_layout(ui, rect, boxes);
  REQUIRE(at.boxes.size() == boxes.size());
  REQUIRE(at.ways.size() == boxes.size());
  const float near = ui.px(2);
  for (size_t i = 0; i < boxes.size(); ++i) {
    const Rect& box = at.boxes[i];
    CHECK(box.x >= rect.x);
    CHECK(box.right() <= rect.right() + 1);
    CHECK(box.bottom() <= rect.y + at.height + 1);
    for (size_t other = i + 1; other < boxes.size(); ++other) {
      CHECK(intersect(box, at.boxes[other]).empty());
      CHECK(intersect(at.words[i], at.words[other]).empty());
    }
    // Each way leaves its own box and ends at the next; words stand on no box.
    CHECK(outset(box, near).contains(at.ways[i].front()));
    CHECK(outset(at.boxes[(i + 1) % boxes.size()], near).contains(at.ways[i].back()));
    for (const Rect& any : at.boxes) CHECK(intersect(at.words[i], any).empty());
    for (const Point p : at.ways[i])
      CHECK(outset(Rect{rect.x, rect.y, rect.w, at.height}, 1).contains(p));
  }
}

}  // namespace

TEST_CASE("ring: its boxes stand apart and inside, and each way leads from one to the next") {
  for (const int count : {1, 2, 3, 5, 12})
    for (const int width : {230, 420, 1200}) {
      CAPTURE(count);
      CAPTURE(width);
      const Ring ring(count);
      const auto links = trace::ring_of(*ring.w.trace, ring.finding());
      REQUIRE(links.size() == size_t(count));
      CHECK(links.back().next == ring.threads.front());
      Robot robot([&](Ui& ui) {
        check_layout(ui, {10, 20, ui.px(float(width)), 0}, boxes_of(*ring.w.trace, links));
      });
      robot.frame();
    }
}

TEST_CASE("ring: one that fits stands side by side, another one below the other") {
  const Ring ring(3);
  const auto boxes = boxes_of(*ring.w.trace, trace::ring_of(*ring.w.trace, ring.finding()));
  Robot robot([&](Ui& ui) {
    const RingLayout wide = ring_layout(ui, {0, 0, ui.px(1200), 0}, boxes);
    CHECK(wide.boxes[0].y == wide.boxes[2].y);
    const RingLayout narrow = ring_layout(ui, {0, 0, ui.px(260), 0}, boxes);
    CHECK(narrow.boxes[0].x == narrow.boxes[2].x);
    CHECK(narrow.height > wide.height);
  });
  robot.frame();
}

TEST_CASE("U-03 the explanation draws the ring; its threads and locks can be pressed") {
  for (const int width : {420, 1400}) {
    CAPTURE(width);
    RingWindow w(3, width);
    w.robot.frame();
    CHECK(w.says("worker 2"));
    CHECK(w.says("driver.c:11"));
    CHECK(w.says("waits for wait lock 2"));
    w.robot.click("explanation/ring/thread-2");
    CHECK(w.shared.selected == w.ring.threads[1]);
    CHECK(w.shared.show_line == trace::Site(w.ring.w.file, 11));
    w.robot.click("explanation/ring/wait-3");
    CHECK(w.shared.selected == w.ring.locks[2]);
    w.robot.frame();
    CHECK(w.says("Who waits for whom"));  // in the inspector of that lock, too
  }
}

TEST_CASE("U-03 whoever is in no ring has none drawn") {
  RingWindow w(2, 420);
  w.shared.selected = ObjectId(ObjectKind::Thread, 9);
  w.robot.frame();
  CHECK_FALSE(w.says("Who waits for whom"));
  CHECK(trace::ring_of(*w.ring.w.trace, 0).empty());
  CHECK(trace::ring_of(*w.ring.w.trace, w.ring.finding() - 1).size() == 2);  // before its reason
}
