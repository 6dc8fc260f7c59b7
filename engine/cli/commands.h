// The commands, one function each with a struct of what it was told, and what they share. Owns:
// Cli. Called by cli.cpp, which alone knows how the words of the command line are parsed. A new
// command is a file of its own, a function here, and its words in cli.cpp.
#pragma once
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/apart.h"
#include "base/result.h"
#include "cli/cli.h"

namespace qs::cli {

struct Cli {
  std::ostream& out;
  std::ostream& err;
  bool color;
  const CliHooks& hooks;
  std::string backend;  // --backend
  double scale = 0;     // --scale, percent; 0: as the settings say
  int exit_code = kExitOk;
  std::istream* in = nullptr;  // what is typed; nullptr: the standard input
  std::string variant;         // --variant: of lessons in the window

  // Prints the sentence on `err`, with the program's name; the exit code becomes 2.
  void fail(std::string_view sentence);
  void fail(const Error& error) { fail(error.text()); }
};

// --- what each command was told, and the command ---

struct RunOptions {
  std::string program, schedule, event, until, file, thread, about;
  std::vector<std::string> queues, requests;
  bool json = false, all = false, log = false, dump_queues = false, dump_requests = false;
};
void run_command(Cli& cli, const RunOptions& options);

struct TraceOptions {
  std::string run, format = "json", file, schedule, from = "1", count;
};
void trace_print_command(Cli& cli, const TraceOptions& options);
void trace_export_command(Cli& cli, const TraceOptions& options);

struct CheckOptions {
  bool all = false, csv = false, json = false, junit = false;
  std::vector<std::string> lessons, receipts;
  double pass = -1;    // --pass; below 0: as each lesson says
  ApartLimits limits;  // of the process that replays one receipt
  uint32_t megabytes = uint32_t(ApartLimits().bytes >> 20);
};
void check_command(Cli& cli, CheckOptions options);

struct LearnOptions {
  std::string lesson, student, variant;
  bool receipt = false;
};
void learn_command(Cli& cli, const LearnOptions& options);

struct NewOptions {
  std::string folder;
  bool manual = false, pending = false, cancel = false;
};
void new_command(Cli& cli, const NewOptions& options);

struct ServeOptions {
  std::string what, address, page;
};

void notes_command(Cli& cli, const std::string& lesson);

struct ShotOptions {
  session::ShotRequest request;
  std::string event = "last", size, schedule, scale = "100", beat;
};
void shot_command(Cli& cli, ShotOptions& options);

struct RacesOptions {
  std::string program, times = "given";
  int64_t switches = -1;  // at most; -1: any number
  double seconds = 10;    // then it stops
  bool json = false, junit = false, stop_at_first = false;
  bool failing = false, progress = false;
  std::string resume;  // file to go on from, and to leave what is not done in; "": none
  uint64_t luck = 0;   // so many random schedules, too
};
void races_command(Cli& cli, const RacesOptions& options);

void explain_command(Cli& cli, const std::string& rule);  // "": all rules
void list_command(Cli& cli, bool drivers);                // drivers: those that a lesson may name

struct HandoutOptions {
  std::string lesson, variant, file;
  bool answers = false, bare = false;  // bare: without pictures
};
void handout_command(Cli& cli, const HandoutOptions& options);
void conform_command(Cli& cli, const std::vector<std::string>& files);

// Opens the window on `what` ("" = home); `serve`: for a class.
void open_window(Cli& cli, const std::string& what, const ServeOptions* serve = nullptr);

// A whole number from `least` to `most`, in decimal digits; `what` names it in the error.
Result<size_t> parse_count(std::string_view what, std::string_view text, size_t least, size_t most);
// "first", "last" or a number of events, at most `size`.
Result<size_t> parse_event(std::string_view text, size_t size);

}  // namespace qs::cli
