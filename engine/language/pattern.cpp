#include "language/pattern.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/time_text.h"
#include "trace/events/words.h"
#include "trace/rules/rules.h"
#include "verify/explain.h"

namespace qs::language {

using K = ArgKind;

namespace {

Error wrong(std::string message) { return Error{"", 0, std::move(message)}; }

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

// Is it one of the words of a list with blanks between?
bool is_one_of(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(' '), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// Gives `word` the spelling of the name that it is, in whatever case. False: there is none.
template <class Enum, class Name>
bool spell(std::string& word, Enum count, Name name) {
  for (uint32_t i = 0; i < uint32_t(count); ++i)
    if (same_letters(word, name(Enum(i)))) {
      word = name(Enum(i));
      return true;
    }
  return false;
}

struct LineArg {
  std::string_view file;
  uint32_t line = 0;
};
LineArg line_of(std::string_view word) {
  LineArg out;
  const size_t colon = word.rfind(':');
  if (colon != std::string_view::npos) out.file = word.substr(0, colon);
  const std::string_view digits = colon == word.npos ? word : word.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.line);
  if (error != std::errc() || end != digits.data() + digits.size()) out.line = 0;
  return out;
}

// "" when `word` is allowed there; gives it its proper spelling.
std::string unfit(const FactKind& fact, ArgKind kind, std::string& word) {
  if (word.find('*') != std::string::npos) return {};
  switch (kind) {
    case K::Callback:
      if (spell(word, trace::CallbackKind::Count, trace::callback_name)) return {};
      return fmt::format(
          "\"{}\" is not a callback of the kit; write one such as EvtIoRead, whatever the driver "
          "calls its function",
          word);
    case K::Function:
      if (spell(word, trace::ApiFn::Count, trace::fn_name)) return {};
      return fmt::format("\"{}\" is not a function; write its name, such as WdfRequestComplete",
                         word);
    case K::Event:
      if (spell(word, trace::EventCode::Count, trace::event_name)) return {};
      return fmt::format("\"{}\" is not the code of an event; write one such as Completed", word);
    case K::Status:
      if (const auto value = trace::status_value(word)) {
        word = trace::status_text(*value);
        return {};
      }
      return fmt::format("\"{}\" is not a status; write its name, such as STATUS_CANCELLED", word);
    case K::Number:
      if (word.find_first_not_of("0123456789") == std::string::npos) return {};
      return fmt::format("\"{}\" is not a number", word);
    case K::Rule:
      if (trace::find_rule(word) || verify::explain(word)) return {};
      return fmt::format("\"{}\" is not a rule; `queuescope explain` lists them", word);
    case K::Line:
      if (line_of(word).line > 0) return {};
      return fmt::format("\"{}\" is not a line; write driver.c:41 or 41", word);
    case K::Time: {
      const auto time = parse_time(word);
      return time ? std::string() : time.error().message;
    }
    case K::Word:
      if (is_one_of(fact.words, word)) return {};
      return fmt::format("\"{}\" does not fit into {}; expected one of: {}", word, fact.name,
                         fact.words);
    default: return {};
  }
}

// "name(a, b)", "name a b" or "name".
struct Written {
  std::string_view name;
  std::vector<std::string> args;
};
Result<Written> split(std::string_view text) {
  Written out;
  const size_t open = text.find('(');
  if (open == std::string_view::npos) {
    const size_t end = std::min(text.find_first_of(" \t"), text.size());
    out.name = text.substr(0, end);
    for (std::string_view rest = trimmed(text.substr(end)); !rest.empty();) {
      const size_t blank = std::min(rest.find_first_of(" \t"), rest.size());
      out.args.emplace_back(rest.substr(0, blank));
      rest = trimmed(rest.substr(blank));
    }
    return out;
  }
  if (text.back() != ')')
    return wrong(
        fmt::format("\"{}\" is not an event; write name(arguments), such as present(R1)", text));
  out.name = trimmed(text.substr(0, open));
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  while (!trimmed(inside).empty()) {
    const size_t comma = inside.find(',');
    out.args.emplace_back(trimmed(inside.substr(0, comma)));
    inside = comma == std::string_view::npos ? std::string_view() : inside.substr(comma + 1);
  }
  return out;
}

std::string joined(const Pattern& p, std::string_view between) {
  std::string out = std::string(p.kind->name) + "(";
  for (size_t i = 0; i < p.args.size(); ++i) out.append(i ? between : "").append(p.args[i]);
  return out + ")";
}

// --- matching ---

bool at_line(const trace::Trace& trace, const Arg& arg, std::string_view word) {
  const LineArg wanted = line_of(word);
  if (wanted.line != arg.site.line()) return false;
  if (wanted.file.empty() || wanted.file == "*") return true;
  if (arg.site.file() >= trace.files().size()) return false;
  const std::string_view path = trace.files()[arg.site.file()];
  if (!path.ends_with(wanted.file)) return false;
  const size_t before = path.size() - wanted.file.size();
  return before == 0 || path[before - 1] == '/';
}

bool reaches(const Arg& arg, std::string_view word) {
  const auto time = parse_time(word);
  return time.ok() && arg.from < *time && *time <= arg.number;
}

bool arg_matches(const trace::Trace& trace, ArgKind kind, const Arg& arg, const std::string& word) {
  if (word == "*") return true;
  if (kind == K::Line && word.find('*') == std::string::npos) return at_line(trace, arg, word);
  if (kind == K::Time) return reaches(arg, word);
  if (kind == K::Rule) return verify::is_called(arg.text, word) || word_matches(word, arg.text);
  if (arg.form == Arg::Form::Text) return word_matches(word, arg.text);
  if (arg.form == Arg::Form::Object && trace.has_name(arg.object))
    return word_matches(word, trace.given_name(arg.object));
  return word_matches(word, arg_text(trace, arg));
}

}  // namespace

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

bool Pattern::matches(const trace::Trace& trace, const Fact& fact) const {
  if (fact.kind != kind) return false;
  for (size_t i = 0; i < args.size(); ++i) {
    if (arg_matches(trace, kind->args[i], fact.args[i], args[i])) continue;
    // What it is about may be either of two objects: the request of a callback, or its queue.
    const bool other = kind->args[i] == K::Any && i + 1 < Fact::kMostArgs &&
                       fact.args[i + 1].form == Arg::Form::Object &&
                       arg_matches(trace, K::Any, fact.args[i + 1], args[i]);
    if (!other) return false;
  }
  return true;
}

std::string Pattern::text() const { return joined(*this, ", "); }
std::string Pattern::word() const { return joined(*this, ","); }

Result<Pattern> parse_pattern(std::string_view given) {
  const std::string_view text = trimmed(given);
  if (text.empty()) return wrong("there is no event here; write one such as present(R1)");
  if (text.size() > limits::kCheck)
    return wrong(fmt::format("an event of {} characters is longer than the limit, {}", text.size(),
                             limits::kCheck));
  auto written = split(text);
  if (!written) return written.error();
  Pattern p;
  p.kind = find_fact_kind(written->name);
  if (!p.kind) {
    std::string all;
    for (const FactKind& k : fact_kinds()) all += (all.empty() ? "" : " ") + std::string(k.name);
    return wrong(fmt::format("\"{}\" is not an event; expected one of: {}", written->name, all));
  }
  p.args = std::move(written->args);
  if (p.args.size() > p.kind->args.size())
    return wrong(fmt::format("{} takes {} arguments at most, here are {}", p.kind->name,
                             p.kind->args.size(), p.args.size()));
  for (size_t i = 0; i < p.args.size(); ++i) {
    if (p.args[i].empty()) p.args[i] = "*";
    if (std::string why = unfit(*p.kind, p.kind->args[i], p.args[i]); !why.empty())
      return wrong(std::move(why));
  }
  return p;
}

namespace {

class Search {
 public:
  Search(const trace::Trace& trace, const std::vector<Pattern>& patterns, size_t from)
      : trace_(trace), patterns_(patterns), reader_(trace, from, history(patterns)) {
    FactSet wanted;
    for (const Pattern& p : patterns) wanted.set(size_t(p.kind->id));
    reader_.only(wanted);
  }
  // Number of applied events just after the next one that matches, up to `to`; kNone: there is
  // none.
  size_t next(size_t to) {
    while (reader_.more() && reader_.at() < to)
      if (matches(reader_.next())) return reader_.at();
    return kNone;
  }
  // What is told at the end of the run.
  bool at_end() { return matches(reader_.at_end()); }

 private:
  static Reader::History history(const std::vector<Pattern>& patterns) {
    const bool after = std::any_of(patterns.begin(), patterns.end(),
                                   [](const Pattern& p) { return p.kind->after; });
    return after ? Reader::History::Yes : Reader::History::No;
  }
  bool matches(std::span<const Fact> facts) const {
    for (const Fact& f : facts)
      for (const Pattern& p : patterns_)
        if (p.matches(trace_, f)) return true;
    return false;
  }
  const trace::Trace& trace_;
  const std::vector<Pattern>& patterns_;
  Reader reader_;
};

}  // namespace

size_t find_between(const trace::Trace& trace, const std::vector<Pattern>& patterns, size_t from,
                    size_t to) {
  Search search(trace, patterns, from);
  size_t found = search.next(to);
  while (found != kNone && found <= from) found = search.next(to);
  if (found == kNone && from < trace.size() && to >= trace.size() && search.at_end())
    return trace.size();
  return found;
}

size_t find(const trace::Trace& trace, const std::vector<Pattern>& patterns, size_t from,
            bool back) {
  if (!back) return find_between(trace, patterns, from, trace.size());
  if (from <= 1) return kNone;
  Search search(trace, patterns, 0);
  size_t found = kNone;
  for (size_t next = search.next(from - 1); next != kNone; next = search.next(from - 1))
    found = next;
  return found;
}

}  // namespace qs::language
