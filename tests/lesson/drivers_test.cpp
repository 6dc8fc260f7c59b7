// What holds for the drivers of all lessons, whatever a lesson is about.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/embedded.h"
#include "lesson/file/course.h"
#include "lesson/file/program_file.h"
#include "lesson/tutor/judge.h"
#include "run/registry.h"
#include "run/run.h"
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

// What is retrieved while power-down holds the queue is neither asked about nor waited for (P-12a),
// so a driver that retrieves for its hardware stops the queue before that (P-05).
TEST_CASE("lessons: a driver that retrieves for its hardware loses nothing when the power goes") {
  const std::vector<const char*> two = {"0 send read 16 file=A", "1ms send read 16 file=A"};
  const std::vector<const char*> four = {"10ms send read 512 file=A", "10ms send read 512 file=B",
                                         "11ms send read 512 file=A", "11ms send read 512 file=B"};
  struct Row {
    std::string lesson, run;
    std::vector<const char*> reads, power;
    const char* holds;
  };
  for (const Row& row : {
           Row{"manual-dispatch",
               "early",
               two,
               {"2ms power down", "20ms power up"},
               "count(done(R*, STATUS_SUCCESS)) = 2 and clean"},
           Row{"manual-dispatch",
               "late",
               two,
               {"2ms power down", "20ms power up"},
               "count(done(R*, STATUS_SUCCESS)) = 2"},
           Row{"ready-notify-and-search",
               "b",
               four,
               {"12ms power down", "40ms power up"},
               "count(done(R*, STATUS_SUCCESS)) = 4 and clean"},
           Row{"ready-notify-and-search",
               "d",
               four,
               {"12ms power down", "40ms power up"},
               "count(done(R*, STATUS_SUCCESS)) = 4 and clean"},
           Row{"ready-notify-and-search",
               "b",
               four,
               {"12ms pnp remove"},
               "seen(removed()) and clean"},
       }) {
    INFO(row.lesson, ", run ", row.run, ", ", std::string(row.power.front()));
    auto lesson = session::load_lesson(row.lesson);
    REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
    const lesson::LessonRun* run = (*lesson)->run(row.run);
    REQUIRE(run);
    run::Program program = run->program;
    program.script.clear();
    for (const auto* lines : {&row.reads, &row.power})
      for (const char* line : *lines) {
        auto input = lesson::parse_script_line(line);
        REQUIRE_MESSAGE(input.ok(), input.error().text());
        program.script.push_back(*input);
      }
    const lesson::Story story{
        std::shared_ptr<const trace::Trace>(run::execute(program, sched::Schedule{}).trace)};
    auto check = lesson::parse_check(row.holds);
    REQUIRE_MESSAGE(check.ok(), check.error().message);
    CHECK(lesson::evaluate(*check, story, {}) == lesson::Truth::Holds);
  }
}
