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

void Touched::set_mask() {
  mask = 0;
  for (const Touch& t : touches) mask |= bit_of(t.key);
}

bool depend(const Touched& a, const Touched& b) {
  if (a.all || b.all) return true;
  if ((a.mask & b.mask) == 0) return false;
  auto x = a.touches.begin(), y = b.touches.begin();
  while (x != a.touches.end() && y != b.touches.end()) {
    if (x->key == y->key) {
      if (sched::depend(x->use, y->use)) return true;
      ++x, ++y;
    } else {
      x->key < y->key ? ++x : ++y;
    }
  }
  return false;
}

void Path::begin(size_t steps) {
  going_on_ = false;
  for (; count_ > steps; --count_) undo(steps_[count_ - 1]);
  if (steps > 0) return;
  count_ = 0;
  processes_.clear();
  for (auto& known : known_) known.clear();
  keys_.clear();
  last_.clear();
  reads_.clear();
  changes_.clear();
  makings_.clear();
  barrier_ = kNone;
  hash_ = 0;
}

void Path::undo(const Step& step) {
  for (; makings_.size() > step.makings_before; makings_.pop_back())
    know(makings_.back().move) = makings_.back().before;
  for (; changes_.size() > step.changes_before; changes_.pop_back())
    last_[changes_.back().last] = changes_.back().before;
  reads_.resize(step.reads_before);
  hash_ = step.hash_before;
  barrier_ = step.barrier_before;
  Process& p = processes_[step.process];
  p.last = step.last_before;
  --p.steps;
  if (processes_.size() == step.processes_before) return;
  processes_.resize(step.processes_before);
  know(step.move).process = kNone;
}

const Path::Known* Path::known(Move move) const {
  const auto& all = known_[size_t(move.mover)];
  return move.number < all.size() && all[move.number].identity ? &all[move.number] : nullptr;
}

// Who was there from the beginning has the same number in every execution.
uint64_t Path::from_the_start(Move move) const {
  return mixed(uint64_t(move.mover) + 1 + (world_ << 8), move.number) | 1;
}

Path::Known& Path::know(Move move) {
  auto& all = known_[size_t(move.mover)];
  if (all.size() <= move.number) all.resize(move.number + 1);
  Known& k = all[move.number];
  if (k.identity == 0) k.identity = from_the_start(move);
  return k;
}

void Path::made(Move move, uint64_t identity, uint32_t step) {
  Known& k = know(move);
  makings_.push_back({move, k});
  k.identity = identity | 1;
  k.made_by = step;
  k.process = kNone;
}

uint64_t Path::hash_of(Move move) const {
  const Known* k = known(move);
  return k ? k->identity : from_the_start(move);
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

uint32_t Path::last(uint64_t key) {
  const uint32_t at = keys_.at(key, uint32_t(last_.size()));
  if (at == last_.size()) last_.emplace_back();
  return at;
}

void Path::change(uint32_t last, Last now) {
  changes_.push_back({last, last_[last]});
  last_[last] = now;
}

void Path::begin_step(Move move, uint32_t node) {
  if (steps_.size() == count_) steps_.emplace_back();
  Step& step = steps_[count_++];
  step.hash_before = hash_;
  step.processes_before = uint32_t(processes_.size());
  step.barrier_before = barrier_;
  step.changes_before = changes_.size();
  step.reads_before = reads_.size();
  step.makings_before = makings_.size();
  step.direct.clear();
  step.move = move;
  step.process = process_of(move);
  step.last_before = processes_[step.process].last;
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
    const uint32_t at = last(t.key);
    const Last before = last_[at];
    depends_on(before.change);
    const auto depends_on_all = [&](uint32_t newest) {
      for (uint32_t r = newest; r != kNone; r = reads_[r].before) depends_on(reads_[r].step);
    };
    if (t.use != sched::Use::Reads) depends_on_all(before.reads);
    if (t.use != sched::Use::Counts) depends_on_all(before.counts);
    Last now = before;
    if (t.use == sched::Use::Changes) {
      now = {index, kNone, kNone};
    } else {
      uint32_t& newest = t.use == sched::Use::Reads ? now.reads : now.counts;
      reads_.push_back({index, newest});
      newest = uint32_t(reads_.size() - 1);
    }
    change(at, now);
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
    footprint.touch(ObjectId(ObjectKind::Thread, step.move.number).raw, sched::Use::Changes);
  footprint.tidy();
  step.touched.touches.assign(footprint.touches.begin(), footprint.touches.end());
  step.touched.all = footprint.moved_clock;
  step.touched.set_mask();
  step.woken.assign(footprint.woken.begin(), footprint.woken.end());
  step.canceled.assign(footprint.canceled.begin(), footprint.canceled.end());
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
