// For a stranger and for a class: the first screen, and questions and goals that all can read.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "lesson/file/course.h"
#include "ui/app_window.h"
#include "ui/product.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

using namespace qs;
using namespace qs::ui;

namespace {

void each_lesson(const std::function<void(const lesson::CourseLesson&)>& look) {
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& lesson : track.lessons)
      if (lesson.written()) look(lesson);
}

// Is all of what is called `name` on the screen?
bool whole(Robot& robot, const std::string& name) {
  const ItemRecord* r = robot.ui.rects.find(name);
  return r && !r->cut && r->visible.w >= r->rect.w - 1 && r->visible.h >= r->rect.h - 1;
}

// The first option of the question on the screen of which not all is seen, or which is too small
// to hold its words; "" when there is none.
std::string hidden_option(AppWindow& w) {
  const lesson::Beat& beat = w.app.lesson.classroom->tutor.beat();
  for (size_t i = 1; i <= beat.options.size(); ++i) {
    const std::string name = "lesson/option/" + std::to_string(i);
    if (!whole(w.robot, name) || !whole(w.robot, name + "/text"))
      return name + ": " + beat.options[i - 1].text + "\n" + describe(w.robot.ui.rects);
  }
  return {};
}

// Each beat of each lesson that `wanted` takes, in a window that shows nothing else.
void each_beat(int width, int height, float scale, bool projector,
               const std::function<bool(const lesson::Beat&)>& wanted,
               const std::function<void(AppWindow&)>& look) {
  each_lesson([&](const lesson::CourseLesson& lesson) {
    AppWindow w(lesson.folder.c_str(), width, height, scale);
    w.settings.reduced_motion = true;
    w.settings.projector = projector;
    lesson::Tutor& tutor = w.app.lesson.classroom->tutor;
    for (size_t beat = 0; beat < tutor.beats(); ++beat) {
      tutor.start_beat(beat);
      if (!wanted(tutor.beat())) continue;
      CAPTURE(lesson.id);
      CAPTURE(beat);
      w.app.lesson.stage_beat(false);
      for (int i = 0; i < 4; ++i) w.robot.frame();
      look(w);
    }
  });
}

// Each open question.
void each_question(int width, int height, float scale, bool projector,
                   const std::function<void(AppWindow&)>& look) {
  const auto asks = [](const lesson::Beat& b) { return b.mode == lesson::BeatMode::Predict; };
  each_beat(width, height, scale, projector, asks, look);
}

// Is all of the lesson's sheet seen, without a bar?
bool sheet_is_whole(AppWindow& w) {
  const LessonPanelState& panel = w.app.lesson.classroom->panel;
  return panel.scroll.content <= w.robot.find("lesson/body").rect.h + 1;
}

// The first card, or condition of a goal, on the screen of which not all is seen.
std::string hidden_part(AppWindow& w) {
  const lesson::Tutor& tutor = w.app.lesson.classroom->tutor;
  const Rects& rects = w.robot.ui.rects;
  for (const std::string& card : tutor.beat().cards)
    if (!whole(w.robot, "lesson/card/" + card)) return card;
  const auto seen = [&](const std::string& text) {
    return std::any_of(rects.all().begin(), rects.all().end(), [&](const ItemRecord& r) {
      return rects.text(r) == text && !r.cut && r.visible.h >= r.rect.h - 1;
    });
  };
  for (const lesson::Tick& t : tutor.ticks())
    if (!seen(t.text)) return t.text + "\n" + describe(rects);
  return {};
}

}  // namespace

TEST_CASE(
    "layout: all options of every question are seen in projector mode at 1280x720, 1366x768") {
  for (const auto& [width, height] : {std::pair{1280, 720}, std::pair{1366, 768}}) {
    CAPTURE(width);
    each_question(width, height, 1.25f, true, [](AppWindow& w) {
      CHECK(hidden_option(w) == "");
      CHECK(whole(w.robot, "lesson/question/text"));
      CHECK(w.faults() == "");
      CHECK(sheet_is_whole(w));
      // The stage stays: it is what the question is about.
      CHECK(w.robot.find("stage").visible.h >= 0.3f * w.robot.ui.screen.h);
      CHECK_FALSE(w.robot.ui.rects.find("stage/view"));  // all of it is seen: it does not scroll
    });
  }
}

TEST_CASE("layout: goals are seen with their cards in projector mode at 1280x720, 1366x768") {
  const auto has_goal = [](const lesson::Beat& b) { return b.goal.has_value(); };
  for (const auto& [width, height] : {std::pair{1280, 720}, std::pair{1366, 768}}) {
    CAPTURE(width);
    each_beat(width, height, 1.25f, true, has_goal, [](AppWindow& w) {
      CHECK(hidden_part(w) == "");
      CHECK(sheet_is_whole(w));
      CHECK(w.faults() == "");
      CHECK(w.robot.find("stage").visible.h >= 0.21f * w.robot.ui.screen.h);
      CHECK_FALSE(w.robot.ui.rects.find("stage/view"));
    });
  }
}

TEST_CASE("layout: options never hide behind the buttons of the lesson") {
  for (const auto& [width, height] : {std::pair{1024, 700}, std::pair{1440, 900}}) {
    CAPTURE(width);
    each_question(width, height, 1, false, [](AppWindow& w) { CHECK(hidden_option(w) == ""); });
  }
}

TEST_CASE("questions: the timeline tells nothing of what comes after the moment of a question") {
  each_question(1440, 900, 1, false, [](AppWindow& w) {
    const session::Moment m = w.app.session()->moment();
    const Rects& rects = w.robot.ui.rects;
    for (const ItemRecord& r : rects.all()) {
      const std::string_view name = rects.name(r);
      const size_t at = name.find("timeline/mark-");
      if (at != name.npos) CHECK(std::stoul(std::string(name.substr(at + 14))) <= m.event);
    }
    // Nor by how long the run is.
    CHECK(run_info(*w.app.session()).limit == m.event);
    if (w.app.run()->timeline.tab <= TimelineState::queues)
      CHECK(w.app.run()->timeline.view.to <= double(m.event) * 1.05 + kLeastSpan);
  });
}

TEST_CASE("questions: code in questions and options is drawn as code, without its marks") {
  each_question(1440, 900, 1, false, [](AppWindow& w) {
    for (const ItemRecord& r : w.robot.ui.rects.all()) {
      const std::string_view name = w.robot.ui.rects.name(r);
      if (name.find("lesson/") == name.npos) continue;
      CHECK_MESSAGE(w.robot.ui.rects.text(r).find('`') == std::string_view::npos,
                    std::string(w.robot.ui.rects.text(r)));
    }
  });
}

TEST_CASE("lessons: code in the words of a card is drawn as code, without its marks") {
  AppWindow w("28-deleting-objects", 1024, 700);
  lesson::Tutor& tutor = w.app.lesson.classroom->tutor;
  tutor.start_beat(tutor.beats() - 1);
  w.app.lesson.stage_beat(false);
  w.robot.frame();
  size_t cards = 0;
  for (const ItemRecord& r : w.robot.ui.rects.all()) {
    const std::string_view name = w.robot.ui.rects.name(r), text = w.robot.ui.rects.text(r);
    if (name.find("lesson/card/") == name.npos) continue;
    cards += text.find("EvtIoWrite deletes") != text.npos;
    CHECK_MESSAGE(text.find('`') == text.npos, std::string(text));
  }
  CHECK(cards > 0);
}

TEST_CASE(
    "a question alone: P shows it, all of it as large as fits; a number and PageDown answer") {
  each_question(1280, 720, 1, false, [](AppWindow& w) {
    w.robot.key("P");
    CHECK_FALSE(w.settings.projector);
    CHECK(w.robot.sees("question/close"));
    CHECK_FALSE(w.robot.sees("stage"));
    CHECK(hidden_option(w) == "");
    CHECK(whole(w.robot, "lesson/question/text"));
    CHECK(w.faults() == "");
    w.robot.key("P");
    CHECK(w.robot.sees("stage"));
  });
  AppWindow w("first-request");
  while (w.app.lesson.classroom->tutor.beat().mode != lesson::BeatMode::Predict) {
    w.settle();
    w.robot.key("PageDown");
  }
  w.robot.key("P");
  w.robot.key("PageDown");
  CHECK(w.robot.sees("question"));  // nothing is picked
  w.robot.click("lesson/option/1");
  w.robot.key("2");
  CHECK(w.app.lesson.classroom->panel.picked == 1);
  w.robot.key("PageDown");
  CHECK(w.app.lesson.classroom->tutor.state().chosen == 1);
  w.robot.frame();
  CHECK(w.robot.sees("stage"));
  w.robot.key("P");  // no question is open: the projector
  CHECK(w.settings.projector);
}

TEST_CASE("a question alone: its letters are drawn as large as they are shown") {
  Product p(Backend::null_host, 1920, 1080);
  p.app.open_named("first-request");
  lesson::Tutor& tutor = p.app.lesson.classroom->tutor;
  while (tutor.beat().mode != lesson::BeatMode::Predict) tutor.start_beat(tutor.state().beat + 1);
  p.app.lesson.stage_beat(false);
  p.turns(2);
  const float before = p.host->ui.scale;
  p.key("P");
  p.turns(4);
  CHECK(p.host->ui.scale > 1.8f * before);
  CHECK(layout_faults(p.host->ui.rects, p.host->ui.screen).empty());
  const float large = p.host->ui.scale;
  p.turns(4);
  CHECK(p.host->ui.scale == large);  // it rests
  p.key("Esc");
  p.turns(3);
  CHECK(p.host->ui.scale == before);
}

TEST_CASE("hints and answers are scrolled into sight") {
  each_lesson([&](const lesson::CourseLesson& lesson) {
    CAPTURE(lesson.id);
    AppWindow w(lesson.folder.c_str(), 1024, 700);
    w.settings.reduced_motion = true;
    lesson::Tutor& tutor = w.app.lesson.classroom->tutor;
    for (size_t beat = 0; beat < tutor.beats(); ++beat) {
      CAPTURE(beat);
      tutor.start_beat(beat);
      w.app.lesson.stage_beat(false);
      w.robot.frame();
      if (tutor.beat().goal)
        for (size_t i = 1; i <= tutor.beat().goal->hints.size(); ++i) {
          w.robot.key("H");
          for (int k = 0; k < 3; ++k) w.robot.frame();
          const ItemRecord* r = w.robot.ui.rects.find("lesson/hint/" + std::to_string(i) + "/text");
          REQUIRE(r);
          CHECK(r->visible.h >= std::min(r->rect.h - 1, 60.0f));
        }
      if (tutor.beat().mode != lesson::BeatMode::Predict) continue;
      w.robot.keys({tutor.right_option() == 0 ? "2" : "1", "PageDown"});
      for (int k = 0; k < 3; ++k) w.robot.frame();
      const ItemRecord* why = w.robot.ui.rects.find("lesson/why/text");
      REQUIRE(why);
      CHECK(why->visible.h >= std::min(why->rect.h - 1, 60.0f));
    }
  });
}

TEST_CASE("a drop answers a question where a lesson says so") {
  int questions = 0;
  each_lesson([&](const lesson::CourseLesson& lesson) {
    auto loaded = session::load_lesson(lesson.folder);
    REQUIRE(loaded.ok());
    for (const lesson::Beat& beat : (*loaded)->beats) {
      if (beat.drags.empty()) continue;
      ++questions;
      for (size_t i = 0; i < beat.options.size(); ++i)
        if (!beat.options[i].drop.empty() && beat.options[i].drop != "driver")
          CHECK(lesson::answer_for_drop(beat, beat.drags, beat.options[i].drop) == int(i));
    }
  });
  CHECK(questions >= 5);
}

TEST_CASE("a drop picks its option while the question is open, and nothing else does") {
  AppWindow w("sequential-dispatch");
  Classroom& room = *w.app.lesson.classroom;
  CHECK_FALSE(pick_by_drop(&room, "R3", "EvtIoRead"));  // no question yet
  CHECK_FALSE(pick_by_drop(nullptr, "R3", "EvtIoRead"));
  room.tutor.start_beat(3);
  w.app.lesson.stage_beat(false);
  w.robot.frame();
  CHECK_FALSE(pick_by_drop(&room, "R4", "EvtIoRead"));
  CHECK_FALSE(pick_by_drop(&room, "R3", "default"));  // two options would mean it
  CHECK(room.panel.picked == -1);
  CHECK(pick_by_drop(&room, "R3", "waiting"));
  CHECK(room.panel.picked == 2);
  CHECK(pick_by_drop(&room, "R3", "EvtIoRead"));
  w.robot.key("PageDown");
  CHECK(room.tutor.state().chosen == 1);
  CHECK_FALSE(pick_by_drop(&room, "R3", "waiting"));  // it is answered
}

TEST_CASE("a drop picks its option: the request asked about is carried on the stage") {
  AppWindow w("sequential-dispatch", 1440, 900);
  w.settings.reduced_motion = true;
  Classroom& room = *w.app.lesson.classroom;
  room.tutor.start_beat(3);
  w.app.lesson.stage_beat(false);
  for (int i = 0; i < 4; ++i) w.robot.frame();
  const session::Moment before = w.app.session()->moment();
  const auto carry = [&](const char* request, const char* place) {
    const Rect to = w.robot.find(place).visible;  // its foot, which no token covers
    w.robot.drag(w.robot.find(request).visible.center(), {to.x + to.w * 0.4f, to.bottom() - 5});
    w.robot.frame();
    w.robot.frame();
  };
  carry("stage/R4", "stage/waiting");  // is not asked about
  CHECK(room.panel.picked == -1);
  carry("stage/R3", "stage/waiting");
  CHECK(room.panel.picked == 2);
  carry("stage/R3", "stage/EvtIoRead");
  CHECK(room.panel.picked == 1);
  carry("stage/R3", "stage/notepad");
  CHECK(room.panel.picked == 1);
  CHECK(w.app.message.text == tr("lesson.no_such_option"));
  const session::Moment after = w.app.session()->moment();
  CHECK(after.event == before.event);
  CHECK(after.trace->size() == before.trace->size());
  CHECK(w.faults() == "");
}

TEST_CASE("first screen: all titles of lessons are of one size, and whole") {
  for (const auto& [width, height] :
       {std::pair{1024, 700}, std::pair{1366, 768}, std::pair{1440, 900}, std::pair{1920, 1080}}) {
    CAPTURE(width);
    AppWindow w(nullptr, width, height);
    float size = 0;
    size_t titles = 0, lessons = 0;
    each_lesson([&](const lesson::CourseLesson& lesson) {
      ++lessons;
      for (const ItemRecord& r : w.robot.ui.rects.all()) {
        if (r.kind != Kind::text || w.robot.ui.rects.text(r) != lesson.title) continue;
        ++titles;
        CHECK_MESSAGE(!r.cut, lesson.title);
        // Of the letters; two lines are a twentieth higher.
        const float high = r.rect.h < 24 ? r.rect.h : r.rect.h / 2.1f;
        if (size == 0) size = high;
        CHECK_MESSAGE(std::abs(high - size) < 1, lesson.title);
      }
    });
    CHECK(titles == lessons);
  }
}

TEST_CASE(
    "first screen: a queue is at work above the list, all of which is seen from 1440x900 on") {
  for (const auto& [width, height] :
       {std::pair{1024, 700}, std::pair{1440, 900}, std::pair{1920, 1080}}) {
    CAPTURE(width);
    AppWindow w(nullptr, width, height);
    CHECK(w.app.home.state.glimpse.session);
    CHECK(w.robot.sees("home/glimpse"));
    CHECK(w.faults() == "");
    CHECK(whole(w.robot, "home/go"));
    CHECK(whole(w.robot, "home/first-request"));
    each_lesson([&](const lesson::CourseLesson& lesson) {
      CAPTURE(lesson.id);
      if (width < 1440)  // the course is longer than the page
        for (int i = 0; i < 6 && !whole(w.robot, "home/" + lesson.id); ++i)
          w.robot.wheel("home/page", -2);
      CHECK(whole(w.robot, "home/" + lesson.id));
    });
  }
}

TEST_CASE("first screen: the run comes after the first frame, lasts twenty seconds, and rests") {
  AppWindow w(nullptr, 1024, 700);
  GlimpseState& g = w.app.home.state.glimpse;
  g = GlimpseState();
  w.robot.one();
  CHECK_FALSE(g.session);
  CHECK(w.robot.ui.sleep_seconds() == 0);
  w.robot.platform->present();
  w.robot.one();
  w.robot.platform->present();
  REQUIRE(g.session);
  CHECK(g.session->playing());
  const double begun = g.session->position();
  w.robot.wait(15);
  CHECK(g.session->playing());
  CHECK(g.session->position() > begun + 10);
  w.robot.wait(8);
  CHECK_FALSE(g.session->playing());
  CHECK(g.session->moment().at_end);
  CHECK(w.robot.ui.sleep_seconds() < 0);
  // All of it took place: every request is done, one of them by way of the second queue.
  int done = 0;
  for (const model::RequestView& r : g.session->moment().after->requests)
    done += r.place == model::Place::Done;
  CHECK(done >= 5);
}

TEST_CASE("first screen: the run stops when it is pressed, goes on, and plays again") {
  AppWindow w(nullptr, 1440, 900);
  GlimpseState& g = w.app.home.state.glimpse;
  w.robot.wait(2);
  w.robot.click("home/glimpse");
  CHECK_FALSE(g.session->playing());
  const double stopped = g.session->position();
  w.robot.wait(1);
  CHECK(g.session->position() == stopped);
  CHECK(w.app.shown() == ScreenId::home);
  w.robot.click("home/glimpse");
  CHECK(g.session->playing());
  w.robot.wait(25);
  CHECK_FALSE(g.session->playing());
  w.robot.click("home/glimpse");
  CHECK(g.session->playing());
  CHECK(g.session->position() < stopped + 1);
  w.robot.key("Enter");  // as ever
  CHECK(w.app.shown() == ScreenId::lesson);
}

TEST_CASE("first screen: with reduced motion it stands still, in the midst of its run") {
  AppWindow w(nullptr, 1440, 900);
  w.settings.reduced_motion = true;
  w.app.home.state.glimpse = GlimpseState();
  w.robot.wait(1);
  GlimpseState& g = w.app.home.state.glimpse;
  REQUIRE(g.session);
  CHECK_FALSE(g.session->playing());
  CHECK(g.session->position() > double(g.session->ready()) + 5);
  CHECK_FALSE(g.session->moment().at_end);
  CHECK(w.robot.ui.sleep_seconds() < 0);
}
