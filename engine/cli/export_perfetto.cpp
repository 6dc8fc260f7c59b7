#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/export.h"
#include "model/timeline.h"
#include "trace/words.h"

namespace qs {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kThreads = 1, kRequests = 2, kQueues = 3;  // "processes" of the picture

const char* owner_name(const RequestSpan& s) {
  switch (s.place) {
    case Place::Sender: return "sender";
    case Place::Waiting: return "waiting";
    case Place::Target: return "target";
    case Place::Completing: return "completing";
    default: break;
  }
  return s.owner == Owner::Driver ? "driver" : s.owner == Owner::Framework ? "framework" : nullptr;
}

class Perfetto {
 public:
  Perfetto(const Trace& trace, size_t end) : trace_(trace), end_(end), timeline_(trace) {}

  std::string write(std::string_view program) {
    name("process_name", kThreads, 0, "threads");
    name("process_name", kRequests, 0, "requests");
    name("process_name", kQueues, 0, "queues");
    calls();
    requests();
    queues();
    Json root;
    root["traceEvents"] = std::move(events_);
    root["displayTimeUnit"] = "ms";
    root["otherData"]["program"] = std::string(program);
    root["otherData"]["clock"] = "virtual microseconds plus one an event";
    return root.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  uint64_t at(size_t event) const {
    if (event >= end_) return end_ == 0 ? 0 : uint64_t(trace_[end_ - 1].time) + end_;
    return uint64_t(trace_[event].time) + event;
  }
  Json& add(const char* phase, int process, uint32_t track, uint64_t time) {
    Json e;
    e["ph"] = phase;
    e["pid"] = process;
    e["tid"] = track;
    e["ts"] = time;
    events_.push_back(std::move(e));
    return events_.back();
  }
  void name(const char* what, int process, uint32_t track, const std::string& text) {
    Json& e = add("M", process, track, 0);
    e["name"] = what;
    e["args"]["name"] = text;
  }

  // Begin and end marks; what is still open at the end is closed there.
  void calls() {
    std::map<uint16_t, int> depth;
    for (size_t i = 0; i < end_; ++i) {
      const Event& e = trace_[i];
      bool call = e.code == EventCode::CallEnter, callback = e.code == EventCode::CallbackEnter;
      if (e.thread && !depth.count(e.thread)) {
        depth[e.thread] = 0;
        name("thread_name", kThreads, e.thread,
             trace_.name(ObjectId(ObjectKind::Thread, e.thread)));
      }
      if (call || callback) {
        Json& j = add("B", kThreads, e.thread, at(i));
        j["name"] = call ? fn_name(ApiFn(e.a)) : callback_name(CallbackKind(e.a));
        j["cat"] = call ? "call" : "callback";
        if (e.s) j["args"]["object"] = trace_.name(e.s);
        if (e.site) j["args"]["line"] = trace_.site_text(e.site);
        ++depth[e.thread];
      } else if (e.code == EventCode::CallLeave || e.code == EventCode::CallbackLeave) {
        if (depth[e.thread] > 0) add("E", kThreads, e.thread, at(i)), --depth[e.thread];
      } else if (e.code == EventCode::Violation || e.code == EventCode::Finding) {
        Json& j = add("i", kThreads, e.thread, at(i));
        j["name"] = std::string(trace_.string(e.a));
        j["s"] = "g";
      }
    }
    for (auto& [thread, open] : depth)
      for (; open > 0; --open) add("E", kThreads, thread, at(end_));
  }

  void requests() {
    for (ObjectId id : timeline_.requests()) {
      name("thread_name", kRequests, id.serial(), trace_.name(id));
      for (const RequestSpan& s : timeline_.request_spans(id, 0, uint32_t(end_))) {
        const char* owner = owner_name(s);
        if (!owner) continue;
        size_t to = std::min<size_t>(s.to, end_);
        Json& j = add("X", kRequests, id.serial(), at(s.from));
        j["dur"] = at(to) - at(s.from);
        j["name"] = owner;
        if (s.queue) j["args"]["queue"] = trace_.name(s.queue);
      }
    }
  }

  void queues() {
    for (ObjectId id : timeline_.queues())
      for (const QueueSample& s : timeline_.queue_samples(id, 0, uint32_t(end_))) {
        if (s.at > end_) break;
        Json& j = add("C", kQueues, id.serial(), at(s.at));
        j["name"] = trace_.name(id);
        j["args"]["waiting"] = s.waiting;
        j["args"]["owned"] = s.owned;
      }
  }

  const Trace& trace_;
  size_t end_;
  Timeline timeline_;
  Json events_ = Json::array();
};

}  // namespace

std::string export_perfetto(const Trace& trace, size_t end, std::string_view program) {
  return Perfetto(trace, end).write(program);
}

}  // namespace qs
