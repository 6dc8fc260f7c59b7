#include "explore/strategy.h"

#include <algorithm>

#include "base/must.h"
#include "base/region.h"

namespace qs::explore {

using sched::Ask;
using sched::ChoicePoint;
using sched::Mover;

void Strategy::begin(size_t from) {
  path_.begin(from);
  footprint_.clear();
  replayed_ = nodes_.size();
  depth_ = from;
}

// Locks of tables that no driver sees are no decisions.
Ask Strategy::asks(const ChoicePoint& at) {
  const Region::Outside outside;
  if (!at.begun) {
    footprint_.clear();
    return Ask::No;
  }
  if (at.after == 0 && at.op == sched::Op::FrameworkLock && !at.object) return Ask::No;
  path_.end_step(footprint_);
  return times_;
}

std::optional<Move> Strategy::next(const ChoicePoint& at, const std::vector<Move>& open) {
  const Region::Outside outside;
  if (depth_ > 0) nodes_[depth_ - 1].idles = at.idle;
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
  const bool same = node.open.size() == open.size() && node.open[0].move == open[0];
  if (!same && loaded_) {
    astray_ = true;
    return {};
  }
  QS_MUST("X-02", at.object, same);
  const Move move = node.open[node.chosen].move;
  path_.begin_step(move, uint32_t(depth_++));
  return move;
}

bool Strategy::fails(uint32_t allocation) {
  allocations_ = std::max(allocations_, allocation);
  // Which of them it is depends on the order of all.
  if (failing_ > 0) footprint_.touch(sched::Footprint::kWorld, sched::Use::Changes);
  return allocation == failing_;
}

void Strategy::end(bool ended) {
  path_.end_step(footprint_);
  if (!nodes_.empty() && depth_ == nodes_.size()) nodes_.back().idles = !ended;
  learn(replayed_ == 0 ? 0 : replayed_ - 1, ended);
}

bool Strategy::another() {
  while (!nodes_.empty()) {
    Node& node = nodes_.back();
    node.open[node.chosen].done = true;
    node.open[node.chosen].touched = path_.steps()[nodes_.size() - 1].touched;
    node.open[node.chosen].touched.idles = node.idles;
    if (take_another(node)) return true;
    nodes_.pop_back();
  }
  return false;
}

std::vector<sched::Pick> Strategy::picks() const {
  std::vector<sched::Pick> out;
  if (failing_ > 0) out.push_back({0, failing_, 0, Mover::Memory});
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

// As if every way of a choice took as long as the others.
double Strategy::share() const {
  double done = 0, each = 1;
  for (const Node& n : nodes_) {
    double ways = 0, over = 0;
    for (const Way& w : n.open) {
      ways += w.done || is_left(n, w);
      over += w.done;
    }
    if (ways == 0) continue;
    each /= ways;
    done += over * each;
  }
  return done;
}

namespace {

void put_touched(Writer& to, const Touched& t) {
  to.number(t.all);
  to.number(t.idles);
  to.number(t.touches.size());
  for (const Touch& touch : t.touches) {
    to.number(touch.key);
    to.number(uint64_t(touch.use));
  }
}

Touched get_touched(Reader& from) {
  Touched out;
  out.all = from.flag();
  out.idles = from.flag();
  out.touches.resize(from.count());
  for (Touch& touch : out.touches) {
    touch.key = from.number();
    touch.use = sched::Use(from.number(uint64_t(sched::Use::Changes)));
  }
  out.set_mask();
  return out;
}

}  // namespace

void Strategy::save(Writer& to) const {
  to.number(failing_);
  to.number(allocations_);
  to.number(nodes_.size());
  for (const Node& n : nodes_) {
    for (uint64_t x : {uint64_t(n.at.ordinal), uint64_t(n.at.after), uint64_t(n.at.begun),
                       uint64_t(n.at.op), uint64_t(n.at.object.raw), uint64_t(n.at.idle),
                       uint64_t(n.chosen), uint64_t(n.spent), uint64_t(n.open.size())})
      to.number(x);
    for (const Way& w : n.open) {
      to.number(uint64_t(w.move.mover));
      to.number(w.move.number);
      to.number(unsigned(w.todo) | unsigned(w.done) << 1 | unsigned(w.asleep) << 2);
      put_touched(to, w.touched);
    }
  }
}

void Strategy::load(Reader& from) {
  constexpr uint64_t kAny = UINT32_MAX;
  loaded_ = true;
  fail(uint32_t(from.number(kAny)));
  allocations_ = uint32_t(from.number(kAny));
  nodes_.resize(from.count());
  for (Node& n : nodes_) {
    n.at.ordinal = uint32_t(from.number(kAny));
    n.at.after = uint32_t(from.number(kAny));
    n.at.begun = from.flag();
    n.at.op = sched::Op(from.number(uint64_t(sched::Op::DriverLock)));
    n.at.object = ObjectId(uint32_t(from.number(kAny)));
    n.at.idle = from.flag();
    n.chosen = uint32_t(from.number(kAny));
    n.spent = uint32_t(from.number(kAny));
    n.open.resize(from.count());
    if (n.chosen >= n.open.size()) return from.refuse();
    for (Way& w : n.open) {
      w.move = {Mover(from.number(uint64_t(Mover::Memory))), uint32_t(from.number(kAny))};
      const uint64_t flags = from.number(7);
      w.todo = flags & 1, w.done = flags & 2, w.asleep = flags & 4;
      w.touched = get_touched(from);
    }
  }
}

// --- every schedule once ---

// Something from outside came while somebody could go on, before its time as far as is known.
bool Reduced::is_early(const Node& node) const {
  return times_ == Ask::AnyTime && !node.at.idle &&
         node.open[node.chosen].move.mover != Mover::Thread;
}

// Whoever could have gone on before the last step, and was tried there or slept, sleeps on when
// that step has nothing to do with what it does.
bool Reduced::enter(Node& node) {
  if (nodes_.size() > 1) {
    const Node& before = nodes_[nodes_.size() - 2];
    const Touched& step = path_.steps().back().touched;
    // Once nobody can go on, what comes moves the clock: it is not what it was before its time, and
    // whoever leaves nobody behind keeps it from coming so.
    const bool early = is_early(before);
    for (const Way& w : before.open) {
      if (!(w.done || w.asleep) || depend(w.touched, step)) continue;
      if (node.at.idle && w.move.mover != Mover::Thread) continue;
      if (early && w.touched.idles) continue;
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
  for (auto j = uint32_t(first_new); j < steps.size(); ++j) {
    learn_of_clock(j);
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
}

// What was taken off the clock never comes in this execution, so that nothing is to be reversed: it
// is to come first. And what came early could have come when nobody was left, if it had waited.
void Reduced::learn_of_clock(uint32_t step) {
  const std::span<const Step> steps = path_.steps();
  Node& node = nodes_[steps[step].node];
  for (uint32_t entry : steps[step].canceled)
    for (Way& w : node.open)
      if (w.move == Move{Mover::Clock, entry} && !w.asleep) w.todo = true;
  if (!node.idles || times_ != Ask::AnyTime) return;
  for (uint32_t i = 0; i < step; ++i)
    if (is_early(nodes_[steps[i].node]) && !path_.before(i, step)) reverse(i, step);
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

void Bounded::save(Writer& to) const {
  Strategy::save(to);
  to.number(cut_);
  to.number(seen_.size());
  seen_.each([&to](uint64_t where, uint32_t switches) {
    to.number(where);
    to.number(switches);
  });
}

void Bounded::load(Reader& from) {
  Strategy::load(from);
  cut_ = from.flag();
  for (size_t n = from.count(); n > 0; --n) {
    const uint64_t where = from.number();
    seen_.at(where, uint32_t(from.number(NumberMap::kNone - 1)));
  }
}

bool Bounded::enter(Node& node) {
  if (!plainly_ && nodes_.size() > 1) {
    // Who ran last matters: for anybody else to go on may be a switch.
    const uint64_t who = node.at.after == 0 ? path_.hash_of(node.open[0].move) : 0;
    constexpr uint32_t kNever = NumberMap::kNone - 1;
    uint32_t& fewest = seen_.at(path_.hash() + who * 0x9E3779B97F4A7C15u, kNever);
    if (fewest <= node.spent) return false;
    fewest = node.spent;
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

bool Bounded::is_left(const Node& node, const Way& way) const {
  const auto n = uint32_t(&way - node.open.data());
  return n >= node.chosen && (!node.is_switch(n) || node.spent < most_);
}

// --- by luck ---

bool Lucky::enter(Node& node) {
  dice_ = dice_ * 6364136223846793005u + 1442695040888963407u;
  node.chosen = uint32_t((dice_ >> 33) % node.open.size());
  return true;
}

}  // namespace qs::explore
