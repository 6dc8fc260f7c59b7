// A sequence diagram: applications, queues, driver, targets and hardware, and what goes between
// them.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/visible.h"
#include "trace/events/words.h"
#include "trace/export/export.h"

namespace qs::trace {
namespace {

// Mermaid reads ';' as the end of a line and '#' as the beginning of a code. Names may hold
// anything.
std::string escape(std::string_view text) {
  std::string out;
  for (char c : visible(text)) {
    if (c == ';')
      out += "#59;";
    else if (c == '#')
      out += "#35;";
    else
      out += c;
  }
  return out;
}

struct Message {
  std::string from, arrow, to, text;
};

class Mermaid {
 public:
  Mermaid(const Trace& trace, size_t limit) : t_(trace), limit_(limit) {}

  void write(std::ostream& out, ExportRange range) {
    size_t to = std::min(range.to, t_.size());
    for (size_t e = 0; e < t_.size(); ++e)
      if (t_[e].code == EventCode::Send) sent_.insert(t_[e].s);
    size_t i = range.from;
    for (; i < to && messages_.size() < limit_; ++i) event(t_[i]);
    out << "sequenceDiagram\n";
    for (const auto& [id, line] : people_) out << line;
    for (const Message& m : messages_)
      out << "    " << m.from << m.arrow << m.to << ": " << escape(m.text) << "\n";
    if (i < to && !messages_.empty())
      out << "    Note over " << messages_.back().to << ": " << to - i
          << " more events are left out\n";
  }

 private:
  // The participant of an object; made when first met.
  std::string at(ObjectId id) {
    if (!id) return named("sender", "its sender");
    return named(fmt::format("p{:x}", id.raw), t_.name(id));
  }
  std::string driver() { return named("driver", "driver"); }
  std::string named(const std::string& id, const std::string& name) {
    if (known_.insert(id).second)
      people_.push_back({id, fmt::format("    participant {} as {}\n", id, escape(name))});
    return id;
  }
  void say(const std::string& from, const char* arrow, const std::string& to, std::string text) {
    messages_.push_back({from, arrow, to, std::move(text)});
  }

  void event(const Event& e) {
    // Opening and closing handles is not told, where sending is.
    if (e.s.kind() == ObjectKind::Request && !sent_.empty() && !sent_.count(e.s)) return;
    std::string r = t_.name(e.s);
    switch (e.code) {
      case EventCode::Send:
        sender_[e.s] = e.o;
        asks_[e.s] = fmt::format("{}: {}, {} bytes", r, words(RequestType(e.a)), e.b);
        break;
      case EventCode::Arrive:
        say(at(sender_[e.s]), "->>", at(e.o), asks_.count(e.s) ? asks_[e.s] : r);
        place_[e.s] = e.o;
        break;
      case EventCode::Insert:
        say(from(e.s), "->>", at(e.o), r + " waits");
        place_[e.s] = e.o;
        break;
      case EventCode::Own:
        if (OwnReason(e.a) == OwnReason::BackFromTarget) break;
        say(e.o ? at(e.o) : from(e.s), "->>", driver(),
            fmt::format("{} ({})", r, words(OwnReason(e.a))));
        place_[e.s] = {};
        in_driver_.insert(e.s);
        return;
      case EventCode::CanceledOnQueue:
        say(at(e.o), "->>", driver(), r + " canceled in the queue");
        break;
      case EventCode::CancelFlag: say(at(e.o), "-x", from(e.s), "cancel " + r); return;
      case EventCode::CallbackEnter:
        if (CallbackKind(e.a) == CallbackKind::EvtRequestCancel)
          say(at(e.o), "->>", driver(), fmt::format("EvtRequestCancel({})", r));
        return;
      case EventCode::SendTarget:
      case EventCode::PendTarget: say(driver(), "->>", at(e.o), r); break;
      case EventCode::TargetBack:
        say(at(e.o), "-->>", driver(), fmt::format("{} {}", r, status_text(int32_t(e.a))));
        in_driver_.insert(e.s);
        return;
      case EventCode::Forget: say(driver(), "->>", at(e.o), r + ", forgotten"); break;
      case EventCode::HwStart: say(driver(), "->>", at(e.s), "start" + with(e.o)); return;
      case EventCode::HwDone: say(at(e.s), "-->>", driver(), "done" + with(e.o)); return;
      case EventCode::Completed:
        say(from(e.s), "-->>", at(e.o), fmt::format("{} {}", r, status_text(int32_t(e.a))));
        break;
      case EventCode::Violation:
        say(driver(), "->>", driver(), fmt::format("breaks {}", t_.string(e.a)));
        return;
      default: return;
    }
    in_driver_.erase(e.s);
  }

  std::string from(ObjectId request) {
    if (in_driver_.count(request)) return driver();
    auto it = place_.find(request);
    return it != place_.end() && it->second ? at(it->second) : driver();
  }
  std::string with(ObjectId request) const {
    return request ? " " + t_.name(request) : std::string();
  }

  const Trace& t_;
  size_t limit_;
  std::vector<std::pair<std::string, std::string>> people_;
  std::set<std::string> known_;
  std::vector<Message> messages_;
  std::unordered_map<ObjectId, ObjectId> sender_, place_;
  std::unordered_map<ObjectId, std::string> asks_;
  std::set<ObjectId> in_driver_, sent_;
};

}  // namespace

void export_mermaid(const Trace& trace, std::ostream& out, ExportRange range, size_t limit) {
  Mermaid(trace, limit).write(out, range);
}

}  // namespace qs::trace
