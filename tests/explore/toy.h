// A machine that is nothing but threads, variables and locks, to hold the strategies of the search
// against what is known of it. Owns: Toy. Called by strategy_test.cpp.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "explore/strategy.h"

namespace qs::test {

struct ToyOp {
  enum Kind : uint8_t { Read, Write, Count, Lock, Unlock, Crash } kind;
  uint32_t object;
};
using ToyThread = std::vector<ToyOp>;
using Toy = std::vector<ToyThread>;

// One execution; what is left at its end: each variable's value and what each thread has read, or
// who waits forever, or who has crashed.
std::string play_toy(const Toy& toy, explore::Strategy& strategy);

struct ToyResult {
  std::set<uint64_t> schedules;  // their hashes
  std::set<std::string> ends;
  std::set<std::string> crashes;  // the threads that crash
  uint64_t executions = 0;
  bool cut = false;
};
ToyResult search_toy(const Toy& toy, explore::Strategy& strategy);

}  // namespace qs::test
