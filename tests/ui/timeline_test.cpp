// The timeline: geometry by itself, then with mouse and keys on a run written by hand.
#include "ui/panes/timeline/timeline.h"
#include "ui/toolkit/core/theme_file.h"

#include <array>

#include "ui/robot.h"
#include "ui/support/panes_stand.h"
#include "ui/support/sample_trace.h"

using namespace qs;
using namespace qs::ui;
using test::PanesStand;

// ---- geometry

TEST_CASE("timeline: zooming keeps the place under the pointer where it is") {
  const EventRange view{100, 300};
  const Axis before{view, 50, 800};
  const double at = before.position(450);
  const EventRange closer = zoomed(view, 1000, at, 0.5);
  CHECK(closer.size() == doctest::Approx(100));
  const Axis after{closer, 50, 800};
  CHECK(after.x(at) == doctest::Approx(450).epsilon(0.001));
}

TEST_CASE("timeline: zoom and pan never leave the run nor come closer than a few events") {
  EventRange v = fitted(1000);
  for (int i = 0; i < 100; ++i) v = zoomed(v, 1000, 500, 0.5);
  CHECK(v.size() == doctest::Approx(kLeastSpan));
  v = panned(v, 1000, 1e9);
  CHECK(v.to == doctest::Approx(fitted(1000).to));
  v = panned(v, 1000, -1e9);
  CHECK(v.from == 0);
  for (int i = 0; i < 100; ++i) v = zoomed(v, 1000, 500, 2);
  CHECK(v == fitted(1000));
  CHECK(fitted(0).size() == kLeastSpan);
}

TEST_CASE("timeline: the view follows a playhead that leaves it and stays otherwise") {
  const EventRange v{100, 200};
  CHECK(following(v, 1000, 150) == v);
  const EventRange ahead = following(v, 1000, 205);
  CHECK(ahead.from < 205);
  CHECK(ahead.to > 250);
  CHECK(ahead.size() == doctest::Approx(100));
  const EventRange behind = following(v, 1000, 90);
  CHECK(behind.from < 90);
  CHECK(behind.to > 90);
}

TEST_CASE("timeline: an event is found where it is drawn") {
  const Axis axis{{0, 64}, 20, 640};
  for (const size_t e : {size_t(0), size_t(17), size_t(63)})
    CHECK(event_near(axis, axis.x(position_of_event(e)), 64) == int64_t(e));
  CHECK(event_near(axis, 20, 64) == qs::ui::kNoEvent);
  CHECK(event_near(axis, 1e6f, 64) == 63);
}

TEST_CASE("timeline: ticks stand where the clock moves, labels keep their distance") {
  test::PanesRun run;
  model::Timeline timeline(run.trace);
  const Axis axis{fitted(run.trace->size()), 0, 1200};
  const auto ticks = time_ticks(timeline, axis, 6, 80);
  REQUIRE(ticks.size() > 4);
  CHECK(ticks[0].position == 0);
  float last = -1000;
  for (size_t i = 1; i < ticks.size(); ++i) {
    const size_t e = size_t(ticks[i].position) - 1;
    CHECK((*run.trace)[e].time == ticks[i].time);
    CHECK((*run.trace)[e - 1].time < ticks[i].time);
    if (!ticks[i].label) continue;
    CHECK(axis.x(ticks[i].position) - last >= 80);
    last = axis.x(ticks[i].position);
  }
}

TEST_CASE("timeline: a long run has no more ticks than there is room for") {
  const auto trace = test::long_trace(200'000);
  model::Timeline timeline(trace);
  const Axis axis{fitted(trace->size()), 0, 1000};
  CHECK(time_ticks(timeline, axis, 7, 80).size() <= 1000 / 7 + 2);
}

TEST_CASE("timeline: marks that would touch become one with a count") {
  const std::vector<uint32_t> decisions{10, 11, 12, 500, 900}, verdicts{500};
  const MarkSource sources[] = {{Mark::Decision, decisions}, {Mark::Verdict, verdicts}};
  const Axis axis{{0, 1000}, 0, 1000};
  const auto marks = marks_in_view(sources, axis, 18);
  REQUIRE(marks.size() == 3);
  CHECK(marks[0].count == 3);
  CHECK(marks[0].first == 10);
  CHECK(marks[0].last == 12);
  CHECK(marks[1].kinds == (Mark::Decision | Mark::Verdict));
  CHECK(marks[2].count == 1);
  for (size_t i = 1; i < marks.size(); ++i) CHECK(marks[i].x - marks[i - 1].x >= 18);
  // Nearer, they come apart.
  const Axis near{{5, 20}, 0, 1000};
  CHECK(marks_in_view(sources, near, 18).size() == 3);
}

TEST_CASE("timeline: facts of a trace are gathered once and continued when it grows") {
  test::PanesRun run;
  TraceFacts facts;
  CHECK(facts.update(*run.trace));
  CHECK_FALSE(facts.update(*run.trace));
  CHECK(facts.requests().size() == 8);
  CHECK(facts.requests()[0].id == run.r["R0"]);
  CHECK(facts.requests()[0].to < run.trace->size());
  CHECK(facts.depth_of(run.t1) == 1);
  CHECK(facts.most_of(run.reads) >= 3);
  const size_t decisions = facts.decisions().size();
  CHECK(decisions > 3);
  run.put(trace::EventCode::Choice, {}, {}, 99, 3, run.t1.serial());
  CHECK(facts.update(*run.trace));
  CHECK(facts.decisions().size() == decisions + 1);
  test::PanesRun other;
  CHECK(facts.update(*other.trace));
  CHECK(facts.decisions().size() == decisions);
}

TEST_CASE("timeline: of many requests only those in view have a lane") {
  const auto trace = test::long_trace(20'000);
  model::Timeline timeline(trace);
  TraceFacts facts;
  facts.update(*trace);
  std::vector<LaneRow> all, some;
  lane_rows(facts, timeline, TimelineState::requests, fitted(trace->size()), 0, 1, all);
  const float height =
      lane_rows(facts, timeline, TimelineState::requests, {5000, 5200}, 0, 1, some);
  CHECK(all.size() == facts.requests().size());
  CHECK(some.size() < 60);
  CHECK(some.size() > 10);
  CHECK(height == doctest::Approx(20.0 * double(some.size())));
}

TEST_CASE("timeline: a thread that ran at a raised IRQL has room for it in words") {
  test::PanesRun run;
  model::Timeline timeline(*run.trace);
  TraceFacts facts;
  facts.update(*run.trace);
  CHECK(facts.raised(run.dpc));
  std::vector<LaneRow> rows;
  lane_rows(facts, timeline, TimelineState::threads, fitted(run.trace->size()), 0, 1, rows);
  for (const LaneRow& row : rows)
    CHECK(row.h == (facts.raised(row.id) ? 30 : 20) + 14 * std::max(1, facts.depth_of(row.id)));
}

TEST_CASE("timeline: creates that tell nothing are folded into one row, others keep their lane") {
  sample::Scene s;
  s.begin();
  const ObjectId q = s.add_queue("default", trace::Dispatch::Manual, trace::kConfigDefault, 0);
  s.start_device();
  s.add_app("app", "A");
  s.start_thread("app", trace::ThreadKind::App, s.apps[0]);
  const auto create = [&](const char* name, int32_t status) {
    const ObjectId r = s.send(name, trace::RequestType::Create, 0, 0);
    s.arrive(r);
    s.push(trace::EventCode::Completing, r, q, uint32_t(status), 0, 1);
    s.push(trace::EventCode::Completed, r, s.apps[0], uint32_t(status));
    return r;
  };
  create("O1", sample::kSuccess);
  create("O2", sample::kSuccess);
  const auto rows = [&](bool creates) {
    model::Timeline timeline(*s.trace);
    TraceFacts facts;
    facts.update(*s.trace);
    std::vector<LaneRow> out;
    lane_rows(facts, timeline, TimelineState::requests, fitted(s.trace->size()), 0, 1, out,
              creates);
    return out;
  };
  CHECK(rows(false).size() == 2);  // the only ones
  const ObjectId r1 = s.arrive_in("R1", trace::RequestType::Read, 0, q);
  const ObjectId failed = create("O3", sample::kCancelled);
  const ObjectId waits = s.arrive_in("O4", trace::RequestType::Create, 0, q);
  const ObjectId open = s.send("O5", trace::RequestType::Create, 0, 0);
  const auto folded = rows(false);
  REQUIRE(folded.size() == 5);
  for (size_t i = 0; i < 4; ++i) CHECK(folded[i].id == std::array{r1, failed, waits, open}[i]);
  CHECK(folded[4].folded == 2);
  CHECK_FALSE(folded[4].id);
  CHECK(rows(true).size() == 7);
}

TEST_CASE("timeline: its parts do not overlap at any size") {
  for (const Rect r : {Rect{10, 10, 980, 150}, Rect{10, 10, 1660, 270}, Rect{0, 0, 400, 110}})
    for (const float scale : {1.0f, 2.0f}) {
      const TimelineLayout at = timeline_layout(r, scale, TimelineState::requests, true, 2);
      const Rect parts[] = {at.header, at.ruler, at.canvas, at.axis, at.overview};
      for (size_t i = 0; i < 5; ++i)
        for (size_t j = i + 1; j < 5; ++j) CHECK(intersect(parts[i], parts[j]).empty());
      CHECK(at.ruler.contains(at.marks));
      CHECK(at.canvas.x == at.ruler.x);
      CHECK(at.canvas.right() == at.ruler.right());
    }
}

// ---- branches

TEST_CASE("branches: children stand below their parent, in order") {
  const std::vector<BranchInfo> all{
      {0, 0, 0, "main", 100}, {1, 0, 40, "a", 120}, {2, 0, 20, "b", 90}, {3, 1, 60, "a1", 130}};
  const auto rows = branch_rows(all);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].branch == 0);
  CHECK(rows[0].parent_row == -1);
  CHECK(rows[1].branch == 1);
  CHECK(rows[2].branch == 3);
  CHECK(rows[2].parent_row == 1);
  CHECK(rows[3].branch == 2);
  CHECK(rows[3].parent_row == 0);
  CHECK(rows[2].from == 60);
  CHECK(rows[2].to == 130);
}

TEST_CASE("branches: where there is little room the current one and its ancestors stay") {
  std::vector<BranchInfo> all{{0, 0, 0, "main", 100}};
  for (size_t i = 1; i < 20; ++i) all.push_back({i, i < 10 ? 0 : i - 1, 10, "x", 100});
  const auto rows = rows_that_fit(branch_rows(all), 12, 4);
  REQUIRE(rows.size() == 4);
  size_t current = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i].row == int(i));
    CHECK(rows[i].parent_row < int(i));
    current += rows[i].branch == 12;
  }
  CHECK(current == 1);
}

// ---- with hands

namespace {

struct Hands {
  PanesStand stand;
  Robot robot;
  explicit Hands(double at = 118, int w = 1400, int h = 280)
      : stand(false, at),
        robot(
            [this](Ui& ui) {
              stand.begin(ui);
              stand.timeline_pane(ui, inset(ui.screen, 6));
              stand.end(ui);
            },
            w, h) {}
  Axis axis() {
    const Rect c = robot.find("timeline/lanes/canvas").rect;
    return {stand.timeline_state.view, c.x, c.w};
  }
  Point place(double position, float row = 0.5f) {
    const Rect c = robot.find("timeline/lanes/canvas").rect;
    return {axis().x(position), c.y + 20 * row};
  }
};

}  // namespace

TEST_CASE("timeline: dragging in the ruler moves the playhead while dragging") {
  Hands h;
  const Rect ruler = h.robot.find("timeline/playhead").rect;  // by its handle
  h.robot.platform->input.push_mouse(h.axis().x(118), ruler.center().y);
  h.robot.platform->input.push_button(MouseButton::left, true);
  h.robot.frame();
  h.robot.platform->input.push_mouse(h.axis().x(80), ruler.center().y);
  h.robot.frame();
  h.robot.frame();
  CHECK(h.stand.position == 80);  // not only when let go
  h.robot.platform->input.push_mouse(h.axis().x(30), ruler.center().y);
  h.robot.frame();
  h.robot.platform->input.push_button(MouseButton::left, false);
  h.robot.frame();
  CHECK(h.stand.position == 30);
}

TEST_CASE("timeline: a press in the ruler takes the playhead there") {
  Hands h;
  const Rect ruler = h.robot.find("timeline/ruler").rect;
  h.robot.platform->input.push_click(h.axis().x(64), ruler.bottom() - 3);
  h.robot.frame();
  h.robot.frame();
  CHECK(h.stand.position == 64);
}

TEST_CASE("timeline: what was set up before anybody could act is left out at first; F shows it") {
  Hands h;
  const size_t n = h.stand.run.trace->size();
  h.stand.info.ready = 40;
  h.stand.timeline_state.view = {};
  h.robot.frame();
  CHECK(h.stand.timeline_state.view == home_view(n, 40));
  CHECK(h.stand.timeline_state.view.from > 30);
  h.robot.key("Shift+F");
  CHECK(h.stand.timeline_state.view == fitted(n));
  h.robot.key("Shift+F");
  CHECK(h.stand.timeline_state.view == home_view(n, 40));
}

TEST_CASE("timeline: the wheel zooms at the pointer, with Shift it pans, F shows everything") {
  Hands h;
  const double at = 60;
  const Point p = h.place(at);
  h.robot.platform->input.push_mouse(p.x, p.y);
  h.robot.frame();
  h.robot.platform->input.push_wheel(0, 5);
  h.robot.frame();
  h.robot.frame();
  const EventRange zoomed_in = h.stand.timeline_state.view;
  CHECK(zoomed_in.size() < h.stand.run.trace->size() * 0.5);
  CHECK(h.axis().x(at) == doctest::Approx(p.x).epsilon(0.002));
  h.robot.platform->input.push_wheel(0, -2, mod_shift);
  h.robot.frame();
  CHECK(h.stand.timeline_state.view.from > zoomed_in.from);
  CHECK(h.stand.timeline_state.view.size() == doctest::Approx(zoomed_in.size()));
  h.robot.key("Shift+F");
  CHECK(h.stand.timeline_state.view == fitted(h.stand.run.trace->size()));
  h.robot.key("Ctrl+Z");
  CHECK(h.stand.timeline_state.view.size() == doctest::Approx(zoomed_in.size()));
  h.robot.key("Ctrl+Y");
  CHECK(h.stand.timeline_state.view == fitted(h.stand.run.trace->size()));
}

TEST_CASE("timeline: a dragged range says how long it is and can be zoomed to") {
  Hands h;
  h.robot.drag(h.place(40), h.place(70));
  REQUIRE(h.stand.timeline_state.range);
  CHECK(h.stand.timeline_state.range->from == 40);
  CHECK(h.stand.timeline_state.range->to == 70);
  CHECK(h.stand.seeks == 0);
  h.robot.click("range/zoom");
  CHECK_FALSE(h.stand.timeline_state.range);
  CHECK(h.stand.timeline_state.view.from == doctest::Approx(40));
  CHECK(h.stand.timeline_state.view.to == doctest::Approx(70));
}

TEST_CASE("timeline: a click goes there and selects the lane; a lane's label only selects") {
  Hands h;
  const Point p = h.place(50, 1.5f);
  h.robot.platform->input.push_click(p.x, p.y);
  h.robot.frame();
  h.robot.frame();
  CHECK(h.stand.position == 50);
  CHECK(h.stand.shared.selected == h.stand.run.r["R1"]);
  h.robot.click("timeline/lanes/W1");
  CHECK(h.stand.shared.selected == h.stand.run.r["W1"]);
  CHECK(h.stand.position == 50);
}

TEST_CASE("timeline: pointing at a lane lights the request and the event everywhere") {
  Hands h;
  const Point p = h.place(60, 3.5f);
  h.robot.platform->input.push_mouse(p.x, p.y);
  h.robot.frame();
  h.robot.frame();
  CHECK(h.stand.shared.hovered == h.stand.run.r["R2"]);
  CHECK(h.stand.shared.hovered_event == 59);
}

TEST_CASE("timeline: a decision can be taken otherwise") {
  Hands h;
  const size_t choice = h.stand.run.choice;  // the last one, T2 went on
  h.stand.timeline_state.view = {double(choice) - 6, double(choice) + 8};
  h.robot.frame();
  h.robot.frame();
  h.robot.click("timeline/mark-" + std::to_string(choice + 1));
  h.robot.click("Let T1 go on instead");
  REQUIRE(h.stand.said.size() == 1);
  const auto* pick = std::get_if<session::cmd::PickThread>(&h.stand.said[0]);
  REQUIRE(pick);
  CHECK(pick->thread == h.stand.run.t1.serial());
  CHECK(pick->ordinal == (*h.stand.run.trace)[choice].a);
}

TEST_CASE("timeline: B sets a bookmark, its flag leads back there") {
  Hands h;
  h.robot.key("B");
  REQUIRE(h.stand.said.size() == 1);
  CHECK(std::holds_alternative<session::cmd::Bookmark>(h.stand.said[0]));
  h.stand.timeline_state.view = {double(h.stand.run.forward) - 5, double(h.stand.run.forward) + 5};
  h.robot.frame();
  h.robot.frame();
  h.robot.click("timeline/mark-" + std::to_string(h.stand.run.forward + 1));
  CHECK(h.stand.position == position_of_event(h.stand.run.forward));
}

TEST_CASE("timeline: a branch of the tree is shown when it is clicked") {
  Hands h;
  h.stand.info.branches.push_back({1, 0, 60, "what if parallel", 150});
  h.robot.frame();
  h.robot.frame();
  h.robot.click("branches/what if parallel#1");
  REQUIRE(h.stand.said.size() == 1);
  const auto* show = std::get_if<session::cmd::ShowBranch>(&h.stand.said[0]);
  REQUIRE(show);
  CHECK(show->branch == 1);
  h.stand.said.clear();
  h.robot.click("timeline/branch");
  h.robot.click("menu/main");
  REQUIRE(h.stand.said.size() == 1);
  CHECK(std::get<session::cmd::ShowBranch>(h.stand.said[0]).branch == 0);
}

TEST_CASE("timeline: the middle button pans and the view follows the playhead") {
  Hands h;
  h.stand.timeline_state.view = {60, 100};
  h.stand.timeline_state.seen_event = 118;
  h.robot.frame();
  const Point p = h.place(80);
  auto& input = h.robot.platform->input;
  input.push_mouse(p.x, p.y);
  h.robot.frame();
  h.robot.frame();
  input.push_button(MouseButton::middle, true);
  h.robot.frame();
  input.push_mouse(p.x + 200, p.y);
  h.robot.frame();
  input.push_button(MouseButton::middle, false);
  h.robot.frame();
  CHECK(h.stand.timeline_state.view.from < 60);
  CHECK(h.stand.timeline_state.view.size() == doctest::Approx(40));
  h.stand.position = 119;  // a step: it has to be seen
  h.robot.frame();
  h.robot.frame();
  CHECK(h.stand.timeline_state.view.to > 119);
}

TEST_CASE("timeline: by keyboard alone: Tab to the lanes, down, Enter on a label") {
  Hands h;
  for (int i = 0; i < 30 && h.robot.focused() != "timeline/lanes/canvas"; ++i) h.robot.key("Tab");
  REQUIRE(h.robot.focused() == "timeline/lanes/canvas");
  h.robot.key("Down");
  h.robot.key("Down");
  CHECK(h.stand.shared.selected == h.stand.run.r["R1"]);
}

TEST_CASE("timeline: every tab at every size, scale and theme keeps its texts whole and apart") {
  for (const std::string_view theme : theme_names())
    for (const auto& [w, h, scale] :
         {std::tuple{1004, 190, 1.0f}, {1420, 240, 1.0f}, {1900, 300, 2.0f}, {3800, 620, 3.0f}})
      for (const auto tab : {TimelineState::requests, TimelineState::threads, TimelineState::queues,
                             TimelineState::log}) {
        PanesStand stand(false, 118);
        stand.timeline_state.tab = tab;
        stand.info.branches.push_back({1, 0, 60, "what if parallel", 150});
        Robot robot(
            [&](Ui& ui) {
              stand.begin(ui);
              stand.timeline_pane(ui, inset(ui.screen, 6));
              stand.end(ui);
            },
            w, h, scale, theme);
        const auto faults = layout_faults(robot.ui.rects, robot.ui.screen);
        for (const auto& f : faults) MESSAGE(f);
        CAPTURE(w);
        CAPTURE(int(tab));
        CHECK(faults.empty());
      }
}

TEST_CASE("timeline: a million events are drawn with few shapes, wherever the playhead is") {
  const auto trace = test::long_trace(1'000'000);
  model::Timeline timeline(trace);
  timeline.at(trace->size());
  RunInfo info{7, 0, 0, {{0, 0, 0, "main", trace->size()}}, {}};
  for (const auto tab : {TimelineState::requests, TimelineState::threads, TimelineState::queues}) {
    TimelineState state;
    state.tab = tab;
    UiState shared;
    std::vector<session::Command> out;
    double position = 500'000;
    int vertices = 0;
    Robot robot(
        [&](Ui& ui) {
          shared.begin_frame();
          const session::Moment m = test::moment_at(timeline, position);
          const int before = ui.draw->VtxBuffer.Size;
          draw_timeline(ui, inset(ui.screen, 6), {&m, &info}, state, shared, out);
          vertices = ui.draw->VtxBuffer.Size - before;
          out.clear();
        },
        1900, 320);
    CAPTURE(int(tab));
    for (int i = 0; i < 8; ++i) {
      position = 100'000 + 110'000 * i;
      robot.frame();
      // A shape is 4 vertices at least, text 4 a letter, round corners more.
      CHECK(vertices < 40'000);
    }
  }
}
