// PnP and power of a device (rules P), on the threads that X-05 names.
#include <mutex>

#include "kmdf/device.h"
#include "kmdf/framework.h"
#include "kmdf/hardware.h"

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

int32_t Device::pnp_start() {
  if (init.pnp.EvtDevicePrepareHardware) {
    DriverCall call(CallbackKind::EvtDevicePrepareHardware, id, {});
    int32_t status = init.pnp.EvtDevicePrepareHardware(h(this), nullptr, nullptr);
    if (status < 0) return status;
  }
  started = true;
  pnp = DevicePnp::Started;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
  if (!system_asleep) enter_d0();
  for (size_t i = 0; i < static_children.size(); ++i) static_children[i]->pnp_start();
  return QS_STATUS_SUCCESS;
}

void Device::pnp_query(DevicePnp state) {  // P-35
  pnp = state;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
}

void Device::pnp_cancel() { pnp_query(DevicePnp::Started); }

void Device::pnp_stop() {
  if (in_d0()) leave_d0(DevicePower::D3Final);
  if (init.pnp.EvtDeviceReleaseHardware) {
    DriverCall call(CallbackKind::EvtDeviceReleaseHardware, id, {});
    init.pnp.EvtDeviceReleaseHardware(h(this), nullptr);
  }
  pnp = DevicePnp::Stopped;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
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
  if (in_d0()) leave_d0(DevicePower::D3Final);
  queues_purged = true;
  purge_queues(true);
}

void Device::pnp_remove() {
  for (Device* child : static_children)
    if (!child->removed) child->pnp_remove();
  if (in_d0()) leave_d0(DevicePower::D3Final);
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
  std::vector<Queue*> left = queues;
  for (Queue* q : left) q->dispose();  // P-33
  removed = true;
  d0_gate.signal(id);
  pnp = DevicePnp::Removed;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp.load()));
  run_cleanup(this);
}

void Device::system_power_down() {
  system_asleep = true;
  if (!in_d0()) return;
  going_down = true;
  leave_d0(DevicePower::D3);
  going_down = false;
  if (system_asleep || !can_wake()) return;
  if (stays_idle()) return;
  enter_d0();  // the power-up came meanwhile
}

// An idle device is not powered up just because the system is.
bool Device::stays_idle() {
  if (!s0_idle || power_refs > 0) return false;
  in_low_power_idle = true;
  return true;
}

// Neither on its way nor gone.
bool Device::can_wake() const {
  return started && !in_d0() && !waking && !removed && pnp != DevicePnp::SurpriseRemoved &&
         pnp != DevicePnp::Stopped;
}

// The request returns to its sender first; the device powers up on another thread (P-26, X-05).
void Device::system_power_up() {
  if (!system_asleep) return;
  system_asleep = false;
  if (going_down || !can_wake()) return;
  if (stays_idle()) return;
  waking = true;
  rt::spawn(ThreadKind::Pnp, "power-up", id, [this] {
    enter_d0();
    waking = false;
  });
}

// --- idle (P-04) ---

void Device::check_idle() {
  std::lock_guard guard(idle_guard);
  bool arm = s0_idle && in_d0() && power_refs == 0 && started && !system_asleep && !exiting;
  if (arm == idle_armed) return;
  idle_armed = arm;
  if (arm) phase(this, PowerPhase::IdleArmed);
}

bool Device::expire_idle_timer() {
  std::lock_guard guard(idle_guard);
  if (!idle_armed) return false;
  idle_armed = false;
  phase(this, PowerPhase::IdleExpired);
  rt::spawn(ThreadKind::Pnp, "idle power-down", id, [this] {
    if (power_refs != 0 || !in_d0()) return;
    exiting = true;
    in_low_power_idle = true;
    leave_d0(DevicePower::D3);
    exiting = false;
    if (power_refs > 0) stop_idle();
  });
  return true;
}

void Device::stop_idle() {
  std::lock_guard guard(idle_guard);
  if (!s0_idle || in_d0() || system_asleep || waking || exiting || !in_low_power_idle) return;
  waking = true;
  phase(this, PowerPhase::Waking);
  rt::spawn(ThreadKind::Pnp, "wake", id, [this] {
    enter_d0();
    waking = false;
  });
}

void Device::resume_idle() { check_idle(); }

void Device::take_power_ref(Queue*) {
  ++power_refs;
  if (!s0_idle) return;  // then there is nothing to decide
  check_idle();
  stop_idle();
}

void Device::drop_power_ref(Queue*) {
  --power_refs;
  if (s0_idle) check_idle();
}

}  // namespace qs::kmdf
