// A scenario and its recorded trace. Owns: Scenario and its reader. Called by the runner, the
// command line and tests.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "trace/events/trace.h"

namespace qs::run {
class World;
}

namespace qs::conform {

struct Scenario {
  std::string name;
  std::vector<std::string> script;  // lines of the .scn
  std::vector<std::string> trace;   // recorded lines; empty when there is no recording
};

// A .scn (with the .trace beside it, if any) or a .jsonl of {name, script, trace}. Errors name file
// and line.
Result<std::vector<Scenario>> read_scenarios(const std::string& path);
// The same from text already in memory (a .jsonl).
Result<std::vector<Scenario>> parse_jsonl(const std::string& text, const std::string& name);

// A .scn in memory: a script without its recording.
Scenario parse_script(const std::string& text, const std::string& name);

struct TraceComparison {
  bool equal = false;
  bool by_thread =
      false;  // compared per request and per queue (verifier on with several threads, X-15)
  bool stopped = false;  // the engine stopped with its own diagnosis of undefined misuse; equal up
                         // to there
  std::string difference;  // first difference with its context, "" when equal
};

struct Played {
  std::vector<std::string> lines;
  size_t undefined_at = size_t(-1);  // line count when undefined misuse was met
  size_t most_threads = 0;           // virtual threads alive at once
  // what the engine recorded, for the window and exports
  std::shared_ptr<const trace::Trace> trace;
};

// Plays the script. `stop_at_undefined`: stop with the diagnosis, else go on as the original did
// where possible.
Played play(const Scenario& scenario, bool stop_at_undefined);
// What a test sees while a script is played: the world before every decision, and whenever nothing
// can move.
struct Watcher {
  virtual ~Watcher() = default;
  virtual void at_decision(run::World&) {}
  virtual void at_rest(run::World&) {}
};
Played play_watched(const Scenario& scenario, bool stop_at_undefined, Watcher& watcher);
// As play(), with the rule in every line about a violation or finding, which recordings do not
// have.
Played play_with_rules(const Scenario& scenario, bool stop_at_undefined);
TraceComparison compare(const Scenario& scenario, const Played& played);
// Plays and compares.
TraceComparison check(const Scenario& scenario);

// The command line's `conform FILE...`: prints traces or differences; exit code 0, 1 (difference)
// or 2 (bad file).
int play_files(const std::vector<std::string>& files);

}  // namespace qs::conform
