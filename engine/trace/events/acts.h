// Everything that somebody can do while a run goes on, from one table (include/qs/acts.inc): to a
// request, a queue, a device, an application, a handle. Owns: Act, ActRow, Order. An act is a typed
// value everywhere inside; its words are written by order_text() and read by parse_order()
// (run/inputs.h), for schedules, files and the terminal. Any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "trace/events/event.h"

namespace qs::trace {

enum class Act : uint8_t {
#define QS_ORDER(id, ...) id,
#define QS_ACT(id, ...) id,
#include "include/qs/acts.inc"
#undef QS_ORDER
#undef QS_ACT
  Count
};
// Acts below this one are orders to a driver that asks; their numbers are qs_ORDER_VERB.
inline constexpr Act kFirstOutsideAct = Act::CancelFromApp;
constexpr bool is_order(Act act) { return act < kFirstOutsideAct; }

enum class ActSubject : uint8_t { Any, Request, Queue, Target, Device, App, File };
// What an order must say besides its subject.
enum class ActTakes : uint8_t {
  Nothing,
  Status,
  Information,  // after a status
  Bytes,
  ToQueue,
  OfFile,
  ThatRequest
};
enum class ActGroup : uint8_t {
  Main,
  Waits,    // returns when the queue has come to rest
  Unlisted  // in no menu
};

struct ActRow {
  const char* name;  // "QueueStop"
  ActSubject subject{};
  const char* word = "";  // "stop", "stopack requeue"
  ActTakes takes{};
  ActGroup group{};
  ApiFn fn = ApiFn::Count;  // the call it makes; Count: none
  const char* label = "";   // "Stop"
  const char* key = "";     // in its menu
  const char* says = "";    // orders: "stop the queue"
  const char* field = "";   // others: what the field calls it where there is no call
};
// The row of an act; one whose name is "?" for numbers that are none.
const ActRow& act_row(Act act);
const char* words(Act act);  // of an order: "complete it"

// What a driver that asks is told to do. Objects are named as people see them.
struct Order {
  Act act = Act::Return;
  int32_t status = 0;         // Complete*
  uint64_t information = 0;   // CompleteWithInformation, SetInformation: bytes
  std::string queue;          // Forward: where to
  std::string request, file;  // RetrieveFound, Find: that one, after that one; of that handle
  bool operator==(const Order&) const = default;
};
// "complete STATUS_SUCCESS 16", "forward waiting": what parse_order() takes back.
std::string order_text(const Order& order);

}  // namespace qs::trace
