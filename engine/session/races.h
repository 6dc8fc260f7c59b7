// Can the run that is shown go wrong? The search of all its schedules, a slice at a time, and what
// a person looks at in it. Owns: Races. The run is copied, not borrowed: the session may go on.
// Called by the races pane and tests, on the window's thread.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "explore/luck.h"
#include "explore/route.h"
#include "explore/search.h"
#include "session/session.h"

namespace qs::session {

class Races {
 public:
  // So much is looked at before it rests by itself; go_on() adds as much again.
  static constexpr double kSeconds = 10;           // of searching
  static constexpr uint64_t kSchedules = 500'000;  // different ones, that are remembered

  // Why the run of this session cannot be searched, a sentence; "": it can.
  static std::string refusal(const Session& session);

  Races(const Session& session, explore::Limits limits);
  ~Races();
  Races(const Races&) = delete;

  // Is this the search of what the session shows, whatever its threads did there?
  bool is_of(const Session& session) const;

  // Broken: an invariant of the engine did not hold in one of the runs (base/must.h). Nothing is
  // lost by it, but the search ends there.
  enum class State : uint8_t { Going, Done, OutOfTime, OutOfMemory, Stopped, Broken };
  // Searches for about so many seconds of wall-clock time while it is Going; then it tries luck.
  void search(double seconds);
  // The same for a number of executions, which does not depend on the machine; it counts no time.
  void search_executions(uint64_t executions);
  void stop();
  void go_on();
  State state() const { return state_; }
  const std::string& broken() const { return broken_; }  // what did not hold
  double seconds() const { return spent_; }  // so long it has searched; 0: nobody measured

  // What luck would have found: so many random schedules, tried once the search rests. Of a driver
  // that is not in this process: none are.
  static constexpr uint64_t kRandom = 1000;
  void try_luck(uint64_t schedules);
  const explore::Luck* luck() const { return luck_ ? &*luck_ : nullptr; }  // null: not all yet
  // Is there anything that it goes on with by itself?
  bool goes_on() const;

  const explore::Limits& limits() const { return limits_; }
  explore::Progress progress() const { return search_.progress(); }
  // What was known a moment ago while it goes on, all of it when it rests.
  const explore::SearchReport& report() const { return report_; }
  const std::vector<explore::Kept>& kept() const { return search_.kept(); }
  // Shares and points of no return are of all schedules, not just of some.
  bool knows_all() const;
  const run::Program& program() const { return program_; }

  // The schedules that play what was found, in an ordinary run, too.
  sched::Schedule schedule_of(const explore::Kept& kept) const;
  const sched::Schedule& schedule() const { return search_.base(); }
  // Step by step, and who else could go on after so many of its steps.
  std::shared_ptr<const explore::Route> route(const sched::Schedule& schedule) const;
  std::vector<explore::Road> roads(const explore::Route& route, size_t step) const;

 private:
  void step();
  void rest_if_due();
  void look(bool now);

  run::Program program_;
  sched::Schedule base_;
  explore::Limits limits_;
  explore::Search search_;
  explore::SearchReport report_;
  State state_ = State::Going;
  std::string broken_;
  std::unique_ptr<explore::RandomRuns> random_;
  std::optional<explore::Luck> luck_;
  double spent_ = 0, allowed_ = kSeconds;
  uint64_t allowed_schedules_ = kSchedules;
  double looked_at_ = 0, look_took_ = 0;  // seconds
};

// The run that the session shows, step by step, with everybody who could have gone on at each, also
// before their time. Only where nothing refuses it.
std::shared_ptr<const explore::Route> route_of(const Session& session);

}  // namespace qs::session
