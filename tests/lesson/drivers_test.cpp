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
  for (const CourseTrack& track : course().tracks)
    for (const CourseLesson& place : track.lessons) {
      if (!place.written()) continue;
      auto lesson = load_lesson(place.folder);
      REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
      Judge judge(**lesson);
      for (const LessonRun& run : (*lesson)->runs) {
        const Story& story = judge.story(run.id);
        for (const RequestView& r : story.timeline().head().requests) {
          const bool moves = r.type == RequestType::Read || r.type == RequestType::Write;
          if (!moves || r.place != Place::Done || r.status != 0) continue;
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
  for (const CompiledDriver& driver : compiled_drivers()) {
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
