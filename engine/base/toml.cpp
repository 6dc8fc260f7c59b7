#include "base/toml.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/limits.h"

namespace qs {
namespace {

// Goes once over a text as the parser will, with an eye for strings and comments, and counts how
// deep tables and arrays lie in each other and how many values there are. It need not know what is
// valid: the parser stops at the first thing that is not, and up to there both see the same.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;  // a byte order mark
  }

  // "" or what is too much, in the line that is left in `line`.
  std::string problem(int& line) {
    while (at_ < text_.size() && problem_.empty()) step();
    line = line_;
    return problem_;
  }

 private:
  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  void step() {
    const char c = text_[at_];
    switch (c) {
      case '\n': return end_line();
      case '#': at_ = std::min(text_.find('\n', at_), text_.size()); return;
      case '"':
      case '\'': return skip_string(c);
      case '[':
      case '{': return open(c);
      case ']':
      case '}': return close();
      case '.': return more_dots();
      case ',':
      case '=': return value(c);
      default: break;
    }
    if (c != ' ' && c != '\t' && c != '\r') line_begins_ = false;
    ++at_;
  }

  void end_line() {
    ++line_;
    ++at_;
    dots_ = 0;
    line_begins_ = open_.empty();
    header_ = false;
  }

  // Past the string that begins here. One that is not ended is the parser's to refuse.
  void skip_string(char quote) {
    line_begins_ = false;
    const bool many = at(at_ + 1) == quote && at(at_ + 2) == quote;
    at_ += many ? 3 : 1;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') {
        if (!many) return;
        ++line_;
      } else if (c == '\\' && quote == '"') {
        if (at(at_ + 1) == '\n') ++line_;
        ++at_;
      } else if (c == quote && (!many || (at(at_ + 1) == quote && at(at_ + 2) == quote))) {
        at_ += many ? 3 : 1;
        for (int extra = 0; many && extra < 2 && at(at_) == quote; ++extra) ++at_;
        return;
      }
    }
  }

  // `[` at the beginning of a line names a table that what follows lies in; elsewhere it is an
  // array in what stands before it.
  void open(char c) {
    ++at_;
    if (c == '[' && line_begins_) {
      header_ = true;
      base_ = 0;
      line_begins_ = false;
      if (at(at_) == '[') ++at_;
      return count(tables_, limits::kTomlTables, "tables and dotted keys");
    }
    line_begins_ = false;
    if (header_) return;
    open_.push_back(dots_ + 1);
    below_ += dots_ + 1;
    dots_ = 0;
    check_depth();
    count(values_, limits::kTomlValues, "values");
  }
  void close() {
    ++at_;
    if (header_) {
      base_ = dots_ + 1;
      return;
    }
    if (!open_.empty()) {
      below_ -= open_.back();
      open_.pop_back();
    }
    dots_ = 0;
  }
  void more_dots() {
    ++at_;
    ++dots_;
    check_depth();
    count(tables_, limits::kTomlTables, "tables and dotted keys");
  }
  void value(char c) {
    ++at_;
    if (c == ',') dots_ = 0;
    count(values_, limits::kTomlValues, "values");
  }

  void check_depth() {
    if (base_ + below_ + dots_ > limits::kTomlDepth)
      problem_ = fmt::format("tables and lists lie in each other more than {} deep, the limit",
                             limits::kTomlDepth);
  }
  void count(size_t& so_far, size_t most, const char* what) {
    if (++so_far > most) problem_ = fmt::format("there are more than {} {}, the limit", most, what);
  }

  std::string_view text_;
  size_t at_ = 0;
  int line_ = 1;
  bool line_begins_ = true, header_ = false;
  size_t base_ = 0;           // of the header that is in force
  size_t dots_ = 0;           // of the key, or the number, that goes on
  std::vector<size_t> open_;  // levels that each open bracket adds
  size_t below_ = 0;          // their sum
  size_t values_ = 0, tables_ = 0;
  std::string problem_;
};

}  // namespace

namespace {

// A line end inside a text is told as a forbidden character; what is meant is nearly always that.
std::string advice_for(std::string_view text, int line) {
  size_t at = 0;
  for (int n = 1; n < line && at != text.npos; ++n) at = text.find('\n', at) + 1;
  const std::string_view row = text.substr(at, text.find('\n', at) - at);
  const auto quotes = std::count(row.begin(), row.end(), '"');
  const auto escaped = [&] {
    long n = 0;
    for (size_t i = row.find("\\\""); i != row.npos; i = row.find("\\\"", i + 2)) ++n;
    return n;
  }();
  return (quotes - escaped) % 2 ? "a quotation mark is missing in this line (" : "";
}

}  // namespace

Result<toml::table> parse_toml(std::string_view text, std::string_view file) {
  if (text.size() > limits::kTextFile)
    return Error{
        std::string(file), 0,
        fmt::format("this text has {} bytes; the limit is {}", text.size(), limits::kTextFile)};
  int line = 0;
  if (std::string problem = Scan(text).problem(line); !problem.empty())
    return Error{std::string(file), line, std::move(problem)};
  try {
    return toml::table(toml::parse(text, file));
  } catch (const toml::parse_error& e) {
    const int at = int(e.source().begin.line);
    const std::string advice = advice_for(text, at);
    return Error{std::string(file), at,
                 fmt::format("this is not valid TOML: {}{}{}", advice, e.description(),
                             advice.empty() ? "" : ")")};
  }
}

}  // namespace qs
