// Runs of a stranger's driver, in a process that can do nothing else. Owns: Boxed. Called through
// run::execute(), for programs that make_own_program has made.
//
// `queuescope --runner` is this same executable; it never loads the driver itself. For each run it
// forks a child, which locks itself in (box.h), loads the driver and executes the run; so a
// driver's globals are always fresh, and addresses are the same every time. What happens is written
// into a Record (record.h), which is read when the child is dead. What else somebody wants of the
// driver (run/workplace.h) is done by such a child, too.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "own/compile.h"
#include "own/record.h"
#include "run/workplace.h"

namespace qs::own {

// How long one run may take, besides the limits that every run has. Of the processor, by the clock.
struct BoxLimits {
  uint32_t cpu_seconds = 10, wall_seconds = 20;
};

class Boxed final : public run::Workplace {
 public:
  explicit Boxed(SharedObject object, BoxLimits limits = {});
  ~Boxed() override;

  // A trace in any case: what the driver did, and last how it ended.
  run::Execution execute(const run::Program& program,
                         const sched::Schedule& schedule) const override;
  std::unique_ptr<run::Work> begin(const run::Program& program, const sched::Schedule& schedule,
                                   const std::string& asked, double seconds) const override;

 private:
  // A runner, and the record that its children write to.
  struct Seat;
  class Job;
  std::unique_ptr<Seat> take_seat() const;
  void give_back(std::unique_ptr<Seat> seat) const;

  SharedObject object_;
  BoxLimits limits_;
  mutable std::mutex seats_lock_;
  mutable std::vector<std::unique_ptr<Seat>> seats_;  // that nobody has now
};

// The executable that is started as the runner: this one, unless tests name another.
void use_runner(std::string path);

// What main() does first: with the argument --runner it is the runner, and `exit_code` is what to
// return.
bool runner_asked(int argc, char** argv, int& exit_code);

}  // namespace qs::own
