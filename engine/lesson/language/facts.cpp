#include "lesson/language/facts.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "model/queries/queries.h"
#include "trace/events/words.h"
#include "trace/rules/rules.h"
#include "verify/explain.h"

namespace qs::lesson {

using trace::ApiFn;
using trace::CallbackKind;
using trace::EventCode;

namespace {

using K = ArgKind;

const char* callback_text(uint32_t kind) {
  return kind < uint32_t(CallbackKind::Count) ? trace::callback_name(CallbackKind(kind)) : "?";
}

bool is_status_name(std::string_view text) { return trace::status_value(text).has_value(); }

// Turns the events of a trace into facts, in one pass.
class Collector {
 public:
  Collector(const trace::Trace& trace, std::vector<Fact>& out) : trace_(trace), out_(out) {}

  void run() {
    for (at_ = 0; at_ < trace_.size(); ++at_) {
      const trace::Event& e = trace_[at_];
      before(e);
      model::apply(model_, e);
      after(e);
    }
    // told at the end, when nothing can help
    for (const model::Hang& hang : model::hangs(model_, trace_)) {
      at_ = trace_.empty() ? 0 : trace_.size() - 1;
      say("hang", {name(hang.s)});
    }
  }

 private:
  static constexpr ApiFn kFind = ApiFn::WdfIoQueueFindRequest;
  struct Call {
    ApiFn fn{};
    std::string queue;  // the queue its request belonged to when it was made
    ObjectId found;     // by WdfIoQueueFindRequest: it got a reference (G-10)
  };

  std::string name(ObjectId id) const { return id ? trace_.name(id) : std::string("-"); }
  static std::string status(uint32_t value) { return trace::status_text(int32_t(value)); }
  std::string queue_of(ObjectId request) const {
    const model::RequestView* r = model_.request(request);
    return r ? name(r->queue) : "-";
  }

  void say(const char* kind, std::vector<std::string> args) {
    const FactKind* k = find_fact_kind(kind);
    args.resize(k->args.size(), "-");
    out_.push_back({k, std::move(args), at_});
  }

  // What needs the state as it was.
  void before(const trace::Event& e) {
    if (e.code == EventCode::CallEnter)
      calls_[e.thread].push_back({ApiFn(e.a), queue_of(e.s), {}});
    else if (e.code == EventCode::Bind && e.o && queue_of(e.s) != name(e.o))
      say("arrive", {name(e.s), name(e.o)});
    else if (e.code == EventCode::Completing && e.c == 1 && !trace::status_is_success(int32_t(e.a)))
      refused(e);
  }

  // The framework fails a request that no driver has had.
  void refused(const trace::Event& e) {
    const model::RequestView* r = model_.request(e.s);
    if (r && !r->has(model::kPresented) && !r->has(model::kCancelFlag))
      say("refuse", {name(e.s), name(e.o ? e.o : routed_to(*r)), status(e.a)});
  }

  // The queue that its type leads to: one that is refused at the way in does not belong to it yet.
  ObjectId routed_to(const model::RequestView& r) const {
    const int slot = r.type == trace::RequestType::Create          ? 0
                     : r.type == trace::RequestType::Read          ? 1
                     : r.type == trace::RequestType::Write         ? 2
                     : r.type == trace::RequestType::DeviceControl ? 3
                                                                   : 4;
    return model_.devices.empty() ? ObjectId() : model_.devices.front().routes[slot];
  }

  void after(const trace::Event& e) {
    switch (e.code) {
      case EventCode::FileOpen: say("open", {name(e.s)}); return say("file_create", {name(e.s)});
      case EventCode::HandleWait:
        if (e.s.kind() == ObjectKind::Request) say("handle_wait", {name(e.s), name(e.o)});
        return;
      case EventCode::FileCleanup:
        say("close_handle", {name(e.s)});
        return say("file_cleanup", {name(e.s)});
      case EventCode::FileClose: return say("file_close", {name(e.s)});
      case EventCode::AppExit: return say("app_exit", {name(e.s)});
      case EventCode::Send: return say("send", {name(e.s), name(e.o)});
      case EventCode::SendReturned: return say("send_returned", {name(e.s), status(e.a)});
      case EventCode::CancelFlag: return say("app_cancel", {name(e.s)});
      case EventCode::Completing:
        return say("complete",
                   {name(e.s), status(e.a), std::to_string(e.b), e.c ? "framework" : "driver"});
      case EventCode::Completed: return say("done", {name(e.s), status(e.a), std::to_string(e.b)});
      case EventCode::Own:
        if (trace::OwnReason(e.a) == trace::OwnReason::Retrieved)
          say("retrieve", {name(e.s), name(e.o)});
        return;
      case EventCode::CallEnter: return entered(e);
      case EventCode::Refs:
        if (auto& stack = calls_[e.thread]; !stack.empty() && stack.back().fn == kFind)
          stack.back().found = e.s;
        return;
      case EventCode::CallLeave: return left(e);
      case EventCode::CallbackEnter: return callback(e);
      case EventCode::CallbackLeave: return say("leave", {callback_text(e.a), name(e.s)});
      case EventCode::StopAck: return say("stop_ack", {name(e.s), e.a ? "requeue" : "keep"});
      case EventCode::SendTarget: return say("send_target", {name(e.s), name(e.o), "ok"});
      case EventCode::HwStart: return say("hw_start", {name(e.s), name(e.o)});
      case EventCode::HwDone: return say("hw_done", {name(e.s), name(e.o)});
      case EventCode::DevicePower: return say("power", {power_word(trace::DevicePower(e.a))});
      case EventCode::PowerPhase: return say("power_begin", {power_word(trace::DevicePower(e.b))});
      case EventCode::Notified: return say("power_wait", {name(e.s)});
      case EventCode::DevicePnp:
        if (trace::DevicePnp(e.a) == trace::DevicePnp::Removed) say("removed", {});
        return;
      case EventCode::MemoryShort:
        return say("low_memory",
                   {trace::MemoryMode(e.a) == trace::MemoryMode::Plenty ? "off" : "on"});
      case EventCode::Reserved:
        if (e.a) say("reserved", {name(e.s)});
        return;
      case EventCode::Violation:
        return say("violation", {std::string(trace_.string(e.a)), name(e.s)});
      case EventCode::Finding: return say("finding", {std::string(trace_.string(e.a)), name(e.s)});
      case EventCode::Hint: return say("hint", {std::string(trace_.string(e.a)), name(e.s)});
      default: return;
    }
  }

  static std::string power_word(trace::DevicePower power) {
    const std::string text = trace::words(power);  // "D0 (working)"
    return text.substr(0, text.find(' '));
  }

  void entered(const trace::Event& e) {
    switch (ApiFn(e.a)) {
      case ApiFn::WdfIoQueueStop:
      case ApiFn::WdfIoQueueStopSynchronously: return say("stop", {name(e.s)});
      case ApiFn::WdfIoQueueStart: return say("start", {name(e.s)});
      case ApiFn::WdfIoQueueDrain:
      case ApiFn::WdfIoQueueDrainSynchronously: return say("drain", {name(e.s)});
      case ApiFn::WdfIoQueuePurge:
      case ApiFn::WdfIoQueuePurgeSynchronously: return say("purge", {name(e.s)});
      case ApiFn::WdfIoQueueStopAndPurge:
      case ApiFn::WdfIoQueueStopAndPurgeSynchronously: return say("stop_purge", {name(e.s)});
      case ApiFn::WdfObjectDelete:
        if (e.s.kind() == ObjectKind::Queue) say("delete", {name(e.s)});
        return;
      default: return;
    }
  }

  void left(const trace::Event& e) {
    Call call;
    if (auto& stack = calls_[e.thread]; !stack.empty()) {
      call = stack.back();
      stack.pop_back();
    }
    const std::string result = e.c ? status(e.b) : "-";
    switch (ApiFn(e.a)) {
      case ApiFn::WdfIoQueueCreate: return say("create_queue", {result});
      case ApiFn::WdfRequestForwardToIoQueue:
        return say("forward", {name(e.s), call.queue, name(e.o), result});
      case ApiFn::WdfRequestRequeue: return say("requeue", {name(e.s), call.queue, result});
      case ApiFn::WdfIoQueueRetrieveNextRequest:
      case ApiFn::WdfIoQueueRetrieveRequestByFileObject:
      case ApiFn::WdfIoQueueRetrieveFoundRequest:
        if (e.c && !trace::status_is_success(int32_t(e.b)))
          say("retrieve_none", {name(e.s), result});
        return;
      case kFind: return say("find", {name(call.found), name(e.s), result});
      case ApiFn::WdfRequestMarkCancelable: return say("mark", {name(e.s), "STATUS_SUCCESS"});
      case ApiFn::WdfRequestMarkCancelableEx: return say("mark", {name(e.s), result});
      case ApiFn::WdfRequestUnmarkCancelable: return say("unmark", {name(e.s), result});
      case ApiFn::WdfRequestIsCanceled:
        return say("is_cancelled", {name(e.s), e.b ? "true" : "false"});
      case ApiFn::WdfRequestSend:
        if (!e.b) say("send_target", {name(e.s), name(e.o), "failed"});
        return;
      case ApiFn::WdfRequestCancelSentRequest:
        return say("cancel_sent", {name(e.s), e.b ? "true" : "false"});
      default: return;
    }
  }

  void callback(const trace::Event& e) {
    const CallbackKind kind = CallbackKind(e.a);
    if (trace::is_handler(kind)) say("present", {name(e.s), name(e.o), callback_text(e.a)});
    if (kind == CallbackKind::EvtIoQueueReady) say("ready", {name(e.s)});
    if (kind == CallbackKind::EvtIoQueueStopComplete) say("state_done", {name(e.s), "stop"});
    if (kind == CallbackKind::EvtIoQueueDrainComplete) say("state_done", {name(e.s), "drain"});
    if (kind == CallbackKind::EvtIoQueuePurgeComplete) say("state_done", {name(e.s), "purge"});
    say("enter", {callback_text(e.a), name(e.s)});
  }

  const trace::Trace& trace_;
  std::vector<Fact>& out_;
  model::Model model_;
  std::map<uint32_t, std::vector<Call>> calls_;  // by thread
  size_t at_ = 0;
};

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Error wrong_pattern(std::string message) { return Error{"", 0, std::move(message)}; }

// Is it one of the words of a list with blanks between?
bool is_one_of(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(' '), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// "" when `word` is allowed there.
std::string unfit(const FactKind& fact, ArgKind kind, const std::string& word) {
  if (word.find('*') != std::string::npos) return {};
  if (kind == K::Callback) {
    for (uint32_t i = 0; i < uint32_t(CallbackKind::Count); ++i)
      if (word == callback_text(i)) return {};
    return fmt::format("\"{}\" is not a callback; write its name, such as EvtIoRead", word);
  }
  if (kind == K::Status && !is_status_name(word))
    return fmt::format("\"{}\" is not a status; write its name, such as STATUS_CANCELLED", word);
  if (kind == K::Number && word.find_first_not_of("0123456789") != std::string::npos)
    return fmt::format("\"{}\" is not a number", word);
  if (kind == K::Rule && !trace::find_rule(word) && !verify::explain(word))
    return fmt::format("\"{}\" is not a rule; `queuescope explain` lists them", word);
  if (kind == K::Word && !is_one_of(fact.words, word))
    return fmt::format("\"{}\" does not fit into {}; expected one of: {}", word, fact.name,
                       fact.words);
  return {};
}

// Of applications and the way of their requests.
std::vector<FactKind> facts_of_requests() {
  return {
      {"open", {K::File}, "an application opens the handle"},
      {"send", {K::Request, K::App}, "an application sends the request"},
      {"handle_wait", {K::Request, K::File}, "its call waits for a synchronous handle"},
      {"send_returned", {K::Request, K::Status}, "the call that sent it returns to its sender"},
      {"app_cancel", {K::Request}, "its sender cancels the request"},
      {"close_handle", {K::File}, "the last handle to the file is closed"},
      {"app_exit", {K::App}, "the application exits"},
      {"arrive", {K::Request, K::Queue}, "the request comes to belong to the queue"},
      {"present", {K::Request, K::Queue, K::Callback}, "the queue calls a request handler with it"},
      {"refuse",
       {K::Request, K::Queue, K::Status},
       "the framework fails it before any driver had it"},
      {"ready", {K::Queue}, "EvtIoQueueReady is called"},
      {"state_done",
       {K::Queue, K::Word},
       "the callback of a stop, drain or purge is called",
       "stop drain purge"},
      {"complete",
       {K::Request, K::Status, K::Number, K::Word},
       "the driver (or the framework) completes the request with this status",
       "driver framework"},
      {"done", {K::Request, K::Status, K::Number}, "its sender gets the request back"},
  };
}

// Of what the driver does with requests and queues.
std::vector<FactKind> facts_of_calls() {
  return {
      {"forward", {K::Request, K::Queue, K::Queue, K::Status}, "a forward returns"},
      {"requeue", {K::Request, K::Queue, K::Status}, "a requeue returns"},
      {"retrieve", {K::Request, K::Queue}, "the driver has taken it out of the queue"},
      {"retrieve_none", {K::Queue, K::Status}, "a retrieval returns without a request"},
      {"find", {K::Request, K::Queue, K::Status}, "WdfIoQueueFindRequest returns"},
      {"mark", {K::Request, K::Status}, "marking it cancelable returns"},
      {"unmark", {K::Request, K::Status}, "unmarking it returns"},
      {"is_cancelled",
       {K::Request, K::Word},
       "WdfRequestIsCanceled returns true or false",
       "true false"},
      {"create_queue", {K::Status}, "WdfIoQueueCreate returns"},
      {"stop", {K::Queue}, "the driver calls WdfIoQueueStop"},
      {"start", {K::Queue}, "the driver calls WdfIoQueueStart"},
      {"drain", {K::Queue}, "the driver calls WdfIoQueueDrain"},
      {"purge", {K::Queue}, "the driver calls WdfIoQueuePurge"},
      {"stop_purge", {K::Queue}, "the driver calls WdfIoQueueStopAndPurge"},
      {"delete", {K::Queue}, "the driver deletes the queue"},
      {"stop_ack",
       {K::Request, K::Word},
       "the driver acknowledges a stop: requeue or keep",
       "requeue keep"},
      {"send_target",
       {K::Request, K::Target, K::Word},
       "it is sent to the target: ok or failed",
       "ok failed"},
      {"cancel_sent",
       {K::Request, K::Word},
       "WdfRequestCancelSentRequest returns true or false",
       "true false"},
  };
}

// Of callbacks, hardware, power, files, and of what was found wrong.
std::vector<FactKind> facts_of_device() {
  return {
      {"enter", {K::Callback, K::Any}, "a callback is called"},
      {"leave", {K::Callback, K::Any}, "a callback returns"},
      {"hw_start", {K::Channel, K::Request}, "a hardware channel begins to work on it"},
      {"hw_done", {K::Channel, K::Request}, "a hardware channel has finished"},
      {"power", {K::Word}, "the device is in this power state: D0, D2, D3 ...", "D0 D1 D2 D3"},
      {"power_begin", {K::Word}, "the device begins to change its power state", "D0 D1 D2 D3"},
      {"power_wait", {K::Request}, "the power change waits for it"},
      {"removed", {}, "the device is gone"},
      {"file_create", {K::File}, "a file object is made"},
      {"file_cleanup", {K::File}, "its last handle is closed"},
      {"file_close", {K::File}, "the file object is closed for good"},
      {"low_memory", {K::Word}, "memory runs short: on; is back: off", "on off"},
      {"reserved", {K::Request}, "a reserved request is taken into use"},
      {"violation", {K::Rule, K::Request}, "a rule is broken"},
      {"finding", {K::Rule, K::Any}, "something is found that is not a crash"},
      {"hint", {K::Rule, K::Any}, "something legal that cannot have been meant"},
      {"hang", {K::Any}, "at the end nobody is left who will finish it"},
  };
}

}  // namespace

const std::vector<FactKind>& fact_kinds() {
  static const std::vector<FactKind> kinds = [] {
    std::vector<FactKind> all = facts_of_requests();
    for (const auto& more : {facts_of_calls(), facts_of_device()})
      all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return kinds;
}

const FactKind* find_fact_kind(std::string_view name) {
  for (const FactKind& kind : fact_kinds())
    if (name == kind.name) return &kind;
  return nullptr;
}

bool word_matches(std::string_view pattern, std::string_view word) {
  const size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == word;
  const std::string_view head = pattern.substr(0, star), rest = pattern.substr(star + 1);
  if (word.substr(0, head.size()) != head) return false;
  word.remove_prefix(head.size());
  for (size_t i = 0; i <= word.size(); ++i)
    if (word_matches(rest, word.substr(i))) return true;
  return false;
}

bool Pattern::matches(const Fact& fact) const {
  if (fact.kind != kind) return false;
  for (size_t i = 0; i < args.size(); ++i) {
    const bool rule = kind->args[i] == K::Rule && verify::is_called(fact.args[i], args[i]);
    if (!rule && !word_matches(args[i], fact.args[i])) return false;
  }
  return true;
}

std::string Pattern::text() const {
  std::string out = kind->name;
  for (size_t i = 0; i < args.size(); ++i) out += (i ? ", " : "(") + args[i];
  return out + (args.empty() ? "()" : ")");
}

Result<Pattern> parse_pattern(std::string_view given) {
  const std::string_view text = without_blanks(given);
  const size_t open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')')
    return wrong_pattern(
        fmt::format("\"{}\" is not an event; write name(arguments), such as present(R1)", text));
  Pattern p;
  const std::string_view word = without_blanks(text.substr(0, open));
  p.kind = find_fact_kind(word);
  if (!p.kind) {
    std::string all;
    for (const FactKind& k : fact_kinds()) all += (all.empty() ? "" : " ") + std::string(k.name);
    return wrong_pattern(fmt::format("\"{}\" is not an event; expected one of: {}", word, all));
  }
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  while (!without_blanks(inside).empty()) {
    const size_t comma = inside.find(',');
    p.args.emplace_back(without_blanks(inside.substr(0, comma)));
    inside = comma == std::string_view::npos ? std::string_view() : inside.substr(comma + 1);
  }
  if (p.args.size() > p.kind->args.size())
    return wrong_pattern(fmt::format("{} takes {} arguments at most, here are {}", p.kind->name,
                                     p.kind->args.size(), p.args.size()));
  for (size_t i = 0; i < p.args.size(); ++i) {
    std::string& arg = p.args[i];
    if (arg.empty()) arg = "*";
    if (std::string why = unfit(*p.kind, p.kind->args[i], arg); !why.empty())
      return wrong_pattern(std::move(why));
    if (p.kind->args[i] == K::Status && arg.find('*') == std::string::npos)
      arg = trace::status_text(*trace::status_value(arg));
  }
  return p;
}

Story::Story(std::shared_ptr<const trace::Trace> trace)
    : trace_(std::move(trace)), timeline_(std::make_unique<model::Timeline>(trace_)) {
  Collector(*trace_, facts_).run();
  settled_ = trace_->size();
  while (settled_ > 0 &&
         trace::event_level((*trace_)[settled_ - 1].code) == trace::EventLevel::Meta)
    --settled_;
}

size_t Story::find(const Pattern& pattern, size_t from) const {
  for (const Fact& fact : facts_)
    if (fact.event >= from && pattern.matches(fact)) return fact.event + 1;
  return kNone;
}

}  // namespace qs::lesson
