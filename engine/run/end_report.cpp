#include "run/end_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "kmdf/buffers.h"
#include "kmdf/locks.h"
#include "kmdf/nt.h"
#include "trace/verdict.h"
#include "trace/words.h"

namespace qs {

using namespace kmdf;

namespace {

const Queue* queue_with(const Framework& framework, ObjectId id) {
  return static_cast<const Queue*>(framework.find(id));
}

// P-25: every request that holds the queue up was acknowledged, and nobody has looked.
bool acknowledged_late(const Queue* q) {
  if (!q || q->notified.empty()) return false;
  for (const Node<Request>* n = q->notified.first(); n; n = q->notified.after(n))
    if (n->item->stop_ack == StopAck::None) return false;
  return true;
}

// A finding about what stands still: nobody runs, so the place is given.
void finding_at(const char* rule, ObjectId s, ObjectId o, Site place) {
  Event e;
  e.code = EventCode::Finding;
  e.time = rt::now();
  e.s = s;
  e.o = o;
  e.a = rt::sched().trace().intern(rule);
  e.site = place;
  rt::sched().trace().push(e);
  if (fw().observer) fw().observer->on_finding(rule);
}

// At the line that the thread waits at, which call_of() (model/queries.h) then names the call of.
void finding_of_waiting(const char* rule, const VThread* t) {
  finding_at(rule, t->waits_for, t->id, t->site);
}

// How the thread has come to wait for a queue, and what of it the driver owns.
void tell_of_wait(const Framework& framework, const VThread* t) {
  const Trace& trace = rt::sched().trace();
  std::string owned;
  for (const Object* o : framework.alive(ObjectKind::Request)) {
    const auto* r = static_cast<const Request*>(o);
    if (r->completed || !r->bound || r->bound->id != t->waits_for || owned.size() > 100) continue;
    owned += (owned.empty() ? "" : ", ") + std::string(trace.name(r->id));
  }
  if (!owned.empty()) owned = "; the driver owns " + owned;
  because("the thread is in " + stack_of(trace, trace.size(), uint16_t(t->id.serial())) + owned);
}

// P-12: what of the queue is not given up, and which of the reasons for it there is.
void tell_of_power_wait(const Queue* q) {
  if (!q) return;
  const Request* r = !q->notified.empty() ? q->notified.front() : q->owned.front();
  if (!r) return because("a callback of the queue has not returned");
  const std::string name(rt::sched().trace().name(r->id));
  because(fmt::format(
      "the driver owns {}{}; {}", name,
      q->owned_count > 1 ? fmt::format(" and {} more", q->owned_count - 1) : std::string(),
      !q->config.EvtIoStop ? "the queue has no EvtIoStop"
      : r->canceled_bit    ? name + " is canceled, so there was no EvtIoStop for it"
                           : "its EvtIoStop returned without an answer for " + name));
}

// What the framework prints when it has waited for a minute (P-34).
void print_reminder(const VThread* t) {
  const char* what = t->waiting == WaitReason::SyncQueueCall ? "a synchronous call"
                     : t->waiting == WaitReason::Removal     ? "a removal"
                                                             : "a power-down";
  debug_text(fmt::format("The framework waits for queue {} in {}, for more than 60 seconds.",
                         t->waits_for.serial(), what));
}

void report_thread(const Framework& framework, const VThread* t) {
  switch (t->waiting) {
    case WaitReason::SyncQueueCall:
      tell_of_wait(framework, t);
      finding_of_waiting("Q-14", t);
      return print_reminder(t);
    case WaitReason::PowerDown:
    case WaitReason::Removal: {
      if (t->waits_for.kind() != ObjectKind::Queue) return;  // in line behind one that is told of
      const Queue* q = queue_with(framework, t->waits_for);
      const bool late = acknowledged_late(q);
      if (!late) tell_of_power_wait(q);
      finding_of_waiting(late ? "P-25" : "P-12", t);
      return print_reminder(t);
    }
    case WaitReason::QueueDeletion:
      tell_of_wait(framework, t);
      return finding_of_waiting("O-10", t);
    default: return;
  }
}

// Who would have to go on first, as far as one thread is known to be it.
const VThread* waits_for_thread(const Scheduler& scheduler, const VThread* t) {
  switch (t->waiting) {
    case WaitReason::LockHeld: return lock_owner(t->waits_for);
    case WaitReason::TimerStop:
    case WaitReason::WorkItemFlush:  // the thread that runs the callback
      for (const VThread* other : scheduler.live())
        if (other != t && other->on_behalf_of == t->waits_for) return other;
      return nullptr;
    default: return nullptr;
  }
}

// U-03: a ring in which more than locks are waited for; one of locks alone was told when it closed
// (note_lock_wait). `first` is told of when it is the oldest thread of its ring.
void report_ring(const Scheduler& scheduler, const VThread* first) {
  const Trace& trace = rt::sched().trace();
  std::string story;
  bool locks_alone = true;
  const VThread* t = first;
  do {
    if (!t || t->runnable || t->id < first->id || story.size() > 1000) return;
    locks_alone = locks_alone && t->waiting == WaitReason::LockHeld;
    story += fmt::format("{}{} waits {}{}", story.empty() ? "" : "; ", trace.name(t->id),
                         words(t->waiting), t->site ? " at " + trace.site_text(t->site) : "");
    t = waits_for_thread(scheduler, t);
  } while (t != first);
  if (locks_alone) return;
  because(story);
  finding_of_waiting("U-03", first);
}

}  // namespace

std::vector<VThread*> with_reminders(const Scheduler& scheduler) {
  std::vector<VThread*> out;
  for (WaitReason reason : {WaitReason::SyncQueueCall, WaitReason::PowerDown, WaitReason::Removal})
    for (VThread* t : scheduler.waiting_for(reason))
      if (t->waits_for.kind() == ObjectKind::Queue) out.push_back(t);
  std::sort(out.begin(), out.end(), ByCreation());
  return out;
}

void remind(const VThread* t) {
  print_reminder(t);
  finding("V-28", t->waits_for, t->id);
}

void report_waits(const Scheduler& scheduler, const Framework& framework) {
  std::vector<VThread*> threads(scheduler.live().begin(), scheduler.live().end());
  for (const VThread* t : threads)
    if (!t->runnable) report_thread(framework, t);
  for (const VThread* t : threads)
    if (!t->runnable) report_ring(scheduler, t);
  for (const Device* d : framework.devices)
    for (const Queue* q : d->queues) {
      if (q->waiting.empty()) continue;
      bool flows = q->dispatches() && q->dispatch_type != Dispatch::Manual;
      if (q->purge.used && !flows) finding("Q-10", q->id);
      if (q->dispatch_type == Dispatch::Parallel && q->limit == 0) finding("D-17", q->id);
    }
}

namespace {

// A control device that is not deleted keeps a driver loaded whose devices are all gone.
void report_control_devices(const Framework& framework, Places& places) {
  bool pnp = false;
  for (const Device* d : framework.devices) {
    if (!d->init.control && !d->removed) return;
    pnp = pnp || !d->init.control;
  }
  if (!pnp) return;
  for (const Device* d : framework.devices) {
    if (!d->init.control || d->delete_called) continue;
    because(
        "the driver cannot be unloaded while this control device is there: delete it when the "
        "last other device goes");
    finding_at("U-10", d->id, {}, places.left(d->id));
  }
}

// What the driver's deletion has disposed of, and a reference still keeps.
void report_references(const Framework& framework, Places& places) {
  for (int kind = int(ObjectKind::None) + 1; kind < int(ObjectKind::Count); ++kind)
    for (const Object* o : framework.alive(ObjectKind(kind))) {
      const bool told =
          o->kind() == ObjectKind::Request && !static_cast<const Request*>(o)->driver_created;
      if (told || !o->delete_called || o->refs.load() <= 0) continue;
      because("the driver is unloaded, and a reference is left");
      finding_at("U-10", o->id, {}, places.referenced(o->id));
    }
}

}  // namespace

void report_leftovers(const Framework& framework, Places& places) {
  check_retired_buffers();
  for (const Object* o : framework.alive(ObjectKind::Request)) {
    auto* r = static_cast<const Request*>(o);
    if (!r->completed || r->reserved || r->driver_created || places.in_stuck_thread(r->id))
      continue;
    finding_at(r->found_refs ? "G-10" : "U-10", r->id, {}, places.referenced(r->id));
  }
  report_control_devices(framework, places);
  if (!framework.driver) report_references(framework, places);
  auto& devices = framework.devices;
  if (std::all_of(devices.begin(), devices.end(),
                  [](const Device* d) { return d->removed.load(); }))
    report_pool_leaks();
}

void report_abandoned(const Request* r, Places& places) {
  if (places.in_stuck_thread(r->id)) return;
  const Queue* q = r->bound;
  std::string reason;
  const CallbackKind last = places.last_callback(r->id);
  if (last != CallbackKind::Count)
    reason = fmt::format("the last callback that had it is {}", callback_name(last));
  if (q && q->dispatch_type == Dispatch::Sequential && !q->waiting.empty()) {
    const size_t more = q->waiting.count() - 1;
    reason += fmt::format("{}{} {} behind it in the queue, which delivers one request at a time",
                          reason.empty() ? "" : "; ",
                          rt::sched().trace().name(q->waiting.first()->item->id),
                          more ? fmt::format("and {} more wait", more) : "waits");
  }
  if (!reason.empty()) because(reason);
  finding_at("U-01", r->id, q ? q->id : ObjectId(), places.left(r->id));
}

}  // namespace qs
