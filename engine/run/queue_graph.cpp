#include "run/queue_graph.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/limits.h"
#include "law/law.h"
#include "run/inputs.h"
#include "trace/events/words.h"

namespace qs::run {

using sched::Input;

namespace {

constexpr const char* kHandlerWords[] = {"read",    "write", "control", "internal",
                                         "default", "stop",  "resume",  "canceled"};
constexpr const char* kCallbacks[] = {
    "EvtIoRead",    "EvtIoWrite", "EvtIoDeviceControl", "EvtIoInternalDeviceControl",
    "EvtIoDefault", "EvtIoStop",  "EvtIoResume",        "EvtIoCanceledOnQueue"};
constexpr const char* kRouteWords[] = {"create", "read", "write", "control", "internal"};
constexpr const char* kScopes[] = {"inherit", "none", "queue", "device"};
constexpr const char* kLevels[] = {"inherit", "dispatch", "passive"};
constexpr const char* kPowers[] = {"default", "on", "off"};

template <size_t N>
std::string list(const char* const (&table)[N]) {
  std::string out;
  for (const char* word : table) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

Error not_one_of(std::string_view key, std::string_view word, std::string_view expected) {
  return Error{"", 0, fmt::format("{} cannot be \"{}\"; expected one of {}", key, word, expected)};
}

template <size_t N>
Result<uint32_t> find(const char* const (&table)[N], std::string_view key, std::string_view word) {
  for (uint32_t i = 0; i < N; ++i)
    if (word == table[i]) return i;
  return not_one_of(key, word, list(table));
}

// "read+write" as bits.
template <size_t N>
Result<uint32_t> find_all(const char* const (&table)[N], std::string_view key,
                          std::string_view words) {
  uint32_t bits = 0;
  while (!words.empty()) {
    const size_t end = std::min(words.find('+'), words.size());
    auto one = find(table, key, words.substr(0, end));
    if (!one) return one;
    bits |= 1u << *one;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return bits;
}

template <size_t N>
std::string words_of(const char* const (&table)[N], uint32_t bits) {
  std::string out;
  for (uint32_t i = 0; i < N; ++i)
    if (bits >> i & 1) out += (out.empty() ? "" : "+") + std::string(table[i]);
  return out;
}

Result<bool> on_off(std::string_view key, std::string_view word) {
  if (word == "on") return true;
  if (word == "off") return false;
  return Error{"", 0, fmt::format("{} cannot be \"{}\"; expected one of on, off", key, word)};
}

Result<uint32_t> number(std::string_view key, std::string_view word) {
  uint32_t value = 0;
  auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || word.empty())
    return Error{"", 0,
                 fmt::format("{} must be a whole number from 0 to {}, not \"{}\"", key,
                             limits::kNumber, word)};
  return value;
}

template <class T>
bool put(T& out, const Result<uint32_t>& value, Error& error) {
  if (value) out = T(*value);
  if (!value) error = value.error();
  return value.ok();
}
bool put(bool& out, const Result<bool>& value, Error& error) {
  if (value) out = *value;
  if (!value) error = value.error();
  return value.ok();
}

Result<bool> apply_device(DeviceSetup& d, const Input& input) {
  Error error;
  for (const Word& w : split_words(input.text)) {
    bool ok = false;
    if (w.key == "filter")
      ok = put(d.filter, on_off(w.key, w.value), error);
    else if (w.key == "caller")
      ok = put(d.caller_context, on_off(w.key, w.value), error);
    else if (w.key == "scope")
      ok = put(d.scope, find(kScopes, w.key, w.value), error);
    else if (w.key == "exec")
      ok = put(d.level, find(kLevels, w.key, w.value), error);
    else
      error.message = fmt::format(
          "\"{}\" is not a setting of the device; expected one of filter, caller, scope, exec",
          w.key);
    if (!ok) return error;
  }
  return true;
}

bool apply_word(QueueSetup& q, const Word& w, Error& error) {
  if (w.key == "default") return q.is_default = true;
  if (w.key == "dispatch") {
    auto value = trace::dispatch_of(w.value);
    if (!value) return error = not_one_of(w.key, w.value, "seq, par, man"), false;
    q.dispatch = *value;
    return true;
  }
  if (w.key == "limit") {
    auto value = number(w.key, w.value);
    if (!value) return error = value.error(), false;
    q.limit = *value;
    return true;
  }
  if (w.key == "handlers") return put(q.handlers, find_all(kHandlerWords, w.key, w.value), error);
  if (w.key == "routes") return put(q.routes, find_all(kRouteWords, w.key, w.value), error);
  if (w.key == "zero") return put(q.zero_length, on_off(w.key, w.value), error);
  if (w.key == "scope") return put(q.scope, find(kScopes, w.key, w.value), error);
  if (w.key == "exec") return put(q.level, find(kLevels, w.key, w.value), error);
  if (w.key == "power") return put(q.power, find(kPowers, w.key, w.value), error);
  if (w.key == "coq") {
    bool on = false;
    if (!put(on, on_off(w.key, w.value), error)) return false;
    const uint32_t bit = setup_bit(SetupHandler::Canceled);
    q.handlers = on ? q.handlers | bit : q.handlers & ~bit;
    return true;
  }
  error.message = fmt::format(
      "\"{}\" is not a setting of a queue; expected one of default, dispatch, limit, handlers, "
      "routes, "
      "zero, scope, exec, power, coq",
      w.key);
  return false;
}

}  // namespace

QueueSetup* QueueGraph::find(std::string_view name) {
  for (QueueSetup& q : queues)
    if (q.name == name) return &q;
  return nullptr;
}
const QueueSetup* QueueGraph::find(std::string_view name) const {
  return const_cast<QueueGraph*>(this)->find(name);
}

const char* handler_callback(SetupHandler h) { return kCallbacks[size_t(h)]; }
const char* handler_word(SetupHandler h) { return kHandlerWords[size_t(h)]; }
const char* route_word(SetupRoute r) { return kRouteWords[size_t(r)]; }
const char* setup_word(SetupScope s) { return kScopes[size_t(s)]; }
const char* setup_word(SetupLevel l) { return kLevels[size_t(l)]; }
const char* setup_word(SetupPower p) { return kPowers[size_t(p)]; }

bool can_take(const QueueSetup& q, SetupRoute route) {
  if (q.dispatch == trace::Dispatch::Manual || q.has(SetupHandler::Default)) return true;
  switch (route) {
    case SetupRoute::Read: return q.has(SetupHandler::Read);
    case SetupRoute::Write: return q.has(SetupHandler::Write);
    case SetupRoute::Control: return q.has(SetupHandler::Control);
    case SetupRoute::Internal: return q.has(SetupHandler::Internal);
    default: return false;
  }
}

std::vector<Input> graph_inputs(const QueueGraph& graph) {
  std::vector<Input> out;
  const auto add = [&](const std::string& subject, const std::string& text) {
    Input input;
    input.kind = sched::InputKind::Setup;
    input.subject = subject;
    input.text = text;
    out.push_back(std::move(input));
  };
  const DeviceSetup& d = graph.device;
  std::string text;
  const auto word = [&](std::string_view key, std::string_view value) {
    text += (text.empty() ? "" : " ") + std::string(key) + "=" + std::string(value);
  };
  if (d.filter) word("filter", "on");
  if (d.caller_context) word("caller", "on");
  if (d.scope != SetupScope::Inherit) word("scope", setup_word(d.scope));
  if (d.level != SetupLevel::Inherit) word("exec", setup_word(d.level));
  // Without queues the device is written even if it has no settings: a graph without queues is not
  // the same as no graph.
  if (!text.empty() || graph.queues.empty()) add("*", text.empty() ? "filter=off" : text);
  for (const QueueSetup& q : graph.queues) {
    text = q.is_default ? "default" : "";
    word("dispatch", trace::short_word(q.dispatch));
    if (q.limit) word("limit", std::to_string(*q.limit));
    if (q.handlers) word("handlers", words_of(kHandlerWords, q.handlers));
    if (q.routes) word("routes", words_of(kRouteWords, q.routes));
    if (q.zero_length) word("zero", "on");
    if (q.scope != SetupScope::Inherit) word("scope", setup_word(q.scope));
    if (q.level != SetupLevel::Inherit) word("exec", setup_word(q.level));
    if (q.power != SetupPower::ByDefault) word("power", setup_word(q.power));
    add(q.name, text);
  }
  return out;
}

Result<bool> apply_setup(QueueGraph& graph, const Input& input) {
  const bool change = input.kind == sched::InputKind::Override;
  if (!change && input.subject == "*") return apply_device(graph.device, input);
  QueueSetup* found = graph.find(input.subject);
  if (change && !found) return Error{"", 0, "there is no queue \"" + input.subject + "\""};
  QueueSetup q;
  q.name = input.subject;
  if (found) q = *found;
  const trace::Dispatch before = q.dispatch;
  Error error;
  for (const Word& w : split_words(input.text))
    if (!apply_word(q, w, error)) return error;
  if (change) {  // as at WdfIoQueueCreate: a manual queue loses its handlers, others their limit
    if (q.dispatch == trace::Dispatch::Manual) q.handlers &= ~kPresentHandlers;
    if (q.dispatch != trace::Dispatch::Parallel) q.limit.reset();
    if (before != q.dispatch && input.text.find("limit=") == std::string::npos) q.limit.reset();
  }
  if (found)
    *found = std::move(q);
  else if (graph.queues.size() < kMostQueues)
    graph.queues.push_back(std::move(q));
  else
    return Error{"", 0, fmt::format("there can be {} queues at most", kMostQueues)};
  return true;
}

QueueGraph effective_graph(const QueueGraph& program, const std::vector<Input>& inputs,
                           std::vector<Input>* left) {
  QueueGraph graph;
  bool own = false, overridden = false;
  for (const Input& input : inputs)
    if (input.kind == sched::InputKind::Setup) {
      own = true;
      (void)apply_setup(graph, input);
    } else {
      overridden = overridden || input.kind == sched::InputKind::Override;
    }
  if (!own) graph = program;
  if (!overridden) return graph;
  for (const Input& input : inputs) {
    if (input.kind != sched::InputKind::Override) continue;
    if (!apply_setup(graph, input) && left) left->push_back(input);
  }
  return graph;
}

namespace {

// One queue as WdfIoQueueCreate sees it (O-07), then its routes: the law decides.
class GraphCheck {
 public:
  explicit GraphCheck(const QueueGraph& graph) : graph_(graph) {}

  std::vector<SetupFault> faults() {
    for (size_t i = 0; i < graph_.queues.size(); ++i) {
      queue(i);
      routes(i);
    }
    return std::move(out_);
  }

 private:
  void add(size_t i, const char* call, const char* rule, const law::Ruling& ruling) {
    out_.push_back({i, rule, call, ruling.status, ruling.why});
  }
  trace::SyncScope scope_of(const QueueSetup& q) const {
    if (q.scope == SetupScope::Inherit)
      return graph_.device.scope == SetupScope::Device ? trace::SyncScope::Device
                                                       : trace::SyncScope::None;
    return q.scope == SetupScope::Device  ? trace::SyncScope::Device
           : q.scope == SetupScope::Queue ? trace::SyncScope::Queue
                                          : trace::SyncScope::None;
  }
  bool passive(const QueueSetup& q) const {
    const SetupLevel l = q.level == SetupLevel::Inherit ? graph_.device.level : q.level;
    return l == SetupLevel::Passive;
  }

  void queue(size_t i) {
    const QueueSetup& q = graph_.queues[i];
    law::QueueCreateFacts f;
    f.dispatch = uint32_t(q.dispatch);
    f.any_handler = (q.handlers & kPresentHandlers) != 0;
    f.limit = q.limit.value_or(q.dispatch == trace::Dispatch::Parallel ? trace::kNoLimit : 0);
    f.scope = scope_of(q);
    f.passive = passive(q);
    f.device_passive = graph_.device.level == SetupLevel::Passive;
    f.is_default = q.is_default;
    f.default_taken = default_seen_;
    const law::Ruling ruling = law::on_create_queue(f);
    if (ruling.refused) return add(i, "WdfIoQueueCreate", "O-07", ruling);
    default_seen_ = default_seen_ || q.is_default;
  }

  void routes(size_t i) {
    const QueueSetup& q = graph_.queues[i];
    for (size_t r = 0; r < size_t(SetupRoute::Count); ++r) {
      const auto route = SetupRoute(r);
      if (!q.has(route)) continue;
      law::RouteFacts f;
      f.create = route == SetupRoute::Create;
      f.handles = can_take(q, route);
      f.is_default = q.is_default;
      f.taken = (taken_ & setup_bit(route)) != 0;
      const law::Ruling ruling = law::on_route(f);
      if (ruling.refused) add(i, "WdfDeviceConfigureRequestDispatching", "A-05", ruling);
      taken_ |= setup_bit(route);
    }
  }

  const QueueGraph& graph_;
  std::vector<SetupFault> out_;
  bool default_seen_ = false;
  uint32_t taken_ = 0;
};

}  // namespace

std::vector<SetupFault> faults_of(const QueueGraph& graph) { return GraphCheck(graph).faults(); }

}  // namespace qs::run
