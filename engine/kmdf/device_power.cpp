// PnP and power of a device (rules P), on the threads that X-05 names.
#include <mutex>

#include "kmdf/device.h"
#include "kmdf/framework.h"
#include "kmdf/hardware.h"
#include "kmdf/io_target.h"

namespace qs::kmdf {

using rt::emit;

namespace {

// One device callback, if it is registered; its NTSTATUS (STATUS_SUCCESS when there is none or it
// returns nothing).
template <class Fn, class... Args>
int32_t call_device(Device* d, CallbackKind kind, Fn fn, uint32_t shown, Args... args) {
  if (!fn) return QS_STATUS_SUCCESS;
  DriverCall call(kind, d->id, {}, shown);
  if constexpr (std::is_void_v<decltype(fn(h(d), args...))>) {
    fn(h(d), args...);
    return QS_STATUS_SUCCESS;
  } else {
    return int32_t(fn(h(d), args...));
  }
}

// WDF_POWER_DEVICE_STATE: D0 = 1 ... D3 = 4, D3Final = 5.
int32_t wdf_state(DevicePower p) { return int32_t(p) + 1; }

void set_power(Device* d, DevicePower p) {
  d->power = p;
  emit(EventCode::DevicePower, d->id, {}, uint32_t(p));
}

void phase(Device* d, PowerPhase p, DevicePower target = DevicePower::Unspecified) {
  emit(EventCode::PowerPhase, d->id, {}, uint32_t(p), uint32_t(target));
}

// The queues as they are now: one that is made meanwhile is not among them.
std::vector<Queue*> queues_now(Device* d, bool managed) {
  std::vector<Queue*> out;
  if (d->create_queue && !managed) out.push_back(d->create_queue);  // L-03
  for (Queue* q : d->queues)
    if (q->power_managed == managed) out.push_back(q);
  return out;
}

}  // namespace

void Device::hold_queues() {  // P-06
  phase(this, PowerPhase::HoldingQueues);
  queues_on = false;
  std::vector<Queue*> managed = queues_now(this, true);
  for (Queue* q : managed) q->hold_for_power();
  phase(this, PowerPhase::StoppingQueues);
  for (Queue* q : managed) q->stop_for_power();
  phase(this, PowerPhase::QueuesOff);
}

// P-05.
void Device::leave_d0(DevicePower target) {
  idle_armed = false;
  auto& cb = init.pnp;
  call_device(this, CallbackKind::EvtDeviceSelfManagedIoSuspend, cb.EvtDeviceSelfManagedIoSuspend,
              0);
  hold_queues();
  auto state = decltype(qs_WdfPowerDeviceD3)(wdf_state(target));
  call_device(this, CallbackKind::EvtDeviceD0ExitPreInterruptsDisabled,
              cb.EvtDeviceD0ExitPreInterruptsDisabled, uint32_t(target), state);
  call_device(this, CallbackKind::EvtDeviceD0Exit, cb.EvtDeviceD0Exit, uint32_t(target), state);
  hardware_power_lost(this);
  set_power(this, target);
  check_idle();
}

// P-26.
void Device::enter_d0() {
  auto& cb = init.pnp;
  auto previous = decltype(qs_WdfPowerDeviceD3)(wdf_state(power));
  uint32_t shown = uint32_t(power.load());
  hardware_power_on(this);
  call_device(this, CallbackKind::EvtDeviceD0Entry, cb.EvtDeviceD0Entry, shown, previous);
  set_power(this, DevicePower::D0);
  d0_gate.signal(id);
  call_device(this, CallbackKind::EvtDeviceD0EntryPostInterruptsEnabled,
              cb.EvtDeviceD0EntryPostInterruptsEnabled, shown, previous);
  phase(this, PowerPhase::ResumingQueues);
  std::vector<Queue*> managed = queues_now(this, true);
  queues_on = true;
  for (Queue* q : managed) q->resume_for_power();
  phase(this, PowerPhase::QueuesOn);
  for (Queue* q : managed) q->deliver_after_resume();
  if (!ever_started) {
    ever_started = true;
    call_device(this, CallbackKind::EvtDeviceSelfManagedIoInit, cb.EvtDeviceSelfManagedIoInit, 0);
  } else {
    call_device(this, CallbackKind::EvtDeviceSelfManagedIoRestart, cb.EvtDeviceSelfManagedIoRestart,
                0);
  }
  in_low_power_idle = false;
  check_idle();
}

// --- one after the other ---

// Runs what was asked for, until nothing is left. The lock is dropped around each.
void Device::run_power_steps() {
  power_lock.lock(id);
  while (!power_steps.empty()) {
    std::shared_ptr<PowerStep> step = power_steps.front();
    power_steps.pop_front();
    power_lock.unlock();
    step->body();
    power_lock.lock(id);
    step->done = true;
    power_gate.signal(id);
  }
  power_busy = false;
  power_lock.unlock();
}

// On this thread, or on the one that is at it: then this one waits.
void Device::in_power_order(WaitReason reason, std::function<void()> body) {
  power_lock.lock(id);
  auto step = std::make_shared<PowerStep>(PowerStep{std::move(body)});
  power_steps.push_back(step);
  bool mine = !power_busy;
  power_busy = true;
  power_lock.unlock();
  if (mine) return run_power_steps();
  power_gate.wait(power_lock, reason, id, [&] { return step->done; });
}

// Nobody waits for it.
void Device::post_power(const char* name, std::function<void()> body) {
  power_lock.lock(id);
  power_steps.push_back(std::make_shared<PowerStep>(PowerStep{std::move(body)}));
  bool mine = !power_busy;
  power_busy = true;
  power_lock.unlock();
  if (mine) rt::spawn(ThreadKind::Pnp, name, id, [this] { run_power_steps(); });
}

int32_t Device::pnp_start() {
  if (init.pnp.EvtDevicePrepareHardware) {
    DriverCall call(CallbackKind::EvtDevicePrepareHardware, id, {});
    int32_t status = init.pnp.EvtDevicePrepareHardware(h(this), nullptr, nullptr);
    if (status < 0) return status;
  }
  started = true;
  pnp = DevicePnp::Started;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
  idle_policy = true;
  in_power_order(WaitReason::PowerUp, [this] {
    if (!system_asleep) enter_d0();
  });
  for (size_t i = 0; i < static_children.size(); ++i) static_children[i]->pnp_start();
  return QS_STATUS_SUCCESS;
}

void Device::pnp_query(DevicePnp state) {  // P-35
  pnp = state;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
  wake_for_query();
}

// A query keeps the device from going idle, and wakes it first when it is (P-35).
void Device::wake_for_query() {
  if (query_ref || !s0_idle || !idle_policy) return;
  query_ref = true;
  take_power_ref(nullptr);
  rt::Lock none;
  if (system_asleep) return;
  d0_gate.wait(none, WaitReason::PowerUp, id,
               [this] { return (in_d0() && !waking && !exiting) || removed; });
}

void Device::end_query() {
  if (!query_ref) return;
  query_ref = false;
  drop_power_ref(nullptr);
}

void Device::pnp_cancel() {
  pnp = DevicePnp::Started;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
  end_query();
}

void Device::pnp_stop() {
  in_power_order(WaitReason::PowerDown, [this] {
    if (in_d0()) leave_d0(DevicePower::D3Final);
    idle_policy = false;
  });
  if (init.pnp.EvtDeviceReleaseHardware) {
    DriverCall call(CallbackKind::EvtDeviceReleaseHardware, id, {});
    init.pnp.EvtDeviceReleaseHardware(h(this), nullptr);
  }
  pnp = DevicePnp::Stopped;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
  end_query();
}

void Device::purge_queues(bool managed) {  // P-31
  phase(this, PowerPhase::PurgingQueues);
  queues_on = false;
  for (Queue* q : queues_now(this, managed)) q->purge_for_removal();
}

void Device::pnp_surprise_removal() {  // P-30
  pnp = DevicePnp::SurpriseRemoved;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
  call_device(this, CallbackKind::EvtDeviceSurpriseRemoval, init.pnp.EvtDeviceSurpriseRemoval, 0);
  in_power_order(WaitReason::PowerDown, [this] {
    if (in_d0()) leave_d0(DevicePower::D3Final);
    idle_policy = false;
  });
  queues_purged = true;
  purge_queues(true);
}

void Device::pnp_remove() {
  for (Device* child : static_children)
    if (!child->removed) child->pnp_remove();
  in_power_order(WaitReason::PowerDown, [this] {
    if (in_d0()) leave_d0(DevicePower::D3Final);
    idle_policy = false;
  });
  if (init.pnp.EvtDeviceReleaseHardware && pnp != DevicePnp::Stopped) {
    DriverCall call(CallbackKind::EvtDeviceReleaseHardware, id, {});
    init.pnp.EvtDeviceReleaseHardware(h(this), nullptr);
  }
  if (!queues_purged) {
    queues_purged = true;
    purge_queues(true);
  }
  call_device(this, CallbackKind::EvtDeviceSelfManagedIoFlush, init.pnp.EvtDeviceSelfManagedIoFlush,
              0);
  purge_queues(false);
  call_device(this, CallbackKind::EvtDeviceSelfManagedIoCleanup,
              init.pnp.EvtDeviceSelfManagedIoCleanup, 0);
  if (local_target) close_target(local_target, ::qs::TargetState::Deleted);  // T-22
  delete_object(this);  // and with it every queue (P-33)
  removed = true;
  d0_gate.signal(id);
  pnp = DevicePnp::Removed;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
}

void Device::system_power_down() {
  system_asleep = true;
  in_power_order(WaitReason::PowerDown, [this] {
    if (in_d0()) leave_d0(DevicePower::D3);
  });
}

// An idle device is not powered up just because the system is.
bool Device::stays_idle() {
  if (!s0_idle || power_refs > 0) return false;
  in_low_power_idle = true;
  return true;
}

bool Device::can_wake() const {
  return started && !in_d0() && !removed && pnp != DevicePnp::SurpriseRemoved &&
         pnp != DevicePnp::Stopped;
}

// The request returns to its sender first; the device powers up on another thread (P-26, X-05).
void Device::system_power_up() {
  if (!system_asleep) return;
  system_asleep = false;
  post_power("power-up", [this] {
    if (system_asleep || !can_wake() || stays_idle()) return;
    waking = true;
    enter_d0();
    waking = false;
    d0_gate.signal(id);
  });
}

// --- idle (P-04) ---

void Device::check_idle() {
  std::lock_guard guard(idle_guard);
  bool arm = s0_idle && in_d0() && power_refs == 0 && started && !system_asleep && !exiting;
  if (arm == idle_armed) return;
  idle_armed = arm;
  phase(this, arm ? PowerPhase::IdleArmed : PowerPhase::IdleStopped);
}

bool Device::expire_idle_timer() {
  std::lock_guard guard(idle_guard);
  if (!idle_armed) return false;
  idle_armed = false;
  phase(this, PowerPhase::IdleExpired);
  post_power("idle power-down", [this] {
    if (power_refs != 0 || !in_d0()) return;
    exiting = true;
    in_low_power_idle = true;
    leave_d0(DevicePower::D3);
    exiting = false;
    d0_gate.signal(id);
    if (power_refs > 0) stop_idle();
  });
  return true;
}

void Device::stop_idle() {
  std::lock_guard guard(idle_guard);
  bool low = exiting || !in_d0();
  if (!s0_idle || !low || system_asleep || waking || !in_low_power_idle) return;
  waking = true;
  phase(this, PowerPhase::Waking);
  post_power("wake", [this] {
    if (!in_d0() && !system_asleep) enter_d0();
    waking = false;
    d0_gate.signal(id);
  });
}

int32_t Device::idle_reference() {
  if (!may_reference_power()) return QS_STATUS_POWER_STATE_INVALID;
  take_power_ref(nullptr);
  return in_d0() && !waking ? QS_STATUS_SUCCESS : QS_STATUS_PENDING;
}

void Device::resume_idle() { check_idle(); }

void Device::take_power_ref(Queue*) {
  ++power_refs;
  if (!s0_idle) return;  // then there is nothing to decide
  check_idle();
  stop_idle();
}

void Device::drop_power_ref(Queue*) {
  if (power_refs > 0) --power_refs;  // one that was refused has nothing to give back
  if (s0_idle) check_idle();
}

}  // namespace qs::kmdf
