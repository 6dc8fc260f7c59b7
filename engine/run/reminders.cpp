#include "run/reminders.h"

#include <fmt/format.h>

#include <algorithm>

#include "trace/events/words.h"

namespace qs::run {

namespace {
constexpr uint32_t kMinute = 60'000'000;  // virtual microseconds
}

std::vector<sched::VThread*> waits_with_reminders(const sched::Scheduler& scheduler) {
  std::vector<sched::VThread*> out;
  for (trace::WaitReason reason :
       {trace::WaitReason::SyncQueueCall, trace::WaitReason::PowerDown, trace::WaitReason::Removal})
    for (sched::VThread* t : scheduler.waiting_for(reason))
      if (t->waits_for.kind() == ObjectKind::Queue) out.push_back(t);
  std::sort(out.begin(), out.end(), sched::ByCreation());
  return out;
}

void print_reminder(const sched::VThread& t) {
  const char* what = t.waiting == trace::WaitReason::SyncQueueCall ? "a synchronous call"
                     : t.waiting == trace::WaitReason::Removal     ? "a removal"
                                                                   : "a power-down";
  kmdf::debug_text(fmt::format("The framework waits for queue {} in {}, for more than 60 seconds.",
                               kmdf::rt::sched().trace().name(t.waits_for), what));
}

std::optional<uint32_t> Reminders::next(const sched::Scheduler& scheduler) {
  const uint32_t now = scheduler.now();
  std::map<ObjectId, Wait> still;
  for (const sched::VThread* t : waits_with_reminders(scheduler)) {
    const auto known = waits_.find(t->id);
    const bool same = known != waits_.end() && known->second.queue == t->waits_for;
    still[t->id] =
        same ? known->second : Wait{t, t->waits_for, t->waiting, now, now + kMinute, t->site};
    if (same) waits_.erase(known);
  }
  for (const auto& [id, over] : waits_) report(over, now);
  waits_ = std::move(still);
  std::optional<uint32_t> first;
  for (const auto& [id, wait] : waits_) first = std::min(first.value_or(wait.due), wait.due);
  return first;
}

void Reminders::print(uint32_t now) {
  for (auto& [id, wait] : waits_) {
    if (wait.due > now) continue;
    wait.due += kMinute;
    print_reminder(*wait.thread);
  }
}

void Reminders::report(const Wait& wait, uint32_t now) {
  if (wait.due - wait.since <= kMinute) return;  // it was shorter
  trace::Trace& trace = kmdf::rt::sched().trace();
  kmdf::because(fmt::format("{} waited {} ({}), and went on after {}", trace.name(wait.thread->id),
                            trace::words(wait.reason), trace.name(wait.queue),
                            trace::time_text(now - wait.since)));
  trace::Event e;
  e.code = trace::EventCode::Finding;
  e.time = now;
  e.s = wait.queue;
  e.a = trace.intern("V-28");
  e.site = wait.site;
  trace.push(e);
  if (kmdf::fw().observer) kmdf::fw().observer->on_finding("V-28");
}

}  // namespace qs::run
