#include "run/end_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "kmdf/core/locks.h"
#include "kmdf/core/nt.h"
#include "kmdf/request/buffers.h"
#include "kmdf/target/io_target.h"
#include "run/reminders.h"
#include "run/wait_graph.h"
#include "trace/events/words.h"
#include "trace/rules/verdict.h"

namespace qs::run {

using kmdf::Framework;
using kmdf::Request;
namespace rt = kmdf::rt;
using sched::VThread;
using trace::WaitReason;

namespace {

const kmdf::Queue* queue_with(const Framework& framework, ObjectId id) {
  return static_cast<const kmdf::Queue*>(framework.find(id));
}

// P-25: every request that the queue waits for was acknowledged, but nothing has run its loop
// since.
bool acknowledged_late(const kmdf::Queue* q) {
  if (!q || q->notified.empty()) return false;
  for (const kmdf::Node<Request>* n = q->notified.first(); n; n = q->notified.after(n))
    if (n->item->stop_ack == kmdf::StopAck::None) return false;
  return true;
}

// A finding about something that is stuck: no thread runs, so the line is given explicitly.
void finding_at(const char* rule, ObjectId s, ObjectId o, trace::Site place) {
  trace::Event e;
  e.code = trace::EventCode::Finding;
  e.time = rt::now();
  e.s = s;
  e.o = o;
  e.a = rt::sched().trace().intern(rule);
  e.site = place;
  rt::sched().trace().push(e);
  if (kmdf::fw().observer) kmdf::fw().observer->on_finding(rule);
}

// At the line that the thread waits at; call_of() (trace/rules/verdict.h) then names its call.
void finding_of_waiting(const char* rule, const VThread* t) {
  finding_at(rule, t->waits_for, t->id, t->site);
}

// Who is stuck behind a request that nobody will complete: calls that wait for its synchronous
// handle, opens and exits. "": nobody.
std::string those_behind(const Request* r) {
  const trace::Trace& trace = rt::sched().trace();
  std::string out;
  std::vector<ObjectId> calls;
  const ObjectId file = r->irp && r->irp->file ? r->irp->file->id : ObjectId();
  for (size_t i = 0; file && i < trace.size(); ++i) {
    const trace::Event& e = trace[i];
    if (e.code == trace::EventCode::HandleWait && e.o == file) calls.push_back(e.s);
    if (e.code == trace::EventCode::HandleTaken && e.s == file) std::erase(calls, e.o);
  }
  for (ObjectId call : calls)
    if (call.kind() == ObjectKind::Request)
      out += fmt::format("; {} waits at its sender behind it: {} is synchronous", trace.name(call),
                         trace.name(file));
  if (!r->irp) return out;
  for (const VThread* t : rt::sched().waiting_for(WaitReason::CreatePending, r->irp->id))
    out += fmt::format("; {} cannot open its handle", trace.name(t->id));
  for (const VThread* t : rt::sched().waiting_for(WaitReason::AppIo, r->irp->app))
    out += fmt::format("; {} cannot exit", trace.name(t->id));
  return out;
}

// "the driver owns R1 (driver.c:88) and R2 (driver.c:91)", with who waits behind them: the requests
// that keep the queue from finishing. They get no finding of their own. "": none.
std::string owned_of(const Framework& framework, ObjectId queue, Places& places) {
  constexpr size_t kNamed = 6;
  std::string names, behind;
  size_t n = 0;
  for (const kmdf::Object* o : framework.alive(ObjectKind::Request)) {
    const auto* r = static_cast<const Request*>(o);
    if (r->completed || !r->bound || r->bound->id != queue) continue;
    places.report(r->id);
    if (++n > kNamed) continue;
    names += (names.empty() ? "" : ", ") + rt::sched().trace().name(r->id);
    if (const trace::Site site = places.left(r->id))
      names += " (" + rt::sched().trace().site_text(site) + ")";
    behind += those_behind(r);
  }
  if (n > kNamed) names += fmt::format(" and {} more", n - kNamed);
  return names.empty() ? names : "the driver owns " + names + behind;
}

// P-12: which requests of the queue the driver still owns, and why that holds it up.
std::string story_of_power_wait(const Framework& framework, const kmdf::Queue* q, Places& places) {
  const Request* r = !q->notified.empty() ? q->notified.front() : q->owned.front();
  if (!r) return "a callback of the queue has not returned";
  const std::string name(rt::sched().trace().name(r->id));
  return owned_of(framework, q->id, places) + "; " +
         (!q->config.EvtIoStop ? "the queue has no EvtIoStop"
          : r->canceled_bit    ? name + " is canceled, so there was no EvtIoStop for it"
                               : "its EvtIoStop returned without an answer for " + name);
}

// P-36: EvtDeviceD0Entry failed in the wake of a query, which is answered in D0 only.
bool query_of_failed_device(const Framework& framework, const VThread* t) {
  if (t->waiting != WaitReason::PowerUp || t->waits_for.kind() != ObjectKind::Device) return false;
  const auto* d = static_cast<const kmdf::Device*>(framework.find(t->waits_for));
  return d && d->power_failed && d->pnp_thread == t;
}

// The rule for a thread that waits for the framework: to finish with a queue, with what is at a
// target, or with a device's power; nullptr: it waits for something else.
const char* rule_of_wait(const Framework& framework, const VThread* t) {
  if (t->waiting == WaitReason::TargetIo) return "T-19";
  if (query_of_failed_device(framework, t)) return "P-36";
  if (t->waits_for.kind() != ObjectKind::Queue) return nullptr;
  switch (t->waiting) {
    case WaitReason::SyncQueueCall: return "Q-14";
    case WaitReason::QueueDeletion: return "O-10";
    case WaitReason::PowerDown:
    case WaitReason::Removal:
      return acknowledged_late(queue_with(framework, t->waits_for)) ? "P-25" : "P-12";
    default: return nullptr;
  }
}

// Where KeSetEvent was called last for that event.
std::string who_sets(ObjectId event) {
  const trace::Trace& trace = rt::sched().trace();
  for (size_t i = trace.size(); i > 0; --i) {
    const trace::Event& e = trace[i - 1];
    if (e.code != trace::EventCode::CallEnter || trace::ApiFn(e.a) != trace::ApiFn::KeSetEvent ||
        e.s != event)
      continue;
    return fmt::format(
        "KeSetEvent was called for it at {}, before this wait, and nothing is left "
        "that would call it again",
        trace.site_text(e.site));
  }
  return "nobody has called KeSetEvent for it, and nothing is left that would";
}

// The thread is in a completion routine, which closes or deletes its own target (T-19).
bool is_in_routine(const VThread* t) {
  const trace::Trace& trace = rt::sched().trace();
  const std::string inside = trace::stack_of(trace, trace.size(), t->id.serial());
  return inside.find(trace::callback_name(trace::CallbackKind::CompletionRoutine)) !=
         std::string::npos;
}

std::string kept_by_target(const Framework& framework, const VThread* t) {
  const trace::Trace& trace = rt::sched().trace();
  std::string kept, target;
  for (const kmdf::Object* o : framework.alive(ObjectKind::Request)) {
    const auto* r = static_cast<const Request*>(o);
    const kmdf::IoTarget* in = r->target;
    if (!in || (r->id != t->waits_for && in->id != t->waits_for) || kept.size() > 100) continue;
    kept += (kept.empty() ? "" : ", ") + trace.name(r->id);
    target = trace.name(in->id) + (r->pended_in_target ? ", which is stopped," : "");
  }
  if (kept.empty())
    return is_in_routine(t) ? "the completion routine that it is in has to return first"
                            : "what it waits for has been let go for another thread";
  return target + " keeps " + kept + ", and nobody will make it give that back";
}

// Who would have to act, and why nobody does.
std::string who_must_act(const Framework& framework, const VThread* t) {
  const trace::Trace& trace = rt::sched().trace();
  switch (t->waiting) {
    case WaitReason::LockHeld: {
      const VThread* owner = kmdf::lock_owner(t->waits_for);
      if (!owner || !owner->ended) return "whoever holds it does not give it back";
      return trace.name(owner->id) + " has taken it, and has ended without giving it back";
    }
    case WaitReason::Event:
    case WaitReason::AnyOf:
    case WaitReason::AllOf: return who_sets(t->waits_for);
    case WaitReason::SyncSend:
    case WaitReason::TargetIo: return kept_by_target(framework, t);
    case WaitReason::ThreadEnd: return trace.name(t->waits_for) + " does not end";
    default: return "nobody is left who would let it go on";
  }
}

// How the thread came to wait for the framework, and what keeps that from going on.
std::string story_of_wait(const Framework& framework, const VThread* t, Places& places) {
  const trace::Trace& trace = rt::sched().trace();
  const std::string sentence = kmdf::wait_sentence(*t, t->waiting, t->waits_for);
  if (t->waiting == WaitReason::TargetIo) return sentence + "; " + kept_by_target(framework, t);
  if (query_of_failed_device(framework, t)) return sentence + "; EvtDeviceD0Entry has failed";
  const bool power = t->waiting == WaitReason::PowerDown || t->waiting == WaitReason::Removal;
  const kmdf::Queue* q = queue_with(framework, t->waits_for);
  if (power && q && !acknowledged_late(q)) return story_of_power_wait(framework, q, places);
  const std::string inside = trace::stack_of(trace, trace.size(), t->id.serial());
  const std::string owned = owned_of(framework, t->waits_for, places);
  return (inside.empty() ? sentence : "the thread is in " + inside) +
         (owned.empty() ? "" : "; " + owned);
}

// A wait that only somebody outside, or another arrival, can end: a driver thread that waits for
// work, or a wait for requests, which have findings of their own.
bool may_last(const VThread* t) {
  switch (t->waiting) {
    case WaitReason::Event:
    case WaitReason::AnyOf:
    case WaitReason::AllOf: return t->kind == trace::ThreadKind::Driver;
    case WaitReason::LockHeld:
    case WaitReason::TimerStop:
    case WaitReason::WorkItemFlush:
    case WaitReason::SyncSend:
    case WaitReason::TargetIo:
    case WaitReason::ThreadEnd: return false;
    default: return true;
  }
}

class WaitReport {
 public:
  WaitReport(const sched::Scheduler& scheduler, const Framework& framework, Places& places)
      : framework_(framework), places_(places), graph_(scheduler, framework) {}

  void rings() {
    for (const WaitGraph::Ring& ring : graph_.rings()) {
      for (const VThread* t : ring) tell_with_those_behind(t);
      const VThread* first = ring.front();
      if (ring.size() == 1 && first->waiting == WaitReason::TimerStop) continue;  // reported: V-48a
      const auto in_queue_call = std::find_if(ring.begin(), ring.end(), [&](const VThread* t) {
        return rule_of_wait(framework_, t) != nullptr;
      });
      if (in_queue_call != ring.end()) {
        const VThread* t = *in_queue_call;
        kmdf::link_ring(ring);
        kmdf::because(
            (ring.size() == 1 ? story_of_wait(framework_, t, places_) : kmdf::ring_story(ring)) +
            those_behind(t));
        finding_of_waiting(rule_of_wait(framework_, t), t);
      } else if (!locks_alone(ring)) {  // else reported when it closed (note_lock_wait)
        kmdf::link_ring(ring);
        kmdf::because(kmdf::ring_story(ring) + those_behind(first));
        finding_of_waiting(ring.size() == 1 ? "U-02" : "U-03", first);
      }
    }
  }

  void others(bool may_act) {
    for (const VThread* t : graph_.stuck()) {
      if (graph_.in_ring(t) || !graph_.waits_for(t).empty()) continue;
      const char* rule = rule_of_wait(framework_, t);
      if (t->waiting == WaitReason::TargetIo && may_act) continue;
      if (rule) {
        kmdf::because(story_of_wait(framework_, t, places_) + those_behind(t));
        finding_of_waiting(rule, t);
      } else {
        const bool idle = may_last(t) && (graph_.behind(t).empty() || !of_event(t));
        const bool certain = t->waiting == WaitReason::LockHeld;
        if (idle || (may_act && !certain)) continue;
        kmdf::because(kmdf::wait_sentence(*t, t->waiting, t->waits_for) + "; " +
                      who_must_act(framework_, t) + those_behind(t));
        finding_of_waiting("U-14", t);
      }
      tell_with_those_behind(t);
    }
  }

 private:
  static bool of_event(const VThread* t) {
    return t->waiting == WaitReason::Event || t->waiting == WaitReason::AnyOf ||
           t->waiting == WaitReason::AllOf;
  }

  static bool locks_alone(const WaitGraph::Ring& ring) {
    return std::all_of(ring.begin(), ring.end(),
                       [](const VThread* t) { return t->waiting == WaitReason::LockHeld; });
  }

  std::string those_behind(const VThread* t) const {
    constexpr size_t kMostNamed = 4;
    std::string out;
    size_t n = 0;
    for (const VThread* other : graph_.behind(t)) {
      if (n++ < kMostNamed)
        out += "; behind it, " + kmdf::wait_sentence(*other, other->waiting, other->waits_for);
    }
    return n > kMostNamed ? out + fmt::format("; and {} more", n - kMostNamed) : out;
  }

  void tell_with_those_behind(const VThread* t) {
    places_.report_thread(t->id);
    for (const VThread* other : graph_.behind(t)) places_.report_thread(other->id);
  }

  const Framework& framework_;
  Places& places_;
  WaitGraph graph_;
};

}  // namespace

void report_waits(const sched::Scheduler& scheduler, const Framework& framework, bool may_act,
                  Places& places) {
  WaitReport report(scheduler, framework, places);
  report.rings();
  report.others(may_act);
  for (const VThread* t : waits_with_reminders(scheduler)) print_reminder(*t);
  for (const kmdf::Device* d : framework.devices)
    for (const kmdf::Queue* q : d->queues) {
      if (q->waiting.empty()) continue;
      bool flows = q->dispatches() && q->dispatch_type != trace::Dispatch::Manual;
      if (q->purge.used && !flows) kmdf::finding("Q-10", q->id);
      if (q->dispatch_type == trace::Dispatch::Parallel && q->limit == 0)
        kmdf::finding("D-17", q->id);
    }
}

namespace {

// A control device that is not deleted keeps the driver loaded after its other devices are gone.
void report_control_devices(const Framework& framework, Places& places) {
  bool pnp = false;
  for (const kmdf::Device* d : framework.devices) {
    if (!d->init.control && !d->removed) return;
    pnp = pnp || !d->init.control;
  }
  if (!pnp) return;
  for (const kmdf::Device* d : framework.devices) {
    if (!d->init.control || d->delete_called) continue;
    kmdf::because(
        "the driver cannot be unloaded while this control device is there: delete it when the "
        "last other device goes");
    finding_at("U-10", d->id, {}, places.left(d->id));
  }
}

// Objects that were deleted with the driver but that a reference still keeps.
void report_references(const Framework& framework, Places& places) {
  for (int kind = int(ObjectKind::None) + 1; kind < int(ObjectKind::Count); ++kind)
    for (const kmdf::Object* o : framework.alive(ObjectKind(kind))) {
      const bool reported =
          o->kind() == ObjectKind::Request && !static_cast<const Request*>(o)->driver_created;
      if (reported || !o->delete_called || o->refs <= 0) continue;
      kmdf::because("the driver is unloaded, and a reference is left");
      finding_at("U-10", o->id, {}, places.referenced(o->id));
    }
}

}  // namespace

void report_leftovers(const Framework& framework, Places& places) {
  kmdf::check_retired_buffers();
  for (const kmdf::Object* o : framework.alive(ObjectKind::Request)) {
    auto* r = static_cast<const Request*>(o);
    if (!r->completed || r->reserved || r->driver_created || places.is_reported(r->id)) continue;
    finding_at(r->found_refs ? "G-10" : "U-10", r->id, {}, places.referenced(r->id));
  }
  report_control_devices(framework, places);
  if (!framework.driver) report_references(framework, places);
  auto& devices = framework.devices;
  if (std::all_of(devices.begin(), devices.end(), [](const kmdf::Device* d) { return d->removed; }))
    kmdf::report_pool_leaks();
}

void report_abandoned(const Request* r, Places& places) {
  if (places.is_reported(r->id)) return;
  const kmdf::Queue* q = r->bound;
  std::string reason;
  const trace::CallbackKind last = places.last_callback(r->id);
  if (last != trace::CallbackKind::Count)
    reason = fmt::format("the last callback that had it is {}", trace::callback_name(last));
  if (q && q->dispatch_type == trace::Dispatch::Sequential && !q->waiting.empty()) {
    const size_t more = q->waiting.count() - 1;
    reason += fmt::format("{}{} {} behind it in the queue, which delivers one request at a time",
                          reason.empty() ? "" : "; ",
                          rt::sched().trace().name(q->waiting.first()->item->id),
                          more ? fmt::format("and {} more wait", more) : "waits");
  }
  reason += those_behind(r);
  if (reason.starts_with("; ")) reason.erase(0, 2);
  if (!reason.empty()) kmdf::because(reason);
  finding_at("U-01", r->id, q ? q->id : ObjectId(), places.left(r->id));
}

}  // namespace qs::run
