// However much there is, no view draws more than about 2,000 shapes and labels: the rest is culled,
// merged or told as a number.
#include <doctest/doctest.h>

#include "ui/app_window.h"
#include "ui/support/shapes.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/core/draw.h"

using namespace qs;
using namespace qs::ui;
namespace cmd = session::cmd;

namespace {

constexpr size_t kMost = 2000;

struct Crowd : AppWindow {
  Crowd(uint32_t requests, bool answered, int width, int height, float scale)
      : AppWindow("sandbox", width, height, scale) {
    settings.reduced_motion = true;
    session::Workload w;
    w.count = requests;
    w.answers = answered;
    w.cancels = answered ? 20 : 0;
    CHECK(app.session()->apply(cmd::SetWorkload{w}) == "");
    app.session()->apply(cmd::End{});
    robot.frame();
  }
  size_t shapes() {
    robot.frame();
    robot.frame();
    return test::drawn_shapes();
  }
};

}  // namespace

TEST_CASE("shapes: what is counted is what was drawn") {
  size_t discs = 0, words = 0;
  Robot robot(
      [&](Ui& ui) {
        for (size_t i = 0; i < discs; ++i) disc(ui, {20.0f + 12 * float(i), 40}, 5, ui.theme->ok);
        for (size_t i = 0; i < words; ++i)
          draw_text(ui, Point{20, 60 + 30 * float(i)}, ui.fonts->body, ui.theme->text, "two words");
      },
      400, 300);
  CHECK(test::drawn_shapes() == 0);
  discs = 7;
  robot.frame();
  CHECK(test::drawn_shapes() == 7);
  words = 3;
  robot.frame();
  CHECK(test::drawn_shapes() == 10);
}

TEST_CASE("shapes: 300 requests in each pane and in each mode") {
  for (const bool answered : {false, true})
    for (auto [width, height, scale] : {std::tuple{1440, 900, 1.0f}, {3840, 2160, 1.0f}}) {
      CAPTURE(answered);
      CAPTURE(width);
      Crowd w(300, answered, width, height, scale);
      CHECK(w.app.session()->moment().after->sent_total == 300);
      const size_t events = w.app.session()->moment().trace->size();
      for (const double share : {0.5, 1.0}) {
        CAPTURE(share);
        w.app.session()->apply(cmd::Seek{double(events) * share});
        for (const Pane pane :
             {Pane::stage, Pane::code, Pane::inspector, Pane::timeline, Pane::side}) {
          CAPTURE(pane_name(pane));
          w.app.run()->whole = pane;
          for (const auto tab : {TimelineState::requests, TimelineState::threads,
                                 TimelineState::queues, TimelineState::log}) {
            if (pane != Pane::timeline && tab != TimelineState::requests) continue;
            CAPTURE(int(tab));
            w.app.run()->timeline.tab = tab;
            const size_t shapes = w.shapes();
            CHECK(shapes > 50);
            CHECK(shapes <= kMost);
          }
        }
      }
      w.app.run()->whole = Pane::none;
      w.robot.key("Ctrl+4");
      REQUIRE(w.app.shown() == ScreenId::compare);
      REQUIRE(w.app.compare.state.cast.requests.size() == 300);
      for (const double share : {0.0, 0.3, 0.7, 1.0}) {
        CAPTURE(share);
        w.app.compare.state.position = w.app.compare.state.comparison.clock.length() * share;
        CHECK(w.shapes() <= kMost);
        CHECK(w.faults() == "");
      }
    }
}

TEST_CASE("shapes: a hundred requests that can be cancelled, each with its dashed ring or line") {
  AppWindow w("sandbox", 3840, 2160);
  w.settings.reduced_motion = true;
  run::QueueGraph g = w.app.session()->graph();
  for (run::QueueSetup& q : g.queues)
    if (q.dispatch != trace::Dispatch::Manual)
      q.dispatch = trace::Dispatch::Parallel, q.limit.reset();
  CHECK(w.app.session()->apply(cmd::SetGraph{g, "all at once"}) == "");
  session::Workload load;
  load.count = 100;
  CHECK(w.app.session()->apply(cmd::SetWorkload{load}) == "");
  w.app.session()->apply(cmd::End{});
  const session::Moment m = w.app.session()->moment();
  std::vector<std::string> names;
  for (const model::RequestView& r : m.after->requests)
    if (r.type != trace::RequestType::Create && r.place == model::Place::Driver)
      names.push_back(m.trace->name(r.id));
  REQUIRE(names.size() == 100);
  for (const std::string& name : names) {
    qs::sched::Input order;
    order.kind = sched::InputKind::Order;
    order.subject = name;
    order.text = "mark";
    REQUIRE(w.app.session()->apply(cmd::Do{order}) == "");
    w.app.session()->apply(cmd::End{});
  }
  size_t cancelable = 0;
  for (const model::RequestView& r : w.app.session()->moment().after->requests)
    cancelable += r.has(model::kCancelable);
  CHECK(cancelable == 100);
  for (const Pane pane : {Pane::stage, Pane::timeline}) {
    CAPTURE(pane_name(pane));
    w.app.run()->whole = pane;
    w.robot.frame();
    w.robot.frame();
    CHECK(test::drawn_shapes() <= kMost);
  }
  w.app.run()->whole = Pane::none;
  w.robot.key("Ctrl+4");
  w.robot.key("End");
  w.robot.frame();
  CHECK(test::drawn_shapes() <= kMost);
}
