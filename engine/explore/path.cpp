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
  count_ = 0;
  going_on_ = false;
  processes_.clear();
  for (auto& known : known_) known.clear();
  keys_.clear();
  last_used_ = 0;
  barrier_ = kNone;
  hash_ = 0;
}

const Path::Known* Path::known(Move move) const {
  const auto& all = known_[size_t(move.mover)];
  return move.number < all.size() && all[move.number].identity ? &all[move.number] : nullptr;
}

// Who was there from the beginning has the same number in every execution.
Path::Known& Path::know(Move move) {
  auto& all = known_[size_t(move.mover)];
  if (all.size() <= move.number) all.resize(move.number + 1);
  Known& k = all[move.number];
  if (k.identity == 0) k.identity = mixed(uint64_t(move.mover) + 1, move.number) | 1;
  return k;
}

void Path::made(Move move, uint64_t identity, uint32_t step) {
  Known& k = know(move);
  k.identity = identity | 1;
  k.made_by = step;
}

uint64_t Path::hash_of(Move move) const {
  const Known* k = known(move);
  return k ? k->identity : mixed(uint64_t(move.mover) + 1, move.number) | 1;
}

uint32_t Path::process_of(Move move) {
  Known& k = know(move);
  if (k.process != kNone) return k.process;
  Process p;
  p.identity = k.identity;
  p.made_by = k.made_by;
  processes_.push_back(p);
  return k.process = uint32_t(processes_.size() - 1);
}

Path::Last& Path::last(uint64_t key) {
  const auto [at, is_new] = keys_.emplace(key, uint32_t(last_used_));
  if (!is_new) return last_[at->second];
  if (last_.size() == last_used_) last_.emplace_back();
  Last& l = last_[last_used_++];
  l.write = kNone;
  l.reads.clear();
  return l;
}

void Path::begin_step(Move move, uint32_t node) {
  if (steps_.size() == count_) steps_.emplace_back();
  Step& step = steps_[count_++];
  step.touched.mask = 0;
  step.direct.clear();
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
    Last& l = last(t.key);
    depends_on(l.write);
    if (!t.write) {
      l.reads.push_back(index);
      continue;
    }
    for (uint32_t read : l.reads) depends_on(read);
    l.reads.clear();
    l.write = index;
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
  const auto index = uint32_t(count_ - 1);
  Step& step = steps_[index];
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
    made({sched::Mover::Thread, thread}, mixed(step.hash, ++child), index);
  for (uint64_t entry : footprint.entries)
    made({sched::Mover::Clock, uint32_t(entry)}, mixed(step.hash, ++child), index);
  footprint.clear();
}

}  // namespace qs::explore
