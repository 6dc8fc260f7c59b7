// Every beat in which the student acts, done by mouse alone as its goal says: what is there to
// press is enough, and the run gives the time to press it.
#include <sstream>

#include "lesson/file/course.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Student : AppWindow {
  explicit Student(const std::string& lesson, size_t beat) : AppWindow(lesson.c_str(), 1440, 900) {
    settings.reduced_motion = true;
    app.session()->apply(session::cmd::Speed{100});
    app.lesson.classroom->tutor.start_beat(beat - 1);
    app.lesson.stage_beat(true);
    app.session()->apply(session::cmd::Speed{100});
    rest();
  }
  lesson::Tutor& tutor() { return app.lesson.classroom->tutor; }
  void rest() {
    app.session()->apply(session::cmd::Speed{100});
    settle();
    robot.frame();
    robot.frame();
  }
  void click(const std::string& name) {
    CAPTURE(name);
    for (int i = 0; i < 12 && !robot.sees(name); ++i) robot.wheel("lesson", i < 6 ? -3 : 3);
    robot.click(name);
    rest();
  }
  // Steps back by mouse until a request is where it is wanted.
  void back_until(const std::string& request, model::Owner owner) {
    for (int i = 0; i < 200; ++i) {
      const session::Moment m = app.session()->moment();
      const model::RequestView* r =
          m.after->request(session::find_object(*m.trace, request, ObjectKind::Request));
      if (r && r->owner == owner) return;
      click("transport/back");
    }
    FAIL("never " << request);
  }
  // "R1 Complete": selects it and presses the verb; "play", "end": the transport; "a/b" alone:
  // that.
  void follow(const std::string& script) {
    std::istringstream lines(script);
    for (std::string step; std::getline(lines, step, ';');) {
      step.erase(0, step.find_first_not_of(" \n"));
      if (step.empty()) continue;
      CAPTURE(step);
      std::istringstream words(step);
      std::string what, verb, choice;
      words >> what >> verb;
      std::getline(words, choice);
      if (what == "play" || what == "end" || what == "back") {
        click("transport/" + what);
      } else if (verb.empty()) {
        click(what);
      } else {
        click(robot.ui.rects.find("stage/" + what) ? "stage/" + what : "stage/view/" + what);
        click("verbs/" + verb);
        if (!choice.empty()) click("menu/" + choice.substr(1));
      }
    }
  }
  std::string open_ticks() {
    std::string text;
    for (const auto& t : tutor().ticks())
      if (t.truth != lesson::Truth::Holds) text += t.text + "\n";
    return text;
  }
};

struct Work {
  const char* lesson;
  size_t beat;  // from 1
  const char* steps;
};

// clang-format off
constexpr Work kWork[] = {
    {"02-which-handler", 6, "lesson/card/zero-length; end"},
    {"02-which-handler", 8, "lesson/card/no-default; notepad write; end"},
    {"02-which-handler", 9, "lesson/card/filter; notepad write; end"},
    {"02-which-handler", 12,
     "lesson/card/three-queues; notepad read; notepad write; notepad ioctl; end"},
    {"03-who-owns-it", 5, "R1 Complete"},
    {"03-who-owns-it", 8,
     "R1 Complete; R2 Forward; waiting/retrieve; R2 Requeue;"
     "R3 more Send and forget; R4 CompleteWithInformation STATUS_CANCELLED, 0 bytes; end"},
    {"04-sequential-dispatch", 9,
     "R1 Complete; R2 Forward; R3 Complete; R4 Complete; waiting/retrieve; R2 Complete; end"},
    {"05-parallel-dispatch", 3, "default SetLimit 2; end"},
    {"05-parallel-dispatch", 9, "default SetLimit 3; end"},
    {"06-manual-dispatch", 5,
     "reads QueueStop; reads/retrieve; reads QueueStart; reads/retrieve; R1 Complete; end"},
    {"06-manual-dispatch", 9,
     "reads/retrieve; R1 Complete; reads/retrieve; R2 Complete; reads/retrieve; R3 Complete;"
     "reads/retrieve; R4 Complete; reads/retrieve; R5 Complete; reads/retrieve; end"},
    {"08-complete-exactly-once", 7,
     "C1 CompleteWithInformation STATUS_SUCCESS, 8 bytes;"
     "C2 CompleteWithInformation STATUS_INVALID_DEVICE_REQUEST, 0 bytes;"
     "C3 CompleteWithInformation STATUS_BUFFER_TOO_SMALL, 0 bytes;"
     "C4 CompleteWithInformation STATUS_IO_DEVICE_ERROR, 0 bytes;"
     "C5 CompleteWithInformation STATUS_CANCELLED, 0 bytes; end"},
    {"09-forward-and-requeue", 6, "W1 Requeue; end"},
    {"09-forward-and-requeue", 9,
     "waiting/retrieve; waiting/retrieve; W1 Requeue; W2 Complete; waiting/retrieve; W1 Complete;"
     "waiting/retrieve; W3 Complete; end"},
    {"10-cancel-in-the-queue", 5, "lesson/card/a; end"},
    // The run rests when R1 has been parked, and again for R2.
    {"10-cancel-in-the-queue", 10,
     "R3 CancelFromApp; play; R1 CancelFromApp; play; notepad write; play; notepad write; end"},
    // The run rests while the transfer goes on.
    {"11-mark-cancelable", 9, "notepad read; R1 CancelFromApp; play; notepad read; play; end"},
    {"11-mark-cancelable", 10, "lesson/card/b; end"},
    {"13-stop-and-start", 9,
     "notepad write; writes QueueStop; notepad write; W1 Complete; writes QueueStart;"
     "W2 Complete; end"},
    {"17-evt-io-stop", 14,
     "notepad write; notepad write; device/Device PowerDown; W1 StopAcknowledgeRequeue;"
     "W2 StopAcknowledge; device/Device PowerUp; W1 Complete; W2 Complete; end"},
};
// clang-format on

}  // namespace

TEST_CASE("lessons: each goal is reached by mouse, with the panel of verbs and the transport") {
  for (const Work& work : kWork) {
    CAPTURE(work.lesson);
    CAPTURE(work.beat);
    Student s(work.lesson, work.beat);
    REQUIRE(s.tutor().beat().goal);
    CHECK_FALSE(s.tutor().state().done);
    s.follow(work.steps);
    CHECK_MESSAGE(s.tutor().state().done, s.open_ticks());
    CHECK(s.faults() == "");
  }
}

TEST_CASE("lessons: three reads are sent, and the moment is marked that the first goal asks for") {
  Student s("01-first-request", 6);
  for (int i = 0; i < 3; ++i) s.follow("notepad read");
  s.back_until("R2", model::Owner::Driver);
  s.click("lesson/mark");
  s.follow("end");
  CHECK_MESSAGE(s.tutor().state().done, s.open_ticks());
}

TEST_CASE("lessons: a run that plays rests where the beat says, and says so") {
  Student s("11-mark-cancelable", 9);
  s.follow("notepad read");
  const session::Moment m = s.app.session()->moment();
  REQUIRE(m.event > 0);
  CHECK((*m.trace)[m.event - 1].code == trace::EventCode::HwStart);
  CHECK_FALSE(m.at_end);
  CHECK(s.app.message.text.find("It is your turn now") == 0);
  s.follow("play");
  CHECK(s.app.session()->moment().at_end);
}
