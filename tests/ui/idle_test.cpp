// A window that nobody touches sleeps: in every screen, with whatever is open, no frame is asked
// for once things have come to rest. A lesson's file is watched, not looked at.
#include <doctest/doctest.h>

#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "session/programs.h"
#include "ui/app/file_watch.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;

namespace {

// Seconds until the window wants to draw again after ten seconds without input (a message stays for
// eight); negative: never.
double sleeps(AppWindow& w) {
  for (int i = 0; i < 10 * 60; ++i) w.robot.frame();
  return w.robot.ui.sleep_seconds();
}

// After a few frames without input nothing is to be drawn soon: what is left are timers of seconds
// (a message that goes away). A ring around what is to be noticed swells before, for a few seconds;
// with reduced motion not at all.
void check_idle(AppWindow& w) {
  CHECK_FALSE(w.app.screen().playing());
  const int frames = w.settings.reduced_motion ? 90 : 6 * 60;
  for (int i = 0; i < frames; ++i) w.robot.frame();
  const double soon = w.robot.ui.sleep_seconds();
  CHECK_MESSAGE((soon < 0 || soon >= 0.1), "it wakes in " << soon << " s");
  CHECK(sleeps(w) < 0);
}

}  // namespace

TEST_CASE("idle: the list of lessons, a lesson, the sandbox, and a name that is unknown") {
  for (const bool reduced : {false, true})
    for (const char* what : {(const char*)nullptr, "first-request", "sandbox", "no-such-lesson"}) {
      CAPTURE(reduced);
      CAPTURE((what ? what : "home"));
      AppWindow w(what);
      w.settings.reduced_motion = reduced;
      if (w.app.shown() == ScreenId::home) w.robot.wait(22);  // the run above the list ends
      check_idle(w);
    }
}

TEST_CASE("idle: a ring that has swelled does not begin again because a frame is drawn") {
  Pulse pulse;
  bool asleep = false, noticed = true;
  Robot robot([&](Ui& ui) {
    if (asleep) return;  // a window that sleeps draws nothing, but its clock goes on
    ui.item({100, 100, 60, 30}, "it", ItemOptions());
    pulse.draw(ui, noticed ? "it" : "");
  });
  robot.frame();
  CHECK(robot.ui.sleep_seconds() == 0);
  robot.wait(6);
  CHECK(robot.ui.sleep_seconds() < 0);
  asleep = true;
  robot.wait(3);
  asleep = false;
  robot.frame();
  CHECK(robot.ui.sleep_seconds() < 0);
  noticed = false;
  robot.frame();
  noticed = true;
  robot.frame();
  CHECK(robot.ui.sleep_seconds() == 0);
}

TEST_CASE("idle: every beat of lesson 1.1, at its end and with its answer") {
  AppWindow w("first-request");
  lesson::Tutor& tutor = w.app.lesson.classroom->tutor;
  for (size_t beat = 0; beat < tutor.beats(); ++beat) {
    CAPTURE(beat);
    tutor.start_beat(beat);
    w.app.lesson.stage_beat(false);
    if (!tutor.beat().goal) w.app.session()->apply(session::cmd::Seek{double(tutor.scene().until)});
    check_idle(w);
    if (tutor.beat().mode != lesson::BeatMode::Predict) continue;
    w.robot.key("1");
    w.settle();
    check_idle(w);
  }
}

TEST_CASE("idle: each pane filling the window, each tab of the timeline, folded panes") {
  AppWindow w("first-request");
  w.app.session()->apply(session::cmd::End{});
  for (const Pane pane : kPanes) {
    CAPTURE(pane_name(pane));
    w.app.run()->whole = pane;
    for (const auto tab : {TimelineState::requests, TimelineState::threads, TimelineState::queues,
                           TimelineState::log}) {
      if (pane != Pane::timeline && tab != TimelineState::requests) continue;
      w.app.run()->timeline.tab = tab;
      check_idle(w);
    }
  }
  w.app.run()->whole = Pane::none;
  w.settings.folded = pane_bit(Pane::code) | pane_bit(Pane::timeline);
  check_idle(w);
}

TEST_CASE("idle: being the driver while it asks, and comparing after playing") {
  AppWindow w("be-the-driver");
  w.robot.key("Space");
  w.settle();
  check_idle(w);
  w.robot.key("Ctrl+4");
  check_idle(w);
  w.robot.key("Home");
  w.robot.key("Space");
  w.settle();
  check_idle(w);
  w.robot.key("Ctrl+4");
  check_idle(w);
}

TEST_CASE("idle: with a dialog, a menu or a tooltip open, and with a text field in focus") {
  AppWindow w("sandbox");
  w.app.session()->apply(session::cmd::End{});
  w.robot.key("R");
  w.settle();
  w.robot.key("?");
  CHECK(w.app.help.dialog.open);
  check_idle(w);
  w.robot.key("Esc");
  w.robot.key("Ctrl+K");
  w.robot.type("th");
  CHECK(w.robot.ui.typing());
  check_idle(w);
  w.robot.key("Esc");
  w.robot.right_click("stage/writes");
  check_idle(w);
  w.robot.key("Esc");
  w.robot.point("transport/forward");
  check_idle(w);
  CHECK_FALSE(w.robot.ui.tip.text.empty());
  w.app.run()->timeline.tab = TimelineState::log;
  w.robot.frame();
  w.robot.click("log/search");
  CHECK(w.robot.ui.typing());
  check_idle(w);
}

TEST_CASE("idle: in a projector's window, after its rings have faded") {
  AppWindow w("first-request");
  w.robot.key("P");
  w.robot.click("transport/forward");
  CHECK(w.robot.ui.sleep_seconds() >= 0);  // the ring moves
  w.settle();
  check_idle(w);
}

TEST_CASE("idle: what plays does not sleep") {
  AppWindow w("first-request");
  w.robot.key("Home");
  w.robot.key("Space");
  REQUIRE(w.app.screen().playing());
  CHECK(w.robot.ui.sleep_seconds() == 0);
}

namespace {

namespace fs = std::filesystem;

struct Calls {
  std::mutex mutex;
  std::condition_variable came;
  int count = 0;
  void add() {
    const std::lock_guard hold(mutex);
    ++count;
    came.notify_all();
  }
  // Whether there were more than `before` within half a minute.
  bool more_than(int before) {
    std::unique_lock hold(mutex);
    return came.wait_for(hold, std::chrono::seconds(30), [&] { return count > before; });
  }
  int now() {
    const std::lock_guard hold(mutex);
    return count;
  }
};

}  // namespace

TEST_CASE("a file's watch tells of every way to save it, and of no other file") {
  const fs::path folder = fs::temp_directory_path() / ("qs-watch-" + std::to_string(getpid()));
  fs::create_directories(folder);
  const fs::path file = folder / "lesson.toml", other = folder / "driver.c";
  std::ofstream(file) << "1";
  Calls calls;
  {
    FileWatch watch([&] { calls.add(); });
    REQUIRE(watch.follow({file}));
    std::ofstream(file) << "2";
    CHECK(calls.more_than(0));
    int before = calls.now();
    std::ofstream(folder / "new") << "3";  // as editors do: another file takes its place
    fs::rename(folder / "new", file);
    CHECK(calls.more_than(before));
    CHECK(watch.follow({other}));
    before = calls.now();
    std::ofstream(file) << "4";   // nobody's business any more
    std::ofstream(other) << "5";  // told after the one before it
    CHECK(calls.more_than(before));
    CHECK(calls.now() == before + 1);
    CHECK_FALSE(watch.follow({}));
    CHECK_FALSE(watch.follow({folder / "nowhere" / "lesson.toml"}));
  }
  fs::remove_all(folder);
}

TEST_CASE("a lesson that is saved while it is open is taken anew in the next frame") {
  const fs::path desk = fs::temp_directory_path() / ("qs-live-" + std::to_string(getpid()));
  const fs::path folder = desk / "01-first-request";  // its driver is compiled in by that name
  fs::remove_all(desk);
  fs::create_directories(desk);
  fs::copy("lessons/01-first-request", folder, fs::copy_options::recursive);
  {
    AppWindow w;
    auto opened = session::open_run(folder.string());  // as the command line does
    REQUIRE(opened.ok());
    w.app.open(std::move(*opened));
    REQUIRE(w.app.lesson.classroom);
    CHECK(w.app.lesson.classroom->tutor.lesson().file == (folder / "lesson.toml").string());
    std::string text;
    {
      std::ifstream in(folder / "lesson.toml");
      text.assign(std::istreambuf_iterator<char>(in), {});
    }
    const std::string title = w.app.lesson.classroom->tutor.lesson().title;
    const size_t at = text.find(title);
    REQUIRE(at != text.npos);
    text.replace(at, title.size(), "Another title");
    std::ofstream(folder / "lesson.toml") << text;
    fs::last_write_time(folder / "lesson.toml",
                        fs::last_write_time(folder / "lesson.toml") + std::chrono::seconds(2));
    w.robot.frame();
    CHECK(w.app.lesson.classroom->tutor.lesson().title == "Another title");
  }
  fs::remove_all(desk);
}
