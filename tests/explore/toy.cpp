#include "tests/explore/toy.h"

#include <algorithm>
#include <optional>

namespace qs::test {

using explore::Strategy;
using sched::Move;
using sched::Mover;

namespace {

class Machine {
 public:
  Machine(const Toy& toy, Strategy& strategy) : toy_(toy), strategy_(strategy) {
    next_.resize(toy.size());
    waits_.resize(toy.size());
    said_.resize(toy.size());
  }

  // False: it was given up.
  bool run() {
    std::optional<size_t> running;
    for (uint32_t ordinal = 1;; ++ordinal) {
      std::vector<Move> open;
      const bool goes_on = running && can_run(*running);
      if (goes_on) open.push_back(move_of(*running));
      for (size_t t = 0; t < toy_.size(); ++t)
        if (can_run(t) && !(goes_on && t == *running)) open.push_back(move_of(t));
      if (open.empty() || crashed_) return true;
      const sched::ChoicePoint at{ordinal, goes_on ? 0u : 1u, true, sched::Op::Call, {}};
      if (strategy_.asks(at) == sched::Ask::No) return false;
      const std::optional<Move> move = strategy_.next(at, open);
      if (!move) return false;
      running = move->number - 1;
      step(*running);
    }
  }

  bool crashed() const { return crashed_; }

  std::string end() const {
    std::string out;
    for (const auto& [object, value] : values_) out += std::to_string(object) + "=" + value + " ";
    for (size_t t = 0; t < toy_.size(); ++t)
      out += "| " + said_[t] + (next_[t] < toy_[t].size() ? "stuck " : "");
    return out;
  }

 private:
  bool can_run(size_t t) const { return !waits_[t] && next_[t] < toy_[t].size(); }
  static Move move_of(size_t t) { return {Mover::Thread, uint32_t(t + 1)}; }

  void step(size_t t) {
    const ToyOp op = toy_[t][next_[t]];
    sched::Footprint& f = *strategy_.footprint();
    f.touch(op.object, op.kind == ToyOp::Read    ? sched::Use::Reads
                       : op.kind == ToyOp::Count ? sched::Use::Counts
                                                 : sched::Use::Changes);
    const std::string me = std::string(1, char('a' + t)) + std::to_string(next_[t]);
    switch (op.kind) {
      case ToyOp::Read: said_[t] += values_[op.object] + " "; break;
      case ToyOp::Write: values_[op.object] = me; break;
      case ToyOp::Count: values_[op.object] += '+'; break;
      case ToyOp::Lock:
        if (held_.count(op.object)) {
          waits_[t] = true;
          waiting_[op.object].push_back(t);
          return;
        }
        held_.insert(op.object);
        break;
      case ToyOp::Unlock:
        held_.erase(op.object);
        for (size_t w : waiting_[op.object]) {
          waits_[w] = false;
          f.woken.push_back(uint32_t(w + 1));
          f.touch(ObjectId(ObjectKind::Thread, uint32_t(w + 1)).raw, sched::Use::Changes);
        }
        waiting_[op.object].clear();
        break;
      case ToyOp::Crash:
        crashed_ = true;
        said_[t] += "crash ";
        break;
    }
    ++next_[t];
  }

  const Toy& toy_;
  Strategy& strategy_;
  std::vector<size_t> next_;
  std::vector<bool> waits_;
  std::vector<std::string> said_;
  std::map<uint32_t, std::string> values_;
  std::set<uint32_t> held_;
  std::map<uint32_t, std::vector<size_t>> waiting_;
  bool crashed_ = false;
};

}  // namespace

ToyResult search_toy(const Toy& toy, Strategy& strategy) {
  ToyResult out;
  do {
    strategy.begin();
    Machine machine(toy, strategy);
    const bool whole = machine.run();
    strategy.end(machine.crashed());
    ++out.executions;
    if (machine.crashed()) {
      out.crashes.insert(machine.end().substr(machine.end().find('|')));
    } else if (whole) {
      out.schedules.insert(strategy.path().hash());
      out.ends.insert(machine.end());
    }
  } while (strategy.another());
  out.cut = strategy.cut();
  return out;
}

}  // namespace qs::test
