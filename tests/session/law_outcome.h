// What the engine does about one act, beside what was said of it. Owns: Trial, Outcome. Called by
// law_test.cpp.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/queries/queries.h"
#include "run/run.h"

namespace qs::test {

struct Trial {
  ObjectId object;
  model::LegalCall said;
  sched::Input input;
};

struct Outcome {
  bool applied = false, made = false;
  std::vector<std::string> reported;  // rules, of that call alone
  bool hangs = false;                 // Q-14, O-10: the call never returns
  bool has_status = false;
  int32_t status = 0;
  std::string problem;
  std::string rule, why;  // of acts of others: what the law said there
  std::string effect;     // ... and what came of it that should not have: "" when it is as said
};

// Makes the act, in a run of its own that goes as far as `schedule` without it.
Outcome outcome_of(const run::Program& program, sched::Schedule schedule, const Trial& trial);
// What differs between what was said and what came of it; "" when nothing does.
std::string difference(const Trial& trial, const Outcome& outcome);

}  // namespace qs::test
