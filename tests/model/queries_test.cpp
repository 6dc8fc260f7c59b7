// Queries: states, why a queue gives nothing, what is legal, who holds, hangs, causes.
#include "model/queries/queries.h"

#include <doctest/doctest.h>

#include "model/timeline/timeline.h"
#include "tests/model/story.h"
#include "tests/support/seed.h"
#include "trace/rules/rules.h"

using namespace qs;
using namespace qs::test;
using model::Legality;
using trace::Act;
using trace::ApiFn;
using trace::Dispatch;
using trace::EventCode;

namespace {

model::Model fold(const trace::Trace& trace) {
  model::Model m;
  for (size_t i = 0; i < trace.size(); ++i) model::apply(m, trace[i]);
  return m;
}

model::WhyNot why(const Story& s, uint32_t q = 1) {
  model::WhyNot w = model::why_not_delivering(fold(s.trace), s.trace, queue(q));
  CHECK_MESSAGE(trace::find_rule(w.rule) != nullptr, w.rule);
  CHECK_FALSE(w.sentence.empty());
  return w;
}

model::LegalCall may(const Story& s, ObjectId id, Act act) {
  for (model::LegalCall& call : model::legal_calls(fold(s.trace), id))
    if (call.act == act) return call;
  FAIL("no such act");
  return {};
}
Legality may_request(const Story& s, Act act) { return may(s, request(1), act).legality; }

std::string state(const Story& s) {
  return trace::state_code(model::request_state(*fold(s.trace).request(request(1))));
}

// R1 owned by the driver, handler left.
Story owned(Dispatch dispatch = Dispatch::Sequential, uint32_t limit = 0) {
  Story s;
  s.set_up(dispatch, limit).send(1).arrive(1).insert(1).take(1).deliver(1).leave_handler(1);
  return s;
}

}  // namespace

TEST_CASE("R-01: states have their codes and words") {
  {
    Story s;
    s.set_up().send(1).arrive(1);
    CHECK(state(s) == "S0");
    s.add(EventCode::Own, request(1), device(), uint32_t(trace::OwnReason::CallerContext));
    CHECK(state(s) == "S1");
    s.insert(1);
    CHECK(state(s) == "S2");
    s.add(EventCode::CancelFlag, request(1), app(), 1);
    s.add(EventCode::CancelClaim, request(1), queue(1));
    CHECK(state(s) == "S2c");
    s.take(1).charge(1).add(EventCode::CanceledOnQueue, request(1), queue(1));
    CHECK(state(s) == "S7");
    s.add(EventCode::CancelDelivered, request(1), queue(1), 1);
    CHECK(state(s) == "S8");
  }
  Story s = owned();
  CHECK(state(s) == "S3");
  s.add(EventCode::Cancelable, request(1), queue(1));
  CHECK(state(s) == "S4");
  CHECK(model::state_name(*fold(s.trace).request(request(1))) == "owned by the driver, cancelable");
  s.add(EventCode::CancelFlag, request(1), app(), 1);
  s.add(EventCode::CancelClaim, request(1), queue(1));
  CHECK(state(s) == "S4c");
  s.add(EventCode::CancelPending, request(1), queue(1));
  CHECK(state(s) == "S5");
  s.add(EventCode::CancelDelivered, request(1), queue(1), 0);
  CHECK(state(s) == "S6");
  CHECK(model::life_node(*fold(s.trace).request(request(1))) == model::LifeNode::CancelComing);
  s.add(EventCode::SendTarget, request(1), target());
  CHECK(state(s) == "S9");
  s.add(EventCode::PendTarget, request(1), target());
  CHECK(state(s) == "S10");
  s.add(EventCode::Completing, request(1), queue(1), 0xC0000120u);
  CHECK(state(s) == "S11");
  s.add(EventCode::Completed, request(1), app(), 0xC0000120u);
  CHECK(state(s) == "S12");
  CHECK(model::state_name(*fold(s.trace).request(request(1))) ==
        "completed with STATUS_CANCELLED, nobody owns it");
  for (const model::LifeEdge& e : model::life_edges())
    CHECK_MESSAGE(trace::find_rule(e.rule) != nullptr, e.rule);
}

TEST_CASE("D-05: a sequential queue waits for the request the driver owns, by name") {
  Story s = owned();
  s.send(2).arrive(2).insert(2);
  model::WhyNot w = why(s);
  CHECK(w.step == trace::LoopStep::SequentialLimit);
  CHECK(w.blame == request(1));
  CHECK(w.sentence ==
        "The default queue is sequential, and R1 is owned by the driver since EvtIoRead.");
  s.add(EventCode::SendTarget, request(1), target());
  CHECK(why(s).sentence.find("counts as owned") != std::string::npos);
}

TEST_CASE("D-05: the reasons come in the order of the loop: power, stop, manual, limits, nothing") {
  Story s = owned(Dispatch::Parallel, 1);
  s.send(2).arrive(2).insert(2);
  CHECK(why(s).step == trace::LoopStep::ParallelLimit);
  CHECK(why(s).sentence.find("at most 1") != std::string::npos);
  s.flags(trace::kAccept);
  CHECK(why(s).step == trace::LoopStep::Stopped);
  s.add(EventCode::QueuePower, queue(1), {}, uint32_t(trace::QueuePower::Off));
  CHECK(why(s).step == trace::LoopStep::PoweredOff);
  s.add(EventCode::QueuePower, queue(1), {}, uint32_t(trace::QueuePower::StoppingDriverNotified));
  s.add(EventCode::Notified, request(1), queue(1));
  CHECK(why(s).step == trace::LoopStep::PowerStep);
  CHECK(why(s).blame == request(1));
  s.add(EventCode::StopAck, request(1), queue(1), 0);
  CHECK(std::string(why(s).rule) == "P-25");
}

TEST_CASE("D-05: manual queues, empty queues, claimed requests, a limit of zero") {
  Story manual;
  manual.set_up(Dispatch::Manual);
  CHECK(why(manual).step == trace::LoopStep::Manual);
  manual.send(1).arrive(1).insert(1);
  CHECK(why(manual).sentence ==
        "The default queue is manual: R1 waits until the driver retrieves it.");
  manual.flags(trace::kAccept | trace::kDispatch, trace::kSlotReady);
  CHECK(std::string(why(manual).rule) == "Q-17");
  Story empty;
  empty.set_up();
  CHECK(why(empty).step == trace::LoopStep::NothingToDo);
  CHECK_FALSE(why(empty).delivering);
  empty.send(1).arrive(1).insert(1);
  CHECK(why(empty).delivering);
  empty.add(EventCode::CancelClaim, request(1), queue(1));
  CHECK(std::string(why(empty).rule) == "D-08");
  Story zero;
  zero.set_up(Dispatch::Parallel, 0).send(1).arrive(1).insert(1);
  CHECK(std::string(why(zero).rule) == "D-17");
  CHECK(model::why_not_delivering(model::Model(), zero.trace, queue(5)).sentence ==
        "There is no such queue.");
}

TEST_CASE("D-04, D-15, D-35: why a deliverable request still waits") {
  Story s;
  s.set_up(Dispatch::Parallel, 8).send(1).arrive(1).insert(1);
  s.add(EventCode::Defer, queue(1), {}, 1, uint32_t(trace::DeferReason::PassiveQueue));
  CHECK(std::string(why(s).rule) == "D-04");
  CHECK(why(s).sentence.find("work item") != std::string::npos);
  s.add(EventCode::Defer, queue(1), {}, 0, uint32_t(trace::DeferReason::LockHeldByThread));
  CHECK(std::string(why(s).rule) == "D-35");
  s.add(EventCode::LoopLeave, queue(1), {}, 15);
  CHECK(why(s).delivering);
  s.send(2).arrive(2).add(EventCode::QueueDepth, queue(1), {}, 1).deliver(2);
  CHECK(std::string(why(s).rule) == "D-15");
  CHECK(why(s).blame == thread(1));
  s.leave_handler(2).add(EventCode::QueueDepth, queue(1), {}, 0);
  s.add(EventCode::LockAcquire, ObjectId(ObjectKind::CallbackLock, 3), queue(1));
  CHECK(std::string(why(s).rule) == "D-33");
}

TEST_CASE("R-03: what is legal in each state") {
  using L = Legality;
  Story s = owned(Dispatch::Manual);
  s.another_queue(2, "next", Dispatch::Parallel, 4);
  s.add(EventCode::TargetConfig, target(), device());
  CHECK(may_request(s, Act::Complete) == L::Legal);
  CHECK(may_request(s, Act::Forward) == L::Legal);
  CHECK(may_request(s, Act::Requeue) == L::Legal);
  CHECK(may_request(s, Act::MarkCancelable) == L::Legal);
  CHECK(may_request(s, Act::UnmarkCancelable) == L::Illegal);
  CHECK(may_request(s, Act::IsCanceled) == L::Legal);
  CHECK(may_request(s, Act::SendToTarget) == L::Legal);
  CHECK(std::string(may(s, request(1), Act::CancelSent).rule) == "T-18");
  CHECK(may_request(s, Act::StopAcknowledge) == L::Illegal);
  CHECK(may_request(s, Act::Enqueue) == L::Illegal);
  CHECK(may_request(s, Act::CancelFromApp) == L::Legal);

  s.add(EventCode::Cancelable, request(1), queue(1));  // S4
  CHECK(may_request(s, Act::Complete) == L::Illegal);
  CHECK(may(s, request(1), Act::Complete).reason == "it is cancelable: unmark it first");
  CHECK(std::string(may(s, request(1), Act::Complete).rule) == "V-07");
  CHECK(may_request(s, Act::Forward) == L::Illegal);
  CHECK(may_request(s, Act::SendToTarget) == L::Illegal);
  CHECK(may_request(s, Act::UnmarkCancelable) == L::Legal);
  CHECK(may_request(s, Act::MarkCancelable) == L::Illegal);

  s.add(EventCode::CancelFlag, request(1), app(), 1);
  s.add(EventCode::CancelPending, request(1), queue(1));  // S5
  CHECK(may_request(s, Act::Complete) == L::Illegal);
  CHECK(may_request(s, Act::UnmarkCancelable) == L::Legal);
  CHECK(std::string(may(s, request(1), Act::UnmarkCancelable).rule) == "C-31");

  s.add(EventCode::CancelDelivered, request(1), queue(1), 0);  // S6
  CHECK(may_request(s, Act::Complete) == L::Legal);
  CHECK(may_request(s, Act::IsCanceled) == L::Illegal);
  CHECK(may_request(s, Act::Requeue) == L::Illegal);

  s.add(EventCode::SendTarget, request(1), target());  // S9
  CHECK(may_request(s, Act::Complete) == L::Illegal);
  CHECK(may_request(s, Act::CancelSent) == L::Legal);
  CHECK(may_request(s, Act::SendToTarget) == L::Illegal);
  s.add(EventCode::Completed, request(1), app());  // S12
  CHECK(may_request(s, Act::Complete) == L::Illegal);
  CHECK(std::string(may(s, request(1), Act::Complete).rule) == "V-06");
  CHECK(may_request(s, Act::CancelFromApp) == L::Legal);  // too late: an ordinary outcome
}

TEST_CASE("F-01: only requests of manual queues are requeued") {
  Story s = owned(Dispatch::Sequential);
  model::LegalCall call = may(s, request(1), Act::Requeue);
  CHECK(call.legality == Legality::Illegal);
  CHECK(std::string(call.rule) == "V-18");
  CHECK(trace::act_row(call.act).fn == ApiFn::WdfRequestRequeue);
  CHECK(std::string(trace::act_row(call.act).word) == "requeue");
}

TEST_CASE("V-18: a refused requeue costs a request the verifier's mark, and with it every call") {
  Story s = owned(Dispatch::Sequential);
  s.call(ApiFn::WdfRequestRequeue, request(1), queue(1));
  s.ret(ApiFn::WdfRequestRequeue, request(1), queue(1), int32_t(0xC0000010));
  CHECK(std::string(may(s, request(1), Act::Complete).rule) == "V-05");
  CHECK(may_request(s, Act::MarkCancelable) == Legality::Illegal);
  Story off = owned(Dispatch::Sequential);
  off.add(EventCode::Option, {}, {}, uint32_t(trace::RunOption::Verifier), 0);
  off.ret(ApiFn::WdfRequestRequeue, request(1), queue(1), int32_t(0xC0000010));
  CHECK(may_request(off, Act::Complete) == Legality::Legal);
}

TEST_CASE("verifier off: what only the verifier reports goes through with a warning") {
  Story s = owned();
  s.add(EventCode::Option, {}, {}, uint32_t(trace::RunOption::Verifier), 0);
  CHECK(may_request(s, Act::UnmarkCancelable) == Legality::Discouraged);
  CHECK(std::string(may(s, request(1), Act::UnmarkCancelable).rule) == "C-32");
  CHECK(std::string(may(s, request(1), Act::StopAcknowledge).rule) == "F-30");
  s.add(EventCode::Cancelable, request(1), queue(1));
  CHECK(std::string(may(s, request(1), Act::Complete).rule) == "K-10");
}

TEST_CASE("G-10: a found request is known to the driver") {
  Story s;
  s.set_up(Dispatch::Manual).send(1).arrive(1).insert(1);
  s.call(ApiFn::WdfIoQueueFindRequest, queue(1)).add(EventCode::Refs, request(1), {}, 2);
  s.ret(ApiFn::WdfIoQueueFindRequest, queue(1));
  CHECK(may_request(s, Act::Complete) == Legality::Illegal);
}

TEST_CASE("R-05: a waiting request the driver never saw can only be found or cancelled") {
  Story s;
  s.set_up(Dispatch::Manual).send(1).arrive(1).insert(1);
  CHECK(may_request(s, Act::Complete) == Legality::Impossible);
  CHECK(may_request(s, Act::RetrieveFound) == Legality::Legal);
  CHECK(may_request(s, Act::CancelFromApp) == Legality::Legal);
  s.flags(trace::kAccept);
  CHECK(may(s, request(1), Act::RetrieveFound).reason.find("STATUS_WDF_PAUSED") !=
        std::string::npos);
}

TEST_CASE("P-25: a stop is acknowledged inside EvtIoStop; later it is legal but idle") {
  Story s = owned();
  s.add(EventCode::Notified, request(1), queue(1));
  s.add(EventCode::CallbackEnter, request(1), queue(1), uint32_t(trace::CallbackKind::EvtIoStop));
  CHECK(std::string(may(s, request(1), Act::StopAcknowledge).rule) == "P-21");
  CHECK(may_request(s, Act::StopAcknowledgeRequeue) == Legality::Legal);
  s.add(EventCode::CallbackLeave, request(1), queue(1), uint32_t(trace::CallbackKind::EvtIoStop));
  CHECK(std::string(may(s, request(1), Act::StopAcknowledge).rule) == "P-25");
  s.add(EventCode::Cancelable, request(1), queue(1));
  CHECK(may_request(s, Act::StopAcknowledgeRequeue) == Legality::Illegal);
}

TEST_CASE("queues: retrieval, stopping twice, ready-notify, switching") {
  using L = Legality;
  Story par;
  par.set_up(Dispatch::Parallel, 2);
  auto on = [&](const Story& s, Act act) { return may(s, queue(1), act).legality; };
  CHECK(on(par, Act::RetrieveNext) == L::Discouraged);
  CHECK(on(par, Act::SetLimit) == L::Legal);
  CHECK(on(par, Act::SwitchParallel) == L::Impossible);
  CHECK(on(par, Act::SwitchManual) == L::Legal);
  CHECK(on(par, Act::ReadyNotifyOn) == L::Illegal);
  par.flags(trace::kAccept, trace::kSlotIdle | trace::kSlotPurge);
  CHECK(on(par, Act::QueueStop) == L::Illegal);
  CHECK(std::string(may(par, queue(1), Act::QueueDrain).rule) == "V-19");
  Story man;
  man.set_up(Dispatch::Manual);
  CHECK(on(man, Act::RetrieveNext) == L::Legal);
  CHECK(on(man, Act::SwitchSequential) == L::Impossible);
  CHECK(on(man, Act::SetLimit) == L::Impossible);
  CHECK(on(man, Act::ReadyNotifyOff) == L::Illegal);
  man.flags(trace::kAccept, trace::kSlotReady);
  CHECK(on(man, Act::ReadyNotifyOff) == L::Legal);
  Story seq;
  seq.set_up(Dispatch::Sequential);
  CHECK(on(seq, Act::RetrieveNext) == L::Illegal);  // V-22
}

TEST_CASE("Q-07, Q-14, V-20: a synchronous call is judged by where its caller is") {
  using L = Legality;
  Story s;
  s.set_up(Dispatch::Parallel, 2).another_queue(2, "other", Dispatch::Parallel, 2);
  CHECK(may(s, queue(1), Act::QueueStopSynchronously).legality == L::Legal);
  s.add(EventCode::ThreadRun, thread(1));
  s.send(1).arrive(1).insert(1).take(1).deliver(1);  // inside EvtIoRead
  CHECK(std::string(may(s, queue(1), Act::QueueStopSynchronously).rule) == "Q-14");
  CHECK(may(s, queue(1), Act::QueuePurgeSynchronously).legality == L::Illegal);
  CHECK(may(s, queue(2), Act::QueueDrainSynchronously).legality == L::Legal);
  CHECK(std::string(may(s, queue(2), Act::QueueDrainSynchronously).rule) == "Q-10");
  s.add(EventCode::Irql, thread(1), {}, 2);
  CHECK(std::string(may(s, queue(2), Act::QueueStopSynchronously).rule) == "V-20");
  CHECK(trace::act_row(Act::QueueStopAndPurgeSynchronously).fn ==
        ApiFn::WdfIoQueueStopAndPurgeSynchronously);
  s.add(EventCode::Irql, thread(1), {}, 0).leave_handler(1);
  CHECK(may(s, queue(1), Act::QueueStopSynchronously).legality == L::Legal);
  CHECK(may(s, queue(1), Act::QueueStopSynchronously).reason.find("1 now") != std::string::npos);
  s.flags(trace::kAccept, trace::kSlotIdle | trace::kSlotPurge);
  CHECK(std::string(may(s, queue(1), Act::QueueStopSynchronously).rule) == "V-19");
}

TEST_CASE("Q-14: orders go to the worker while it listens, else to the callback that asks") {
  Story s;
  s.set_up(Dispatch::Parallel, 2).send(1).arrive(1).insert(1).take(1).deliver(1);
  s.call(ApiFn::QsAsk, request(1), queue(1));
  s.add(EventCode::ThreadWait, thread(1), request(1), uint32_t(trace::WaitReason::Asked));
  CHECK(std::string(may(s, queue(1), Act::QueueStopSynchronously).rule) == "Q-14");
  s.start_thread(2, trace::ThreadKind::WorkItem, device());
  s.on = 2;
  s.call(ApiFn::QsAsk, {});
  s.add(EventCode::ThreadWait, thread(2), {}, uint32_t(trace::WaitReason::Asked));
  CHECK(may(s, queue(1), Act::QueueStopSynchronously).legality == Legality::Legal);
}

TEST_CASE("O-09, O-10: which queues can be deleted, and from where") {
  using L = Legality;
  Story s;
  s.set_up(Dispatch::Manual).another_queue(2, "writes", Dispatch::Parallel, 2);
  s.another_queue(3, "spare", Dispatch::Parallel, 2);
  s.add(EventCode::Route, device(), queue(2), uint32_t(trace::RequestType::Write));
  CHECK(std::string(may(s, queue(1), Act::QueueDelete).rule) == "V-29");
  CHECK(may(s, queue(2), Act::QueueDelete).legality == L::Illegal);
  CHECK(may(s, queue(3), Act::QueueDelete).legality == L::Legal);
  CHECK(trace::act_row(Act::QueueDelete).fn == ApiFn::WdfObjectDelete);
  s.add(EventCode::ThreadRun, thread(1));
  s.send(1).arrive(1).insert(1, 3).take(1, 3).deliver(1, 3);
  CHECK(may(s, queue(3), Act::QueueDelete).legality == L::Illegal);
  s.add(EventCode::Irql, thread(1), {}, 2);
  CHECK(may(s, queue(3), Act::QueueDelete).reason.find("work item") != std::string::npos);
}

TEST_CASE("T-02, V-38: only a request that the driver made is deleted, and not while it is sent") {
  Story s = owned();
  CHECK(std::string(may(s, request(1), Act::DeleteRequest).rule) == "T-02");
  CHECK(may_request(s, Act::DeleteRequest) == Legality::Illegal);
  const ObjectId made(ObjectKind::Request, 9);
  s.add(EventCode::TargetConfig, target(), device());
  s.named(EventCode::Create, made, {}, "D1");
  s.add(EventCode::Own, made, {}, uint32_t(trace::OwnReason::DriverCreated));
  CHECK(may(s, made, Act::DeleteRequest).legality == Legality::Legal);
  s.add(EventCode::SendTarget, made, target());
  CHECK(std::string(may(s, made, Act::DeleteRequest).rule) == "V-38");
}

TEST_CASE("devices, apps and handles; nothing is possible after the end") {
  using L = Legality;
  Story s;
  s.set_up();
  CHECK(may(s, device(), Act::PowerDown).legality == L::Legal);
  CHECK(may(s, device(), Act::PowerUp).legality == L::Impossible);
  CHECK(std::string(trace::act_row(Act::PowerDown).field).find("IRP_MN_SET_POWER") == 0);
  CHECK(may(s, device(), Act::PnpStop).legality == L::Legal);
  CHECK(may(s, device(), Act::PnpStart).legality == L::Impossible);
  CHECK(may(s, app(), Act::AppExit).legality == L::Legal);
  CHECK(may(s, file(), Act::CloseHandle).legality == L::Legal);
  CHECK(may(s, file(), Act::Send).legality == L::Legal);
  s.add(EventCode::FileCleanup, file());
  CHECK(may(s, file(), Act::Send).legality == L::Impossible);
  s.add(EventCode::RunEnd, {}, {}, uint32_t(trace::RunEnd::BugCheck));
  CHECK(may(s, device(), Act::PowerDown).legality == L::Impossible);
}

TEST_CASE("F-10: destinations of a forward with their reasons") {
  Story s = owned();
  s.another_queue(2, "manual", Dispatch::Manual).another_queue(3, "closed", Dispatch::Parallel, 1);
  s.flags(trace::kDispatch, 0, 3);
  auto choices = model::forward_choices(fold(s.trace), request(1));
  REQUIRE(choices.size() == 3);
  CHECK(std::string(choices[0].rule) == "V-16");
  CHECK(choices[0].legality == Legality::Illegal);
  CHECK(choices[1].legality == Legality::Legal);
  CHECK(choices[2].reason.find("STATUS_WDF_BUSY") != std::string::npos);
  CHECK(choices[2].reason.find("STATUS_WDF_BUSY") != std::string::npos);
}

TEST_CASE("every answer cites a rule of the table and every refusal gives a reason") {
  QS_TEST_SEED(seed, 51);
  auto check = [](const trace::Trace& t) {
    model::Timeline line(t);
    for (size_t n = 0; n <= t.size(); n += 1 + t.size() / 60) {
      const model::Model m = line.at(n);
      std::vector<ObjectId> ids{device(), app(), file()};
      for (const auto& r : m.requests) ids.push_back(r.id);
      for (const auto& q : m.queues) ids.push_back(q.id);
      for (ObjectId id : ids)
        for (const model::LegalCall& call : model::legal_calls(m, id)) {
          REQUIRE_MESSAGE(trace::find_rule(call.rule) != nullptr, trace::act_row(call.act).label,
                          " ", call.rule);
          if (call.legality != Legality::Legal) REQUIRE_FALSE(call.reason.empty());
        }
      for (const auto& q : m.queues) {
        REQUIRE_FALSE(model::why_not_delivering(m, t, q.id).sentence.empty());
        REQUIRE_FALSE(model::queue_dump(m, t, q.id).empty());
      }
      for (const auto& r : m.requests) {
        REQUIRE_FALSE(model::state_name(r).empty());
        model::who_keeps_alive(m, t, r.id);
        model::forward_choices(m, r.id);
      }
      model::hangs(m, t);
    }
  };
  check(random_run(seed, 6000));
  check(random_noise(seed, 6000));
}

TEST_CASE("R-06: who keeps a request alive") {
  Story s = owned();
  auto has = [&](const char* text) {
    for (const model::Keeper& h : model::who_keeps_alive(fold(s.trace), s.trace, request(1)))
      if (h.sentence.find(text) != std::string::npos) return true;
    return false;
  };
  CHECK(has("the default queue counts it"));
  CHECK_FALSE(has("a reference of the driver"));
  s.call(ApiFn::WdfObjectReference, request(1)).add(EventCode::Refs, request(1), {}, 3);
  s.ret(ApiFn::WdfObjectReference, request(1));
  CHECK(has("a reference of the driver"));
  s.complete(1);
  CHECK(has("a reference of the driver"));
  CHECK_FALSE(has("counts it"));
  s.add(EventCode::Delete, request(1));
  CHECK(model::who_keeps_alive(fold(s.trace), s.trace, request(1)).empty());
}

TEST_CASE("U-01: a request nobody will touch is a hang, one that something works on is not") {
  auto found = [](Story& s) {
    s.end_thread(1).add(EventCode::Settled);
    return model::hangs(fold(s.trace), s.trace);
  };
  {
    Story s = owned();
    CHECK(model::hangs(fold(s.trace), s.trace).empty());  // not settled
    auto h = found(s);
    REQUIRE(h.size() == 1);
    CHECK(h[0].s == request(1));
    CHECK(std::string(h[0].rule) == "U-01");
    CHECK(h[0].sentence == "The driver owns R1 and nothing is left that will touch it.");
  }
  {
    Story s = owned();
    s.add(EventCode::ChannelConfig, channel(), device());
    s.add(EventCode::HwStart, channel(), request(1), 50);
    CHECK(found(s).empty());
  }
  {
    Story s = owned();
    ObjectId timer(ObjectKind::Timer, 3);
    s.add(EventCode::Create, timer, device()).add(EventCode::TimerArm, timer, {}, 100, 100);
    CHECK(found(s).empty());
  }
  {
    Story s = owned();
    s.add(EventCode::Ask, request(1), queue(1));
    CHECK(found(s).empty());
  }
  {
    Story s = owned();
    s.add(EventCode::Cancelable, request(1), queue(1));
    CHECK(found(s).empty());
  }
}

TEST_CASE("Q-14, U-03: threads that wait for themselves or for each other") {
  Story s = owned();
  s.add(EventCode::CallbackEnter, request(1), queue(1), uint32_t(trace::CallbackKind::EvtIoRead));
  s.add(EventCode::ThreadWait, thread(1), queue(1), uint32_t(trace::WaitReason::SyncQueueCall));
  s.add(EventCode::Ask, request(1), queue(1));
  s.add(EventCode::Settled);
  auto h = model::hangs(fold(s.trace), s.trace);
  REQUIRE(h.size() == 1);
  CHECK(std::string(h[0].rule) == "Q-14");
  Story two;
  two.set_up().start_thread(2);
  ObjectId a(ObjectKind::SpinLock, 1), b(ObjectKind::SpinLock, 2);
  two.on = 1;
  two.add(EventCode::LockAcquire, a, device());
  two.on = 2;
  two.add(EventCode::LockAcquire, b, device());
  two.add(EventCode::ThreadWait, thread(1), b, uint32_t(trace::WaitReason::LockHeld));
  two.add(EventCode::Settled);
  CHECK(model::hangs(fold(two.trace), two.trace).empty());
  two.add(EventCode::ThreadWait, thread(2), a, uint32_t(trace::WaitReason::LockHeld));
  two.add(EventCode::Settled);
  h = model::hangs(fold(two.trace), two.trace);
  REQUIRE(h.size() == 2);
  CHECK(std::string(h[0].rule) == "U-03");
}

TEST_CASE("a chain of causes leads from a completion back to the input") {
  Story s;
  s.set_up().input("send read 16").send(1).arrive(1).deliver(1);
  s.add(EventCode::Cancelable, request(1), queue(1)).leave_handler(1).end_thread(1);
  s.input("cancel R1").start_thread(2);
  s.add(EventCode::CancelFlag, request(1), app(), 1);
  s.add(EventCode::CancelPending, request(1), queue(1));
  s.add(EventCode::CancelDelivered, request(1), queue(1), 0);
  s.add(EventCode::CallbackEnter, request(1), queue(1),
        uint32_t(trace::CallbackKind::EvtRequestCancel));
  s.complete(1, 1, int32_t(0xC0000120));
  size_t done = 0;
  for (size_t i = 0; i < s.trace.size(); ++i)
    if (s.trace[i].code == EventCode::Completed) done = i;
  auto chain = model::cause_chain(s.trace, done);
  std::vector<EventCode> codes;
  for (const model::Cause& c : chain) codes.push_back(s.trace[c.event].code);
  CHECK(codes == std::vector<EventCode>{EventCode::Completed, EventCode::Completing,
                                        EventCode::CallEnter, EventCode::CallbackEnter,
                                        EventCode::CancelPending, EventCode::CancelFlag,
                                        EventCode::ThreadStart, EventCode::Input});
  CHECK(chain.back().sentence == "Input: cancel R1.");
  CHECK(model::cause_chain(s.trace, done, 2).size() == 2);
  CHECK(model::cause_chain(s.trace, s.trace.size()).empty());
}

TEST_CASE("D-15: a delivery is caused by what made room for it") {
  Story s = owned();
  s.send(2).arrive(2).insert(2).complete(1).take(2);
  s.add(EventCode::Own, request(2), queue(1), uint32_t(trace::OwnReason::Delivered));
  auto chain = model::cause_chain(s.trace, s.trace.size() - 1);
  REQUIRE(chain.size() > 2);
  CHECK(s.trace[chain[1].event].code == EventCode::Uncharge);
  CHECK(s.trace[chain[2].event].code == EventCode::Completed);
}

TEST_CASE("chains of causes end, whatever the trace") {
  QS_TEST_SEED(seed, 52);
  trace::Trace traces[] = {random_run(seed, 1500), random_noise(seed, 1500)};
  for (const trace::Trace& t : traces)
    for (size_t i = 0; i < t.size(); i += 7) {
      auto chain = model::cause_chain(t, i, 50);
      REQUIRE(chain.size() >= 1);
      for (size_t k = 1; k < chain.size(); ++k) REQUIRE(chain[k].event < chain[k - 1].event);
    }
}

TEST_CASE("the queue dump has the counts and the handles") {
  Story s = owned(Dispatch::Parallel, 2);
  s.send(2).arrive(2).insert(2);
  std::string dump = model::queue_dump(fold(s.trace), s.trace, queue(1));
  INFO(dump);
  for (const char* part : {"Parallel, Not power-managed, PowerOn, Can accept, Can dispatch",
                           "Number of driver owned requests: 1", "Number of waiting requests: 1",
                           "R1", "R2", "EvtIoDefault"})
    CHECK(dump.find(part) != std::string::npos);
}
