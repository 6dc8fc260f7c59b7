// A run as lines of text. Owns: Narration. Called by run_command.cpp and tests.
#pragma once
#include <string>

#include "model/model.h"
#include "run/program.h"
#include "trace/events/trace.h"
#include "trace/export/narrate.h"

namespace qs::cli {

struct Narration {
  const trace::Trace& trace;
  const run::Program* program = nullptr;  // for the text of source lines; may be null
  bool color = false;
  bool all = false;              // internal events and bookkeeping too
  ObjectId thread;               // only events made by this thread; 0: every
  ObjectId about;                // only events about this object; 0: every
  trace::ShownNames names = {};  // of timers, DPCs, work items: with the driver's functions

  // The names that the sources of the program tell.
  void name_workers();

  std::string heading(const std::string& title) const;
  // One line for each event in [from, to) that is worth one: number, time, thread, sentence.
  std::string lines(size_t from, size_t to) const;
  std::string line(size_t event) const;
  // What was sent and done, then every broken rule and every hint with its explanation.
  std::string summary(const model::Model& model) const;

 private:
  std::string source_text(trace::Site site) const;
  std::string explained(const model::Verdict& v) const;
};

}  // namespace qs::cli
