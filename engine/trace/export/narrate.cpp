#include "trace/export/narrate.h"

#include <fmt/format.h>

#include <cctype>

#include "trace/events/words.h"

namespace qs::trace {
namespace {

// What an application calls; IoCancelIrp is what the I/O manager makes of it.
const char* sentence_name(ApiFn fn) {
  return fn == ApiFn::IoCancelIrp ? "CancelIoEx" : fn_name(fn);
}

// Expands one template. "{x}" and "{x:form}" are replaced, "{x|text}" gives text when x is nothing,
// and "[...]" disappears when something in it is nothing (no object, zero, no word).
class Narrator {
 public:
  Narrator(const Trace& trace, const Event& event, const ShownNames* names)
      : trace_(trace), e_(event), names_(names) {}

  std::string tell(std::string_view text) {
    std::string out;
    expand(text, out);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z' && begins_with_word_)
      out[0] = char(std::toupper(out[0]));
    return out;
  }

 private:
  // Returns false when a placeholder came out empty.
  bool expand(std::string_view text, std::string& out) {
    bool complete = true;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '[') {
        size_t end = text.find(']', i);
        std::string part;
        if (expand(text.substr(i + 1, end - i - 1), part)) out += part;
        i = end;
      } else if (text[i] == '{') {
        size_t end = text.find('}', i);
        if (out.empty()) begins_with_word_ = !starts_with_name(text.substr(i + 1, end - i - 1));
        complete &= placeholder(text.substr(i + 1, end - i - 1), out);
        i = end;
      } else {
        out += text[i];
      }
    }
    return complete;
  }

  // Names keep their case ("notepad sends R1"); words put before one do not ("Queue waiting is now
  // ...").
  bool starts_with_name(std::string_view key) const {
    if (key == "a:cb") return true;
    if (key != "s" && key != "o" && key.substr(0, 2) != "o|" && key != "thread") return false;
    ObjectId id = key == "s"        ? e_.s
                  : key == "thread" ? ObjectId(ObjectKind::Thread, e_.thread)
                                    : e_.o;
    return id && trace_.has_name(id) && spoken_name(trace_, id) == trace_.name(id);
  }

  bool placeholder(std::string_view key, std::string& out) {
    std::string_view otherwise;
    if (size_t bar = key.find('|'); bar != std::string_view::npos) {
      otherwise = key.substr(bar + 1);
      key = key.substr(0, bar);
    }
    std::string text = value(key);
    if (text.empty()) text = otherwise;
    out += text;
    return !text.empty() && !zero_;
  }

  std::string name(ObjectId id) const {
    if (!id) return {};
    if (names_)
      if (const auto shown = names_->find(id); shown != names_->end()) return shown->second;
    return spoken_name(trace_, id);
  }

  std::string value(std::string_view key) {
    zero_ = false;
    if (key == "s") return name(e_.s);
    if (key == "o") return name(e_.o);
    if (key == "thread")
      return e_.thread ? name(ObjectId(ObjectKind::Thread, e_.thread)) : "the framework";
    if (key == "site") return trace_.site_text(e_.site);
    char which = key.empty() ? '?' : key[0];
    uint32_t number = which == 'a' ? e_.a : which == 'b' ? e_.b : which == 'c' ? e_.c : 0;
    std::string_view form = key.size() > 2 ? key.substr(2) : std::string_view();
    zero_ = number == 0 && (form.empty() || form == "ms");
    if (form.empty()) return fmt::format("{}", number);
    if (form == "str") return std::string(trace_.string(number));
    if (form == "status") return status_text(int32_t(number));
    if (form == "ms") return time_text(number);
    if (form == "bytes") return bytes_text(number);
    if (form == "data") return data_text(trace_.string(number), e_.b);
    if (form == "type") return words(RequestType(number));
    if (form == "fn") return sentence_name(ApiFn(number));
    if (form == "cb")
      return called_words(trace_, callback_name(CallbackKind(number)), e_.s, names_);
    if (form == "id") return name(ObjectId(number));
    if (form == "thread")
      return number ? name(ObjectId(ObjectKind::Thread, number)) : std::string();
    return event_word(trace_, e_, which);
  }

  const Trace& trace_;
  const Event& e_;
  const ShownNames* names_;
  bool begins_with_word_ = true;
  bool zero_ = false;
};

const char* irql_letter(uint8_t irql) {
  return irql == 0 ? "P" : irql == 1 ? "A" : irql == 2 ? "D" : "H";
}

}  // namespace

std::string shown_name(const Trace& trace, ObjectId id, const ShownNames* names) {
  if (names)
    if (const auto shown = names->find(id); shown != names->end()) return shown->second;
  return trace.name(id);
}

std::string called_words(const Trace& trace, const char* callback, ObjectId about,
                         const ShownNames* names) {
  if (!about) return callback;
  const bool worker = about.kind() == ObjectKind::Dpc || about.kind() == ObjectKind::Timer ||
                      about.kind() == ObjectKind::WorkItem;
  if (names && worker)
    if (const auto shown = names->find(about); shown != names->end()) {
      // "DPC 2 EvtTransferDone": what runs it, and the function.
      const std::string_view text = shown->second;
      const size_t space = text.rfind(' ');
      return fmt::format("{} ({})", text.substr(space + 1), text.substr(0, space));
    }
  return fmt::format("{}({})", callback, spoken_name(trace, about));
}

std::string narrate(const Trace& trace, const Event& event, const ShownNames* names) {
  return Narrator(trace, event, names).tell(event_template(event.code));
}

std::string narrate(const Trace& trace, size_t event, const ShownNames* names) {
  return event < trace.size() ? narrate(trace, trace[event], names) : std::string();
}

std::string print_arguments(const Trace& trace, const Event& e) {
  std::string out;
  auto add = [&](const std::string& text) { out += (out.empty() ? "" : " ") + text; };
  if (e.s) add(trace.name(e.s));
  if (e.o) add(trace.name(e.o));
  switch (e.code) {
    case EventCode::CallEnter:
    case EventCode::CallLeave: add(fn_name(ApiFn(e.a))); break;
    case EventCode::CallbackEnter:
    case EventCode::CallbackLeave: add(callback_name(CallbackKind(e.a))); break;
    case EventCode::Completing:
    case EventCode::Completed:
    case EventCode::SendReturned:
    case EventCode::TargetBack: add(status_text(int32_t(e.a))); break;
    default:
      if (e.a) add(fmt::format("a={}", e.a));
      break;
  }
  if (e.b) add(fmt::format("b={}", e.b));
  if (e.c) add(fmt::format("c={}", e.c));
  if (e.site) add("@" + trace.site_text(e.site));
  return out;
}

std::string print_event(const Trace& trace, size_t event) {
  if (event >= trace.size()) return {};
  const Event& e = trace[event];
  std::string thread = e.thread ? trace.name(ObjectId(ObjectKind::Thread, e.thread)) : "-";
  return fmt::format("{:6}  {:>9}  {:<8} {}  {:<15} {:<36}  {}", event + 1, time_text(e.time),
                     thread, irql_letter(e.irql), event_name(e.code), print_arguments(trace, e),
                     narrate(trace, e));
}

}  // namespace qs::trace
