// Compare: from the mode button, the key and a queue's menu; playing, stepping and dragging move
// all runs; the first difference is marked and told; layout at four sizes and three scales.
#include <doctest/doctest.h>

#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;
namespace cmd = session::cmd;

namespace {

struct CompareWindow : AppWindow {
  explicit CompareWindow(const char* program, int w = 1440, int h = 900, float scale = 1,
                         std::string_view theme = "dark")
      : AppWindow(program, w, h, scale, theme) {}
  CompareState& state() {
    REQUIRE(app.shown() == ScreenId::compare);
    return app.compare.state;
  }
  const model::SharedClock& clock() { return state().comparison.clock; }
  // Does a text on screen contain this?
  bool says(std::string_view part) {
    for (const ItemRecord& r : robot.ui.rects.all())
      if (robot.ui.rects.text(r).find(part) != std::string_view::npos) return true;
    return false;
  }
};

}  // namespace

TEST_CASE("compare: by key, three columns on one clock; the difference is told and gone to") {
  CompareWindow w("be-the-driver");
  w.robot.key("Ctrl+4");
  REQUIRE(w.state().comparison.runs.size() == 3);
  for (const char* name : {"run0", "run1", "run2", "difference", "lane/view/R1", "clock"})
    CHECK_MESSAGE(w.robot.sees(name), std::string(name));
  CHECK(w.says("Sequential"));
  CHECK(w.says("Parallel (2)"));
  CHECK(w.says("At 1 ms: in sequential and parallel (2) R1 is presented to EvtIoRead"));
  w.robot.key("D");
  const auto& d = *w.state().comparison.difference;
  CHECK(w.clock().stop_before(w.state().position) == w.clock().end_of_burst(d.stop));
  // There R1 is with the driver in the first column and in the queue in the third.
  CHECK(w.robot.find("run0/R1").rect.y > w.robot.find("run2/R1").rect.y);
  w.robot.key("Ctrl+4");
  CHECK_FALSE(w.app.shown() == ScreenId::compare);
  CHECK(w.app.session()->branches().size() == 1);
}

TEST_CASE("compare: the mode button enters, Esc leaves; at home it takes a ready-made run") {
  {
    CompareWindow home(nullptr);
    CHECK(home.robot.sees("mode/compare"));
    home.robot.key("Ctrl+4");
    home.robot.frame();
    REQUIRE(home.app.shown() == ScreenId::compare);
    CHECK(home.app.compare.state.error == "");
    CHECK(home.robot.sees("lane/view/R3"));
  }
  CompareWindow w("be-the-driver");
  w.robot.click("mode/compare");
  CHECK(w.app.shown() == ScreenId::compare);
  w.robot.key("Esc");
  CHECK_FALSE(w.app.shown() == ScreenId::compare);
  w.robot.click("mode/compare");
  w.robot.click("compare/leave");
  CHECK_FALSE(w.app.shown() == ScreenId::compare);
}

TEST_CASE("compare: from the menu of a queue") {
  CompareWindow w("sandbox");
  w.app.session()->apply(cmd::End{});
  w.robot.frame();
  w.robot.right_click(w.robot.ui.rects.find("stage/writes") ? "stage/writes" : "stage/view/writes");
  w.robot.key("M");
  CHECK(w.state().queue == "writes");
  // Nothing was sent in this run.
  CHECK_FALSE(w.state().comparison.difference);
  CHECK(w.faults() == "");
}

TEST_CASE(
    "compare: the arrows step all runs, Home and End go to the ends, Space plays to the end") {
  CompareWindow w("be-the-driver");
  w.robot.key("Home");
  w.robot.key("Ctrl+4");
  CHECK(w.state().position == 0);
  w.robot.key("Right");
  w.settle();
  CHECK(w.state().position == w.clock().position(1));
  w.robot.key("Right");
  w.settle();
  CHECK(w.state().position == w.clock().position(2));
  w.robot.key("Left");
  CHECK(w.state().position == w.clock().position(1));
  w.robot.key("End");
  CHECK(w.state().position == w.clock().length());
  w.robot.key("Home");
  w.robot.keys({"]", "]", "]"});
  w.robot.key("Space");
  CHECK(w.app.screen().playing());
  w.settle();
  CHECK(w.state().position == w.clock().length());
  CHECK(w.app.session()->branches().size() == 1);
}

TEST_CASE("compare: with less motion a step is a jump") {
  CompareWindow w("be-the-driver");
  w.settings.reduced_motion = true;
  w.robot.key("Home");
  w.robot.key("Ctrl+4");
  w.robot.key("Right");
  CHECK_FALSE(w.app.screen().playing());
  CHECK(w.state().position == w.clock().position(1));
}

TEST_CASE("compare: dragging along the clock moves every column") {
  CompareWindow w("be-the-driver");
  w.robot.key("Ctrl+4");
  const Rect clock = w.robot.find("clock").rect;
  w.robot.drag({clock.x + 2, clock.center().y}, {clock.right() - 2, clock.center().y});
  CHECK(w.state().position > w.clock().length() * 0.9);
  CHECK(w.robot.sees("run0/R2"));
  w.robot.drag({clock.right() - 2, clock.center().y}, {clock.x + 1, clock.center().y});
  CHECK(w.state().position < w.clock().length() * 0.1);
  CHECK_FALSE(w.robot.sees("run0/R2"));
}

TEST_CASE("compare: modes can be left out, down to two, and the limit be changed") {
  CompareWindow w("be-the-driver");
  w.robot.key("Ctrl+4");
  w.robot.click("mode/man");
  REQUIRE(w.state().comparison.runs.size() == 2);
  CHECK(w.state().comparison.difference->request == "R2");
  w.robot.click("mode/seq");  // two are needed
  CHECK(w.state().comparison.runs.size() == 2);
  w.robot.click("fewer");
  CHECK(w.says("Parallel (1)"));
  CHECK_FALSE(w.state().comparison.difference);
  w.robot.click("more");
  w.robot.click("more");
  CHECK(w.says("Parallel (3)"));
}

TEST_CASE("compare: a column is opened in the window, at its moment, as a branch") {
  CompareWindow w("be-the-driver");
  w.robot.key("Ctrl+4");
  w.robot.key("D");
  const size_t events = w.clock().events(w.clock().stop_before(w.state().position), 2);
  w.robot.click("run2/open");
  CHECK_FALSE(w.app.shown() == ScreenId::compare);
  CHECK(w.app.session()->branches().size() == 2);
  CHECK(w.app.session()->moment().event == events);
  const session::Moment m = w.app.session()->moment();
  const model::QueueView* q =
      m.after->queue(session::find_object(*m.trace, "default", ObjectKind::Queue));
  REQUIRE(q);
  CHECK(q->dispatch() == trace::Dispatch::Manual);
}

TEST_CASE("compare: what is not possible under a mode is listed with its reason") {
  CompareWindow w("sandbox");
  w.app.session()->apply(cmd::End{});
  w.robot.key("R");
  w.app.session()->apply(cmd::End{});
  qs::sched::Input order;
  order.kind = sched::InputKind::Order;
  order.subject = "R1";
  order.text = "complete STATUS_SUCCESS";
  REQUIRE(w.app.session()->apply(cmd::Do{order}) == "");
  w.robot.key("Ctrl+4");
  CHECK(w.says("Manual: order R1 complete STATUS_SUCCESS is not possible there"));
  CHECK(w.faults() == "");
}

TEST_CASE("compare: Tab reaches every control, with a visible focus") {
  CompareWindow w("be-the-driver");
  w.robot.key("Ctrl+4");
  std::string reached;
  for (int i = 0; i < 40; ++i) {
    w.robot.key("Tab");
    CHECK(w.robot.ui.ring_visible());
    reached += w.robot.focused() + " ";
  }
  for (const char* name : {"compare/leave", "mode/seq", "fewer", "more", "there", "run0/open",
                           "run2/open", "lane/view/R1"})
    CHECK_MESSAGE(reached.find(name) != std::string::npos, std::string(name));
}

TEST_CASE("compare: lesson 1.1 and each program of the driver's mode, nothing overlaps or is cut") {
  for (auto [width, height] : {std::pair{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}})
    for (float scale : {1.0f, 1.5f, 2.0f, 3.0f})
      for (const char* program : {"first-request", "be-the-driver-cancel"})
        for (bool projector : {false, true}) {
          CAPTURE(width);
          CAPTURE(scale);
          CAPTURE(program);
          CAPTURE(projector);
          CompareWindow w(program, width, height, scale);
          w.settings.projector = projector;
          w.robot.key("Ctrl+4");
          for (const auto part : {ComparePart::runs, ComparePart::lanes, ComparePart::setup}) {
            w.state().part = part;
            for (const double share : {0.0, 0.35, 0.5, 1.0}) {
              if (part != ComparePart::runs && share != 0.5) continue;
              w.state().position = w.clock().length() * share;
              CAPTURE(int(part));
              CAPTURE(share);
              CHECK(w.faults() == "");
            }
          }
        }
}

TEST_CASE("compare: however small the window, the clock can be dragged and each mode be chosen") {
  for (auto [width, height] : {std::pair{1024, 700}, {1440, 900}})
    for (float scale : {1.0f, 2.0f, 3.0f}) {
      CAPTURE(width);
      CAPTURE(scale);
      CompareWindow w("be-the-driver", width, height, scale);
      w.robot.key("Ctrl+4");
      for (const auto part : {ComparePart::runs, ComparePart::lanes, ComparePart::setup}) {
        CAPTURE(int(part));
        w.state().part = part;
        w.robot.frame();
        const Rect clock = w.robot.find("clock").visible;
        CHECK(clock.h >= 16 * scale);
        w.robot.drag({clock.x + 2, clock.center().y}, {clock.right() - 2, clock.center().y});
        CHECK(w.state().position > w.clock().length() * 0.9);
        w.robot.drag({clock.right() - 2, clock.center().y}, {clock.x + 1, clock.center().y});
        CHECK(w.state().position < w.clock().length() * 0.1);
        // Something of what the part is for can be seen.
        const bool seen = part == ComparePart::runs    ? w.robot.sees("run0/open")
                          : part == ComparePart::lanes ? w.robot.sees("lane/view/R1")
                                                       : w.robot.sees("mode/man");
        CHECK(seen);
      }
    }
}

TEST_CASE("compare: in a small window the tabs lead to lanes, runs and set-up") {
  CompareWindow w("be-the-driver", 1024, 700, 2);
  w.robot.key("Ctrl+4");
  CHECK(w.robot.sees("run2/open"));
  CHECK_FALSE(w.robot.sees("lane/view/R1"));
  w.robot.click("Lanes");
  CHECK(w.robot.sees("lane/view/R1"));
  w.robot.click("Set-up");
  w.robot.click("mode/man");
  CHECK(w.state().comparison.runs.size() == 2);
  w.robot.click("Runs");
  CHECK(w.robot.sees("run1/open"));
  CHECK_FALSE(w.robot.sees("run2/open"));
  w.robot.click("run1/open");
  CHECK_FALSE(w.app.shown() == ScreenId::compare);
}

TEST_CASE("compare: a queue is chosen by a menu where queues do not fit side by side") {
  CompareWindow w("sandbox", 1440, 900, 1);
  run::QueueGraph g = w.app.session()->graph();
  for (int n = 0; n < 9; ++n) {
    run::QueueSetup q = g.queues[0];
    q.name = "a queue with a long name " + std::to_string(n);
    q.is_default = false;
    q.routes = 0;
    g.queues.push_back(q);
  }
  CHECK(w.app.session()->apply(cmd::SetGraph{g, "many"}) == "");
  w.app.session()->apply(cmd::End{});
  w.robot.key("Ctrl+4");
  w.robot.click("compare/queue");
  w.robot.click("a queue with a long name 7");
  CHECK(w.state().queue == "a queue with a long name 7");
  CHECK(w.faults() == "");
}

TEST_CASE("compare: the status with which requests are done is on the picture, in every size") {
  for (auto [width, height, scale] :
       {std::tuple{1024, 700, 1.0f}, {1024, 700, 2.0f}, {1440, 900, 1.0f}, {1440, 900, 2.0f}}) {
    CAPTURE(width);
    CAPTURE(scale);
    CompareWindow w("first-request", width, height, scale);
    w.settings.reduced_motion = true;
    w.app.session()->apply(cmd::End{});
    w.robot.key("Ctrl+4");
    w.robot.key("Home");
    CHECK_FALSE(w.says(std::string(icon::check) + " SUCCESS"));
    w.robot.key("End");
    CHECK(w.says(std::string(icon::check) + " SUCCESS"));
  }
}

TEST_CASE("compare: many that are done are told as numbers, by status") {
  CompareWindow w("sandbox");
  session::Workload load;
  load.count = 120;
  load.answers = true;
  load.cancels = 20;
  CHECK(w.app.session()->apply(cmd::SetWorkload{load}) == "");
  w.app.session()->apply(cmd::End{});
  w.robot.key("Ctrl+4");
  w.robot.key("End");
  size_t good = 0;
  for (const model::RequestView& r : w.state().comparison.runs[0].timeline->head().requests)
    good += r.place == model::Place::Done && r.type != trace::RequestType::Create && r.status == 0;
  REQUIRE(good > 20);
  CHECK(w.says(std::string(icon::check) + " " + std::to_string(good) + " SUCCESS"));
  CHECK(w.says("CANCELLED"));
  CHECK(w.faults() == "");
}

TEST_CASE("compare: of hundreds of requests the lane of the first difference is scrolled to") {
  CompareWindow w("sandbox");
  session::Workload load;
  load.count = 300;
  load.answers = true;
  load.answer_us = 10;
  CHECK(w.app.session()->apply(cmd::SetWorkload{load}) == "");
  w.app.session()->apply(cmd::End{});
  w.robot.key("Ctrl+4");
  REQUIRE(w.state().cast.requests.size() == 300);
  for (const ComparedRequest& r : w.state().cast.requests)
    for (size_t run = 0; run < 3; ++run) {
      const trace::Trace& trace = *w.state().comparison.runs[run].execution.trace;
      CHECK(r.in[run] == session::find_object(trace, r.name, ObjectKind::Request));
    }
  const std::string last = w.state().cast.requests.back().name;
  CHECK_FALSE(w.robot.sees("lane/view/" + last));
  w.state().comparison.difference->request = last;
  w.robot.key("D");
  CHECK(w.robot.sees("lane/view/" + last));
}

TEST_CASE("compare: the three themes draw it") {
  for (const char* theme : {"dark", "light", "contrast"}) {
    CompareWindow w("be-the-driver", 1440, 900, 1, theme);
    w.robot.key("Ctrl+4");
    CHECK(w.faults() == "");
  }
}
