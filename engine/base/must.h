// Invariants; if one is false, the engine itself is wrong: QS_MUST. A program that goes on after
// that shows a student something untrue, so it says what is broken and ends. Called by every
// module; never for what a driver, a file or a person may get wrong.
//
// Built in unless QS_CHECKS is 0 (CMake: -DQS_CHECKS=OFF).
#pragma once
#include <cstdint>
#include <string>

#include "base/ids.h"

#ifndef QS_CHECKS
#define QS_CHECKS 1
#endif

namespace qs {

constexpr bool kChecks = QS_CHECKS != 0;

struct Broken {
  const char* rule = "";  // the invariant's id ("I-03"), or the rule whose step it is
  ObjectId object;        // whose state it is; none for the world's
  const char* what = "";  // the condition that is false
  const char* file = "";
  int line = 0;
  uint64_t decision = 0;  // of the run, counted from 1; 0 outside of one
  std::string text() const;
};

// Prints the text and aborts, unless a test looks at it instead.
void broken(const char* rule, ObjectId object, const char* what, const char* file, int line);
using BrokenHandler = void (*)(const Broken&);
// For tests: what is called instead, null for the default; the former one. It may throw when what
// it is told of was asked for outside of a run.
BrokenHandler on_broken(BrokenHandler handler);
// Who knows the number of the last decision of the run that this thread works for (kmdf).
void decisions_from(uint64_t (*number)());

}  // namespace qs

#define QS_MUST(rule, object, ...)         \
  ((void)(!qs::kChecks || (__VA_ARGS__) || \
          (qs::broken(rule, object, #__VA_ARGS__, __FILE__, __LINE__), true)))
