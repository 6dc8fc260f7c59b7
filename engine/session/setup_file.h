// Set-ups of the sandbox as files that people read and write: queues, settings, inputs, workload.
// Owns: SetupFile. Presets are made of the same keys. Called by cli (open_run), ui and tests; any
// thread.
//
//   title = "Two queues"
//   note = "What to look at."
//   program = "sandbox"                       # whose driver and applications
//   seed = 7
//   options = ["verifier=off", "minor=9"]
//   inputs = ["0 send read 16 file=A"]        # lines of a script (lessons/README.md)
//   picks = ["12=3"]                          # at decision 12 thread 3 goes on
//
//   schedule = "qs1:7;@0 send=read 16 file=A" # instead of seed, options, inputs, picks and queues:
//                                             # all of it as it is, where these could not say it
//
//   [device] and [[queue]]                    # lesson/file/graph_file.h; without: the program's
//   own
//
//   [workload]                                # session/workload.h
//   count = 20
//   rate = 1000
//   burst = 1
//   reads = 60
//   writes = 30
//   controls = 10
//   length = 16
//   cancels = 0
//   seed = 1
//   answer_us = 2000                          # without: the driver waits for orders
//   irql = 2                                  # sent at DISPATCH_LEVEL
//   start_us = 0
//   sent = [0, 0, 0]                          # reads, writes, controls sent before
//   after = 1                                 # so many inputs stand before it; without: all
//
// In title and note %XX stands for a byte that is not UTF-8 (lesson/file/toml_text.h).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/workload.h"

namespace qs::session {

class Session;

struct SetupFile {
  std::string title, note, program = "sandbox";
  // all of it: graph, settings, inputs, those of the workload
  sched::Schedule schedule;
  std::optional<Workload> workload;  // the one whose inputs are in the schedule
  bool operator==(const SetupFile&) const = default;
};

// Errors name file, line and key and say what is allowed.
Result<SetupFile> parse_setup(std::string_view text, std::string_view file);
// Reads back as the same set-up, whatever is in its title and schedule.
std::string print_setup(const SetupFile& setup);
// What a session shows now, its changes to the program's queues folded into one graph.
SetupFile setup_of(const Session& session);

// --- files ---

// Where the window keeps them: sandbox in data_folder(); fails when there is no home folder.
Result<std::string> setup_folder();
// "Two queues" -> that folder, two-queues.toml; a path stays as it is, with ".toml" at its end.
Result<std::string> setup_path(std::string_view name);
// The set-up files of the folder, by name, without folder and ending.
std::vector<std::string> list_setups();
Result<SetupFile> load_setup(const std::string& path);
// Makes the folder when it is missing. A set-up that could not be loaded again is not saved.
Result<bool> save_setup(const SetupFile& setup, const std::string& path);
// The same, but never overwrites a file: two-queues-1.toml and so on. Returns the whole path.
Result<std::string> save_new_setup(const SetupFile& setup, const std::string& path);

}  // namespace qs::session
