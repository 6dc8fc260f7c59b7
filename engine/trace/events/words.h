// Words for the numbers in events, the same everywhere: narration, log, inspector, command line.
// Owns: the words of every enumeration that events carry, the names of status values, times as
// people read them. Any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/events/event.h"
#include "trace/events/loop_step.h"
#include "trace/events/trace.h"

namespace qs::trace {

// Each gives a short phrase, or "?" for a number outside the enumeration.
const char* words(RequestType type);   // "read", "device control"
const char* words(Dispatch dispatch);  // "sequential"
// "seq", "par", "man": what files, schedules and scripts write; and back.
const char* short_word(Dispatch dispatch);
std::optional<Dispatch> dispatch_of(std::string_view short_word);
const char* words(SyncScope scope);   // "scope none"
const char* words(QueuePower power);  // "on", "off", "stopping: telling the driver"
const char* words(RemoveReason reason);
const char* words(ChargeReason reason);
const char* words(UnchargeReason reason);
const char* words(OwnReason reason);
const char* words(GiveUpReason reason);  // "by completing it"
const char* words(ThreadKind kind);      // "a DPC"
const char* words(WaitReason reason);    // "for an order"
const char* words(DeferReason reason);
const char* words(DevicePower power);  // "D0 (working)"
const char* words(DevicePnp state);
const char* words(PowerPhase phase);
const char* words(TargetState state);
const char* words(MemoryMode mode);
const char* words(RunOption option);
const char* words(RunEnd end);
const char* irql_words(uint32_t irql);  // "PASSIVE_LEVEL", "DISPATCH_LEVEL"
// Why the dispatch loop stops at this step ("the queue is stopped").
const char* words(LoopStep step);

std::string queue_config_words(uint32_t config_bits,
                               uint32_t limit);  // "parallel, at most 2 at a time"
std::string queue_flags_words(uint32_t flag_bits,
                              uint32_t slot_bits = 0);  // "accepting, dispatching"
std::string device_config_words(uint32_t bits);
std::string target_words(uint32_t bits);
std::string arrival_words(uint32_t bits);

// "STATUS_SUCCESS"; nullptr for a value without a name here.
const char* status_name(int32_t status);
// The name, or 0xC0001234.
std::string status_text(int32_t status);
// The value of a name (with or without "STATUS_"), or of "0x..." or a decimal number.
std::optional<int32_t> status_value(std::string_view name);
inline bool status_is_success(int32_t status) { return status >= 0; }  // NT_SUCCESS

// Virtual microseconds as "0", "40 us", "1.5 ms", "2.25 s".
std::string time_text(uint32_t microseconds);
// "1 byte", "16 bytes".
std::string bytes_text(uint32_t bytes);

// The first bytes of `total` as people read them: text where all of it can be printed, and hex:
// "\"AT\\r\" (41 54 0D)". A short piece of what is kept, and how many more there are.
std::string data_text(std::string_view kept, uint32_t total);
// All that is kept: so many bytes a line with their offset, hex and text; at the end how many more
// there are.
std::vector<std::string> data_lines(std::string_view kept, uint32_t total, size_t per_line = 16);

// Names as they are spoken in a sentence: "R1", "the default queue", "queue waiting", "notepad".
std::string spoken_name(const Trace& trace, ObjectId id);

// What {a:word}, {b:word} and {c:word} stand for in this event ("" when there is nothing to say).
std::string event_word(const Trace& trace, const Event& event, char argument);

}  // namespace qs::trace
