// Names of objects in a trace, beside a plain search through them.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/random.h"
#include "tests/support/seed.h"
#include "trace/events/trace.h"

using namespace qs;

TEST_CASE("a name means the newest object of its kind that has it") {
  QS_TEST_SEED(seed, 7);
  test::Random r(seed);
  trace::Trace trace;
  std::vector<std::pair<ObjectId, std::string>> given;  // in the order of giving
  const auto kind = [&] { return ObjectKind(1 + r.below(4)); };
  const auto text = [&] { return "R" + std::to_string(r.below(30)); };
  for (uint32_t i = 1; i <= 3000; ++i) {
    given.emplace_back(ObjectId(kind(), i), text());
    trace.set_name(given.back().first, given.back().second);
    REQUIRE(trace.given_name(given.back().first) == given.back().second);
    const std::string wanted = text();
    const ObjectKind of = kind();
    const auto newest = std::find_if(given.rbegin(), given.rend(), [&](const auto& g) {
      return g.second == wanted && g.first.kind() == of;
    });
    REQUIRE(trace.named(wanted, of) == (newest == given.rend() ? ObjectId() : newest->first));
  }
}

TEST_CASE("an object that got another name is not found by the old one") {
  trace::Trace trace;
  const ObjectId queue(ObjectKind::Queue, 1), request(ObjectKind::Request, 1);
  trace.set_name(queue, "first");
  trace.set_name(request, "first");
  trace.set_name(queue, "second");
  CHECK(trace.named("first", ObjectKind::Queue) == ObjectId());
  CHECK(trace.named("first", ObjectKind::Request) == request);
  CHECK(trace.named("second", ObjectKind::Queue) == queue);
  CHECK(trace.given_name(queue) == "second");
}
