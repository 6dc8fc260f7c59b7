#include "sched/scheduler.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace qs::sched {

using trace::EventCode;

Scheduler::Scheduler(trace::Trace& trace, FiberBackend& fibers) : trace_(trace), fibers_(fibers) {}

Scheduler::~Scheduler() {
  for (VThread* t : live_)
    if (t->fiber) fibers_.abandon(t->fiber);
}

VThread* Scheduler::spawn(trace::ThreadKind kind, std::string_view name, ObjectId on_behalf_of,
                          uint8_t irql, std::function<void()> body) {
  storage_.emplace_back();
  VThread* t = &storage_.back();
  t->id = ObjectId(ObjectKind::Thread, next_serial_++);
  t->kind = kind;
  t->on_behalf_of = on_behalf_of;
  t->irql = irql;
  if (!name.empty()) trace_.set_name(t->id, name);
  t->fiber = fibers_.create([this, t, body = std::move(body)] {
    t->stack_base = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    body();
    emit(EventCode::ThreadEnd, t->id);
    t->ended = true;
  });
  if (footprint_) footprint_->threads.push_back(t->id.serial());
  if (order_) {
    order_->hand_over(running(), t->id.serial());
    order_->acquire(t->id.serial(), on_behalf_of.raw);  // an application's calls, one by one
  }
  live_.insert(live_.end(), t);
  runnable_.insert(runnable_.end(), t);
  emit(EventCode::ThreadStart, t->id, on_behalf_of, uint32_t(kind), trace_.intern(name), irql);
  return t;
}

void Scheduler::switch_to(VThread* t) {
  QS_MUST("X-02", t->id, !current_ && t->fiber && t->runnable && !t->ended);
  if (last_ != t && t) {
    current_ = t;
    if (live_.size() > 1) emit(EventCode::ThreadRun, t->id);
  }
  last_ = t;
  last_serial_ = t->id.serial();
  current_ = t;
  bool ended = fibers_.resume(t->fiber);
  current_ = nullptr;
  if (!ended && t->ended) {  // end_thread: wherever it was
    fibers_.abandon(t->fiber);
    t->callback_depth = 0;
    ended = true;
  }
  if (ended) {
    t->fiber = nullptr;
    if (order_ && t->kind == trace::ThreadKind::App)
      order_->release(t->id.serial(), t->on_behalf_of.raw);
    if (order_ && t->kind == trace::ThreadKind::Setup) order_->is_set_up(t->id.serial());
    reap(t);
    if (kChecks && on_step && !stopped_) on_step(t->on_behalf_of);
  }
  bool gone_or_waits = ended || !t->runnable;
  if (gone_or_waits && t->resume_after) {
    VThread* back = t->resume_after;
    t->resume_after = nullptr;
    if (!forced_ && !back->ended && back->runnable) forced_ = back;
  }
}

void Scheduler::reap(VThread* t) {
  QS_MUST("X-02", t->id, t->ended && t->callback_depth == 0);
  live_.erase(t);
  runnable_.erase(t);
  t->runnable = false;
  t->line_frames = {};
  if (last_ == t) last_ = nullptr;
}

VThread* Scheduler::pick_next() {
  VThread* next = usual();
  forced_ = nullptr;
  return next;
}

VThread* Scheduler::usual() const {
  if (forced_ && !forced_->ended && forced_->runnable) return forced_;
  if (runnable_.empty()) return nullptr;
  auto next = runnable_.upper_bound(ObjectId(ObjectKind::Thread, last_serial_));
  return next == runnable_.end() ? *runnable_.begin() : *next;
}

VThread* Scheduler::runnable(uint32_t serial) const {
  auto it = runnable_.find(ObjectId(ObjectKind::Thread, serial));
  return it == runnable_.end() ? nullptr : *it;
}

std::vector<VThread*> Scheduler::waiting_for(trace::WaitReason reason, ObjectId object) const {
  std::vector<VThread*> out;
  for (auto it = waits_.lower_bound({reason, object, ObjectId()});
       it != waits_.end() && std::get<0>(it->first) == reason && std::get<1>(it->first) == object;
       ++it)
    out.push_back(it->second);
  return out;
}

std::vector<VThread*> Scheduler::waiting_for(trace::WaitReason reason) const {
  std::vector<VThread*> out;
  for (auto it = waits_.lower_bound({reason, ObjectId(), ObjectId()});
       it != waits_.end() && std::get<0>(it->first) == reason; ++it)
    out.push_back(it->second);
  std::sort(out.begin(), out.end(), ByCreation());
  return out;
}

void Scheduler::run_ready() {
  while (run_one()) {}
}

bool Scheduler::run_one() {
  if (stopped_) return false;
  VThread* next = pick_next();
  if (!next) return false;
  switch_to(next);
  return !stopped_;
}

void Scheduler::yield_slow(Op op, ObjectId object) {
  VThread* me = current_;
  if (!me) return;
  me->next_op = op;
  me->next_object = object;
  if (op == Op::Call) ++me->calls;
  if ((ordinal_ > ordinal_limit || me->calls > call_limit) && on_endless)
    on_endless(me->calls > call_limit);
  VThread* next = nullptr;
  const uint64_t ordinal = ordinal_;  // an input that comes here takes locks, which count, too
  if (ordinal >= stop_at_ && on_decision) next = on_decision(ordinal);
  if (runnable_.size() > 1 && !left_)
    emit(EventCode::Choice, {}, object, uint32_t(ordinal), uint32_t(runnable_.size()),
         next ? next->id.serial() : me->id.serial());
  if (!std::exchange(left_, false)) {
    if (!next || next == me) return;
    forced_ = next;
  }
  fibers_.suspend();
  if (stopped_) stop_forever();
}

// The step after a decision: it does what was declared.
void Scheduler::begin_step(Op op, ObjectId object, std::optional<Use> use) {
  if (order_ && current_ && object && op == Op::FrameworkLock) {
    order_->acquire(running(), object.raw);  // the driver has nothing to do while it is held
    order_->release(running(), object.raw);
  }
  if (use) touch(object, *use);
}

namespace {

// Of events that a step reports without touching anything that others look at.
bool touches_nothing(EventCode code) {
  switch (code) {
    case EventCode::Line:
    case EventCode::CallEnter:
    case EventCode::CallLeave:  // the call itself says it
    case EventCode::Choice:
    case EventCode::ThreadRun:
    case EventCode::Note:
    case EventCode::DebugText:
    case EventCode::Input:
    case EventCode::Clock:
    case EventCode::SendReturned:
    case EventCode::NotSimulated:
    case EventCode::Data:
    case EventCode::Hint:
    case EventCode::RingLink:
    case EventCode::Irql: return true;
    default: return false;
  }
}

// A queue is looked at and changed under its lock only (D-01), and taking that says it: not while a
// callback about it runs.
bool is_callback(EventCode code) {
  return code == EventCode::CallbackEnter || code == EventCode::CallbackLeave;
}

// Is the second object of such an event changed too, and not just named?
bool changes_second(EventCode code) {
  switch (code) {
    case EventCode::Insert:
    case EventCode::Remove:
    case EventCode::Charge:
    case EventCode::Uncharge:
    case EventCode::Cancelable:
    case EventCode::Uncancelable:
    case EventCode::CancelPending:
    case EventCode::CancelTaken:
    case EventCode::CanceledOnQueue:
    case EventCode::Reserved:
    case EventCode::PendIrp:
    case EventCode::SendTarget:
    case EventCode::PendTarget:
    case EventCode::TargetBack:
    case EventCode::Forget:
    case EventCode::ToNotify:
    case EventCode::Notified:
    case EventCode::BackToOwned:
    case EventCode::Completed:
    case EventCode::HandleWait:
    case EventCode::Create:
    case EventCode::Route: return true;
    default: return false;
  }
}

}  // namespace

void Scheduler::note_event(EventCode code, ObjectId s, ObjectId o) {
  if (order_ && code == EventCode::LockAcquire) order_->acquire(running(), s.raw);
  if (order_ && code == EventCode::LockRelease) order_->release(running(), s.raw);
  if (touches_nothing(code)) return;
  if (s.kind() != ObjectKind::Queue || !is_callback(code)) touch(s);
  if (o.kind() == ObjectKind::App) return;  // what it is, is looked at elsewhere
  if (changes_second(code))
    touch(o);
  else if (o.kind() != ObjectKind::Queue || code == EventCode::ThreadWait)
    touch(o, Use::Reads);
}

void Scheduler::wait(trace::WaitReason reason, ObjectId object) {
  VThread* me = current_;
  QS_MUST("X-02", object, me && me->runnable);
  me->waiting = reason;
  me->waits_for = object;
  me->runnable = false;
  runnable_.erase(me);
  waits_.emplace(Wait{reason, object, me->id}, me);
  me->calls = 0;
  emit(EventCode::ThreadWait, me->id, object, uint32_t(reason));
  if (kChecks && on_step) on_step(object);
  fibers_.suspend();
  if (stopped_) stop_forever();
}

void Scheduler::wait_on(WaitList& list, trace::WaitReason reason, ObjectId object) {
  list.threads.push_back(current_);
  wait(reason, object);
}

void Scheduler::wake(VThread* thread, ObjectId by) {
  if (thread->ended || thread->runnable) return;
  QS_MUST("X-02", thread->id,
          waits_.count(Wait{thread->waiting, thread->waits_for, thread->id}) == 1);
  waits_.erase(Wait{thread->waiting, thread->waits_for, thread->id});
  thread->runnable = true;
  thread->waiting = trace::WaitReason::None;
  runnable_.insert(thread);
  if (order_) order_->hand_over(running(), thread->id.serial());
  if (footprint_) footprint_->woken.push_back(thread->id.serial());
  emit(EventCode::ThreadWake, thread->id, by);
}

void Scheduler::wake_all(WaitList& list, ObjectId by) {
  touch(by);
  if (order_) order_->release(running(), by.raw);
  const std::vector<VThread*> threads = std::exchange(list.threads, {});
  for (VThread* t : threads) wake(t, by);
}

void Scheduler::end_thread() {
  emit(EventCode::ThreadEnd, current_->id);
  current_->ended = true;
  for (;;) fibers_.suspend();
}

void Scheduler::stop_forever() {
  stopped_ = true;
  if (!current_) throw Stopped();
  for (;;) fibers_.suspend();
}

uint8_t Scheduler::raise_irql(uint8_t to) {
  QS_MUST("X-04", current_->id, to >= current_->irql);
  uint8_t old = current_->irql;
  current_->irql = to;
  return old;
}

void Scheduler::lower_irql(uint8_t to) {
  VThread* me = current_;
  QS_MUST("X-04", me->id, to <= me->irql);
  if (me->irql >= kDispatchLevel && to < kDispatchLevel) touch_other(Footprint::kDpcs, Use::Reads);
  if (me->irql >= kDispatchLevel && to < kDispatchLevel && !me->in_dpc && !dpcs_.empty()) {
    emit(EventCode::Irql, me->id, {}, kDispatchLevel, to);  // they run before it drops
    drain_dpcs();
    emit(EventCode::Irql, me->id, {}, to, kDispatchLevel);
  }
  me->irql = to;
}

void Scheduler::drain_dpcs() {
  VThread* me = current_;
  touch_other(Footprint::kDpcs);
  if (order_) order_->acquire(running(), Footprint::kDpcs);
  me->in_dpc = true;
  while (!dpcs_.empty()) {
    const std::function<void()> body = std::move(dpcs_.front());
    dpcs_.pop_front();
    me->irql = kDispatchLevel;
    body();
    me->irql = kDispatchLevel;
  }
  me->in_dpc = false;
}

void Scheduler::post_dpc(std::string_view name, ObjectId object, std::function<void()> body) {
  if (!current_) {
    spawn(trace::ThreadKind::Dpc, name, object, kDispatchLevel, [this, body = std::move(body)] {
      body();
      lower_irql(kPassiveLevel);
    });
    return;
  }
  touch_other(Footprint::kDpcs);
  if (order_) order_->release(running(), Footprint::kDpcs);
  dpcs_.push_back(std::move(body));
  if (current_->irql < kDispatchLevel && !current_->in_dpc) {
    uint8_t old = raise_irql(kDispatchLevel);
    lower_irql(old);
  }
}

Scheduler::ClockId Scheduler::at(uint32_t due, bool keeps_alive, std::function<void()> fire,
                                 ClockKind kind) {
  ClockId id = next_clock_++;
  if (footprint_) footprint_->entries.push_back(id);
  if (order_) order_->put_on_clock(running(), id);
  due = std::max(due, now_);
  clock_.emplace(std::pair(due, id), ClockEntry{keeps_alive, kind, std::move(fire)});
  clock_due_.emplace(id, due);
  clock_live_ += keeps_alive;
  return id;
}

void Scheduler::cancel(ClockId id) {
  const auto it = clock_due_.find(id);
  if (it == clock_due_.end()) return;
  if (footprint_) footprint_->canceled.push_back(id);
  touch_other(Footprint::kEntries + id);
  take_entry(clock_.find({it->second, id}));
}

std::function<void()> Scheduler::take_entry(Clock::iterator it) {
  std::function<void()> fire = std::move(it->second.fire);
  clock_live_ -= it->second.keeps_alive;
  clock_due_.erase(it->first.second);
  clock_.erase(it);
  return fire;
}

void Scheduler::fire(Clock::iterator it) {
  touch_other(Footprint::kEntries + it->first.second);
  if (order_) order_->comes_from_clock(it->first.second);
  take_entry(it)();
  if (order_) order_->comes_from_outside();
}

bool Scheduler::has_live_clock_entry() const { return clock_live_ > 0; }

uint32_t Scheduler::next_due() const {
  return clock_.empty() ? UINT32_MAX : clock_.begin()->first.first;
}

uint32_t Scheduler::longest_wait() const {
  return clock_.empty() ? 0 : clock_.rbegin()->first.first - now_;
}

bool Scheduler::next_is_timer() const {
  return !clock_.empty() && clock_.begin()->second.kind == ClockKind::Timer;
}

std::vector<Scheduler::ClockId> Scheduler::timers() const {
  std::vector<ClockId> ids;
  for (const auto& [when, entry] : clock_)
    if (entry.kind == ClockKind::Timer) ids.push_back(when.second);
  return ids;
}

std::vector<Scheduler::ClockId> Scheduler::due_by(uint32_t time, uint32_t early) const {
  std::vector<ClockId> ids;
  for (const auto& [when, entry] : clock_) {
    if (when.first > early) break;
    if (when.first <= time || entry.keeps_alive) ids.push_back(when.second);
  }
  return ids;
}

uint32_t Scheduler::due_of(ClockId id) const {
  const auto due = clock_due_.find(id);
  return due == clock_due_.end() ? UINT32_MAX : due->second;
}

bool Scheduler::fire_now(ClockId id) {
  auto due = clock_due_.find(id);
  if (due == clock_due_.end()) return false;
  fire(clock_.find({due->second, id}));
  return true;
}

void Scheduler::move_clock_to(uint32_t time) {
  if (time <= now_) return;
  now_ = time;
  if (footprint_) footprint_->moved_clock = true;
  emit(EventCode::Clock, {}, {}, time);
}

bool Scheduler::advance_clock(uint32_t limit) {
  if (clock_.empty() || clock_.begin()->first.first > limit) return false;
  auto it = clock_.begin();
  move_clock_to(it->first.first);
  fire(it);
  return true;
}

void Scheduler::validate() const {
  QS_MUST("X-02", {}, live_.size() == runnable_.size() + waits_.size());
  for (const VThread* t : live_) {
    QS_MUST("X-02", t->id, !t->ended && t->fiber);
    QS_MUST("X-02", t->id, t->runnable == (runnable_.count(t->id) == 1));
    QS_MUST("X-02", t->id, t->runnable == (t->waiting == trace::WaitReason::None));
    QS_MUST("X-02", t->id, t->runnable || waits_.count(Wait{t->waiting, t->waits_for, t->id}) == 1);
  }
  QS_MUST("X-02", {}, !current_ || live_.count(current_->id) == 1);
  QS_MUST("O-12", {}, clock_.size() == clock_due_.size() && clock_live_ <= clock_.size());
  QS_MUST("O-12", {}, clock_.empty() || clock_.begin()->first.first >= now_);
}

}  // namespace qs::sched
