// Every screen at every size and scale: nothing overlaps, nothing is clipped.
#include <doctest/doctest.h>

#include "lesson/file/course.h"
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
      s.app.whole = whole;
      if (!s.app.session) {
        CHECK(s.faults() == "");
        continue;
      }
      const size_t first = s.app.session->ready(), last = s.app.session->moment().trace->size();
      for (int p : percent) {
        CAPTURE(p);
        s.app.session->apply(session::cmd::Seek{double(first + (last - first) * size_t(p) / 100)});
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

TEST_CASE("layout: every beat of every lesson in a small window and with large text") {
  struct Size {
    int width, height;
    float scale;
  };
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& lesson : track.lessons) {
      if (!lesson.written()) continue;
      CAPTURE(lesson.id);
      for (const Size& size : {Size{1024, 700, 1}, Size{1440, 900, 2}}) {
        CAPTURE(size.scale);
        Screenful s(lesson.folder.c_str(), size.width, size.height, size.scale);
        lesson::Tutor& tutor = s.app.classroom->tutor;
        for (size_t beat = 0; beat < tutor.beats(); ++beat) {
          CAPTURE(beat);
          tutor.start_beat(beat);
          s.app.stage_beat(false);
          if (!tutor.beat().goal)
            s.app.session->apply(session::cmd::Seek{double(tutor.scene().until)});
          CHECK(s.faults() == "");
        }
      }
    }
}
