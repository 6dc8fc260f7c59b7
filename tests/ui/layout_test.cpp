// Every screen at every size and scale: nothing overlaps, nothing is clipped.
#include <doctest/doctest.h>

#include "lesson/file/course.h"
#include "run/registry.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;

namespace {

constexpr int kSizes[][2] = {{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}};
constexpr float kScales[] = {1, 2, 3};

struct Screenful : AppWindow {
  Screenful(const char* program, int width, int height, float scale)
      : AppWindow(program, width, height, scale) {
    settings.reduced_motion = true;
  }
};

void check(const char* program, Pane whole, bool projector, std::initializer_list<int> percent) {
  for (auto [width, height] : kSizes)
    for (float scale : kScales) {
      CAPTURE(width);
      CAPTURE(height);
      CAPTURE(scale);
      Screenful s(program, width, height, scale);
      s.settings.projector = projector;
      if (!s.app.run()) {
        CHECK(s.faults() == "");
        continue;
      }
      s.app.run()->whole = whole;
      const size_t first = s.app.session()->ready(), last = s.app.session()->moment().trace->size();
      for (int p : percent) {
        CAPTURE(p);
        s.app.session()->apply(
            session::cmd::Seek{double(first + (last - first) * size_t(p) / 100)});
        CHECK(s.faults() == "");
      }
    }
}

}  // namespace

TEST_CASE("layout: the list of lessons at four sizes and three scales") {
  check(nullptr, Pane::none, false, {});
}

TEST_CASE("layout: a lesson at four sizes and three scales") {
  check("first-request", Pane::none, false, {0, 30, 60, 100});
}

TEST_CASE("layout: the sandbox at four sizes and three scales") {
  check("sandbox", Pane::none, false, {100});
}

TEST_CASE("layout: projector mode at four sizes and three scales") {
  check("first-request", Pane::none, true, {0, 60, 100});
}

TEST_CASE("layout: each pane alone at four sizes and three scales") {
  for (Pane pane : {Pane::stage, Pane::code, Pane::inspector, Pane::timeline}) {
    CAPTURE(int(pane));
    check("first-request", pane, false, {40, 100});
  }
}

namespace {

// Where text of code stands on the cards of the stage, the narrowest; 0: nowhere.
float narrowest_code(const Rects& rects) {
  float least = 0;
  for (const ItemRecord& r : rects.all()) {
    const std::string_view name = rects.name(r);
    if (name.rfind("stage/", 0) != 0 || !name.ends_with("/code") || r.kind != Kind::picture)
      continue;
    if (least == 0 || r.rect.w < least) least = r.rect.w;
  }
  return least;
}

int seen(const Rects& rects, std::string_view end, Kind kind) {
  int n = 0;
  for (const ItemRecord& r : rects.all())
    n += r.kind == kind && !r.visible.empty() && rects.name(r).ends_with(end);
  return n;
}

struct BeatSize {
  int width, height;
  float scale;
  bool projector = false;
  int columns = 0;  // of code, at least
};

void check_beat(Screenful& s, const BeatSize& size) {
  CHECK(s.faults() == "");
  if (size.scale >= 2) return;
  const Rects& rects = s.robot.ui.rects;
  size_t running = 0;
  for (const model::AppView& app : s.app.session()->moment().after->apps) running += app.running;
  CHECK(seen(rects, "/read", Kind::button) >= int(running));
  // A beat that points at source or inspector has it in front.
  const bool guest = s.app.run()->timeline.tab > TimelineState::log;
  CHECK((guest || seen(rects, "/canvas", Kind::scroll) == 1));
  CHECK(s.robot.sees("timeline"));
  // What is wrong is said, not only that something is.
  const BannerInfo banner = banner_info(s.app.session()->moment());
  if (banner.shown && s.robot.sees("explanation")) {
    const auto said = [&](const ItemRecord& r) {
      return rects.text(r) == banner.what && r.visible.h >= 12 * s.robot.ui.scale;
    };
    CHECK(std::any_of(rects.all().begin(), rects.all().end(), said));
  }
  // What is told is whole; it makes room where the stage would have to scroll.
  for (const ItemRecord& r : rects.all()) {
    const std::string_view name = rects.name(r);
    if (!name.starts_with("stage/")) continue;
    if (name.ends_with("/why") || name.ends_with("/narration"))
      CHECK_MESSAGE(!r.cut, std::string(rects.text(r)));
  }
  if (const float code = narrowest_code(rects); code > 0 && size.columns > 0)
    CHECK(code / code_char_width(s.robot.ui) >= float(size.columns));
}

}  // namespace

TEST_CASE("layout: every beat of every lesson, with what it needs, from a small window to a room") {
  constexpr BeatSize sizes[] = {{1024, 700, 1, false, 34},    {1440, 900, 2},
                                {1280, 720, 1.25f, true, 36}, {1366, 768, 1, false, 58},
                                {1440, 900, 1, false, 64},    {1920, 1080, 1, false, 64}};
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& lesson : track.lessons) {
      if (!lesson.written()) continue;
      CAPTURE(lesson.id);
      for (const BeatSize& size : sizes) {
        CAPTURE(size.width);
        CAPTURE(size.scale);
        Screenful s(lesson.folder.c_str(), size.width, size.height, size.scale);
        s.settings.projector = size.projector;
        lesson::Tutor& tutor = s.app.lesson.classroom->tutor;
        for (size_t beat = 0; beat < tutor.beats(); ++beat) {
          CAPTURE(beat);
          tutor.start_beat(beat);
          s.app.lesson.stage_beat(false);
          if (!tutor.beat().goal)
            s.app.session()->apply(session::cmd::Seek{double(tutor.scene().until)});
          check_beat(s, size);
        }
      }
    }
}

TEST_CASE("layout: 95 % of the lines of all lessons' drivers are seen whole in the Source pane") {
  size_t lessons = 0, lines = 0, whole = 0;
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& lesson : track.lessons) {
      if (!lesson.written()) continue;
      CAPTURE(lesson.id);
      ++lessons;
      Screenful s(lesson.folder.c_str(), 1440, 900, 1);
      for (int i = 0; i < 4; ++i) s.robot.frame();  // its beat may show the inspector first
      s.app.run()->timeline.tab = TimelineState::source;
      for (int i = 0; i < 3; ++i) s.robot.frame();
      // From behind the numbers to the scroll bar.
      const ItemRecord* first = nullptr;
      for (const ItemRecord& r : s.robot.ui.rects.all())
        if (s.robot.ui.rects.name(r).find("/line-") != std::string_view::npos) first = &r;
      REQUIRE(first);
      const Rect pane = s.robot.find("code").visible;
      const float wide = code_char_width(s.robot.ui);
      const float room = pane.right() - first->rect.right() - 24;
      for (const run::CompiledDriver& driver : run::compiled_drivers()) {
        if (std::string_view(driver.name).find(lesson.id) == std::string_view::npos) continue;
        for (const EmbeddedFile& file : driver.sources())
          for (std::string_view rest = file.text(); !rest.empty();) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.size(), line.size() + 1));
            ++lines;
            whole += float(code_columns(line)) * wide <= room;
          }
      }
    }
  CHECK(lessons >= 28);
  CHECK(lines > 10'000);
  CHECK(double(whole) >= 0.95 * double(lines));
}
