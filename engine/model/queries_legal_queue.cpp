// What may be done to a queue, a device, an application or a handle now.
#include <fmt/format.h>

#include "model/find.h"
#include "model/queries_legal.h"
#include "trace/words.h"

namespace qs {
namespace {

class QueueMenu {
 public:
  QueueMenu(const Model& m, const QueueView& q)
      : m_(m), q_(q), verifier_(verifier_on(m)), caller_(caller()) {}

  std::vector<LegalCall> calls() {
    add(Act::RetrieveNext, retrieve());
    add(Act::RetrieveByFile, retrieve());
    add(Act::FindNext, find());
    add(Act::QueueStart, q_.flags & kShutdown
                             ? legal("Q-02", "shut down for removal: arrivals stay refused")
                             : legal("Q-05"));
    add(Act::QueueStop, stop("Q-06", false));
    add(Act::QueueDrain, drain());
    add(Act::QueuePurge, purge());
    add(Act::QueueStopAndPurge, stop("Q-08", true));
    add(Act::QueueStopSync, synchronous("Q-07", stop("Q-06", false), false));
    add(Act::QueueDrainSync, synchronous("Q-10", drain(), true));
    add(Act::QueuePurgeSync, synchronous("Q-11", purge(), true));
    add(Act::QueueStopAndPurgeSync, synchronous("Q-08", stop("Q-08", true), false));
    add(Act::ReadyNotifyOn, ready_on());
    add(Act::ReadyNotifyOff, ready_off());
    add(Act::QueueDelete, delete_queue());
    add(Act::SwitchSequential, switch_to(Dispatch::Sequential));
    add(Act::SwitchParallel, switch_to(Dispatch::Parallel));
    add(Act::SwitchManual, switch_to(Dispatch::Manual));
    add(Act::SetLimit, q_.dispatch() == Dispatch::Parallel
                           ? new_run("D-16")
                           : impossible("O-07", "only a parallel queue has a limit"));
    add(Act::SetScope, new_run("D-33"));
    add(Act::SetExecutionLevel, new_run("D-31"));
    return std::move(calls_);
  }

 private:
  void add(Act act, Ruling ruling) {
    if (q_.deleted) ruling = impossible("O-10", "the queue is deleted");
    calls_.push_back(make_call(act, std::move(ruling)));
  }
  bool manual() const { return q_.dispatch() == Dispatch::Manual; }

  Ruling retrieve() const {
    if (q_.dispatch() == Dispatch::Parallel)
      return illegal("G-01", "a parallel queue is not read: STATUS_INVALID_DEVICE_STATE");
    if (!manual() && q_.owned_count == 0 && verifier_)
      return discouraged("V-22", "it races with the queue's own dispatching");
    if (q_.power == QueuePower::Off)
      return legal("G-01", "the queue's power is off: STATUS_WDF_PAUSED");
    if (!(q_.flags & kDispatch)) return legal("G-01", "the queue is stopped: STATUS_WDF_PAUSED");
    if (q_.waiting.empty()) return legal("G-01", "nothing waits: STATUS_NO_MORE_ENTRIES");
    return legal(manual() ? "G-01" : "G-07");
  }
  Ruling find() const {
    if (!manual()) return illegal("V-23", "only in a manual queue");
    if (q_.waiting.empty()) return legal("G-09", "nothing waits: STATUS_NO_MORE_ENTRIES");
    return legal("G-09");
  }
  Ruling stop(const char* rule, bool cancels) const {
    if (q_.slots & kSlotIdle)
      return illegal("V-19", "a stop is still waiting for its callback: a bug check");
    if (cancels && !q_.waiting.empty())
      return legal(rule, fmt::format("cancels the {} waiting", q_.waiting.size()));
    return legal(rule);
  }
  Ruling drain() const {
    if (q_.slots & kSlotPurge)
      return illegal("V-19", "a drain or purge is still waiting for its callback: a bug check");
    if (!(q_.flags & kDispatch) && !q_.waiting.empty())
      return discouraged("Q-10", "the queue is stopped: the drain cannot finish");
    if (manual() && !q_.waiting.empty())
      return legal("Q-10", "it finishes only when the driver has read everything");
    return legal("Q-10");
  }
  Ruling purge() const {
    if (q_.slots & kSlotPurge)
      return illegal("V-19", "a drain or purge is still waiting for its callback: a bug check");
    return legal("Q-11");
  }

  // Who makes the driver's next call about this queue: the worker if it listens for orders, else
  // a callback of the queue that asks; where nobody asks, the code of the driver that runs.
  const ThreadView* caller() const {
    const ThreadView *worker = nullptr, *own = nullptr, *inside = nullptr;
    for (const ThreadView& t : m_.threads) {
      const Frame* callback = nullptr;
      for (const Frame& f : t.stack) {
        if (f.callback) callback = &f;
        if (f.callback || ApiFn(f.what) != ApiFn::QsAsk || t.waiting != WaitReason::Asked) continue;
        if (!f.s && !f.o && !worker) worker = &t;
        if (f.o == q_.id && !own) own = &t;
      }
      if (callback && t.id == m_.running && t.waiting == WaitReason::None) inside = &t;
    }
    return worker ? worker : own ? own : inside;
  }
  bool caller_at_dispatch() const { return caller_ && caller_->irql >= kDispatchLevel; }
  // In a callback of this queue, or under its presentation lock in one of a sibling.
  bool caller_is_in_callback(bool needs_lock) const {
    if (!caller_) return false;
    for (const Frame& f : caller_->stack) {
      if (!f.callback) continue;
      if (f.o == q_.id || f.s == q_.id) return true;
      const QueueView* other = m_.queue(f.o ? f.o : f.s);
      if (needs_lock && other && other->device == q_.device && other->scope() == Scope::Device &&
          q_.scope() == Scope::Device)
        return true;
    }
    return false;
  }

  // A form that waits: what its asynchronous form says, and whether its caller may wait. The
  // callback of a drain or purge needs the presentation lock, that of a stop does not.
  Ruling synchronous(const char* rule, Ruling form, bool needs_lock) const {
    if (form.legality == Legality::Illegal) return form;
    if (caller_at_dispatch())
      return illegal("V-20", "its caller is at DISPATCH_LEVEL and may not wait");
    if (caller_is_in_callback(needs_lock))
      return illegal("Q-14", "called from a callback of this queue, it waits for its own caller");
    if (form.legality != Legality::Legal) return form;
    if (q_.owned_count > 0)
      return legal(rule,
                   fmt::format("it returns when the driver holds none: {} now", q_.owned_count));
    form.rule = rule;
    return form;
  }

  Ruling delete_queue() const {
    if (q_.config & kConfigDefault)
      return illegal("O-09", "the default queue stays as long as its device");
    const DeviceView* d = m_.device(q_.device);
    for (int type = 1; d && type < 5; ++type)  // a route of creates does not count
      if (d->routes[type] == q_.id) return illegal("O-09", "requests are routed to it");
    if (q_.flags & kDisposing) return impossible("O-10", "it is being deleted already");
    if (caller_at_dispatch())
      return legal("O-10", "above PASSIVE_LEVEL a work item waits in its caller's place");
    if (caller_is_in_callback(false))
      return illegal("O-10", "called from a callback of this queue, it waits for its own caller");
    if (q_.owned_count > 0)
      return legal("O-10",
                   fmt::format("it returns when the driver holds none: {} now", q_.owned_count));
    if (!q_.waiting.empty())
      return legal("O-10", fmt::format("cancels the {} waiting", q_.waiting.size()));
    return legal("O-10");
  }

  Ruling ready_on() const {
    if (!manual()) return illegal("V-21", "only a manual queue announces requests");
    if (q_.slots & kSlotReady) return illegal("V-21", "a callback is registered already");
    return legal("Q-15");
  }
  Ruling ready_off() const {
    if (!manual()) return illegal("V-21", "only a manual queue announces requests");
    if (!(q_.slots & kSlotReady)) return illegal("V-21", "no callback is registered");
    if (q_.flags & kDispatch) return illegal("V-21", "stop the queue first");
    return legal("Q-15");
  }

  static Ruling new_run(const char* rule) {
    return legal(rule, "a new run: the setting is made when the queue is created");
  }
  bool any_handler() const {
    constexpr uint64_t kHandlers = 1u << unsigned(CallbackKind::EvtIoDefault) |
                                   1u << unsigned(CallbackKind::EvtIoRead) |
                                   1u << unsigned(CallbackKind::EvtIoWrite) |
                                   1u << unsigned(CallbackKind::EvtIoDeviceControl) |
                                   1u << unsigned(CallbackKind::EvtIoInternalDeviceControl);
    return (q_.callbacks & kHandlers) != 0;
  }
  Ruling switch_to(Dispatch to) const {
    if (q_.dispatch() == to) return impossible("O-07", fmt::format("it is {} now", words(to)));
    if (to != Dispatch::Manual && !any_handler())
      return impossible("O-07", "the program has no handler for this queue");
    return new_run("O-07");
  }

  static constexpr uint8_t kDispatchLevel = 2;  // DISPATCH_LEVEL

  const Model& m_;
  const QueueView& q_;
  bool verifier_;
  const ThreadView* caller_;
  std::vector<LegalCall> calls_;
};

bool device_here(const Model& m) {
  for (const DeviceView& d : m.devices)
    if (d.pnp != DevicePnp::Removed && d.pnp != DevicePnp::SurpriseRemoved) return true;
  return false;
}

}  // namespace

std::vector<LegalCall> queue_calls(const Model& m, const QueueView& q) {
  return QueueMenu(m, q).calls();
}

std::vector<LegalCall> device_calls(const Model&, const DeviceView& d) {
  std::vector<LegalCall> out;
  bool gone = d.pnp == DevicePnp::Removed || d.pnp == DevicePnp::SurpriseRemoved;
  bool control = (d.config & kDeviceControl) != 0;
  auto add = [&](Act act, Ruling ruling) {
    if (d.pnp == DevicePnp::Removed) ruling = impossible("P-30", "the device is removed");
    if (control) ruling = impossible("P-01", "a control device has no power and no removal");
    out.push_back(make_call(act, std::move(ruling)));
  };
  bool in_d0 = d.power == DevicePower::D0;
  add(Act::PowerDown, in_d0 ? legal("P-05") : impossible("P-05", "the device is not in D0"));
  add(Act::PowerUp, in_d0  ? impossible("P-26", "the device is in D0")
                    : gone ? impossible("P-30", "the device is gone")
                           : legal("P-26"));
  bool armed = PowerPhase(d.phase) == PowerPhase::IdleArmed;
  add(Act::FireIdleTimers, !(d.config & kDevicePowerPolicyOwner)
                               ? impossible("P-04", "this driver does not own the power policy")
                           : armed ? legal("P-04")
                                   : impossible("P-04", "the idle timer is not running"));
  add(Act::PnpStop, d.pnp == DevicePnp::Started || d.pnp == DevicePnp::QueryStop
                        ? legal("P-35")
                        : impossible("P-35", "the device is not started"));
  add(Act::PnpStart, d.pnp == DevicePnp::Stopped ? legal("P-35")
                     : gone                      ? impossible("P-30", "the device is gone")
                                                 : impossible("P-35", "the device is started"));
  add(Act::SurpriseRemove, gone ? impossible("P-30", "it is gone already") : legal("P-30"));
  add(Act::Remove, legal("P-30"));
  return out;
}

std::vector<LegalCall> app_calls(const Model& m, const AppView& a) {
  std::vector<LegalCall> out;
  Ruling send = !a.running        ? impossible("L-01", "the application has exited")
                : !device_here(m) ? impossible("A-12", "the device is gone")
                                  : legal("A-01");
  out.push_back(make_call(Act::Send, send));
  out.push_back(make_call(
      Act::AppExit, a.running ? legal("L-06") : impossible("L-06", "the application has exited")));
  return out;
}

std::vector<LegalCall> file_calls(const Model& m, const FileView& f) {
  std::vector<LegalCall> out;
  Ruling send = f.state != 0      ? impossible("L-06", "the handle is closed")
                : !device_here(m) ? impossible("A-12", "the device is gone")
                                  : legal("A-01");
  out.push_back(make_call(Act::Send, send));
  out.push_back(make_call(
      Act::CloseHandle, f.state == 0 ? legal("L-06") : impossible("L-06", "the handle is closed")));
  return out;
}

}  // namespace qs
