// A driver that somebody works on in the window: saved, it runs again at the same moment; broken,
// it is marked, and the last run stays.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

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
