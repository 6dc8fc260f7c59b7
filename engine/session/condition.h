// The small language of "run to". Owns: Condition. Called by session, cli (--until) and ui; any
// thread.
//
//   event NAME [OBJECT]     an event of that code, about that object: event Completed R2
//   line [FILE:]LINE        that line is executed: line driver.c:41
//   handler NAME [OBJECT]   a callback of the driver is called: handler EvtIoRead R2
//   call NAME [OBJECT]      the driver calls a function: call WdfRequestComplete
//   owner OBJECT WHO        the request changes hands to the sender, framework, driver, target or
//                           nobody
//   violation [RULE]        a rule is broken
//   finding [RULE]          something is found
//   time TIME               the clock reaches it: time 4ms
//   input                   somebody outside the driver does something
//   settled                 nothing more can happen until somebody acts
//
// Names of events and functions may be written in any case. Objects are named as people see them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/model.h"
#include "trace/events/trace.h"

namespace qs::session {

struct Condition {
  enum class Kind : uint8_t {
    Event,
    Line,
    Handler,
    Call,
    Owner,
    Violation,
    Finding,
    Hint,
    Time,
    Input,
    Settled
  };
  Kind kind{};
  uint32_t what = 0;       // Event: EventCode; Handler: CallbackKind; Call: ApiFn
  std::string object;      // name; "" = any
  std::string file, rule;  // Line: file name, "" = any; verdicts: rule id or name, "" = any
  uint32_t line = 0;       // Line
  uint32_t time = 0;       // Time: microseconds
  model::Owner owner{};    // Owner
};

Result<Condition> parse_condition(std::string_view text);

// Number of applied events just after the first event beyond `from` (or, `back`, the last one
// before it) at which the condition holds; `none` when there is none. `from` counts applied events.
inline constexpr size_t kNoEvent = size_t(-1);
size_t find_condition(const trace::Trace& trace, const Condition& condition, size_t from,
                      bool back);

}  // namespace qs::session
