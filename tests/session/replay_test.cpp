// A run is (program, schedule): the same always gives the same bytes, on every fiber backend.
#include "session/presets.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;

namespace {

// Every program's own run, and every preset.
std::vector<std::pair<run::Program, sched::Schedule>> runs() {
  std::vector<std::pair<run::Program, sched::Schedule>> out;
  for (const session::ProgramInfo& p : session::list_programs())
    out.emplace_back(program(p.name), sched::Schedule());
  auto presets = session::load_presets();
  REQUIRE(presets.ok());
  for (const session::Preset& p : *presets) out.emplace_back(program(p.program), p.schedule);
  return out;
}

}  // namespace

TEST_CASE("the same schedule twice gives identical bytes") {
  for (const auto& [program, schedule] : runs()) {
    INFO(program.name, " ", schedule.print());
    CHECK(bytes(*run::execute(program, schedule).trace) ==
          bytes(*run::execute(program, schedule).trace));
  }
}

// The address sanitizer takes stacks that are used again for damage.
#ifdef __SANITIZE_ADDRESS__
constexpr bool kOneStackEach = true;
#else
constexpr bool kOneStackEach = false;
#endif

TEST_CASE("both fiber backends give equal traces" * doctest::skip(kOneStackEach)) {
  for (const auto& [program, schedule] : runs()) {
    INFO(program.name, " ", schedule.print());
    std::string fibers = bytes(*run::execute(program, schedule, sched::FiberKind::Context).trace);
    std::string threads = bytes(*run::execute(program, schedule, sched::FiberKind::Thread).trace);
    CHECK(fibers == threads);
  }
}

TEST_CASE("the live objects are what the trace says, after every decision") {
  for (const auto& [program, schedule] : runs()) {
    INFO(program.name, " ", schedule.print());
    run::Run run(program, schedule);
    model::Model folded;
    bool more = true;
    while (more) {
      more = run.step();
      while (folded.events < run.trace().size()) model::apply(folded, run.trace()[folded.events]);
      model::Model live = run.observe();
      constexpr uint32_t kLive = model::kPresented | model::kCancelFlag | model::kCanceledBit;
      for (const model::QueueView& q : live.queues) {
        const model::QueueView* told = folded.queue(q.id);
        REQUIRE(told);
        CHECK(told->waiting == q.waiting);
        CHECK(told->owned_count == q.owned_count);
        CHECK(told->flags == q.flags);
        CHECK(told->slots == q.slots);
        CHECK(told->power == q.power);
        CHECK(told->depth == q.depth);
      }
      for (const model::RequestView& r : live.requests) {
        const model::RequestView* told = folded.request(r.id);
        REQUIRE(told);
        CHECK(told->queue == r.queue);
        CHECK((told->flags & kLive) == (r.flags & kLive));
      }
    }
  }
}
