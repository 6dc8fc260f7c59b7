// Graphs that the sandbox's driver is told to create, generated requests, and set-ups as files.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "run/inputs.h"
#include "session/presets.h"
#include "session/support.h"
#include "trace/events/words.h"

using namespace qs;
using namespace qs::test;
using model::Place;
using run::QueueGraph;
using session::Session;
namespace cmd = session::cmd;
using trace::ApiFn;
using trace::Dispatch;

namespace {

run::QueueSetup plain(std::string name, Dispatch dispatch, uint32_t handlers) {
  run::QueueSetup q;
  q.name = std::move(name);
  q.dispatch = dispatch;
  q.handlers = handlers;
  return q;
}

QueueGraph two_queues() {
  QueueGraph g;
  g.queues.push_back(
      plain("all", Dispatch::Sequential, run::setup_bit(run::SetupHandler::Default)));
  g.queues.back().is_default = true;
  g.queues.push_back(
      plain("my writes", Dispatch::Parallel, run::setup_bit(run::SetupHandler::Write)));
  g.queues.back().limit = 2;
  g.queues.back().routes = run::setup_bit(run::SetupRoute::Write);
  g.queues.back().zero_length = true;
  g.queues.back().scope = run::SetupScope::Queue;
  g.queues.back().level = run::SetupLevel::Passive;
  g.queues.back().power = run::SetupPower::Off;
  return g;
}

// What the framework said to a call of the driver while it was loaded, newest last.
std::vector<int32_t> results_of(const trace::Trace& t, ApiFn fn) {
  std::vector<int32_t> out;
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == trace::EventCode::CallLeave && ApiFn(t[i].a) == fn)
      out.push_back(int32_t(t[i].b));
  return out;
}

std::string why_not(const std::string& text) {
  auto setup = session::parse_setup(text, "my.toml");
  return setup ? "" : setup.error().text();
}

}  // namespace

TEST_CASE("a graph is printed in a schedule and read back; the driver creates what it says") {
  const QueueGraph g = two_queues();
  sched::Schedule s;
  s.inputs = run::graph_inputs(g);
  auto back = sched::Schedule::parse(s.print());
  REQUIRE_MESSAGE(back.ok(), back.error().text());
  CHECK(*back == s);
  CHECK(run::effective_graph({}, back->inputs) == g);
  CHECK(run::faults_of(g).empty());

  Session session(program("sandbox"), s);
  const model::QueueView all = queue(session, "all");
  CHECK((all.config & trace::kConfigDefault) != 0);
  const model::QueueView writes = queue(session, "my writes");
  CHECK(writes.dispatch() == Dispatch::Parallel);
  CHECK(writes.limit == 2);
  CHECK(writes.scope() == trace::SyncScope::Queue);
  CHECK((writes.config & trace::kConfigPassive) != 0);
  CHECK(session.graph() == g);
  act(session, send("write 16 file=A"));
  CHECK(request(session, "W1").queue == writes.id);
  act(session, send("read 16 file=A"));
  CHECK(request(session, "R1").queue == all.id);
  CHECK(request(session, "R1").room == trace::CallbackKind::EvtIoDefault);
}

TEST_CASE(
    "the same graph twice gives the same bytes, and so does the run made again from its text") {
  sched::Schedule s;
  s.inputs = run::graph_inputs(two_queues());
  Session first(program("sandbox"), s);
  act(first, send("read 16 file=A"));
  act(first, send("write 16 file=B"));
  act(first, order("W1", "complete STATUS_SUCCESS 16"));
  auto again = sched::Schedule::parse(first.schedule_text());
  REQUIRE(again.ok());
  Session second(program("sandbox"), *again);
  CHECK(bytes(*first.branch().execution.trace) == bytes(*second.branch().execution.trace));
}

TEST_CASE("O-07, A-05: what the panel says beforehand is what the framework returns") {
  struct Case {
    const char* what;
    ApiFn fn;
    void (*spoil)(QueueGraph&);
  };
  const Case cases[] = {
      {"no handler", ApiFn::WdfIoQueueCreate, [](QueueGraph& g) { g.queues[1].handlers = 0; }},
      {"handlers on a manual queue", ApiFn::WdfIoQueueCreate,
       [](QueueGraph& g) {
         g.queues[1].dispatch = Dispatch::Manual;
         g.queues[1].limit.reset();
       }},
      {"a limit that is not parallel", ApiFn::WdfIoQueueCreate,
       [](QueueGraph& g) { g.queues[0].limit = 3; }},
      {"two default queues", ApiFn::WdfIoQueueCreate,
       [](QueueGraph& g) {
         g.queues[1].is_default = true;
         g.queues[1].routes = 0;
       }},
      {"scope Device, another level", ApiFn::WdfIoQueueCreate,
       [](QueueGraph& g) { g.queues[1].scope = run::SetupScope::Device; }},
      {"a route without a handler", ApiFn::WdfDeviceConfigureRequestDispatching,
       [](QueueGraph& g) { g.queues[1].routes = run::setup_bit(run::SetupRoute::Read); }},
      {"a route to the default queue", ApiFn::WdfDeviceConfigureRequestDispatching,
       [](QueueGraph& g) { g.queues[0].routes = run::setup_bit(run::SetupRoute::Read); }},
      {"a type that goes elsewhere", ApiFn::WdfDeviceConfigureRequestDispatching,
       [](QueueGraph& g) {
         g.queues.push_back(g.queues[1]);
         g.queues.back().name = "third";
       }},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    QueueGraph g = two_queues();
    c.spoil(g);
    const auto faults = run::faults_of(g);
    REQUIRE_FALSE(faults.empty());
    Session session(program("sandbox"));
    CHECK(session.apply(cmd::SetOption{"verifier=off"}).empty());
    CHECK(session.apply(cmd::SetGraph{g, "try"}).empty());
    const auto results = results_of(*session.branch().execution.trace, c.fn);
    REQUIRE_FALSE(results.empty());
    CHECK(trace::status_text(results.back()) == trace::status_text(faults[0].status));
    CHECK(std::string(trace::fn_name(c.fn)) == faults[0].call);
    // The device did not come up: nothing can be sent, and going back is one step.
    CHECK(session.apply(send("read 16 file=A")) == "the device is removed");
    CHECK(session.apply(cmd::ShowBranch{0}).empty());
    act(session, send("read 16 file=A"));
  }
}

TEST_CASE("a graph is changed with the inputs that were made; the old run is kept as a branch") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, send("read 16 file=A"));
  act(s, order("R1", "complete STATUS_SUCCESS 16"));
  QueueGraph g = s.graph();
  REQUIRE(g.queues.size() == 3);
  g.queues[0].dispatch = Dispatch::Parallel;
  CHECK(s.apply(cmd::SetGraph{g, "parallel"}).empty());
  CHECK(s.branches().size() == 2);
  CHECK(s.graph() == g);
  s.apply(cmd::End{});
  CHECK(request(s, "R1").place == Place::Done);
  CHECK(request(s, "R2").place == Place::Driver);
  // A switch on the stage goes into the graph that the driver is told.
  CHECK(s.apply(cmd::SwitchDispatch{queue(s, "default").id, Dispatch::Manual}).empty());
  CHECK(s.graph().find("default")->dispatch == Dispatch::Manual);
  CHECK((s.graph().find("default")->handlers & run::kPresentHandlers) == 0);
  // The program's own graph needs no words.
  CHECK(s.apply(cmd::SetGraph{s.program().graph, "as it was"}).empty());
  CHECK(s.schedule_text().find("setup") == std::string::npos);
  CHECK(s.schedule_text().find("override") == std::string::npos);
}

TEST_CASE("A-15, A-17: EvtIoInCallerContext is asked first, and enqueues when told to") {
  Session s(program("sandbox"));
  QueueGraph g = s.graph();
  g.device.caller_context = true;
  CHECK(s.apply(cmd::SetGraph{g, "caller context"}).empty());
  act(s, send("read 16 file=A"));
  CHECK(request(s, "R1").place == Place::CallerContext);
  act(s, order("R1", "enqueue"));
  CHECK(request(s, "R1").place == Place::Driver);
  CHECK(request(s, "R1").room == trace::CallbackKind::EvtIoRead);
  act(s, order("R1", "complete STATUS_SUCCESS 16"));
  CHECK(request(s, "R1").place == Place::Done);
}

TEST_CASE("A-07: a filter without a queue for a type passes it down to the lower driver") {
  Session s(program("sandbox"));
  QueueGraph g;
  g.device.filter = true;
  g.queues.push_back(
      plain("writes", Dispatch::Sequential, run::setup_bit(run::SetupHandler::Write)));
  g.queues.back().routes = run::setup_bit(run::SetupRoute::Write);
  CHECK(s.apply(cmd::SetGraph{g, "filter"}).empty());
  act(s, send("read 16 file=A"));
  CHECK(request(s, "R1").place == Place::Done);
  CHECK(request(s, "R1").status == 0);
  act(s, send("write 16 file=A"));
  CHECK(request(s, "W1").place == Place::Driver);
}

TEST_CASE("generated requests: the same from the same numbers, and what was asked for") {
  const run::Program p = program("sandbox");
  session::Workload w;
  w.count = 100;
  w.burst = 5;
  w.reads = 0;
  w.writes = 3;
  w.controls = 1;
  w.cancels = 50;
  w.length = 64;
  const auto inputs = session::make_workload(w, p);
  CHECK(inputs == session::make_workload(w, p));
  session::Workload other = w;
  other.seed = 2;
  CHECK_FALSE(inputs == session::make_workload(other, p));
  size_t sends = 0, cancels = 0, writes = 0;
  std::map<uint32_t, size_t> moments;
  for (const sched::Input& i : inputs) {
    sends += i.kind == sched::InputKind::Send;
    cancels += i.kind == sched::InputKind::Cancel;
    if (i.kind != sched::InputKind::Send) continue;
    ++moments[i.time];
    writes += i.text.rfind("write 64", 0) == 0;
    CHECK(run::parse_send(i.text).ok());
  }
  CHECK(sends == 100);
  CHECK(moments.size() == 20);
  CHECK(cancels > 30);
  CHECK(cancels < 70);
  CHECK(writes > 60);
  CHECK(writes < 90);
}

TEST_CASE("a workload is switched on, changed, carried through a switch of mode, switched off") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  const std::string before = s.schedule_text();
  session::Workload w;
  w.count = 30;
  w.cancels = 20;
  w.answers = true;
  w.answer_us = 1500;
  CHECK(s.apply(cmd::SetWorkload{w}).empty());
  s.apply(cmd::End{});
  REQUIRE(s.workload());
  CHECK(s.workload()->workload.sent_reads == 1);
  CHECK(s.moment().after->sent_total >= 31);
  // Everything but what somebody holds by hand comes to its end (R1 keeps the sequential queue).
  CHECK(s.moment().after->done_total > 5);
  w.count = 10;
  CHECK(s.apply(cmd::SetWorkload{w}).empty());
  s.apply(cmd::End{});
  CHECK(s.workload()->workload.count == 10);
  CHECK(s.moment().after->sent_total == 11);
  CHECK(s.apply(cmd::SwitchDispatch{queue(s, "default").id, Dispatch::Parallel}).empty());
  s.apply(cmd::End{});
  REQUIRE(s.workload());
  size_t living = 0;
  for (const model::RequestView& r : s.moment().after->requests) living += r.place != Place::Done;
  CHECK(living == 1);  // R1
  CHECK(s.apply(cmd::SwitchDispatch{queue(s, "default").id, Dispatch::Sequential}).empty());
  CHECK(s.apply(cmd::DropWorkload{}).empty());
  CHECK_FALSE(s.workload());
  CHECK(s.apply(cmd::DropWorkload{}) == "No workload is on.");
  s.apply(cmd::End{});
  CHECK(s.moment().after->sent_total == 1);
}

TEST_CASE("an anchor with a delay: so much after its event, whatever the mode") {
  auto s = sched::Schedule::parse(
      "qs1:7;@0 send=read 16 file=A;@0~own(R1)+1500 order R1=complete ok 16");
  REQUIRE(s.ok());
  CHECK(s->inputs[1].anchor_delay == 1500);
  CHECK(sched::Schedule::parse(s->print())->inputs == s->inputs);
  Session session(program("sandbox"), *s);
  session.apply(cmd::End{});
  CHECK(request(session, "R1").place == Place::Done);
  CHECK(session.moment().after->time == 1500);
}

TEST_CASE("S-10: the n-th allocation from now fails, once") {
  Session s(program("sandbox"));
  act(s, cmd::Do{input(sched::InputKind::Memory, "", "nth=2")});
  act(s, send("write 16 file=A"));
  act(s, send("write 16 file=A"));
  act(s, send("write 16 file=A"));
  CHECK(request(s, "W1").place == Place::Driver);
  CHECK(trace::status_text(request(s, "W2").status) == "STATUS_INSUFFICIENT_RESOURCES");
  CHECK(request(s, "W3").place == Place::Driver);
  CHECK(s.moment().after->memory == trace::MemoryMode::Plenty);
}

TEST_CASE("the lower driver is made slow, failing and deaf while the run goes on") {
  Session s(program("sandbox"));
  act(s, cmd::Do{input(sched::InputKind::Lower, "",
                       "delay_us=500 deaf=on status=STATUS_IO_DEVICE_ERROR")});
  const model::TargetView& target = s.moment().after->targets.front();
  CHECK(target.delay == 500);
  CHECK((target.bits & trace::kTargetDeaf) != 0);
  CHECK((target.bits & trace::kTargetFailing) != 0);
  act(s, send("read 16 file=A"));
  act(s, order("R1", "send"));
  CHECK(request(s, "R1").place == Place::Driver);
  CHECK(s.apply(cmd::Do{input(sched::InputKind::Lower, "", "slow")}).find("delay_us=N") !=
        std::string::npos);
}

TEST_CASE("a set-up file reads back as it was written, and runs the same byte for byte") {
  Session s(program("sandbox"));
  QueueGraph g = two_queues();
  g.device.caller_context = false;
  CHECK(s.apply(cmd::SetGraph{g, "two"}).empty());
  CHECK(s.apply(cmd::SetOption{"verifier=off minor=9"}).empty());
  act(s, send("read 16 file=A"));
  session::Workload w;
  w.count = 12;
  w.cancels = 30;
  w.answers = true;
  CHECK(s.apply(cmd::SetWorkload{w}).empty());
  s.apply(cmd::End{});
  act(s, send("write 16 file=B"));
  session::SetupFile saved = session::setup_of(s);
  saved.title = "Two \"queues\"";
  saved.note = "A backslash \\ too.";
  const std::string text = session::print_setup(saved);
  CAPTURE(text);
  auto read = session::parse_setup(text, "two.toml");
  REQUIRE_MESSAGE(read.ok(), read.error().text());
  CHECK(read->schedule.print() == saved.schedule.print());
  CHECK(*read == saved);
  CHECK(session::print_setup(*read) == text);
  Session again(program("sandbox"));
  CHECK(again.apply(cmd::LoadSetup{*read}).empty());
  CHECK(bytes(*again.branch().execution.trace) == bytes(*s.branch().execution.trace));
  REQUIRE(again.workload());
  CHECK(again.workload()->workload.count == 12);
  CHECK(text.find("[[queue]]") != std::string::npos);
  CHECK(text.find("dispatch = \"par\"") != std::string::npos);
}

TEST_CASE("a switch made on the stage is saved as part of the graph") {
  Session s(program("sandbox"));
  CHECK(s.apply(cmd::SwitchDispatch{queue(s, "default").id, Dispatch::Parallel, 2}).empty());
  const session::SetupFile saved = session::setup_of(s);
  auto read = session::parse_setup(session::print_setup(saved), "x.toml");
  REQUIRE_MESSAGE(read.ok(), read.error().text());
  Session again(program("sandbox"), read->schedule);
  CHECK(again.graph() == s.graph());
  CHECK(queue(again, "default").limit == 2);
}

TEST_CASE("a set-up file that is wrong is refused with file, line, key and what is allowed") {
  CHECK(why_not("title = 3") == "my.toml:1: expected a text in quotes");
  CHECK(why_not("\ncolour = 1")
            .find("my.toml:2: \"colour\" is not a key of a set-up; expected one of") == 0);
  CHECK(why_not("[[queue]]\nname = \"a\"\ndispatch = \"fast\"") ==
        "my.toml:3: dispatch: dispatch cannot be \"fast\"; expected one of seq, par, man");
  CHECK(
      why_not("[[queue]]\nname = \"a\"\nhandlers = [\"reed\"]")
          .find("my.toml:3: handlers: handlers cannot be \"reed\"; expected one of read, write") ==
      0);
  CHECK(why_not("[[queue]]\ndispatch = \"seq\"") == "my.toml:1: this queue has no name");
  CHECK(why_not("[[queue]]\nname = \"a\"\n[[queue]]\nname = \"a\"") ==
        "my.toml:4: there is a queue \"a\" already");
  CHECK(why_not("[device]\nfilter = 1") == "my.toml:2: expected true or false");
  CHECK(why_not("options = [\"verify=on\"]").find("my.toml:1: \"verify=on\" is not an option") ==
        0);
  CHECK(why_not("inputs = [\"0 sent read 16\"]").find("my.toml:1: \"sent\" is not a kind") == 0);
  CHECK(why_not("[workload]\nrate = 0").find("rate cannot be 0; the nearest that is allowed") !=
        std::string::npos);
  CHECK(why_not("[workload]\nspeed = 3").find("my.toml:2: \"speed\" is not a key of [workload]") ==
        0);
  CHECK(why_not("program = \"first-request\"\n[[queue]]\nname = \"a\"").find("creates its own") !=
        std::string::npos);
  CHECK(why_not("program = \"nothing\"").find("my.toml:1: program: There is no program") == 0);
}

TEST_CASE("a set-up is saved in the user's folder, listed, and opened by name and by path") {
  namespace fs = std::filesystem;
  const fs::path home = fs::temp_directory_path() / "queuescope-setup-test";
  fs::remove_all(home);
  setenv("XDG_DATA_HOME", home.c_str(), 1);
  CHECK(session::list_setups().empty());
  Session s(program("sandbox"));
  CHECK(s.apply(cmd::SetGraph{two_queues(), "two"}).empty());
  session::SetupFile setup = session::setup_of(s);
  setup.title = "Two Queues!";
  const std::string path = session::setup_path(setup.title).value();
  CHECK(path == (home / "queuescope/sandbox/two-queues.toml").string());
  auto saved = session::save_setup(setup, path);
  REQUIRE_MESSAGE(saved.ok(), saved.error().text());
  CHECK(session::list_setups() == std::vector<std::string>{"two-queues"});
  for (const std::string& name : {std::string("two-queues.toml"), path}) {
    auto opened = session::open_run(name);
    REQUIRE_MESSAGE(opened.ok(), opened.error().text());
    REQUIRE(opened->setup);
    CHECK(opened->schedule == setup.schedule);
    CHECK(opened->program.name == "sandbox");
  }
  CHECK_FALSE(session::open_run("no-such-file.toml").ok());
  CHECK_FALSE(session::save_setup(setup, "/proc/no/such.toml").ok());
  unsetenv("XDG_DATA_HOME");
  fs::remove_all(home);
}

TEST_CASE("every preset runs as it says: nothing in it is impossible") {
  auto presets = session::load_presets();
  REQUIRE_MESSAGE(presets.ok(), presets.error().text());
  CHECK(presets->size() == 10);
  for (const session::Preset& p : *presets) {
    CAPTURE(p.title);
    Session s(program(p.program));
    CHECK(s.apply(cmd::LoadSetup{p}).empty());
    CHECK(s.impossible().empty());
    CHECK(run::faults_of(s.graph()).empty());
  }
}
