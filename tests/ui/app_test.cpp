// The whole window, headless: from the home page into lesson 1.1 by one key, through the sandbox by
// mouse and keys.
#include <doctest/doctest.h>

#include "session/programs.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Window : AppWindow {
  Model now() { return *app.session->moment().after; }
  const RequestView* request(const char* name) {
    Moment m = app.session->moment();
    return m.after->request(find_object(*m.trace, name, ObjectKind::Request));
  }
};

}  // namespace

TEST_CASE(
    "home page: Enter opens lesson 1.1; Space plays its beats; Home and End move the playhead") {
  Window w;
  CHECK(w.app.screen == Screen::home);
  w.robot.key("Enter");
  REQUIRE(w.app.screen == Screen::run);
  CHECK(w.app.session->program().title == "One request, one journey");
  w.robot.key("End");
  const RequestView* r = w.request("R1");
  REQUIRE(r);
  CHECK(r->place == Place::Done);
  CHECK(r->status == 0);
  CHECK(r->information == 16);
  size_t end = w.app.session->moment().event;
  w.robot.key("Left");
  CHECK(w.app.session->moment().event < end);
  w.robot.key("Home");
  CHECK(w.app.session->moment().event < end);
  // Once the first beat has been seen to its end, Space plays on to the end of the run.
  for (int beat = 0; beat < 3 && !w.app.session->moment().at_end; ++beat) {
    w.robot.key("Space");
    CHECK(w.app.session->playing());
    for (int i = 0; i < 2000 && w.app.session->playing(); ++i) w.robot.frame();
  }
  CHECK(w.app.session->moment().at_end);
}

TEST_CASE("lesson 1.1 from its first beat to its last, by keys alone") {
  Window w;
  w.robot.key("Enter");
  REQUIRE(w.app.classroom);
  Tutor& tutor = w.app.classroom->tutor;
  auto settle = [&] {
    for (int i = 0; i < 3000 && w.app.session->playing(); ++i) w.robot.frame();
    CHECK_FALSE(w.app.session->playing());
  };
  for (size_t beat = 0; beat < 4; ++beat) {
    CHECK(tutor.state().beat == beat);
    if (beat == 0) w.robot.key("Space");
    settle();
    w.robot.key("PageDown");
  }
  // The prediction: nothing moves before the answer, whatever is pressed.
  REQUIRE(tutor.beat().mode == BeatMode::Predict);
  const double before = w.app.session->position();
  w.robot.key("Space");
  for (int i = 0; i < 60; ++i) w.robot.frame();
  CHECK(w.app.session->position() == before);
  w.robot.key("PageDown");
  CHECK(tutor.state().beat == 4);
  w.robot.key("1");  // wrong
  w.robot.key("PageDown");
  CHECK(tutor.state().chosen == 0);
  CHECK(w.app.classroom->panel_input(*w.app.session).right == 1);
  settle();
  CHECK(w.robot.ui.rects.text(w.robot.find("lesson/why/text")).size() > 20);
  w.robot.key("PageDown");
  REQUIRE(tutor.beat().goal);
  CHECK_FALSE(tutor.state().done);
  for (int i = 0; i < 3; ++i) {
    w.robot.key("R");
    settle();
  }
  CHECK(tutor.ticks()[0].truth == Truth::Holds);
  CHECK(tutor.ticks()[2].truth == Truth::Open);
  REQUIRE(w.app.session->apply(cmd::RunTo{"owner R2 driver", true}).empty());
  w.robot.frame();
  w.robot.key("M");
  w.robot.key("End");
  settle();
  w.robot.frame();
  CHECK(tutor.state().done);
  w.robot.key("PageDown");
  w.robot.frame();
  CHECK(tutor.finished());
  CHECK(w.robot.ui.rects.find("lesson/learnt/text"));
}

TEST_CASE(
    "sandbox: send by key, complete by order, switch a queue's mode by the mouse; branches are "
    "kept") {
  Window w;
  w.app.open_named("sandbox");
  w.robot.frame();
  REQUIRE(w.app.session);
  w.app.session->apply(cmd::End{});
  w.robot.frame();
  w.robot.key("R");
  w.app.session->apply(cmd::End{});
  w.robot.frame();
  const RequestView* r = w.request("R1");
  REQUIRE(r);
  CHECK(r->owner == Owner::Driver);
  w.app.shared.selected = r->id;
  w.robot.frame();
  w.robot.key("C");
  w.app.session->apply(cmd::End{});
  w.robot.frame();
  r = w.request("R1");
  REQUIRE(r);
  CHECK(r->place == Place::Done);
  size_t branches = w.app.session->branches().size();
  w.robot.click("default/mode/Par");
  CHECK(w.app.session->branches().size() == branches + 1);
  w.app.session->apply(cmd::End{});
  Moment m = w.app.session->moment();
  const QueueView* q = m.after->queue(find_object(*m.trace, "default", ObjectKind::Queue));
  REQUIRE(q);
  CHECK(q->dispatch() == Dispatch::Parallel);
  r = w.request("R1");
  REQUIRE(r);
  CHECK(r->place == Place::Done);
}

TEST_CASE("the theme key walks the themes, the scale keys change the scale, ? lists the keys") {
  Window w;
  w.robot.key("Ctrl+T");
  CHECK(w.settings.theme == "light");
  w.robot.key("Ctrl+T");
  CHECK(w.settings.theme == "contrast");
  w.robot.key("Ctrl+T");
  CHECK(w.settings.theme == "dark");
  w.robot.key("?");
  CHECK(w.app.help.open);
  w.robot.key("Esc");
  CHECK_FALSE(w.app.help.open);
}

TEST_CASE("a name that nothing has gives one sentence, and the window stays") {
  Window w;
  w.app.open_named("no-such-lesson");
  w.robot.frame();
  CHECK(w.app.screen == Screen::home);
  CHECK(w.app.message.find("no-such-lesson") != std::string::npos);
}

TEST_CASE("palette: a command, a lesson, a request, a rule and a condition are found by typing") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  w.app.session->apply(cmd::End{});
  w.robot.key("Ctrl+K");
  CHECK(w.robot.ui.typing());
  w.robot.type("no such thing");
  CHECK(w.robot.sees("Nothing is called that."));
  w.robot.key("Esc");
  w.robot.key("Ctrl+K");
  w.robot.type("R1");
  w.robot.key("Enter");
  CHECK(w.app.shared.selected == w.request("R1")->id);
  w.robot.key("Ctrl+K");
  w.robot.type("owner R1 driver");
  w.robot.key("Down");  // the second: back to it
  w.robot.key("Enter");
  CHECK(w.request("R1")->owner == Owner::Driver);
  w.robot.key("Ctrl+K");
  w.robot.type("C-22");
  w.robot.key("Enter");
  CHECK(w.app.message.starts_with("C-22: "));
  const std::string theme = w.settings.theme;
  w.robot.key("Ctrl+K");
  w.robot.type("next theme");
  w.robot.key("Enter");
  CHECK(w.settings.theme != theme);
}

TEST_CASE("F6 walks from pane to pane; in a small window it brings them to the front") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  std::string seen;
  for (int i = 0; i < 5; ++i) {
    w.robot.key("F6");
    w.robot.frame();
    seen += w.robot.focused() + " ";
  }
  CAPTURE(seen);
  CHECK(seen.find("lesson/") == 0);
  CHECK(seen.find("stage/") != std::string::npos);
  CHECK(seen.find("code/") != std::string::npos);
  CHECK(seen.find("inspector/") != std::string::npos);
  CHECK(seen.find("timeline/") != std::string::npos);
}

TEST_CASE("projector mode: a remote's keys go from beat to beat, Esc ends it") {
  Window w;
  w.robot.key("P");
  w.app.open_named("first-request");
  w.robot.frame();
  REQUIRE(w.app.classroom);
  w.robot.key("PageDown");
  CHECK(w.app.classroom->tutor.state().beat == 1);
  w.robot.key("PageUp");
  CHECK(w.app.classroom->tutor.state().beat == 0);
  const bool playing = w.app.session->playing();
  w.robot.key("B");
  CHECK(w.app.session->playing() != playing);
  w.robot.key("Esc");
  CHECK_FALSE(w.settings.projector);
}

TEST_CASE("waiting for a key: playing pauses after every hop") {
  Window w;
  w.app.open_named("sandbox");
  w.robot.frame();
  w.robot.key("1");
  w.app.session->apply(cmd::Home{});
  w.robot.key("K");
  CHECK(w.app.session->waits_for_key());
  int pauses = 0;
  while (!w.app.session->moment().at_end && pauses < 50) {
    w.robot.key("Space");
    for (int i = 0; i < 3000 && w.app.session->playing(); ++i) w.robot.frame();
    const Moment m = w.app.session->moment();
    if (m.at_end) break;
    ++pauses;
    CHECK(event_level((*m.trace)[m.event - 1].code) == EventLevel::Hop);
  }
  CHECK(pauses >= 3);
}

TEST_CASE("panes: put away from the menu, kept in the settings") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  CHECK(w.robot.sees("inspector"));
  w.robot.click("mode/panes");
  w.robot.click("Inspector");
  CHECK_FALSE(w.robot.sees("inspector"));
  CHECK((w.settings.folded & pane_bit(Pane::inspector)) != 0);
}

TEST_CASE("tooltips: what the mouse rests on says what it is and which key it has; T ends that") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  w.robot.point("transport/forward");
  CHECK_FALSE(w.robot.ui.rects.find("tooltip"));
  w.robot.wait(0.6);
  const std::string said(w.robot.ui.rects.text(w.robot.find("tooltip")));
  CHECK(said.find("One step forward") != std::string::npos);
  CHECK(said.find("Right") != std::string::npos);
  w.robot.key("T");
  w.robot.wait(0.6);
  CHECK_FALSE(w.robot.ui.rects.find("tooltip"));
}
