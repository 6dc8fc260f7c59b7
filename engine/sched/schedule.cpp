#include "sched/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/visible.h"

namespace qs::sched {
namespace {

constexpr std::string_view kVersion = "qs1:";

constexpr const char* kWords[] = {"send",   "cancel", "open",   "close", "closefile", "exit",
                                  "power",  "pnp",    "timers", "order", "queue",     "target",
                                  "button", "memory", "lower",  "setup", "override",  "option"};
constexpr size_t kWordCount = sizeof(kWords) / sizeof(kWords[0]);
static_assert(kWordCount == size_t(InputKind::Option) + 1);

// --- print ---

// `special`: what ends the field, besides ';' which ends the item.
void append_field(std::string& out, std::string_view text, std::string_view special) {
  for (size_t i = 0; i < text.size();) {
    const Utf8 c = first_character(text.substr(i));
    const bool edge_space = c.code == ' ' && (i == 0 || i + 1 == text.size());
    const bool plain = c.ok && c.code >= 0x20 && c.code != 0x7F && c.code != ';' && c.code != '%' &&
                       !edge_space && special.find(text[i]) == std::string_view::npos;
    if (plain)
      out += text.substr(i, c.size);
    else
      out += fmt::format("%{:02X}", c.code);
    i += c.size;
  }
}

// A '(' stays as it is where the last character closes it: "own(R1)".
void append_anchor(std::string& out, const Input& in) {
  const std::string_view text = in.anchor;
  const size_t open = text.find('(');
  out += in.at_once ? '@' : '~';
  if (open != text.npos && text.back() == ')') {
    append_field(out, text.substr(0, open), " :+()");
    out += '(';
    append_field(out, text.substr(open + 1, text.size() - open - 2), " ()");
    out += ')';
  } else {
    append_field(out, text, " :+()");
  }
  if (in.anchor_count != 1) out += fmt::format(":{}", in.anchor_count);
  if (in.anchor_delay) out += fmt::format("+{}", in.anchor_delay);
}

void append_input(std::string& out, const Input& in) {
  out += fmt::format(";@{}", in.time);
  if (in.ordinal != Input::kNoOrdinal) out += fmt::format("#{}", in.ordinal);
  if (!in.anchor.empty()) append_anchor(out, in);
  out += ' ';
  out += input_word(in.kind);
  if (!in.subject.empty()) {
    out += ' ';
    append_field(out, in.subject, "=");
  }
  if (!in.text.empty()) {
    out += '=';
    append_field(out, in.text, "");
  }
}

// --- parse ---

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Schedule> parse() {
    Schedule s;
    if (!version() || !number(s.seed, "the seed, a number")) return error();
    while (ok_ && !at_end()) {
      if (!expect(';', "';' between items")) break;
      if (peek() == '@')
        input(s);
      else if (peek() == '!')
        pick(s);
      else
        fail("'@TIME' of an input or '!ORDINAL' of a pick");
    }
    if (!ok_) return error();
    return s;
  }

 private:
  bool at_end() const { return pos_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[pos_]; }
  Error error() const { return Error{"schedule", 0, message_}; }

  std::string found() const {
    if (at_end()) return "the end";
    auto c = static_cast<unsigned char>(peek());
    return c >= 0x20 && c < 0x7F ? fmt::format("'{}'", char(c)) : fmt::format("byte 0x{:02X}", c);
  }
  bool fail(std::string_view expected) {
    return fail_at(pos_, fmt::format("found {}, expected {}", found(), expected));
  }
  bool fail_at(size_t pos, std::string_view what) {
    if (ok_) message_ = fmt::format("column {}: {}", pos + 1, what);
    ok_ = false;
    return false;
  }

  bool version() {
    if (text_.substr(0, kVersion.size()) == kVersion) {
      pos_ = kVersion.size();
      return true;
    }
    bool other =
        text_.size() > 3 && text_.substr(0, 2) == "qs" && text_.find(':') != std::string_view::npos;
    return fail_at(0, other ? "this schedule has another version; this program reads \"qs1:\""
                            : "a schedule begins with \"qs1:\"");
  }
  bool expect(char c, std::string_view what) {
    if (peek() != c || at_end()) return fail(what);
    ++pos_;
    return true;
  }
  bool number(uint32_t& out, std::string_view what) {
    const char* first = text_.data() + pos_;
    const char* last = text_.data() + text_.size();
    auto [end, status] = std::from_chars(first, last, out);
    if (status == std::errc::result_out_of_range)
      return fail_at(pos_,
                     fmt::format("the number is too large, expected {} up to 4294967295", what));
    if (status != std::errc() || end == first) return fail(what);
    pos_ += size_t(end - first);
    return true;
  }
  // Up to one of `stops` or the end of the item, escapes resolved.
  bool field(std::string& out, std::string_view stops) {
    for (; !at_end() && peek() != ';' && stops.find(peek()) == std::string_view::npos; ++pos_) {
      char c = peek();
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
        return fail("text, with control characters as %XX");
      if (c != '%') {
        out += c;
        continue;
      }
      int high = pos_ + 1 < text_.size() ? hex_digit(text_[pos_ + 1]) : -1;
      int low = pos_ + 2 < text_.size() ? hex_digit(text_[pos_ + 2]) : -1;
      if (high < 0 || low < 0)
        return fail_at(pos_, "'%' must be followed by two hexadecimal digits");
      out += char(high * 16 + low);
      pos_ += 2;
    }
    return true;
  }

  bool input(Schedule& s) {
    Input in;
    ++pos_;
    if (!number(in.time, "a time in microseconds")) return false;
    if (peek() == '#') {
      ++pos_;
      if (!number(in.ordinal, "a decision ordinal")) return false;
    }
    if ((peek() == '~' || peek() == '@') && !anchor(in)) return false;
    if (!expect(' ', "a space before the kind of input") || !word(in)) return false;
    if (peek() == ' ') {
      ++pos_;
      size_t start = pos_;
      if (!field(in.subject, "=")) return false;
      if (in.subject.empty()) return fail_at(start, "expected the name of what the input is about");
    }
    if (peek() == '=') {
      ++pos_;
      if (!field(in.text, "")) return false;
    }
    s.inputs.push_back(std::move(in));
    return true;
  }
  bool anchor(Input& in) {
    in.at_once = peek() == '@';
    ++pos_;
    if (!field(in.anchor, " :+()")) return false;
    if (peek() == '(') {
      ++pos_;
      std::string inside;
      if (!field(inside, " ()") || !expect(')', "')' after what the event is about")) return false;
      in.anchor += "(" + inside + ")";
    }
    if (in.anchor.empty()) return fail("an event, such as own(R1)");
    if (peek() != ':') return delay(in);
    ++pos_;
    std::string word;
    const size_t start = pos_;
    if (!field(word, " :+()")) return false;
    if (peek() == ':') {  // ~Own:R1:1, as schedules of earlier versions have it
      ++pos_;
      in.anchor = "event(" + in.anchor + (word.empty() ? "" : ",") + word + ")";
    } else {
      pos_ = start;
    }
    return number(in.anchor_count, "how many times it must have happened") && delay(in);
  }
  bool delay(Input& in) {
    if (peek() != '+') return true;
    ++pos_;
    return number(in.anchor_delay, "the anchor's delay in microseconds");
  }
  bool word(Input& in) {
    size_t start = pos_;
    while (!at_end() && peek() >= 'a' && peek() <= 'z') ++pos_;
    std::string_view w = text_.substr(start, pos_ - start);
    for (size_t i = 0; i < kWordCount; ++i) {
      if (w != kWords[i]) continue;
      in.kind = InputKind(i);
      return at_end() || peek() == ' ' || peek() == '=' || peek() == ';' ||
             fail("a space, '=' or ';'");
    }
    std::string list;
    for (const char* known : kWords) list += (list.empty() ? "" : ", ") + std::string(known);
    return fail_at(start,
                   fmt::format("\"{}\" is not a kind of input; expected one of {}", w, list));
  }
  bool pick(Schedule& s) {
    ++pos_;
    size_t end = text_.find(';', pos_);
    if (end == std::string_view::npos) end = text_.size();
    Pick p;
    if (!pick_fields(p)) return false;
    if (pos_ != end) return fail("';' or the end after a pick");
    s.picks.push_back(p);
    return true;
  }

 public:
  bool pick_fields(Pick& p) {
    if (!number(p.ordinal, "a decision ordinal")) return false;
    if (peek() == '+') {
      ++pos_;
      if (!number(p.after, "how many times after that decision no thread ran")) return false;
    }
    if (!expect('=', "'=' and a thread number")) return false;
    constexpr std::string_view kMovers = " icm";
    if (const size_t m = kMovers.find(peek()); m != std::string_view::npos && m > 0 && !at_end()) {
      p.mover = Mover(m);
      ++pos_;
    }
    return number(p.thread, "a thread number");
  }
  Result<Pick> only_pick() {
    Pick p;
    if (!pick_fields(p) || (!at_end() && !fail("the end of the pick"))) return error();
    return p;
  }

 private:
  std::string_view text_;
  size_t pos_ = 0;
  bool ok_ = true;
  std::string message_;
};

}  // namespace

const char* input_word(InputKind kind) {
  return size_t(kind) < kWordCount ? kWords[size_t(kind)] : "?";
}

std::string input_text(const Input& input) {
  std::string out = input_word(input.kind);
  if (!input.subject.empty()) out += " " + input.subject;
  if (!input.text.empty()) out += " " + input.text;
  return out;
}

std::string Schedule::print() const {
  std::string out = fmt::format("{}{}", kVersion, seed);
  for (const Input& in : inputs) append_input(out, in);
  for (const Pick& p : picks) out += ";!" + pick_text(p);
  return out;
}

std::string pick_text(const Pick& p) {
  constexpr const char* kMovers[] = {"", "i", "c", "m"};
  std::string out = fmt::format("{}", p.ordinal);
  if (p.after) out += fmt::format("+{}", p.after);
  return out + fmt::format("={}{}", kMovers[size_t(p.mover)], p.thread);
}

Result<Pick> parse_pick(std::string_view text) { return Parser(text).only_pick(); }

Result<Schedule> Schedule::parse(std::string_view text) {
  // Pasted text often has spaces and a line end around it; the schedule's own are escaped.
  constexpr std::string_view kBlank = " \t\r\n";
  size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos)
    return Error{"schedule", 0, "column 1: there is nothing here; a schedule begins with \"qs1:\""};
  size_t last = text.find_last_not_of(kBlank);
  return Parser(text.substr(first, last - first + 1)).parse();
}

}  // namespace qs::sched
