// Where a driver runs that is not in this process, for whoever wants more of it than single runs.
// Owns: Workplace, Work. Implemented by own (Boxed); explore asks, in its own words
// (explore/elsewhere.h).
#pragma once
#include <memory>
#include <string>

#include "run/program.h"
#include "run/run.h"

namespace qs::run {

// Something that goes on where the driver is. What comes of it is as little to be trusted as the
// driver.
class Work {
 public:
  virtual ~Work() = default;  // ends it
  // Waits for so many seconds at most. False: it still goes on.
  virtual bool ended(double seconds) = 0;

  struct Outcome {
    std::string answer;         // the last one; "": none
    Execution seen;             // a run that was to be seen as a whole
    std::string why;            // a sentence why it did not come to its end; "": it did
    bool engine_wrong = false;  // it is no fault of the driver
  };
  // Once, when it has ended.
  virtual Outcome take() = 0;
};

class Workplace : public Elsewhere {
 public:
  // Several may go on at once. `seconds`: it says itself that it will not take longer. Any thread.
  virtual std::unique_ptr<Work> begin(const Program& program, const sched::Schedule& schedule,
                                      const std::string& asked, double seconds) const = 0;
};

// Null: the driver of this program is in this process.
inline const Workplace* workplace_of(const Program& program) {
  return dynamic_cast<const Workplace*>(program.elsewhere.get());
}

}  // namespace qs::run
