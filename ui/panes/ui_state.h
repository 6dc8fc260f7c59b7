// What all panes share besides the run itself: what is selected, what the mouse points at (so that
// one thing lights up everywhere), and where running stops. Owned by the app, one per window;
// passed to every pane. A plain value; main thread only.
//
// Hovering takes one frame: a pane that is pointed at calls hover() while it draws, begin_frame()
// makes it what every pane sees in the next frame.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "language/pattern.h"
#include "trace/events/event.h"
#include "trace/events/trace.h"
#include "trace/export/narrate.h"

namespace qs::ui {

class FunctionNames;

inline constexpr int64_t kNoEvent = -1;

// Events at which running forward and backward stops, in the language of events, so that they
// outlive a run.
struct Breakpoints {
  std::vector<language::Pattern> stops;

  bool empty() const { return stops.empty(); }
  bool has(const language::Pattern& stop) const;
  // Sets it, or takes it away when it is set.
  void toggle(const language::Pattern& stop);
  // One for each ("driver.c:41", "EvtIoRead", "R2", "Own").
  std::vector<std::string> describe() const;
  // The number of applied events just after the next event that stops the run (`back`: the last one
  // before), seen from `from` applied events; kNoEvent when there is none.
  int64_t next_stop(const trace::Trace& trace, size_t from, bool back) const;
};
// What the panes offer to stop at: a line as the trace names its file, a callback, a step of that
// request, an event by its code.
language::Pattern stop_at_line(const std::string& file, uint32_t line);
language::Pattern stop_at_handler(trace::CallbackKind handler);
language::Pattern stop_at_request(const std::string& name);
language::Pattern stop_at_event(trace::EventCode code);

// A move that is pointed at, not made: a button or a line of a menu under the mouse. The stage
// draws it as a dashed arrow from where the request is to where it would go.
struct HintedMove {
  enum class To : uint8_t { nothing, tail, head, target, driver, done };
  ObjectId object;  // the request
  ObjectId target;  // the queue (tail, head) or the target that it would go to
  To to = To::nothing;
  explicit operator bool() const { return object && to != To::nothing; }
  bool operator==(const HintedMove&) const = default;
};

// A request that was dragged to a place while a question asks where it goes: a queue, a callback,
// an application, a target by its name, or "done".
struct Drop {
  ObjectId request;
  std::string place;
};

struct UiState {
  ObjectId selected;                 // what the inspector shows
  ObjectId hovered;                  // under the mouse in some pane, as of the last frame
  int64_t hovered_event = kNoEvent;  // likewise
  trace::Site hovered_line;          // likewise
  HintedMove hinted_move;            // likewise
  Breakpoints breakpoints;
  ObjectId compare;       // a queue whose menu asked for it to be compared; the app clears it
  std::string notice;     // what a pane has to tell in a sentence; the app shows it and clears it
  std::string rule;       // a rule whose text was asked for; the app shows it and clears it
  Drop dropped;           // while a question is open; the app takes it and clears it
  trace::Site show_line;  // the code pane scrolls to it once, then clears it
  // What stands for the names of timers, DPCs, work items and their threads: the functions that
  // they run. Set by the screen before it draws; nullptr: the names of the trace.
  const trace::ShownNames* names = nullptr;
  // The same for callbacks.
  const FunctionNames* functions = nullptr;

  void hover(ObjectId id) { next_hovered_ = id; }
  void hover_event(int64_t event) { next_event_ = event; }
  void hover_line(trace::Site site) { next_line_ = site; }
  void hint_move(const HintedMove& move) { next_move_ = move; }
  // Call once before the panes are drawn. True when something else is pointed at than before.
  bool begin_frame();
  // Is something else pointed at now than what was drawn? Then one more frame is needed.
  bool moved_on() const;

 private:
  ObjectId next_hovered_;
  int64_t next_event_ = kNoEvent;
  trace::Site next_line_;
  HintedMove next_move_;
};

}  // namespace qs::ui
