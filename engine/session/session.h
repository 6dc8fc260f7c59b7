// The only door for the window and the command line: one program, its branches, the playhead. Owns:
// Session, Branch. Everything a person does is a Command (command.h), everything that is drawn a
// Moment (moment.h); a Session never asks the framework anything, it executes the program again
// with another schedule and shows the new trace. Called on the window's thread.
//
// Its parts, a file each: session.cpp the branches and what each command does, playback.cpp the
// playhead, act.cpp how an act becomes a schedule, act_sandbox.cpp graphs, workloads and set-ups.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/queries/queries.h"
#include "run/run.h"
#include "sched/schedule.h"
#include "session/command.h"
#include "session/moment.h"
#include "trace/events/trace_file.h"

namespace qs::session {

// One execution: a schedule and its trace. Branches are never thrown away.
struct Branch {
  size_t id = 0, parent = 0;
  uint32_t fork_event = 0;  // first event that differs from the parent's
  std::string label;        // "main", "what if parallel", "cancel R2"
  sched::Schedule schedule;
  run::Execution execution;
  std::shared_ptr<model::Timeline> timeline;
  double position = 0;      // its own playhead
  size_t limit = SIZE_MAX;  // the playhead goes no further than after so many events
};

struct BookmarkAt {
  std::string name;
  size_t branch = 0;
  uint32_t event = 0;
};

class Session {
 public:
  explicit Session(run::Program program, sched::Schedule schedule = {});
  // A recording: everything but acting works.
  explicit Session(const trace::TraceFile& recording);
  ~Session();

  const run::Program& program() const { return program_; }
  // Its driver has changed: the inputs of this branch come in again, placed by their anchors, and
  // the playhead stands at the same moment. Other branches were of another driver, and are gone.
  void take_program(run::Program program);
  // Empty when done; otherwise why it was not possible (a sentence).
  std::string apply(const Command& command);
  // Wall-clock time passes (seconds); moves the playhead while playing. True while something moves.
  bool tick(double seconds);

  Moment moment();
  const std::vector<std::unique_ptr<Branch>>& branches() const { return branches_; }
  const Branch& branch() const { return *branches_[current_]; }
  size_t current_branch() const { return current_; }
  double position() const { return branches_[current_]->position; }
  // The first moment at which there is something to act on: the driver is loaded and the device has
  // started. Sessions begin here.
  size_t ready() const;
  bool view_only() const { return !program_.can_run(); }
  // From now on nothing after so many events of this branch is to be seen: seeks, steps, searches
  // and playback end there (SIZE_MAX: everything is). Other branches are not limited.
  void limit(size_t events);
  size_t limit() const { return branch().limit; }
  bool playing() const { return playing_; }
  double speed() const { return speed_; }
  bool waits_for_key() const { return wait_for_key_; }
  const std::vector<BookmarkAt>& bookmarks() const { return bookmarks_; }
  // The run as one line, to be pasted into `queuescope run ... --schedule`.
  std::string schedule_text() const;
  // What was done in this branch, whoever goes on when: no picks, and inputs at their times instead
  // of at decisions. Orders come when they are asked for.
  sched::Schedule unpicked() const;
  // How long (seconds at 1x) the motion of event n takes; 0 for events that are passed at once.
  double event_duration(size_t event) const;
  // The schedule of the current branch with one queue created differently: the same inputs,
  // placed by their anchors. `limit` counts for Parallel only; kNoLimit is none.
  // The error is one sentence (there is no such queue, it has no handler: O-07).
  Result<sched::Schedule> schedule_with_dispatch(const std::string& queue, trace::Dispatch dispatch,
                                                 uint32_t limit) const;
  // Does the driver register a request handler for this queue (in any branch)?
  bool has_handlers(const std::string& queue) const;
  // Inputs of the current branch that were not possible.
  std::vector<run::InputOutcome> impossible() const;
  // What the driver of this branch is told to create; empty when it does not ask.
  run::QueueGraph graph() const;
  // The workload whose inputs are all in the schedule of this branch; nullptr: none.
  const PlacedWorkload* workload() const;

 private:
  // act.cpp: turns what a person does into schedules
  std::string act(const sched::Input& input, bool answer);
  std::string set_override(const std::string& queue, const std::string& words,
                           const std::string& label);
  std::string switch_dispatch(const cmd::SwitchDispatch& c);
  std::string set_option(const std::string& words);
  std::string pick_thread(cmd::PickThread pick);
  std::string load_schedule(std::string_view text, const std::string& label);
  std::string may_act() const;
  bool repeat(const sched::Schedule& longer, size_t at);
  sched::Schedule with_inputs(std::vector<sched::Input> settings,
                              std::vector<sched::Input> inputs) const;
  sched::Schedule with_settings(std::vector<sched::Input> settings) const;
  sched::Schedule with_override(const std::string& queue, const std::string& words) const;
  size_t end_of_burst(size_t at) const;
  void place_input(sched::Input& input, size_t at) const;
  std::vector<size_t> input_events() const;
  void add_anchors(std::vector<std::pair<size_t, sched::Input*>> inputs) const;
  static std::string refusal(const sched::Schedule& schedule, const run::Execution& execution,
                             size_t at);
  sched::Schedule schedule_before(size_t at, uint32_t ordinal) const;
  std::vector<sched::Input> unpinned_inputs() const;
  std::string rerun_with_inputs(std::vector<sched::Input> settings,
                                std::vector<sched::Input> inputs, const std::string& label);
  std::vector<sched::Input> settings_but(sched::InputKind kind) const;
  std::string rerun_with_settings(std::vector<sched::Input> settings, const std::string& label);
  size_t same_moment(const trace::Trace& other) const;

  // act_sandbox.cpp: graphs, workloads, set-ups
  std::string set_graph(const cmd::SetGraph& c);
  std::string set_workload(const Workload& w);
  std::string drop_workload();
  std::string load_setup(const SetupFile& setup);

  // session.cpp: branches
  static constexpr size_t kSameMoment = size_t(-1), kReady = size_t(-2);
  std::string show_run(sched::Schedule schedule, const std::string& label, size_t position,
                       bool play, bool last_input_counts, bool grow = false);
  size_t last_move() const;
  // The latest moment at which one can act: findings at the very end of the run, about waits that
  // nothing will end, apply only if nobody does anything more.
  size_t last_act() const;
  void add_branch(sched::Schedule schedule, run::Execution execution, const std::string& label);
  bool extends_current(const trace::Trace& longer, size_t from) const;
  std::string show_branch(size_t branch);
  std::string add_bookmark(const std::string& name);
  Branch& here() { return *branches_[current_]; }
  const trace::Trace& trace() const { return *branches_[current_]->execution.trace; }

  // playback.cpp: the playhead
  void seek(double position);
  std::string step(cmd::Step s);
  std::string run_to(const cmd::RunTo& c);
  std::string play();
  std::string go_on();
  bool glide(double seconds);
  size_t verdict_at(size_t event) const;

  run::Program program_;
  std::vector<std::unique_ptr<Branch>> branches_;
  size_t current_ = 0;
  bool playing_ = false;
  double speed_ = 1;
  bool wait_for_key_ = false;
  double glide_ = 1;  // progress of the motion that a step began
  std::vector<BookmarkAt> bookmarks_;
  std::vector<PlacedWorkload> workloads_;  // all that were ever made, newest last
  size_t stop_at_ = 0;                     // playing stops after so many events; 0: at the end
  size_t passed_verdict_ = 0;  // number of applied events at the verdict that Continue went past
};

// The number of events of a run's set-up, after which the driver is loaded and the device started.
size_t ready_of(const trace::Trace& trace);

// "R2", "default" ... -> its id in this trace; 0 when there is none. When several objects bear the
// name, the first of the kind asked for, else the first queue, request, file or other object.
ObjectId find_object(const trace::Trace& trace, std::string_view name,
                     ObjectKind kind = ObjectKind::None);

}  // namespace qs::session
