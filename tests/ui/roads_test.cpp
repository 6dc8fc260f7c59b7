// Roads not taken, and being the scheduler: everybody who could have gone on can be chosen, and
// comes to what the search says; Undo leads back.
#include <doctest/doctest.h>

#include <algorithm>

#include "session/programs.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;
namespace cmd = session::cmd;

namespace {

struct RoadsWindow : AppWindow {
  explicit RoadsWindow(const char* program, int w = 1440, int h = 900, float scale = 1)
      : AppWindow(nullptr, w, h, scale) {
    auto loaded = session::load_program(program);
    REQUIRE(loaded.ok());
    app.program.begin(std::make_unique<session::Session>(std::move(*loaded)), {});
    app.show(ScreenId::program);
    app.session()->apply(cmd::End{});
    app.run()->timeline.tab = TimelineState::roads;
    robot.frame();
  }
  RoadsState& state() { return app.run()->roads; }
};

}  // namespace

TEST_CASE("roads: every decision of the run is listed with who could have gone on") {
  RoadsWindow w("cancel-sent-request");
  REQUIRE(w.state().route);
  const trace::Trace& trace = *w.app.session()->branch().execution.trace;
  CHECK(w.state().route->execution.trace->size() == trace.size());  // it is the same run
  REQUIRE(w.state().decisions.size() > 3);
  const trace::ShownNames none;
  for (size_t i = 0; i < w.state().decisions.size(); ++i) {
    const auto& choices = choices_at(w.state(), w.app.session()->program(), none, i);
    REQUIRE(choices.size() >= 2);
    CHECK(choices.front().taken);
    for (const auto& c : choices) CHECK_FALSE(c.words.empty());
  }
}

TEST_CASE("roads: choosing another makes a branch that goes so, and Undo leads back") {
  RoadsWindow w("cancel-sent-request");
  const trace::ShownNames none;
  for (size_t i = 0; i < std::min<size_t>(6, w.state().decisions.size()); ++i) {
    const size_t step = w.state().decisions[i];
    const auto choices = choices_at(w.state(), w.app.session()->program(), none, i);
    std::vector<session::Command> out;
    take_road(w.state(), i, choices[1], out);
    const size_t before = w.app.session()->current_branch();
    for (const session::Command& c : out) REQUIRE(w.app.session()->apply(c) == "");
    CHECK(w.app.session()->current_branch() != before);
    const auto route = session::route_of(*w.app.session());
    REQUIRE(route->steps.size() > step);
    CHECK(route->steps[step].move() == choices[1].move);
    w.robot.frame();
    w.robot.key("Ctrl+Z");
    CHECK(w.app.session()->current_branch() == before);
    w.robot.frame();
  }
}

TEST_CASE("roads: a row opens who could go on; the choice is a branch of the run") {
  RoadsWindow w("cancel-sent-request");
  const std::string row = "rows/decision-" + std::to_string(w.state().decisions.back() + 1);
  w.robot.point(row);  // the list has come to rest
  w.robot.click(row);
  w.robot.key("2");
  CHECK(w.app.session()->branches().size() == 2);
  CHECK(w.faults() == "");
  w.robot.key("Ctrl+Z");
  CHECK(w.app.session()->current_branch() == 0);
}

TEST_CASE("roads: layout at four sizes and three scales") {
  for (auto [width, height] : {std::pair{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}})
    for (float scale : {1.0f, 2.0f, 3.0f}) {
      CAPTURE(width);
      CAPTURE(scale);
      RoadsWindow w("cancel-sent-request", width, height, scale);
      CHECK(w.faults() == "");
    }
}

TEST_CASE(
    "scheduler: whoever picks who goes on walks through the run, and Undo takes back a step") {
  AppWindow w("be-the-driver");
  w.robot.click("drive/scheduler");
  w.robot.frame();
  REQUIRE(w.app.shown() == ScreenId::races);
  RacesState& st = w.app.races.state;
  REQUIRE(st.game.on);
  CHECK(w.faults() == "");
  w.app.races.search_executions(50);
  st.races->go_on();
  const size_t begin = st.shown.at;
  int moves = 0;
  while (st.shown.at < st.shown.route->steps.size() && moves < 60) {
    w.robot.frame();
    REQUIRE(st.roads.list.size() >= 2);
    w.robot.click("roads/road/" + std::to_string(moves % 2));
    ++moves;
  }
  REQUIRE(moves > 0);
  for (int i = 0; i < moves; ++i) w.robot.key("Ctrl+Z");
  CHECK(st.shown.at == begin);
  w.robot.click("text/hint");
  CHECK(st.game.hint);
  CHECK(w.faults() == "");
  w.robot.click("game/give-up");
  CHECK_FALSE(st.game.on);
  w.robot.key("Esc");
  CHECK(w.app.shown() == ScreenId::drive);
}
