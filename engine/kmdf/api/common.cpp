#include "kmdf/api/common.h"

#include "kmdf/core/run_state.h"
#include "trace/events/words.h"
#include "trace/rules/verdict.h"

#include <algorithm>

namespace qs::kmdf {

namespace {

// Where the thread's IRQL comes from: whoever called the callback that it is in, or the driver.
std::string why_this_irql() {
  const trace::Trace& trace = rt::sched().trace();
  const rt::Thread* me = rt::self();
  const size_t entered = me ? trace::open_callback(trace, trace.size(), me->id.serial()) : 0;
  if (entered == 0) return {};
  const trace::Event& e = trace[entered - 1];
  const std::string name = trace::callback_name(trace::CallbackKind(e.a));
  if (e.irql < sched::kDispatchLevel)
    return name + " began below that level: a spin lock or KeRaiseIrql has raised it";
  return name + (me->kind == trace::ThreadKind::App
                     ? " was called at the level of its caller, the sender"
                     : " was called at the level of its caller, a DPC");
}

void tell_irql(uint8_t highest) {
  const std::string why = why_this_irql();
  because(std::string(trace::irql_words(rt::irql())) + " > " + trace::irql_words(highest) +
          (why.empty() ? "" : "; " + why));
}

}  // namespace

bool irql_allows(uint8_t highest, ObjectId s) {
  if (rt::irql() <= highest) return true;
  tell_irql(highest);
  if (verifier())
    verifier_break("U-05", s);
  else
    undefined_misuse("U-05", s);
  return false;
}

bool may_wait(ObjectId s) {
  if (rt::irql() < sched::kDispatchLevel) return true;
  tell_irql(sched::kApcLevel);
  undefined_misuse("U-04", s);
  return false;
}

Object* parent_from(const qs_WDF_OBJECT_ATTRIBUTES* attributes, Object* fallback, Called what) {
  return attributes && attributes->ParentObject ? object_of(attributes->ParentObject, what)
                                                : fallback;
}

void settle_new_object(Object* o, Object* parent, const qs_WDF_OBJECT_ATTRIBUTES* attributes) {
  rt::emit(trace::EventCode::Create, o->id, parent ? parent->id : ObjectId());
  link_child(parent, o);
  attach_context(o, attributes, nullptr, false);
}

int32_t check_parent_required(const qs_WDF_OBJECT_ATTRIBUTES* attributes) {
  if (attributes && attributes->Size != sizeof(*attributes)) return QS_STATUS_INFO_LENGTH_MISMATCH;
  return attributes && attributes->ParentObject ? QS_STATUS_SUCCESS
                                                : QS_STATUS_WDF_PARENT_NOT_SPECIFIED;
}

int64_t system_time() { return kEpoch + int64_t(rt::now()) * 10; }

uint32_t due_of(int64_t time) {
  uint64_t now = rt::now(), due;
  if (time < 0) {
    uint64_t relative = uint64_t(0) - uint64_t(time);
    due = now + relative / 10 + (relative % 10 ? 1 : 0);
  } else {
    due = time <= kEpoch ? now : std::max<uint64_t>(now, uint64_t(time - kEpoch) / 10);
  }
  return uint32_t(std::min<uint64_t>(due, kNever));
}

uint64_t call_later(uint32_t microseconds, std::string_view name, ObjectId object,
                    std::function<void()> body) {
  sched::Scheduler& s = rt::sched();
  auto& live = run_state().later;
  uint64_t due = uint64_t(s.now()) + microseconds;
  auto token = std::make_shared<uint64_t>(0);
  *token = s.at(uint32_t(std::min<uint64_t>(due, kNever - 1)), true,
                rt::bind_to_run([token, &live, name = std::string(name), object,
                                 body = rt::bind_to_run(std::move(body))] {
                  live.erase(*token);
                  rt::sched().post_dpc(name, object, body);
                }));
  live.insert(*token);
  return *token;
}

bool cancel_later(uint64_t id) {
  if (run_state().later.erase(id) == 0) return false;
  rt::sched().cancel(id);
  return true;
}

namespace {

// A thread that polls does not keep the run alive, like a periodic timer; a thread that sleeps only
// a few times does.
bool keeps_run_alive(const sched::VThread* t) {
  constexpr uint32_t kPolls = 32;
  return t->kind != trace::ThreadKind::Driver || t->timed_out < kPolls;
}

}  // namespace

bool wait_in(const std::vector<sched::WaitList*>& lists, trace::WaitReason reason, ObjectId object,
             uint32_t due) {
  sched::Scheduler& s = rt::sched();
  sched::VThread* me = rt::self();
  bool expired = false;
  sched::Scheduler::ClockId clock = 0;
  me->limited = due != kNever;
  if (me->limited)
    clock = s.at(
        due, keeps_run_alive(me),
        [&s, me, &expired] {
          expired = true;
          s.wake(me, {});
        },
        sched::Scheduler::ClockKind::Wait);
  for (sched::WaitList* list : lists) list->threads.push_back(me);
  s.wait(reason, object);
  for (sched::WaitList* list : lists) std::erase(list->threads, me);
  if (me->limited && !expired) s.cancel(clock);
  me->limited = false;
  me->timed_out = expired ? me->timed_out + 1 : 0;
  return !expired;
}

bool wait_until(sched::WaitList& list, trace::WaitReason reason, ObjectId object, uint32_t due) {
  return wait_in({&list}, reason, object, due);
}

void sleep_until(uint32_t due, trace::WaitReason reason, ObjectId object) {
  sched::Scheduler& s = rt::sched();
  if (due == kNever) return s.wait(reason, object);
  sched::VThread* me = rt::self();
  s.at(
      due, keeps_run_alive(me), [&s, me] { s.wake(me, {}); }, sched::Scheduler::ClockKind::Wait);
  me->limited = true;
  s.wait(reason, object);
  me->limited = false;
  ++me->timed_out;
}

}  // namespace qs::kmdf
