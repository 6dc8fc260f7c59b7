#include "kmdf/core/framework.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/article.h"
#include "kmdf/core/facts.h"
#include "kmdf/core/validate.h"
#include "kmdf/request/buffers.h"
#include "trace/events/words.h"
#include "trace/rules/rules.h"
#include "trace/rules/verdict.h"

namespace qs::kmdf {

using trace::EventCode;

using rt::emit;

bool Framework::allocation_fails() {  // S-10
  const bool plenty = memory == trace::MemoryMode::Plenty;
  rt::sched().touch_other(sched::Footprint::kWorld,
                          plenty ? sched::Use::Reads : sched::Use::Changes);
  ++allocations;
  if (chooser && chooser->fails(allocations)) return true;
  if (memory == trace::MemoryMode::Plenty) return false;
  if (memory == trace::MemoryMode::NoneLeft) return true;
  if (memory == trace::MemoryMode::NthFails) {
    if (memory_nth > 1) return --memory_nth, false;
    memory = trace::MemoryMode::Plenty;
    emit(EventCode::MemoryShort, {}, {}, uint32_t(memory));
    return true;
  }
  uint32_t dice = memory_dice * 1664525u + 1013904223u;
  memory_dice = dice;
  return (dice >> 16) % 17 == 0;
}

// --- violations ---

namespace {

uint32_t rule_string(const char* rule) { return rt::sched().trace().intern(rule); }

}  // namespace

void end_run(trace::RunEnd why) {
  fw().ended = true;
  fw().end = why;
  emit(EventCode::RunEnd, {}, {}, uint32_t(why));
  rt::sched().stop_forever();
}

void bugcheck(const char* rule, uint32_t code, uint64_t p2, uint64_t p3, ObjectId s, ObjectId o,
              bool p2_pointer, bool p3_pointer) {
  if (code == 0x4) because("a pointer that it needs is NULL");  // O-03
  emit(EventCode::Violation, s, o, rule_string(rule), uint32_t(trace::Severity::Bugcheck), code);
  if (fw().observer) fw().observer->on_bugcheck(code, p2, p3, p2_pointer, p3_pointer);
  end_run(trace::RunEnd::BugCheck);
}

void verifier_break(const char* rule, ObjectId s, ObjectId o) {
  bool breaks = fw().options.verifier && fw().options.break_on_error;
  emit(EventCode::Violation, s, o, rule_string(rule),
       uint32_t(breaks ? trace::Severity::Break : trace::Severity::Finding));
  if (!fw().observer) return;
  breaks ? fw().observer->on_break(rule) : fw().observer->on_finding(rule);
}

void undefined_misuse(const char* rule, ObjectId s, ObjectId o) {
  emit(EventCode::Violation, s, o, rule_string(rule), uint32_t(trace::Severity::Undefined));
  if (fw().observer) fw().observer->on_undefined(rule);
  if (fw().options.stop_at_undefined) end_run(trace::RunEnd::UndefinedMisuse);
  fw().misused = true;
}

void finding(const char* rule, ObjectId s, ObjectId o) {
  emit(EventCode::Finding, s, o, rule_string(rule));
  if (fw().observer) fw().observer->on_finding(rule);
}

void because(std::string_view reason) {
  emit(EventCode::Note, {}, {}, rt::sched().trace().intern(reason), trace::kReasonNote);
}

namespace {
constexpr size_t kTextOverhead = 64;  // of a text in the trace
}

void debug_text(std::string_view text) {
  trace::Trace& trace = rt::sched().trace();
  const size_t texts = trace.string_count();
  const uint32_t index = trace.intern(text);
  if (trace.string_count() > texts) fw().text_bytes += kTextOverhead + text.size();
  emit(EventCode::DebugText, {}, {}, index);
  if (fw().observer) fw().observer->on_debug_text(text);
}

void kernel_complaint(std::string_view text) {
  emit(EventCode::DebugText, {}, {}, rt::sched().trace().intern(text));
  if (fw().observer) fw().observer->on_kernel_complaint(text);
}

// --- calls into the driver ---

namespace {

// A queue changes under its lock only (D-01), and taking that says it; `queue` is what is done with
// it besides. Other objects are as good as changed.
std::optional<sched::Use> use_of(ObjectId object, std::optional<sched::Use> queue) {
  return object.kind() == ObjectKind::Queue ? queue : sched::Use::Changes;
}

constexpr uint32_t kDeepest =
    48;  // callbacks nested on one thread before it counts as endless (D-14)
}  // namespace

DriverCall::DriverCall(trace::CallbackKind kind, ObjectId s, ObjectId o, uint32_t b, uint32_t c)
    : kind_(kind), s_(s), o_(o) {
  rt::Thread* t = rt::self();
  if (++t->callback_depth > kDeepest) {
    finding(kind == trace::CallbackKind::EvtIoQueueReady ? "D-14" : "U-11", s, o);
    end_run(trace::RunEnd::Endless);
  }
  QS_HOLDS("I-12", s, rt::no_lock_held());
  rt::begin_work(t);
  calls_around_ = std::exchange(t->inside_calls, 0);
  rt::yield(sched::Op::Callback, s, use_of(s, {}));
  emit(EventCode::CallbackEnter, s, o, uint32_t(kind), b, c);
  irql_ = rt::irql();
  line_frame_push();
}

DriverCall::~DriverCall() {
  line_frame_pop();
  check_retired_buffers();
  if (rt::irql() != irql_ && verifier() && !fw().ended) {  // V-43
    because(std::string(trace::callback_name(kind_)) + " was called at " +
            trace::irql_words(irql_) + " and returned at " + trace::irql_words(rt::irql()));
    bugcheck("V-43", 0xE, irql_, rt::irql(), s_, o_);
  }
  emit(EventCode::CallbackLeave, s_, o_, uint32_t(kind_));
  rt::begin_work(rt::self());
  rt::self()->inside_calls = calls_around_;
  --rt::self()->callback_depth;
}

namespace {

// Is what a call reads and changes told by the objects that it is about? What others do (a registry
// key, a file, a variable by its address) counts as memory of the driver.
bool is_told_by(ObjectId s) {
  switch (s.kind()) {
    case ObjectKind::Device:
    case ObjectKind::Queue:
    case ObjectKind::Request:
    case ObjectKind::IoTarget:
    case ObjectKind::Timer:
    case ObjectKind::Dpc:
    case ObjectKind::WorkItem:
    case ObjectKind::SpinLock:
    case ObjectKind::WaitLock:
    case ObjectKind::Memory:
    case ObjectKind::Thread:
    case ObjectKind::Channel:
    case ObjectKind::Event: return true;
    default: return false;
  }
}

}  // namespace

namespace {

// Calls that tell what never changes.
bool names_only(trace::ApiFn fn) {
  switch (fn) {
    case trace::ApiFn::WdfIoQueueGetDevice:
    case trace::ApiFn::WdfDpcGetParentObject:
    case trace::ApiFn::WdfTimerGetParentObject:
    case trace::ApiFn::WdfWorkItemGetParentObject:
    case trace::ApiFn::WdfFileObjectGetDevice:
    case trace::ApiFn::WdfIoTargetGetDevice: return true;
    default: return false;
  }
}

}  // namespace

ApiCall::ApiCall(trace::ApiFn fn, const char* file, int line, ObjectId s, ObjectId o, uint32_t b,
                 uint32_t c)
    : fn_(fn), s_(s), o_(o) {
  rt::Thread* t = rt::self();
  site_ = site_of(file, line);
  call_reached(site_);
  t->site = site_;
  t->blocks = 0;
  ++t->inside_calls;
  emit(EventCode::CallEnter, s, o, uint32_t(fn), b, c);
  const bool of_driver = t->callback_depth > 0 && s.kind() == ObjectKind::Request;
  const bool there = of_driver && fw().find(s);
  rt::yield(sched::Op::Call, s,
            names_only(fn) ? std::optional<sched::Use>() : use_of(s, sched::Use::Reads));
  if (there && !fw().find(s))  // its handle was good, but another thread has come first
    object_of(reinterpret_cast<void*>(uintptr_t(s.raw)), {trace::fn_name(fn), file, line},
              ObjectKind::Request);
  rt::sched().touch(o, *use_of(o, sched::Use::Reads));
  if (!is_told_by(s)) rt::sched().touch_other(sched::Footprint::kDriverMemory);
  if (sched::HappensBefore* order = rt::sched().order();
      order && (s.kind() == ObjectKind::Event || s.kind() == ObjectKind::Thread)) {
    order->acquire(t->id.serial(), s.raw);
    order->release(t->id.serial(), s.raw);
  }
}

ApiCall::~ApiCall() {
  rt::self()->blocks = 0;
  rt::self()->site = site_;  // callbacks that the call made were elsewhere
  --rt::self()->inside_calls;
  if (!is_told_by(s_)) rt::sched().touch_other(sched::Footprint::kDriverMemory);
  if (s_.kind() != ObjectKind::Queue && !names_only(fn_)) rt::sched().touch(s_);
  if (o_.kind() != ObjectKind::Queue) rt::sched().touch(o_, sched::Use::Reads);
  emit(EventCode::CallLeave, s_, o_, uint32_t(fn_), result_, is_status_ ? 1 : 0);
}

// --- handles ---

namespace {

// The framework's own number of an object type, as shown in the bug check (O-03).
uint64_t type_number(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Driver: return 0x1001;
    case ObjectKind::Device: return 0x1002;
    case ObjectKind::Queue: return 0x1003;
    case ObjectKind::Request: return 0x1008;
    default: return 0x1000 + uint64_t(kind);
  }
}

// The checks come before a call is recorded, so that it can name its objects: a call that does not
// get past them is recorded here.
void record_refused_call(Called call) {
  const trace::Trace& trace = rt::sched().trace();
  rt::Thread* me = rt::self();
  if (me && trace::open_call(trace, trace.size(), me->id.serial()) == call.fn) return;
  if (me && call.file) me->site = site_of(call.file, call.line);
  for (uint32_t fn = 0; fn < uint32_t(trace::ApiFn::Count); ++fn)
    if (std::strcmp(trace::fn_name(trace::ApiFn(fn)), call) == 0)
      return emit(EventCode::CallEnter, {}, {}, fn);
}

}  // namespace

Object* object_of(void* handle, Called call, ObjectKind wanted) {
  if (!handle) {
    record_refused_call(call);
    because(
        std::string("the handle is NULL") +
        (wanted == ObjectKind::None ? "" : "; " + with_article(kind_name(wanted)) + " is wanted"));
    bugcheck("V-04", 0x5, 0, type_number(wanted));
  }
  uintptr_t raw = reinterpret_cast<uintptr_t>(handle);
  Object* o = fw().object_at(raw);
  if (raw <= 0xFFFFFFFFu)
    rt::sched().touch_other(sched::Footprint::kExists + raw, sched::Use::Reads);
  if (o && (wanted == ObjectKind::None || o->kind() == wanted)) return o;
  ObjectId id(raw <= 0xFFFFFFFFu ? uint32_t(raw) : 0);
  const bool is_id = id.kind() != ObjectKind::None && id.kind() < ObjectKind::Count;
  const char* rule = !o && id.kind() == ObjectKind::Request ? "R-07" : "V-04";
  record_refused_call(call);
  if (o)
    because("it is the handle of " + with_article(kind_name(o->kind())) + ", not of " +
            with_article(kind_name(wanted)));
  else if (is_id)
    because(std::string("that ") + kind_name(id.kind()) + " is gone" + where_given_away(id));
  else
    because("no object has ever had that handle");
  bugcheck(rule, 0x5, raw, type_number(wanted), is_id ? id : ObjectId());
}

}  // namespace qs::kmdf

std::function<void()> qs::kmdf::rt::bind_to_run(std::function<void()> body) {
  sched::Scheduler* s = tls_scheduler;
  kmdf::Framework* f = &kmdf::fw();
  return [s, f, body = std::move(body)] {
    tls_scheduler = s;
    kmdf::set_fw(f);
    body();
  };
}
