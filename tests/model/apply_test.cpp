// apply(): what each event does to the model.
#include <doctest/doctest.h>

#include "model/model.h"
#include "tests/model/story.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;
using model::Model;
using model::Owner;
using model::Place;
using trace::ApiFn;
using trace::EventCode;

namespace {

Model folded(const trace::Trace& trace) {
  Model m;
  for (size_t i = 0; i < trace.size(); ++i) model::apply(m, trace[i]);
  return m;
}

struct Place_ {
  Owner owner;
  Place place;
  bool operator==(const Place_&) const = default;
};
Place_ where(const Story& s, uint32_t n) {
  Model m = folded(s.trace);
  const model::RequestView* r = m.request(request(n));
  REQUIRE(r != nullptr);
  return {r->owner, r->place};
}

}  // namespace

TEST_CASE("R-01: a request has one owner at every step of its life") {
  Story s;
  s.set_up().send(1);
  CHECK(where(s, 1) == Place_{Owner::Sender, Place::Sender});
  s.arrive(1);
  CHECK(where(s, 1) == Place_{Owner::Framework, Place::Device});
  s.insert(1);
  CHECK(where(s, 1) == Place_{Owner::Framework, Place::Waiting});
  s.take(1).deliver(1);
  CHECK(where(s, 1) == Place_{Owner::Driver, Place::Driver});
  s.add(EventCode::GiveUp, request(1), queue(1), uint32_t(trace::GiveUpReason::Send));
  CHECK(where(s, 1) == Place_{Owner::Framework, Place::Driver});
  s.add(EventCode::SendTarget, request(1), target());
  CHECK(where(s, 1) == Place_{Owner::Target, Place::Target});
  s.add(EventCode::TargetBack, request(1), target());
  CHECK(where(s, 1) == Place_{Owner::Driver, Place::Driver});
  s.add(EventCode::GiveUp, request(1), queue(1), uint32_t(trace::GiveUpReason::Complete));
  s.add(EventCode::Completing, request(1), queue(1), 0, 16, 0);
  CHECK(where(s, 1) == Place_{Owner::Framework, Place::Completing});
  s.add(EventCode::Completed, request(1), app(), 0, 16);
  CHECK(where(s, 1) == Place_{Owner::Nobody, Place::Done});
}

TEST_CASE("R-01: caller context, send-and-forget, passing down and pended packets") {
  Story s;
  s.set_up().send(1).arrive(1);
  s.add(EventCode::Own, request(1), device(), uint32_t(trace::OwnReason::CallerContext));
  CHECK(where(s, 1) == Place_{Owner::Driver, Place::CallerContext});
  s.add(EventCode::Forget, request(1), target());
  CHECK(where(s, 1) == Place_{Owner::Target, Place::Released});
  s.send(2).arrive(2).add(EventCode::PassDown, request(2), device());
  CHECK(where(s, 2) == Place_{Owner::Target, Place::Released});
  CHECK(folded(s.trace).request(request(2))->has(model::kPassedDown));
  s.send(3).arrive(3).add(EventCode::PendIrp, request(3), queue(1));
  CHECK(where(s, 3) == Place_{Owner::Framework, Place::PendedIrp});
}

TEST_CASE("a sent request keeps what its sender asked for") {
  Story s;
  s.set_up().send(1, trace::RequestType::Write, 512).arrive(1);
  const Model m = folded(s.trace);
  const model::RequestView& r = *m.request(request(1));
  CHECK(r.type == trace::RequestType::Write);
  CHECK(r.length == 512);
  CHECK(r.app == app());
  CHECK(r.file == file());
  CHECK(m.sent_total == 1);
  CHECK(s.trace[r.sent_at].code == EventCode::Send);
  CHECK(s.trace[r.changed_at].code == EventCode::Arrive);
}

TEST_CASE("Q-21: the waiting list keeps its order, head and tail") {
  Story s;
  s.set_up();
  for (uint32_t n = 1; n <= 4; ++n) s.send(n).arrive(n);
  s.insert(1).insert(2).insert(3).insert(4, 1, true);
  CHECK(folded(s.trace).queue(queue(1))->waiting ==
        std::vector<ObjectId>{request(4), request(1), request(2), request(3)});
  s.take(2);
  CHECK(folded(s.trace).queue(queue(1))->waiting ==
        std::vector<ObjectId>{request(4), request(1), request(3)});
}

TEST_CASE("R-02: a request stays charged to its queue while it is at a target") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1).leave_handler(1);
  s.add(EventCode::SendTarget, request(1), target());
  const Model m = folded(s.trace);
  CHECK(m.queue(queue(1))->owned_count == 1);
  CHECK(m.queue(queue(1))->owned == std::vector<ObjectId>{request(1)});
  CHECK(m.request(request(1))->has(model::kCharged));
}

TEST_CASE(
    "F-13: a forwarded request is charged to the destination only after it is delivered there") {
  Story s;
  s.set_up().another_queue(2, "next", trace::Dispatch::Parallel, 8).send(1).arrive(1).deliver(1);
  s.insert(1, 2);
  {
    const Model m = folded(s.trace);
    CHECK(m.queue(queue(1))->owned_count == 1);  // F-12 step 5 is still to come
    CHECK_FALSE(m.request(request(1))->has(model::kCharged));
    CHECK(m.request(request(1))->queue == queue(2));
  }
  s.take(1, 2).charge(1, 2).uncharge(1, 1);
  const Model m = folded(s.trace);
  CHECK(m.queue(queue(1))->owned.empty());
  CHECK(m.request(request(1))->has(model::kCharged));
}

TEST_CASE("F-11: a request forwarded to its own queue stays charged when the first charge goes") {
  Story s;
  s.set_up(trace::Dispatch::Parallel, 8).send(1).arrive(1).deliver(1).insert(1).take(1).charge(1);
  s.uncharge(1);
  Model m = folded(s.trace);
  CHECK(m.request(request(1))->has(model::kCharged));
  CHECK(m.queue(queue(1))->owned == std::vector<ObjectId>{request(1)});
  s.uncharge(1);
  CHECK_FALSE(folded(s.trace).request(request(1))->has(model::kCharged));
}

TEST_CASE("T-24: a reused request carries no mark of a cancel") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1).add(EventCode::CancelFlag, request(1), app());
  s.add(EventCode::CanceledBit, request(1)).add(EventCode::Reuse, request(1));
  CHECK_FALSE(folded(s.trace).request(request(1))->has(model::kCancelFlag | model::kCanceledBit));
}

TEST_CASE("cancel marks follow the events of rules C") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1);
  auto has = [&](uint32_t flag) { return folded(s.trace).request(request(1))->has(flag); };
  s.add(EventCode::Cancelable, request(1), queue(1));
  CHECK(has(model::kCancelable));
  s.add(EventCode::CancelFlag, request(1), app(), 1)
      .add(EventCode::CancelClaim, request(1), queue(1));
  CHECK(has(model::kCancelFlag));
  CHECK(has(model::kCancelClaimed));
  s.add(EventCode::CanceledBit, request(1)).add(EventCode::CancelPending, request(1), queue(1));
  CHECK(has(model::kCanceledBit));
  CHECK(has(model::kCancelPending));
  CHECK_FALSE(has(model::kCancelable));
  CHECK_FALSE(has(model::kCancelClaimed));
  s.add(EventCode::CancelDelivered, request(1), queue(1), 0);
  CHECK(has(model::kCancelDelivered));
  CHECK_FALSE(has(model::kCancelPending));
  s.insert(1);
  CHECK_FALSE(has(model::kCancelDelivered));
  CHECK(has(model::kCancelFlag));  // sticky
  s.take(1).charge(1).add(EventCode::CanceledOnQueue, request(1), queue(1));
  CHECK(has(model::kCoqPending));
  CHECK(where(s, 1) == Place_{Owner::Driver, Place::Driver});
  s.add(EventCode::CancelDelivered, request(1), queue(1), 1);
  CHECK(has(model::kCoqDelivered));
  CHECK_FALSE(has(model::kCoqPending));
  s.add(EventCode::Uncancelable, request(1), queue(1));
  CHECK_FALSE(has(model::kCancelable));
}

TEST_CASE("P-10: power marks of a request") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1);
  auto flags = [&] { return folded(s.trace).request(request(1))->flags; };
  s.add(EventCode::ToNotify, request(1), queue(1));
  CHECK((flags() & model::kToNotify) != 0);
  s.add(EventCode::Notified, request(1), queue(1));
  CHECK((flags() & (model::kToNotify | model::kNotified)) == model::kNotified);
  s.add(EventCode::StopAck, request(1), queue(1), 1);
  CHECK((flags() & (model::kStopAcked | model::kStopAckRequeue)) ==
        (model::kStopAcked | model::kStopAckRequeue));
  s.add(EventCode::BackToOwned, request(1), queue(1));
  CHECK((flags() &
         (model::kToNotify | model::kNotified | model::kStopAcked | model::kStopAckRequeue)) == 0);
}

TEST_CASE("K-03: the given status and the status the sender sees are both kept") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1);
  s.add(EventCode::Completing, request(1), queue(1), 0xC0200204u, 3, 1);
  s.add(EventCode::Completed, request(1), app(), 0x80000011u, 3);
  const Model m = folded(s.trace);
  const model::RequestView& r = *m.request(request(1));
  CHECK(uint32_t(r.given_status) == 0xC0200204u);
  CHECK(uint32_t(r.status) == 0x80000011u);
  CHECK(r.information == 3);
  CHECK(r.has(model::kByFramework));
}

TEST_CASE("the room of a request is the callback that last received it") {
  Story s;
  s.set_up(trace::Dispatch::Manual).send(1).arrive(1).insert(1);
  s.add(EventCode::CallbackEnter, {}, queue(1), uint32_t(trace::CallbackKind::EvtIoQueueReady));
  s.call(ApiFn::WdfIoQueueRetrieveNextRequest, queue(1));
  s.take(1).charge(1).add(EventCode::Own, request(1), queue(1),
                          uint32_t(trace::OwnReason::Retrieved));
  CHECK(folded(s.trace).request(request(1))->room == trace::CallbackKind::EvtIoQueueReady);
  s.add(EventCode::CallbackEnter, request(1), queue(1), uint32_t(trace::CallbackKind::EvtIoStop));
  CHECK(folded(s.trace).request(request(1))->room == trace::CallbackKind::EvtIoQueueReady);
  s.add(EventCode::CallbackEnter, request(1), queue(1),
        uint32_t(trace::CallbackKind::EvtRequestCancel));
  const Model m = folded(s.trace);
  CHECK(m.request(request(1))->room == trace::CallbackKind::EvtRequestCancel);
  CHECK(m.request(request(1))->room_queue == queue(1));
}

TEST_CASE("only the last finished requests are kept") {
  Story s;
  s.set_up();
  constexpr uint32_t kMany = uint32_t(Model::kDoneKept) + 9;
  s.send(kMany + 1).arrive(kMany + 1).deliver(kMany + 1);  // stays with the driver
  for (uint32_t n = 1; n <= kMany; ++n) s.send(n).arrive(n).deliver(n).complete(n);
  const Model m = folded(s.trace);
  CHECK(m.done.size() == Model::kDoneKept);
  CHECK(m.requests.size() == Model::kDoneKept + 1);
  CHECK(m.request(request(9)) == nullptr);
  CHECK(m.request(request(10)) != nullptr);
  CHECK(m.request(request(kMany + 1))->owner == Owner::Driver);
  CHECK(m.done_total == kMany);
  CHECK(m.sent_total == kMany + 1);
}

TEST_CASE("queues: configuration, flags, power, depth, deferral") {
  Story s;
  s.set_up(trace::Dispatch::Parallel, 2);
  s.flags(trace::kAccept, trace::kSlotIdle);
  s.add(EventCode::QueuePower, queue(1), {}, uint32_t(trace::QueuePower::Off));
  s.add(EventCode::QueueDepth, queue(1), {}, 1).add(EventCode::PowerRef, queue(1), {}, 1);
  s.add(EventCode::QueueDepth, queue(1), {}, 0).add(EventCode::LoopLeave, queue(1), {}, 9);
  s.add(EventCode::Defer, queue(1), {}, 1, uint32_t(trace::DeferReason::PassiveQueue));
  Model m = folded(s.trace);
  const model::QueueView& q = *m.queue(queue(1));
  CHECK(q.dispatch() == trace::Dispatch::Parallel);
  CHECK(q.limit == 2);
  CHECK(q.device == device());
  CHECK(q.flags == trace::kAccept);
  CHECK(q.slots == trace::kSlotIdle);
  CHECK(q.power == trace::QueuePower::Off);
  CHECK(q.left_at_step == 9);
  CHECK(q.power_ref);
  CHECK(q.deferred == 2);
  s.add(EventCode::QueueDepth, queue(1), {}, 1);
  CHECK(folded(s.trace).queue(queue(1))->deferred == 0);
  s.add(EventCode::Delete, queue(1));
  CHECK(folded(s.trace).queue(queue(1))->deleted);
}

TEST_CASE("X-04 the IRQL of a thread is that of its last event, however it was raised") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1);
  s.irql = 2;
  s.call(ApiFn::WdfRequestSend, request(1));
  CHECK(folded(s.trace).thread(thread(1))->irql == 2);
  s.irql = 0;
  s.ret(ApiFn::WdfRequestSend, request(1));
  CHECK(folded(s.trace).thread(thread(1))->irql == 0);
}

TEST_CASE("threads: frames, lines, waits, IRQL, locks") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1).at_line(41);
  s.line = 42;
  s.call(ApiFn::WdfRequestComplete, request(1));
  ObjectId lock(ObjectKind::CallbackLock, 7);
  s.add(EventCode::LockAcquire, lock, queue(1)).add(EventCode::Irql, thread(1), {}, 2, 0);
  s.add(EventCode::ThreadWait, thread(1), queue(1), uint32_t(trace::WaitReason::SyncQueueCall));
  {
    const Model m = folded(s.trace);
    const model::ThreadView& t = *m.thread(thread(1));
    REQUIRE(t.stack.size() == 2);
    CHECK(t.stack[0].callback);
    CHECK(t.stack[0].site.line() == 42);
    CHECK(ApiFn(t.stack[1].what) == ApiFn::WdfRequestComplete);
    CHECK(t.site.line() == 42);
    CHECK(t.irql == 2);
    CHECK(t.waiting == trace::WaitReason::SyncQueueCall);
    CHECK(t.waits_for == queue(1));
    CHECK(m.lock(lock)->owner == thread(1));
    CHECK(m.lock(lock)->of == queue(1));
    CHECK(m.running == thread(1));
  }
  s.add(EventCode::ThreadWake, thread(1)).add(EventCode::LockRelease, lock, queue(1));
  s.ret(ApiFn::WdfRequestComplete, request(1)).leave_handler(1);
  Model m = folded(s.trace);
  CHECK(m.thread(thread(1))->stack.empty());
  CHECK(m.thread(thread(1))->waiting == trace::WaitReason::None);
  CHECK_FALSE(bool(m.lock(lock)->owner));
  s.end_thread(1);
  CHECK(folded(s.trace).thread(thread(1)) == nullptr);
}

TEST_CASE("a call that never returned does not stay on the stack when its callback leaves") {
  Story s;
  s.set_up().deliver(1);
  s.call(ApiFn::WdfRequestSend, request(1)).leave_handler(1);
  CHECK(folded(s.trace).thread(thread(1))->stack.empty());
}

TEST_CASE("device, hardware, timers, targets, memory, apps, files, posts") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1);
  ObjectId timer(ObjectKind::Timer, 3), dpc(ObjectKind::Dpc, 4);
  s.add(EventCode::Route, device(), queue(1), uint32_t(trace::RequestType::Write));
  s.add(EventCode::ChannelConfig, channel(), device(), 0, 1, 50);
  s.add(EventCode::TargetConfig, target(), device(), 100, trace::kTargetDeaf);
  s.time = 1000;
  s.add(EventCode::HwStart, channel(), request(1), 50);
  s.add(EventCode::Create, timer, queue(1)).add(EventCode::TimerArm, timer, {}, 1500, 0);
  s.add(EventCode::Post, dpc, queue(1)).add(EventCode::Post, dpc, queue(1));
  s.add(EventCode::PowerPhase, device(), {}, uint32_t(trace::PowerPhase::IdleArmed));
  s.add(EventCode::TargetState, target(), {}, uint32_t(trace::TargetState::Stopped));
  s.add(EventCode::PendTarget, request(1), target());
  s.add(EventCode::MemoryShort, {}, {}, uint32_t(trace::MemoryMode::NoneLeft));
  {
    const Model m = folded(s.trace);
    CHECK(m.device(device())->routes[2] == queue(1));
    CHECK(m.channel(channel())->request == request(1));
    CHECK(m.channel(channel())->due == 1050);
    CHECK(m.request(request(1))->channel == channel());
    CHECK(m.timer(timer)->armed);
    CHECK(m.timer(timer)->parent == queue(1));
    CHECK(m.posted == std::vector<ObjectId>{dpc});
    CHECK(m.target(target())->pended == std::vector<ObjectId>{request(1)});
    CHECK(m.request(request(1))->has(model::kPendedInTarget));
    CHECK(m.device(device())->phase == uint32_t(trace::PowerPhase::IdleArmed));
    CHECK(m.memory == trace::MemoryMode::NoneLeft);
  }
  s.add(EventCode::SendTarget, request(1), target());
  CHECK(folded(s.trace).target(target())->pended.empty());
  CHECK(folded(s.trace).target(target())->sent == std::vector<ObjectId>{request(1)});
  s.add(EventCode::TargetBack, request(1), target()).add(EventCode::HwDone, channel(), request(1));
  s.add(EventCode::TimerFire, timer).add(EventCode::FileCleanup, file());
  s.add(EventCode::CallbackEnter, dpc, {}, uint32_t(trace::CallbackKind::EvtDpcFunc));
  s.add(EventCode::AppExit, app());
  const Model m = folded(s.trace);
  CHECK(m.target(target())->sent.empty());
  CHECK_FALSE(bool(m.channel(channel())->request));
  CHECK_FALSE(bool(m.request(request(1))->channel));
  CHECK_FALSE(m.timer(timer)->armed);
  CHECK(m.posted.empty());
  CHECK(m.file(file())->state == 1);
  CHECK_FALSE(m.app(app())->running);
}

TEST_CASE("verdicts, options, settled and the end of the run") {
  Story s;
  s.set_up();
  s.add(EventCode::Violation, request(1), queue(1), s.trace.intern("V-06"), 2, 0x10D);
  s.add(EventCode::Finding, request(1), {}, s.trace.intern("U-01"));
  s.add(EventCode::Settled);
  Model m = folded(s.trace);
  REQUIRE(m.verdicts.size() == 2);
  CHECK(s.trace.string(m.verdicts[0].rule) == "V-06");
  CHECK(m.verdicts[0].code == 0x10D);
  CHECK_FALSE(m.verdicts[0].finding);
  CHECK(m.verdicts[1].finding);
  CHECK(m.settled);
  CHECK(m.options[size_t(trace::RunOption::Verifier)] == 1);
  s.add(EventCode::RunEnd, {}, {}, uint32_t(trace::RunEnd::BugCheck));
  m = folded(s.trace);
  CHECK(m.ended);
  CHECK(m.end == trace::RunEnd::BugCheck);
  CHECK_FALSE(m.settled);
}

TEST_CASE("references taken by calls of the driver are counted as its own") {
  Story s;
  s.set_up().send(1).arrive(1).deliver(1);
  s.call(ApiFn::WdfObjectReference, request(1)).add(EventCode::Refs, request(1), {}, 4);
  s.ret(ApiFn::WdfObjectReference, request(1));
  CHECK(folded(s.trace).request(request(1))->driver_refs == 1);
  CHECK(folded(s.trace).request(request(1))->refs == 4);
  s.call(ApiFn::WdfObjectDereference, request(1)).add(EventCode::Refs, request(1), {}, 3);
  CHECK(folded(s.trace).request(request(1))->driver_refs == 0);
}

TEST_CASE("requests of the driver's own: made, reserved, in the pool, deleted") {
  Story s;
  s.set_up().add(EventCode::Create, request(5), target());
  s.add(EventCode::Own, request(5), {}, uint32_t(trace::OwnReason::DriverCreated));
  CHECK(folded(s.trace).request(request(5))->has(model::kDriverCreated));
  CHECK(where(s, 5) == Place_{Owner::Driver, Place::Driver});
  s.add(EventCode::Delete, request(5));
  CHECK(where(s, 5) == Place_{Owner::Nobody, Place::Done});
  s.add(EventCode::Create, request(6), queue(1));
  s.add(EventCode::Own, request(6), queue(1), uint32_t(trace::OwnReason::ReservedSetup));
  s.add(EventCode::Reserved, request(6), queue(1), 0);
  CHECK(folded(s.trace).request(request(6))->has(model::kPool));
  s.add(EventCode::Reserved, request(6), queue(1), 1);
  CHECK_FALSE(folded(s.trace).request(request(6))->has(model::kPool));
}

TEST_CASE("an event about an unknown object creates nothing and changes nothing") {
  Model empty;
  for (int code = 0; code < int(EventCode::Count); ++code) {
    CAPTURE(trace::event_name(EventCode(code)));
    trace::Event e;
    e.code = EventCode(code);
    e.s = ObjectId(ObjectKind::Memory, 9);
    e.o = ObjectId(ObjectKind::String, 9);
    Model m;
    model::apply(m, e);
    CHECK(m.requests.empty());
    CHECK(m.queues.empty());
    CHECK(m.threads.empty());
    CHECK(m.devices.empty());
    CHECK(m.events == 1);
  }
}

TEST_CASE("apply survives any events that a trace file can hold") {
  QS_TEST_SEED(seed, 11);
  for (uint64_t round = 0; round < 20; ++round) {
    trace::Trace t = random_noise(seed + round, 3000);
    Model m = folded(t);
    CHECK(m.events == t.size());
    CHECK(std::is_sorted(m.requests.begin(), m.requests.end(),
                         [](const auto& a, const auto& b) { return a.id < b.id; }));
    CHECK(std::is_sorted(m.locks.begin(), m.locks.end(),
                         [](const auto& a, const auto& b) { return a.id < b.id; }));
  }
}
