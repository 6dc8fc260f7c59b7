#include "run/wait_graph.h"

#include <algorithm>

#include "kmdf/core/locks.h"

namespace qs::run {

using trace::WaitReason;

WaitGraph::WaitGraph(const sched::Scheduler& scheduler, const kmdf::Framework& framework)
    : framework_(framework) {
  for (Thread t : scheduler.live())
    if (!t->runnable && !t->limited) stuck_.push_back(t);
  if (stuck_.empty()) return;
  frames_ = open_frames(kmdf::rt::sched().trace());
  for (Thread t : stuck_) edges_[t] = find(t);
  find_rings();
}

namespace {

// Their object `o` is only the parent: nobody waits for them on its behalf.
bool is_posted(trace::CallbackKind kind) {
  return kind == trace::CallbackKind::EvtTimerFunc || kind == trace::CallbackKind::EvtDpcFunc ||
         kind == trace::CallbackKind::EvtWorkItem;
}

}  // namespace

// In a callback about the object, or about to call one.
bool WaitGraph::is_inside(Thread t, ObjectId object) const {
  const auto found = frames_.find(t->id.serial());
  bool any = false;
  if (found != frames_.end())
    for (const OpenFrame& f : found->second) {
      if (!f.callback) continue;
      any = true;
      if (f.s == object || (f.o == object && !is_posted(trace::CallbackKind(f.what)))) return true;
    }
  return !any && t->on_behalf_of == object;
}

namespace {

kmdf::Device* device_behind(const kmdf::Framework& framework, ObjectId id) {
  kmdf::Object* o = framework.find(id);
  return o ? kmdf::device_of(o) : nullptr;
}

}  // namespace

std::vector<WaitGraph::Thread> WaitGraph::find(Thread t) const {
  std::vector<Thread> out;
  switch (t->waiting) {
    case WaitReason::LockHeld: {
      const Thread owner = kmdf::lock_owner(t->waits_for);
      if (owner && !owner->ended) out.push_back(owner);
      break;
    }
    case WaitReason::ThreadEnd:
    case WaitReason::AllOf:  // its object may be an event: then nobody is known
      for (Thread other : stuck_)
        if (other->id == t->waits_for) out.push_back(other);
      break;
    case WaitReason::TimerStop:
    case WaitReason::WorkItemFlush:
    case WaitReason::SyncQueueCall:
    case WaitReason::QueueDeletion:
    case WaitReason::TargetIo:
      for (Thread other : stuck_)
        if (is_inside(other, t->waits_for)) out.push_back(other);
      if (out.empty() && t->waiting == WaitReason::TimerStop)  // a DPC that cannot begin
        for (Thread other : stuck_)
          if (other->irql >= sched::kDispatchLevel) out.push_back(other);
      break;
    case WaitReason::PowerDown:
    case WaitReason::PowerUp:
    case WaitReason::Removal:
      if (t->waits_for.kind() != ObjectKind::Device) {
        for (Thread other : stuck_)
          if (is_inside(other, t->waits_for)) out.push_back(other);
        break;
      }
      // Of a device: for whoever is changing its power.
      if (const kmdf::Device* d = device_behind(framework_, t->waits_for); d && d->power_thread)
        out.push_back(d->power_thread);
      break;
    case WaitReason::Turn:
      if (const kmdf::Device* d = device_behind(framework_, t->waits_for); d && d->pnp_thread)
        out.push_back(d->pnp_thread);
      break;
    default: break;
  }
  return out;
}

const std::vector<WaitGraph::Thread>& WaitGraph::waits_for(Thread t) const {
  static const std::vector<Thread> nobody;
  const auto found = edges_.find(t);
  return found == edges_.end() ? nobody : found->second;
}

bool WaitGraph::reaches(Thread from, Thread to) const {
  std::set<Thread> seen;
  std::vector<Thread> next{from};
  while (!next.empty()) {
    const Thread t = next.back();
    next.pop_back();
    for (Thread other : waits_for(t)) {
      if (other == to) return true;
      if (seen.insert(other).second) next.push_back(other);
    }
  }
  return false;
}

// The shortest ring through each oldest thread that is in one.
void WaitGraph::find_rings() {
  for (Thread first : stuck_) {
    if (in_ring(first) || !reaches(first, first)) continue;
    std::map<Thread, Thread> came_from;
    std::vector<Thread> next{first};
    for (size_t i = 0; i < next.size() && !came_from.count(first); ++i)
      for (Thread other : waits_for(next[i])) {
        if (in_ring(other) || !came_from.emplace(other, next[i]).second) continue;
        next.push_back(other);
      }
    if (!came_from.count(first)) continue;  // only through a ring already reported
    Ring ring;
    for (Thread t = came_from[first]; t != first; t = came_from[t]) ring.push_back(t);
    ring.push_back(first);
    std::reverse(ring.begin(), ring.end());
    in_ring_.insert(ring.begin(), ring.end());
    rings_.push_back(std::move(ring));
  }
}

std::vector<WaitGraph::Thread> WaitGraph::behind(Thread t) const {
  std::vector<Thread> out;
  for (Thread other : stuck_)
    if (other != t && !in_ring(other) && reaches(other, t)) out.push_back(other);
  return out;
}

}  // namespace qs::run
