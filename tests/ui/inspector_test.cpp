// The inspector and the explanation of verdicts.
#include "ui/panes/inspector/inspector.h"
#include "ui/toolkit/core/theme_file.h"

#include "model/dump.h"
#include "ui/app_window.h"
#include "ui/robot.h"
#include "ui/support/panes_stand.h"

using namespace qs;
using namespace qs::ui;
using test::PanesStand;

TEST_CASE(
    "inspector: the diagram's nodes stand apart, inside, and every drawn edge joins two of them") {
  for (const float scale : {1.0f, 2.0f})
    for (const float width : {260.0f, 340.0f, 700.0f})
      for (size_t n = 0; n < size_t(model::LifeNode::Count); ++n) {
        const Rect rect{10, 20, width * scale, 0};
        const LifeLayout at = life_layout(rect, scale, model::LifeNode(n));
        CHECK_FALSE(at.node[n].empty());  // the present one is always there
        for (size_t a = 0; a < size_t(model::LifeNode::Count); ++a) {
          if (at.node[a].empty()) continue;
          CHECK(at.node[a].x >= rect.x);
          CHECK(at.node[a].right() <= rect.right() + 1);
          CHECK(at.node[a].bottom() <= rect.y + at.height);
          for (size_t b = a + 1; b < size_t(model::LifeNode::Count); ++b)
            CHECK(intersect(at.node[a], at.node[b]).empty());
        }
        size_t drawn = 0;
        for (size_t i = 0; i < model::life_edges().size(); ++i) {
          if (!at.drawn[i]) continue;
          ++drawn;
          CHECK(
              outset(at.node[size_t(model::life_edges()[i].from)], 6 * scale).contains(at.from[i]));
          CHECK(outset(at.node[size_t(model::life_edges()[i].to)], 6 * scale).contains(at.to[i]));
        }
        CHECK(drawn >= 10);
      }
}

TEST_CASE("inspector: why a request is as it is, back to what set it off") {
  PanesStand stand(false, 1e9);
  const auto causes =
      why_so(*stand.run.trace, stand.timeline, stand.run.r["C1"], stand.run.trace->size());
  REQUIRE(causes.size() >= 2);
  CHECK(causes[0].event == stand.run.cancelled);
  for (size_t i = 1; i < causes.size(); ++i) CHECK(causes[i].event < causes[i - 1].event);
  bool names_cancel = false;
  for (const model::Cause& c : causes)
    names_cancel |= (*stand.run.trace)[c.event].code == trace::EventCode::CancelFlag;
  CHECK(names_cancel);
  // Before it was cancelled the answer is another one.
  const auto before =
      why_so(*stand.run.trace, stand.timeline, stand.run.r["C1"], stand.run.cancelled - 5);
  REQUIRE_FALSE(before.empty());
  CHECK(before[0].event < stand.run.cancelled);
  CHECK(why_so(*stand.run.trace, stand.timeline, stand.run.r["C1"], 3).empty());
}

namespace {

struct InspectorHands {
  PanesStand stand;
  std::string clipboard;
  Robot robot;
  explicit InspectorHands(double at, bool violation = false, int w = 420, int h = 1600)
      : stand(violation, at),
        robot(
            [this](Ui& ui) {
              stand.begin(ui);
              ui.clipboard_owner = this;
              ui.set_clipboard = [](void* p, const std::string& t) {
                static_cast<InspectorHands*>(p)->clipboard = t;
              };
              stand.inspector_pane(ui, inset(ui.screen, 6));
              stand.end(ui);
            },
            w, h) {}
  void select(ObjectId id) {
    stand.shared.selected = id;
    for (int i = 0; i < 3; ++i) robot.frame();
  }
  bool says(std::string_view part) {
    return describe(robot.ui.rects).find(part) != std::string::npos;
  }
};

}  // namespace

TEST_CASE(
    "inspector: a cancelable request: its state is lit, calls are sorted, with reasons and rules") {
  InspectorHands h(1e9);
  h.select(h.stand.run.r["W1"]);
  CHECK(h.says("W1 · write · 512 bytes"));
  CHECK(h.robot.find("life/Cancelable").selected);
  CHECK_FALSE(h.robot.find("life/In queue").selected);
  CHECK(h.says("Legal now"));
  CHECK(h.says("Not now"));
  CHECK(h.says("Kept alive by"));
}

TEST_CASE("inspector: a cause is a place to go") {
  InspectorHands h(1e9);
  h.select(h.stand.run.r["C1"]);
  h.robot.click("why/cause-" + std::to_string(h.stand.run.cancelled + 1));
  CHECK(h.stand.position == double(h.stand.run.cancelled) + 1);
}

TEST_CASE("inspector: a rule id asks for its text") {
  InspectorHands h(1e9);
  h.select(h.stand.run.r["W1"]);
  const ItemRecord* rule = nullptr;
  for (const ItemRecord& r : h.robot.ui.rects.all())
    if (r.kind == Kind::link && h.robot.ui.rects.text(r).substr(0, 1) == "(") rule = &r;
  REQUIRE(rule);
  const Rect at = rule->visible;
  const std::string id(h.robot.ui.rects.text(*rule).substr(1, 4));
  h.robot.platform->input.push_click(at.center().x, at.center().y);
  h.robot.frame();
  h.robot.frame();
  CHECK(h.stand.shared.rule == id);
  CHECK(trace::find_rule(id) != nullptr);
}

TEST_CASE("inspector: a queue: gates, why it delivers nothing, its requests, its dump") {
  InspectorHands h(1e9);
  h.select(h.stand.run.reads);
  CHECK(h.says("accepting"));
  CHECK(h.says("Why it delivers nothing"));
  CHECK(h.says("Settings"));
  h.robot.click("waiting/R3");
  CHECK(h.stand.shared.selected == h.stand.run.r["R3"]);
  h.select(h.stand.run.reads);
  h.robot.click("copy-dump");
  const model::Model& m = h.stand.timeline.head();
  CHECK(h.clipboard == model::queue_dump(m, *h.stand.run.trace, h.stand.run.reads));
}

TEST_CASE("inspector: a thread: its frames lead to their lines") {
  InspectorHands h(1e9);
  h.select(h.stand.run.t1);
  CHECK(h.says("EvtIoRead(R2)"));
  h.robot.click("stack/frame-0");
  CHECK(h.stand.shared.show_line);
}

TEST_CASE("inspector: every kind of object has a page, at every moment") {
  for (const double at : {0.0, 20.0, 60.0, 118.0, 1e9}) {
    InspectorHands h(at);
    auto& r = h.stand.run;
    for (const ObjectId id :
         {ObjectId(), r.device, r.reads, r.waiting, r.r["R0"], r.r["R2"], r.r["C1"], r.t1, r.dpc,
          r.lock, r.channel, r.target, r.notepad, r.file_a, r.setup}) {
      h.select(id);
      CAPTURE(at);
      CAPTURE(id.raw);
      if (id) CHECK(h.says(r.trace->name(id)));
      const auto faults = layout_faults(h.robot.ui.rects, h.robot.ui.screen);
      for (const auto& f : faults) MESSAGE(f);
      CHECK(faults.empty());
    }
  }
}

TEST_CASE("inspector: nothing overlaps at any size, scale and theme") {
  for (const std::string_view theme : theme_names())
    for (const auto& [w, h, scale] :
         {std::tuple{280, 300, 1.0f}, {420, 700, 1.0f}, {900, 900, 2.0f}, {1300, 1500, 3.0f}}) {
      PanesStand stand(true, 118);
      for (const ObjectId id :
           {stand.run.r["W1"], stand.run.writes, stand.run.t2, stand.run.device}) {
        stand.shared.selected = id;
        Robot robot(
            [&](Ui& ui) {
              stand.begin(ui);
              stand.inspector_pane(ui, inset(ui.screen, 6));
              stand.end(ui);
            },
            w, h, scale, theme);
        robot.frame();
        const auto faults = layout_faults(robot.ui.rects, robot.ui.screen);
        for (const auto& f : faults) MESSAGE(f);
        CAPTURE(w);
        CHECK(faults.empty());
      }
    }
}

// ---- the explanation

TEST_CASE("banner: a violation is explained in the names of this run") {
  PanesStand stand(true, 1e9);
  const session::Moment m = test::moment_at(stand.timeline, double(stand.run.violation) + 1);
  const BannerInfo info = banner_info(m);
  REQUIRE(info.shown);
  CHECK(info.event == stand.run.violation);
  CHECK(info.rule == "V-07");
  CHECK(info.severity == trace::Severity::Break);
  CHECK(info.can_continue);
  CHECK(info.what.find("W1") != std::string::npos);
  CHECK(info.what.find("WdfRequestComplete") != std::string::npos);
  CHECK(info.what.find('{') == std::string::npos);
  CHECK(info.site == "driver.c:28");
  CHECK_FALSE(info.why.empty());
  CHECK_FALSE(info.how.empty());
  CHECK_FALSE(banner_info(test::moment_at(stand.timeline, double(stand.run.violation))).shown);
}

TEST_CASE("banner: the end of the run after a bug check still shows it, and cannot be continued") {
  test::PanesRun run(true);
  run.put(trace::EventCode::RunEnd, {}, {}, uint32_t(trace::RunEnd::BugCheck));
  model::Timeline timeline(run.trace);
  const BannerInfo info = banner_info(test::moment_at(timeline, double(run.trace->size())));
  REQUIRE(info.shown);
  CHECK(info.event == run.violation);
  CHECK_FALSE(info.can_continue);
}

TEST_CASE("banner: its buttons continue, step back, show the rule and the line") {
  PanesStand stand(true, 1e9);
  Robot robot(
      [&](Ui& ui) {
        stand.begin(ui);
        stand.banner_pane(ui, inset(ui.screen, 10));
        stand.end(ui);
      },
      800, 420);
  const auto faults = layout_faults(robot.ui.rects, robot.ui.screen);
  for (const auto& f : faults) MESSAGE(f);
  CHECK(faults.empty());
  robot.click("explanation/rule");
  CHECK(stand.shared.rule == "V-07");
  robot.click("explanation/line");
  CHECK(stand.shared.show_line.line() == 28);
  robot.click("explanation/inspect");
  CHECK(stand.shared.selected == stand.run.r["W1"]);
  robot.click("explanation/continue");
  REQUIRE(stand.said.size() == 1);
  CHECK(std::holds_alternative<session::cmd::Continue>(stand.said[0]));
  robot.click("explanation/step-back");
  REQUIRE(stand.said.size() == 2);
  CHECK(std::get<session::cmd::Step>(stand.said[1]).back);
}

TEST_CASE("inspector: a wide pane has two columns, a narrow one has one, with the same in them") {
  AppWindow w("first-request", 1920, 1080);
  w.robot.key("End");
  const auto sections = [&] {
    w.robot.frame();
    w.robot.frame();
    std::vector<Rect> found;
    for (const ItemRecord& r : w.robot.ui.rects.all())
      for (const char* said :
           {"Legal now", "Not now", "Where it belongs", "As the debugger shows it"})
        if (w.robot.ui.rects.text(r) == said) found.push_back(r.rect);
    return found;
  };
  const auto narrow = sections();
  for (const Rect& r : narrow) CHECK(r.x == narrow[0].x);
  w.app.run()->whole = Pane::inspector;
  const auto wide = sections();
  REQUIRE(wide.size() == narrow.size());
  CHECK(wide.front().x < 100);
  CHECK(wide.back().x > 800);
  CHECK(w.faults() == "");
  CHECK(w.robot.ui.sleep_seconds() != 0);  // the columns have settled
}
