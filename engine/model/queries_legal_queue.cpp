// What may be done to a queue, a device, an application or a handle now.
#include <fmt/format.h>

#include "model/facts.h"
#include "model/find.h"
#include "model/queries_legal.h"
#include "trace/words.h"

namespace qs {
namespace {

class QueueMenu {
 public:
  QueueMenu(const Model& m, const QueueView& q) : m_(m), q_(q), caller_(order_taker(m, q.id)) {}

  std::vector<LegalCall> calls() {
    for (Act act = Act::RetrieveNext; is_order(act); act = Act(int(act) + 1))
      if (act_row(act).subject == ActSubject::Queue && act != Act::RetrieveFound)
        add(act, order(act));
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

  Ruling order(Act act) const {
    if (act == Act::QueueDelete && (q_.flags & kDisposing))
      return impossible("O-10", "it is being deleted already");
    Ruling ruling = judged(law::rule_for(queue_facts(m_, q_, caller_ ? caller_->irql : 0), {act}));
    if (ruling.legality != Legality::Legal) return ruling;
    if (waits_for_itself(act))
      return illegal(act == Act::QueueDelete ? "O-10" : "Q-14",
                     "called from a callback of this queue, it waits for its own caller");
    if (ruling.reason.empty()) ruling.reason = what_it_does(act);
    return ruling;
  }

  // What is there for it to cancel, or to wait for.
  std::string what_it_does(Act act) const {
    const bool waits = act == Act::QueueDelete || act_row(act).group == ActGroup::Waits;
    if (waits && q_.owned_count > 0)
      return fmt::format("it returns when the driver holds none: {} now", q_.owned_count);
    const bool cancels = act == Act::QueueDelete || act == Act::QueuePurge ||
                         act == Act::QueuePurgeSynchronously || act == Act::QueueStopAndPurge ||
                         act == Act::QueueStopAndPurgeSynchronously;
    if (cancels && !q_.waiting.empty())
      return fmt::format("cancels the {} waiting", q_.waiting.size());
    return {};
  }

  // The callback of a drain or purge needs the presentation lock, that of a stop does not. Not the
  // law's: the call is made, and never returns.
  bool waits_for_itself(Act act) const {
    const bool caller_waits =
        act_row(act).group == ActGroup::Waits || (act == Act::QueueDelete && at_passive());
    const bool needs_lock =
        act == Act::QueueDrainSynchronously || act == Act::QueuePurgeSynchronously;
    return caller_waits && caller_is_in_callback(needs_lock);
  }
  bool at_passive() const { return !caller_ || caller_->irql == 0; }
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

  const Model& m_;
  const QueueView& q_;
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

std::vector<LegalCall> target_calls(const Model& m, const TargetView& t) {
  std::vector<LegalCall> out;
  law::Facts facts;
  facts.verifier = verifier_on(m);
  facts.target.state = t.state;
  if (const ThreadView* caller = order_taker(m, t.id)) facts.caller.irql = caller->irql;
  for (Act act = Act::TargetStart; is_order(act); act = Act(int(act) + 1)) {
    Ruling ruling = judged(law::rule_for(facts, {act}));
    if (t.state == TargetState::Deleted) ruling = impossible("T-01", "the target is deleted");
    const DeviceView* d = m.device(t.device);
    if (!device_here(m) || !d || d->pnp == DevicePnp::Added)
      ruling = impossible("T-22", "its device is not there");
    out.push_back(make_call(act, std::move(ruling)));
  }
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
