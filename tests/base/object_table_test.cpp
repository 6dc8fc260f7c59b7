// Numbers of objects, beside an ordinary map.
#include "base/object_table.h"

#include <doctest/doctest.h>

#include <map>

#include "tests/support/random.h"
#include "tests/support/seed.h"

using namespace qs;

TEST_CASE("a number is found at the object that it was given to, and nowhere else") {
  QS_TEST_SEED(seed, 6);
  test::Random r(seed);
  ObjectTable table;
  std::map<uint32_t, uint32_t> numbers;
  for (uint32_t i = 0; i < 2000; ++i) {
    const auto kind = ObjectKind(1 + r.below(uint32_t(ObjectKind::Count) - 1));
    const ObjectId id(kind, 1 + r.below(i % 100 == 0 ? 0xFFFFFFu : 300u));
    const auto known = numbers.find(id.raw);
    REQUIRE(table.get(id) == (known == numbers.end() ? ObjectTable::kNone : known->second));
    table.set(id, i);
    numbers[id.raw] = i;
  }
  for (const auto& [raw, number] : numbers) REQUIRE(table.get(ObjectId(raw)) == number);
  CHECK(table.get(ObjectId()) == ObjectTable::kNone);
  CHECK(table.get(ObjectId(0xFFFFFFFFu)) == ObjectTable::kNone);  // of no kind
}
