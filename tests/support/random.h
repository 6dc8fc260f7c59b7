// Owns a small source of random numbers for tests; its seed comes from support/seed.h.
#pragma once

#include <cstdint>
#include <random>

namespace qs {
namespace test {

// Equal numbers from equal seeds, on every machine.
struct Random {
  std::mt19937 engine;

  explicit Random(std::uint64_t seed) : engine(static_cast<std::uint32_t>(seed)) {}
  std::uint32_t below(std::uint32_t n) { return n ? static_cast<std::uint32_t>(engine() % n) : 0; }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
};

}  // namespace test
}  // namespace qs
