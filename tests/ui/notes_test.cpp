// The teacher's page: beside the stage, in the lesson's pane, and in a window of its own; its
// tables.
#include <doctest/doctest.h>

#include "lesson/file/course.h"
#include "ui/app/notes_window.h"
#include "ui/app_window.h"
#include "ui/product.h"
#include "ui/toolkit/text/prose.h"

using namespace qs;
using namespace qs::ui;

TEST_CASE(
    "the teacher's page: T shows it beside the stage, whatever the size; every lesson has one") {
  for (const auto& [width, height, scale] :
       {std::tuple{1024, 700, 1.0f}, std::tuple{1440, 900, 1.0f}, std::tuple{1280, 720, 1.25f}})
    for (const lesson::CourseTrack& track : lesson::course().tracks)
      for (const lesson::CourseLesson& lesson : track.lessons) {
        if (!lesson.written()) continue;
        CAPTURE(lesson.id);
        CAPTURE(width);
        AppWindow w(lesson.folder.c_str(), width, height, scale);
        w.settings.projector = scale > 1;
        w.robot.key("T");
        CHECK(w.faults() == "");
        CHECK(w.robot.sees("stage"));
        const std::string text(w.robot.ui.rects.text(w.robot.find("notes/page/text/text")));
        CHECK(text.find(lesson.number) != std::string::npos);
        CHECK(text.find("**") == std::string::npos);
        CHECK(text.find("|---") == std::string::npos);
        w.robot.sees("notes/close") ? w.robot.click("notes/close") : w.robot.key("T");
        CHECK_FALSE(w.robot.sees("notes"));
      }
  AppWindow sandbox("sandbox");
  sandbox.robot.key("T");
  CHECK(sandbox.robot.sees("notes"));
  CHECK(sandbox.faults() == "");
}

TEST_CASE("the teacher's page alone: it scrolls, its text grows, and Ctrl+Q ends it") {
  auto lesson = session::load_lesson("sequential-dispatch");
  REQUIRE(lesson.ok());
  NotesState state;
  Settings settings;
  bool open = true;
  Robot robot(
      [&](Ui& ui) { open = draw_notes_alone(ui, (*lesson)->file, state, settings) && open; }, 760,
      600);
  CHECK(robot.sees("notes"));
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).empty());
  robot.wheel("notes/page", -5);
  CHECK(state.scroll.y > 100);
  robot.key("Ctrl++");
  CHECK(settings.scale > 1);
  CHECK(open);
  robot.key("Ctrl+Q");
  CHECK_FALSE(open);
}

TEST_CASE("tables are set in columns: no cell runs over another, wide ones wrap") {
  const char* table =
      "| beat | on the stage | the point |\n|---|---|---|\n"
      "| 1 | R1 is with the driver, no handler runs, R2 waits | owned, *not* running (D-15) |\n"
      "| 2, 3 | R3 and R4 line up | order of `arrival` |\n";
  CHECK(prose_plain(table).find("2, 3 | R3 and R4 line up | order of arrival") !=
        std::string::npos);
  float wide = 0, narrow = 0, cramped = 0;
  Robot robot(
      [&](Ui& ui) {
        wide = prose_height(ui, 900, table);
        narrow = prose_height(ui, 300, table);
        cramped = prose_height(ui, 40, table);
        prose(ui, {20, 20, 300, narrow}, "table", table);
      },
      400, 400);
  CHECK(narrow > wide);
  CHECK(cramped > narrow);
  CHECK_FALSE(robot.find("table/text").cut);
}

TEST_CASE("tables: a long word has its column, or goes on in it, and never runs into the next") {
  const char* table =
      "| `EvtRequestCancel` | all schedules |\n|---|---|\n"
      "| clears `Current` under the lock, stops the device, and completes | break it |\n";
  float low = 0, high = 0, word = 0;
  Robot robot(
      [&](Ui& ui) {
        low = prose_height(ui, 900, table);
        high = prose_height(ui, 70, table);
        word = text_width(ui.fonts->mono, "EvtRequestCancel");
        fill(ui, ui.screen, ui.theme->background);
        prose(ui, {20, 20, word + 100, 300}, "table", table);
      },
      400, 400, 1, "dark", Backend::headless);
  CHECK(high > low * 4);  // not even one word a line
  const Picture p = robot.picture();
  const auto pixel = [&](int x, int y) {
    const size_t at = (size_t(y) * size_t(p.width) + size_t(x)) * 3;
    return p.rgb[at] + p.rgb[at + 1] + p.rgb[at + 2];
  };
  const int gap = 20 + int(word) + 3;
  for (int y = 24; y < 40; ++y)  // the head
    for (int x = gap; x < gap + 4; ++x) CHECK(pixel(x, y) == pixel(2, 2));
}

TEST_CASE("notes: beside a lesson the panes keep standing beside each other, from 1366x768 on") {
  for (const auto& [width, height] : {std::pair{1366, 768}, std::pair{1440, 900}}) {
    CAPTURE(width);
    AppWindow w("12-cancel-races", width, height);
    w.robot.key("T");
    w.robot.frame();
    REQUIRE(w.robot.sees("notes"));
    const Rect stage = w.robot.find("stage").rect, lesson = w.robot.find("lesson").rect;
    CHECK(lesson.right() <= stage.x);
    CHECK(stage.w >= 600);
    CHECK(w.faults() == "");
  }
}

TEST_CASE("notes: in a narrower window they share the lesson's pane, and its keys go on working") {
  for (const auto& [width, height] : {std::pair{1024, 700}, std::pair{1280, 800}}) {
    CAPTURE(width);
    AppWindow w("12-cancel-races", width, height);
    w.robot.key("T");
    w.robot.frame();
    REQUIRE(w.robot.sees("notes"));
    CHECK_FALSE(w.robot.sees("lesson"));
    CHECK(w.robot.find("notes").rect.w >= 320);
    CHECK(w.robot.find("stage").rect.w >= 600);
    CHECK(w.faults() == "");
    w.robot.key("PageDown");
    CHECK(w.app.lesson.classroom->tutor.state().beat == 1);
    w.robot.click("side-tabs/Lesson");
    w.robot.frame();
    CHECK(w.robot.sees("lesson"));
    CHECK_FALSE(w.robot.sees("notes"));
    w.robot.key("T");
    w.robot.frame();
    CHECK_FALSE(w.robot.ui.rects.find("side-tabs/Lesson"));
  }
}
