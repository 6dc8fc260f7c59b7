// Races: from the key, the mode button and the command palette; what was found can be looked at,
// played, left and gone back to; every way to go on can be chosen; layout at four sizes and three
// scales.
#include <doctest/doctest.h>

#include <algorithm>

#include "lesson/file/program_file.h"
#include "run/registry.h"
#include "session/programs.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;
namespace cmd = session::cmd;

namespace {

// tests/ui/drivers/unasked.c: right by itself, wrong when the cancel comes a little earlier.
std::unique_ptr<session::Session> unasked_run() {
  run::Program p;
  p.name = p.title = "unasked";
  p.driver = run::find_driver(run::test_drivers(), "ui/unasked");
  REQUIRE(p.driver);
  p.queue_names = {"default"};
  for (const char* line : {"0 send read 16 file=A", "3ms cancel R1"}) {
    auto input = lesson::parse_script_line(line);
    REQUIRE(input.ok());
    p.script.push_back(*input);
  }
  return std::make_unique<session::Session>(std::move(p));
}

struct RacesWindow : AppWindow {
  explicit RacesWindow(int w = 1440, int h = 900, float scale = 1)
      : AppWindow(nullptr, w, h, scale) {
    app.program.begin(unasked_run(), {});
    app.show(ScreenId::program);
    robot.frame();
  }
  // Inputs and timers when they are due: few schedules.
  void ask() {
    robot.key("Ctrl+5");
    REQUIRE(app.shown() == ScreenId::races);
    restart_races(state(), *app.session(), {});
  }
  void open() {
    ask();
    app.races.search_executions(100'000);
    robot.frame();
    REQUIRE(state().races->state() == session::Races::State::Done);
  }
  RacesState& state() { return app.races.state; }
  const RacesShown& shown() { return app.races.state.shown; }
  bool says(std::string_view part) {
    for (const ItemRecord& r : robot.ui.rects.all())
      if (robot.ui.rects.text(r).find(part) != std::string_view::npos) return true;
    return false;
  }
  bool breaks(const trace::Trace& t) {
    for (size_t i = 0; i < t.size(); ++i)
      if (t[i].code == trace::EventCode::Violation) return true;
    return false;
  }
};

}  // namespace

TEST_CASE("races: by key; the shortest way to go wrong is shown, with the exact numbers") {
  RacesWindow w;
  w.open();
  const explore::SearchReport& report = w.state().races->report();
  CHECK(report.complete);
  CHECK(report.wrong > 0);
  CHECK(report.wrong < report.schedules);
  REQUIRE(!report.findings.empty());
  CHECK(w.shown().way == int(report.findings.front().way));
  CHECK(w.says(races_verdict(*w.state().races)));
  CHECK(races_verdict(*w.state().races).find("Yes: ") != std::string::npos);
  CHECK(w.says("All schedules of these inputs were tried"));
  CHECK(w.says("Shortest way to " + report.findings.front().rule));
  for (const char* name : {"verdict/search", "verdict/bounds", "way/0", "grid", "share", "road/0",
                           "play", "code/text"})
    CHECK_MESSAGE(w.robot.sees(name), std::string(name));
  CHECK(w.faults() == "");
  w.robot.key("Esc");
  CHECK(w.app.shown() == ScreenId::program);
  CHECK(w.app.session()->branches().size() == 1);
  w.robot.click("mode/races");
  CHECK(w.app.shown() == ScreenId::races);
  CHECK(w.state().races->state() == session::Races::State::Done);  // it is the same run
  w.robot.key("Ctrl+5");
  CHECK(w.app.shown() == ScreenId::program);
}

TEST_CASE("races: the search goes on while frames are drawn, and the window answers") {
  RacesWindow w;
  w.ask();
  int frames = 0;
  while (w.state().races->state() == session::Races::State::Going && frames < 5000) {
    w.robot.one();
    ++frames;
  }
  CHECK(w.state().races->state() == session::Races::State::Done);
  const explore::SearchReport& found = w.state().races->report();
  RacesWindow whole;
  whole.open();
  CHECK(found.schedules == whole.state().races->report().schedules);
  CHECK(found.executions == whole.state().races->report().executions);
}

TEST_CASE("races: it can be stopped and goes on, and is asked again under other bounds") {
  RacesWindow w;
  w.ask();
  w.state().races->stop();
  w.robot.frame();
  CHECK(w.says("there are more"));
  w.robot.click("verdict/search");
  CHECK(w.state().races->state() != session::Races::State::Stopped);
  w.app.races.search_executions(100'000);
  w.robot.click("verdict/bounds");
  w.robot.click("At most 1 switch");
  CHECK(w.state().races->limits().switches == 1);
  w.app.races.search_executions(100'000);
  w.robot.frame();
  CHECK(w.says("All with at most 1 switch were tried"));
  w.robot.click("verdict/search");  // again
  CHECK(w.state().races->limits().switches == 1);
}

TEST_CASE("races: each allocation fails, too, when that is chosen") {
  RacesWindow w;
  w.app.program.begin(
      std::make_unique<session::Session>(*session::load_program("12-cancel-races")), {});
  w.open();
  const uint64_t plenty = w.state().races->report().schedules;
  w.robot.click("verdict/bounds");
  w.robot.click("Each allocation of the driver fails, one at a time");
  CHECK(w.state().races->limits().failing);
  CHECK(!w.state().races->limits().any_time);  // the other bounds are as they were
  w.app.races.search_executions(100'000);
  w.robot.frame();
  CHECK(w.state().races->report().complete);
  CHECK(w.state().races->report().schedules > plenty);
  size_t failing = 0;
  const auto& kept = w.state().races->kept();
  for (size_t i = 0; i < kept.size(); ++i) {
    const auto& picks = kept[i].picks;
    if (picks.empty() || picks.front().mover != sched::Mover::Memory) continue;
    ++failing;
    show_kept(w.state(), i);  // that one is followed, and no other counts as one that begins so
    CHECK(w.state().counted.kept == i);
    CHECK(w.state().counted.shares.back().all == 1);
    CHECK(w.breaks(*w.shown().route->execution.trace) == kept[i].wrong());
    CHECK(w.faults() == "");
  }
  CHECK(failing > 0);
  w.robot.click("verdict/bounds");
  w.robot.click("No allocation fails");
  CHECK(!w.state().races->limits().failing);
}

TEST_CASE("races: Space plays the schedule on the stage, as a branch that breaks the rule there") {
  RacesWindow w;
  w.open();
  const std::string rule = w.shown().sequence.rule;
  w.robot.key("Space");
  REQUIRE(w.app.shown() == ScreenId::program);
  CHECK(w.app.session()->playing());
  CHECK(w.app.session()->branches().size() == 2);
  CHECK(w.app.session()->branch().label == "breaks " + rule);
  CHECK(w.breaks(*w.app.session()->branch().execution.trace));
  // Back in Races it is still the same question.
  w.robot.key("Ctrl+5");
  REQUIRE(w.app.shown() == ScreenId::races);
  CHECK(w.state().races->state() == session::Races::State::Done);
}

TEST_CASE("races: a dot is a schedule: it is shown, and what it shows is what it says") {
  RacesWindow w;
  w.open();
  const auto& kept = w.state().races->kept();
  REQUIRE(w.state().order.size() == kept.size());
  for (size_t i = 1; i < kept.size(); ++i)
    CHECK(kept[w.state().order[i - 1]].switches <= kept[w.state().order[i]].switches);
  for (size_t i = 0; i < kept.size(); ++i) {
    show_kept(w.state(), i);
    CHECK(w.breaks(*w.shown().route->execution.trace) == kept[i].wrong());
    // Itself, and what has all of its steps and goes on. A run that crashes is cut short.
    if (!kept[i].wrong()) CHECK(w.state().counted.shares.back().all >= 1);
    CHECK(w.state().counted.shares.back().all < w.state().counted.shares.front().all);
    CHECK(w.faults() == "");
  }
  const Rect grid = w.robot.find("dots/grid").rect;
  w.robot.platform->input.push_click(grid.x + 6, grid.y + 6, MouseButton::left);
  w.robot.frame();
  CHECK(w.state().counted.kept == w.state().order[0]);
  CHECK(w.says("A schedule that ends well"));
}

TEST_CASE("races: at each step others are chosen, and it goes their way; Undo goes back") {
  RacesWindow w;
  w.open();
  const auto failing = w.shown().route;
  bool saved = false;
  for (size_t at = 0; at < failing->steps.size(); ++at) {
    look_at_step(w.state(), at);
    w.robot.frame();
    REQUIRE(w.state().roads.list.size() == failing->steps[at].open.size());
    for (size_t i = 0; i < w.state().roads.list.size(); ++i) {
      const explore::Road& road = w.state().roads.list[i].road;
      CHECK(road.share.all > 0);
      if (road.taken || road.share.well == 0) continue;
      saved = true;
    }
  }
  CHECK(saved);
  // The decision that made it inevitable: another choice there does not.
  REQUIRE(w.state().counted.no_return);
  const size_t lost = *w.state().counted.no_return;
  REQUIRE(lost > 0);
  look_at_step(w.state(), lost - 1);
  w.robot.frame();
  const auto& roads = w.state().roads.list;
  const auto better =
      std::find_if(roads.begin(), roads.end(), [](const auto& r) { return r.road.share.well > 0; });
  REQUIRE(better != roads.end());
  const std::string name = "roads/road/" + std::to_string(better - roads.begin());
  w.robot.click(name);
  CHECK(w.shown().mine);
  CHECK(w.shown().at == lost);
  CHECK(w.state().counted.shares[lost].well > 0);
  w.robot.key("Ctrl+Z");
  CHECK(w.shown().route == failing);
}

TEST_CASE("races: an application that would come first bears its own name") {
  AppWindow w("12-cancel-races");
  w.app.program.begin(std::move(w.app.run()->session), {});
  w.app.show(ScreenId::program);
  w.robot.frame();
  w.robot.key("Ctrl+5");
  w.app.races.search_executions(200);
  w.robot.frame();
  RacesState& state = w.app.races.state;
  REQUIRE(state.shown.route);
  size_t met = 0;
  for (size_t at = 0; at < state.shown.route->steps.size(); ++at) {
    look_at_step(state, at);
    w.robot.frame();
    for (const RacesState::Road& r : state.roads.list) {
      if (r.road.move.mover != sched::Mover::Input) continue;
      CHECK(r.who.starts_with("notepad"));  // of two calls each has its number, too
      ++met;
    }
  }
  CHECK(met > 0);
}

TEST_CASE("races: what luck would have found stands under the bar, once the search rests") {
  RacesWindow w;
  w.open();
  session::Races& races = *w.state().races;
  CHECK(races.luck() == nullptr);
  CHECK(races_luck(races).empty());
  for (int frames = 0; !races.luck() && frames < 5000; ++frames) w.robot.one();
  REQUIRE(races.luck());
  CHECK_FALSE(races.goes_on());
  CHECK(races.luck()->schedules == session::Races::kRandom);
  CHECK(races.luck()->wrong > 0);
  CHECK(races_luck(races).starts_with("By luck: of 1,000 random schedules "));
  w.robot.frame();
  CHECK(w.says(races_luck(races)));
  CHECK(w.faults() == "");
}

TEST_CASE("races: arrows walk along the schedule, and the code follows") {
  RacesWindow w;
  w.open();
  w.robot.key("Home");
  CHECK(w.shown().at == 0);
  w.robot.key("Right");
  CHECK(w.shown().at == 1);
  w.robot.key("Down");
  CHECK(w.shown().at > 1);
  w.robot.key("Left");
  w.robot.key("End");
  CHECK(w.shown().at == w.shown().route->steps.size());
  w.robot.key("Home");
  w.robot.click("rows/row/1");
  CHECK(w.shown().at == w.shown().sequence.rows[1].end);
}

TEST_CASE("races: the table of outcomes counts the schedules that end so") {
  RacesWindow w;
  w.open();
  uint64_t all = 0;
  for (const explore::Outcome& o : w.state().races->report().outcomes) all += o.schedules;
  CHECK(all > 0);
  CHECK(all <= w.state().races->report().schedules);  // of those that were not cut short
  w.state().outcomes = true;
  w.robot.frame();
  CHECK(w.robot.sees("outcome/0"));
  CHECK(w.faults() == "");
  w.robot.click("outcome/1");
  CHECK_FALSE(w.state().outcomes);
  CHECK(w.shown().way == -1);
}

TEST_CASE("races: the rows of a sequence are all of its steps, in order") {
  RacesWindow w;
  w.open();
  const RaceSequence& s = w.shown().sequence;
  size_t at = 0;
  for (const RaceRow& row : s.rows) {
    CHECK(row.first == at);
    CHECK(row.end > row.first);
    CHECK(row.column < s.columns.size());
    at = row.end;
  }
  CHECK(at == w.shown().route->steps.size());
  CHECK(std::count_if(s.rows.begin(), s.rows.end(), [](const RaceRow& r) { return r.wrong; }) == 1);
}

TEST_CASE("races: a recording and a driver of one's own are refused with a sentence") {
  RacesWindow w;
  trace::TraceFile recording;
  recording.trace = w.app.session()->branch().execution.trace;
  w.app.program.begin(std::make_unique<session::Session>(recording), {});
  w.robot.key("Ctrl+5");
  REQUIRE(w.app.shown() == ScreenId::races);
  CHECK(w.says("This is a recording"));
  CHECK(w.faults() == "");
  w.robot.click("refused/leave");
  CHECK(w.app.shown() == ScreenId::program);
}

TEST_CASE("races: a run without another schedule says so") {
  AppWindow w("first-request");
  w.robot.key("Ctrl+5");
  w.app.races.search_executions(1000);
  CHECK(w.faults() == "");
  bool said = false;
  for (const ItemRecord& r : w.robot.ui.rects.all())
    said = said || w.robot.ui.rects.text(r).find("only one schedule") != std::string_view::npos;
  CHECK(said);
}

TEST_CASE("races: nothing overlaps or is cut at four sizes and three scales") {
  for (auto [width, height] : {std::pair{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}})
    for (float scale : {1.0f, 2.0f, 3.0f})
      for (bool projector : {false, true}) {
        CAPTURE(width);
        CAPTURE(scale);
        CAPTURE(projector);
        RacesWindow w(width, height, scale);
        w.settings.projector = projector;
        w.open();
        w.state().races->try_luck(session::Races::kRandom);
        for (const auto part :
             {RacesPart::ways, RacesPart::schedule, RacesPart::roads, RacesPart::code}) {
          CAPTURE(int(part));
          w.state().part = part;
          for (const bool outcomes : {false, true}) {
            w.state().outcomes = outcomes;
            CHECK(w.faults() == "");
          }
        }
      }
}
