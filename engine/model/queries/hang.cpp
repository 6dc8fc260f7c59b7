// Who holds a request, what will never move again, and the debugger's view of a queue.
#include <fmt/format.h>

#include "base/visible.h"
#include "model/find.h"
#include "model/queries/queries.h"
#include "trace/events/words.h"

namespace qs::model {

using trace::spoken_name;
using trace::WaitReason;

std::string handle_wait(const Model& m, const trace::Trace& t, const RequestView& r) {
  const FileView* f = r.place == Place::Sender ? m.file(r.file) : nullptr;
  if (!f || !f->synchronous || f->call == r.id) return {};
  return fmt::format("waits: this handle is synchronous, {}",
                     f->call ? spoken_name(t, f->call) + " is not complete" : "and being closed");
}

std::vector<Keeper> who_keeps_alive(const Model& m, const trace::Trace& t, ObjectId request) {
  std::vector<Keeper> out;
  const RequestView* r = m.request(request);
  if (!r || r->has(kDeletedObject)) return out;
  std::string name = spoken_name(t, request);
  auto queue = [&] { return spoken_name(t, r->queue); };
  if (r->place == Place::Sender) {
    const std::string waits = handle_wait(m, t, *r);
    out.push_back({r->app, "its sender: " + (waits.empty() ? "it has not arrived yet" : waits)});
  }
  if (r->place == Place::Device && !r->has(kPool))
    out.push_back({{}, "the framework: it is between two places"});
  if (r->has(kPool)) out.push_back({r->queue, "the pool of reserved requests"});
  if (r->place == Place::Waiting) out.push_back({r->queue, "the waiting list of " + queue()});
  if (r->place == Place::PendedIrp)
    out.push_back({r->queue, "the list of packets that wait for a reserved request"});
  if (r->has(kCharged))
    out.push_back({r->queue, queue() + " counts it among the driver's requests"});
  if (r->has(kCancelable)) out.push_back({r->queue, "the list of cancelable requests"});
  if (r->has(kCancelPending)) out.push_back({r->queue, "EvtRequestCancel, which is due"});
  if (r->has(kCoqPending)) out.push_back({r->queue, "EvtIoCanceledOnQueue, which is due"});
  if (r->has(kToNotify | kNotified)) out.push_back({r->queue, "the power change of " + queue()});
  if (r->place == Place::Target)
    out.push_back({r->target, spoken_name(t, r->target) + ", where it was sent"});
  if (r->channel)
    out.push_back({r->channel, spoken_name(t, r->channel) + " works on it, but owns nothing"});
  if (r->has(kDriverCreated)) out.push_back({{}, "the driver made it and must delete it"});
  for (const ThreadView& thread : m.threads)
    for (const StackFrame& f : thread.stack)
      if (f.callback && f.s == request)
        out.push_back(
            {thread.id, fmt::format("{} is inside {}({})", spoken_name(t, thread.id),
                                    trace::callback_name(trace::CallbackKind(f.what)), name)});
  if (r->driver_refs > 0)
    out.push_back({{},
                   r->driver_refs == 1
                       ? std::string("a reference of the driver")
                       : fmt::format("{} references of the driver", r->driver_refs)});
  if (out.empty() && r->place == Place::Done) out.push_back({{}, "nobody: it is going away"});
  return out;
}

namespace {

// Something that may still act by itself although nothing is due: it may finish any request.
bool driver_may_still_act(const Model& m) {
  if (!m.posted.empty()) return true;
  for (const RequestView& r : m.requests)
    if (r.has(kAsked)) return true;
  for (const TimerView& t : m.timers)
    if (t.armed) return true;
  for (const ThreadView& t : m.threads) {
    bool of_driver = t.kind != trace::ThreadKind::App && t.kind != trace::ThreadKind::Pnp;
    bool may_go_on = t.waiting == WaitReason::None || t.waiting == WaitReason::Delay ||
                     t.waiting == WaitReason::Asked;
    if (of_driver && may_go_on) return true;
  }
  return false;
}

bool hardware_works_on(const Model& m, ObjectId request) {
  for (const ChannelView& c : m.channels)
    if (c.request == request) return true;
  return false;
}

// Threads that hold each other's locks in a circle: "U-02" for one with itself, "U-03" for more.
// "U-14" for a lock whose holder has ended.
const char* lock_rule(const Model& m, const ThreadView& start) {
  const ThreadView* at = &start;
  if (const LockView* l = m.lock(start.waits_for); l && l->owner && !m.thread(l->owner))
    return "U-14";
  for (size_t steps = 0; steps <= m.threads.size(); ++steps) {
    const LockView* l = m.lock(at->waits_for);
    const ThreadView* owner = l ? m.thread(l->owner) : nullptr;
    if (!owner) return nullptr;
    if (owner == &start) return steps == 0 ? "U-02" : "U-03";
    if (owner->waiting != WaitReason::LockHeld) return nullptr;
    at = owner;
  }
  return nullptr;
}

// A synchronous queue call inside a callback of that queue waits for its own caller.
bool inside_callback_of(const ThreadView& t, ObjectId queue) {
  for (const StackFrame& f : t.stack)
    if (f.callback && queue && (f.o == queue || f.s == queue)) return true;
  return false;
}

// The rule of a thread that waits for something nobody will do, or nullptr. `may_act`: somebody may
// still finish what it waits for.
const char* stuck_rule(const Model& m, const ThreadView& t, bool may_act) {
  switch (t.waiting) {
    case WaitReason::LockHeld: return lock_rule(m, t);
    case WaitReason::SyncQueueCall:
      return inside_callback_of(t, t.waits_for) || !may_act ? "Q-14" : nullptr;
    case WaitReason::QueueDeletion:
      return inside_callback_of(t, t.waits_for) || !may_act ? "O-10" : nullptr;
    case WaitReason::PowerDown: return may_act ? nullptr : "P-12";
    case WaitReason::Removal: return may_act ? nullptr : "P-12";
    case WaitReason::TimerStop:
    case WaitReason::WorkItemFlush:
    case WaitReason::SyncSend:
    case WaitReason::TargetIo:
    case WaitReason::ThreadEnd: return may_act ? nullptr : "U-14";
    case WaitReason::Event:  // a thread of the driver may wait for work as long as it likes
    case WaitReason::AnyOf:
    case WaitReason::AllOf:
      return m.ended && t.kind != trace::ThreadKind::Driver ? "U-14" : nullptr;
    default: return nullptr;
  }
}

}  // namespace

std::vector<Hang> hangs(const Model& m, const trace::Trace& t) {
  std::vector<Hang> out;
  if (!m.settled && !m.ended) return out;
  bool may_act = !m.ended && driver_may_still_act(m);
  for (const RequestView& r : m.requests) {
    if (r.owner != Owner::Driver || r.has(kAsked) || may_act) continue;
    if (r.has(kDriverCreated) || hardware_works_on(m, r.id)) continue;
    if (r.has(kCancelable) && !m.ended) continue;  // its sender can still cancel it
    out.push_back({r.id, r.queue, "U-01",
                   fmt::format("The driver owns {} and nothing is left that will touch it.",
                               spoken_name(t, r.id))});
  }
  for (const ThreadView& thread : m.threads) {
    const char* rule = stuck_rule(m, thread, may_act);
    if (!rule) continue;
    std::string on = thread.waits_for ? " (" + spoken_name(t, thread.waits_for) + ")" : "";
    out.push_back({thread.id, thread.waits_for, rule,
                   fmt::format("{} waits {}{} and will never go on.", spoken_name(t, thread.id),
                               trace::words(thread.waiting), on)});
  }
  return out;
}

namespace {
std::string list_requests(const Model& m, const trace::Trace& t, const SharedList<ObjectId>& ids) {
  std::string out;
  for (ObjectId id : ids) {
    const RequestView* r = m.request(id);
    out += fmt::format("        !WDFREQUEST {:08x}  {}", id.raw, visible(t.name(id)));
    if (r)
      out +=
          fmt::format("  {}{}{}", trace::words(r->type), r->has(kCancelable) ? ", cancelable" : "",
                      r->place == Place::Target ? ", sent" : "");
    out += "\n";
  }
  return out;
}
}  // namespace

std::string queue_dump(const Model& m, const trace::Trace& t, ObjectId queue) {
  const QueueView* q = m.queue(queue);
  if (!q) return {};
  const char* type = q->dispatch() == trace::Dispatch::Sequential ? "Sequential"
                     : q->dispatch() == trace::Dispatch::Parallel ? "Parallel"
                                                                  : "Manual";
  const char* scope = q->scope() == trace::SyncScope::None    ? "SynchronizationScopeNone"
                      : q->scope() == trace::SyncScope::Queue ? "SynchronizationScopeQueue"
                                                              : "SynchronizationScopeDevice";
  std::string out = fmt::format("Dumping WDFQUEUE {:08x}  {}\n=========================\n",
                                queue.raw, visible(t.name(queue)));
  out += fmt::format(
      "{}, {}, {}, {}, {}, {}, {}\n", type,
      q->config & trace::kConfigPowerManaged ? "Power-managed" : "Not power-managed",
      q->power == trace::QueuePower::On    ? "PowerOn"
      : q->power == trace::QueuePower::Off ? "PowerOff"
                                           : "PowerTransition",
      q->flags & trace::kAccept ? "Can accept" : "Cannot accept",
      q->flags & trace::kDispatch ? "Can dispatch" : "Cannot dispatch",
      q->config & trace::kConfigPassive ? "ExecutionLevelPassive" : "ExecutionLevelDispatch",
      scope);
  if (q->dispatch() == trace::Dispatch::Parallel && q->limit != trace::kNoLimit)
    out += fmt::format("    Number of presented requests, at most: {}\n", q->limit);
  out += fmt::format("    Number of driver owned requests: {}\n", q->owned_count);
  out += list_requests(m, t, q->owned);
  out += fmt::format("    Number of waiting requests: {}\n", q->waiting.size());
  out += list_requests(m, t, q->waiting);
  for (unsigned kind = 0; kind < unsigned(trace::CallbackKind::Count) && kind < 64; ++kind)
    if (q->callbacks >> kind & 1)
      out += fmt::format("    {}\n", trace::callback_name(trace::CallbackKind(kind)));
  return out;
}

}  // namespace qs::model
