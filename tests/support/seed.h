// Owns the seed of a random test. Called once at the start of every test that draws random numbers:
// the seed is new in each round of ./dev soak, fixed otherwise, and printed when the test fails.
#pragma once

#include <cstdint>
#include <cstdlib>

#include <doctest/doctest.h>

#include "tests/support/random.h"

namespace qs {

// QS_SEED from the environment, or `usual`.
inline std::uint64_t test_seed(std::uint64_t usual) {
  const char* text = std::getenv("QS_SEED");
  return text && *text ? std::strtoull(text, nullptr, 10) : usual;
}

}  // namespace qs

// Declares `seed` and has it printed with each failure that follows in this scope:
//   QS_TEST_SEED(seed, 1);   // then: QS_SEED=1 ./dev test -R … repeats it
#define QS_TEST_SEED(seed, usual)                    \
  const std::uint64_t seed = ::qs::test_seed(usual); \
  INFO("repeat with QS_SEED=", seed)
