#include <set>

#include <fmt/format.h>

#include "cli/export.h"
#include "trace/words.h"

namespace qs {
namespace {

// Mermaid reads ';' and '#' in texts as its own.
std::string safe(std::string text) {
  for (char& c : text)
    if (c == ';' || c == '#' || c == '\n') c = ' ';
  return text;
}

class Diagram {
 public:
  Diagram(const Trace& trace, size_t end) : trace_(trace), end_(end) {}

  std::string write() {
    for (size_t i = 0; i < end_; ++i) draw(trace_[i]);
    std::string out = "sequenceDiagram\n";
    for (const std::string& p : participants_) out += p;
    return out + body_;
  }

 private:
  // The participant of an object; apps first come first, then what stands behind the device.
  std::string who(ObjectId id, const char* otherwise) {
    std::string key = id ? fmt::format("o{:x}", id.raw) : std::string(otherwise);
    if (known_.insert(key).second)
      participants_.push_back(fmt::format("  participant {} as {}\n", key,
                                          safe(id ? spoken_name(trace_, id) : otherwise)));
    return key;
  }
  void arrow(const std::string& from, const char* arrow, const std::string& to, std::string text) {
    body_ += fmt::format("  {}{}{}: {}\n", from, arrow, to, safe(std::move(text)));
  }

  void draw(const Event& e) {
    std::string name = e.s ? trace_.name(e.s) : std::string();
    switch (e.code) {
      case EventCode::Send:
        sent_.insert(e.s.raw);
        return arrow(who(e.o, "sender"), "->>", who({}, "framework"),
                     fmt::format("{}: {}, {}", name, words(RequestType(e.a)), bytes_text(e.b)));
      case EventCode::Insert: return arrow(who({}, "framework"), "->>", who(e.o, "queue"), name);
      case EventCode::Own:
        return arrow(e.o ? who(e.o, "queue") : who({}, "framework"), "->>", who({}, "driver"),
                     name);
      case EventCode::GiveUp:
        if (GiveUpReason(e.a) == GiveUpReason::Complete) return;
        return arrow(who({}, "driver"), "->>", who({}, "framework"),
                     fmt::format("{} {}", name, words(GiveUpReason(e.a))));
      case EventCode::SendTarget: return arrow(who({}, "driver"), "->>", who(e.o, "target"), name);
      case EventCode::TargetBack:
        return arrow(who(e.o, "target"), "-->>", who({}, "driver"),
                     fmt::format("{} {}", name, status_text(int32_t(e.a))));
      case EventCode::CancelFlag:
        return arrow(who(e.o, "sender"), "-)", who({}, "framework"), "cancel " + name);
      case EventCode::Completing: by_driver_ = e.c == 0; return;
      case EventCode::Completed:
        if (!sent_.count(e.s.raw)) return;  // opening and closing handles is not told
        return arrow(who({}, by_driver_ ? "driver" : "framework"), "-->>", who(e.o, "sender"),
                     fmt::format("{} {}", name, status_text(int32_t(e.a))));
      case EventCode::Violation:
        body_ += fmt::format("  Note over {}: rule {} is broken\n", who({}, "driver"),
                             safe(std::string(trace_.string(e.a))));
        return;
      default: return;
    }
  }

  const Trace& trace_;
  size_t end_;
  std::set<std::string> known_;
  std::set<uint32_t> sent_;
  std::vector<std::string> participants_;
  std::string body_;
  bool by_driver_ = true;
};

}  // namespace

std::string export_mermaid(const Trace& trace, size_t end) { return Diagram(trace, end).write(); }

}  // namespace qs
