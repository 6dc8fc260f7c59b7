// One law: what is said to be allowed at a settled state is what the engine then does. Random
// sandboxes, be-the-driver programs and all lessons; at each settled state acts are made, each in a
// run of its own: every act there is (include/qs/acts.inc), of the driver and of others. What the
// menu said of it is held against what was reported, returned and came of it.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>

#include "model/queries/queries.h"
#include "session/act_input.h"
#include "tests/session/law_outcome.h"
#include "tests/session/support.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;
using sched::Input;
using trace::Act;

namespace {

class Walk {
 public:
  Walk(run::Program program, std::mt19937_64& random)
      : program_(std::move(program)), random_(random) {}

  void go(size_t steps, size_t trials) {
    settings();
    for (size_t step = 0; step < steps; ++step) {
      const run::Execution now = run::execute(program_, schedule_);
      if (now.ended) return;
      trace_ = now.trace;
      model_ = model::Model();
      for (size_t i = 0; i < trace_->size(); ++i) model::apply(model_, (*trace_)[i]);
      std::vector<Trial> all = possible();
      if (all.empty()) return;
      std::shuffle(all.begin(), all.end(), random_);
      for (size_t i = 0; i < std::min(trials, all.size()); ++i) check(all[i]);
      advance(all);
    }
  }

  static size_t checked;
  static std::array<size_t, size_t(Act::Count)> tried;
  static std::map<std::string, std::pair<size_t, std::string>> differences;

 private:
  uint64_t roll(uint64_t n) { return random_() % n; }
  // A microsecond after the last event: what the clock brings at that instant comes first.
  Input at_end(Input input) const {
    input.time = trace_ && trace_->size() ? (*trace_)[trace_->size() - 1].time + 1 : 0;
    return input;
  }

  // What the driver of the sandbox is told to create: also queues for opens, filters, callers'
  // contexts.
  run::QueueGraph graph() {
    run::QueueGraph g;
    g.device.filter = roll(6) == 0;
    g.device.caller_context = roll(4) == 0;
    g.device.scope = run::SetupScope(roll(4));
    g.device.level = run::SetupLevel(roll(3));
    const char* const names[] = {"first", "second", "third", "opens"};
    for (size_t i = 0; i < std::size(names); ++i) {
      run::QueueSetup q;
      q.name = names[i];
      q.dispatch = trace::Dispatch(1 + roll(3));
      q.is_default = i == 0;
      if (i == 1 && roll(2) == 0) q.routes = run::setup_bit(run::SetupRoute::Write);
      if (i == 3 && roll(2) == 0) q.routes = run::setup_bit(run::SetupRoute::Create);
      q.handlers = run::kAllHandlers & ~(roll(2) ? 0 : run::setup_bit(run::SetupHandler::Stop));
      if (roll(2)) q.handlers &= ~setup_bit(run::SetupHandler::Canceled);
      if (q.dispatch == trace::Dispatch::Manual) q.handlers &= ~run::kPresentHandlers;
      if (q.dispatch == trace::Dispatch::Parallel && roll(2)) q.limit = uint32_t(1 + roll(2));
      q.zero_length = roll(2) == 0;
      q.scope = run::SetupScope(roll(4));
      q.level = run::SetupLevel(roll(3));
      q.power = run::SetupPower(roll(3));
      g.queues.push_back(std::move(q));
    }
    return g;
  }

  void settings() {
    if (program_.asks_setup() && roll(2) == 0) {
      run::QueueGraph g = graph();
      for (int tries = 0; tries < 20 && !run::faults_of(g).empty(); ++tries) g = graph();
      schedule_.inputs = run::graph_inputs(g);
    }
    const char* const words[] = {"dispatch=seq",        "dispatch=par", "dispatch=man",
                                 "scope=queue",         "scope=device", "exec=passive",
                                 "exec=dispatch",       "coq=on",       "dispatch=par limit=1",
                                 "dispatch=par limit=2"};
    if (schedule_.inputs.empty() && roll(3) != 0) {
      Input o;
      o.kind = sched::InputKind::Override;
      o.subject = "default";
      o.text = words[roll(std::size(words))];
      schedule_.inputs.push_back(o);
    }
    Input v;
    v.kind = sched::InputKind::Option;
    v.text = roll(3) == 0 ? "verifier=off" : "verifier=on";
    schedule_.inputs.push_back(v);
  }

  Input command(ObjectId id, Act act) const {
    const std::string name = trace_->name(id);
    trace::Order order;
    order.act = act;
    if (const model::RequestView* r = model_.request(id)) {
      if (act == Act::RetrieveFound) {
        order.request = name;
        return session::order_input(trace_->name(r->queue), order);
      }
      order = model::typical_order(act, *r);
      if (act == Act::Complete) order.act = Act::Complete;  // as the menu's rule says it
    }
    if (act == Act::RetrieveByFile && !model_.files.empty())
      order.file = trace_->name(model_.files.front().id);
    return session::order_input(name, order);
  }

  void offer(std::vector<Trial>& out, ObjectId id) const {
    for (const model::LegalCall& call : model::legal_calls(model_, id)) {
      if (trace::is_order(call.act))
        offer_order(out, id, call);
      else
        offer_outside(out, id, call);
    }
  }

  void offer_order(std::vector<Trial>& out, ObjectId id, const model::LegalCall& call) const {
    // Of what is impossible there is nothing to make the call on.
    if (call.legality == model::Legality::Impossible || !program_.takes_orders) return;
    if (call.act == Act::RetrieveByFile && model_.files.empty()) return;  // of which?
    if (call.act != Act::Forward) {
      out.push_back({id, call, at_end(command(id, call.act))});
      return;
    }
    for (const model::ForwardChoice& choice : model::forward_choices(model_, id)) {
      if (choice.legality == model::Legality::Impossible) continue;
      model::LegalCall one = call;
      one.legality = choice.legality;
      one.reason = choice.reason;
      one.rule = choice.rule;
      trace::Order order;
      order.act = Act::Forward;
      order.queue = trace_->name(choice.queue);
      out.push_back({id, one, at_end(session::order_input(trace_->name(id), order))});
    }
  }

  void offer_outside(std::vector<Trial>& out, ObjectId id, const model::LegalCall& call) const {
    const std::string name = trace_->name(id);
    if (const model::DeviceView* d = model_.device(id); d && d->id != model_.devices.front().id)
      return;  // inputs go to the first
    Input input =
        session::act_input(call.act, id.kind() == ObjectKind::Device ? std::string() : name);
    if (call.act == Act::Send) {
      if (id.kind() != ObjectKind::FileObject) return;  // of one handle after the other
      const model::FileView* f = model_.file(id);
      input.subject = trace_->name(f->app);
      input.text = "read 16 file=" + name;
    }
    if (call.act == Act::OpenHandle) {
      input.subject = "handle" + std::to_string(schedule_.inputs.size());
      input.text = name;
    }
    if (call.act == Act::SetLimit) input.text = "limit=2";
    if (call.act == Act::SetScope) input.text = "scope=none";
    if (call.act == Act::SetExecutionLevel) {
      const model::QueueView* q = model_.queue(id);
      if (q->scope() == trace::SyncScope::Device) return;  // has to go with the device's (O-07)
      input.text = "exec=passive";
    }
    // Reserved requests have no name that an input could hold, and no application sent them.
    if (input.subject.find(' ') != std::string::npos) return;
    const bool no = call.legality == model::Legality::Impossible;
    if (input.kind == sched::InputKind::Override && no && call.reason.find("it is ") == 0) return;
    if (input.kind == sched::InputKind::Override && no && call.act != Act::SetLimit &&
        overridden(name))
      return;  // a queue that was made manual has given its handlers up; the session knows them
    out.push_back({id, call, at_end(input)});
  }

  bool overridden(const std::string& queue) const {
    return std::any_of(schedule_.inputs.begin(), schedule_.inputs.end(), [&](const Input& i) {
      return i.kind == sched::InputKind::Override && i.subject == queue;
    });
  }

  std::vector<Trial> possible() const {
    std::vector<Trial> out;
    for (const model::RequestView& r : model_.requests) offer(out, r.id);
    for (const model::QueueView& q : model_.queues)
      if (!(q.config & trace::kConfigInternal)) offer(out, q.id);
    for (const model::TargetView& t : model_.targets) offer(out, t.id);
    for (const model::DeviceView& d : model_.devices) offer(out, d.id);
    for (const model::AppView& a : model_.apps) offer(out, a.id);
    for (const model::FileView& f : model_.files) offer(out, f.id);
    return out;
  }

  void check(const Trial& trial) {
    const Outcome o = outcome_of(program_, schedule_, trial);
    // Nobody asks: that is said beside the menu ("the driver decides by itself").
    if (o.problem.find("is not asking") != std::string::npos) return;
    ++checked;
    ++tried[size_t(trial.said.act)];
    const std::string why = difference(trial, o);
    if (why.empty()) return;
    const std::string kind = std::string(trace::act_row(trial.said.act).name) + ": " + why;
    auto& [count, example] = differences[kind];
    if (count++ > 0) return;
    sched::Schedule s = schedule_;
    s.inputs.push_back(trial.input);
    example = program_.name + " " + s.print();
    if (const model::RequestView* r = model_.request(trial.object))
      example += "\n    " + model::state_name(*r);
  }

  Input random_send() {
    const char* const sends[] = {"read 16", "write 8",        "ioctl 16 out=16",
                                 "read 0",  "read 16 irql=2", "read 64 precancel"};
    Input send;
    send.kind = sched::InputKind::Send;
    send.text = sends[roll(std::size(sends))];
    return send;
  }

  // One of the acts that are said to be legal: mostly what goes on, seldom what ends things.
  void advance(const std::vector<Trial>& all) {
    std::vector<const Trial*> orders, others;
    for (const Trial& t : all) {
      const Act act = t.said.act;
      const bool ends = act == Act::Remove || act == Act::SurpriseRemove || act == Act::AppExit;
      if (t.said.legality != model::Legality::Legal || t.input.kind == sched::InputKind::Override)
        continue;
      if (trace::act_row(act).group == trace::ActGroup::Unlisted || (ends && roll(6) != 0))
        continue;
      (trace::is_order(act) ? orders : others).push_back(&t);
    }
    const auto& from = orders.empty() || roll(2) == 0 ? others : orders;
    if (from.empty() || roll(3) == 0)
      schedule_.inputs.push_back(at_end(random_send()));
    else
      schedule_.inputs.push_back(from[roll(from.size())]->input);
  }

  run::Program program_;
  std::mt19937_64& random_;
  sched::Schedule schedule_;
  std::shared_ptr<trace::Trace> trace_;
  model::Model model_;
};

size_t Walk::checked = 0;
std::array<size_t, size_t(Act::Count)> Walk::tried;
std::map<std::string, std::pair<size_t, std::string>> Walk::differences;

}  // namespace

TEST_CASE("random acts: the menu's ruling, rule and status are the engine's") {
  QS_TEST_SEED(seed, 41);
  std::mt19937_64 random(seed);
  std::vector<std::string> names;
  for (const session::ProgramInfo& p : session::list_programs()) names.push_back(p.name);
  const std::vector<std::string> asking = {"sandbox",
                                           "sandbox",
                                           "be-the-driver",
                                           "be-the-driver-parallel",
                                           "be-the-driver-manual",
                                           "be-the-driver-cancel"};
  const char* many = std::getenv("QS_LAW_ROUNDS");
  const size_t rounds = many ? std::strtoul(many, nullptr, 10) : 40;
  Walk::checked = 0;
  Walk::tried.fill(0);
  Walk::differences.clear();
  for (size_t i = 0; i < rounds; ++i) {
    const auto& from = random() % 4 == 0 ? names : asking;
    Walk(program(from[random() % from.size()]), random).go(14, 8);
  }
  MESSAGE(Walk::checked, " acts, ", Walk::differences.size(), " kinds of difference");
  for (const auto& [kind, where] : Walk::differences)
    FAIL_CHECK(where.first << " times " << kind << "\n  " << where.second);
  CHECK(Walk::checked > rounds * 20);
  std::string never;
  for (Act act = Act::Complete; act < Act::Count; act = Act(int(act) + 1))
    if (Walk::tried[size_t(act)] == 0) never += std::string(" ") + trace::act_row(act).name;
  CHECK_MESSAGE(never == "", "never tried:", never);
}

TEST_CASE("V-25 enqueueing what is at a target ends the run, with the verifier on, too") {
  for (const char* verifier : {"on", "off"}) {
    const auto schedule = sched::Schedule::parse(
        std::string("qs1:7;@0 setup *=caller=on;@0 setup first=default dispatch=man;"
                    "@0 option=verifier=") +
        verifier +
        ";@4001 target I/O target 1=stop leave;@4002 send=read 16;@4003 order R1=sendsync;"
        "@4004 order R1=enqueue");
    REQUIRE(schedule);
    const run::Execution e = run::execute(program("be-the-driver-parallel"), *schedule);
    std::string reported;
    for (size_t i = 0; i < e.trace->size(); ++i)
      if ((*e.trace)[i].code == trace::EventCode::Violation)
        reported += std::string(e.trace->string((*e.trace)[i].a)) + " ";
    CHECK(e.ended);
    CHECK(reported == "V-25 ");
  }
}
