// A request is carried by the mouse: onto queues, Done and a target; where it may not go says why.
#include "ui/panes/stage/drag.h"

#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Carrier : AppWindow {
  explicit Carrier(const char* program, int width = 1440, int height = 900)
      : AppWindow(program, width, height) {
    settings.reduced_motion = true;
    app.session()->apply(session::cmd::Speed{100});
    app.session()->apply(session::cmd::End{});
    robot.frame();
  }
  void rest() {
    settle();
    robot.frame();
    robot.frame();
  }
  std::string name_of(std::string_view what) {
    const std::string plain = "stage/" + std::string(what);
    return robot.ui.rects.find(plain) ? plain : "stage/view/" + std::string(what);
  }
  // Its place on the stage, scrolled to if need be.
  Rect place(std::string_view what) {
    for (int i = 0; i < 12 && !robot.sees(name_of(what)); ++i) robot.wheel("stage", i < 6 ? -2 : 2);
    return robot.find(name_of(what)).visible;
  }
  Point at(std::string_view what) { return place(what).center(); }
  // The lower edge of a card, which no token covers.
  Point foot(std::string_view what) {
    const Rect r = place(what);
    return {r.x + r.w * 0.4f, r.bottom() - 5};
  }
  void carry(std::string_view what, Point to) {
    robot.drag(at(what), to);
    rest();
  }
  // Takes it there and holds it.
  void hold(std::string_view what, Point to) { hold_at(at(what), to); }
  void hold_at(Point from, Point to) {
    robot.platform->input.push_mouse(from.x, from.y);
    robot.platform->input.push_button(MouseButton::left, true);
    robot.frame();
    for (int i = 1; i <= 4; ++i) {
      const Point p = mix(from, to, float(i) / 4);
      robot.platform->input.push_mouse(p.x, p.y);
      robot.frame();
    }
  }
  void let_go() {
    robot.platform->input.push_button(MouseButton::left, false);
    robot.frame();
    rest();
  }
  std::string said() {
    const ItemRecord* r = robot.ui.rects.find("drag");
    return r ? std::string(robot.ui.rects.text(*r)) : std::string();
  }
  const model::RequestView* r1() {
    const session::Moment m = app.session()->moment();
    return m.after->request(session::find_object(*m.trace, "R1", ObjectKind::Request));
  }
  bool in_queue(std::string_view name) {
    const session::Moment m = app.session()->moment();
    return r1()->place == model::Place::Waiting && m.trace->name(r1()->queue) == name;
  }
};

}  // namespace

TEST_CASE("drag: onto a queue forwards, back onto its manual queue requeues, onto Done completes") {
  for (const auto& [w, h] : {std::pair{1440, 900}, {1920, 1080}}) {
    CAPTURE(w);
    Carrier c("sandbox", w, h);
    c.robot.click("verbs/read");
    c.rest();
    REQUIRE(c.r1());
    c.carry("R1", c.foot("waiting"));
    CHECK(c.in_queue("waiting"));
    // Out of the manual queue, onto the driver: retrieved.
    const Rect room = c.place("EvtIoRead");
    c.carry("R1", {room.x + 6, room.bottom() - 4});
    REQUIRE(c.r1()->owner == model::Owner::Driver);
    c.hold("R1", c.foot("waiting"));
    CHECK(c.said() == "Requeue to waiting");
    c.let_go();
    CHECK(c.in_queue("waiting"));
    c.carry("R1", {room.x + 6, room.bottom() - 4});
    const Rect done = c.place("done");
    c.carry("R1", {done.center().x, done.bottom() - 8});
    REQUIRE(c.r1()->place == model::Place::Done);
    CHECK(c.r1()->information == 16);
  }
}

TEST_CASE("drag: in projector mode, onto a queue and onto Done") {
  for (const auto& [w, h] : {std::pair{1280, 720}, {1366, 768}, {1920, 1080}}) {
    CAPTURE(w);
    Carrier c("sandbox", w, h);
    c.settings.projector = true;
    c.robot.frame();
    c.robot.frame();
    c.robot.key("R");
    c.rest();
    REQUIRE(c.r1());
    c.hold("R1", c.foot("waiting"));
    CHECK(c.said() == "Forward to waiting");
    c.let_go();
    CHECK(c.in_queue("waiting"));
    c.robot.click("waiting/retrieve");
    c.rest();
    REQUIRE(c.r1()->owner == model::Owner::Driver);
    const Rect done = c.place("done");
    c.carry("R1", {done.center().x, done.bottom() - 8});
    CHECK(c.r1()->place == model::Place::Done);
  }
}

TEST_CASE("drag: in a low window the stage scrolls to where the request is carried") {
  Carrier c("sandbox", 1024, 700);
  c.robot.click("verbs/read");
  c.rest();
  const Point from = c.at("R1");
  const Rect stage = c.robot.find("stage").visible;
  c.hold_at(from, {stage.x + stage.w * 0.4f, stage.bottom() - 8});
  for (int i = 0; i < 200; ++i) c.robot.frame();
  const Rect queue = c.robot.find(c.name_of("waiting")).visible;
  REQUIRE(queue.h > 20);
  c.robot.platform->input.push_mouse(queue.x + queue.w * 0.4f, queue.bottom() - 5);
  c.robot.frame();
  c.robot.frame();
  CHECK(c.said() == "Forward to waiting");
  c.let_go();
  CHECK(c.in_queue("waiting"));
}

TEST_CASE("drag: onto the target sends") {
  Carrier c("sandbox", 1920, 1080);
  c.robot.click("verbs/read");
  c.rest();
  c.hold("R1", c.foot("I/O target 1"));
  CHECK(c.said() == "Send to I/O target 1");
  c.let_go();
  CHECK(c.app.session()->schedule_text().find("order R1=send") != std::string::npos);
}

TEST_CASE("drag: what is not legal says why and does nothing; Escape gives up") {
  Carrier c("sandbox");
  c.robot.click("verbs/read");
  c.rest();
  c.robot.platform->input.push_click(c.at("notepad").x, c.at("notepad").y);
  c.robot.frame();
  c.robot.frame();
  c.robot.click("verbs/read");
  c.rest();
  const size_t events = c.app.session()->moment().trace->size();
  // R2 waits for the driver: nobody can complete it.
  const Rect done = c.place("done");
  const Point on_done{done.center().x, done.bottom() - 8};
  c.hold("R2", on_done);
  CHECK(c.said().find("Not now: the driver has not seen it yet") == 0);
  c.let_go();
  CHECK(c.app.session()->moment().trace->size() == events);
  CHECK(c.app.message.text.find("the driver has not seen it yet") != std::string::npos);

  c.hold("R1", on_done);
  CHECK(c.said() == "Complete with STATUS_SUCCESS");
  CHECK(c.app.run()->stage.drag.request);
  c.robot.platform->input.push_key(Key::escape);
  c.robot.frame();
  c.let_go();
  CHECK_FALSE(c.app.run()->stage.drag.request);
  CHECK(c.r1()->place != model::Place::Done);

  c.hold("R1", {done.x - 2, 4});  // over the bar at the top
  CHECK(c.said().find("Let go over a place") == 0);
  c.let_go();
  CHECK(c.r1()->place != model::Place::Done);
}

TEST_CASE("drag: with a driver that decides by itself every place says so") {
  Carrier c("first-request");
  c.app.session()->apply(session::cmd::RunTo{"owner R1 driver", true});
  c.robot.frame();
  c.robot.frame();
  const Rect done = c.place("done");
  c.hold("R1", {done.center().x, done.bottom() - 8});
  CHECK(c.said().find("this driver decides by itself") != std::string::npos);
  c.let_go();
}
