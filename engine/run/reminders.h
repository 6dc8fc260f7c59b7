// The framework's own waits without a limit (P-34, Q-07) and the text it prints after each minute
// of them (V-28). Owns: Reminders. Called by Run, outside virtual threads, in the current world.
#pragma once
#include <map>
#include <optional>

#include "kmdf/core/framework.h"
#include "sched/scheduler.h"

namespace qs::run {

// Waits of threads for a queue: synchronous calls, power-downs, removals; in order of creation.
std::vector<sched::VThread*> waits_with_reminders(const sched::Scheduler& scheduler);
// What the framework prints about one of them.
void print_reminder(const sched::VThread& thread);

class Reminders {
 public:
  // When the next reminder is due: a wait has then lasted another whole minute. Nothing: nobody
  // waits. Also reports the waits of more than a minute that have ended since the last call (V-28);
  // a wait that never ends has a finding of its own (end_report.h).
  std::optional<uint32_t> next(const sched::Scheduler& scheduler);
  // The clock has reached the time that next() gave: prints the text.
  void print(uint32_t now);

 private:
  struct Wait {
    const sched::VThread* thread;
    ObjectId queue;
    trace::WaitReason reason;
    uint32_t since, due;  // virtual microseconds
    trace::Site site;
  };
  static void report(const Wait& wait, uint32_t now);

  std::map<ObjectId, Wait> waits_;  // by thread
};

}  // namespace qs::run
