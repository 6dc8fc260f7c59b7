// The only door for the window and the command line: one program, its branches, the playhead. Owns: Session, Branch.
// Everything a person does is a Command; a Session never asks the framework anything, it executes again with another
// schedule and shows the new trace. Called on the window's thread.
#pragma once
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/model.h"
#include "model/queries.h"
#include "model/timeline.h"
#include "run/run.h"
#include "sched/schedule.h"

namespace qs {

// --- commands: what a person can do ---
namespace cmd {
struct Seek { double position = 0; };          // in events; fraction = progress of the motion
struct Home {};
struct End {};
enum class By : uint8_t { Event, Call, Hop, Callback, Line, Detail };
struct Step { By by = By::Event; bool back = false; };
struct Play {};
struct Pause {};
struct TogglePlay {};
struct Speed { double factor = 1; };           // 1/100 .. 100
// Plays or jumps to the next (or previous) event for which a condition holds.
struct RunTo { std::string condition; bool back = false; };
// An input of an application, the device or the driver's order giver, at the playhead (see sched/schedule.h).
struct Do { Input input; };
// Creation-time settings: executes again with the same inputs under the new mode (design: switching).
struct SwitchDispatch { ObjectId queue; Dispatch dispatch{}; uint32_t limit = 0xFFFFFFFFu; };
struct SetOverride { ObjectId queue; std::string text; };  // "scope=queue", "exec=passive", "zero=on" ...
struct SetOption { std::string text; };                    // "verifier=off", "minor=9" ...
struct PickThread { uint32_t ordinal = 0; uint32_t thread = 0; };  // at a decision (Choice event)
struct ShowBranch { size_t branch = 0; };
struct LoadSchedule { std::string text; };
struct ResetRun {};                            // back to the program's own run: a new branch
struct Bookmark { std::string name; };
struct Continue {};                            // after a verifier break
}  // namespace cmd

using Command =
    std::variant<cmd::Seek, cmd::Home, cmd::End, cmd::Step, cmd::Play, cmd::Pause, cmd::TogglePlay,
                 cmd::Speed, cmd::RunTo, cmd::Do, cmd::SwitchDispatch, cmd::SetOverride,
                 cmd::SetOption, cmd::PickThread, cmd::ShowBranch, cmd::LoadSchedule, cmd::ResetRun,
                 cmd::Bookmark, cmd::Continue>;

// One execution: a schedule and its trace. Branches are never thrown away.
struct Branch {
  size_t id = 0, parent = 0;
  uint32_t fork_event = 0;   // first event that differs from the parent's
  std::string label;         // "main", "what if parallel", "cancel R2"
  Schedule schedule;
  Execution execution;
  std::unique_ptr<Timeline> timeline;
  double position = 0;       // its own playhead
};

struct BookmarkAt {
  std::string name;
  size_t branch = 0;
  uint32_t event = 0;
};

// What the views draw. `t` in [0,1]: progress from `before` (state without the current event) to `after`.
struct Frame {
  const Model* before = nullptr;
  const Model* after = nullptr;
  const Trace* trace = nullptr;
  Timeline* timeline = nullptr;
  size_t event = 0;      // number of events applied in `after` (0: nothing happened yet)
  double t = 1;
  bool playing = false, at_end = false;
  bool stopped_at_verdict = false;  // a break or bug check pauses playback here
};

class Session {
 public:
  explicit Session(Program program, Schedule schedule = {});
  ~Session();

  const Program& program() const { return program_; }
  // Empty when done; otherwise why it was not possible (a sentence).
  std::string apply(const Command& command);
  // Wall-clock time passes (seconds); moves the playhead while playing. True while something moves.
  bool tick(double seconds);

  Frame frame();
  const std::vector<std::unique_ptr<Branch>>& branches() const { return branches_; }
  const Branch& branch() const { return *branches_[current_]; }
  size_t current_branch() const { return current_; }
  double position() const { return branches_[current_]->position; }
  bool playing() const { return playing_; }
  double speed() const { return speed_; }
  const std::vector<BookmarkAt>& bookmarks() const { return bookmarks_; }
  // The run as one line, to be pasted into `queuescope run ... --schedule`.
  std::string schedule_text() const;
  // How long (seconds at 1x) the motion of event n takes; 0 for events that are passed at once.
  double event_duration(size_t event) const;
  // Inputs of the current branch that were not possible.
  std::vector<InputOutcome> impossible() const;
  // Changes whenever what is shown may have changed (redraw on demand).
  uint64_t revision() const { return revision_; }

 private:
  std::string act(Input input, const std::string& label);
  std::string rerun(Schedule schedule, const std::string& label, uint32_t keep_time);
  void add_branch(Schedule schedule, const std::string& label, size_t parent);
  Branch& here() { return *branches_[current_]; }
  void seek(double position);
  void step(cmd::Step s);

  Program program_;
  std::vector<std::unique_ptr<Branch>> branches_;
  size_t current_ = 0;
  bool playing_ = false;
  double speed_ = 1;
  std::vector<BookmarkAt> bookmarks_;
  uint64_t revision_ = 1;
  bool verdict_pause_ = false;
  uint32_t passed_verdict_ = 0;  // event number of the verdict that Continue went past
};

// "R2", "default" ... -> its id in this trace; 0 when there is none.
ObjectId find_object(const Trace& trace, std::string_view name, ObjectKind kind = ObjectKind::None);

}  // namespace qs
