// Memory that is set back to how it was.
#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/region.h"

using namespace qs;

namespace {

struct World {
  std::map<int, std::string> words;
  std::vector<int> numbers;
  Arena arena;
};

}  // namespace

TEST_CASE("base: what lies in a region is as it was when it is set back") {
  const std::unique_ptr<Region> region = Region::make();
  if (!region) return;  // a sanitizer has the allocator
  Region::Copy early, late;
  std::unique_ptr<World> world;
  char *first = nullptr, *second = nullptr;
  std::string outside = "made outside, and long enough to be on the heap";
  {
    const Region::Inside inside(region.get());
    world = std::make_unique<World>();
    for (int i = 0; i < 100; ++i) world->words[i] = std::string(size_t(i), 'a');
    first = static_cast<char*>(world->arena.allocate(100));
    first[0] = 'x';
    region->save(early);
    world->words.erase(50);
    world->numbers.assign(10'000, 7);
    second = static_cast<char*>(world->arena.allocate(100));
    first[0] = second[0] = 'y';
    {
      const Region::Outside free;
      outside += ", and changed inside";
    }
    region->save(late);
    world->words.clear();
    world->arena.allocate(300'000);
  }
  CHECK(Region::owns(world.get()));
  CHECK(!Region::owns(outside.data()));
  for (int round = 0; round < 2; ++round) {
    region->restore(late);
    CHECK(world->words.size() == 99);
    CHECK(world->numbers == std::vector<int>(10'000, 7));
    CHECK(second[0] == 'y');
    region->restore(early);
    CHECK(world->words.size() == 100);
    CHECK(world->words.at(50) == std::string(50, 'a'));
    CHECK(world->numbers.empty());
    CHECK(first[0] == 'x');
    CHECK(second[0] == 0);  // an arena hands out zeros
  }
  CHECK(outside.ends_with("changed inside"));
  const auto again = [&] {
    const Region::Inside inside(region.get());
    return world->arena.allocate(100);
  }();
  CHECK(again == second);
  const Region::Inside inside(region.get());
  world.reset();
}

TEST_CASE("base: there are as many regions as there are, and then again") {
  std::vector<std::unique_ptr<Region>> all;
  while (auto region = Region::make()) all.push_back(std::move(region));
  const size_t most = all.size();
  all.clear();
  for (size_t i = 0; i < most; ++i) CHECK(Region::make() != nullptr);
}
