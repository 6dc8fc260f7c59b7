#include "explore/player.h"

#include <utility>

#include "base/must.h"
#include "kmdf/core/crash.h"
#include "kmdf/core/variables.h"

namespace qs::explore {

namespace {
constexpr size_t kEvery = 6;                      // choices from one copy to the next
constexpr size_t kMostBytes = size_t(256) << 20;  // of all copies
}  // namespace

Player::Player(const run::Program& program, const sched::Schedule& base, Strategy& strategy,
               sched::FiberKind fibers)
    : program_(program), base_(base), strategy_(strategy), fibers_(fibers) {
  if (fibers != sched::FiberKind::Context) return;
  region_ = Region::make();
  if (!region_) return;
  if (const auto variables = kmdf::driver_variables(); variables.bytes > 0)
    region_->include(variables.begin, variables.bytes);
  run::Run(program_, base_, fibers_).finish();  // statics are made now, outside
  kmdf::watch_standstill(false);
}

Player::~Player() {
  if (!region_) return;
  kmdf::watch_standstill(false);
  const Region::Inside inside(region_.get());
  run_.reset();
  stacks_.reset();
}

const run::Run& Player::play() {
  if (region_ && run_ && points_.empty()) return *run_;  // nothing was to choose: it is the same
  if (!region_) {
    run_.reset();
    strategy_.begin();
    run_ = std::make_unique<run::Run>(program_, base_, strategy_, strategy_.footprint(), fibers_);
    run_->finish();
  } else {
    kmdf::watch_standstill(false);
    run_ ? set_back() : begin();
    kmdf::watch_standstill(true);
    for (;;) {
      const Region::Inside inside(region_.get());
      if (!run_->step()) break;
      if (run_->asks() && worth_a_copy()) save();
    }
  }
  strategy_.end(run_->ended());
  return *run_;
}

void Player::begin() {
  strategy_.begin();
  const Region::Inside inside(region_.get());
  stacks_ = sched::make_region_fibers(*region_);
  run_ = std::make_unique<run::Run>(program_, base_, strategy_, strategy_.footprint(), *stacks_);
}

void Player::set_back() {
  for (; points_.size() > 1 && points_.back().depth > strategy_.same(); points_.pop_back()) {
    bytes_ -= points_.back().copy.bytes();
    spare_.push_back(std::move(points_.back()));
  }
  QS_MUST("X-02", {}, !points_.empty());
  region_->restore(points_.back().copy);
  run_->was_set_back();
  strategy_.begin(points_.back().depth);
  saved_ += points_.back().depth;
}

// Before the first choice; now and then; and where the execution leaves the one before it, because
// others will do so there.
bool Player::worth_a_copy() const {
  if (points_.empty()) return true;
  if (!strategy_.comes_back()) return false;
  const size_t depth = strategy_.depth(), last = points_.back().depth;
  return depth > last && bytes_ < kMostBytes &&
         (depth - last >= kEvery || depth == strategy_.same());
}

void Player::save() {
  const Region::Outside outside;
  ChoicePoint point;
  if (!spare_.empty()) {
    point = std::move(spare_.back());
    spare_.pop_back();
  }
  point.depth = strategy_.depth();
  region_->save(point.copy);
  bytes_ += point.copy.bytes();
  ++copies_;
  copied_ += point.copy.bytes();
  points_.push_back(std::move(point));
}

}  // namespace qs::explore
