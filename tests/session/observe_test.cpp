// The picture and the thing: after every decision the model folded from the trace equals what the
// live objects say.
#include <doctest/doctest.h>

#include "model/model.h"
#include "run/run.h"
#include "session/presets.h"
#include "session/programs.h"

using namespace qs;

namespace {

constexpr uint32_t kCompared = kPresented | kCancelFlag | kCanceledBit | kCharged;

void compare(const Model& live, const Model& folded) {
  for (const QueueView& q : live.queues) {
    const QueueView* f = folded.queue(q.id);
    REQUIRE(f);
    CHECK(f->flags == q.flags);
    CHECK(f->slots == q.slots);
    CHECK(f->power == q.power);
    CHECK(f->power_ref == q.power_ref);
    CHECK(f->depth == q.depth);
    CHECK(f->owned_count == q.owned_count);
    CHECK(f->waiting == q.waiting);
  }
  for (const RequestView& r : live.requests) {
    const RequestView* f = folded.request(r.id);
    REQUIRE(f);
    CHECK((f->flags & kCompared) == (r.flags & kCompared));
  }
}

void follow(const Program& program, const Schedule& schedule) {
  Run run(program, schedule);
  Model folded;
  size_t at = 0, steps = 0;
  while (run.step()) {
    for (; at < run.trace().size(); ++at) apply(folded, run.trace()[at]);
    compare(run.observe(), folded);
    ++steps;
  }
  CHECK(steps > 3);
}

}  // namespace

TEST_CASE("lesson 1.1: the live model equals the folded model after every step") {
  auto program = load_program("first-request");
  REQUIRE_MESSAGE(program.ok(), program.error().text());
  follow(*program, {});
}

TEST_CASE("sandbox presets: the live model equals the folded model after every step") {
  auto presets = load_presets();
  REQUIRE_MESSAGE(presets.ok(), presets.error().text());
  for (const Preset& p : *presets) {
    CAPTURE(p.title);
    auto program = load_program(p.program);
    REQUIRE_MESSAGE(program.ok(), program.error().text());
    follow(*program, p.schedule);
  }
}
