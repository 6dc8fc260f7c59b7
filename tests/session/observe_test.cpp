// The picture and the thing: after every decision the model folded from the trace equals what the
// live objects say.
#include <doctest/doctest.h>

#include "model/model.h"
#include "run/run.h"
#include "session/presets.h"
#include "session/programs.h"

using namespace qs;

namespace {

constexpr uint32_t kCompared =
    model::kPresented | model::kCancelFlag | model::kCanceledBit | model::kCharged;

void compare(const model::Model& live, const model::Model& folded) {
  for (const model::QueueView& q : live.queues) {
    const model::QueueView* f = folded.queue(q.id);
    REQUIRE(f);
    CHECK(f->flags == q.flags);
    CHECK(f->slots == q.slots);
    CHECK(f->power == q.power);
    CHECK(f->power_ref == q.power_ref);
    CHECK(f->depth == q.depth);
    CHECK(f->owned_count == q.owned_count);
    CHECK(f->waiting == q.waiting);
  }
  for (const model::RequestView& r : live.requests) {
    const model::RequestView* f = folded.request(r.id);
    REQUIRE(f);
    CHECK((f->flags & kCompared) == (r.flags & kCompared));
  }
}

void follow(const run::Program& program, const sched::Schedule& schedule) {
  run::Run run(program, schedule);
  model::Model folded;
  size_t at = 0, steps = 0;
  while (run.step()) {
    for (; at < run.trace().size(); ++at) model::apply(folded, run.trace()[at]);
    compare(run.observe(), folded);
    ++steps;
  }
  CHECK(steps > 3);
}

}  // namespace

TEST_CASE("lesson 1.1: the live model equals the folded model after every step") {
  auto program = session::load_program("first-request");
  REQUIRE_MESSAGE(program.ok(), program.error().text());
  follow(*program, {});
}

TEST_CASE("sandbox presets: the live model equals the folded model after every step") {
  auto presets = session::load_presets();
  REQUIRE_MESSAGE(presets.ok(), presets.error().text());
  for (const session::Preset& p : *presets) {
    CAPTURE(p.title);
    auto program = session::load_program(p.program);
    REQUIRE_MESSAGE(program.ok(), program.error().text());
    follow(*program, p.schedule);
  }
}
