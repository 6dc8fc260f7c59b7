// The schedule: all inputs and thread choices of a run. Owns: Input, Pick, Schedule and
// their printable form. Made by session and tests; consumed by run. A run is (program, schedule).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace qs::sched {

// What somebody outside the driver does. Objects are named as people see them ("R1", "default",
// "A").
enum class InputKind : uint8_t {
  Send,      // read|write|ioctl|iioctl LEN [out=N] [file=A] [code=N] [precancel] [irql=2]
  Cancel,    // R: CancelIoEx for that request
  OpenFile,  // A: [APP] [synchronous]
  CloseHandle,
  CloseFile,
  AppExit,
  Power,        // down|up
  Pnp,          // start|stop|querystop|cancelstop|queryremove|surprise|remove
  Timers,       // every armed idle timer expires
  Order,        // R VERB [...]: answer to a driver that asks (QsAsk)
  QueueOrder,   // Q VERB [...]: the asking driver's worker makes a queue call
  TargetOrder,  // T VERB [...]: the same about an I/O target
  Button,       // N: an event source of the virtual hardware
  Memory,       // plenty|none|sometimes|nth=N
  Lower,        // delay_ms=10 deaf=on|off status=S: how the lower driver behaves from now on
  Setup,        // Q dispatch=seq handlers=read+write ...: what a driver that asks creates; * device
  Override,  // Q dispatch=par limit=2 scope=queue ...: creation-time settings at WdfIoQueueCreate
  Option     // verifier=off, minor=33 ...
};

struct Input {
  static constexpr uint32_t kNoOrdinal = 0xFFFFFFFFu;

  InputKind kind{};
  std::string subject;  // R1, default, A, notepad ... ("" = none)
  std::string text;     // the rest, in the words above
  uint32_t time = 0;    // virtual microseconds at which it is due
  uint32_t ordinal =
      kNoOrdinal;  // decision at which it applies; kNoOrdinal: when settled at `time`
  // What must have happened first, in the language of events: "own(R1)" ("" = nothing). It takes
  // precedence over time when the input is replayed under other settings.
  std::string anchor;
  uint32_t anchor_count = 1;  // how many times
  uint32_t anchor_delay = 0;  // virtual microseconds after it
  bool at_once = false;       // at the next decision; otherwise when nothing moves
  bool operator==(const Input&) const = default;
};

// What can be picked: a thread goes on; an input comes in; an entry of the clock is due; an
// allocation fails.
enum class Mover : uint8_t { Thread, Input, Clock, Memory };

// A deviation from the default strategy: at decision `ordinal`, thread `thread` runs next.
struct Pick {
  uint32_t ordinal = 0;
  uint32_t thread = 0;  // or the number of the input, of the entry, of the allocation
  uint32_t after = 0;   // n: not there, but the n-th time after it that no thread runs
  Mover mover = Mover::Thread;
  bool operator==(const Pick&) const = default;
};
// "12=3", "12+1=3", "12+1=i2", "12=c4", "0=m3": as in schedules, without the mark before it.
std::string pick_text(const Pick& pick);
Result<Pick> parse_pick(std::string_view text);

struct Schedule {
  uint32_t seed = 7;
  std::vector<Input> inputs;  // in order
  std::vector<Pick> picks;    // by ordinal
  bool operator==(const Schedule&) const = default;

  // One line, pasteable: "qs1:7;@0 send=read 16 file=A;@900#41~own(R1) cancel R1;!12=3". Seed;
  // then inputs as @TIME, #ORDINAL if any, ~EVENT or @EVENT (the anchor, with :COUNT and +DELAY if
  // they are not 1 and 0) if any, the kind, its subject and =TEXT; then picks as !ORDINAL=THREAD or !ORDINAL+AFTER=THREAD,
  // with iINPUT, cENTRY or mALLOCATION instead of THREAD. ';', '%', control characters, bytes that are
  // not UTF-8 and what would end a field are written as %XX. parse() restores exactly what print
  // gives.
  std::string print() const;
  // Errors name the position (as a column in `line`'s message) and what was expected.
  static Result<Schedule> parse(std::string_view text);
};

// The words of an input, "send read 16 file=A" and so on, as shown in the log and in schedules.
std::string input_text(const Input& input);
const char* input_word(InputKind kind);
// Settings apply before the run: they say what is created and how, not what happens.
inline bool is_setting(InputKind kind) { return kind >= InputKind::Setup; }

}  // namespace qs::sched
