// One law: what is said to be allowed at a settled state is what the engine then does. Random
// sandboxes and be-the-driver programs; at each settled state acts are made, each in a run of its
// own, and what the menu said is held against what was reported and returned.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "model/queries.h"
#include "session/act_input.h"
#include "tests/session/support.h"
#include "tests/support/seed.h"
#include "trace/words.h"

using namespace qs;
using namespace qs::test;

namespace {

struct Trial {
  ObjectId object;
  LegalCall said;
  Input input;
};

// What the engine did about one order.
struct Outcome {
  bool applied = false, made = false;
  std::vector<std::string> reported;  // rules, of that call alone
  bool hangs = false;                 // Q-14, O-10: the call never returns
  bool has_status = false;
  int32_t status = 0;
  std::string problem;
};

std::optional<int32_t> status_in(const std::string& reason) {
  const size_t at = reason.find("STATUS_");
  if (at == std::string::npos) return {};
  return status_value(reason.substr(at, reason.find_first_of(" .,:;)", at) - at));
}

Outcome made(const Program& program, Schedule schedule, const Trial& trial) {
  schedule.inputs.push_back(trial.input);
  if (std::getenv("QS_LAW_LOG"))  // the last one is what crashed
    std::fprintf(stderr, "%s %s\n", program.name.c_str(), schedule.print().c_str());
  const Execution e = execute(program, schedule);
  const Trace& t = *e.trace;
  Outcome out;
  const InputOutcome* mine = nullptr;
  for (const InputOutcome& o : e.outcomes)
    if (o.from_schedule) mine = &o;
  if (!mine) return out;
  out.applied = mine->applied;
  out.problem = mine->problem;
  size_t i = mine->event;
  while (i < t.size() && t[i].code != EventCode::Answer) ++i;
  if (i == t.size()) return out;
  const uint16_t thread = t[i].thread;
  const ApiFn fn = act_row(trial.said.act).fn;
  auto is_call = [&](const Event& ev, EventCode code) {
    return ev.code == code && ev.thread == thread && ApiFn(ev.a) == fn;
  };
  int depth = 0;
  for (; i < t.size(); ++i) {
    const Event& ev = t[i];
    // A dead handle is found out before the call is entered.
    const bool begins = ev.code == EventCode::CallEnter || ev.code == EventCode::Violation;
    out.made = out.made || (ev.thread == thread && begins);
    if (ev.thread == thread && ev.code == EventCode::CallbackEnter) ++depth;
    if (ev.thread == thread && ev.code == EventCode::CallbackLeave) --depth;
    const bool told = ev.code == EventCode::Violation || ev.code == EventCode::Finding;
    if (told && depth == 0 && ev.thread == thread) out.reported.emplace_back(t.string(ev.a));
    if (depth == 0 && is_call(ev, EventCode::CallLeave)) {
      out.has_status = ev.c == 1;
      out.status = int32_t(ev.b);
      return out;
    }
  }
  out.hangs = true;
  return out;
}

std::string verdict(const Trial& trial, const Outcome& o) {
  const LegalCall& said = trial.said;
  const std::string rule = said.rule;
  if (!o.applied) return "said possible, refused: " + o.problem;
  if (!o.made) return "no call was made";
  const std::string first = o.reported.empty() ? "" : o.reported.front();
  if (rule == "Q-14" || (rule == "O-10" && said.legality == Legality::Illegal))
    return o.hangs ? "" : "said to wait for ever, it returned";
  switch (said.legality) {
    case Legality::Illegal:
      if (first != rule) return "said illegal by " + rule + ", reported '" + first + "'";
      return "";
    case Legality::Discouraged:
      if (!first.empty() && first != rule) return "said " + rule + ", reported " + first;
      break;
    default:
      if (!first.empty()) return "said legal by " + rule + ", reported " + first;
  }
  const auto status = status_in(said.reason);
  if (status && o.has_status && *status != o.status)
    return "said " + status_text(*status) + ", returned " + status_text(o.status);
  return "";
}

class Walk {
 public:
  Walk(Program program, std::mt19937_64& random) : program_(std::move(program)), random_(random) {}

  void go(size_t steps, size_t trials) {
    settings();
    for (size_t step = 0; step < steps; ++step) {
      const Execution now = execute(program_, schedule_);
      if (now.ended) return;
      trace_ = now.trace;
      model_ = Model();
      for (size_t i = 0; i < trace_->size(); ++i) apply(model_, (*trace_)[i]);
      std::vector<Trial> all = possible();
      if (all.empty()) return;
      std::shuffle(all.begin(), all.end(), random_);
      for (size_t i = 0; i < std::min(trials, all.size()); ++i) check(all[i]);
      advance(all);
    }
  }

  static size_t checked;
  static std::map<std::string, std::pair<size_t, std::string>> differences;

 private:
  uint64_t roll(uint64_t n) { return random_() % n; }
  Input at_end(Input input) const {
    input.time = trace_ && trace_->size() ? (*trace_)[trace_->size() - 1].time : 0;
    return input;
  }

  void settings() {
    const char* const words[] = {"dispatch=seq",        "dispatch=par", "dispatch=man",
                                 "scope=queue",         "scope=device", "exec=passive",
                                 "exec=dispatch",       "coq=on",       "dispatch=par limit=1",
                                 "dispatch=par limit=2"};
    if (roll(3) != 0) {
      Input o;
      o.kind = InputKind::Override;
      o.subject = "default";
      o.text = words[roll(std::size(words))];
      schedule_.inputs.push_back(o);
    }
    Input v;
    v.kind = InputKind::Option;
    v.text = roll(3) == 0 ? "verifier=off" : "verifier=on";
    schedule_.inputs.push_back(v);
  }

  Input command(ObjectId id, Act act) const {
    const std::string name = trace_->name(id);
    if (!is_order(act)) return act_input(act, name);
    Order order;
    order.act = act;
    if (const RequestView* r = model_.request(id)) {
      if (act == Act::RetrieveFound) {
        order.request = name;
        return order_input(trace_->name(r->queue), order);
      }
      order = typical_order(act, *r);
      if (act == Act::Complete) order.act = Act::Complete;  // as the menu's rule says it
    }
    if (act == Act::RetrieveByFile && !model_.files.empty())
      order.file = trace_->name(model_.files.front().id);
    return order_input(name, order);
  }

  void offer(std::vector<Trial>& out, ObjectId id) const {
    for (const LegalCall& call : legal_calls(model_, id)) {
      if (call.legality == Legality::Impossible || !is_order(call.act)) continue;
      if (call.act == Act::Forward) {
        for (const ForwardChoice& choice : forward_choices(model_, id)) {
          if (choice.legality == Legality::Impossible) continue;
          LegalCall one = call;
          one.legality = choice.legality;
          one.reason = choice.reason;
          one.rule = choice.rule;
          Order order;
          order.act = Act::Forward;
          order.queue = trace_->name(choice.queue);
          out.push_back({id, one, at_end(order_input(trace_->name(id), order))});
        }
        continue;
      }
      out.push_back({id, call, at_end(command(id, call.act))});
    }
  }

  std::vector<Trial> possible() const {
    std::vector<Trial> out;
    for (const RequestView& r : model_.requests)
      if (r.type != RequestType::Create) offer(out, r.id);
    for (const QueueView& q : model_.queues)
      if (!(q.config & kConfigInternal)) offer(out, q.id);
    for (const TargetView& t : model_.targets) offer(out, t.id);
    return out;
  }

  void check(const Trial& trial) {
    const Outcome o = made(program_, schedule_, trial);
    // Nobody asks: that is said beside the menu ("the driver decides by itself").
    if (o.problem.find("is not asking") != std::string::npos) return;
    ++checked;
    const std::string why = verdict(trial, o);
    if (why.empty()) return;
    const std::string kind = std::string(act_row(trial.said.act).name) + ": " + why;
    auto& [count, example] = differences[kind];
    if (count++ > 0) return;
    Schedule s = schedule_;
    s.inputs.push_back(trial.input);
    example = program_.name + " " + s.print();
    if (const RequestView* r = model_.request(trial.object)) example += "\n    " + state_name(*r);
  }

  void outside(std::vector<Input>& out) {
    const char* const sends[] = {"read 16", "write 8",        "ioctl 16 out=16",
                                 "read 0",  "read 16 irql=2", "read 64 precancel"};
    Input send;
    send.kind = InputKind::Send;
    send.text = sends[roll(std::size(sends))];
    out.push_back(send);
    for (const RequestView& r : model_.requests)
      if (r.place != Place::Done && r.type != RequestType::Create)
        out.push_back(act_input(Act::CancelFromApp, trace_->name(r.id)));
    if (roll(4) == 0) out.push_back(act_input(Act::PowerDown));
    if (roll(2) == 0) out.push_back(act_input(Act::PowerUp));
  }

  void advance(const std::vector<Trial>& all) {
    std::vector<Input> next;
    outside(next);
    if (roll(2) == 0 || next.empty()) {
      for (const Trial& t : all)
        if (t.said.legality == Legality::Legal && act_row(t.said.act).group != ActGroup::Unlisted) {
          next.assign(1, t.input);
          if (roll(3) == 0) break;
        }
    }
    schedule_.inputs.push_back(at_end(next[roll(next.size())]));
  }

  Program program_;
  std::mt19937_64& random_;
  Schedule schedule_;
  std::shared_ptr<Trace> trace_;
  Model model_;
};

size_t Walk::checked = 0;
std::map<std::string, std::pair<size_t, std::string>> Walk::differences;

}  // namespace

TEST_CASE("random acts: the menu's ruling, rule and status are the engine's") {
  QS_TEST_SEED(seed, 41);
  std::mt19937_64 random(seed);
  const char* const names[] = {"sandbox",
                               "sandbox",
                               "be-the-driver",
                               "be-the-driver-parallel",
                               "be-the-driver-manual",
                               "be-the-driver-cancel"};
  const char* many = std::getenv("QS_LAW_ROUNDS");
  const size_t rounds = many ? std::strtoul(many, nullptr, 10) : 40;
  Walk::checked = 0;
  Walk::differences.clear();
  for (size_t i = 0; i < rounds; ++i)
    Walk(program(names[random() % std::size(names)]), random).go(14, 8);
  MESSAGE(Walk::checked, " acts, ", Walk::differences.size(), " kinds of difference");
  for (const auto& [kind, where] : Walk::differences)
    FAIL_CHECK(where.first << " times " << kind << "\n  " << where.second);
  CHECK(Walk::checked > rounds * 20);
}
