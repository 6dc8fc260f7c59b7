// The memory in which a run of a stranger's driver is written down while it happens, shared by the
// process that runs it and the one that shows it. Owns: RunRecord (the memory), RecordWriter,
// read_record. Written in the box, read outside it when whoever wrote is dead: what is there stays
// there, however it died. Whatever the bytes, reading never crashes: they are as little trusted as
// those of a trace file, and looked at by the same checks.
//
// Layout: a header; the request, as texts; then what happened, entry after entry (kind, size,
// bytes, filled up to eight): texts, source files and names as they appear, events as they are in
// memory, outcomes of inputs, decisions; answers to who asked for more than a run. Only entries up
// to `committed` count.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "run/run.h"

namespace qs::own {

// How the run in the box came to its end.
enum class BoxEnd : uint32_t { Vanished, Finished, Full, NotLoaded, EngineWrong };

class RunRecord {
 public:
  // Bytes that a run may write: more than a run at the limit of events has. Not taken from the
  // machine before they are written.
  static constexpr size_t kBytes = size_t(1) << 30;

  // New memory that can neither grow nor shrink. `fd()` is -1 when there is none.
  RunRecord();
  // Memory that another process has made.
  explicit RunRecord(int fd);
  ~RunRecord();
  RunRecord(const RunRecord&) = delete;

  int fd() const { return fd_; }
  bool ok() const { return memory_ != nullptr; }
  char* memory() const { return memory_; }

  // Forgets the last run and lays down what is asked for. False: it does not fit.
  bool ask(const std::vector<std::string>& texts);
  // In the box.
  std::vector<std::string> asked() const;

 private:
  int fd_ = -1;
  char* memory_ = nullptr;
};

// Writes down what is new of a run. In the box.
class RecordWriter {
 public:
  explicit RecordWriter(const RunRecord& record);
  // All that has happened up to now. False: there is no more room.
  bool sync(const run::Run& run);
  // What was found out, in place of what was said before.
  void answer(std::string_view bytes);
  void end(BoxEnd how, std::string_view why = {});

 private:
  char* take(uint32_t kind, size_t bytes);
  void text(uint32_t kind, std::string_view bytes);
  bool commit();

  char* memory_;
  size_t at_;
  bool full_ = false;
  size_t strings_ = 1, files_ = 1, names_ = 0, events_ = 0, outcomes_ = 0, decisions_ = 0;
};

// What is in the record. `how` and `why` are what the box said at last. The error says what is
// wrong with it: then somebody wrote there who should not.
struct RecordedRun {
  run::Execution execution;
  BoxEnd how = BoxEnd::Vanished;
  std::string why;
  std::string answer;  // the last one
};
Result<RecordedRun> read_record(const RunRecord& record);

}  // namespace qs::own
