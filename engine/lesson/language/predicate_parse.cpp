// The written form of checks.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/limits.h"
#include "lesson/language/predicate.h"
#include "trace/events/event.h"

namespace qs::lesson {
namespace {

using Text = std::string_view;

Error wrong(std::string message) { return Error{"", 0, std::move(message)}; }

Text trimmed(Text t) {
  while (!t.empty() && std::isspace(static_cast<unsigned char>(t.front()))) t.remove_prefix(1);
  while (!t.empty() && std::isspace(static_cast<unsigned char>(t.back()))) t.remove_suffix(1);
  return t;
}

bool begins(Text t, Text with) { return t.substr(0, with.size()) == with; }

// Pieces between separators that stand outside parentheses.
std::vector<Text> split(Text text, Text separator) {
  std::vector<Text> out;
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth == 0 && text.substr(i, separator.size()) == separator) {
      out.push_back(trimmed(text.substr(start, i - start)));
      i += separator.size() - 1;
      start = i + 1;
    }
  }
  out.push_back(trimmed(text.substr(start)));
  return out;
}

// Where the parenthesis opened at `open` closes.
size_t closing(Text text, size_t open) {
  int depth = 0;
  for (size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i;
  }
  return Text::npos;
}

struct Operator {
  Text word;
  Compare compare;
};
constexpr Operator kOperators[] = {{"<=", Compare::LessEqual}, {">=", Compare::GreaterEqual},
                                   {"!=", Compare::NotEqual},  {"<", Compare::Less},
                                   {">", Compare::Greater},    {"=", Compare::Equal}};

// "left OP right"; no operator: compare stays, right is empty.
struct Relation {
  Text left, right;
  Compare compare = Compare::Equal;
  bool found = false;
};
Relation relation(Text text) {
  for (size_t i = 0; i < text.size(); ++i)
    for (const Operator& op : kOperators)
      if (text.substr(i, op.word.size()) == op.word)
        return {trimmed(text.substr(0, i)), trimmed(text.substr(i + op.word.size())), op.compare,
                true};
  return {trimmed(text), {}, Compare::Equal, false};
}

bool number(Text text, double& out) {
  text = trimmed(text);
  if (!text.empty() && text.back() == '%') text.remove_suffix(1);
  if (text.size() > 2 && text.substr(text.size() - 2) == "ms") text.remove_suffix(2);
  text = trimmed(text);
  if (text.empty() || text.size() > 12) return false;
  int dots = 0;
  for (char c : text) {
    dots += c == '.';
    if (c != '.' && !std::isdigit(static_cast<unsigned char>(c))) return false;
  }
  if (dots > 1) return false;
  out = std::strtod(std::string(text).c_str(), nullptr);
  return true;
}

constexpr Text kTests =
    "Q.queued Q.owned Q.limit Q.accepting Q.dispatching Q.held Q.mode owner(R) running(CALLBACK) "
    "power exists(Q)";

struct Field {
  Text name;
  StateTest::Kind kind;
  enum { Number, Flag, Word } value;
};
constexpr Field kFields[] = {{"queued", StateTest::Queued, Field::Number},
                             {"owned", StateTest::Owned, Field::Number},
                             {"limit", StateTest::Limit, Field::Number},
                             {"accepting", StateTest::Accepting, Field::Flag},
                             {"dispatching", StateTest::Dispatching, Field::Flag},
                             {"held", StateTest::Held, Field::Flag},
                             {"mode", StateTest::Mode, Field::Word}};

// Words that a state may be compared with; "" when any will do.
Text words_for(StateTest::Kind kind) {
  return kind == StateTest::Mode ? "seq par man" : kind == StateTest::Power ? "D0 D1 D2 D3" : "";
}

bool in_list(Text list, Text word) {
  for (Text known : split(list, " "))
    if (known == word) return true;
  return false;
}

bool is_callback(Text word) {
  for (uint32_t i = 0; i < uint32_t(trace::CallbackKind::Count); ++i)
    if (word == trace::callback_name(trace::CallbackKind(i))) return true;
  return false;
}

Result<StateTest> with_number(StateTest t, const Relation& r, Text whole) {
  double n = 0;
  if (!r.found || !number(r.right, n))
    return wrong(fmt::format("\"{}\": compare it with a number, such as = 1", whole));
  t.compare = r.compare;
  t.number = uint64_t(n);
  return t;
}

Result<StateTest> with_word(StateTest t, const Relation& r, Text whole, Text example) {
  if (!r.found || r.right.empty() ||
      (r.compare != Compare::Equal && r.compare != Compare::NotEqual))
    return wrong(fmt::format("\"{}\": compare it with =, such as {}", whole, example));
  t.compare = Compare::Equal;
  t.negate ^= r.compare == Compare::NotEqual;
  t.word = r.right;
  if (Text known = words_for(t.kind); !known.empty() && !in_list(known, r.right))
    return wrong(fmt::format("\"{}\": \"{}\" is none of {}", whole, r.right, known));
  return t;
}

Result<StateTest> parse_test(Text text) {
  StateTest t;
  const Text whole = trimmed(text);
  Text rest = whole;
  if (begins(rest, "not ")) t.negate = true, rest = trimmed(rest.substr(4));
  const Relation r = relation(rest);
  if (begins(r.left, "owner(") && r.left.back() == ')') {
    t.kind = StateTest::OwnerIs;
    t.subject = trimmed(r.left.substr(6, r.left.size() - 7));
    return with_word(t, r, whole, "owner(R1) = driver");
  }
  if (begins(r.left, "running(") && r.left.back() == ')') {
    t.kind = StateTest::Running;
    t.subject = trimmed(r.left.substr(8, r.left.size() - 9));
    if (!is_callback(t.subject))
      return wrong(fmt::format(
          "\"{}\": \"{}\" is not a callback; write its name, such as EvtIoRead", whole, t.subject));
    return with_number(t, r, whole);
  }
  if (begins(r.left, "exists(") && r.left.back() == ')' && !r.found) {
    t.kind = StateTest::Exists;
    t.subject = trimmed(r.left.substr(7, r.left.size() - 8));
    return t;
  }
  if (r.left == "power") {
    t.kind = StateTest::Power;
    return with_word(t, r, whole, "power = D0");
  }
  const size_t dot = r.left.rfind('.');
  if (dot != Text::npos && dot > 0)
    for (const Field& f : kFields) {
      if (r.left.substr(dot + 1) != f.name) continue;
      t.kind = f.kind;
      t.subject = trimmed(r.left.substr(0, dot));
      if (f.value == Field::Number) return with_number(t, r, whole);
      if (f.value == Field::Word) return with_word(t, r, whole, "default.mode = seq");
      if (r.found)
        return wrong(fmt::format("\"{}\" is true or not; write \"not\" before it", whole));
      return t;
    }
  return wrong(fmt::format("\"{}\" is not a state; expected one of: {}", whole, kTests));
}

constexpr Text kConditions =
    "seen() never() count() before(,) between(,): never() at(): always: end: config: clean "
    "any(;) max_wait(,) seen_overlap(,) share() end_time chosen marked: proved";

// What begins a condition; anything else after "and" goes on with the state before it.
bool begins_condition(Text t) {
  for (Text word : {"seen(", "never(", "count(", "before(", "between(", "at(",
                    "always:", "end:", "config:", "any(", "max_wait(", "seen_overlap(", "share(",
                    "end_time", "chosen", "marked:"})
    if (begins(t, word)) return true;
  return t == "clean" || t == "proved";
}

class Reader {
 public:
  explicit Reader(Text text) : text_(text) { c_.text = std::string(text); }

  Result<Term> read() {
    if (text_ == "clean") return c_.kind = Term::Clean, c_;
    if (text_ == "proved") return c_.kind = Term::Proved, c_;
    if (begins(text_, "always:")) return state(Term::Always, 7);
    if (begins(text_, "end:")) return state(Term::End, 4);
    if (begins(text_, "config:")) return state(Term::End, 7);
    if (begins(text_, "marked:")) return state(Term::Marked, 7);
    if (begins(text_, "chosen")) return chosen();
    if (begins(text_, "end_time")) return compare_rest(Term::EndTime, text_.substr(8));
    const size_t open = text_.find('('), end = open == Text::npos ? open : closing(text_, open);
    if (end == Text::npos) return unknown();
    word_ = text_.substr(0, open);
    inside_ = text_.substr(open + 1, end - open - 1);
    after_ = trimmed(text_.substr(end + 1));
    return with_parentheses();
  }

 private:
  Result<Term> unknown() const {
    return wrong(fmt::format("\"{}\" is not a condition; expected one of: {}", text_, kConditions));
  }

  Result<Term> with_parentheses() {
    if (word_ == "seen") return one(Term::Seen);
    if (word_ == "never") return one(Term::Never);
    if (word_ == "count") return counted(Term::Count, 1);
    if (word_ == "before") return two(Term::Before);
    if (word_ == "max_wait") return counted(Term::MaxWait, 2);
    if (word_ == "between") return between();
    if (word_ == "at") return at();
    if (word_ == "any") return any();
    if (word_ == "seen_overlap") return overlap();
    if (word_ == "share") return share();
    return unknown();
  }

  Result<Term> state(Term::Kind kind, size_t skip) {
    c_.kind = kind;
    auto tests = parse_state(text_.substr(skip));
    if (!tests) return tests.error();
    c_.state = *tests;
    return c_;
  }

  Result<Term> chosen() {
    c_.kind = Term::Chosen;
    const Relation r = relation(text_);
    if (r.left != "chosen" || r.right.empty()) return wrong("write chosen = and the id of a card");
    c_.word = r.right;
    return c_;
  }

  Result<Term> compare_rest(Term::Kind kind, Text rest) {
    c_.kind = kind;
    const Relation r = relation(rest);
    if (!r.found || !r.left.empty() || !number(r.right, c_.number))
      return wrong(fmt::format("\"{}\": compare it with a number, such as <= 10", text_));
    c_.compare = r.compare;
    return c_;
  }

  // The patterns inside the parentheses.
  Result<Term> patterns(Term::Kind kind, size_t count) {
    c_.kind = kind;
    const std::vector<Text> parts = split(inside_, ",");
    if (parts.size() != count)
      return wrong(fmt::format("{}() takes {} event{}, here are {}", word_, count,
                               count == 1 ? "" : "s", parts.size()));
    Pattern* into[] = {&c_.a, &c_.b};
    for (size_t i = 0; i < count; ++i) {
      auto p = parse_pattern(parts[i]);
      if (!p) return p.error();
      *into[i] = *p;
    }
    return c_;
  }

  Result<Term> nothing_after(Result<Term> made) {
    if (made && !after_.empty())
      return wrong(fmt::format("\"{}\" after {}() is too much", after_, word_));
    return made;
  }
  Result<Term> one(Term::Kind kind) { return nothing_after(patterns(kind, 1)); }
  Result<Term> two(Term::Kind kind) { return nothing_after(patterns(kind, 2)); }
  Result<Term> counted(Term::Kind kind, size_t count) {
    auto made = patterns(kind, count);
    return made ? compare_rest(kind, after_) : made;
  }

  Result<Term> between() {
    auto made = patterns(Term::Between, 2);
    if (!made) return made;
    Text rest = after_;
    if (!begins(rest, ":")) return wrong("after between(a, b) comes \": never(event)\"");
    rest = trimmed(rest.substr(1));
    if (!begins(rest, "never(") || rest.back() != ')')
      return wrong("after between(a, b): comes never(event)");
    auto p = parse_pattern(rest.substr(6, rest.size() - 7));
    if (!p) return p.error();
    c_.c = *p;
    return c_;
  }

  Result<Term> at() {
    auto made = patterns(Term::At, 1);
    if (!made) return made;
    if (!begins(after_, ":")) return wrong("after at(event) comes \": \" and a state");
    auto tests = parse_state(after_.substr(1));
    if (!tests) return tests.error();
    c_.state = *tests;
    return c_;
  }

  Result<Term> any() {
    c_.kind = Term::Any;
    for (Text part : split(inside_, ";")) {
      auto check = parse_check(part);
      if (!check) return check.error();
      c_.any.push_back(*check);
    }
    return nothing_after(c_);
  }

  Result<Term> overlap() {
    c_.kind = Term::Overlap;
    const std::vector<Text> parts = split(inside_, ",");
    if (parts.size() != 2) return wrong("seen_overlap() takes two states with a comma between");
    auto a = parse_state(parts[0]), b = parse_state(parts[1]);
    if (!a) return a.error();
    if (!b) return b.error();
    c_.state = *a, c_.other = *b;
    return nothing_after(c_);
  }

  Result<Term> share() {
    auto tests = parse_state(inside_);
    if (!tests) return tests.error();
    c_.state = *tests;
    return compare_rest(Term::Share, after_);
  }

  Text text_, word_, inside_, after_;
  Term c_;
};

// Checks inside checks: any(any(...)) deeper than anybody writes is refused, not followed.
constexpr int kDeepest = 8;

int depth_of(Text text) {
  int depth = 0, deepest = 0;
  for (char c : text) {
    if (c == '(') deepest = std::max(deepest, ++depth);
    if (c == ')') --depth;
    if (depth < 0) return kDeepest + 1;
  }
  return depth == 0 ? deepest : kDeepest + 1;
}

}  // namespace

Result<StateTests> parse_state(Text text) {
  StateTests tests;
  for (Text part : split(text, " and ")) {
    auto test = parse_test(part);
    if (!test) return test.error();
    tests.push_back(*test);
  }
  return tests;
}

Result<Check> parse_check(Text given) {
  const Text text = trimmed(given);
  if (text.empty()) return wrong(fmt::format("a check is empty; there are: {}", kConditions));
  if (text.size() > limits::kCheck)
    return wrong(fmt::format("a check of {} characters is longer than the limit, {}", text.size(),
                             limits::kCheck));
  if (depth_of(text) > kDeepest)
    return wrong(
        fmt::format("the parentheses of \"{}\" do not match, or are nested too deep", text));
  Check check;
  check.text = std::string(text);
  std::vector<Text> pieces;  // conditions with the states that go on after "and"
  for (Text part : split(text, " and ")) {
    if (pieces.empty() || begins_condition(part))
      pieces.push_back(part);
    else
      pieces.back() =
          Text(pieces.back().data(), size_t(part.data() + part.size() - pieces.back().data()));
  }
  for (Text piece : pieces) {
    auto condition = Reader(piece).read();
    if (!condition) return condition.error();
    check.all.push_back(std::move(*condition));
  }
  return check;
}

}  // namespace qs::lesson
