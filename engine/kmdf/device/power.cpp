// PnP and power of a device (rules P), on the threads that X-05 names.
#include <algorithm>
#include <utility>

#include "kmdf/async/interrupt.h"
#include "kmdf/core/framework.h"
#include "kmdf/core/validate.h"
#include "kmdf/device/child_list.h"
#include "kmdf/device/device.h"
#include "kmdf/device/hardware.h"
#include "kmdf/device/resources.h"
#include "kmdf/target/io_target.h"
#include "trace/events/words.h"

namespace qs::kmdf {

using trace::CallbackKind;
using trace::DevicePnp;
using trace::DevicePower;
using trace::EventCode;
using trace::PowerPhase;
using trace::WaitReason;

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

// A callback that may fail has failed: reports it and returns its status.
int32_t tell_failure(const Device* d, CallbackKind kind, int32_t status) {
  emit(EventCode::Note, d->id, {},
       rt::sched().trace().intern(std::string(trace::callback_name(kind)) + " returned " +
                                  trace::status_text(status) + ": " +
                                  rt::sched().trace().name(d->id) + " does not start."));
  return status;
}

// The queues as they are now, without any created later, each with a reference: one that is deleted
// meanwhile is destroyed once its turn is over.
class QueuesNow {
 public:
  explicit QueuesNow(const Device* d) : queues_(d->queues) {
    if (d->create_queue) queues_.insert(queues_.begin(), d->create_queue);  // L-03
    for (Queue* q : queues_) add_ref(q);
  }
  template <class Do>
  void each_managed(Do then) const {
    for (Queue* q : queues_)
      if (q->power_managed) then(q);
  }
  // The last pass over them: those that `wanted` names, each let go after its turn.
  template <class Wanted, class Do>
  void finish(Wanted wanted, Do then) {
    for (Queue* q : queues_) {
      if (wanted(q)) then(q);
      release(q);
    }
    queues_.clear();
  }

 private:
  std::vector<Queue*> queues_;
};

bool is_managed(const Queue* q) { return q->power_managed; }

void hold(Device* d, const QueuesNow& all) {  // P-06 step 1
  phase(d, PowerPhase::HoldingQueues);
  d->queues_on = false;
  all.each_managed([](Queue* q) { q->hold_for_power(); });
}

}  // namespace

void Device::hold_queues() {  // P-06
  QueuesNow all(this);
  hold(this, all);
  phase(this, PowerPhase::StoppingQueues);
  all.finish(is_managed, [](Queue* q) { q->stop_for_power(); });
  phase(this, PowerPhase::QueuesOff);
}

// P-05.
void Device::leave_d0(DevicePower target) {
  QS_HOLDS("P-05", id, in_d0() && power_busy);
  if (idle_armed) arm_idle_timer(false);
  auto& cb = init.pnp;
  call_device(this, CallbackKind::EvtDeviceSelfManagedIoSuspend, cb.EvtDeviceSelfManagedIoSuspend,
              0);
  hold_queues();
  auto state = decltype(qs_WdfPowerDeviceD3)(wdf_state(target));
  call_device(this, CallbackKind::EvtDeviceD0ExitPreInterruptsDisabled,
              cb.EvtDeviceD0ExitPreInterruptsDisabled, uint32_t(target), state);
  disconnect_interrupts(this);
  call_device(this, CallbackKind::EvtDeviceD0Exit, cb.EvtDeviceD0Exit, uint32_t(target), state);
  hardware_power_lost(this);
  set_power(this, target);
  check_idle();
}

// P-26. Status of what failed: the power-up goes no further then.
int32_t Device::enter_d0() {
  QS_HOLDS("P-26", id, !in_d0() && !queues_on && power_busy);
  auto& cb = init.pnp;
  auto previous = decltype(qs_WdfPowerDeviceD3)(wdf_state(power));
  uint32_t shown = uint32_t(power);
  hardware_power_on(this);
  int32_t status =
      call_device(this, CallbackKind::EvtDeviceD0Entry, cb.EvtDeviceD0Entry, shown, previous);
  if (!NT_OK(status)) return tell_failure(this, CallbackKind::EvtDeviceD0Entry, status);
  status = connect_interrupts(this);
  if (!NT_OK(status)) return tell_failure(this, CallbackKind::EvtInterruptEnable, status);
  status = call_device(this, CallbackKind::EvtDeviceD0EntryPostInterruptsEnabled,
                       cb.EvtDeviceD0EntryPostInterruptsEnabled, shown, previous);
  if (!NT_OK(status)) {
    disconnect_interrupts(this);
    return tell_failure(this, CallbackKind::EvtDeviceD0EntryPostInterruptsEnabled, status);
  }
  set_power(this, DevicePower::D0);
  d0_gate.signal(id);
  phase(this, PowerPhase::ResumingQueues);
  QueuesNow all(this);
  queues_on = true;
  all.each_managed([](Queue* q) { q->resume_for_power(); });
  phase(this, PowerPhase::QueuesOn);
  all.finish(is_managed, [](Queue* q) { q->deliver_after_resume(); });
  const bool first = !std::exchange(ever_started, true);
  const auto kind = first ? CallbackKind::EvtDeviceSelfManagedIoInit
                          : CallbackKind::EvtDeviceSelfManagedIoRestart;
  status = first ? call_device(this, kind, cb.EvtDeviceSelfManagedIoInit, 0)
                 : call_device(this, kind, cb.EvtDeviceSelfManagedIoRestart, 0);
  if (!NT_OK(status)) {
    undo_d0();
    return tell_failure(this, kind, status);
  }
  in_low_power_idle = false;
  check_idle();
  return QS_STATUS_SUCCESS;
}

// P-36: the power-managed queues are held and the interrupts turned off, no more. Nobody is told to
// stop, and EvtDeviceD0Exit is not called.
void Device::undo_d0() {
  auto& cb = init.pnp;
  QueuesNow all(this);
  hold(this, all);
  all.finish(is_managed, [](Queue*) {});
  call_device(this, CallbackKind::EvtDeviceD0ExitPreInterruptsDisabled,
              cb.EvtDeviceD0ExitPreInterruptsDisabled, uint32_t(DevicePower::D3Final),
              decltype(qs_WdfPowerDeviceD3)(wdf_state(DevicePower::D3Final)));
  disconnect_interrupts(this);
  hardware_power_lost(this);
  set_power(this, DevicePower::D3Final);
}

// --- one after the other ---

template <class Body>
void Device::in_pnp_order(Body body) {
  const uint32_t mine = pnp_asked++;
  rt::Lock none;
  pnp_gate.wait(none, WaitReason::Turn, id, [this, mine] { return pnp_served == mine; });
  rt::Thread* const outer = std::exchange(pnp_thread, rt::self());
  if (!removed) body();
  pnp_thread = outer;
  ++pnp_served;
  pnp_gate.signal(id);
}

// Runs the requested changes until none are left. The lock is dropped around each.
void Device::run_power_steps() {
  power_thread = rt::self();
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
  power_thread = nullptr;
  power_lock.unlock();
}

// On this thread, or on the thread that is already making changes; then this one waits.
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

// Requests the change without waiting for it.
void Device::post_power(const char* name, std::function<void()> body) {
  power_lock.lock(id);
  power_steps.push_back(std::make_shared<PowerStep>(PowerStep{std::move(body)}));
  bool mine = !power_busy;
  power_busy = true;
  power_lock.unlock();
  if (mine) rt::spawn(trace::ThreadKind::Pnp, name, id, [this] { run_power_steps(); });
}

int32_t Device::call_prepare_hardware() {
  hardware_prepared = true;
  if (!init.pnp.EvtDevicePrepareHardware) return QS_STATUS_SUCCESS;
  DriverCall call(CallbackKind::EvtDevicePrepareHardware, id, {});
  const auto list = handle<WDFCMRESLIST>(resources_of(this));
  return init.pnp.EvtDevicePrepareHardware(h(this), list, list);
}

void Device::call_release_hardware() {
  if (!std::exchange(hardware_prepared, false)) return;
  if (!init.pnp.EvtDeviceReleaseHardware) return;
  DriverCall call(CallbackKind::EvtDeviceReleaseHardware, id, {});
  init.pnp.EvtDeviceReleaseHardware(h(this), handle<WDFCMRESLIST>(resources_of(this)));
}

int32_t Device::pnp_start() {
  int32_t status = QS_STATUS_INVALID_DEVICE_STATE;
  in_pnp_order([this, &status] {
    if (pnp == DevicePnp::Started) return;
    status = start();
    if (!NT_OK(status)) remove();  // the PnP manager does it
  });
  return status;
}

int32_t Device::start() {
  const int32_t prepared = call_prepare_hardware();
  if (!NT_OK(prepared)) return tell_failure(this, CallbackKind::EvtDevicePrepareHardware, prepared);
  started = true;
  pnp = DevicePnp::Started;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp));
  idle_policy = true;
  int32_t status = QS_STATUS_SUCCESS;
  in_power_order(WaitReason::PowerUp, [this, &status] {
    if (!system_asleep && !in_d0()) status = enter_d0();
  });
  if (!NT_OK(status)) return status;
  for (size_t i = 0; i < static_children.size(); ++i) static_children[i]->pnp_start();
  for (ChildList* list : child_lists) report_children(list);
  return QS_STATUS_SUCCESS;
}

void Device::pnp_query(DevicePnp state) {  // P-35
  in_pnp_order([this, state] {
    pnp = state;
    emit(EventCode::DevicePnp, id, {}, uint32_t(pnp));
    wake_for_query();
  });
}

// A query keeps the device from going idle, and wakes it first when it is (P-35).
void Device::wake_for_query() {
  if (query_ref || !s0_idle || !idle_policy) return;
  query_ref = true;
  take_power_ref(nullptr);
  rt::Lock none;
  if (system_asleep) return;
  d0_gate.wait(none, WaitReason::PowerUp, id,
               [this] { return stays_in_d0() || removed; });  // of one that failed: never (P-36)
}

void Device::end_query() {
  if (!query_ref) return;
  query_ref = false;
  drop_power_ref(nullptr);
}

void Device::pnp_cancel() {
  in_pnp_order([this] {
    pnp = DevicePnp::Started;
    emit(EventCode::DevicePnp, id, {}, uint32_t(pnp));
    end_query();
  });
}

void Device::pnp_stop() {
  in_pnp_order([this] {
    in_power_order(WaitReason::PowerDown, [this] {
      if (in_d0()) leave_d0(DevicePower::D3Final);
      idle_policy = false;
    });
    call_release_hardware();
    pnp = DevicePnp::Stopped;
    emit(EventCode::DevicePnp, id, {}, uint32_t(pnp));
    end_query();
  });
}

void Device::purge_queues(bool managed) {  // P-31
  phase(this, PowerPhase::PurgingQueues);
  queues_on = false;
  QueuesNow(this).finish([managed](const Queue* q) { return is_managed(q) == managed; },
                         [](Queue* q) { q->purge_for_removal(); });
}

void Device::pnp_surprise_removal() {  // P-30
  in_pnp_order([this] {
    pnp = DevicePnp::SurpriseRemoved;
    emit(EventCode::DevicePnp, id, {}, uint32_t(pnp));
    call_device(this, CallbackKind::EvtDeviceSurpriseRemoval, init.pnp.EvtDeviceSurpriseRemoval, 0);
    in_power_order(WaitReason::PowerDown, [this] {
      if (in_d0()) leave_d0(DevicePower::D3Final);
      idle_policy = false;
    });
    purge_managed_queues();
  });
}

// The hardware is given back, and nothing that needs it goes on (P-30).
void Device::purge_managed_queues() {
  call_release_hardware();
  if (std::exchange(queues_purged, true)) return;
  purge_queues(true);
  if (ever_started)
    call_device(this, CallbackKind::EvtDeviceSelfManagedIoFlush,
                init.pnp.EvtDeviceSelfManagedIoFlush, 0);
}

void Device::pnp_remove() {
  in_pnp_order([this] { remove(); });
}

void Device::remove() {
  for (Device* child : static_children)
    if (!child->removed) child->pnp_remove();
  in_power_order(WaitReason::PowerDown, [this] {
    if (in_d0()) leave_d0(DevicePower::D3Final);
    idle_policy = false;
  });
  purge_managed_queues();
  purge_queues(false);
  if (ever_started)
    call_device(this, CallbackKind::EvtDeviceSelfManagedIoCleanup,
                init.pnp.EvtDeviceSelfManagedIoCleanup, 0);
  if (local_target) close_target(local_target, ::qs::trace::TargetState::Deleted);  // T-22
  delete_object(this);  // and with it every queue (P-33)
  removed = true;
  d0_gate.signal(id);
  pnp = DevicePnp::Removed;
  emit(EventCode::DevicePnp, id, {}, uint32_t(pnp));
}

void Device::system_power_down() {
  system_asleep = true;
  in_power_order(WaitReason::PowerDown, [this] {
    if (in_d0()) leave_d0(DevicePower::D3);
  });
}

// A device that cannot be powered up is reported as failed: the PnP manager removes it by surprise.
void Device::power_up() {
  if (NT_OK(enter_d0())) return;
  power_failed = true;
  d0_gate.signal(id);
  rt::spawn(trace::ThreadKind::Pnp, "surprise removal", id, [this] { pnp_surprise_removal(); });
}

// An idle device is not powered up just because the system powers up.
bool Device::stays_idle() {
  if (!s0_idle || power_refs > 0) return false;
  in_low_power_idle = true;
  return true;
}

// Nor between the D0 exit of a stop or a removal and its end: a power-up posted meanwhile would
// turn on queues that are being purged.
bool Device::can_wake() const {
  return idle_policy && !in_d0() && pnp != DevicePnp::SurpriseRemoved;
}

// The request returns to its sender first; the device powers up on another thread (P-26, X-05).
void Device::system_power_up() {
  if (!system_asleep) return;
  system_asleep = false;
  post_power("power-up", [this] {
    if (system_asleep || !can_wake() || stays_idle()) return;
    waking = true;
    power_up();
    waking = false;
    d0_gate.signal(id);
  });
}

// --- idle (P-04) ---

// It runs on the virtual clock; a run that has nothing else to do ends after it, like periodic
// timers.
void Device::arm_idle_timer(bool armed) {
  sched::Scheduler& clock = rt::sched();
  if (idle_clock) clock.cancel(idle_clock);
  idle_clock = 0;
  idle_armed = armed;
  if (!armed) return phase(this, PowerPhase::IdleStopped);
  const uint64_t due = std::min<uint64_t>(uint64_t(clock.now()) + idle_timeout, UINT32_MAX - 1);
  idle_clock = clock.at(uint32_t(due), false, rt::bind_to_run([this] { expire_idle_timer(); }),
                        sched::Scheduler::ClockKind::Idle);
  emit(EventCode::PowerPhase, id, {}, uint32_t(PowerPhase::IdleArmed),
       uint32_t(DevicePower::Unspecified), uint32_t(due));
}

void Device::set_idle_settings(bool enabled, uint32_t timeout) {
  s0_idle = enabled;
  idle_timeout = timeout;
  if (idle_armed) arm_idle_timer(false);  // with the new time, if at all
  check_idle();
}

void Device::check_idle() {
  bool arm = s0_idle && in_d0() && power_refs == 0 && started && !system_asleep && !exiting;
  if (arm != idle_armed) arm_idle_timer(arm);
}

bool Device::expire_idle_timer() {
  if (!idle_armed) return false;
  arm_idle_timer(false);
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
  bool low = exiting || !in_d0();
  if (!s0_idle || !low || system_asleep || waking || !in_low_power_idle) return;
  waking = true;
  phase(this, PowerPhase::Waking);
  post_power("wake", [this] {
    // Also for a device that is already removed: it leaves D0 again when its turn comes (P-30).
    if (idle_policy && !in_d0() && !system_asleep) power_up();
    waking = false;
    d0_gate.signal(id);
  });
}

int32_t Device::idle_reference(bool wait) {
  const auto gone = [this] { return power_failed || removed || !may_reference_power(); };
  if (gone()) return QS_STATUS_POWER_STATE_INVALID;
  take_power_ref(nullptr);
  if (stays_in_d0()) return QS_STATUS_SUCCESS;
  if (!wait) return QS_STATUS_PENDING;
  rt::Lock none;
  d0_gate.wait(none, WaitReason::PowerUp, id, [this, gone] { return stays_in_d0() || gone(); });
  return gone() ? QS_STATUS_POWER_STATE_INVALID : QS_STATUS_SUCCESS;
}

void Device::take_power_ref(Queue*) {
  ++power_refs;
  if (!s0_idle) return;  // then there is nothing to decide
  check_idle();
  stop_idle();
}

void Device::drop_power_ref(Queue*) {
  if (power_refs > 0) --power_refs;  // a reference that was refused is not given back
  if (s0_idle) check_idle();
}

}  // namespace qs::kmdf
