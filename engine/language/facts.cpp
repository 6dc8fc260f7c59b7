#include "language/facts.h"

#include <algorithm>

#include <fmt/format.h>

#include "model/apply/apply.h"
#include "model/queries/queries.h"
#include "trace/events/words.h"

namespace qs::language {

using trace::ApiFn;
using trace::CallbackKind;
using trace::EventCode;

namespace {

Arg object(ObjectId id) {
  Arg a;
  a.form = id ? Arg::Form::Object : Arg::Form::None;
  a.object = id;
  return a;
}
Arg status(uint32_t value) {
  Arg a;
  a.form = Arg::Form::Status;
  a.number = value;
  return a;
}
Arg number(uint32_t value) {
  Arg a;
  a.form = Arg::Form::Number;
  a.number = value;
  return a;
}
Arg word(std::string_view text) {
  Arg a;
  a.form = Arg::Form::Text;
  a.text = text;
  return a;
}
Arg callback_word(uint32_t kind) {
  return word(kind < uint32_t(CallbackKind::Count) ? trace::callback_name(CallbackKind(kind))
                                                   : "?");
}

// "D0 (working)" -> "D0".
Arg power_word(trace::DevicePower power) {
  const std::string_view text = trace::words(power);
  return word(text.substr(0, text.find(' ')));
}

constexpr std::string_view kOwners[] = {"app", "framework", "driver", "target", "nobody"};

}  // namespace

const std::vector<FactKind>& fact_kinds() {
  using K = ArgKind;
  static const std::vector<FactKind> kinds = {
#define QS_FACT(id, name, args, meaning, words) {FactId::id, name, args, meaning, words, false},
#define QS_FACT_AFTER(id, name, args, meaning, words) \
  {FactId::id, name, args, meaning, words, true},
#include "language/facts.inc"
  };
  return kinds;
}

const FactKind* find_fact_kind(std::string_view name) {
  for (const FactKind& kind : fact_kinds())
    if (name == kind.name) return &kind;
  return nullptr;
}

std::string arg_text(const trace::Trace& trace, const Arg& a) {
  switch (a.form) {
    case Arg::Form::Object: return trace.name(a.object);
    case Arg::Form::Status: return trace::status_text(int32_t(a.number));
    case Arg::Form::Number: return std::to_string(a.number);
    case Arg::Form::Text: return std::string(a.text);
    case Arg::Form::Site:
      return a.site.file() < trace.files().size()
                 ? fmt::format("{}:{}", trace.files()[a.site.file()], a.site.line())
                 : std::to_string(a.site.line());
    case Arg::Form::Span: return fmt::format("{}us", a.number);
    case Arg::Form::None: break;
  }
  return "-";
}

Reader::Reader(const trace::Trace& trace, size_t from, History history)
    : trace_(trace),
      kinds_(fact_kinds()),
      history_(history == History::Yes),
      at_(history_ ? 0 : from) {}

std::span<const Fact> Reader::next() {
  facts_.clear();
  const trace::Event& e = trace_[at_];
  std::array<model::Owner, 2> owners{};
  const std::array<ObjectId, 2> about = {e.s, e.o};
  const auto owner_of = [this](ObjectId id) {
    const model::RequestView* r = model_.request(id);
    return r ? r->owner : model::Owner::Sender;
  };
  if (history_) {
    before(e);
    for (size_t i = 0; i < about.size(); ++i) owners[i] = owner_of(about[i]);
    model::apply(model_, e);
    for (size_t i = 0; i < about.size(); ++i)
      if (about[i].kind() == ObjectKind::Request && owner_of(about[i]) != owners[i])
        say(FactId::Owner, {object(about[i]), word(kOwners[size_t(owner_of(about[i]))])});
  }
  say_of_files(e);
  say_of_requests(e);
  say_of_device(e);
  say_of_run(e);
  ++at_;
  return facts_;
}

std::span<const Fact> Reader::at_end() {
  facts_.clear();
  const size_t end = at_;
  at_ = end > 0 ? end - 1 : 0;
  for (const model::Hang& hang : model::hangs(model_, trace_)) say(FactId::Hang, {object(hang.s)});
  at_ = end;
  return facts_;
}

void Reader::say(FactId id, std::initializer_list<Arg> args) {
  if (!wanted_[size_t(id)]) return;
  const FactKind& kind = kinds_[size_t(id)];
  if (kind.after && !history_) return;
  Fact& f = facts_.emplace_back();
  f.kind = &kind;
  f.event = at_;
  std::copy(args.begin(), args.end(), f.args.begin());
}

ObjectId Reader::queue_of(ObjectId request) const {
  const model::RequestView* r = model_.request(request);
  return r ? r->queue : ObjectId();
}

// What needs the state as it was.
void Reader::before(const trace::Event& e) {
  if (e.code == EventCode::CallEnter)
    calls_[e.thread].push_back({ApiFn(e.a), queue_of(e.s), {}});
  else if (e.code == EventCode::Refs) {
    if (auto& stack = calls_[e.thread];
        !stack.empty() && stack.back().fn == ApiFn::WdfIoQueueFindRequest)
      stack.back().found = e.s;
  } else if (e.code == EventCode::Bind && e.o && queue_of(e.s) != e.o)
    say(FactId::Arrive, {object(e.s), object(e.o)});
  else if (e.code == EventCode::Completing && e.c == 1 && !trace::status_is_success(int32_t(e.a)))
    refused(e);
}

// The framework fails a request that no driver has had.
void Reader::refused(const trace::Event& e) {
  const model::RequestView* r = model_.request(e.s);
  if (r && !r->has(model::kPresented) && !r->has(model::kCancelFlag))
    say(FactId::Refuse, {object(e.s), object(e.o ? e.o : routed_to(*r)), status(e.a)});
}

// The queue that its type leads to: one that is refused at the way in does not belong to it yet.
ObjectId Reader::routed_to(const model::RequestView& r) const {
  const int slot = r.type == trace::RequestType::Create          ? 0
                   : r.type == trace::RequestType::Read          ? 1
                   : r.type == trace::RequestType::Write         ? 2
                   : r.type == trace::RequestType::DeviceControl ? 3
                                                                 : 4;
  return model_.devices.empty() ? ObjectId() : model_.devices.front().routes[slot];
}

void Reader::say_of_files(const trace::Event& e) {
  switch (e.code) {
    case EventCode::FileOpen:
      say(FactId::Open, {object(e.s)});
      return say(FactId::FileCreate, {object(e.s)});
    case EventCode::HandleWait:
      if (e.s.kind() == ObjectKind::Request) say(FactId::HandleWait, {object(e.s), object(e.o)});
      return;
    case EventCode::FileCleanup:
      say(FactId::CloseHandle, {object(e.s)});
      return say(FactId::FileCleanup, {object(e.s)});
    case EventCode::FileClose: return say(FactId::FileClose, {object(e.s)});
    case EventCode::AppExit: return say(FactId::AppExit, {object(e.s)});
    default: return;
  }
}

void Reader::say_of_requests(const trace::Event& e) {
  if (trace::event_level(e.code) == trace::EventLevel::Hop && e.s.kind() == ObjectKind::Request)
    say(FactId::Moves, {object(e.s)});
  switch (e.code) {
    case EventCode::Send: return say(FactId::Send, {object(e.s), object(e.o)});
    case EventCode::SendReturned: return say(FactId::SendReturned, {object(e.s), status(e.a)});
    case EventCode::CancelFlag: return say(FactId::AppCancel, {object(e.s)});
    case EventCode::Completing:
      return say(FactId::Complete,
                 {object(e.s), status(e.a), number(e.b), word(e.c ? "framework" : "driver")});
    case EventCode::Completed: return say(FactId::Done, {object(e.s), status(e.a), number(e.b)});
    case EventCode::Own:
      say(FactId::Own, {object(e.s)});
      if (trace::OwnReason(e.a) == trace::OwnReason::Retrieved)
        say(FactId::Retrieve, {object(e.s), object(e.o)});
      return;
    case EventCode::Ask: return say(FactId::Ask, {object(e.s)});
    case EventCode::StopAck:
      return say(FactId::StopAck, {object(e.s), word(e.a ? "requeue" : "keep")});
    case EventCode::SendTarget:
      return say(FactId::SendTarget, {object(e.s), object(e.o), word("ok")});
    case EventCode::Reserved:
      if (e.a) say(FactId::Reserved, {object(e.s)});
      return;
    default: return;
  }
}

void Reader::say_of_device(const trace::Event& e) {
  switch (e.code) {
    case EventCode::HwStart: return say(FactId::HwStart, {object(e.s), object(e.o)});
    case EventCode::HwDone: return say(FactId::HwDone, {object(e.s), object(e.o)});
    case EventCode::DevicePower: return say(FactId::Power, {power_word(trace::DevicePower(e.a))});
    case EventCode::PowerPhase:
      return say(FactId::PowerBegin, {power_word(trace::DevicePower(e.b))});
    case EventCode::Notified: return say(FactId::PowerWait, {object(e.s)});
    case EventCode::DevicePnp:
      if (trace::DevicePnp(e.a) == trace::DevicePnp::Removed) say(FactId::Removed, {});
      return;
    case EventCode::MemoryShort:
      return say(FactId::LowMemory,
                 {word(trace::MemoryMode(e.a) == trace::MemoryMode::Plenty ? "off" : "on")});
    default: return;
  }
}

void Reader::say_of_run(const trace::Event& e) {
  const uint32_t last = at_ > 0 ? trace_[at_ - 1].time : 0;
  if (e.time > last) {
    Arg span;
    span.form = Arg::Form::Span;
    span.from = last;
    span.number = e.time;
    say(FactId::Time, {span});
  }
  say(FactId::Event, {word(trace::event_name(e.code)), object(e.s), object(e.o)});
  switch (e.code) {
    case EventCode::CallEnter: return entered(e);
    case EventCode::CallLeave: return left(e);
    case EventCode::CallbackEnter: return callback(e);
    case EventCode::CallbackLeave:
      return say(FactId::Leave, {callback_word(e.a), object(e.s), object(e.o)});
    case EventCode::Line: {
      Arg site;
      site.form = Arg::Form::Site;
      site.site = e.site;
      return say(FactId::Line, {site});
    }
    case EventCode::Violation:
      return say(FactId::Violation, {word(trace_.string(e.a)), object(e.s)});
    case EventCode::Finding: return say(FactId::Finding, {word(trace_.string(e.a)), object(e.s)});
    case EventCode::Hint: return say(FactId::Hint, {word(trace_.string(e.a)), object(e.s)});
    case EventCode::Input: return say(FactId::Input, {});
    case EventCode::Settled: return say(FactId::Settled, {});
    default: return;
  }
}

void Reader::entered(const trace::Event& e) {
  say(FactId::Call, {word(trace::fn_name(ApiFn(e.a))), object(e.s), object(e.o)});
  switch (ApiFn(e.a)) {
    case ApiFn::WdfIoQueueStop:
    case ApiFn::WdfIoQueueStopSynchronously: return say(FactId::Stop, {object(e.s)});
    case ApiFn::WdfIoQueueStart: return say(FactId::Start, {object(e.s)});
    case ApiFn::WdfIoQueueDrain:
    case ApiFn::WdfIoQueueDrainSynchronously: return say(FactId::Drain, {object(e.s)});
    case ApiFn::WdfIoQueuePurge:
    case ApiFn::WdfIoQueuePurgeSynchronously: return say(FactId::Purge, {object(e.s)});
    case ApiFn::WdfIoQueueStopAndPurge:
    case ApiFn::WdfIoQueueStopAndPurgeSynchronously: return say(FactId::StopPurge, {object(e.s)});
    case ApiFn::WdfObjectDelete:
      if (e.s.kind() == ObjectKind::Queue) say(FactId::Delete, {object(e.s)});
      return;
    default: return;
  }
}

void Reader::left(const trace::Event& e) {
  Call call;
  if (auto& stack = calls_[e.thread]; !stack.empty()) {
    call = stack.back();
    stack.pop_back();
  }
  const Arg result = e.c ? status(e.b) : Arg();
  switch (ApiFn(e.a)) {
    case ApiFn::WdfIoQueueCreate: return say(FactId::CreateQueue, {result});
    case ApiFn::WdfRequestForwardToIoQueue:
      return say(FactId::Forward, {object(e.s), object(call.queue), object(e.o), result});
    case ApiFn::WdfRequestRequeue:
      return say(FactId::Requeue, {object(e.s), object(call.queue), result});
    case ApiFn::WdfIoQueueRetrieveNextRequest:
    case ApiFn::WdfIoQueueRetrieveRequestByFileObject:
    case ApiFn::WdfIoQueueRetrieveFoundRequest:
      if (e.c && !trace::status_is_success(int32_t(e.b)))
        say(FactId::RetrieveNone, {object(e.s), result});
      return;
    case ApiFn::WdfIoQueueFindRequest:
      return say(FactId::Find, {object(call.found), object(e.s), result});
    case ApiFn::WdfRequestMarkCancelable: return say(FactId::Mark, {object(e.s), status(0)});
    case ApiFn::WdfRequestMarkCancelableEx: return say(FactId::Mark, {object(e.s), result});
    case ApiFn::WdfRequestUnmarkCancelable: return say(FactId::Unmark, {object(e.s), result});
    case ApiFn::WdfRequestIsCanceled:
      return say(FactId::IsCancelled, {object(e.s), word(e.b ? "true" : "false")});
    case ApiFn::WdfRequestSend:
      if (!e.b) say(FactId::SendTarget, {object(e.s), object(e.o), word("failed")});
      return;
    case ApiFn::WdfRequestCancelSentRequest:
      return say(FactId::CancelSent, {object(e.s), word(e.b ? "true" : "false")});
    default: return;
  }
}

void Reader::callback(const trace::Event& e) {
  const CallbackKind kind = CallbackKind(e.a);
  if (trace::is_handler(kind)) say(FactId::Present, {object(e.s), object(e.o), callback_word(e.a)});
  if (kind == CallbackKind::EvtIoQueueReady) say(FactId::Ready, {object(e.s)});
  if (kind == CallbackKind::EvtIoQueueStopComplete)
    say(FactId::StateDone, {object(e.s), word("stop")});
  if (kind == CallbackKind::EvtIoQueueDrainComplete)
    say(FactId::StateDone, {object(e.s), word("drain")});
  if (kind == CallbackKind::EvtIoQueuePurgeComplete)
    say(FactId::StateDone, {object(e.s), word("purge")});
  say(FactId::Enter, {callback_word(e.a), object(e.s), object(e.o)});
}

}  // namespace qs::language
