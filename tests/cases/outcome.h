// What came of a case, as lines. Owns: Outcome, play_case. Called by cases_test.cpp.
#pragma once
#include <string>
#include <string_view>

namespace qs::test {

struct Outcome {
  // How the run ended, then each request with what it got or who still has it, whether the device
  // is left powered down, then each rule that was reported with what it names: "U-01 W2
  // driver.c:47".
  std::string facts;
  std::string told;  // the explanations, as the terminal gives them
};

// Plays tests/cases/drivers/<name>. `facts` is the error when the program cannot be read.
Outcome play_case(std::string_view name);

}  // namespace qs::test
