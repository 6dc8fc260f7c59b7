// More threads than 16 bits number: a run makes one for each send.
#include "run/world.h"
#include "tests/session/support.h"
#include "trace/events/trace_file.h"

using namespace qs;

namespace {

// How many of the events that threads tell about themselves name another thread, or another IRQL.
size_t wrong_events(const trace::Trace& trace) {
  size_t wrong = 0;
  for (size_t i = 0; i < trace.size(); ++i) {
    const trace::Event& e = trace[i];
    if (e.code != trace::EventCode::Note && e.code != trace::EventCode::ThreadEnd) continue;
    wrong += e.thread != e.s.serial() || e.irql != (e.code == trace::EventCode::Note ? 2 : 0);
  }
  return wrong;
}

}  // namespace

TEST_CASE("each of 70,000 threads has a number of its own, in a run and in its file") {
  constexpr uint32_t kMany = 70'000;
  run::World world(kmdf::Options{}, std::make_shared<trace::Trace>());
  for (uint32_t n = 1; n <= kMany; ++n) {
    world.spawn(trace::ThreadKind::Dpc, "", {}, sched::kDispatchLevel, [&] {
      sched::Scheduler& s = world.scheduler;
      s.emit(trace::EventCode::Note, s.current()->id);
    });
    world.settle();
  }
  CHECK(world.trace->back().s == ObjectId(ObjectKind::Thread, kMany));
  CHECK(world.trace->back().thread == kMany);
  const auto read = trace::decode_trace(trace::encode_trace(*world.trace, "", ""), "run.qstrace");
  REQUIRE(read);
  REQUIRE(read->trace->size() == world.trace->size());
  CHECK(read->trace->back().thread == kMany);
  CHECK(wrong_events(*world.trace) == 0);
  CHECK(wrong_events(*read->trace) == 0);
}
