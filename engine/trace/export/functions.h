// What the driver calls its own functions, as its sources and the lines that ran tell: which
// function a line belongs to, and which one a timer, a DPC or a work item runs. Pure; the sources
// must outlive what is made of them. Called by the command line and by the stage.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "trace/events/trace.h"
#include "trace/export/narrate.h"

namespace qs::trace {

// A function that a file defines, with its lines (from 1, both included).
struct DefinedFunction {
  std::string_view name;
  uint32_t first = 0, last = 0;
  bool operator==(const DefinedFunction&) const = default;
};
// In the order of the text. Understands C as drivers write it: comments, strings, braces.
std::vector<DefinedFunction> defined_functions(std::string_view text);

// Which of these sources a file of the trace is, which may know it by a longer or shorter path; -1:
// none of them.
bool same_file(std::string_view a, std::string_view b);
int source_of(std::span<const EmbeddedFile> files, const Trace& trace, uint32_t file);

// Timers, DPCs and work items that ran, and the threads that were made for them, each with the
// first line of its function. Fed the events of a run in their order.
class WorkerLines {
 public:
  void add(const Event& event);
  const std::vector<std::pair<ObjectId, Site>>& found() const { return found_; }

 private:
  std::map<uint32_t, ObjectId> entered_;  // by thread: its callback has run no line yet
  std::vector<std::pair<ObjectId, Site>> found_;
};

// The names that stand for those workers: "EvtTransferDone" for the thread, "DPC EvtTransferDone"
// for the DPC, "DPC 2 EvtTransferDone" where several run one function.
ShownNames worker_names(const Trace& trace, const WorkerLines& lines,
                        std::span<const EmbeddedFile> files);
// The same for a whole run.
ShownNames worker_names(const Trace& trace, std::span<const EmbeddedFile> files);

}  // namespace qs::trace
