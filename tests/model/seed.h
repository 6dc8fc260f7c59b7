// Random tests: the seed is printed when a test fails and taken back from QS_SEED.
#pragma once
#include <cstdlib>
#include <random>

namespace qs::test {

inline uint32_t seed(uint32_t usual) {
  const char* given = std::getenv("QS_SEED");
  return given ? uint32_t(std::strtoul(given, nullptr, 0)) : usual;
}

struct Random {
  std::mt19937 engine;
  explicit Random(uint32_t s) : engine(s) {}
  uint32_t below(uint32_t n) { return n ? uint32_t(engine() % n) : 0; }
  bool one_in(uint32_t n) { return below(n) == 0; }
};

}  // namespace qs::test
