// What is executed: a driver, the virtual device it drives, and what applications do by script.
// Owns: Program. Made by session, lesson, cli and tests; executed by Run.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "run/queue_graph.h"
#include "run/registry.h"
#include "sched/schedule.h"

namespace qs::run {

struct Execution;
struct Program;

// Who executes the runs of a driver that is not compiled into this process: engine/own, which loads
// it into a process of its own.
class Elsewhere {
 public:
  virtual ~Elsewhere() = default;
  // Like run::execute(), whatever the driver does. Any thread, one at a time.
  virtual Execution execute(const Program& program, const sched::Schedule& schedule) const = 0;
};

struct AppSpec {
  std::string name;                // "notepad"
  std::vector<std::string> files;  // handles it opens at start: "A"
  bool synchronous = false;        // its handles take one call at a time (L-12)
};

// How the lower driver behind the device's target behaves.
struct LowerSpec {
  bool present = false;
  uint32_t delay = 0;  // virtual microseconds
  bool deaf = false;   // ignores cancel
  int32_t status = 0;  // what it completes with
};

// A value in the registry that the driver finds (kmdf/core/registry.h).
struct RegistryEntry {
  std::string key;  // "parameters", "device\\sub"
  std::string name;
  uint32_t type = 0;  // REG_*
  std::string bytes;  // as the driver gets them
  bool operator==(const RegistryEntry&) const = default;
};

struct RunSettings {
  bool verifier = true;
  bool stop_at_undefined = true;  // option undefined = stop | continue
  int client_minor = 33;
  bool record_lines = true;
  bool races = false;                 // U-08 is looked for
  bool start_device = true;           // start (PnP) after the driver is loaded
  uint32_t time_limit = 600'000'000;  // virtual microseconds after which the run ends as Endless
  uint32_t event_limit = 10'000'000;
};

struct Program {
  std::string name;                        // "01-first-request", "sandbox"
  std::string title;                       // "One request, one journey"
  const CompiledDriver* driver = nullptr;  // nullptr: a recording without its driver
  // Of a driver that is not compiled in: who executes its runs, and what `driver` points into.
  std::shared_ptr<const Elsewhere> elsewhere;
  std::shared_ptr<const OwnDriver> own_driver;
  std::vector<std::string> queue_names;  // in order of creation; others get generated names
  std::string hardware = "none";         // none, slot, slots(n), echo, uart, button, fx2
  uint32_t hardware_us = 0;              // 0 = the kind's own duration
  LowerSpec lower;
  std::vector<RegistryEntry> registry;
  std::vector<std::pair<std::string, std::string>> properties;  // "FriendlyName" and what it is
  std::vector<AppSpec> apps{{"notepad", {"A"}}};
  std::vector<sched::Input> script;  // in order; times in virtual microseconds
  RunSettings settings;
  bool takes_orders = false;  // its driver asks (QsAsk)
  QueueGraph graph;           // what its driver is told to create, when it asks (QsNextQueue)
  bool asks_setup() const { return !graph.empty(); }
  // False: a recording, which can only be looked at, with or without its driver's sources.
  bool can_run() const { return elsewhere || (driver && driver->entry); }
};

}  // namespace qs::run
