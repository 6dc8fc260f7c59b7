// One schedule step by step: what is said of those who did not go on is true.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "explore/route.h"
#include "explore/search.h"
#include "run/registry.h"
#include "session/programs.h"
#include "tests/explore/support.h"

using namespace qs;
using namespace qs::test;
using namespace qs::explore;

namespace {

run::Program two_readers() {
  return small_program("echoes", {"0 send a read 16 file=A", "0 send b read 16 file=B"});
}

sched::Schedule played(const Search& search, const Kept& kept) {
  sched::Schedule out = search.base();
  out.picks = kept.picks;
  return out;
}

std::vector<uint64_t> hashes(const Route& route) {
  std::vector<uint64_t> out;
  for (const RouteStep& s : route.steps) out.push_back(s.hash);
  std::sort(out.begin(), out.end());
  return out;
}

bool begins_so(const Kept& kept, const Route& route, size_t steps) {
  for (size_t i = 0; i < steps; ++i)
    if (!std::binary_search(kept.steps.begin(), kept.steps.end(), route.steps[i].hash))
      return false;
  return true;
}

}  // namespace

TEST_CASE("explore: a kept schedule is followed step by step, and is the same as it is played") {
  const run::Program program = two_readers();
  Search search(program, {}, {});
  search.step(200'000);
  REQUIRE(search.done());
  REQUIRE(search.kept().size() > 1);
  CHECK(search.kept().size() == search.progress().schedules);
  std::set<std::vector<uint64_t>> different;
  for (const Kept& k : search.kept()) {
    const Route route = follow(program, played(search, k), false);
    CHECK(hashes(route) == k.steps);
    CHECK(route.switches() == k.switches);
    CHECK(different.insert(k.steps).second);
    run::Program looking = program;
    looking.settings.races = true;
    const run::Execution plain = run::execute(looking, route.schedule);
    REQUIRE(plain.trace->size() == route.execution.trace->size());
    size_t at = route.steps.front().from;
    for (const RouteStep& s : route.steps) {  // its steps are all of its events, one by one
      CHECK(s.from == at);
      at = s.to;
    }
    CHECK(at == plain.trace->size());
  }
}

TEST_CASE(
    "explore: the shares along a way, and the roads at each of its steps, are counted right") {
  const run::Program program = two_readers();
  Search search(program, {}, {});
  search.step(200'000);
  REQUIRE(search.done());
  const std::vector<Kept>& kept = search.kept();
  const auto wrong =
      std::find_if(kept.begin(), kept.end(), [](const Kept& k) { return k.wrong(); });
  const Kept& shown = wrong == kept.end() ? kept.back() : *wrong;
  const Route route = follow(program, played(search, shown), false);
  const std::vector<Share> shares = shares_along(route, kept);
  REQUIRE(shares.size() == route.steps.size() + 1);
  CHECK(shares.front().all == kept.size());
  CHECK(shares.front().well == kept.size() - search.progress().wrong);
  CHECK(shares.back().all == 1);
  for (size_t step = 0; step < route.steps.size(); ++step) {
    const std::vector<Road> roads = roads_at(program, route, step, kept);
    REQUIRE(roads.size() == route.steps[step].open.size());
    for (const Road& road : roads) {
      CHECK(road.share.all > 0);  // all were tried
      if (road.taken) CHECK(road.share == shares[step + 1]);
      // Whoever goes that way ends in a schedule that was counted.
      const Route there = follow(program, turned(route, step, road.move), false);
      CHECK(there.steps[step].hash == road.shown.steps.back().hash);
      const auto found = std::find_if(kept.begin(), kept.end(),
                                      [&](const Kept& k) { return k.steps == hashes(there); });
      REQUIRE(found != kept.end());
      CHECK(begins_so(*found, road.shown, step + 1));
    }
    // Each schedule that begins so goes on by one of them.
    for (const Kept& k : kept)
      if (begins_so(k, route, step))
        CHECK(std::any_of(roads.begin(), roads.end(),
                          [&](const Road& r) { return begins_so(k, r.shown, step + 1); }));
  }
}

TEST_CASE("explore: where no schedule ends well anymore, and how far the nearest wrong one is") {
  const std::vector<Share> shares = {{4, 9}, {2, 5}, {0, 3}, {0, 1}};
  CHECK(no_return(shares) == 2);
  CHECK_FALSE(no_return(std::vector<Share>{{4, 9}, {1, 1}}).has_value());
  CHECK(no_return(std::vector<Share>{{0, 9}, {0, 1}}) == 0);

  auto loaded = session::load_program("23-deferred-completion");
  REQUIRE(loaded.ok());
  loaded->driver = run::find_driver(run::test_drivers(), "explore/unasked-23-deferred-completion");
  REQUIRE(loaded->driver);
  const run::Program& program = *loaded;
  Limits limits;
  limits.any_time = true;
  limits.switches = 2;
  Search search(program, {}, limits);
  search.step(2000);
  const auto& kept = search.kept();
  std::optional<uint32_t> least;
  const Kept* nearest = nullptr;
  for (const Kept& k : kept)
    if (k.wrong() && k.switches < least.value_or(UINT32_MAX)) least = k.switches, nearest = &k;
  REQUIRE(nearest);
  const Route route = follow(program, played(search, *nearest), true);
  CHECK(switches_to_wrong(route, 0, kept) == least);
  CHECK(switches_to_wrong(route, route.steps.size(), kept) == 0);
}
