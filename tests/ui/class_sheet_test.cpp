// The sheet for a class: pressed by mouse, served, and drawn whole at every size.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "session/link.h"
#include "ui/app_window.h"

#include <unistd.h>

using namespace qs;
using namespace qs::ui;

namespace {

struct PageFolder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("qs-page-" + std::to_string(getpid()));
  PageFolder() {
    std::filesystem::create_directories(path);
    std::ofstream(path / "index.html") << "page";
  }
  ~PageFolder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("class sheet: nobody is served before it is pressed, and nobody after it is stopped") {
  const PageFolder page;
  AppWindow w("8.1");
  ClassRoom& room = w.app.class_sheet.room;
  room.wanted = "127.0.0.1";
  room.folder = page.path.string();
  w.app.class_wanted = true;
  w.robot.frame();
  w.robot.frame();
  CHECK_FALSE(room.is_open());
  w.robot.click("class/start");
  REQUIRE_MESSAGE(room.is_open(), w.app.class_sheet.trouble);
  CHECK(room.url().substr(0, 17) == "http://127.0.0.1:");
  w.robot.frame();
  CHECK(room.counts().size() == 3);  // the options of the question that 8.1 begins with
  CHECK(w.faults() == "");
  w.robot.click("class/stop");
  CHECK_FALSE(room.is_open());
  CHECK(w.app.class_sheet.dialog.open);
}

TEST_CASE("class sheet: without the page it says where that comes from") {
  AppWindow w("first-request");
  w.app.class_sheet.room.wanted = "127.0.0.1";
  w.app.class_sheet.room.folder = "/nowhere";
  w.app.class_wanted = true;
  w.robot.frame();
  w.robot.frame();
  w.robot.click("class/start");
  CHECK_FALSE(w.app.class_sheet.room.is_open());
  CHECK(w.app.class_sheet.trouble.find("/nowhere") != std::string::npos);
}

TEST_CASE("class sheet: is whole at every size") {
  struct Size {
    int w, h;
    float scale;
  };
  session::use_address("https://example.org/");
  for (const Size& s : {Size{1024, 700, 1}, Size{1440, 900, 1}, Size{1920, 1080, 1.5f}}) {
    const PageFolder page;
    AppWindow w("8.1", s.w, s.h, s.scale);
    w.app.class_sheet.room.wanted = "127.0.0.1";
    w.app.class_sheet.room.folder = page.path.string();
    w.app.class_wanted = true;
    w.robot.frame();
    w.robot.frame();
    CHECK(w.faults() == "");
    w.robot.click("class/start");
    w.robot.frame();
    CHECK(w.faults() == "");
  }
  session::use_address("");
}

TEST_CASE("a link that leads on in the same run keeps it, and selects what it names") {
  AppWindow w("sandbox");
  w.robot.frame();
  session::Session* const before = w.app.session();
  const session::Link here{before->program().name, before->schedule_text(), size_t(70), "default"};
  w.app.open_named(session::print_link(here, ""));
  CHECK(w.app.session() == before);
  CHECK(before->moment().event == 70);
  CHECK(before->moment().trace->name(w.app.run()->shared.selected) == "default");
}
