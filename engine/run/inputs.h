// The words of inputs: parsed here, executed by Run. Owns: the grammar of Input::text. Called by
// run; by session and ui through parse_* to check a text before it is used.
//
//   Send        read|write|ioctl|iioctl [LEN] [data=BYTES] [out=N] [file=A] [code=N] [precancel]
//               [irql=2]. BYTES is "AT\r" (quoted, escapes as in C) or 0x41540D; without LEN there
//               are as many as given; a larger LEN pads with zeros
//   OpenFile    [APP] [synchronous]
//   Order       complete STATUS [INFO] | forward QUEUE | ...: the orders of include/qs/acts.inc
//   QueueOrder  retrieve | find [after=R] [file=A] | retrievefound R | ready on|off | ...
//   TargetOrder start | stop leave|wait|cancel | purge [wait]
//   Memory      plenty | none | sometimes | nth=N
//   Button      N
//   Lower       delay_us=N|delay_ms=N deaf=on|off status=STATUS
//   Setup       (queue_graph.h)
//   Override    dispatch=seq|par|man limit=N scope=none|queue|device exec=passive|dispatch
//               zero=on|off coq=on|off power=on|off
//   Option      verifier=on|off minor=N undefined=stop|continue breaks=on|off races=on|off
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sched/schedule.h"
#include "trace/events/acts.h"

namespace qs::run {

struct SendText {
  trace::RequestType type{};
  uint32_t length = 0, out_length = 0, code = 0;
  std::string file;
  std::string data;  // the bytes given, at most `length`
  bool precancel = false, at_dispatch = false;
};
Result<SendText> parse_send(std::string_view text);
// The bytes that a data= stands for: "AT\r" in quotes with \r \n \t \0 \a \b \f \v \" \\ \xHH, or
// 0x and pairs of hexadecimal digits; at least one, at most limits::kDataBytes.
Result<std::string> parse_data(std::string_view word);

// OpenFile: the application, and whether its handle takes one call at a time (L-12).
constexpr const char* kSynchronous = "synchronous";
struct OpenText {
  std::string app;
  bool synchronous = false;
};
OpenText parse_open(std::string_view text);

// How the lower driver behaves from now on; what is not given stays as it is.
struct LowerText {
  std::optional<uint32_t> delay;  // virtual microseconds
  std::optional<bool> deaf;
  std::optional<int32_t> status;
};
Result<LowerText> parse_lower(std::string_view text);

struct MemoryText {
  trace::MemoryMode mode{};
  uint32_t nth = 0;
};
Result<MemoryText> parse_memory(std::string_view text);

// An order to a driver that asks, about a subject of that kind (include/qs/acts.inc).
Result<trace::Order> parse_order(std::string_view text, trace::ActSubject subject);

// How often a button is pressed: "button 3" or, as in schedules, "button=3"; 1 by default.
Result<uint32_t> parse_presses(const sched::Input& input);

// Schedule::parse and check_inputs: called by everything that reads a schedule from outside.
Result<sched::Schedule> read_schedule(std::string_view text);
// Are all numbers of these inputs within limits.h, each and together, and not too many? The error
// says which input, its words, the number and the limit. The bytes of a data= must be well formed.
// Other meaningless words are not checked: they have no effect when their turn comes.
Result<bool> check_inputs(const std::vector<sched::Input>& inputs);
// The same for one input.
Result<bool> check_input(const sched::Input& input);

// "a b=c" -> {"a", ""}, {"b", "c"}. A value that begins with a quote runs to the closing one and
// keeps both.
struct Word {
  std::string_view key, value;  // parts of the text
};
std::vector<Word> split_words(std::string_view text);
// STATUS_SUCCESS, SUCCESS, ok, cancelled ... or 0x hex.
Result<int32_t> parse_status(std::string_view word);

}  // namespace qs::run
