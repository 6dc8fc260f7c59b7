// Each verb by mouse alone, through the whole window, at the smallest size, the usual one and in
// projector mode; what the panel says of it, the arrow on the stage, keys, palette and undo.
#include "ui/panes/verbs/verbs.h"

#include <cstdlib>

#include "trace/events/words.h"
#include "ui/app_window.h"
#include "ui/panes/sandbox/graph_edit.h"

using namespace qs;
using namespace qs::ui;
using model::Place;

namespace {

struct VerbSize {
  const char* name;
  int width, height;
  bool projector;
};
constexpr VerbSize kVerbSizes[] = {{"1024x700", 1024, 700, false},
                                   {"1440x900", 1440, 900, false},
                                   {"1920x1080", 1920, 1080, false},
                                   {"projector", 1280, 720, true}};

// The window with a hand that has only a mouse.
struct VerbHands : AppWindow {
  explicit VerbHands(const char* program, const VerbSize& size)
      : AppWindow(program, size.width, size.height) {
    settings.projector = size.projector;
    settings.reduced_motion = true;
    app.session()->apply(session::cmd::Speed{100});
    app.session()->apply(session::cmd::End{});
    frames();
  }
  void frames() {
    robot.frame();
    robot.frame();
  }
  // What was pressed has happened.
  void rest() {
    settle();
    frames();
  }
  void press(std::string_view name) {
    robot.click(name);
    rest();
  }
  // A verb of the panel or, where that is too narrow for it, of the menu behind More….
  void act(std::string_view verb, std::string_view entry) {
    if (robot.sees("verbs/" + std::string(verb))) return press("verbs/" + std::string(verb));
    robot.click("verbs/more");
    press("menu/" + std::string(entry));
  }
  // Its name on the stage, whether that scrolls or not.
  std::string placed(std::string_view what) {
    const std::string plain = "stage/" + std::string(what);
    return robot.ui.rects.find(plain) ? plain : "stage/view/" + std::string(what);
  }
  // A place on the stage, scrolled into view where it must be.
  void on_stage(std::string_view what) {
    for (int i = 0; i < 12 && !robot.sees(placed(what)); ++i) robot.wheel("stage", i < 6 ? -2 : 2);
    REQUIRE_MESSAGE(robot.sees(placed(what)), describe(robot.ui.rects));
    robot.click(placed(what));
    frames();
  }
  void send_read() {
    on_stage("notepad");
    press("verbs/read");
  }
  const model::RequestView* request(std::string_view name) {
    const session::Moment m = app.session()->moment();
    return m.after->request(session::find_object(*m.trace, name, ObjectKind::Request));
  }
  const model::QueueView* queue(std::string_view name) {
    const session::Moment m = app.session()->moment();
    return m.after->queue(session::find_object(*m.trace, name, ObjectKind::Queue));
  }
  std::string shown(std::string_view name) {
    const ItemRecord* r = robot.ui.rects.find(name);
    return r ? std::string(robot.ui.rects.text(*r)) : std::string();
  }
  bool waits_in(std::string_view request_name, std::string_view queue_name) {
    const model::RequestView* r = request(request_name);
    return r && r->place == Place::Waiting && r->queue == queue(queue_name)->id;
  }
};

void send_forward_retrieve_requeue_complete(const VerbSize& size) {
  CAPTURE(size.name);
  VerbHands h("sandbox", size);
  // Without a request the panel offers to send one.
  REQUIRE(h.robot.sees("verbs/read"));
  h.press("verbs/read");
  REQUIRE(h.request("R1"));
  REQUIRE(h.request("R1")->has(model::kAsked));
  // It shows R1 without being told to: the driver waits for an order about it.
  CHECK(h.shown("verbs/title").find("R1 · read · 16 bytes · handle A") == 0);
  CHECK(h.faults() == "");

  h.press("verbs/Forward");
  h.press("menu/waiting");
  CHECK(h.waits_in("R1", "waiting"));

  h.on_stage("waiting/retrieve");
  h.rest();
  REQUIRE(h.request("R1")->owner == model::Owner::Driver);
  CHECK(h.faults() == "");

  h.on_stage("R1");
  h.act("Requeue", "Requeue");
  CHECK(h.waits_in("R1", "waiting"));

  h.on_stage("waiting");
  h.press("verbs/RetrieveNext");
  h.on_stage("R1");
  h.press("verbs/Complete");
  REQUIRE(h.request("R1")->place == Place::Done);
  CHECK(h.request("R1")->information == 16);
  h.on_stage("R1");
  CHECK(h.shown("verbs/sentence") == "Nothing: R1 is complete.");
  CHECK(h.faults() == "");
}

void cancel_and_switch(const VerbSize& size) {
  CAPTURE(size.name);
  VerbHands h("sandbox", size);
  h.send_read();
  h.send_read();
  REQUIRE(h.waits_in("R2", "default"));  // default is sequential
  h.on_stage("R2");
  h.press("verbs/CancelFromApp");
  REQUIRE(h.request("R2")->place == Place::Done);
  CHECK(trace::status_text(h.request("R2")->status) == "STATUS_CANCELLED");

  h.on_stage("default");
  h.press("verbs/SwitchParallel");
  CHECK(h.queue("default")->dispatch() == trace::Dispatch::Parallel);
  CHECK(h.shown("message").find("New branch: what if parallel") == 0);
  CHECK(h.faults() == "");
}

}  // namespace

TEST_CASE("verbs: send, forward, retrieve, requeue and complete by mouse alone at every size") {
  for (const VerbSize& size : kVerbSizes) send_forward_retrieve_requeue_complete(size);
}

TEST_CASE("verbs: Retrieve next keeps its whole name at every size, beside any number of queues") {
  for (const VerbSize& size : kVerbSizes) {
    CAPTURE(size.name);
    VerbHands w("sandbox", size);
    for (size_t queues = 3; queues <= run::kMostQueues; ++queues) {
      CAPTURE(queues);
      run::QueueGraph graph = w.app.session()->graph();
      while (graph.queues.size() < queues) add_queue(graph);
      REQUIRE(w.app.session()->apply(session::cmd::SetGraph{graph, "more"}) == "");
      w.app.session()->apply(session::cmd::End{});
      w.frames();
      CHECK(w.faults() == "");
      size_t buttons = 0;
      for (const ItemRecord& r : w.robot.ui.rects.all()) {
        if (!w.robot.ui.rects.name(r).ends_with("/retrieve")) continue;
        ++buttons;
        CHECK(w.robot.ui.rects.text(r) == "Retrieve next");
        CHECK(text_width(w.robot.ui.fonts->small_bold, "Retrieve next") <= r.rect.w);
      }
      CHECK(buttons > 0);
    }
  }
}

TEST_CASE("verbs: cancel a request and switch a queue's mode by mouse alone at every size") {
  for (const VerbSize& size : kVerbSizes) cancel_and_switch(size);
}

TEST_CASE("verbs: what is not possible now is gray, with the reason and its rule") {
  VerbHands h("sandbox", kVerbSizes[1]);
  h.send_read();
  h.on_stage("R1");
  CHECK_FALSE(h.robot.find("verbs/Complete").disabled);
  REQUIRE(h.robot.find("verbs/Requeue").disabled);
  h.robot.point("verbs/Requeue");
  h.frames();
  CHECK(h.shown("verbs/says").find("WdfRequestRequeue(R1) → Not now: ") == 0);
  CHECK(h.shown("verbs/says").find("(V-18)") != std::string::npos);
}

TEST_CASE("verbs: the one under the mouse says its call and effect, and draws where it would go") {
  VerbHands h("sandbox", kVerbSizes[1]);
  h.send_read();
  h.on_stage("R1");
  const ObjectId r1 = h.request("R1")->id;
  h.robot.point("verbs/Complete");
  h.frames();
  CHECK(h.shown("verbs/says") ==
        "WdfRequestCompleteWithInformation(R1, STATUS_SUCCESS, 16) → R1 is done; notepad gets its "
        "answer");
  CHECK(h.app.run()->shared.hinted_move == HintedMove{r1, {}, HintedMove::To::done});
  // A line of its menu as well.
  h.press("verbs/Forward");
  h.robot.point("menu/waiting");
  h.frames();
  CHECK(h.app.run()->shared.hinted_move ==
        HintedMove{r1, h.queue("waiting")->id, HintedMove::To::tail});
  h.robot.key("Esc");
  h.robot.point(h.placed("device/Device"));
  h.frames();
  CHECK_FALSE(h.app.run()->shared.hinted_move);
}

TEST_CASE("verbs: C, F, X, Q and N act on what the panel shows, Enter opens its menu") {
  VerbHands h("sandbox", kVerbSizes[1]);
  h.send_read();
  h.app.run()->shared.selected = {};
  h.frames();
  h.robot.key("F");
  REQUIRE(h.robot.sees("menu/waiting"));
  h.press("menu/waiting");
  REQUIRE(h.waits_in("R1", "waiting"));
  h.robot.key("N");
  h.rest();
  REQUIRE(h.request("R1")->owner == model::Owner::Driver);
  h.robot.key("Q");
  h.rest();
  REQUIRE(h.waits_in("R1", "waiting"));
  h.on_stage("R1");
  h.robot.key("Enter");
  h.frames();
  CHECK(h.robot.sees("menu/Cancel from app"));
  h.robot.key("Esc");
  h.robot.key("X");
  h.rest();
  h.on_stage("R1");
  if (h.request("R1")->place != Place::Done) h.robot.key("C"), h.rest();
  CHECK(h.request("R1")->place == Place::Done);
}

TEST_CASE("verbs: typing requ into the palette finds Requeue first") {
  VerbHands h("sandbox", kVerbSizes[1]);
  h.press("verbs/read");
  h.press("verbs/Forward");
  h.press("menu/waiting");
  h.robot.key("N");
  h.rest();
  h.on_stage("R1");
  h.robot.key("Ctrl+K");
  h.robot.type("requ");
  CHECK(h.shown("palette/list/0").find("Requeue · R1") == 0);
  h.robot.key("Enter");
  h.rest();
  CHECK(h.waits_in("R1", "waiting"));
}

TEST_CASE("verbs: an act in the past plays to its effect, says its branch, and can be undone") {
  VerbHands h("sandbox", kVerbSizes[1]);
  h.send_read();
  h.send_read();
  h.on_stage("R1");
  h.press("verbs/Complete");
  const size_t branch = h.app.session()->current_branch();
  REQUIRE(h.request("R2")->owner == model::Owner::Driver);
  const trace::Trace& trace = *h.app.session()->moment().trace;  // just before R1 was completed
  size_t last = trace.size();
  while (trace[last - 1].code != trace::EventCode::Input) --last;
  const double before = double(last - 1);
  h.app.session()->apply(session::cmd::Seek{before});
  h.frames();
  REQUIRE(h.request("R2")->place == Place::Waiting);
  h.on_stage("R2");
  h.press("verbs/CancelFromApp");
  CHECK(h.app.session()->current_branch() != branch);
  CHECK(h.request("R2")->place == Place::Done);
  CHECK(h.request("R1")->place != Place::Done);  // no further than that
  CHECK(h.shown("message").find("New branch: cancel R2") == 0);
  h.press("message/undo");
  CHECK(h.app.session()->current_branch() == branch);
  CHECK(h.app.session()->position() == before);
  CHECK(h.app.message.text.find("Back in branch") == 0);
  // And by key.
  h.on_stage("R2");
  h.press("verbs/CancelFromApp");
  REQUIRE(h.app.session()->current_branch() != branch);
  h.robot.key("Ctrl+Z");
  CHECK(h.app.session()->current_branch() == branch);
}

TEST_CASE("verbs: undo goes back along the branches, act by act, to the first one") {
  VerbHands h("sandbox", kVerbSizes[1]);
  h.send_read();
  h.send_read();
  session::Session& s = *h.app.session();
  const size_t first = s.current_branch();
  const size_t end = s.moment().trace->size();
  std::vector<size_t> made;
  for (int i = 0; i < 3; ++i) {  // each in the past of the one before
    s.apply(session::cmd::Seek{double(end)});
    h.frames();
    h.on_stage("R2");
    h.press("verbs/CancelFromApp");
    made.push_back(s.current_branch());
    h.frames();
  }
  REQUIRE(made.back() != first);
  h.press("message/undo");
  for (size_t i = 1; i < made.size() && s.current_branch() != first; ++i) {
    CHECK(h.robot.sees("message/undo"));  // the next step back is offered
    h.press("message/undo");
  }
  CHECK(s.current_branch() == s.branch().parent);
  CHECK_FALSE(h.robot.sees("message/undo"));
  const size_t there = s.current_branch();
  h.robot.key("Ctrl+Z");
  CHECK(s.current_branch() == there);
}

TEST_CASE("verbs: a driver that decides by itself is named, and what is left can be done") {
  for (const VerbSize& size : kVerbSizes) {
    CAPTURE(size.name);
    VerbHands h("first-request", size);
    h.app.session()->apply(session::cmd::RunTo{"owner R1 driver", true});
    h.frames();
    h.on_stage("R1");
    CHECK(h.shown("verbs/sentence").find("The code of this driver decides") == 0);
    CHECK(h.robot.sees("verbs/CancelFromApp"));
    CHECK_FALSE(h.robot.sees("verbs/Complete"));
    CHECK(h.faults() == "");
    h.robot.click("verbs/drive");
    h.frames();
    CHECK(h.app.shown() == ScreenId::drive);
  }
}

TEST_CASE("verbs: the inspector's Legal now is buttons that act") {
  VerbHands h("sandbox", kVerbSizes[2]);
  h.send_read();
  h.on_stage("R1");
  REQUIRE(h.robot.sees("legal/Complete"));
  h.press("legal/Complete");
  CHECK(h.request("R1")->place == Place::Done);
  CHECK_FALSE(h.robot.sees("legal/CancelFromApp"));
}

TEST_CASE("verbs: every act of a menu says its effect, at every settled state") {
  VerbHands h("sandbox", kVerbSizes[1]);
  h.send_read();
  h.send_read();
  const session::Moment m = h.app.session()->moment();
  const MenuRights rights{true, true};
  size_t said = 0;
  const auto all = [&](const auto& objects) {
    for (const auto& o : objects)
      for (const Verb& v : verbs_of(*m.after, *m.trace, o.id, rights).verbs) {
        CAPTURE(v.name);
        CHECK_FALSE(v.label.empty());
        const std::string effect = effect_text(*m.after, *m.trace, v);
        CHECK(effect.find('{') == std::string::npos);
        CHECK(effect.find('<') == std::string::npos);
        CHECK((v.reason.empty() || !v.possible()));
        CHECK((v.item.command || v.item.page != MenuPage::main || !v.reason.empty()));
        ++said;
      }
  };
  all(m.after->requests);
  all(m.after->queues);
  all(m.after->devices);
  all(m.after->apps);
  CHECK(said > 40);
}

TEST_CASE("verbs: pictures of the panel and its arrow are written where QS_VERBS says" *
          doctest::skip(std::getenv("QS_VERBS") == nullptr)) {
  const std::string folder = std::getenv("QS_VERBS");
  for (const VerbSize& size : kVerbSizes) {
    Settings settings;
    settings.projector = size.projector;
    App app(settings);
    Robot robot([&](Ui& ui) { app.draw(ui, 0.1); }, size.width, size.height,
                size.projector ? 1.25f : 1, size.projector ? "light" : "dark", Backend::headless);
    app.open_named("sandbox");
    const auto rest = [&] {
      for (int i = 0; i < 400 && (i < 3 || app.screen().playing()); ++i) robot.frame();
    };
    app.session()->apply(session::cmd::End{});
    app.session()->apply(session::cmd::Speed{100});
    const auto shoot = [&](const char* what) {
      const std::string file = folder + "/" + what + "-" + size.name + ".png";
      REQUIRE(write_png(robot.picture(), file).ok());
    };
    rest();
    for (const char* name : {"verbs/read", "verbs/Forward", "menu/waiting"}) {
      robot.click(name);
      rest();
    }
    robot.key("R");
    rest();
    robot.point("verbs/Complete");
    rest();
    shoot("complete");
    robot.click("verbs/Forward");
    rest();
    robot.point("menu/waiting");
    rest();
    shoot("forward");
    robot.key("Esc");
    robot.key("N");
    rest();
    app.run()->shared.selected =
        session::find_object(*app.session()->moment().trace, "R1", ObjectKind::Request);
    rest();
    robot.point("verbs/Requeue");
    rest();
    shoot("requeue");
    app.run()->shared.selected =
        session::find_object(*app.session()->moment().trace, "waiting", ObjectKind::Queue);
    rest();
    shoot("queue");
  }
}
