// Every beat in which the student acts, done by mouse alone as its goal says: what is there to
// press is enough, and the run gives the time to press it.
#include <algorithm>
#include <sstream>

#include "lesson/file/course.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Student : AppWindow {
  Student(const char* lesson, std::string_view beat) : AppWindow(lesson, 1440, 900) {
    settings.reduced_motion = true;
    app.session()->apply(session::cmd::Speed{100});
    const auto& beats = tutor().lesson().beats;
    const auto found =
        std::find_if(beats.begin(), beats.end(), [&](const auto& b) { return b.title == beat; });
    REQUIRE_MESSAGE(found != beats.end(), beat);
    tutor().start_beat(size_t(found - beats.begin()));
    app.lesson.stage_beat(true);
    app.session()->apply(session::cmd::Speed{100});
    rest();
  }
  lesson::Tutor& tutor() { return app.lesson.classroom->tutor; }
  void rest() {
    app.session()->apply(session::cmd::Speed{100});
    settle();
    for (int i = 0; i < 10'000 && app.lesson.classroom->proves(); ++i) robot.frame();
    robot.frame();
    robot.frame();
  }
  void click(const std::string& name) {
    CAPTURE(name);
    for (int i = 0; i < 12 && !robot.sees(name); ++i) robot.wheel("lesson", i < 6 ? -3 : 3);
    robot.click(name);
    rest();
  }
  // A request, or a card: by its corner, which nothing in it covers.
  void select(const std::string& name) {
    const ItemRecord& r = robot.find(name);
    if (r.kind == Kind::token) return click(name);
    REQUIRE(robot.sees(name));
    robot.platform->input.push_click(r.visible.x + 5, r.visible.y + 5);
    rest();
  }
  // Where the run rests, that thread goes on.
  void let(const std::string& thread) {
    for (int i = 1; i < 5; ++i) {
      const std::string name = "lesson/let/" + std::to_string(i);
      const ItemRecord* r = robot.ui.rects.find(name);
      if (r && robot.ui.rects.text(*r).starts_with(thread)) return click(name);
    }
    FAIL("nobody lets go on " << thread);
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
  // "let backup": that thread goes on; "keep 3": whoever does, three times.
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
      if (what == "let") {
        let(verb);
      } else if (what == "keep") {
        for (int i = std::stoi(verb); i > 0; --i) click("lesson/let/1");
      } else if (what == "play" || what == "end" || what == "back") {
        click("transport/" + what);
      } else if (verb.empty()) {
        click(what);
      } else {
        select(robot.ui.rects.find("stage/" + what) ? "stage/" + what : "stage/view/" + what);
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
  const char* beat;  // its title
  const char* steps;
};

// clang-format off
constexpr Work kWork[] = {
    {"02-which-handler", "Let it through", "lesson/card/zero-length; end"},
    {"02-which-handler", "No default queue", "lesson/card/no-default; notepad write; end"},
    {"02-which-handler", "A filter", "lesson/card/filter; notepad write; end"},
    {"02-which-handler", "Your turn",
     "lesson/card/b; notepad read; notepad write; notepad ioctl; end"},
    {"03-who-owns-it", "What should it have done?", "R1 Complete"},
    {"03-who-owns-it", "Your turn: four ways out",
     "R1 Complete; R2 Forward; waiting/retrieve; R2 Requeue;"
     "R3 more Send and forget; R4 CompleteWithInformation STATUS_CANCELLED, 0 bytes; end"},
    {"04-sequential-dispatch", "Your turn: three before two",
     "R1 Complete; R2 Forward; R3 Complete; R4 Complete; waiting/retrieve; R2 Complete; end"},
    {"05-parallel-dispatch", "How many at most?", "default SetLimit 2; end"},
    {"05-parallel-dispatch", "Your turn: as fast as possible", "default SetLimit 3; end"},
    {"06-manual-dispatch", "You are the loop",
     "reads QueueStop; reads/retrieve; reads QueueStart; reads/retrieve; R1 Complete; end"},
    {"06-manual-dispatch", "Five reads, two visits",
     "reads/retrieve; R1 Complete; reads/retrieve; R2 Complete; reads/retrieve; R3 Complete;"
     "reads/retrieve; R4 Complete; reads/retrieve; R5 Complete; reads/retrieve; end"},
    {"07-dispatch-is-not-a-lock", "You are the scheduler", "let notepad; keep 1; let backup; end"},
    {"07-dispatch-is-not-a-lock", "Twice at once", "let notepad; keep 3; let backup; end"},
    {"07-dispatch-is-not-a-lock", "Your turn: no line may be lost", "lesson/card/lock; end"},
    {"12-cancel-races", "Bring them together", "let EvtTransferDone; keep 2; let notepad; end"},
    {"12-cancel-races", "Break it yourself", "let EvtTransferDone; keep 1; let notepad; end"},
    {"12-cancel-races", "Your turn: no schedule may break it", "lesson/card/e; end"},
    {"08-complete-exactly-once", "Five requests, five endings",
     "C1 CompleteWithInformation STATUS_SUCCESS, 8 bytes;"
     "C2 CompleteWithInformation STATUS_INVALID_DEVICE_REQUEST, 0 bytes;"
     "C3 CompleteWithInformation STATUS_BUFFER_TOO_SMALL, 0 bytes;"
     "C4 CompleteWithInformation STATUS_IO_DEVICE_ERROR, 0 bytes;"
     "C5 CompleteWithInformation STATUS_CANCELLED, 0 bytes; end"},
    {"09-forward-and-requeue", "Back to the head", "W1 Requeue; end"},
    {"09-forward-and-requeue", "The second one first",
     "waiting/retrieve; waiting/retrieve; W1 Requeue; W2 Complete; waiting/retrieve; W1 Complete;"
     "waiting/retrieve; W3 Complete; end"},
    {"10-cancel-in-the-queue", "Fix it", "lesson/card/a; end"},
    // The run rests when R1 has been parked, and again for R2.
    {"10-cancel-in-the-queue", "Four reads, one buffer",
     "R3 CancelFromApp; play; R1 CancelFromApp; play; notepad write; play; notepad write; end"},
    // The run rests while the transfer goes on.
    {"11-mark-cancelable", "Change your mind",
     "notepad read; R1 CancelFromApp; play; notepad read; play; end"},
    {"11-mark-cancelable", "Three reads, three ends", "lesson/card/b; end"},
    {"13-stop-and-start", "Your hand on the gate",
     "notepad write; writes QueueStop; notepad write; W1 Complete; writes QueueStart;"
     "W2 Complete; end"},
    {"17-evt-io-stop", "You are EvtIoStop",
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
  Student s("01-first-request", "Your turn");
  for (int i = 0; i < 3; ++i) s.follow("notepad read");
  s.back_until("R2", model::Owner::Driver);
  s.click("lesson/mark");
  s.follow("end");
  CHECK_MESSAGE(s.tutor().state().done, s.open_ticks());
}

TEST_CASE("lessons: a run that plays rests where the beat says, and says so") {
  Student s("11-mark-cancelable", "Change your mind");
  s.follow("notepad read");
  const session::Moment m = s.app.session()->moment();
  REQUIRE(m.event > 0);
  CHECK((*m.trace)[m.event - 1].code == trace::EventCode::HwStart);
  CHECK_FALSE(m.at_end);
  CHECK(s.app.message.text.find("It is your turn now") == 0);
  s.follow("play");
  CHECK(s.app.session()->moment().at_end);
}

TEST_CASE("lessons: a proof that fails is shown, and another card begins anew") {
  Student s("12-cancel-races", "Your turn: no schedule may break it");
  s.follow("lesson/card/c");
  CHECK(s.tutor().proof()->truth() == lesson::Truth::Broken);
  s.click("lesson/counter");
  s.follow("end");
  const trace::Trace& shown = *s.app.session()->branch().execution.trace;
  bool broken = false;
  for (size_t i = 0; i < shown.size(); ++i)
    broken = broken || shown[i].code == trace::EventCode::Violation ||
             shown[i].code == trace::EventCode::Finding;
  CHECK(broken);
  CHECK_FALSE(s.tutor().state().done);
  CHECK(s.faults() == "");
  s.follow("lesson/card/d; end");
  CHECK_MESSAGE(s.tutor().state().done, s.open_ticks());
}

TEST_CASE(
    "lessons: with a number a student has a lesson of their own, which the window remembers") {
  AppWindow w("05-parallel-dispatch", 1440, 900);
  const auto lesson = [&]() -> const lesson::Lesson& {
    return w.app.lesson.classroom->tutor.lesson();
  };
  CHECK(lesson().variant.id.empty());
  for (int i = 0; i < 12 && !w.robot.sees("lesson/variant"); ++i) w.robot.wheel("lesson", -3);
  w.robot.click("lesson/variant");
  w.robot.type("4711");
  w.robot.frame();
  w.robot.click("lesson/take_variant");
  w.settle();
  CHECK(lesson().variant.id == "4711");
  CHECK(lesson().key() == "parallel-dispatch@4711");
  CHECK(w.settings.variant == "4711");
  CHECK(w.faults() == "");
  w.app.open_named("01-first-request");  // nothing varies there
  w.settle();
  CHECK(lesson().variant.id.empty());
  w.app.open_named("06-manual-dispatch");
  w.settle();
  CHECK(lesson().variant.id == "4711");
}
