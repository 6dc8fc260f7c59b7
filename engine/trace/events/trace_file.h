// Trace files: a whole run on disk. Owns: the format. Called by command line, session (save, open)
// and the fuzzers; any thread. Reading never crashes, whatever the bytes.
//
// Layout: 8 bytes magic, then little-endian u32 version, u32 flags, u64 size of the payload, u64
// size of what follows, u64 checksum of the payload, then the payload compressed with zstd:
// program, schedule, strings, files, names, events column by column (a thread's number has 20 bits:
// the upper 4 share a byte with the IRQL); with flag 2 also the program.toml of its driver and the
// sources, name and text. Version 1 had other numbers for orders and is not read.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/write_file.h"
#include "trace/events/trace.h"

namespace qs::trace {

// What a driver that is not compiled in was made of, so that its run opens anywhere with its code.
struct TraceSources {
  std::string program;                                     // its program.toml
  std::vector<std::pair<std::string, std::string>> files;  // name and text of each source
  bool empty() const { return files.empty(); }
};

struct TraceFile {
  std::string program;     // name of the program that ran
  std::string schedule;    // as printed; "" when there is none
  bool replayable = true;  // false: no schedule makes it again; it can only be viewed
  std::shared_ptr<const Trace> trace;
  TraceSources sources;  // empty: the program is one of ours
};

inline constexpr uint32_t kTraceVersion = 2;
// A payload larger than this is refused: 134 million events.
inline constexpr uint64_t kTracePayloadLimit = uint64_t(1) << 32;

// Of a payload: eight bytes at a time; what is left at the end is filled up with zeros (the size is
// checked elsewhere).
uint64_t trace_checksum(std::string_view payload);

// The bytes of a trace file.
std::string encode_trace(const Trace& trace, std::string_view program, std::string_view schedule,
                         bool replayable = true, const TraceSources& sources = {});
// Reads them back. `file_name` is for the error's text only. Refused, with what was found and what
// was expected: anything but a complete, unchanged file of this version whose codes, numbers, texts
// and ids are in range.
Result<TraceFile> decode_trace(std::string_view bytes, std::string_view file_name,
                               uint64_t payload_limit = kTracePayloadLimit);

// To and from disk. The error names the file and what the system said.
Result<bool> write_trace_file(const std::string& path, const Trace& trace, std::string_view program,
                              std::string_view schedule, bool replayable = true,
                              Target target = Target::File, const TraceSources& sources = {});
Result<TraceFile> read_trace_file(const std::string& path);

// Why an event is not valid in this trace ("code 200, expected 0 to 94"), or "" when it can.
std::string check_event(const Trace& trace, const Event& event);

}  // namespace qs::trace
