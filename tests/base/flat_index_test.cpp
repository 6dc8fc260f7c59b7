// Places in a list by a hash, beside an ordinary map.
#include "base/flat_index.h"

#include <doctest/doctest.h>

#include <map>

#include "tests/support/random.h"
#include "tests/support/seed.h"

using namespace qs;

TEST_CASE("what was put into the index is found, whatever the hashes are") {
  QS_TEST_SEED(seed, 5);
  test::Random r(seed);
  for (uint32_t hashes : {1u, 7u, 0xFFFFFFFFu}) {  // all alike, few, mostly different
    std::vector<uint32_t> keys;
    std::map<uint32_t, uint32_t> places;
    FlatIndex index;
    const auto hash = [&](uint32_t key) { return FlatIndex::hash_of(key) % hashes; };
    for (int i = 0; i < 500; ++i) {
      const uint32_t key = r.below(400);
      const auto same = [&](uint32_t place) { return keys[place] == key; };
      const auto known = places.find(key);
      REQUIRE(index.find(hash(key), same) ==
              (known == places.end() ? FlatIndex::kNone : known->second));
      keys.push_back(key);  // the newest counts
      index.put(hash(key), uint32_t(keys.size() - 1), same);
      places[key] = uint32_t(keys.size() - 1);
    }
  }
}
