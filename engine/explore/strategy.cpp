#include "explore/strategy.h"

#include <algorithm>

#include "base/must.h"

namespace qs::explore {

using sched::Ask;
using sched::Mover;
using sched::Point;

void Strategy::begin() {
  path_.begin();
  footprint_.clear();
  replayed_ = nodes_.size();
  depth_ = 0;
}

// Locks of tables that no driver sees are no decisions.
Ask Strategy::asks(const Point& at) {
  if (!at.begun) {
    footprint_.clear();
    return Ask::No;
  }
  if (at.after == 0 && at.op == sched::Op::FrameworkLock && !at.object) return Ask::No;
  path_.end_step(footprint_);
  return times_;
}

std::optional<Move> Strategy::next(const Point& at, const std::vector<Move>& open) {
  if (depth_ == nodes_.size()) {
    Node& node = nodes_.emplace_back();
    node.at = at;
    node.open.reserve(open.size());
    for (const Move& m : open) node.open.push_back({m, false, false, false, {}});
    if (depth_ > 0) {
      const Node& before = nodes_[depth_ - 1];
      node.spent = before.spent + before.is_switch(before.chosen);
    }
    if (!enter(node)) {
      nodes_.pop_back();
      return {};
    }
  }
  const Node& node = nodes_[depth_];
  QS_MUST("X-02", at.object, node.open.size() == open.size() && node.open[0].move == open[0]);
  const Move move = node.open[node.chosen].move;
  path_.begin_step(move, uint32_t(depth_++));
  return move;
}

bool Strategy::fails(uint32_t) { return false; }

void Strategy::end(bool ended) {
  path_.end_step(footprint_);
  learn(replayed_ == 0 ? 0 : replayed_ - 1, ended);
}

bool Strategy::another() {
  while (!nodes_.empty()) {
    Node& node = nodes_.back();
    node.open[node.chosen].done = true;
    node.open[node.chosen].touched = path_.steps()[nodes_.size() - 1].touched;
    if (take_another(node)) return true;
    nodes_.pop_back();
  }
  return false;
}

std::vector<sched::Pick> Strategy::picks() const {
  std::vector<sched::Pick> out;
  for (const Node& n : nodes_)
    if (n.chosen != 0) {
      const Move m = n.open[n.chosen].move;
      out.push_back({n.at.ordinal, m.number, n.at.after, m.mover});
    }
  return out;
}

uint32_t Strategy::switches() const {
  return nodes_.empty() ? 0 : nodes_.back().spent + nodes_.back().is_switch(nodes_.back().chosen);
}

// --- every schedule once ---

// Whoever could have gone on before the last step, and was tried there or slept, sleeps on when
// that step has nothing to do with what it does.
bool Reduced::enter(Node& node) {
  if (nodes_.size() > 1) {
    const Node& before = nodes_[nodes_.size() - 2];
    const Touched& step = path_.steps().back().touched;
    for (const Way& w : before.open) {
      if (!(w.done || w.asleep) || depend(w.touched, step)) continue;
      for (Way& mine : node.open)
        if (mine.move == w.move) mine.asleep = true, mine.touched = w.touched;
    }
  }
  for (uint32_t i = 0; i < node.open.size(); ++i) {
    if (node.open[i].asleep) continue;
    node.chosen = i;
    node.open[i].todo = true;
    return true;
  }
  return false;
}

bool Reduced::take_another(Node& node) {
  for (uint32_t i = 0; i < node.open.size(); ++i) {
    const Way& w = node.open[i];
    if (!w.todo || w.done || w.asleep) continue;
    node.chosen = i;
    return true;
  }
  return false;
}

// Steps that depend on each other and nothing in between orders them: the other order is to be
// tried, too.
void Reduced::learn(size_t first_new, bool ended) {
  const std::span<const Step> steps = path_.steps();
  // The end of a run keeps everybody from going on: each of them is to go first, too.
  if (ended && !nodes_.empty())
    for (Way& w : nodes_.back().open) w.todo = true;
  for (auto j = uint32_t(first_new); j < steps.size(); ++j)
    for (uint32_t i : steps[j].direct) {
      if (steps[i].process == steps[j].process) continue;
      const bool others = std::any_of(steps[j].direct.begin(), steps[j].direct.end(),
                                      [&](uint32_t k) { return k != i && path_.before(i, k); });
      const bool own = steps[j].number > 1 && steps[i].process < steps[j].before.size() && [&] {
        for (uint32_t k = j; k-- > i;)
          if (steps[k].process == steps[j].process) return path_.before(i, k);
        return false;
      }();
      if (!others && !own) reverse(i, j);
    }
}

void Reduced::reverse(uint32_t first, uint32_t second) {
  const std::span<const Step> steps = path_.steps();
  const Step& j = steps[second];
  const Step& i = steps[first];
  if (j.move.mover == Mover::Thread &&
      std::find(i.woken.begin(), i.woken.end(), j.move.number) != i.woken.end())
    return;  // it could not go on before
  Node& node = nodes_[i.node];
  std::vector<uint32_t> then;  // what can happen without `first`, in order
  for (uint32_t k = first + 1; k < second; ++k)
    if (!path_.before(first, k)) then.push_back(k);
  then.push_back(second);
  Way* wanted = nullptr;
  for (size_t at = 0; at < then.size(); ++at) {
    const bool initial = std::none_of(then.begin(), then.begin() + long(at),
                                      [&](uint32_t k) { return path_.before(k, then[at]); });
    if (!initial) continue;
    for (Way& w : node.open) {
      if (w.move != steps[then[at]].move) continue;
      if (w.todo || w.done || w.asleep) return;
      if (!wanted) wanted = &w;
    }
  }
  if (wanted) wanted->todo = true;
}

// --- up to so many switches ---

bool Bounded::enter(Node& node) {
  if (!plainly_ && nodes_.size() > 1) {
    // Who ran last matters: for anybody else to go on may be a switch.
    const uint64_t who = node.at.after == 0 ? path_.hash_of(node.open[0].move) : 0;
    const auto [at, is_new] = seen_.emplace(path_.hash() + who * 0x9E3779B97F4A7C15u, node.spent);
    if (!is_new && at->second <= node.spent) return false;
    at->second = node.spent;
  }
  node.chosen = 0;
  return true;
}

bool Bounded::take_another(Node& node) {
  for (uint32_t i = node.chosen + 1; i < node.open.size(); ++i) {
    if (node.is_switch(i) && node.spent >= most_) {
      cut_ = true;
      continue;
    }
    node.chosen = i;
    return true;
  }
  return false;
}

}  // namespace qs::explore
