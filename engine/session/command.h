// Everything that a person can do to a run, as values: made by panes, keys and the command line,
// carried out by Session::apply. Owns: Command and its kinds. Plain values; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <variant>

#include "model/model.h"
#include "run/queue_graph.h"
#include "sched/schedule.h"
#include "session/setup_file.h"
#include "session/workload.h"

namespace qs::session {

namespace cmd {
// In events; the fraction is the progress of the motion.
struct Seek {
  double position = 0;
};
// To Session::ready(), where the device has started; from there to the very beginning.
struct Home {};
struct End {};
// What a step stops at: events of level Hop, Callback, Call or State; only calls and callbacks;
// only hops; only callbacks; Event and every source line; each single event. Violations always.
enum class By : uint8_t { Event, Call, Hop, Callback, Line, Detail };
struct Step {
  By by = By::Event;
  bool back = false;
};
struct Play {};
struct Pause {};
struct TogglePlay {};
struct Speed {
  static constexpr double kLeast = 0.01, kMost = 10;  // clamped to these
  double factor = 1;
};
// While on, playback pauses after every hop of a request until a key is pressed (for teachers).
struct WaitForKey {
  bool on = true;
};
// Jumps to the next (or previous) event of that kind (engine/language).
struct RunTo {
  std::string event;
  bool back = false;
};
// An input of an application, the device or the driver's order giver, at the playhead (see
// sched/schedule.h). Its time and ordinal are filled in. While the run plays, a request is sent and
// an order is given once what is going on at this instant is over, and playback goes on. At the end
// of a run it makes the run longer and plays the result; before that it makes a branch, which keeps
// only what had happened up to here, and, unless the run was playing, plays to its effect at that
// instant; repeating what was done at the same place shows the existing branch. When it is not
// possible it is refused with the reason, and nothing changes.
// With `answer` it is what the run stopped for: if nothing was done later in this branch, the
// branch continues from here instead of being kept beside a new one; if the very same was done here
// before, the branch plays on as it is.
struct Do {
  sched::Input input;
  bool answer = false;
};
// Creation-time settings: executes again with the same inputs under the new mode.
struct SwitchDispatch {
  ObjectId queue;
  trace::Dispatch dispatch{};
  uint32_t limit = trace::kNoLimit;
};
struct SetOverride {
  ObjectId queue;
  std::string text;  // "scope=queue", "exec=passive", "zero=on"; "zero=" takes it back
};
// What a driver that asks (QsNextQueue) creates: executes again with the same inputs under the new
// graph, as the switches do. A graph that the framework refuses is tried all the same.
struct SetGraph {
  run::QueueGraph graph;
  std::string label;
};
// Inputs made by a generator, from the playhead on; one that is already on is generated again from
// where it began (its start and the numbers sent before are filled in).
struct SetWorkload {
  Workload workload;
};
struct DropWorkload {};
struct LoadSetup {
  SetupFile setup;
};
struct SetOption {
  std::string text;  // "verifier=off", "minor=9" ...
};
// At a decision (Choice event): that thread goes on.
struct PickThread {
  uint32_t ordinal = 0;
  uint32_t thread = 0;  // serial
};
struct ShowBranch {
  size_t branch = 0;
};
struct LoadSchedule {
  std::string text;
  std::string label;  // of its branch; "": it was pasted
};
struct ResetRun {};  // back to the program's own run: a new branch
// Marks this moment, or removes its mark.
struct Bookmark {
  std::string name;
};
struct Continue {};  // after a verifier break
}  // namespace cmd

using Command =
    std::variant<cmd::Seek, cmd::Home, cmd::End, cmd::Step, cmd::Play, cmd::Pause, cmd::TogglePlay,
                 cmd::Speed, cmd::WaitForKey, cmd::RunTo, cmd::Do, cmd::SwitchDispatch,
                 cmd::SetOverride, cmd::SetGraph, cmd::SetWorkload, cmd::DropWorkload,
                 cmd::LoadSetup, cmd::SetOption, cmd::PickThread, cmd::ShowBranch,
                 cmd::LoadSchedule, cmd::ResetRun, cmd::Bookmark, cmd::Continue>;

}  // namespace qs::session
