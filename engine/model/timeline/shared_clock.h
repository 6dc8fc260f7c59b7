// Several runs of one program on one virtual clock. Owns: SharedClock (which moment of each run
// belongs together) and FirstDifference. Pure; made by session's Comparison, read by the compare
// view and by tests.
//
// The clock goes from stop to stop. At a stop each run has taken one more step (a request changed
// place, or a rule was broken), or none when it has nothing left to do at that instant. Instants
// are aligned by virtual time and, within one, by the inputs that came in: the n-th input of an
// instant is at the same stop in every run. Positions count stops; where virtual time passes
// there is a gap as long as that time, on one scale for all gaps.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/timeline/timeline.h"
#include "trace/events/trace.h"

namespace qs::model {

class SharedClock {
 public:
  struct Source {
    const trace::Trace* trace = nullptr;
    size_t ready = 0;  // events of the set-up; the clock begins after it
  };
  SharedClock() = default;
  explicit SharedClock(const std::vector<Source>& runs);

  size_t runs() const { return runs_; }
  size_t stops() const { return stops_.size(); }  // at least 1: stop 0 is the start
  double length() const { return stops_.empty() ? 0 : stops_.back().position; }
  double position(size_t stop) const { return stops_[stop].position; }
  uint32_t time(size_t stop) const { return stops_[stop].time; }  // virtual microseconds
  // How many events run `run` has applied at a stop.
  size_t events(size_t stop, size_t run) const { return events_[stop * runs_ + run]; }
  // The last stop whose position is not after `position`.
  size_t stop_before(double position) const;
  // The stop by which run `run` has applied event number `event` (from 0); 0 for the set-up.
  size_t stop_of(size_t run, size_t event) const;
  // The last stop of the same instant, before the next input of it.
  size_t end_of_burst(size_t stop) const;

  // Where the playhead is: `t` from stop `from` (0) to the next one (1); 0 while time passes.
  struct At {
    size_t from = 0;
    double t = 0;
    uint32_t time = 0;
  };
  At at(double position) const;
  // The way from stop - 1 to stop, and the part of it in which only time passes.
  double gap(size_t stop) const { return stops_[stop].gap; }

 private:
  struct Stop {
    double position = 0, gap = 0;
    uint32_t time = 0, burst = 0;
  };
  std::vector<Stop> stops_;
  std::vector<uint32_t> events_;
  size_t runs_ = 0;
};

// The first moment at which the runs are not alike, and about which request.
struct FirstDifference {
  size_t stop = 0;              // just before it they are alike
  uint32_t time = 0;            // virtual microseconds
  std::string request;          // "R2"
  std::vector<std::string> is;  // of each run: "waits in the default queue"
};

// `timelines` are those of the clock's runs, in its order. Requests are matched by name. None: the
// runs do the same to the end.
std::optional<FirstDifference> first_difference(const SharedClock& clock,
                                                const std::vector<Timeline*>& timelines);

// "At 1 ms: in parallel R2 is presented to EvtIoRead; in sequential it waits in the default queue."
// `names` are those of the runs.
std::string difference_sentence(const FirstDifference& difference,
                                const std::vector<std::string>& names);

// What is to be said of a request at a moment, without its name: "is presented to EvtIoRead".
std::string request_is(const Model& model, const trace::Trace& trace, ObjectId request);

}  // namespace qs::model
