// Who is in the driver's code, who waits for whom, and since which line a request is held.
#include "model/queries/activations.h"

#include <doctest/doctest.h>

#include "tests/model/story.h"

using namespace qs;
using namespace qs::test;
using model::Activation;
using trace::EventCode;

namespace {

model::Model folded_model(const trace::Trace& trace) {
  model::Model m;
  for (size_t i = 0; i < trace.size(); ++i) model::apply(m, trace[i]);
  return m;
}

model::HoldIndex index_of(const trace::Trace& trace) {
  model::HoldIndex index;
  for (size_t i = 0; i < trace.size(); ++i) index.add(trace[i], uint32_t(i));
  return index;
}

const Activation* of_thread(const std::vector<Activation>& all, uint32_t n, int depth = 0) {
  for (const Activation& a : all)
    if (a.thread == thread(n) && a.depth == depth) return &a;
  return nullptr;
}

Story& receive(Story& s, uint32_t n, uint32_t on) {
  s.on = on;
  s.send(n).arrive(n);
  return s.deliver(n);
}

}  // namespace

TEST_CASE("activations: two threads in one callback are two, each with its request") {
  Story s;
  s.set_up(trace::Dispatch::Parallel, 0xFFFFFFFFu);
  s.start_thread(2);
  receive(s, 1, 1).at_line(44);
  receive(s, 2, 2).at_line(47);
  const model::Model m = folded_model(s.trace);
  const auto all = model::activations(m);
  const Activation *first = of_thread(all, 1), *second = of_thread(all, 2);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->kind == second->kind);
  CHECK(first->about == request(1));
  CHECK(second->about == request(2));
  CHECK(first->site.line() == 44);
  CHECK(second->site.line() == 47);
  const model::HoldIndex holds = index_of(s.trace);
  CHECK(holds.took(m, *first, *m.request(request(1))));
  CHECK_FALSE(holds.took(m, *first, *m.request(request(2))));
}

TEST_CASE("activations: a callback under another one on the stack does not run") {
  Story s;
  s.set_up(trace::Dispatch::Parallel, 0xFFFFFFFFu);
  receive(s, 1, 1).at_line(44);
  receive(s, 2, 1).at_line(90);
  const auto all = model::activations(folded_model(s.trace));
  REQUIRE(of_thread(all, 1, 1));
  CHECK(of_thread(all, 1, 0)->state == Activation::State::Below);
  CHECK(of_thread(all, 1, 0)->site.line() == 44);
  CHECK(of_thread(all, 1, 1)->state == Activation::State::Runs);
}

TEST_CASE("activations: what a returned callback took is no later activation's") {
  Story s;
  s.set_up(trace::Dispatch::Parallel, 0xFFFFFFFFu);
  receive(s, 1, 1).leave_handler(1);
  receive(s, 2, 1);
  const model::Model m = folded_model(s.trace);
  const auto all = model::activations(m);
  REQUIRE(of_thread(all, 1));
  const model::HoldIndex holds = index_of(s.trace);
  CHECK_FALSE(holds.took(m, *of_thread(all, 1), *m.request(request(1))));
  CHECK(holds.took(m, *of_thread(all, 1), *m.request(request(2))));
}

TEST_CASE("activations: a timer at the door of its callback waits for whoever has the lock") {
  Story s;
  s.set_up(trace::Dispatch::Parallel, 0xFFFFFFFFu);
  const ObjectId lock{ObjectKind::CallbackLock, 1}, timer{ObjectKind::Timer, 1};
  receive(s, 1, 1);
  s.add(EventCode::LockAcquire, lock, queue(1));
  s.start_thread(3, trace::ThreadKind::Timer, timer);
  s.on = 3;
  s.add(EventCode::ThreadWait, thread(3), lock, uint32_t(trace::WaitReason::LockHeld));
  const model::Model m = folded_model(s.trace);
  const Activation* a = of_thread(model::activations(m), 3, -1);
  REQUIRE(of_thread(model::activations(m), 3, -1));
  const auto all = model::activations(m);
  a = of_thread(all, 3, -1);
  CHECK(a->kind == trace::CallbackKind::EvtTimerFunc);
  CHECK(a->state == Activation::State::Entering);
  CHECK(model::held_up_by(m, *m.thread(thread(3))) == thread(1));
  CHECK(model::wait_words(m, s.trace, *m.thread(thread(3))).find("which") != std::string::npos);
}

TEST_CASE("activations: since which line a request is cancelable and hardware works on it") {
  Story s;
  s.set_up(trace::Dispatch::Parallel, 0xFFFFFFFFu);
  s.add(EventCode::ChannelConfig, channel(), device(), 0, 0, 1000);
  receive(s, 1, 1).at_line(66);
  s.add(EventCode::Cancelable, request(1), queue(1));
  s.at_line(71);
  s.add(EventCode::HwStart, channel(), request(1), 1000);
  model::Model m = folded_model(s.trace);
  model::HoldIndex holds = index_of(s.trace);
  auto of = holds.of(m, *m.request(request(1)));
  REQUIRE(of.size() == 2);
  CHECK(of[0].kind == model::Hold::Kind::Cancelable);
  CHECK(of[0].site.line() == 66);
  CHECK(of[1].kind == model::Hold::Kind::Started);
  CHECK(of[1].site.line() == 71);
  CHECK(of[1].at == channel());
  s.add(EventCode::Uncancelable, request(1), queue(1));
  m = folded_model(s.trace);
  holds = index_of(s.trace);
  CHECK(holds.of(m, *m.request(request(1))).size() == 1);
}

TEST_CASE("P-12: going down says which requests it waits for") {
  Story s;
  s.set_up(trace::Dispatch::Parallel, 0xFFFFFFFFu);
  receive(s, 1, 1).leave_handler(1);
  CHECK(model::power_pending(folded_model(s.trace), s.trace,
                             *folded_model(s.trace).device(device())) == "");
  s.add(EventCode::PowerPhase, device(), {}, uint32_t(trace::PowerPhase::StoppingQueues));
  s.add(EventCode::QueuePower, queue(1), {}, uint32_t(trace::QueuePower::StoppingDriverNotified));
  model::Model m = folded_model(s.trace);
  CHECK(model::power_pending(m, s.trace, *m.device(device())).find("waits for R1") !=
        std::string::npos);
  s.add(EventCode::PowerPhase, device(), {}, uint32_t(trace::PowerPhase::QueuesOff));
  m = folded_model(s.trace);
  CHECK(model::power_pending(m, s.trace, *m.device(device())) == "");
}
