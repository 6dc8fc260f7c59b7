// The stage with real runs: the first lesson and the sandbox, driven by mouse and keys as a student
// would. Pictures for people: QS_STAGE=<folder>.
#include <cstdlib>

#include "trace/events/words.h"
#include "ui/stage_desk.h"

using namespace qs;
using namespace qs::ui;
using model::Place;

namespace {

std::string faults(const Ui& ui) {
  std::string text;
  for (const std::string& fault : layout_faults(ui.rects, ui.screen)) text += fault + "\n";
  return text;
}

}  // namespace

TEST_CASE("stage: the first lesson, every event, in every arrangement") {
  StageDesk desk("01-first-request");
  for (const int width : {900, 540, 330}) {
    Robot robot = desk.robot(width, 560);
    const size_t events = desk.session->moment().trace->size();
    for (size_t i = 0; i <= events; ++i) {
      desk.session->apply(session::cmd::Seek{double(i)});
      robot.frame();
      CAPTURE(width);
      CAPTURE(i);
      CHECK_MESSAGE(faults(robot.ui).empty(), faults(robot.ui));
    }
  }
}

TEST_CASE("stage: rooms are called as the driver calls its functions, and say what they are") {
  StageDesk desk("11-mark-cancelable");
  desk.end();
  Robot robot = desk.robot(1400, 900);
  const auto title = [&](const char* room) {
    return std::string(robot.ui.rects.text(robot.find(room)));
  };
  CHECK(title("EvtDpcFunc") == "EvtTransferDone");
  CHECK(title("EvtIoRead") == "EvtIoRead");
  robot.point("EvtDpcFunc");
  robot.wait(0.6);
  const std::string tip(robot.ui.rects.text(robot.find("tooltip")));
  CHECK(tip.find("EvtTransferDone") != std::string::npos);
  CHECK(tip.find("its EvtDpcFunc") != std::string::npos);
}

TEST_CASE("functions: a callback has the driver's name wherever it is told, if there is just one") {
  StageDesk desk("15-ready-notify-and-search");
  desk.end();
  Robot robot = desk.robot();
  const FunctionNames& names = desk.state.functions;
  CHECK(names.of_callback(trace::CallbackKind::EvtIoQueueReady) == "EvtWorkReady");
  CHECK(names.of_callback(trace::CallbackKind::EvtDpcFunc) == "EvtOperationDone");
  CHECK(names.of_callback(trace::CallbackKind::EvtIoStop) == "");
}

TEST_CASE("stage: in the sandbox a request is sent, forwarded, retrieved and completed by mouse") {
  StageDesk desk("sandbox");
  desk.end();
  Robot robot = desk.robot();
  robot.click("notepad/read");
  CHECK(desk.refused == "");
  desk.end();
  robot.frame();
  REQUIRE(desk.request("R1"));
  CHECK(desk.request("R1")->place == Place::Driver);
  CHECK(desk.request("R1")->has(model::kAsked));

  robot.right_click("R1");
  robot.keys({"F", "3"});
  CHECK(desk.refused == "");
  desk.end();
  robot.frame();
  CHECK(desk.request("R1")->place == Place::Waiting);

  robot.click("waiting");
  robot.key("N");  // retrieve next
  CHECK(desk.refused == "");
  desk.end();
  robot.frame();
  CHECK(desk.request("R1")->place == Place::Driver);

  robot.right_click("R1");
  robot.key("C");
  CHECK(desk.refused == "");
  desk.end();
  robot.frame();
  REQUIRE(desk.request("R1")->place == Place::Done);
  CHECK(desk.request("R1")->status == 0);
  CHECK(desk.request("R1")->information == 16);
  CHECK_MESSAGE(faults(robot.ui).empty(), faults(robot.ui));
}

TEST_CASE("stage: in the sandbox every application sends by key and button, and one cancels") {
  StageDesk desk("sandbox");
  desk.end();
  Robot robot = desk.robot();
  for (const char* app : {"notepad", "backup", "monitor"}) {
    robot.click(std::string(app) + "/read");
    CHECK(desk.refused == "");
    desk.end();
    robot.frame();
  }
  robot.key("W");
  CHECK(desk.refused == "");
  desk.end();
  robot.frame();
  const model::Model& m = desk.now();
  CHECK(m.requests.size() == 4);
  // The default queue is sequential: two reads wait.
  robot.click("R3");
  robot.key("X");
  CHECK(desk.refused == "");
  desk.end();
  robot.frame();
  REQUIRE(desk.request("R3"));
  CHECK(desk.request("R3")->place == Place::Done);
  CHECK(trace::status_text(desk.request("R3")->status) == "STATUS_CANCELLED");
}

TEST_CASE(
    "stage: switching the default queue to parallel is a new run in which both reads are owned") {
  StageDesk desk("sandbox");
  desk.end();
  Robot robot = desk.robot();
  robot.click("notepad/read");
  desk.end();
  robot.click("notepad/read");
  desk.end();
  robot.frame();
  CHECK(desk.request("R2")->place == Place::Waiting);
  const size_t branches = desk.session->branches().size();
  robot.click("default/mode/Par");
  CHECK(desk.refused == "");
  CHECK(desk.session->branches().size() == branches + 1);
  desk.end();
  robot.frame();
  CHECK(desk.request("R1")->place == Place::Driver);
  CHECK(desk.request("R2")->place == Place::Driver);
}

TEST_CASE(
    "stage: every entry of every menu is accepted or refused with a sentence, nothing crashes") {
  StageDesk desk("sandbox");
  desk.end();
  Robot robot = desk.robot();
  robot.click("notepad/read");
  desk.end();
  robot.click("backup/write");
  desk.end();
  const session::Moment m = desk.session->moment();
  std::vector<ObjectId> objects;
  for (const auto& r : m.after->requests) objects.push_back(r.id);
  for (const auto& q : m.after->queues) objects.push_back(q.id);
  for (const auto& d : m.after->devices) objects.push_back(d.id);
  for (const auto& a : m.after->apps) objects.push_back(a.id);
  for (const auto& f : m.after->files) objects.push_back(f.id);
  size_t tried = 0;
  for (const ObjectId id : objects)
    for (const MenuPage page :
         {MenuPage::main, MenuPage::forward, MenuPage::complete, MenuPage::limit, MenuPage::scope,
          MenuPage::level, MenuPage::sync}) {
      const bool fits = page == MenuPage::main || id.kind() == ObjectKind::Request ||
                        id.kind() == ObjectKind::Queue;
      const model::QueueView* queue = m.after->queue(id);
      if (!fits ||
          (page == MenuPage::limit && queue && queue->dispatch() != trace::Dispatch::Parallel))
        continue;
      for (const MenuItem& item : build_menu(*m.after, *m.trace, id, page, {true, true}).items) {
        if (!item.command || (!item.entry.reason.empty() && !item.entry.can_force)) continue;
        StageDesk fresh("sandbox");
        fresh.end();
        for (const char* sent : {"read 16 file=A", "write 16 file=A"}) {
          qs::sched::Input input;
          input.kind = sched::InputKind::Send;
          input.text = sent;
          fresh.session->apply(session::cmd::Do{input});
          fresh.end();
        }
        const std::string refused = fresh.session->apply(*item.command);
        CHECK_MESSAGE((refused.empty() || !item.entry.reason.empty()),
                      m.trace->name(id) << ": " << item.entry.label << ": " << refused);
        ++tried;
      }
    }
  CHECK(tried > 30);
}

TEST_CASE("stage: who sends at DISPATCH_LEVEL says so, by the switch and while it does") {
  StageDesk desk("sandbox");
  desk.end();
  desk.at_dispatch = true;
  {
    Robot wide = desk.robot(1400, 800);
    CHECK(wide.ui.rects.text(wide.find("notepad/irql")) == "DISPATCH_LEVEL");
  }
  desk.at_dispatch = false;
  Robot robot = desk.robot();
  CHECK_FALSE(robot.sees("notepad/irql"));
  desk.at_dispatch = true;
  robot.frame();
  CHECK(robot.ui.rects.text(robot.find("notepad/irql")) == "DISPATCH_LEVEL");
  for (const char* app : {"notepad", "backup"})
    for (const char* type : {"read", "write", "control"}) {
      const Rect sign = robot.find(std::string(app) + "/irql").rect;
      CHECK(intersect(sign, robot.find(std::string("notepad/") + type).rect).empty());
    }
  CHECK_MESSAGE(faults(robot.ui).empty(), faults(robot.ui));
  desk.at_dispatch = false;

  for (const char* text : {"read 16 file=A irql=2", "read 16 file=A"}) {
    const size_t from = desk.session->moment().trace->size();
    qs::sched::Input input;
    input.kind = sched::InputKind::Send;
    input.subject = "notepad";
    input.text = text;
    CHECK(desk.session->apply(session::cmd::Do{input}) == "");
    desk.end();
    size_t raised = 0;
    for (size_t i = from; i < desk.session->moment().trace->size(); ++i) {
      desk.session->apply(session::cmd::Seek{double(i)});
      robot.frame();
      raised += robot.sees("notepad/irql");
      CHECK_FALSE(robot.sees("backup/irql"));
    }
    CHECK((raised > 0) == (std::string_view(text).find("irql=2") != std::string_view::npos));
    desk.end();
  }
}

TEST_CASE("stage: done requests tell their whole status and its sign, in columns and small cells") {
  StageDesk desk("sandbox");
  desk.end();
  const auto act = [&](sched::InputKind kind, const char* subject, const char* text) {
    qs::sched::Input input;
    input.kind = kind;
    input.subject = subject;
    input.text = text;
    CHECK(desk.session->apply(session::cmd::Do{input}) == "");
    desk.end();
  };
  const char* const statuses[] = {"INSUFFICIENT_RESOURCES", "INVALID_DEVICE_REQUEST",
                                  "UNSUCCESSFUL", "CANCELLED"};
  int n = 0;
  for (const char* status : statuses) {
    act(sched::InputKind::Send, "notepad", "read 16 file=A");
    const std::string text = std::string("complete STATUS_") + status;
    act(sched::InputKind::Order, ("R" + std::to_string(++n)).c_str(), text.c_str());
  }
  // The stage of a window of 1440 x 900, of 1024 x 700, and alone in a wide window.
  for (const auto& [w, h] : {std::pair{753, 588}, std::pair{490, 450}, std::pair{1400, 800}}) {
    Robot robot = desk.robot(w, h);
    robot.frame();
    CAPTURE(w);
    CHECK_MESSAGE(faults(robot.ui).empty(), faults(robot.ui));
    const ItemRecord* done = robot.ui.rects.find("done");
    REQUIRE(done);
    std::string words;
    int signs = 0;
    for (const ItemRecord& r : robot.ui.rects.all()) {
      if (r.kind != Kind::text || r.rect.x < done->rect.x - 6 || r.rect.y < done->rect.y) continue;
      words += robot.ui.rects.text(r);
      CHECK_MESSAGE(!r.cut, robot.ui.rects.text(r));
      signs += robot.ui.rects.text(r).find(icon::cross) != std::string_view::npos;
    }
    CHECK(signs == 4);
    for (const char* status : statuses) {
      if (w == 490 && status[0] != 'C') continue;
      CHECK_MESSAGE(words.find(status) != std::string::npos, words);
    }
  }
}

namespace {

void forward_by_menu(StageDesk& desk, Robot& robot) {  // R1, to the queue "waiting"
  robot.click("notepad/read");
  desk.end();
  robot.frame();
  robot.right_click("R1");
  robot.keys({"F", "3"});
  desk.end();
  robot.frame();
}

}  // namespace

TEST_CASE("Q-10: a synchronous drain from the menu waits until the driver has read everything") {
  StageDesk desk("sandbox");
  desk.end();
  Robot robot = desk.robot();
  forward_by_menu(desk, robot);
  robot.right_click("waiting");
  robot.keys({"Y", "D"});
  CHECK(desk.refused == "");
  desk.end();
  robot.frame();
  const auto waits = [&] {
    for (const model::ThreadView& t : desk.now().threads)
      if (t.waiting == trace::WaitReason::SyncQueueCall) return true;
    return false;
  };
  CHECK(waits());
  robot.click("R1");
  robot.key("X");
  desk.end();
  robot.frame();
  CHECK(desk.refused == "");
  REQUIRE(desk.request("R1")->owner == model::Owner::Driver);  // EvtIoCanceledOnQueue asks
  robot.right_click("R1");
  robot.key("C");
  desk.end();
  CHECK_FALSE(waits());
}

TEST_CASE("O-09, O-10: the menu deletes a queue nothing is routed to, and no other") {
  StageDesk desk("sandbox");
  desk.end();
  Robot robot = desk.robot();
  const size_t before = desk.session->moment().trace->size();
  for (const char* kept : {"default", "writes"}) {
    robot.right_click(kept);
    REQUIRE(robot.sees("menu/Delete"));
    robot.keys({"B", "Esc"});
    desk.end();
    CHECK(desk.session->moment().trace->size() == before);
  }
  robot.right_click("waiting");
  robot.key("B");
  CHECK(desk.refused == "");
  desk.end();
  robot.frame();
  CHECK_FALSE(robot.sees("waiting"));
}

TEST_CASE("T-02: deleting a request that came from an application breaks under the verifier") {
  StageDesk desk("sandbox");
  desk.end();
  Robot robot = desk.robot();
  robot.click("notepad/read");
  desk.end();
  robot.frame();
  robot.right_click("R1");
  robot.keys({"L", "Shift+L"});
  CHECK(desk.refused == "");
  desk.end();
  const session::Moment m = desk.session->moment();
  REQUIRE(m.after->verdicts.size() == 1);
  CHECK(m.trace->string(m.after->verdicts[0].rule) == "T-02");
}

TEST_CASE("P-35: a PnP stop and a start from the menu of the device; each names its IRP") {
  StageDesk desk("sandbox");
  desk.end();
  Robot robot = desk.robot();
  const auto device = [&] { return desk.now().devices[0]; };
  for (const MenuItem& item : build_menu(desk.now(), *desk.session->moment().trace, device().id,
                                         MenuPage::main, {true, true})
                                  .items)
    CHECK_MESSAGE(item.entry.call.rfind("IRP_MN_", 0) == 0, item.entry.label);
  robot.right_click("Device");
  robot.key("O");
  desk.end();
  CHECK(device().pnp == trace::DevicePnp::Stopped);
  CHECK(device().power == trace::DevicePower::D3Final);
  robot.frame();
  robot.right_click("Device");
  robot.key("A");
  desk.end();
  CHECK(device().pnp == trace::DevicePnp::Started);
  CHECK(device().power == trace::DevicePower::D0);
}

TEST_CASE("stage: pictures of real runs are written where QS_STAGE says" *
          doctest::skip(std::getenv("QS_STAGE") == nullptr)) {
  const std::string folder = std::getenv("QS_STAGE");
  {
    StageDesk desk("01-first-request");
    Robot robot = desk.robot(880, 560, 1, "dark", Backend::headless);
    const size_t events = desk.session->moment().trace->size();
    for (size_t i = 0; i <= events; ++i) {
      if (i > 0 &&
          trace::event_level((*desk.session->moment().trace)[i - 1].code) != trace::EventLevel::Hop)
        continue;
      desk.session->apply(session::cmd::Seek{double(i)});
      REQUIRE(write_png(robot.picture(), folder + "/first-" + std::to_string(i) + ".png").ok());
    }
  }
  for (const std::string_view theme : {"dark", "light", "contrast"}) {
    StageDesk desk("sandbox");
    desk.end();
    Robot robot = desk.robot(1000, 640, 1, theme, Backend::headless);
    for (const char* button : {"notepad/read", "notepad/read", "backup/write", "monitor/control"}) {
      robot.click(button);
      desk.end();
      robot.frame();
    }
    REQUIRE(write_png(robot.picture(), folder + "/sandbox-" + std::string(theme) + ".png").ok());
    robot.right_click("R1");
    robot.keys({"Down", "Down", "Down"});
    REQUIRE(
        write_png(robot.picture(), folder + "/sandbox-menu-" + std::string(theme) + ".png").ok());
    robot.key("Esc");
    const auto menu = [&](const char* of, std::vector<const char*> keys, const char* name) {
      robot.right_click(of);
      for (const char* key : keys) robot.key(key);
      const std::string file = folder + "/menu-" + name + "-" + std::string(theme) + ".png";
      REQUIRE(write_png(robot.picture(), file).ok());
      robot.keys({"Esc", "Esc"});
    };
    menu("waiting", {"Down", "Down", "Down", "Down", "Up"}, "queue");
    menu("waiting", {"Y", "Down"}, "sync");
    menu("Device", {"Down", "Down"}, "device");
  }
}
