// The whole window, headless: from the home page into lesson 1.1 by one key, through the sandbox by
// mouse and keys.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "session/programs.h"
#include "tests/support/folder.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;
namespace cmd = session::cmd;

namespace {

struct Window : AppWindow {
  model::Model now() { return *app.session()->moment().after; }
  const model::RequestView* request(const char* name) {
    session::Moment m = app.session()->moment();
    return m.after->request(session::find_object(*m.trace, name, ObjectKind::Request));
  }
};

}  // namespace

TEST_CASE(
    "home page: Enter opens lesson 1.1; Space plays its beats; Home and End move the playhead") {
  Window w;
  CHECK(w.app.shown() == ScreenId::home);
  w.robot.key("Enter");
  REQUIRE(w.app.shown() != ScreenId::home);
  CHECK(w.app.session()->program().title == "One request, one journey");
  w.robot.key("End");  // of the beat: a question comes later
  const size_t end = w.app.session()->moment().event;
  CHECK(end == w.app.lesson.classroom->tutor.scene().until);
  w.robot.key("Left");
  CHECK(w.app.session()->moment().event < end);
  w.robot.key("Home");
  CHECK(w.app.session()->moment().event < end);
  w.robot.key("Space");
  CHECK(w.app.session()->playing());
  w.settle();
  CHECK(w.app.session()->moment().event == end);
  w.app.session()->limit(SIZE_MAX);
  w.robot.key("End");
  const model::RequestView* r = w.request("R1");
  REQUIRE(r);
  CHECK(r->place == model::Place::Done);
  CHECK(r->status == 0);
  CHECK(r->information == 16);
}

TEST_CASE("lesson 1.1 from its first beat to its last, by keys alone") {
  Window w;
  w.robot.key("Enter");
  REQUIRE(w.app.lesson.classroom);
  lesson::Tutor& tutor = w.app.lesson.classroom->tutor;
  auto settle = [&] {
    for (int i = 0; i < 3000 && w.app.session()->playing(); ++i) w.robot.frame();
    CHECK_FALSE(w.app.session()->playing());
  };
  for (size_t beat = 0; beat < 4; ++beat) {
    CHECK(tutor.state().beat == beat);
    if (beat == 0) w.robot.key("Space");
    settle();
    w.robot.key("PageDown");
  }
  // The prediction: nothing moves before the answer, whatever is pressed.
  REQUIRE(tutor.beat().mode == lesson::BeatMode::Predict);
  const double before = w.app.session()->position();
  w.robot.key("Space");
  for (int i = 0; i < 60; ++i) w.robot.frame();
  CHECK(w.app.session()->position() == before);
  w.robot.key("PageDown");
  CHECK(tutor.state().beat == 4);
  w.robot.key("1");  // wrong
  w.robot.key("PageDown");
  CHECK(tutor.state().chosen == 0);
  CHECK(w.app.lesson.classroom->panel_input(*w.app.session()).right == 1);
  settle();
  CHECK(w.robot.ui.rects.text(w.robot.find("lesson/why/text")).size() > 20);
  w.robot.key("PageDown");
  REQUIRE(tutor.beat().goal);
  CHECK_FALSE(tutor.state().done);
  for (int i = 0; i < 3; ++i) {
    w.robot.key("R");
    settle();
  }
  CHECK(tutor.ticks()[0].truth == lesson::Truth::Holds);
  CHECK(tutor.ticks()[2].truth == lesson::Truth::Open);
  REQUIRE(w.app.session()->apply(cmd::RunTo{"owner R2 driver", true}).empty());
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
  REQUIRE(w.app.session());
  w.app.session()->apply(cmd::End{});
  w.robot.frame();
  w.robot.key("R");
  w.app.session()->apply(cmd::End{});
  w.robot.frame();
  const model::RequestView* r = w.request("R1");
  REQUIRE(r);
  CHECK(r->owner == model::Owner::Driver);
  w.app.run()->shared.selected = r->id;
  w.robot.frame();
  w.robot.key("C");
  w.app.session()->apply(cmd::End{});
  w.robot.frame();
  r = w.request("R1");
  REQUIRE(r);
  CHECK(r->place == model::Place::Done);
  size_t branches = w.app.session()->branches().size();
  w.robot.click("default/mode/Par");
  CHECK(w.app.session()->branches().size() == branches + 1);
  w.app.session()->apply(cmd::End{});
  session::Moment m = w.app.session()->moment();
  const model::QueueView* q =
      m.after->queue(session::find_object(*m.trace, "default", ObjectKind::Queue));
  REQUIRE(q);
  CHECK(q->dispatch() == trace::Dispatch::Parallel);
  r = w.request("R1");
  REQUIRE(r);
  CHECK(r->place == model::Place::Done);
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
  CHECK(w.app.help.dialog.open);
  w.robot.frame();
  w.robot.key("End");  // the sheet has the keyboard: it scrolls
  CHECK(w.app.help.scroll.y > 0);
  CHECK(w.robot.sees("Drag in the lanes"));
  w.robot.key("Esc");
  CHECK_FALSE(w.app.help.dialog.open);
}

TEST_CASE("a name that nothing has gives one sentence, and the window stays") {
  Window w;
  w.app.open_named("no-such-lesson");
  w.robot.frame();
  CHECK(w.app.shown() == ScreenId::home);
  CHECK(w.app.message.text.find("no-such-lesson") != std::string::npos);
}

TEST_CASE("palette: a command, a lesson, a request, a rule and an event are found by typing") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  w.app.session()->limit(SIZE_MAX);  // all of the run, whatever its lesson asks
  w.app.session()->apply(cmd::End{});
  w.robot.key("Ctrl+K");
  CHECK(w.robot.ui.typing());
  w.robot.type("no such thing");
  CHECK(w.robot.sees("No match."));
  w.robot.key("Esc");
  w.robot.key("Ctrl+K");
  w.robot.type("R1");
  w.robot.key("Enter");
  CHECK(w.app.run()->shared.selected == w.request("R1")->id);
  w.robot.key("Ctrl+K");
  w.robot.type("owner R1 driver");
  w.robot.key("Down");  // the second: back to it
  w.robot.key("Enter");
  CHECK(w.request("R1")->owner == model::Owner::Driver);
  w.robot.key("Ctrl+K");
  w.robot.type("C-22");
  w.robot.key("Enter");
  w.robot.frame();
  CHECK(w.app.rule.dialog.open);
  CHECK(w.app.rule.id == "C-22");
  w.robot.key("Esc");
  CHECK_FALSE(w.app.rule.dialog.open);
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
  REQUIRE(w.app.lesson.classroom);
  w.robot.key("PageDown");
  CHECK(w.app.lesson.classroom->tutor.state().beat == 1);
  w.robot.key("PageUp");
  CHECK(w.app.lesson.classroom->tutor.state().beat == 0);
  const bool playing = w.app.session()->playing();
  w.robot.key("B");
  CHECK(w.app.session()->playing() != playing);
  w.robot.key("Esc");
  CHECK_FALSE(w.settings.projector);
}

TEST_CASE("waiting for a key: playing pauses after every hop") {
  Window w;
  w.app.open_named("sandbox");
  w.robot.frame();
  w.robot.key("1");
  w.app.session()->apply(cmd::Home{});
  w.robot.key("K");
  CHECK(w.app.session()->waits_for_key());
  int pauses = 0;
  while (!w.app.session()->moment().at_end && pauses < 50) {
    w.robot.key("Space");
    for (int i = 0; i < 3000 && w.app.session()->playing(); ++i) w.robot.frame();
    const session::Moment m = w.app.session()->moment();
    if (m.at_end) break;
    ++pauses;
    CHECK(trace::event_level((*m.trace)[m.event - 1].code) == trace::EventLevel::Hop);
  }
  CHECK(pauses >= 3);
}

TEST_CASE("panes: put away from the menu, kept in the settings") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  w.robot.key("Shift+I");
  CHECK(w.robot.sees("inspector"));
  w.robot.click("mode/panes");
  w.robot.click("menu/Inspector");
  CHECK_FALSE(w.robot.sees("inspector"));
  CHECK((w.settings.folded & pane_bit(Pane::inspector)) != 0);
}

TEST_CASE("tooltips: what the mouse rests on says what it is and its key; Shift+T ends that") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  w.robot.point("transport/forward");
  CHECK_FALSE(w.robot.ui.rects.find("tooltip"));
  w.robot.wait(0.6);
  const std::string said(w.robot.ui.rects.text(w.robot.find("tooltip")));
  CHECK(said.find("One step forward") != std::string::npos);
  CHECK(said.find("Right") != std::string::npos);
  w.robot.key("Shift+T");
  w.robot.wait(0.6);
  CHECK_FALSE(w.robot.ui.rects.find("tooltip"));
}

TEST_CASE("messages are seen on every screen, move nothing, and go when they are pressed") {
  Window w;
  w.app.open_named("no-such-lesson");
  w.robot.frame();
  CHECK(w.robot.ui.rects.text(w.robot.find("message")).find("no-such-lesson") !=
        std::string_view::npos);
  w.robot.click("message");
  CHECK_FALSE(w.robot.ui.rects.find("message"));
  w.app.open_named("sandbox");
  w.robot.frame();
  const Rect before = w.robot.find("default/mode/Par").rect;
  w.robot.key("1");
  w.settle();
  w.robot.frame();
  CHECK(w.robot.sees("message"));
  CHECK(w.robot.find("default/mode/Par").rect.y == before.y);
  CHECK(w.faults() == "");
  w.robot.key("Ctrl+4");
  CHECK(w.robot.sees("message"));
  w.robot.wait(9);
  CHECK_FALSE(w.robot.ui.rects.find("message"));
}

TEST_CASE("Ctrl+Enter gives the window to the pane in hand, and back") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  w.robot.point("timeline/lanes/canvas");
  w.robot.key("Ctrl+Enter");
  CHECK(w.app.run()->whole == Pane::timeline);
  w.robot.key("Ctrl+Enter");
  CHECK(w.app.run()->whole == Pane::none);
  do w.robot.key("F6");
  while (w.robot.focused().find("code/") == std::string::npos);
  w.robot.key("Ctrl+Enter");
  CHECK(w.app.run()->whole == Pane::code);
  w.robot.key("Esc");
  if (w.app.run()->whole != Pane::none) w.robot.key("Esc");  // the first gave the focus back
  CHECK(w.app.run()->whole == Pane::none);
}

TEST_CASE("breakpoints: playing rests at them, F5 finds them from every pane, and says when not") {
  Window w;
  w.app.open_named("sandbox");
  w.robot.frame();
  w.app.run()->whole = Pane::stage;
  w.robot.key("F5");
  CHECK(w.robot.sees("message"));
  w.robot.key("1");
  w.settle();
  w.app.run()->shared.breakpoints.toggle(stop_at_handler(trace::CallbackKind::EvtIoRead));
  w.robot.key("Home");
  w.robot.key("F5");
  const session::Moment stopped = w.app.session()->moment();
  REQUIRE(stopped.event > 0);
  CHECK((*stopped.trace)[stopped.event - 1].code == trace::EventCode::CallbackEnter);
  w.robot.key("Home");
  w.robot.key("Space");
  w.settle();
  CHECK(w.app.session()->moment().event == stopped.event);
  w.robot.key("Space");  // and on from there
  w.settle();
  CHECK(w.app.session()->moment().event > stopped.event);
}

TEST_CASE("a step is what was chosen: the menu beside the buttons, the arrows and the settings") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  w.app.session()->limit(SIZE_MAX);  // all of the run, whatever its lesson asks
  w.robot.key("Home");
  const size_t start = w.app.session()->moment().event;
  w.robot.click("transport/unit");
  w.robot.click("Callback into the driver");
  CHECK(cmd::By(w.settings.step) == cmd::By::Callback);
  w.robot.click("transport/forward");
  session::Moment m = w.app.session()->moment();
  REQUIRE(m.event > start);
  CHECK((*m.trace)[m.event - 1].code == trace::EventCode::CallbackEnter);
  w.robot.key("Left");
  CHECK(w.app.session()->moment().event <= start);
  w.robot.click("transport/unit");
  w.robot.click("Line of the driver's code");
  for (int i = 0; i < 40; ++i) {
    w.robot.key("Right");
    m = w.app.session()->moment();
    if ((*m.trace)[m.event - 1].code == trace::EventCode::Line) break;
  }
  CHECK((*m.trace)[m.event - 1].code == trace::EventCode::Line);
}

TEST_CASE("how it looks is found without keys; projector mode gives back the theme") {
  Window w;
  w.robot.click("mode/view");
  w.robot.click("High contrast");
  CHECK(w.settings.theme == "contrast");
  w.robot.click("mode/view");
  w.robot.click("Larger text");
  CHECK(w.settings.scale > 1);
  w.app.open_named("first-request");
  w.robot.frame();
  w.robot.click("mode/view");
  w.robot.click("Projector mode");
  w.robot.frame();
  CHECK(w.settings.projector);
  CHECK(w.settings.theme == "light");
  w.robot.key("P");
  CHECK_FALSE(w.settings.projector);
  CHECK(w.settings.theme == "contrast");
}

TEST_CASE("saving and sharing is found without keys; in a narrow window under one sign") {
  {
    Window w;
    w.app.open_named("first-request");
    w.robot.frame();
    w.robot.click("mode/save");
    w.robot.click("Copy this run as a schedule");
    w.robot.frame();
    CHECK(w.robot.platform->clipboard() == w.app.session()->schedule_text());
  }
  AppWindow narrow("first-request", 1024, 700);
  CHECK_FALSE(narrow.robot.sees("mode/save"));
  narrow.robot.click("mode/view");
  CHECK(narrow.robot.sees("menu/Save this picture as PNG"));
  CHECK(narrow.faults() == "");
}

TEST_CASE("Ctrl+S saves the run, never over another; Ctrl+O lists it and opens what is typed") {
  const qs::test::Folder folder("app-saves");
  setenv("XDG_DOCUMENTS_DIR", folder.path.c_str(), 1);
  {
    Window w;
    w.app.open_named("sandbox");
    w.robot.frame();
    w.robot.key("1");
    w.settle();
    const std::string run = w.app.session()->schedule_text();
    w.robot.key("Ctrl+S");
    CHECK(w.app.message.text.find(folder.file("sandbox.qst")) != std::string::npos);
    const std::string first = folder.text("sandbox.qst");
    w.robot.key("Ctrl+S");
    CHECK(w.app.message.text.find(folder.file("sandbox-1.qst")) != std::string::npos);
    CHECK(folder.names() == std::vector<std::string>{"sandbox-1.qst", "sandbox.qst"});
    CHECK(folder.text("sandbox.qst") == first);
    CHECK(folder.text("sandbox-1.qst") == first);
    w.app.show(ScreenId::home);
    w.robot.key("Ctrl+O");
    w.robot.type("sandbox-1.qst");  // its folder is listed
    w.robot.key("Enter");
    REQUIRE(w.app.shown() != ScreenId::home);
    CHECK(w.app.session()->schedule_text() == run);
  }
  unsetenv("XDG_DOCUMENTS_DIR");
}

TEST_CASE("what cannot be saved is said with its path, and nothing is left behind") {
  const qs::test::Folder folder("app-cannot");
  folder.put("file", "in the way");
  setenv("XDG_DOCUMENTS_DIR", folder.file("file").c_str(), 1);
  Window w;
  w.app.open_named("sandbox");
  w.robot.frame();
  w.robot.key("Ctrl+S");
  CHECK_MESSAGE(w.app.message.text.find(folder.file("file")) != std::string::npos,
                w.app.message.text);
  unsetenv("XDG_DOCUMENTS_DIR");
  CHECK(folder.text("file") == "in the way");
}

TEST_CASE("exports: each kind and a picture, twice, under names of their own") {
  const qs::test::Folder folder("exports");
  setenv("XDG_DOCUMENTS_DIR", folder.path.c_str(), 1);
  auto program = session::load_program("first-request");
  REQUIRE(program.ok());
  session::Session session(*program);
  for (int round = 0; round < 2; ++round)
    for (const ExportKind kind :
         {ExportKind::trace, ExportKind::perfetto, ExportKind::mermaid, ExportKind::json}) {
      auto saved = export_run(session, kind);
      REQUIRE_MESSAGE(saved.ok(), saved.error().text());
      CHECK(std::filesystem::file_size(*saved) > 100);
    }
  const Picture picture{1, 1, {1, 2, 3}};
  REQUIRE(export_picture(picture, &session, 1).ok());
  REQUIRE(export_picture(picture, &session, 2).ok());
  REQUIRE(export_picture(picture, nullptr, 1).ok());
  REQUIRE(export_picture(picture, nullptr, 1).ok());
  CHECK_FALSE(export_picture(Picture(), nullptr, 1).ok());
  unsetenv("XDG_DOCUMENTS_DIR");
  const std::string at = std::to_string(size_t(session.position())), n = "01-first-request";
  CHECK(folder.names() ==
        std::vector<std::string>{n + "-1.json", n + "-1.mmd", n + "-1.perfetto.json", n + "-1.qst",
                                 n + "-" + at + ".png", n + "-" + at + "@2x.png", n + ".json",
                                 n + ".mmd", n + ".perfetto.json", n + ".qst", "queuescope-1.png",
                                 "queuescope.png"});
}

TEST_CASE("palette: threads, bookmarks and ready-made set-ups are found by their names") {
  Window w;
  w.app.open_named("sandbox");
  w.robot.frame();
  w.robot.key("Ctrl+K");
  w.robot.type("three reads, a seq");
  w.robot.key("Enter");
  w.robot.key("End");
  CHECK(w.request("R3"));
  w.app.session()->apply(cmd::RunTo{"owner R1 driver", true});
  w.robot.frame();
  w.robot.key("B");
  const size_t marked = w.app.session()->moment().event;
  w.robot.key("End");
  w.robot.key("Ctrl+K");
  w.robot.type("bookmark: event");
  w.robot.key("Enter");
  CHECK(w.app.session()->moment().event == marked);
  w.robot.key("Ctrl+K");
  w.robot.type("work item thread");
  w.robot.key("Enter");
  CHECK(w.app.run()->shared.selected.kind() == ObjectKind::Thread);
}

TEST_CASE("a key that can do nothing says why") {
  Window w;
  w.app.open_named("sandbox");
  w.robot.frame();
  w.robot.key("X");
  CHECK(w.app.message.text.find("Select a request first") != std::string::npos);
  w.robot.key("1");
  w.robot.key("End");
  REQUIRE(w.request("R2"));
  w.app.run()->shared.selected = w.request("R2")->id;
  w.robot.key("C");  // the driver does not own it
  CHECK(w.app.message.text.find("Not now: ") != std::string::npos);
}

TEST_CASE("what is pointed at in one pane lights up in the others without another move") {
  AppWindow w(nullptr, 2560, 1400);  // source and inspector are docked
  w.app.open_named("first-request");
  w.robot.key("End");
  const Rect row = w.robot.find("inspector").rect;
  w.robot.platform->input.push_mouse(row.center().x, row.y + 4);
  w.robot.frame();
  // A line of code that runs: its number can be pressed.
  const ItemRecord* line = nullptr;
  for (const ItemRecord& r : w.robot.ui.rects.all())
    if (!line && !r.disabled && w.robot.ui.rects.name(r).find("code/text/line-") == 0 &&
        !r.visible.empty())
      line = &r;
  REQUIRE(line);
  const Point at{line->rect.right() + 40, line->rect.center().y};
  w.robot.platform->input.push_mouse(at.x, at.y);
  w.robot.one();
  if (!w.app.run()->shared.hovered_line) {
    CHECK(w.robot.ui.sleep_seconds() == 0);  // so the window draws once more
    w.robot.one();
  }
  CHECK(w.app.run()->shared.hovered_line);
  // On the timeline: the line of the event under the mouse.
  const Rect canvas = w.robot.find("timeline/lanes/canvas").rect;
  const double before = w.app.session()->position();
  for (float x = canvas.x; x < canvas.right(); x += 20) {
    w.robot.platform->input.push_mouse(x, canvas.y + 30);
    w.robot.frame();
    w.robot.frame();
    if (w.app.run()->shared.hovered_line) break;
  }
  CHECK(w.app.run()->shared.hovered_line);
  CHECK(w.app.session()->position() == before);
}

TEST_CASE("a pane that has the window for itself shows the way back") {
  Window w;
  w.app.open_named("first-request");
  w.robot.frame();
  CHECK_FALSE(w.robot.ui.rects.find("mode/all-panes"));
  w.robot.point("timeline/lanes/canvas");
  w.robot.key("Ctrl+Enter");
  w.robot.click("mode/all-panes");
  CHECK(w.app.run()->whole == Pane::none);
}

TEST_CASE("home page: Compare and a class can be begun from there") {
  Window w;
  w.robot.click("home/class");
  w.robot.frame();
  CHECK(w.settings.projector);
  w.robot.key("P");
  CHECK_FALSE(w.settings.projector);
  w.robot.click("mode/compare");
  w.robot.frame();
  REQUIRE(w.app.shown() == ScreenId::compare);
  CHECK(w.app.compare.state.error == "");
  w.robot.key("Ctrl+1");
  CHECK(w.app.shown() == ScreenId::home);
  w.robot.key("Ctrl+4");
  CHECK(w.app.shown() != ScreenId::home);
}
