// The strategies of the search against what is known: classic numbers, and plain enumeration.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/explore/toy.h"
#include "tests/support/random.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;
using explore::Bounded;
using explore::Reduced;

namespace {

constexpr sched::Ask kGiven = sched::Ask::GivenTimes;

ToyOp reads(uint32_t x) { return {ToyOp::Read, x}; }
ToyOp writes(uint32_t x) { return {ToyOp::Write, x}; }
ToyOp counts(uint32_t x) { return {ToyOp::Count, x}; }
ToyOp locks(uint32_t x) { return {ToyOp::Lock, x}; }
ToyOp unlocks(uint32_t x) { return {ToyOp::Unlock, x}; }

ToyResult reduced(const Toy& toy) {
  Reduced strategy(kGiven);
  return search_toy(toy, strategy);
}
ToyResult bounded(const Toy& toy, uint32_t switches, bool plainly = false) {
  Bounded strategy(kGiven, switches, plainly);
  return search_toy(toy, strategy);
}
ToyResult plain(const Toy& toy) { return bounded(toy, UINT32_MAX, true); }

// Philosophers who each take the fork at their left, then the one at their right.
Toy dining(uint32_t n) {
  Toy toy;
  for (uint32_t i = 0; i < n; ++i)
    toy.push_back({locks(1 + i), locks(1 + (i + 1) % n), unlocks(1 + (i + 1) % n), unlocks(1 + i)});
  return toy;
}

Toy random_toy(Random& random) {
  Toy toy;
  const uint32_t threads = 2 + random.below(2);
  for (uint32_t t = 0; t < threads; ++t) {
    ToyThread thread;
    uint32_t held = 0;
    const uint32_t most = threads == 2 ? 5 : 3;
    for (uint32_t n = 1 + random.below(most); n; --n) {
      const uint32_t x = 1 + random.below(3);
      switch (random.below(6)) {
        case 0:
          if (!held) thread.push_back(locks(held = 10 + random.below(2)));
          break;
        case 1:
          if (held) thread.push_back(unlocks(held)), held = 0;
          break;
        case 2: thread.push_back(counts(x)); break;
        case 3: thread.push_back(reads(x)); break;
        default: thread.push_back(writes(x)); break;
      }
    }
    if (held && !random.one_in(4)) thread.push_back(unlocks(held));
    if (thread.empty()) thread.push_back(writes(1));
    toy.push_back(thread);
  }
  return toy;
}

}  // namespace

TEST_CASE("explore: classic programs have as many schedules as is known") {
  // Two threads that each read a counter and write it: of 6 interleavings 2 differ in the order of
  // the reads alone, and those come in pairs with 2 others.
  const Toy lost{{reads(1), writes(1)}, {reads(1), writes(1)}};
  CHECK(plain(lost).executions == 6);
  CHECK(reduced(lost).schedules.size() == 4);
  CHECK(reduced(lost).executions == 4);
  // n threads that write one variable each: n! orders; different ones: a single schedule.
  CHECK(reduced({{writes(1)}, {writes(1)}, {writes(1)}, {writes(1)}}).executions == 24);
  CHECK(reduced({{writes(1)}, {writes(2)}, {writes(3)}, {writes(4)}}).executions == 1);
  // Threads that count together, and one that looks: it comes after so many of them, or others.
  CHECK(reduced({{counts(1)}, {counts(1)}, {counts(1)}, {counts(1)}}).executions == 1);
  CHECK(reduced({{counts(1)}, {counts(1)}, {counts(1)}, {reads(1)}}).executions == 8);
  // One writer, n readers: the writer comes before or after each, so 2^n.
  const ToyResult readers = reduced({{writes(1)}, {reads(1)}, {reads(1)}, {reads(1)}});
  CHECK(readers.executions == 8);
  CHECK(readers.schedules.size() == 8);
  // Two threads of n steps that all depend on each other: C(2n, n).
  const ToyThread three{writes(1), writes(1), writes(1)};
  CHECK(reduced({three, three}).executions == 20);
}

TEST_CASE("explore: dining philosophers block in exactly the ways they can") {
  for (uint32_t n : {2u, 3u}) {
    const ToyResult all = plain(dining(n)), few = reduced(dining(n));
    CHECK(few.schedules == all.schedules);
    CHECK(few.ends == all.ends);
    CHECK(few.executions < all.executions);
  }
}

TEST_CASE("explore: on random programs the reduced search ends exactly where enumeration does") {
  QS_TEST_SEED(seed, 20261130);
  Random random(seed);
  uint64_t made = 0, most = 0;
  for (int i = 0; i < 400; ++i) {
    const Toy toy = random_toy(random);
    const ToyResult all = plain(toy), few = reduced(toy), met = bounded(toy, UINT32_MAX);
    CHECK(few.schedules == all.schedules);
    CHECK(few.ends == all.ends);
    CHECK(met.schedules == all.schedules);
    CHECK(met.ends == all.ends);
    made += few.executions;
    most += all.executions;
  }
  CHECK(made * 4 < most);
}

TEST_CASE("explore: with a bound on switches exactly the schedules within it are tried") {
  QS_TEST_SEED(seed, 20261131);
  Random random(seed);
  for (int i = 0; i < 100; ++i) {
    const Toy toy = random_toy(random);
    for (uint32_t switches : {0u, 1u, 2u}) {
      const ToyResult all = bounded(toy, switches, true), few = bounded(toy, switches);
      CHECK(few.schedules == all.schedules);
      CHECK(few.ends == all.ends);
    }
  }
}

TEST_CASE("explore: a crash hides no other crash") {
  QS_TEST_SEED(seed, 20261132);
  Random random(seed);
  for (int i = 0; i < 300; ++i) {
    Toy toy = random_toy(random);
    for (uint32_t n = 1 + random.below(2); n; --n) {
      ToyThread& t = toy[random.below(uint32_t(toy.size()))];
      t.insert(t.begin() + random.below(uint32_t(t.size())), {ToyOp::Crash, 1 + random.below(3)});
    }
    const ToyResult all = plain(toy), few = reduced(toy), met = bounded(toy, UINT32_MAX);
    const auto who = [](const ToyResult& r) {  // which threads crash at all
      std::set<size_t> out;
      for (const std::string& c : r.crashes)
        out.insert(size_t(std::count(c.begin(), c.begin() + long(c.find("crash")), '|')));
      return out;
    };
    CHECK(who(few) == who(all));
    CHECK(met.crashes == all.crashes);
    CHECK(few.ends == all.ends);
  }
}
