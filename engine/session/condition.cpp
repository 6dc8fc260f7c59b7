#include "session/condition.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "lesson/program_file.h"
#include "session/session.h"
#include "verify/explain.h"

namespace qs {
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
    "a condition is one of: event NAME [OBJECT], line [FILE:]LINE, handler NAME [OBJECT], call NAME "
    "[OBJECT], owner OBJECT WHO, violation [RULE], finding [RULE], time TIME, input, settled";

constexpr std::string_view kOwners[] = {"sender", "framework", "driver", "target", "nobody"};

bool parse_line(std::string_view place, Condition& c) {
  size_t colon = place.rfind(':');
  if (colon != std::string_view::npos) c.file = place.substr(0, colon);
  std::string_view digits = colon == std::string_view::npos ? place : place.substr(colon + 1);
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), c.line);
  return error == std::errc() && end == digits.data() + digits.size() && c.line > 0;
}

// --- holding ---

bool about(const Event& e, ObjectId object) {
  return e.s == object || e.o == object;
}

bool at_line(const Trace& trace, const Event& e, const Condition& c) {
  if (!e.site || e.site.line() != c.line) return false;
  if (e.code != EventCode::Line && e.code != EventCode::CallEnter) return false;
  if (c.file.empty()) return true;
  const auto& files = trace.files();
  std::string_view path = e.site.file() < files.size() ? files[e.site.file()] : "";
  return path.size() >= c.file.size() && path.substr(path.size() - c.file.size()) == c.file;
}

bool named_verdict(const Trace& trace, const Event& e, const std::string& rule) {
  return rule.empty() || is_called(trace.string(e.a), rule);
}

bool holds(const Trace& trace, const Event& e, const Condition& c, ObjectId object) {
  if (!c.object.empty() && !about(e, object)) return false;
  switch (c.kind) {
    case Condition::Kind::Event: return e.code == c.event;
    case Condition::Kind::Line: return at_line(trace, e, c);
    case Condition::Kind::Handler: return e.code == EventCode::CallbackEnter && e.a == c.what;
    case Condition::Kind::Call: return e.code == EventCode::CallEnter && e.a == c.what;
    case Condition::Kind::Violation:
      return e.code == EventCode::Violation && named_verdict(trace, e, c.rule);
    case Condition::Kind::Finding:
      return e.code == EventCode::Finding && named_verdict(trace, e, c.rule);
    case Condition::Kind::Input: return e.code == EventCode::Input;
    case Condition::Kind::Settled: return e.code == EventCode::Settled;
    default: return false;
  }
}

// The state of the request before and after each event decides; folded from the start.
size_t find_owner(const Trace& trace, const Condition& c, ObjectId object, size_t from, bool back) {
  Model model;
  size_t found = kNoEvent;
  auto owned = [&] {
    const RequestView* r = model.request(object);
    return r && r->owner == c.owner;
  };
  bool before = false;
  for (size_t i = 0; i < trace.size(); ++i) {
    apply(model, trace[i]);
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

size_t find_time(const Trace& trace, uint32_t time, size_t from, bool back) {
  for (size_t i = 0; i < trace.size(); ++i) {
    if (trace[i].time < time) continue;
    bool beyond = back ? i + 1 < from : i + 1 > from;
    return beyond ? i + 1 : kNoEvent;
  }
  return kNoEvent;
}

}  // namespace

Result<Condition> parse_condition(std::string_view text) {
  std::vector<std::string_view> w = split(text);
  if (w.empty()) return Error{"", 0, fmt::format("there is no condition; {}", kForms)};
  Condition c;
  auto need = [&](size_t least, size_t most) { return w.size() > least && w.size() <= most + 1; };
  bool shape = true;
  std::string_view word = w[0];
  if (same_word(word, "event")) {
    c.kind = Condition::Kind::Event;
    if ((shape = need(1, 2))) {
      int n = number_of(w[1], int(EventCode::Count), [](int i) { return event_name(EventCode(i)); });
      if (n < 0) return cannot(text, fmt::format("there is no event \"{}\"", w[1]));
      c.event = EventCode(n);
    }
  } else if (same_word(word, "handler") || same_word(word, "callback")) {
    c.kind = Condition::Kind::Handler;
    if ((shape = need(1, 2))) {
      int n = number_of(w[1], int(CallbackKind::Count),
                        [](int i) { return callback_name(CallbackKind(i)); });
      if (n < 0) return cannot(text, fmt::format("there is no callback \"{}\"", w[1]));
      c.what = uint32_t(n);
    }
  } else if (same_word(word, "call")) {
    c.kind = Condition::Kind::Call;
    if ((shape = need(1, 2))) {
      int n = number_of(w[1], int(ApiFn::Count), [](int i) { return fn_name(ApiFn(i)); });
      if (n < 0) return cannot(text, fmt::format("there is no function \"{}\"", w[1]));
      c.what = uint32_t(n);
    }
  } else if (same_word(word, "line")) {
    c.kind = Condition::Kind::Line;
    shape = need(1, 1) && parse_line(w[1], c);
  } else if (same_word(word, "owner")) {
    c.kind = Condition::Kind::Owner;
    if ((shape = need(2, 2))) {
      int n = number_of(w[2], 5, [](int i) { return kOwners[i]; });
      if (n < 0)
        return cannot(text, "an owner is sender, framework, driver, target or nobody");
      c.owner = Owner(n);
      c.object = w[1];
    }
  } else if (same_word(word, "violation") || same_word(word, "finding")) {
    c.kind = same_word(word, "finding") ? Condition::Kind::Finding : Condition::Kind::Violation;
    shape = w.size() <= 2;
    if (w.size() == 2) c.rule = w[1];
  } else if (same_word(word, "time")) {
    c.kind = Condition::Kind::Time;
    if ((shape = need(1, 1))) {
      auto time = parse_time(w[1]);
      if (!time) return time.error();
      c.time = *time;
    }
  } else if (same_word(word, "input") || same_word(word, "settled")) {
    c.kind = same_word(word, "input") ? Condition::Kind::Input : Condition::Kind::Settled;
    shape = w.size() == 1;
  } else {
    return cannot(text, kForms);
  }
  if (!shape) return cannot(text, kForms);
  bool has_object = c.kind == Condition::Kind::Event || c.kind == Condition::Kind::Handler ||
                    c.kind == Condition::Kind::Call;
  if (has_object && w.size() == 3) c.object = w[2];
  return c;
}

size_t find_condition(const Trace& trace, const Condition& c, size_t from, bool back) {
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

}  // namespace qs
