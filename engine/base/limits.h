// Limits on outside input, in one place. Owns: the numbers; what reads a number refuses one
// beyond its limit with file, line, key, the number and the limit. They are far above what anybody
// needs, and low enough that no file, receipt or argument takes the machine's memory, its
// stack or a minute of its time. Called by every reader.
#pragma once
#include <cstddef>
#include <cstdint>

namespace qs::limits {

// --- files, in bytes ---

// Anything that people write: set-ups, receipts, lessons, settings, progress, scripts. A set-up of
// kInputs lines has about half of that.
inline constexpr uint64_t kTextFile = 16u << 20;
// Recorded scenarios, packed or not, and one of them. A line is parsed into a tree of about 40
// times its size.
inline constexpr uint64_t kScenarioFile = 256u << 20;
inline constexpr size_t kScenarioLine = 4u << 20;

// --- TOML ---

// Tables within tables, arrays and dotted keys included: the parser and what destroys, copies or
// prints a tree go down one call a level. Our own files have 4.
inline constexpr size_t kTomlDepth = 32;
// Values and keys of a file; each takes about 200 bytes once it is read.
inline constexpr size_t kTomlValues = 500'000;
// Headers of tables and dots of keys (and of numbers): the parser looks for each such table in a
// list of them.
inline constexpr size_t kTomlTables = 20'000;

// --- what a run is asked to do ---

// The buffer of one request, in or out, in bytes; it is there in memory while the request lives.
inline constexpr uint32_t kRequestBytes = 16u << 20;
// All requests of a schedule together: a run keeps them until it is thrown away.
inline constexpr uint64_t kAllRequestBytes = 256u << 20;
// The bytes that one send gives along (data=), each of which takes up to four characters to write.
inline constexpr uint32_t kDataBytes = 4096;
// What a recording keeps of the bytes that one request carries one way, and of those of all
// requests together; it says how many there were.
inline constexpr uint32_t kKeptBytes = 256;
inline constexpr uint64_t kAllKeptBytes = 4u << 20;
// Inputs, and picks, of a schedule, and lines of a script.
inline constexpr size_t kInputs = 200'000;
// Presses of a button by one input, and by all of a schedule. Each is an interrupt and an event.
inline constexpr uint32_t kPresses = 10'000;
inline constexpr uint32_t kAllPresses = 100'000;
// A duration of the device or of the lower driver, in virtual microseconds. A run ends after at
// most 1,000 virtual seconds, so nothing that is longer can be seen.
inline constexpr uint32_t kDuration = 1'000'000'000;
// A moment, in virtual microseconds: what 32 bits hold, 71 minutes.
inline constexpr uint32_t kTime = 0xFFFFFFFFu;
// Numbers that a driver passes on as they are, and places in a run: what 32 bits hold.
inline constexpr uint32_t kNumber = 0xFFFFFFFFu;
// Applications of a program, the handles of one, and names of queues.
inline constexpr size_t kApps = 64, kHandles = 256, kQueueNames = 256;
// Requests that a scenario sets aside for forward progress: all are made at once.
inline constexpr uint32_t kReserved = 1'000;

// --- lessons ---

inline constexpr size_t kBeats = 1'000;
// A check or a condition, in characters; the longest in our lessons has 200.
inline constexpr size_t kCheck = 4'000;

// --- what is said ---

// Bad input in a message, and a whole message, in characters.
inline constexpr size_t kQuote = 200, kMessage = 2'000;

}  // namespace qs::limits
