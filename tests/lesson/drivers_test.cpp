// What holds for the drivers of all lessons, whatever a lesson is about.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/embedded.h"
#include "lesson/file/course.h"
#include "lesson/tutor/judge.h"
#include "run/registry.h"
#include "session/programs.h"

using namespace qs;

TEST_CASE("lessons: a read or write that succeeds says how many bytes it moved") {
  int done = 0;
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& place : track.lessons) {
      if (!place.written()) continue;
      auto lesson = session::load_lesson(place.folder);
      REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
      lesson::Judge judge(**lesson);
      for (const lesson::LessonRun& run : (*lesson)->runs) {
        const lesson::Story& story = judge.story(run.id);
        for (const model::RequestView& r : story.timeline().head().requests) {
          const bool moves =
              r.type == trace::RequestType::Read || r.type == trace::RequestType::Write;
          if (!moves || r.place != model::Place::Done || r.status != 0) continue;
          ++done;
          INFO(place.folder, ", run ", run.id, ", ", story.trace().name(r.id));
          CHECK(r.information == r.length);
        }
      }
    }
  CHECK(done > 100);
}

// Power-down waits for what a driver owns and does not acknowledge (P-12): a driver of the course
// that lets it wait says why.
TEST_CASE("lessons: a driver without an EvtIoStop, or with one that does nothing, says why") {
  int looked = 0;
  for (const run::CompiledDriver& driver : run::compiled_drivers()) {
    for (int i = 0; i < driver.file_count; ++i) {
      const std::string path(driver.sources()[i].name);
      if (path.rfind("lessons/", 0) != 0) continue;
      if (path.rfind("lessons/17-evt-io-stop/", 0) == 0) continue;  // its subject
      const std::string text(driver.sources()[i].text());
      const bool pends = text.find("QsChannelStart(") != std::string::npos ||
                         text.find("WdfRequestSend(") != std::string::npos;
      if (!pends || text.find("PowerManaged = WdfFalse") != std::string::npos) continue;
      ++looked;
      const bool answers = text.find("WdfRequestStopAcknowledge(") != std::string::npos;
      CHECK_MESSAGE((answers || text.find("lesson 6.2") != std::string::npos), path);
    }
  }
  CHECK(looked > 20);
}
