// What others do: applications, and the PnP and power managers (sections 8, 10 and 11 of the
// rules). Nothing here is reported: it is possible, or nobody can do it.
#include "include/qs/abi_status.h"
#include "law/law.h"

namespace qs::law {

using trace::Act;
using trace::DevicePnp;

namespace {

bool removed(const DeviceFacts& d) { return d.pnp == DevicePnp::Removed; }
// Its device object is still there until the remove request comes (P-30).
bool pulled(const DeviceFacts& d) { return d.pnp == DevicePnp::SurpriseRemoved; }

Ruling no(const char* rule, const char* why) { return Ruling::not_possible(rule, why); }

// What keeps the managers from asking this device anything. nullptr: nothing.
const char* out_of_reach(const DeviceFacts& d) {
  if (d.none) return "there is no device";
  if (d.control) return "a control device has no power states and no removal";
  if (d.follows) return "it starts and goes with its parent device";
  if (d.adding) return "the device is still being added";
  return removed(d) ? "the device is removed" : nullptr;
}

Ruling power_down(const DeviceFacts& d) {
  if (d.asleep) return no("P-05", "the system is asleep");
  return Ruling::fine("P-05", d.in_d0 ? "" : "only the system goes to sleep: it is not in D0");
}

Ruling power_up(const DeviceFacts& d) {
  if (!d.asleep) return no("P-26", "the system is awake");
  const bool stays = pulled(d) || d.pnp == DevicePnp::Stopped || d.pnp == DevicePnp::Added;
  return Ruling::fine("P-26", stays ? "only the system wakes: the device is not started" : "");
}

// What an application needs for any call about the device.
Ruling caller(const Facts& f, const char* rule) {
  if (f.device.none) return no(rule, "there is no device");
  if (f.app.exiting) return no("L-06", "the application has exited, or is about to");
  return Ruling::fine(rule);
}

}  // namespace

// P-05, P-26, P-04. One after the other, in order of asking: none of them is refused because
// another is under way.
Ruling on_power(const Facts& f, Act act) {
  const DeviceFacts& d = f.device;
  if (const char* why = out_of_reach(d)) return no(d.control ? "P-01" : "P-30", why);
  if (act == Act::PowerDown) return power_down(d);
  if (act == Act::PowerUp) return power_up(d);
  if (!d.policy_owner) return no("P-04", "this driver does not own the power policy");
  return d.idle_armed ? Ruling::fine("P-04") : no("P-04", "the idle timer is not running");
}

// P-30, P-36. The PnP manager sends one request after the other.
Ruling on_pnp(const Facts& f, Act act) {
  const DeviceFacts& d = f.device;
  if (const char* why = out_of_reach(d)) return no(d.control ? "P-01" : "P-30", why);
  if (d.pnp_busy) return no("P-36", "the last PnP request has not returned");
  const bool started = d.pnp == DevicePnp::Started;
  switch (act) {
    case Act::Remove: return Ruling::fine("P-30");
    case Act::SurpriseRemove:
      return pulled(d) ? no("P-30", "it is gone already") : Ruling::fine("P-30");
    default: break;
  }
  if (pulled(d)) return no("P-30", "the device is gone");
  const bool asked = d.pnp == DevicePnp::QueryStop || d.pnp == DevicePnp::QueryRemove;
  switch (act) {
    case Act::PnpStart:
      return d.pnp == DevicePnp::Stopped || d.pnp == DevicePnp::Added
                 ? Ruling::fine("P-35")
                 : no("P-35", "the device is started");
    case Act::PnpCancelQuery:
      return asked ? Ruling::fine("P-35") : no("P-35", "no query is to be decided");
    case Act::PnpStop:
      return started || d.pnp == DevicePnp::QueryStop ? Ruling::fine("P-35")
             : asked ? no("P-35", "it was asked whether it can be removed")
                     : no("P-35", "the device is not started");
    default:
      return started ? Ruling::fine("P-35")
             : asked ? no("P-35", "a query is to be decided first")
                     : no("P-35", "the device is not started");
  }
}

// A-01, L-02.
Ruling on_send_from_app(const Facts& f) {
  const Ruling out = caller(f, "A-01");
  if (out.impossible) return out;
  if (removed(f.device)) return no("P-30", "the device is removed");
  if (!f.handle.open) return no("L-06", "the handle is not open");
  if (f.handle.opening) return Ruling::fine("L-02", "it is sent when the open has returned");
  return pulled(f.device) ? Ruling::fine("P-32", "the device is gone: power-managed queues refuse")
                          : out;
}

// L-02.
Ruling on_open(const Facts& f) {
  const Ruling out = caller(f, "L-02");
  if (out.impossible) return out;
  if (removed(f.device) || pulled(f.device)) return no("P-30", "the device is gone");
  if (f.device.adding) return no("L-02", "the device is still being added");
  if (f.device.denies_open)
    return Ruling::returns(QS_STATUS_ACCESS_DENIED, "L-02", "the device is exclusive and open");
  return out;
}

// L-06. Who has the handle need not be who opened it.
Ruling on_close(const Facts& f) {
  if (f.device.none) return no("L-06", "there is no device");
  if (!f.handle.open) return no("L-06", "the handle is not open");
  return Ruling::fine("L-06", f.handle.opening ? "it is closed when the open has returned" : "");
}

Ruling on_exit(const Facts& f) {
  return f.app.exiting ? no("L-06", "the application has exited, or is about to")
                       : Ruling::fine("L-06");
}

// C-01: what the slot is armed for.
Ruling on_cancel(const Facts& f) {
  const RequestFacts& r = f.request;
  if (!r.by_app) return no("C-01", "no application sent it");
  if (r.completed) return Ruling::fine("C-50", "too late: it stays as it is");
  if (r.cancel_flag) return Ruling::fine("C-50", "canceled before: nothing more happens");
  if (r.at_target) return Ruling::fine("C-60", "the target decides");
  if (r.waiting) return Ruling::fine(r.presented && f.queue.tells_canceled ? "C-07" : "C-05");
  if (r.listed) return Ruling::fine("C-10", "EvtRequestCancel will be called");
  if (r.caller_context || (r.bound && !r.cancelable && !r.cancel_called && !r.on_cancel_list))
    return Ruling::fine("C-15", "only a flag: the driver is not told");
  return Ruling::fine("C-01");
}

}  // namespace qs::law
