// The stage as a window shows it: labels, mouse, keys, menus and the commands that come out.
// Pictures for people: QS_STAGE=<folder>.
#include "ui/panes/stage/stage.h"

#include <cstdlib>

#include "trace/events/board.h"
#include "ui/robot.h"
#include "ui/support/sample_trace.h"
#include "ui/toolkit/controls/tooltip.h"

using namespace qs;
using namespace qs::ui;

namespace {

// A window that shows nothing but a stage.
struct Show {
  std::shared_ptr<trace::Trace> trace;
  model::Timeline timeline;
  size_t event;
  double t = 1;
  UiState shared;
  StageState state;
  std::vector<session::Command> commands;
  bool can_act = false, projector = false;
  Rect part{0, 0, 1, 1};  // of the window

  Show(std::shared_ptr<trace::Trace> tr, size_t at) : trace(tr), timeline(*tr), event(at) {}

  void draw(Ui& ui) {
    fill(ui, ui.screen, ui.theme->background);
    shared.begin_frame();
    const session::Moment moment = sample::moment_at(timeline, event, t);
    const Rect rect = inset(
        {ui.screen.w * part.x, ui.screen.h * part.y, ui.screen.w * part.w, ui.screen.h * part.h},
        ui.px(6));
    StageInput in{ui, moment, shared, state, snapped(rect)};
    in.can_act = in.takes_orders = can_act;
    in.projector = projector;
    draw_stage(in, commands);
    draw_stage_menu(in, commands);
    draw_tooltip(ui);
  }
  Robot robot(int w = 900, int h = 600, float scale = 1, std::string_view theme = "dark",
              Backend backend = Backend::null_host) {
    return Robot([this](Ui& ui) { draw(ui); }, w, h, scale, theme, backend);
  }
  const session::cmd::Do* last_do() const {
    return commands.empty() ? nullptr : std::get_if<session::cmd::Do>(&commands.back());
  }
};

std::string faults_of_stage(const Ui& ui) {
  std::string text;
  for (const std::string& fault : layout_faults(ui.rects, ui.screen)) text += fault + "\n";
  return text;
}

}  // namespace

TEST_CASE(
    "stage: nothing overlaps and nothing is cut, at 4 windows and 3 scales, few things or many") {
  struct Window {
    int w, h;
  };
  for (const Window& w : {Window{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}})
    for (const float scale : {1.0f, 2.0f, 3.0f})
      for (const auto& trace : {sample::sample_run().trace, sample::crowd(8, 60, 3),
                                sample::crowd(3, 300, 2), sample::crowd(1, 2, 1, false)})
        for (const float part : {0.53f, 1.0f})
          for (const bool can_act : {false, true}) {
            if (float(w.w) * part / scale < 260) continue;
            CAPTURE(w.w);
            CAPTURE(scale);
            CAPTURE(part);
            CAPTURE(trace->size());
            Show show(trace, trace->size());
            show.part = {0.2f, 0.07f, part, 0.62f};
            if (part == 1) show.part = {0, 0.07f, 1, 0.93f};
            show.can_act = can_act;
            const Robot robot = show.robot(w.w, w.h, scale);
            CHECK_MESSAGE(faults_of_stage(robot.ui).empty(), faults_of_stage(robot.ui));
          }
}

TEST_CASE("stage: every event of the sample can be shown, and its narration is there to be read") {
  const auto s = sample::sample_run();
  Show show(s.trace, 0);
  Robot robot = show.robot();
  for (size_t i = 0; i <= s.trace->size(); ++i) {
    show.event = i;
    for (const double t : {0.0, 0.5, 1.0}) {
      show.t = t;
      robot.frame();
      CAPTURE(i);
      CHECK_MESSAGE(faults_of_stage(robot.ui).empty(), faults_of_stage(robot.ui));
    }
    CHECK_FALSE(robot.ui.rects.text(robot.find("narration")).empty());
  }
}

TEST_CASE("stage: a board's switches stand in the device's card, and a click moves one") {
  const auto s = sample::sample_run();
  trace::Event e = s.trace->back();
  e.s = s.trace->named("channel 1", ObjectKind::Channel);
  e.o = {};
  e.code = trace::EventCode::ChannelConfig;
  e.a = uint32_t(trace::BoardPart::Switches);
  e.b = trace::kSourceChannel;
  e.c = 0;
  s.trace->push(e);
  e.code = trace::EventCode::HwEvent;
  e.a = 4;
  s.trace->push(e);
  Show show(s.trace, s.trace->size());
  show.can_act = true;
  Robot robot = show.robot(1440, 900);
  CHECK_MESSAGE(faults_of_stage(robot.ui).empty(), faults_of_stage(robot.ui));
  const session::Moment m = sample::moment_at(show.timeline, show.event, 1);
  CHECK(m.after->channel(e.s)->duration == 4);
  robot.click("channel 1/switch-3");
  REQUIRE(show.last_do());
  CHECK(show.last_do()->input.kind == sched::InputKind::Button);
  CHECK(show.last_do()->input.text == "3");
  show.can_act = false;
  show.commands.clear();
  robot.frame();
  robot.click("channel 1/switch-3");
  CHECK(show.commands.empty());
}

TEST_CASE("stage: selecting by mouse and by keys; arrow keys go along in reading order") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  Robot robot = show.robot();
  robot.click("R3");
  CHECK(s.trace->name(show.shared.selected) == "R3");
  CHECK(robot.find("R3").selected);
  robot.ui.unfocus();
  robot.key("Tab");  // the stage is entered at what is selected
  CHECK(robot.focused() == "stage/R3");
  robot.key("Left");
  CHECK(s.trace->name(show.shared.selected) == "R4");
  robot.key("Right");
  robot.key("Right");
  CHECK(s.trace->name(show.shared.selected) == "writes");
  robot.click("waiting");
  CHECK(show.shared.selected == s.waiting);
}

TEST_CASE("stage: pointing tells state, owner and cause, and lights it up elsewhere") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  Robot robot = show.robot();
  robot.point("R2");
  robot.wait(0.6);
  CHECK(show.shared.hovered == s.r2);
  const std::string tip(robot.ui.rects.text(robot.find("tooltip")));
  CHECK(tip.find("R2 · read, 512 bytes, handle A") != std::string::npos);
  CHECK(tip.find("owned by the driver") != std::string::npos);
  CHECK(tip.find("12.4 ms") != std::string::npos);
}

TEST_CASE("stage: the menu of a request gives orders in the words of the run") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  show.can_act = true;
  Robot robot = show.robot();
  robot.right_click("R2");
  REQUIRE(robot.sees("menu/Requeue"));
  robot.key("C");
  REQUIRE(show.last_do());
  CHECK(show.last_do()->input.kind == sched::InputKind::Order);
  CHECK(show.last_do()->input.subject == "R2");
  CHECK(show.last_do()->input.text == "complete STATUS_SUCCESS 512");

  robot.right_click("R2");
  robot.keys({"F", "3"});  // Forward to: default, writes, waiting
  CHECK(show.last_do()->input.text == "forward waiting");

  // What is not legal stays and tells why; Shift does it anyway.
  const size_t before = show.commands.size();
  robot.right_click("R2");
  robot.key("Q");
  CHECK(show.commands.size() == before);
  robot.key("Shift+Q");
  REQUIRE(show.commands.size() == before + 1);
  CHECK(show.last_do()->input.text == "requeue");

  robot.right_click("W3");
  robot.key("X");
  CHECK(show.last_do()->input.kind == sched::InputKind::Cancel);
  CHECK(show.last_do()->input.subject == "W3");
}

TEST_CASE(
    "stage: Enter opens the menu of what has the focus, Esc closes a page and then the menu") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  show.can_act = true;
  Robot robot = show.robot();
  robot.click("R2");
  robot.ui.unfocus();
  robot.keys({"Tab", "Enter"});
  REQUIRE(robot.sees("menu/Mark cancelable"));
  robot.key("F");
  CHECK(robot.sees("menu/waiting"));
  robot.key("Esc");
  CHECK(robot.sees("menu/Mark cancelable"));
  robot.key("Esc");
  CHECK_FALSE(robot.sees("menu/Mark cancelable"));
}

TEST_CASE("O-07: switching the dispatch mode asks for a new run; without a handler it is greyed") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  show.can_act = true;
  Robot robot = show.robot();
  robot.click("default/mode/Par");
  REQUIRE(show.commands.size() == 1);
  const auto* to = std::get_if<session::cmd::SwitchDispatch>(&show.commands[0]);
  REQUIRE(to);
  CHECK(to->queue == s.default_queue);
  CHECK(to->dispatch == trace::Dispatch::Parallel);
  CHECK(robot.find("waiting/mode/Seq").disabled);
  robot.point("waiting/mode/Seq");
  robot.wait(0.6);
  CHECK(robot.ui.rects.text(robot.find("tooltip")).find("O-07") != std::string_view::npos);
}

TEST_CASE("stage: the presented limit of a parallel queue") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  show.can_act = true;
  Robot robot = show.robot();
  robot.click("writes/limit");
  robot.key("4");
  REQUIRE(show.commands.size() == 1);
  const auto* to = std::get_if<session::cmd::SwitchDispatch>(&show.commands[0]);
  REQUIRE(to);
  CHECK(to->queue == s.writes);
  CHECK(to->limit == 4);
}

TEST_CASE("stage: where nothing may be done, everything is shown and greyed with the reason") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  Robot robot = show.robot();
  robot.right_click("R2");
  REQUIRE(robot.sees("menu/Requeue"));
  robot.keys({"C", "Shift+C"});
  CHECK(show.commands.empty());
  CHECK(robot.find("default/mode/Par").disabled);
  CHECK_FALSE(robot.sees("notepad/read"));
}

TEST_CASE("stage: applications send by button") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.trace->size());
  show.can_act = true;
  Robot robot = show.robot();
  robot.click("backup/write");
  REQUIRE(show.last_do());
  CHECK(show.last_do()->input.kind == sched::InputKind::Send);
  CHECK(show.last_do()->input.text == "write 16 file=B");
}

TEST_CASE("stage: dragging a request onto a queue forwards it") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  show.can_act = true;
  Robot robot = show.robot();
  robot.drag(robot.find("R2").rect.center(), robot.find("waiting").rect.center());
  REQUIRE(show.last_do());
  CHECK(show.last_do()->input.text == "forward waiting");
}

TEST_CASE("stage: with reduced motion a request is where it goes at once") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.forwarded);
  show.t = 0.3;
  Robot robot = show.robot();
  const Rect moving = robot.find("R2").rect;
  const std::string narration(robot.ui.rects.text(robot.find("narration")));
  robot.ui.reduced_motion = true;
  robot.frame();
  const Rect there = robot.find("R2").rect;
  CHECK(length(moving.center() - there.center()) > 40);
  CHECK(robot.find("waiting").rect.contains(there));
  CHECK(robot.ui.rects.text(robot.find("narration")) == narration);
}

TEST_CASE(
    "stage: a menu with large text keeps inside the window and shows what is around the lit "
    "entry") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  show.can_act = true;
  Robot robot = show.robot(1024, 700, 2);
  robot.right_click("default");
  robot.key("End");
  CHECK(robot.sees("menu/Execution level ▸"));
  CHECK_FALSE(robot.sees("menu/Retrieve next"));
  robot.key("Home");
  CHECK(robot.sees("menu/Retrieve next"));
  for (const ItemRecord& r : robot.ui.rects.all())
    if (r.kind == Kind::menu_entry) CHECK(robot.ui.screen.contains(r.rect, 1));
}

TEST_CASE("stage: a pile opens a list to choose from") {
  Show show(sample::crowd(3, 300, 2), 0);
  show.event = show.trace->size();
  Robot robot = show.robot();
  const ObjectId before = show.shared.selected;
  robot.click("queue2-more");
  robot.keys({"Down", "Enter"});
  CHECK(show.shared.selected.kind() == ObjectKind::Request);
  CHECK(show.shared.selected != before);
}

TEST_CASE("stage: why the selected queue gives nothing is said below") {
  const auto s = sample::sample_run();
  Show show(s.trace, s.dispatched + 1);
  Robot robot = show.robot();
  robot.click("default");
  const std::string why(robot.ui.rects.text(robot.find("why")));
  CHECK(why.find("R2") != std::string::npos);
}

TEST_CASE("stage: a few hundred shapes, however many requests there are") {
  for (const int requests : {20, 200, 2000}) {
    Show show(sample::crowd(8, requests, 3), 0);
    show.event = show.trace->size();
    const Robot robot = show.robot(1920, 1080);
    CAPTURE(requests);
    CHECK(robot.ui.rects.all().size() < 700);
  }
}

TEST_CASE("stage: pictures are written where QS_STAGE says" *
          doctest::skip(std::getenv("QS_STAGE") == nullptr)) {
  const std::string folder = std::getenv("QS_STAGE");
  const auto s = sample::sample_run();
  const auto shoot = [&](Show& show, const std::string& name, int w, int h, float scale,
                         std::string_view theme) {
    Robot robot = show.robot(w, h, scale, theme, Backend::headless);
    REQUIRE(write_png(robot.picture(), folder + "/" + name + ".png").ok());
  };
  for (const std::string_view theme : {"dark", "light", "contrast"}) {
    Show show(s.trace, s.dispatched + 1);
    show.shared.selected = s.r2;
    shoot(show, "sample-" + std::string(theme), 900, 620, 1, theme);
  }
  for (const double t : {0.0, 0.3, 0.5, 0.7, 1.0}) {
    Show show(s.trace, s.forwarded);
    show.t = t;
    show.can_act = true;
    shoot(show, "forward-" + std::to_string(int(t * 100)), 900, 620, 1, "dark");
  }
  {
    Show show(s.trace, s.dispatched + 1);
    show.can_act = true;
    Robot robot = show.robot(1100, 700, 1, "dark", Backend::headless);
    robot.right_click("R2");
    REQUIRE(write_png(robot.picture(), folder + "/menu.png").ok());
    robot.key("F");
    robot.keys({"Down", "Down", "Down"});
    REQUIRE(write_png(robot.picture(), folder + "/menu-forward.png").ok());
  }
  struct Other {
    const char* name;
    std::shared_ptr<trace::Trace> trace;
    int w, h;
    float scale;
  };
  for (const Other& o : {Other{"one-queue", sample::crowd(1, 3, 1, false), 880, 560, 1},
                         {"eight", sample::crowd(8, 60, 3), 880, 560, 1},
                         {"eight-1080", sample::crowd(8, 60, 3), 1200, 800, 1},
                         {"three-300", sample::crowd(3, 300, 2), 880, 560, 1},
                         {"4k", s.trace, 2000, 1400, 1},
                         {"4k-300", s.trace, 2400, 1500, 3},
                         {"folded", s.trace, 540, 420, 1},
                         {"folded-rich", sample::crowd(5, 40, 3), 540, 420, 1},
                         {"stacked", s.trace, 360, 600, 1},
                         {"200", s.trace, 1100, 760, 2},
                         {"300-small", s.trace, 1010, 640, 3}}) {
    Show show(o.trace, o.trace == s.trace ? s.forwarded : o.trace->size());
    show.can_act = std::string_view(o.name) != "folded";
    shoot(show, o.name, o.w, o.h, o.scale, "dark");
  }
}
