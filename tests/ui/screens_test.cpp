// The screens: each keeps its run while another is shown, and one tab is lit; a lesson tells only
// what its beat has come to, and nothing answers an open question.
#include <doctest/doctest.h>

#include "lesson/file/course.h"
#include "run/inputs.h"
#include "session/programs.h"
#include "tests/support/folder.h"
#include "trace/export/teaching.h"
#include "ui/app/shot.h"
#include "ui/app_window.h"
#include "ui/panes/stage/sentence.h"
#include "ui/product.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct ScreensWindow : AppWindow {
  explicit ScreensWindow(const char* program = nullptr, int w = 1440, int h = 900)
      : AppWindow(program, w, h) {}
  lesson::Tutor& tutor() { return app.lesson.classroom->tutor; }
  // The beat of the open lesson, with its run on the stage.
  void go_to(size_t beat) {
    tutor().start_beat(beat);
    app.lesson.stage_beat(false);
    robot.frame();
    robot.frame();
  }
  size_t first_beat(bool (*wanted)(const lesson::Beat&)) {
    for (size_t i = 0; i < tutor().beats(); ++i)
      if (wanted(tutor().lesson().beats[i])) return i;
    FAIL("no such beat");
    return 0;
  }
  // A key that is held and repeats.
  void repeat(Key key, int times) {
    for (int i = 0; i < times; ++i) {
      InputEvent e;
      e.type = InputEvent::Type::key;
      e.key = key;
      e.repeat = true;
      robot.platform->input.push(e);
      robot.frame();
    }
    robot.frame();
  }
  std::string text(std::string_view name) {
    const ItemRecord* r = robot.ui.rects.find(name);
    return r ? std::string(robot.ui.rects.text(*r)) : "";
  }
  int lit() {
    int n = 0;
    for (const ItemRecord& r : robot.ui.rects.all()) {
      const std::string_view name = robot.ui.rects.name(r);
      for (const char* mode :
           {"mode/lessons", "mode/program", "mode/sandbox", "mode/drive", "mode/compare"})
        n += name == mode && r.selected;
    }
    return n;
  }
};

bool asks(const lesson::Beat& b) { return b.mode == lesson::BeatMode::Predict; }
bool has_goal(const lesson::Beat& b) { return b.goal.has_value(); }

}  // namespace

TEST_CASE("screens: from the sandbox to a lesson, be the driver, compare and back loses nothing") {
  ScreensWindow w("sandbox");
  w.robot.key("1");
  w.settle();
  w.app.sandbox.session->apply(session::cmd::RunTo{"owner R1 driver", true});
  w.robot.click("default/mode/Par");
  session::Session* const run = w.app.session();
  const double position = run->position();
  const size_t branch = run->current_branch(), branches = run->branches().size();
  const std::string schedule = run->schedule_text();
  const auto is_kept = [&] {
    CHECK(w.app.shown() == ScreenId::sandbox);
    REQUIRE(w.app.session() == run);
    CHECK(run->position() == position);
    CHECK(run->current_branch() == branch);
    CHECK(run->branches().size() == branches);
    CHECK(run->schedule_text() == schedule);
  };
  w.app.open_named("first-request");
  w.robot.frame();
  w.robot.key("PageDown");
  const size_t beat = w.tutor().state().beat;
  session::Session* const lesson = w.app.session();
  w.robot.key("Ctrl+2");
  is_kept();
  w.robot.key("Ctrl+3");
  REQUIRE(w.app.shown() == ScreenId::drive);
  w.robot.key("Space");
  w.settle();
  session::Session* const driver = w.app.session();
  const double asked = driver->position();
  w.robot.key("Ctrl+2");
  is_kept();
  w.robot.key("Ctrl+4");
  REQUIRE(w.app.shown() == ScreenId::compare);
  w.robot.key("D");
  const double difference = w.app.compare.state.position;
  w.robot.key("Ctrl+1");
  CHECK(w.app.shown() == ScreenId::lesson);
  CHECK(w.app.session() == lesson);
  CHECK(w.tutor().state().beat == beat);
  w.robot.key("Ctrl+3");
  CHECK(w.app.session() == driver);
  CHECK(driver->position() == asked);
  w.robot.key("Ctrl+2");
  is_kept();
  w.robot.key("Ctrl+4");
  CHECK(w.app.compare.state.position == difference);
  w.robot.key("Ctrl+4");  // and back
  is_kept();
  w.robot.key("Ctrl+Home");
  w.app.open_named("sandbox");
  is_kept();
}

TEST_CASE("screens: one tab is lit, whatever is shown; a program that is no lesson has its own") {
  ScreensWindow w;
  CHECK(w.lit() == 1);
  for (const char* key : {"Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+1", "Ctrl+Home"}) {
    CAPTURE(key);
    w.robot.key(key);
    CHECK(w.lit() == 1);
  }
  CHECK_FALSE(w.robot.sees("mode/program"));
  auto opened = session::open_run("first-request");
  REQUIRE(opened.ok());
  auto schedule = run::read_schedule("qs1:7;@0 send=read 16 file=A");
  REQUIRE(schedule.ok());
  opened->schedule = *schedule;
  w.app.open(std::move(*opened));
  w.robot.frame();
  w.robot.frame();
  CHECK(w.app.shown() == ScreenId::program);
  CHECK(w.lit() == 1);
  CHECK(w.robot.sees("mode/program"));
  const std::string said = w.text("side/text/text");
  CHECK(said.find("Inputs") != std::string::npos);
  CHECK(said.find("send") != std::string::npos);
  CHECK(said.find("What happened") != std::string::npos);
  CHECK(said.find("No rule is broken") != std::string::npos);
  CHECK(w.faults() == "");
  w.robot.key("Ctrl+2");
  w.robot.click("mode/program");
  CHECK(w.app.shown() == ScreenId::program);
}

TEST_CASE("lesson: skipped is not done: on the last page, in the list, in the receipt") {
  const qs::test::Folder folder("skipped");
  setenv("XDG_DOCUMENTS_DIR", folder.path.c_str(), 1);
  ScreensWindow w;
  w.app.desk.progress_file = folder.file("progress.toml");
  w.app.open_named("first-request");
  const size_t goal = w.first_beat(has_goal);
  w.go_to(goal);
  w.robot.key("PageDown");  // only the key for it skips
  CHECK(w.tutor().state().beat == goal);
  CHECK_FALSE(w.tutor().finished());
  w.robot.key("Shift+PageDown");
  while (!w.tutor().finished()) w.robot.key("Shift+PageDown");
  CHECK(w.tutor().skipped().count(goal) == 1);
  CHECK(w.text("lesson/skipped/text").find(std::to_string(goal + 1)) != std::string::npos);
  w.robot.click("lesson/receipt");
  unsetenv("XDG_DOCUMENTS_DIR");
  std::string receipt;
  for (const std::string& name : folder.names())
    if (name.find("receipt") == 0) receipt = folder.text(name);
  CHECK(receipt.find("skipped = true") != std::string::npos);
  const lesson::Progress kept(w.app.desk.progress_file);
  CHECK(kept.of(w.tutor().lesson().id).skipped.count(goal) == 1);
  CHECK(kept.of(w.tutor().lesson().id).done.count(goal) == 0);
  w.robot.key("Ctrl+Home");
  w.robot.frame();
  CHECK(w.robot.sees("1 skipped"));
}

TEST_CASE("lesson: a held key goes nowhere, and out of a lesson only a fresh press leads") {
  ScreensWindow w("first-request");
  w.repeat(Key::page_down, 5);
  CHECK(w.tutor().state().beat == 0);
  w.robot.key("PageDown");
  w.repeat(Key::page_down, 5);
  CHECK(w.tutor().state().beat == 1);
  w.go_to(w.tutor().beats() - 1);
  w.robot.key("Shift+PageDown");
  REQUIRE(w.tutor().finished());
  const std::string id = w.tutor().lesson().id;
  w.repeat(Key::page_down, 5);
  CHECK(w.tutor().lesson().id == id);
  w.robot.key("PageDown");
  w.robot.frame();
  CHECK(w.tutor().lesson().id != id);
}

TEST_CASE("lesson: while a question is open, nothing on screen answers it") {
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& l : track.lessons) {
      if (!l.written()) continue;
      CAPTURE(l.folder);
      ScreensWindow w(l.folder.c_str());
      for (size_t beat = 0; beat < w.tutor().beats(); ++beat) {
        if (!asks(w.tutor().lesson().beats[beat])) continue;
        CAPTURE(beat);
        w.go_to(beat);
        session::Session& run = *w.app.session();
        const size_t from = w.tutor().scene().from, branches = run.branches().size();
        CHECK(run.position() == double(from));
        for (const char* key : {"End", "Space", "Right", "Down", "F5", "R", "Backspace", "Ctrl+4"})
          w.robot.key(key);
        run.apply(session::cmd::Seek{1e9});
        w.robot.frame();
        CHECK(w.app.shown() == ScreenId::lesson);
        CHECK(run.position() == double(from));
        CHECK(run.branches().size() == branches);
        CHECK_FALSE(w.app.lesson.timeline.show_future);
        w.app.lesson.timeline.tab = TimelineState::log;
        w.robot.frame();
        for (const uint32_t row : w.app.lesson.timeline.log_state.rows.rows()) CHECK(row < from);
      }
    }
}

TEST_CASE("lesson: before a question, End goes only as far as the beat; afterward all is seen") {
  ScreensWindow w("first-request");
  const size_t question = w.first_beat(asks);
  w.robot.key("End");
  CHECK(w.app.session()->position() == double(w.tutor().scene().until));
  w.go_to(question);
  w.robot.key("1");
  w.robot.key("PageDown");
  w.settle();
  w.robot.key("End");
  CHECK(w.app.session()->moment().at_end);
}

TEST_CASE("lesson: shot --beat shows the moment of a question, and --done what came of it") {
  const qs::test::Folder folder("shot-beat");
  ScreensWindow w("first-request");
  const auto shoot = [&](const char* name, bool done, std::vector<std::string> keys) {
    session::ShotRequest request;
    request.what = "first-request";
    auto opened = session::open_run(request.what);
    REQUIRE(opened.ok());
    request.opened = std::move(*opened);
    request.file = folder.file(name);
    request.width = 1024;
    request.height = 700;
    request.beat = w.first_beat(asks) + 1;
    request.done = done;
    request.keys = std::move(keys);
    REQUIRE(run_shot(request) == 0);
    return folder.text(name);
  };
  const std::string asked = shoot("asked.png", false, {});
  CHECK(asked == shoot("end.png", false, {"Home", "End"}));
  CHECK(asked != shoot("done.png", true, {}));
}

TEST_CASE("lesson: Space plays to the end of the beat, then points at Next") {
  ScreensWindow w("first-request");
  w.robot.key("Space");
  CHECK(w.app.session()->playing());
  w.settle();
  const double end = double(w.tutor().scene().until);
  CHECK(w.app.session()->position() == end);
  CHECK(w.robot.ui.sleep_seconds() == 0);  // the ring around Next moves
  w.robot.key("Space");
  w.robot.frame();
  CHECK(w.app.session()->position() == end);
  CHECK(w.app.message.text.find("Next beat") != std::string::npos);
  w.robot.key("Home");
  w.robot.key("Space");
  w.settle();
  CHECK(w.app.session()->position() == end);
}

TEST_CASE("lesson: a promise is ticked when all is over, not before anything was done") {
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& l : track.lessons) {
      if (!l.written()) continue;
      CAPTURE(l.folder);
      ScreensWindow w(l.folder.c_str());
      for (size_t beat = 0; beat < w.tutor().beats(); ++beat) {
        if (!has_goal(w.tutor().lesson().beats[beat])) continue;
        CAPTURE(beat);
        w.go_to(beat);
        const lesson::Beat& b = w.tutor().beat();
        REQUIRE(w.tutor().ticks().size() == b.goal->check.all.size());
        CHECK_FALSE(w.tutor().state().done);
        for (size_t i = 0; i < w.tutor().ticks().size(); ++i) {
          const lesson::Term::Kind kind = b.goal->check.all[i].kind;
          if (kind != lesson::Term::Never && kind != lesson::Term::Always &&
              kind != lesson::Term::Clean)
            continue;
          CAPTURE(w.tutor().ticks()[i].text);
          CHECK(w.tutor().ticks()[i].truth != lesson::Truth::Holds);
        }
      }
    }
}

TEST_CASE("stage: the sentence that teaches stays while noise follows, and names the next move") {
  ScreensWindow w("sandbox");
  CHECK(w.text("stage/narration").find("send a request") != std::string::npos);
  w.robot.key("1");
  w.robot.key("End");
  const trace::Trace& t = *w.app.session()->moment().trace;
  size_t lines = 0;
  for (size_t i = w.app.session()->ready(); i < t.size(); ++i) {
    if (t[i].code != trace::EventCode::Line && t[i].code != trace::EventCode::TimerArm) continue;
    ++lines;
    const size_t told = trace::narrated_event(t, i + 1);
    CHECK(told < i);
    CHECK(told == trace::narrated_event(t, i));
  }
  CHECK(lines > 0);
  CHECK(w.text("stage/narration").find("Next: R1") != std::string::npos);
  w.robot.key("Home");
  CHECK(w.text("stage/narration").find("Next:") == std::string::npos);
}

TEST_CASE("sandbox and be the driver begin with two sentences and something that pulses") {
  ScreensWindow sandbox("sandbox");
  CHECK(sandbox.robot.sees("intro"));
  CHECK(sandbox.robot.ui.sleep_seconds() == 0);
  CHECK(sandbox.faults() == "");
  sandbox.robot.wait(6);
  CHECK(sandbox.robot.ui.sleep_seconds() != 0);  // a window at rest sleeps
  sandbox.robot.key("R");
  sandbox.settle();
  CHECK_FALSE(sandbox.robot.ui.rects.find("intro"));
  ScreensWindow drive("be-the-driver");
  CHECK(drive.robot.sees("intro"));
  CHECK(drive.robot.ui.sleep_seconds() == 0);
  CHECK(drive.faults() == "");
  drive.robot.key("Space");
  drive.settle();
  drive.robot.key("1");
  drive.settle();
  CHECK_FALSE(drive.robot.ui.rects.find("intro"));
}

TEST_CASE("the speed reads 0.01 to 10, by keys and by the slider's ends") {
  ScreensWindow w("first-request", 1920, 1080);
  for (int i = 0; i < 12; ++i) w.robot.key("[");
  CHECK(w.app.session()->speed() == 0.01);
  CHECK(w.text("transport/speed") == "0.01×");
  for (int i = 0; i < 24; ++i) w.robot.key("]");
  CHECK(w.app.session()->speed() == 10);
  CHECK(w.text("transport/speed") == "10×");
  w.app.session()->apply(session::cmd::Speed{1});
  w.robot.frame();
  w.robot.frame();
  CHECK(w.text("transport/speed") == "1×");
}

TEST_CASE("a picture that was saved is where the message says") {
  const qs::test::Folder folder("picture-saved");
  setenv("XDG_DOCUMENTS_DIR", folder.path.c_str(), 1);
  Product product(Backend::headless);
  App& app = product.app;
  app.open_named("first-request");
  for (const int scale : {1, 2}) {
    app.picture_wanted = scale;
    product.turns(1);
    const size_t at = app.message.text.find(folder.path.string());
    REQUIRE(at != std::string::npos);
    CHECK_MESSAGE(std::filesystem::file_size(app.message.text.substr(at)) > 1000, app.message.text);
  }
  unsetenv("XDG_DOCUMENTS_DIR");
}

TEST_CASE("log: one thread, one object, both; chosen by the mouse") {
  ScreensWindow w("sandbox", 1920, 1080);
  w.robot.key("1");
  w.robot.key("End");
  w.robot.click("Event log");
  LogState& log = w.app.sandbox.timeline.log_state;
  const size_t all = log.rows.rows().size();
  const trace::Trace& t = *w.app.session()->moment().trace;
  w.robot.click("timeline/log/about");
  w.robot.click("menu/R1");
  REQUIRE(log.about == session::find_object(t, "R1", ObjectKind::Request));
  w.robot.frame();
  CHECK(log.rows.rows().size() < all);
  for (const uint32_t e : log.rows.rows()) CHECK((t[e].s == log.about || t[e].o == log.about));
  w.robot.click("timeline/log/thread");
  w.robot.keys({"Down", "Down", "Enter"});  // the first entry is all of them
  REQUIRE(log.filter.thread);
  w.robot.frame();
  for (const uint32_t e : log.rows.rows())
    CHECK((t[e].thread == log.filter.thread.serial() || t[e].s == log.filter.thread));
  CHECK(w.faults() == "");
}
