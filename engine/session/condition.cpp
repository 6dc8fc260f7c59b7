#include "session/condition.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/limits.h"
#include "lesson/file/program_file.h"
#include "session/session.h"
#include "verify/explain.h"

namespace qs::session {

using trace::EventCode;

namespace {

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return std::tolower(static_cast<unsigned char>(x)) ==
                  std::tolower(static_cast<unsigned char>(y));
         });
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return words;
    text.remove_prefix(first);
    size_t end = std::min(text.find_first_of(" \t"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

// The number of a word in a list of `count` names, or -1.
template <class Name>
int number_of(std::string_view word, int count, Name name) {
  for (int i = 0; i < count; ++i)
    if (same_word(word, name(i))) return i;
  return -1;
}

Error cannot(std::string_view text, std::string_view why) {
  return Error{"", 0, fmt::format("\"{}\": {}", text, why)};
}

constexpr std::string_view kForms =
    "a condition is one of: event NAME [OBJECT], line [FILE:]LINE, handler NAME [OBJECT], call "
    "NAME "
    "[OBJECT], owner OBJECT WHO, violation [RULE], finding [RULE], hint [RULE], time TIME, input, "
    "settled";

constexpr std::string_view kOwners[] = {"sender", "framework", "driver", "target", "nobody"};

// Each reads the words after the first into the condition and returns what is wrong with them.
using Words = std::vector<std::string_view>;

template <class Name>
std::string fill_number(const Words& w, Condition& c, const char* what, int count, Name name) {
  int n = number_of(w[1], count, name);
  if (n < 0) return fmt::format("there is no {} \"{}\"", what, w[1]);
  c.what = uint32_t(n);
  if (w.size() > 2) c.object = w[2];
  return {};
}
std::string fill_event(const Words& w, Condition& c) {
  return fill_number(w, c, "event", int(EventCode::Count),
                     [](int i) { return trace::event_name(EventCode(i)); });
}
std::string fill_handler(const Words& w, Condition& c) {
  return fill_number(w, c, "callback", int(trace::CallbackKind::Count),
                     [](int i) { return trace::callback_name(trace::CallbackKind(i)); });
}
std::string fill_call(const Words& w, Condition& c) {
  return fill_number(w, c, "function", int(trace::ApiFn::Count),
                     [](int i) { return trace::fn_name(trace::ApiFn(i)); });
}
std::string fill_line(const Words& w, Condition& c) {
  size_t colon = w[1].rfind(':');
  if (colon != std::string_view::npos) c.file = w[1].substr(0, colon);
  std::string_view digits = colon == std::string_view::npos ? w[1] : w[1].substr(colon + 1);
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), c.line);
  bool whole = error == std::errc() && end == digits.data() + digits.size() && c.line > 0;
  return whole ? std::string() : "write a line as driver.c:41 or 41";
}
std::string fill_owner(const Words& w, Condition& c) {
  int n = number_of(w[2], 5, [](int i) { return kOwners[i]; });
  if (n < 0) return "an owner is sender, framework, driver, target or nobody";
  c.owner = model::Owner(n);
  c.object = w[1];
  return {};
}
std::string fill_rule(const Words& w, Condition& c) {
  if (w.size() > 1) c.rule = w[1];
  return {};
}
std::string fill_time(const Words& w, Condition& c) {
  auto time = lesson::parse_time(w[1]);
  if (!time) return time.error().message;
  c.time = *time;
  return {};
}

struct Form {
  std::string_view word;
  Condition::Kind kind;
  size_t least, most;  // words after the first
  std::string (*fill)(const Words&, Condition&);
};
constexpr Form kTable[] = {
    {"event", Condition::Kind::Event, 1, 2, fill_event},
    {"line", Condition::Kind::Line, 1, 1, fill_line},
    {"handler", Condition::Kind::Handler, 1, 2, fill_handler},
    {"callback", Condition::Kind::Handler, 1, 2, fill_handler},
    {"call", Condition::Kind::Call, 1, 2, fill_call},
    {"owner", Condition::Kind::Owner, 2, 2, fill_owner},
    {"violation", Condition::Kind::Violation, 0, 1, fill_rule},
    {"finding", Condition::Kind::Finding, 0, 1, fill_rule},
    {"hint", Condition::Kind::Hint, 0, 1, fill_rule},
    {"time", Condition::Kind::Time, 1, 1, fill_time},
    {"input", Condition::Kind::Input, 0, 0, nullptr},
    {"settled", Condition::Kind::Settled, 0, 0, nullptr},
};

// --- evaluation ---

bool about(const trace::Event& e, ObjectId object) { return e.s == object || e.o == object; }

bool at_line(const trace::Trace& trace, const trace::Event& e, const Condition& c) {
  if (!e.site || e.site.line() != c.line) return false;
  if (e.code != EventCode::Line && e.code != EventCode::CallEnter) return false;
  if (c.file.empty()) return true;
  const auto& files = trace.files();
  if (e.site.file() >= files.size()) return false;
  const std::string_view path = files[e.site.file()];
  return path.size() >= c.file.size() && path.substr(path.size() - c.file.size()) == c.file;
}

bool named_verdict(const trace::Trace& trace, const trace::Event& e, const std::string& rule) {
  return rule.empty() || verify::is_called(trace.string(e.a), rule);
}

bool holds(const trace::Trace& trace, const trace::Event& e, const Condition& c, ObjectId object) {
  if (!c.object.empty() && !about(e, object)) return false;
  switch (c.kind) {
    case Condition::Kind::Event: return uint32_t(e.code) == c.what;
    case Condition::Kind::Line: return at_line(trace, e, c);
    case Condition::Kind::Handler: return e.code == EventCode::CallbackEnter && e.a == c.what;
    case Condition::Kind::Call: return e.code == EventCode::CallEnter && e.a == c.what;
    case Condition::Kind::Violation:
      return e.code == EventCode::Violation && named_verdict(trace, e, c.rule);
    case Condition::Kind::Finding:
      return e.code == EventCode::Finding && named_verdict(trace, e, c.rule);
    case Condition::Kind::Hint: return e.code == EventCode::Hint && named_verdict(trace, e, c.rule);
    case Condition::Kind::Input: return e.code == EventCode::Input;
    case Condition::Kind::Settled: return e.code == EventCode::Settled;
    default: return false;
  }
}

// Compares the request's owner before and after each event; folds from the start.
size_t find_owner(const trace::Trace& trace, const Condition& c, ObjectId object, size_t from,
                  bool back) {
  model::Model model;
  size_t found = kNoEvent;
  auto owned = [&] {
    const model::RequestView* r = model.request(object);
    return r && r->owner == c.owner;
  };
  bool before = false;
  for (size_t i = 0; i < trace.size(); ++i) {
    model::apply(model, trace[i]);
    bool now = owned();
    if (now && !before) {
      if (!back && i + 1 > from) return i + 1;
      if (back && i + 1 < from) found = i + 1;
    }
    before = now;
    if (back && i + 1 >= from) break;
  }
  return found;
}

size_t find_time(const trace::Trace& trace, uint32_t time, size_t from, bool back) {
  for (size_t i = 0; i < trace.size(); ++i) {
    if (trace[i].time < time) continue;
    bool beyond = back ? i + 1 < from : i + 1 > from;
    return beyond ? i + 1 : kNoEvent;
  }
  return kNoEvent;
}

}  // namespace

Result<Condition> parse_condition(std::string_view text) {
  if (text.size() > limits::kCheck)
    return Error{"", 0,
                 fmt::format("a condition of {} characters is longer than the limit, {}",
                             text.size(), limits::kCheck)};
  Words words = split(text);
  if (words.empty()) return Error{"", 0, fmt::format("there is no condition; {}", kForms)};
  for (const Form& form : kTable) {
    if (!same_word(words[0], form.word)) continue;
    size_t arguments = words.size() - 1;
    if (arguments < form.least || arguments > form.most) return cannot(text, kForms);
    Condition c;
    c.kind = form.kind;
    std::string why = form.fill ? form.fill(words, c) : std::string();
    if (!why.empty()) return cannot(text, why);
    return c;
  }
  return cannot(text, kForms);
}

size_t find_condition(const trace::Trace& trace, const Condition& c, size_t from, bool back) {
  ObjectId object;
  if (!c.object.empty()) {
    object = find_object(trace, c.object);
    if (!object) return kNoEvent;
  }
  if (c.kind == Condition::Kind::Owner) return find_owner(trace, c, object, from, back);
  if (c.kind == Condition::Kind::Time) return find_time(trace, c.time, from, back);
  if (back) {
    for (size_t i = std::min(from, trace.size()); i > 1; --i)
      if (holds(trace, trace[i - 2], c, object)) return i - 1;
  } else {
    for (size_t i = from; i < trace.size(); ++i)
      if (holds(trace, trace[i], c, object)) return i + 1;
  }
  return kNoEvent;
}

}  // namespace qs::session
