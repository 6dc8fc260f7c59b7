// Lists that share: they hold what a vector would, and copies stay as they were.
#include "model/timeline/shared_list.h"

#include <doctest/doctest.h>

#include "model/find.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;

namespace {

using List = model::SharedList<ObjectId>;

bool same(const List& list, const std::vector<ObjectId>& expected) {
  return list.size() == expected.size() && std::vector<ObjectId>(list) == expected;
}

}  // namespace

TEST_CASE("a shared list holds what a vector would, and its copies stay as they were") {
  QS_TEST_SEED(seed, 61);
  Random r(seed);
  List list;
  std::vector<ObjectId> expected;
  std::vector<std::pair<List, std::vector<ObjectId>>> copies;
  for (uint32_t step = 0; step < 20'000; ++step) {
    const bool grows = step < 12'000;  // to several pieces, then down to nothing
    if (expected.empty() || r.below(10) < (grows ? 7u : 2u)) {
      const ObjectId id(ObjectKind::Request, step + 1);
      if (r.one_in(4)) {
        list.insert(list.begin().spot(), id);
        expected.insert(expected.begin(), id);
      } else {
        list.push_back(id);
        expected.push_back(id);
      }
    } else {
      const size_t i = r.one_in(2) ? 0 : r.below(uint32_t(expected.size()));
      REQUIRE(list[i] == expected[i]);
      REQUIRE(model::erase_value(list, expected[i]));
      expected.erase(expected.begin() + std::ptrdiff_t(i));
    }
    if (r.one_in(500)) copies.emplace_back(list, expected);
    if (r.one_in(100)) REQUIRE(same(list, expected));
  }
  REQUIRE(same(list, expected));
  for (const auto& [copy, was] : copies) {
    REQUIRE(same(copy, was));
    CHECK((copy == list) == (was == expected));
  }
}

TEST_CASE("a shared list finds, adds and erases by id") {
  struct Thing {
    ObjectId id;
    int value = 0;
    bool operator==(const Thing&) const = default;
  };
  QS_TEST_SEED(seed, 62);
  Random r(seed);
  model::SharedList<Thing> list;
  std::vector<Thing> expected;
  for (int step = 0; step < 5'000; ++step) {
    const ObjectId id(ObjectKind::Request, 1 + r.below(900));
    if (r.one_in(3)) {
      model::erase_id(list, id);
      model::erase_id(expected, id);
    } else {
      model::find_or_add(list, id).value = step;
      model::find_or_add(expected, id).value = step;
    }
    const model::SharedList<Thing>& seen = list;
    const Thing* found = model::find_in(seen, id);
    const Thing* wanted = model::find_in(expected, id);
    REQUIRE((found != nullptr) == (wanted != nullptr));
    if (found) REQUIRE(*found == *wanted);
  }
  CHECK(std::vector<Thing>(list) == expected);
}

TEST_CASE("a copy takes no more than what differs") {
  model::SharedList<uint64_t> list;
  for (uint64_t i = 0; i < 100'000; ++i) list.push_back(i);
  model::SharedList<uint64_t> copy = list;
  copy.edit(copy.last()) = 7;
  size_t pieces = 0;
  std::vector<const void*> known;
  list.pieces([&](const void* piece, size_t) { known.push_back(piece), ++pieces; });
  size_t own = 0;
  copy.pieces([&](const void* piece, size_t) {
    own += std::find(known.begin(), known.end(), piece) == known.end();
  });
  CHECK(pieces > 100);
  CHECK(own == 1);
  CHECK(list.back() == 99'999);
  CHECK(copy.back() == 7);
}
