// Be the driver: the run stops at each question, the moves are listed by number, legal ones first;
// forbidden ones can be made; undo, restart, set-ups; layout at four sizes and three scales.
#include <doctest/doctest.h>

#include "session/programs.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct DriveWindow : AppWindow {
  explicit DriveWindow(const char* program, int w = 1440, int h = 900, float scale = 1)
      : AppWindow(program, w, h, scale) {
    settings.reduced_motion = true;
    if (program) app.session()->apply(session::cmd::Speed{50});
  }
  // Plays until the run stops by itself.
  void on() {
    if (!app.screen().playing()) robot.key("Space");
    settle();
    robot.frame();
  }
  std::string asked() {
    const session::Moment m = app.session()->moment();
    const ObjectId id = question_at(*m.trace, m.event);
    return id ? m.trace->name(id) : "";
  }
  // The number of a move as the panel shows it.
  std::string number(const std::string& name) {
    const session::Moment m = app.session()->moment();
    const auto moves = drive_moves(*m.after, *m.trace, question_at(*m.trace, m.event));
    for (size_t i = 0; i < moves.size(); ++i)
      if (moves[i].name == name) return std::to_string(i + 1);
    FAIL("no move is called " << name);
    return "";
  }
  model::Tally count() {
    const session::Moment m = app.session()->moment();
    return model::tally(*m.after, *m.trace, m.event);
  }
};

}  // namespace

TEST_CASE("moves: for a request just presented the legal ones come first, each with its call") {
  DriveWindow w("be-the-driver");
  w.on();
  REQUIRE(w.asked() == "R1");
  const session::Moment m = w.app.session()->moment();
  const auto moves = drive_moves(*m.after, *m.trace, question_at(*m.trace, m.event));
  REQUIRE(moves.size() > 8);
  CHECK(moves.front().name == "complete");
  CHECK(moves.front().call == "WdfRequestCompleteWithInformation(R1, STATUS_SUCCESS, 16)");
  bool forbidden = false;
  std::string legal, illegal;
  for (const DriveMove& move : moves) {
    CHECK_FALSE((forbidden && move.legal));
    forbidden = !move.legal;
    (move.legal ? legal : illegal) += move.name + " ";
    if (!move.legal) CHECK(move.reason.find('(') != std::string::npos);  // with its rule
  }
  for (const char* name :
       {"complete-cancelled", "forward/waiting", "mark", "is-canceled", "send", "keep"})
    CHECK_MESSAGE(legal.find(name) != std::string::npos, name);
  for (const char* name : {"requeue", "unmark", "forward/default"})
    CHECK_MESSAGE(illegal.find(name) != std::string::npos, name);
}

TEST_CASE("drive: by key alone, from the mode key to all done; the run stops at each question") {
  DriveWindow w(nullptr);
  w.robot.key("Ctrl+3");
  REQUIRE(w.app.shown() == ScreenId::drive);
  w.app.session()->apply(session::cmd::Speed{50});
  std::string order;
  w.on();
  while (!w.asked().empty()) {
    order += w.asked() + " ";
    CHECK(w.robot.sees("move/complete"));
    w.robot.key("1");
    w.on();
  }
  CHECK(order == "R1 R2 W1 R3 ");
  CHECK(w.count().done == 4);
  CHECK(w.count().kept == 0);
  CHECK(w.app.session()->branches().size() == 1);
  CHECK_FALSE(w.robot.sees("move/complete"));
}

TEST_CASE("drive: a forbidden move is made by the mouse, its rule is explained, undo goes back") {
  DriveWindow w("be-the-driver-cancel");
  w.on();
  w.robot.key(w.number("mark"));
  w.on();
  REQUIRE(w.asked() == "R1");
  const size_t question = w.app.session()->moment().event;
  w.robot.key(w.number("complete"));  // forbidden now: it is cancelable
  for (int i = 0; i < 4000 && w.app.screen().playing(); ++i) w.robot.frame();
  CHECK(w.count().broken == 1);
  CHECK(w.robot.sees("explanation"));
  w.robot.key("U");
  CHECK(w.app.session()->moment().event == question);
  CHECK(w.count().broken == 0);
  w.robot.key(w.number("unmark"));
  for (int i = 0; i < 4000 && w.app.screen().playing(); ++i) w.robot.frame();
  CHECK(w.app.session()->branches().size() == 2);
}

TEST_CASE("drive: what is kept stays in the hands and can be chosen, by O and by the mouse") {
  DriveWindow w("be-the-driver-parallel");
  w.on();
  w.robot.key(w.number("keep"));
  w.on();
  REQUIRE(w.asked() == "R2");
  CHECK(w.robot.sees("hand/R1"));
  CHECK(w.robot.sees("hand/R2"));
  w.robot.click("hand/R1");
  CHECK(w.app.session()->moment().trace->name(w.app.drive.panel.subject) == "R1");
  w.robot.key("O");
  CHECK(w.app.session()->moment().trace->name(w.app.drive.panel.subject) == "R2");
  w.robot.key("O");
  w.robot.key("1");  // completes R1, from the worker
  w.on();
  CHECK(w.count().done >= 1);
  const session::Moment m = w.app.session()->moment();
  const model::RequestView* r =
      m.after->request(session::find_object(*m.trace, "R1", ObjectKind::Request));
  REQUIRE(r);
  CHECK(r->place == model::Place::Done);
}

TEST_CASE("drive: manual: told that something waits, the student retrieves and completes") {
  DriveWindow w("be-the-driver-manual");
  w.on();
  REQUIRE(w.asked() == "default");
  w.robot.click("move/retrieve");
  w.on();
  CHECK(w.count().kept == 1);
  CHECK(w.robot.sees("move/complete"));
}

TEST_CASE("drive: a cancel under way is told, and finished with STATUS_CANCELLED") {
  DriveWindow w("be-the-driver-cancel");
  w.on();
  w.robot.key(w.number("mark"));
  w.on();
  w.robot.key(w.number("keep"));
  w.on();
  while (!w.asked().empty() && w.asked() != "R1") w.on();
  REQUIRE(w.asked() == "R1");
  CHECK(w.robot.sees("move/complete-cancelled"));
  w.robot.key(w.number("complete-cancelled"));
  w.on();
  CHECK(w.count().broken == 0);
  CHECK(w.count().failed >= 1);
}

TEST_CASE("drive: more requests are sent by key, and are part of this attempt") {
  DriveWindow w("be-the-driver");
  w.on();
  w.robot.key("W");
  for (int i = 0; i < 4000 && w.app.screen().playing(); ++i) w.robot.frame();
  CHECK(w.app.session()->branches().size() == 1);
  CHECK(w.count().sent == 2);
}

TEST_CASE(
    "drive: restart begins anew and keeps the attempt; another set-up by G and by the mouse") {
  DriveWindow w("be-the-driver");
  w.on();
  w.robot.key("1");
  w.on();
  w.robot.click("drive/restart");
  CHECK(w.app.session()->branches().size() == 2);
  CHECK(w.count().sent == 0);
  w.robot.key("G");
  CHECK(w.app.session()->program().name != "be-the-driver");
  CHECK(w.app.shown() == ScreenId::drive);
  w.robot.click("drive/setup");
  w.robot.click("A sequential queue");
  CHECK(w.app.session()->program().name == "be-the-driver");
}

TEST_CASE("drive: the mode button, and back to the sandbox") {
  DriveWindow w("sandbox");
  CHECK_FALSE(w.app.shown() == ScreenId::drive);
  w.robot.click("mode/drive");
  CHECK(w.app.shown() == ScreenId::drive);
  w.robot.click("mode/sandbox");
  CHECK_FALSE(w.app.shown() == ScreenId::drive);
  CHECK(w.app.session()->program().name == "sandbox");
}

TEST_CASE("drive: Tab reaches the moves and Enter makes one") {
  DriveWindow w("be-the-driver");
  w.on();
  for (int i = 0; i < 60 && w.robot.focused() != "drive/moves/move/complete" &&
                  w.robot.focused().find("move/complete") == std::string::npos;
       ++i)
    w.robot.key("Tab");
  CHECK(w.robot.ui.ring_visible());
  w.robot.key("Enter");
  w.on();
  CHECK(w.count().done == 1);
}

TEST_CASE("drive: nothing overlaps or is cut, at four sizes and three scales, at every question") {
  for (auto [width, height] : {std::pair{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}})
    for (float scale : {1.0f, 1.5f, 2.0f})
      for (const char* program : {"be-the-driver", "be-the-driver-manual", "be-the-driver-cancel"})
        for (bool projector : {false, true}) {
          CAPTURE(width);
          CAPTURE(scale);
          CAPTURE(program);
          CAPTURE(projector);
          DriveWindow w(program, width, height, scale);
          w.settings.projector = projector;
          CHECK(w.faults() == "");
          const trace::Trace& t = *w.app.session()->moment().trace;
          for (size_t q = next_question(t, 0, SIZE_MAX); q != SIZE_MAX;
               q = next_question(t, q, SIZE_MAX)) {
            w.app.session()->apply(session::cmd::Seek{double(q)});
            CAPTURE(q);
            CHECK(w.faults() == "");
          }
          w.app.session()->apply(session::cmd::End{});
          CHECK(w.faults() == "");
        }
}
