#include "run/end_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "kmdf/buffers.h"
#include "kmdf/nt.h"

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

void report_thread(const Framework& framework, const VThread* t) {
  switch (t->waiting) {
    case WaitReason::SyncQueueCall: finding("Q-14", t->waits_for, t->id); return remind(t);
    case WaitReason::PowerDown:
    case WaitReason::Removal: {
      bool late = acknowledged_late(queue_with(framework, t->waits_for));
      finding(late ? "P-25" : "P-12", t->waits_for, t->id);
      return remind(t);
    }
    case WaitReason::QueueDeletion: return finding("O-10", t->waits_for, t->id);
    default: return;
  }
}

}  // namespace

std::vector<VThread*> with_reminders(const Scheduler& scheduler) {
  std::vector<VThread*> out;
  for (WaitReason reason : {WaitReason::SyncQueueCall, WaitReason::PowerDown, WaitReason::Removal})
    for (VThread* t : scheduler.waiting_for(reason)) out.push_back(t);
  std::sort(out.begin(), out.end(), ByCreation());
  return out;
}

void remind(const VThread* t) {
  const char* what = t->waiting == WaitReason::SyncQueueCall ? "a synchronous call"
                     : t->waiting == WaitReason::Removal     ? "a removal"
                                                             : "a power-down";
  debug_text(fmt::format("The framework waits for queue {} in {}, for more than 60 seconds.",
                         t->waits_for.serial(), what));
  finding("V-28", t->waits_for, t->id);
}

void report_waits(const Scheduler& scheduler, const Framework& framework) {
  std::vector<VThread*> threads(scheduler.live().begin(), scheduler.live().end());
  for (const VThread* t : threads)
    if (!t->runnable) report_thread(framework, t);
  for (const Device* d : framework.devices)
    for (const Queue* q : d->queues) {
      if (q->waiting.empty()) continue;
      bool flows = q->dispatches() && q->dispatch_type != Dispatch::Manual;
      if (q->purge.used && !flows) finding("Q-10", q->id);
      if (q->dispatch_type == Dispatch::Parallel && q->limit == 0) finding("D-17", q->id);
    }
}

void report_leftovers(const Framework& framework) {
  check_retired_buffers();
  for (const Object* o : framework.alive(ObjectKind::Request)) {
    auto* r = static_cast<const Request*>(o);
    if (!r->completed || r->reserved || r->driver_created) continue;
    finding(r->found_refs ? "G-10" : "U-10", r->id);
  }
  auto& devices = framework.devices;
  if (std::all_of(devices.begin(), devices.end(),
                  [](const Device* d) { return d->removed.load(); }))
    report_pool_leaks();
}

}  // namespace qs
