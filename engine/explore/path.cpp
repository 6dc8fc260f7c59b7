#include "explore/path.h"

#include <algorithm>
#include <utility>

namespace qs::explore {

namespace {

uint64_t mixed(uint64_t x) {
  x ^= x >> 30;
  x *= 0xBF58476D1CE4E5B9u;
  x ^= x >> 27;
  x *= 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

uint64_t mixed(uint64_t a, uint64_t b) { return mixed(a * 0x9E3779B97F4A7C15u + b + 1); }

uint64_t bit_of(uint64_t key) { return uint64_t(1) << (mixed(key) & 63); }

}  // namespace

bool depend(const Touched& a, const Touched& b) {
  if (a.all || b.all) return true;
  if ((a.mask & b.mask) == 0) return false;
  auto x = a.touches.begin(), y = b.touches.begin();
  while (x != a.touches.end() && y != b.touches.end()) {
    if (x->key == y->key) {
      if (x->write || y->write) return true;
      ++x, ++y;
    } else {
      x->key < y->key ? ++x : ++y;
    }
  }
  return false;
}

void Path::begin() {
  steps_.clear();
  going_on_ = false;
  processes_.clear();
  by_move_.clear();
  made_.clear();
  last_.clear();
  barrier_ = kNone;
  hash_ = 0;
}

uint64_t Path::hash_of(Move move) const {
  if (const auto known = by_move_.find(move); known != by_move_.end())
    return processes_[known->second].identity;
  if (const auto made = made_.find(move); made != made_.end()) return made->second.first;
  // There from the beginning: it has the same number in every execution.
  return mixed(uint64_t(move.mover) + 1, move.number);
}

uint32_t Path::process_of(Move move) {
  const auto known = by_move_.find(move);
  if (known != by_move_.end()) return known->second;
  Process p;
  p.identity = hash_of(move);
  if (const auto made = made_.find(move); made != made_.end()) p.made_by = made->second.second;
  processes_.push_back(p);
  by_move_.emplace(move, uint32_t(processes_.size() - 1));
  return uint32_t(processes_.size() - 1);
}

void Path::begin_step(Move move, uint32_t node) {
  Step& step = steps_.emplace_back();
  step.move = move;
  step.process = process_of(move);
  step.number = ++processes_[step.process].steps;
  step.node = node;
  going_on_ = true;
}

// What it depends on directly, and itself as what later ones depend on.
void Path::note_touches(Step& step, uint32_t index) {
  const auto depends_on = [&step](uint32_t other) {
    if (other != kNone &&
        std::find(step.direct.begin(), step.direct.end(), other) == step.direct.end())
      step.direct.push_back(other);
  };
  if (const Process& p = processes_[step.process]; p.last == kNone) depends_on(p.made_by);
  depends_on(barrier_);
  if (step.touched.all) {
    for (const Process& p : processes_) depends_on(p.last);
    barrier_ = index;
  }
  for (const Touch& t : step.touched.touches) {
    Last& last = last_[t.key];
    if (last.write != kNone) depends_on(last.write);
    if (!t.write) {
      last.reads.push_back(index);
      continue;
    }
    for (uint32_t read : last.reads) depends_on(read);
    last.reads.clear();
    last.write = index;
  }
}

void Path::close(Step& step, uint32_t index) {
  Process& p = processes_[step.process];
  uint64_t hash = mixed(p.identity, step.number);
  step.before.assign(processes_.size(), 0);
  const auto join = [&](uint32_t other) {
    const Step& o = steps_[other];
    for (size_t i = 0; i < o.before.size(); ++i)
      step.before[i] = std::max(step.before[i], o.before[i]);
    hash += mixed(o.hash);
  };
  if (p.last != kNone) join(p.last);
  for (uint32_t other : step.direct)
    if (other != p.last) join(other);
  step.before[step.process] = step.number;
  step.hash = mixed(hash);
  hash_ += mixed(step.hash, 7);
  p.last = index;
}

void Path::end_step(sched::Footprint& footprint) {
  if (!going_on_) return footprint.clear();
  going_on_ = false;
  const auto index = uint32_t(steps_.size() - 1);
  Step& step = steps_.back();
  if (step.move.mover == sched::Mover::Thread)
    footprint.touch(ObjectId(ObjectKind::Thread, step.move.number).raw, true);
  footprint.tidy();
  step.touched.touches = footprint.touches;
  step.touched.all = footprint.moved_clock;
  for (const Touch& t : step.touched.touches) step.touched.mask |= bit_of(t.key);
  step.woken = footprint.woken;
  note_touches(step, index);
  close(step, index);
  uint64_t child = 0;
  for (uint32_t thread : footprint.threads)
    made_[{sched::Mover::Thread, thread}] = {mixed(step.hash, ++child), index};
  for (uint64_t entry : footprint.entries)
    made_[{sched::Mover::Clock, uint32_t(entry)}] = {mixed(step.hash, ++child), index};
  footprint.clear();
}

}  // namespace qs::explore
