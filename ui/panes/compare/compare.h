// Compare: the same inputs under two or three dispatch modes, side by side on one clock. Owns:
// CompareState (which queue and modes, where the playhead is). A free function of a Session and
// that state; the session is only read. Called by the app once a frame, main thread only.
//
// What there is room for is shown: the runs as small stages side by side, else as the rows of a
// table, with the lanes below; in a small window one of table, lanes and set-up behind tabs. The
// clock with its playhead is always there.
//
// Names in the registry: "compare/…": queue/default, mode/seq, mode/par, mode/man, fewer, more,
// run0/open, run0/R1, clock, lane/view/R1, there, difference, parts/Lanes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/timeline/tally.h"
#include "session/compare.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

// A request of the compared runs. Found once: with hundreds of them a look at every name a frame
// would be slow.
struct ComparedRequest {
  std::string name;
  trace::RequestType type = trace::RequestType::Read;
  ObjectId in[3];  // in each run; none where it was not sent
};

// Who is shown: only what plays a part in one of the runs.
struct CompareCast {
  std::vector<ObjectId> queues;  // the compared one first
  std::vector<trace::CallbackKind> rooms;
  bool own_code = false, target = false;
  std::vector<ComparedRequest> requests;  // in the order of their coming
  uint32_t last_done[3] = {};             // of each run, virtual microseconds; 0: nothing was done
};
CompareCast compare_cast(const session::Comparison& comparison);

enum class ComparePart : uint8_t { runs, lanes, setup };

struct CompareState {
  std::string queue;
  bool on[3] = {true, true, true};  // sequential, parallel, manual
  uint32_t limit = 2;               // of parallel; 0: none
  session::Comparison comparison;
  std::string error;  // why there is nothing to compare
  CompareCast cast;
  double position = 0;  // of the playhead, as SharedClock counts
  bool playing = false;
  double until = -1;                     // a step goes on to here
  ComparePart part = ComparePart::runs;  // of those behind tabs, the one in front
  std::string reveal;                    // the lane of this request is to be scrolled to
  ScrollState lanes, impossible, small;
  struct {
    size_t events = SIZE_MAX;  // after so many of them
    model::Tally tally;
  } counted[3];  // of each run, kept while the playhead rests
};

// Compares `queue` (0: the first that can be) of the current run; the playhead moves to where
// the session's does.
void begin_compare(CompareState& state, const session::Session& session, ObjectId queue);
// The transport: Home, End, Step, Play, Pause, TogglePlay; others are ignored.
void steer_compare(CompareState& state, const session::Command& command, bool reduced_motion);
// Wall-clock time passes. True while something moves.
bool tick_compare(CompareState& state, double seconds, double speed);
void go_to_difference(CompareState& state);

// What was pressed.
struct CompareAct {
  bool leave = false;
  std::optional<session::cmd::SwitchDispatch> open;  // show that run in the window ...
  size_t event = 0;                                  // ... at this moment
};
CompareAct draw_compare(Ui& ui, const Rect& page, const session::Session& session,
                        CompareState& state, UiState& shared, bool projector);

}  // namespace qs::ui
