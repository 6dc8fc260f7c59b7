// The same inputs under two or three dispatch modes. Owns: Comparison. The current run of a session
// is executed again with one queue created differently, and the runs share one clock. Called by the
// compare pane and tests, on the window's thread; the session is not changed.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "model/timeline/shared_clock.h"
#include "session/session.h"

namespace qs::session {

struct ComparedMode {
  trace::Dispatch dispatch = trace::Dispatch::Sequential;
  uint32_t limit = trace::kNoLimit;  // Parallel only
  bool operator==(const ComparedMode&) const = default;
};
// "Sequential", "Parallel (2)", "Parallel", "Manual"; `lower` for the middle of a sentence.
std::string mode_title(const ComparedMode& mode, bool lower = false);

struct ComparedRun {
  ComparedMode mode;
  bool present = false;  // the session's own run has this mode
  sched::Schedule schedule;
  run::Execution execution;
  std::unique_ptr<model::Timeline> timeline;
  struct Impossible {
    std::string words, reason;  // "cancel R2", "there is no request R2"
  };
  std::vector<Impossible> impossible;
};

struct Comparison {
  std::string queue;
  std::vector<ComparedRun> runs;
  model::SharedClock clock;
  std::optional<model::FirstDifference> difference;
  std::string sentence;  // of the difference; "" when there is none
};

// A queue of the current run that can be compared, or why it cannot.
struct ComparableQueue {
  ObjectId id;
  std::string name, reason;
  ComparedMode now;
};
std::vector<ComparableQueue> comparable_queues(const Session& session);

// Executes two or three different modes; the error is a sentence.
Result<Comparison> compare_modes(const Session& session, const std::string& queue,
                                 const std::vector<ComparedMode>& modes);

}  // namespace qs::session
