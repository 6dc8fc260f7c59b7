// What applications and the PnP and power managers do: the law is asked first
// (law/law_outside.cpp), with facts from live objects.
#include <optional>

#include "kmdf/core/facts.h"
#include "run/run_impl.h"

namespace qs::run {

using trace::Act;

law::Facts Run::Impl::outside_facts(const App* a) const {
  law::Facts f;
  f.app.exiting = is_exiting(a);
  const kmdf::Device* d = device();
  f.device.none = !d;
  if (!d) return f;
  world.scheduler.touch(d->id, sched::Use::Reads);
  f.device.adding = !added && !not_loaded;
  f.device.control = d->init.control;
  f.device.pnp_busy = pnp_busy;
  f.device.asleep = asleep;
  f.device.in_d0 = d->in_d0();
  f.device.policy_owner = d->power_policy_owner;
  f.device.idle_armed = d->idle_armed;
  f.device.denies_open = d->init.exclusive && d->open_count > 0;
  f.device.pnp = d->pnp;
  return f;
}

law::HandleFacts Run::Impl::facts_of(const File* f) const {
  if (f && f->object) world.scheduler.touch(f->object->id, sched::Use::Reads);
  law::HandleFacts facts;
  facts.open = f && !f->cleaned;
  facts.opening = f && f->opening;
  return facts;
}

bool Run::Impl::may(Act act, const law::Facts& facts, std::string& problem) {
  ruled = law::rule_for(facts, {act});
  if (ruled.impossible) problem = ruled.why;
  return !ruled.impossible;
}

void Run::Impl::begins(Act act, ObjectId object) {
  world.scheduler.emit(trace::EventCode::ActBegins, object, {}, uint32_t(act));
}

void Run::Impl::ends(Act act, ObjectId object) {
  world.scheduler.emit(trace::EventCode::ActEnds, object, {}, uint32_t(act));
}

// Looks at how much of an application or a file is on its way, or counts it.
void Run::Impl::on_its_way(ObjectId of, sched::Use use) const {
  if (of) world.scheduler.touch_other(sched::Footprint::kOnItsWay + of.raw, use);
}

bool Run::Impl::is_exiting(const App* a) const {
  if (a) world.scheduler.touch(a->id, sched::Use::Reads);
  return a && a->exiting;
}

void Run::Impl::note_irp(kmdf::Irp* irp, File* file) {
  world.scheduler.touch(irp->id);
  on_its_way(irp->app, sched::Use::Counts);
  irps.emplace_hint(irps.end(), irp->id.raw, Sent{irp, file});
  const uint32_t serial = irp->id.serial();
  if (serial >= sent_ever.size()) sent_ever.resize(serial + 1);
  sent_ever[serial] = true;
  ++irps_of_app[irp->app];
}

namespace {

// An IRP without a request (not yet, or no longer) has only its own facts.
law::Facts facts_of_irp(const kmdf::Irp* irp) {
  law::Facts f;
  const kmdf::Request* r = irp->request;
  if (r) f.request = facts_of(r);
  if (r && r->queue) f.queue = facts_of(r->queue);
  f.request.by_app = true;
  f.request.cancel_flag = irp->cancelled();
  return f;
}

// An ordinary outcome (C-50): IoCancelIrp finds nothing to cancel.
void tell_late_cancel(trace::Trace& trace, ObjectId request) {
  kmdf::rt::emit(trace::EventCode::Note, request, {},
                 trace.intern("The cancel comes too late: " + std::string(trace.name(request)) +
                              " is already complete, and stays as it is."));
}

}  // namespace

sched::VThread* Run::Impl::cancel(const sched::Input& input, std::string& problem) {
  const ObjectId id = world.trace->named(input.subject, ObjectKind::Request);
  if (!id) {
    problem = "there is no request " + input.subject;
    return nullptr;
  }
  world.scheduler.touch(id);
  const auto it = irps.find(id.raw);
  law::Facts facts;
  if (it != irps.end()) facts = facts_of_irp(it->second.irp);
  if (it == irps.end()) {
    facts.request.completed = true;
    facts.request.by_app = id.serial() < sent_ever.size() && sent_ever[id.serial()];
  }
  if (!may(Act::CancelFromApp, facts, problem)) return nullptr;
  if (it == irps.end()) {  // an ordinary outcome: IoCancelIrp finds nothing to cancel
    tell_late_cancel(*world.trace, id);
    return nullptr;
  }
  if (waits_for_handle(id)) {  // CancelIoEx looks for packets, and it has none yet (L-13)
    world.scheduler.emit(trace::EventCode::Note, id, {},
                         world.trace->intern("There is nothing to cancel: " + input.subject +
                                             " has not been sent, its call waits for the "
                                             "synchronous handle."));
    return nullptr;
  }
  return app_thread(app(it->second.irp->app), sched::kPassiveLevel, [this, id] {
    if (irps.count(id.raw) == 0) return tell_late_cancel(*world.trace, id);
    // a decision: it may come back meanwhile
    kmdf::ApiCall call(trace::ApiFn::IoCancelIrp, nullptr, 0, id);
    auto live = irps.find(id.raw);
    call.value(live != irps.end() && kmdf::cancel_irp(live->second.irp));
  });
}

namespace {

std::optional<Act> act_on_device(std::string_view word) {
  for (Act act = trace::kFirstOutsideAct; act < Act::Count; act = Act(int(act) + 1)) {
    const trace::ActRow& row = trace::act_row(act);
    if (row.subject == trace::ActSubject::Device && *row.word && word == row.word) return act;
  }
  return {};
}

void carry_out(kmdf::Device* d, Act act) {
  switch (act) {
    case Act::PowerDown: return d->system_power_down();
    case Act::PowerUp: return d->system_power_up();
    case Act::PnpStart: d->pnp_start(); return;
    case Act::PnpStop: return d->pnp_stop();
    case Act::PnpQueryStop: return d->pnp_query(trace::DevicePnp::QueryStop);
    case Act::PnpQueryRemove: return d->pnp_query(trace::DevicePnp::QueryRemove);
    case Act::PnpCancelQuery: return d->pnp_cancel();
    case Act::SurpriseRemove: return d->pnp_surprise_removal();
    case Act::Remove: return d->pnp_remove();
    default: return;
  }
}

}  // namespace

// What the PnP or the power manager asks of the device, on a thread of its own.
sched::VThread* Run::Impl::ask_device(const sched::Input& input, std::string& problem) {
  const std::string& word = input.text.empty() ? input.subject : input.text;
  const std::optional<Act> act = act_on_device(word);
  if (!act) {
    problem = "'" + word + "' is not a request of the PnP or power manager";
    return nullptr;
  }
  if (!may(*act, outside_facts(nullptr), problem)) return nullptr;
  const bool power = *act == Act::PowerDown || *act == Act::PowerUp;
  if (power)
    asleep = *act == Act::PowerDown;
  else
    pnp_busy = true;
  const ObjectId id = device()->id;
  world.scheduler.touch(id);
  begins(*act, id);
  return world.spawn(trace::ThreadKind::Pnp, power ? "power" : "pnp", id, sched::kPassiveLevel,
                     [this, id, power, act = *act, turn = power ? power_asked++ : 0] {
                       if (power)
                         power_in_turn(act, id, turn);
                       else
                         carry_out(device(), act);
                       if (!power) pnp_busy = false;
                       ends(act, id);
                     });
}

void Run::Impl::power_in_turn(Act act, ObjectId id, uint32_t turn) {
  kmdf::rt::Lock none;
  world.scheduler.touch(id);
  power_turn.wait(none,
                  act == Act::PowerUp ? trace::WaitReason::PowerUp : trace::WaitReason::PowerDown,
                  id, [this, turn] { return power_served == turn; });
  carry_out(device(), act);
  ++power_served;
  power_turn.signal(id);
}

}  // namespace qs::run
