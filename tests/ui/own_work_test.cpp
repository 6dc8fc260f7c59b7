// A driver that somebody works on in the window: saved, it runs again at the same moment; broken,
// it is marked, and the last run stays.
#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/number_text.h"
#include "base/sanitizer.h"
#include "base/user_folders.h"
#include "own/starter.h"
#include "session/programs.h"
#include "support/folder.h"
#include "ui/app_window.h"

namespace fs = std::filesystem;
using namespace qs;
using namespace qs::ui;

namespace {

void change_file(const fs::path& file, const std::string& from, const std::string& to) {
  std::string text;
  {
    std::ifstream in(file);
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  const size_t at = text.find(from);
  REQUIRE(at != text.npos);
  text.replace(at, from.size(), to);
  const auto before = fs::last_write_time(file);
  std::ofstream(file) << text;
  fs::last_write_time(file, before + std::chrono::seconds(2));
}

// Frames until it holds; a minute at most.
template <class Holds>
bool frames_until(AppWindow& w, Holds holds) {
  for (int i = 0; i < 6000; ++i) {
    w.robot.one();
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

size_t events_of(AppWindow& w) { return w.app.session()->branch().execution.trace->size(); }

}  // namespace

TEST_CASE("lessons: a student writes the driver, and its run is judged when it is saved") {
  const auto data = data_folder();
  REQUIRE(data.ok());
  fs::remove_all(fs::path(*data) / "drivers");
  setenv("VISUAL", "true", 1);
  AppWindow w("08-complete-exactly-once", 1440, 900);
  lesson::Tutor& tutor = w.app.lesson.classroom->tutor;
  size_t beat = 0;
  while (tutor.lesson().beats.at(beat).write.empty()) ++beat;
  tutor.start_beat(beat);
  w.app.lesson.stage_beat(true);
  w.settle();
  for (int i = 0; i < 12 && !w.robot.sees("lesson/write"); ++i) w.robot.wheel("lesson", -3);
  w.robot.click("lesson/write");
  REQUIRE(w.app.lesson.own);
  REQUIRE(frames_until(w, [&] { return !w.app.lesson.own->is_first(); }));
  w.settle();
  CHECK_FALSE(tutor.state().done);  // it is still the driver with the mistake
  CHECK(w.faults() == "");

  const fs::path copy = w.app.lesson.own->files().front();
  CHECK(copy.filename() == "driver.c");
  const size_t before = events_of(w);
  change_file(copy,
              "    if (!NT_SUCCESS(status)) {\n        WdfRequestComplete(Request, status);\n"
              "        return status;\n",
              "    if (!NT_SUCCESS(status)) {\n        return status;\n");
  REQUIRE(frames_until(w, [&] { return events_of(w) != before; }));
  w.app.session()->apply(session::cmd::Speed{100});
  REQUIRE(frames_until(w, [&] { return tutor.state().done; }));
  CHECK(tutor.well_done().count(beat) == 1);

  // Another card, or another beat: the lesson's own driver again. The copy stays.
  w.app.lesson.stage_beat(false);
  CHECK_FALSE(w.app.lesson.own);
  CHECK(fs::exists(copy));
  fs::remove_all(fs::path(*data) / "drivers");
}

TEST_CASE("a driver that is saved while it is shown runs again, at the same moment") {
  test::Folder f("own-work");
  REQUIRE(own::write_starter(f.file("toaster"), own::Starter::Sequential).ok());
  AppWindow w;
  auto opened = session::open_run(f.file("toaster"));
  REQUIRE_MESSAGE(opened.ok(), opened.error().text());
  w.app.open(std::move(*opened));
  REQUIRE(w.app.run());
  REQUIRE(w.app.run()->own);
  w.robot.frame();
  w.app.session()->apply(session::cmd::End{});
  w.robot.frame();
  const size_t before = events_of(w);
  const fs::path driver = f.file("toaster/driver.c");

  // Each read now takes one more call.
  change_file(driver, "    AnswerWithZeros(Request);\n",
              "    (VOID)WdfRequestIsCanceled(Request);\n    AnswerWithZeros(Request);\n");
  REQUIRE(frames_until(w, [&] { return events_of(w) != before; }));
  CHECK(events_of(w) > before);
  CHECK(w.app.session()->moment().at_end);
  CHECK(w.app.run()->own->compiles());
  w.robot.frame();

  // An error: marked at its line, in the text as it is now; the run stays.
  const size_t good = events_of(w);
  change_file(driver, "    (VOID)WdfRequestIsCanceled(Request);\n",
              "    (VOID)NoSuchThing(Request);\n");
  REQUIRE(frames_until(w, [&] { return !w.app.run()->own->compiles(); }));
  w.robot.frame();
  CHECK(events_of(w) == good);
  REQUIRE_FALSE(w.app.run()->own->marks().empty());
  const CodeMark mark = w.app.run()->own->marks().front();
  CHECK(mark.file == "driver.c");
  CHECK(mark.error);
  CHECK(mark.text.find("NoSuchThing") != std::string::npos);
  w.robot.frame();  // the source is in front
  CHECK(w.robot.sees("code/text/mark-" + std::to_string(mark.line)));

  // Mended: the marks are gone, and other inputs come in when program.toml says so.
  change_file(driver, "NoSuchThing", "WdfRequestIsCanceled");
  REQUIRE(frames_until(w, [&] { return w.app.run()->own->compiles(); }));
  CHECK(w.app.run()->own->marks().empty());
  CHECK(events_of(w) == good);
  change_file(f.file("toaster/program.toml"), "script = [\n",
              "script = [\n  \"1ms send read 4 file=A\",\n");
  REQUIRE(frames_until(w, [&] { return events_of(w) > good; }));
}

TEST_CASE("a trace that carries its driver opens where that is not, and can be acted in") {
  test::Folder f("own-carried");
  REQUIRE(own::write_starter(f.file("toaster"), own::Starter::Sequential).ok());
  const std::string file = f.file("run.qst");
  {
    auto opened = session::open_run(f.file("toaster"));
    REQUIRE_MESSAGE(opened.ok(), opened.error().text());
    const session::Session played(opened->program, opened->schedule);
    REQUIRE(trace::write_trace_file(file, *played.branch().execution.trace, opened->program.name,
                                    played.branch().schedule.print(), true, Target::File,
                                    own::sources_of(opened->program))
                .ok());
  }
  fs::remove_all(f.file("toaster"));
  AppWindow w;
  auto opened = session::open_run(file);
  REQUIRE_MESSAGE(opened.ok(), opened.error().text());
  w.app.open(std::move(*opened));
  w.robot.frame();
  w.app.session()->apply(session::cmd::End{});
  w.robot.frame();
  const size_t before = events_of(w);
  w.robot.key("R");
  REQUIRE(frames_until(w, [&] { return events_of(w) > before; }));
}

TEST_CASE("races: a driver that is saved is searched again, and the verdict before stands beside" *
          doctest::skip(QS_ADDRESS_SANITIZER)) {
  test::Folder f("own-races");
  fs::copy("lessons/12-cancel-races/card-c.c", f.file("driver.c"));
  f.put("program.toml",
        "[program]\nhardware = \"slot\"\nscript = [\"0 send read 512 file=A\", \"20ms cancel "
        "R1\"]\n");
  AppWindow w;
  auto opened = session::open_run(f.path.string());
  REQUIRE_MESSAGE(opened.ok(), opened.error().text());
  w.app.open(std::move(*opened));
  w.robot.frame();
  w.app.open_races();
  RacesState& races = w.app.races.state;
  const auto is_through = [&] {
    return races.races && races.races->state() == session::Races::State::Done;
  };
  REQUIRE(frames_until(w, is_through));
  CHECK(races.error == "");
  CHECK(races.was == "");
  const uint64_t wrong = races.races->progress().wrong;
  CHECK(wrong > 0);
  REQUIRE(races.shown.route);
  CHECK_FALSE(races.shown.route->steps.empty());
  CHECK(w.faults() == "");

  const auto before = fs::last_write_time(f.file("driver.c"));
  fs::copy("assets/starter/sequential.c", f.file("driver.c"), fs::copy_options::overwrite_existing);
  fs::last_write_time(f.file("driver.c"), before + std::chrono::seconds(2));
  REQUIRE(frames_until(w, [&] { return !races.was.empty() && is_through(); }));
  CHECK(races.races->progress().wrong == 0);
  CHECK(races_below_verdict(races).starts_with("Before you saved: " + grouped(wrong) + " of "));
  w.robot.frame();
  CHECK(w.faults() == "");
}
