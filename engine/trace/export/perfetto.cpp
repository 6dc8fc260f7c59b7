// Chrome's trace event format: B/E slices on threads, b/e on requests, C counters of queues, i for
// verdicts.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "trace/events/words.h"
#include "trace/export/export.h"
#include "trace/export/json_out.h"

namespace qs::trace {
namespace {

class Perfetto {
 public:
  Perfetto(const Trace& trace, std::ostream& out) : t_(trace), out_(out) {}

  void write(std::string_view program, ExportRange range) {
    out_.raw("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
    start("M").raw(",\"name\":\"process_name\",\"args\":{\"name\":").text(program).raw("}}");
    size_t to = std::min(range.to, t_.size());
    for (size_t i = range.from; i < to; ++i) event(i);
    close_all();
    out_.raw("\n]}\n");
  }

 private:
  // An entry up to its phase; whoever starts one ends it.
  JsonOut& start(std::string_view phase) {
    out_.raw(std::exchange(separator_, ",\n"));
    return out_.raw("{\"ph\":\"").raw(phase).raw("\",\"pid\":1");
  }
  JsonOut& start(std::string_view phase, uint32_t thread) {
    return start(phase).raw(",\"tid\":").number(thread);
  }
  // Microseconds, two digits after the point.
  JsonOut& put_time() {
    const uint64_t rest = now_ % 100;
    out_.raw(",\"ts\":").number(now_ / 100).raw(rest < 10 ? ".0" : ".");
    return out_.number(rest);
  }

  // Events of one moment follow each other at 10 ns.
  void tick(const Event& e) { now_ = std::max(uint64_t(e.time) * 100, now_ + 1); }

  void event(size_t i) {
    const Event& e = t_[i];
    tick(e);
    switch (e.code) {
      case EventCode::ThreadStart: thread_named(e.s.serial()); break;
      case EventCode::CallbackEnter: begin(e, callback_name(CallbackKind(e.a)), "callback"); break;
      case EventCode::CallEnter: begin(e, fn_name(ApiFn(e.a)), "call"); break;
      case EventCode::CallbackLeave: end(e, callback_name(CallbackKind(e.a))); break;
      case EventCode::CallLeave: end(e, fn_name(ApiFn(e.a))); break;
      case EventCode::Send: begin_request(e); break;
      case EventCode::Arrive: request_state(e.s, "framework"); break;
      case EventCode::Insert:
        request_state(e.s, "waiting in " + t_.name(e.o));
        count(e.o).first = e.b;
        counter(e.o);
        break;
      case EventCode::Remove:
        count(e.o).first = e.b;
        counter(e.o);
        break;
      case EventCode::Charge:
      case EventCode::Uncharge:
        count(e.o).second = e.a;
        counter(e.o);
        break;
      case EventCode::Own:
      case EventCode::CanceledOnQueue:
      case EventCode::TargetBack: request_state(e.s, "driver"); break;
      case EventCode::SendTarget:
      case EventCode::PendTarget: request_state(e.s, "at " + t_.name(e.o)); break;
      case EventCode::Forget:
      case EventCode::PassDown: request_state(e.s, "lower driver"); break;
      case EventCode::Completing: request_state(e.s, "completing"); break;
      case EventCode::Completed: end_request(e); break;
      case EventCode::CancelFlag: request_instant(e, "canceled by its sender"); break;
      case EventCode::Violation:
      case EventCode::Finding:
      case EventCode::Hint: verdict(e); break;
      default: break;
    }
  }

  // --- threads ---
  void thread_named(uint32_t serial) {
    ObjectId id(ObjectKind::Thread, serial);
    start("M", serial).raw(",\"name\":\"thread_name\",\"args\":{\"name\":");
    out_.text(t_.name(id)).raw("}}");
  }
  void begin(const Event& e, const char* name, const char* category) {
    start("B", e.thread);
    put_time().raw(",\"cat\":").text(category).raw(",\"name\":").text(name).raw(",\"args\":{");
    if (e.s) out_.raw("\"object\":").text(t_.name(e.s));
    if (e.site) out_.raw(e.s ? ",\"site\":" : "\"site\":").text(t_.site_text(e.site));
    out_.raw("}}");
    open_[e.thread].push_back(name);
  }
  // Slices above the one that ends were never left; they end with it. An end without its begin is
  // dropped.
  void end(const Event& e, std::string_view name) {
    auto& stack = open_[e.thread];
    size_t depth = stack.size();
    while (depth > 0 && stack[depth - 1] != name) --depth;
    if (depth == 0) return;
    while (stack.size() >= depth) end_slice(e.thread, stack);
  }
  void end_slice(uint32_t thread, std::vector<std::string_view>& stack) {
    start("E", thread);
    put_time().raw(",\"name\":").text(stack.back()).raw("}");
    stack.pop_back();
  }

  // --- requests ---
  void async(const char* phase, ObjectId request, std::string_view name) {
    start(phase, 0);
    put_time().raw(",\"cat\":\"request\",\"id\":\"");
    out_.raw(fmt::format("0x{:x}", request.raw)).raw("\",\"name\":").text(name).raw("}");
  }
  void begin_request(const Event& e) {
    if (requests_.count(e.s.raw)) return;
    async("b", e.s, t_.name(e.s));
    requests_[e.s.raw] = {};
    request_state(e.s, "sender");
  }
  // `requests_` has the open inner slice of each request; a request that began before the range
  // begins here.
  void request_state(ObjectId id, const std::string& state) {
    auto it = requests_.find(id.raw);
    if (it == requests_.end()) {
      async("b", id, t_.name(id));
      it = requests_.emplace(id.raw, std::string()).first;
    }
    if (it->second == state) return;
    if (!it->second.empty()) async("e", id, it->second);
    async("b", id, state);
    it->second = state;
  }
  void end_request(const Event& e) {
    auto it = requests_.find(e.s.raw);
    if (it == requests_.end()) return;
    request_instant(e, status_text(int32_t(e.a)));
    close_request(e.s, it->second);
    requests_.erase(it);
  }
  void close_request(ObjectId id, const std::string& state) {
    if (!state.empty()) async("e", id, state);
    async("e", id, t_.name(id));
  }
  void request_instant(const Event& e, const std::string& name) { async("n", e.s, name); }

  // --- queues and verdicts ---
  std::pair<uint32_t, uint32_t>& count(ObjectId queue) { return counts_[queue.raw]; }
  void counter(ObjectId queue) {
    auto [waiting, owned] = count(queue);
    start("C");
    put_time().raw(",\"name\":").text(t_.name(queue)).raw(",\"args\":{\"waiting\":");
    out_.number(waiting).raw(",\"owned\":").number(owned).raw("}}");
  }
  void verdict(const Event& e) {
    start("i", e.thread);
    put_time().raw(",\"s\":\"p\",\"cat\":");
    out_.text(e.code == EventCode::Violation ? "violation"
              : e.code == EventCode::Hint    ? "hint"
                                             : "finding");
    out_.raw(",\"name\":").text(t_.string(e.a)).raw("}");
  }

  void close_all() {
    for (auto& [thread, stack] : open_)
      while (!stack.empty()) end_slice(thread, stack);
    for (auto& [raw, state] : requests_) close_request(ObjectId(raw), state);
  }

  const Trace& t_;
  JsonOut out_;
  std::string_view separator_ = "\n";
  uint64_t now_ = 0;                                        // hundredths of a microsecond
  std::map<uint32_t, std::vector<std::string_view>> open_;  // names that last forever
  std::map<uint32_t, std::string> requests_;
  std::map<uint32_t, std::pair<uint32_t, uint32_t>> counts_;
};

}  // namespace

void export_perfetto(const Trace& trace, std::string_view program, std::ostream& out,
                     ExportRange range) {
  Perfetto(trace, out).write(program, range);
}

}  // namespace qs::trace
