#include "trace/rules/rule_text.h"

#include <algorithm>
#include <cctype>

namespace qs::trace {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// Takes a line off the front of `rest`, without its newline.
std::string_view take_line(std::string_view& rest) {
  const size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
  return text;
}

// "Q-06b" of "**Q-06b.** ", empty for any other line.
std::string_view id_of(std::string_view line) {
  if (line.substr(0, 2) != "**") return {};
  const size_t end = line.find(".** ");
  if (end == line.npos || end < 6 || end > 7) return {};
  const std::string_view id = line.substr(2, end - 2);
  const bool letter = std::isupper(static_cast<unsigned char>(id[0])) != 0 && id[1] == '-';
  const bool number = is_digit(id[2]) && is_digit(id[3]);
  return letter && number ? id : std::string_view();
}

// "5.2 Start and Stop" of "## 5.2 Start and Stop", and how deep it stands; 0 for any other line.
size_t heading_of(std::string_view line, std::string_view& title) {
  const size_t depth = std::min(line.find_first_not_of('#'), line.size());
  if (depth && depth < line.size() && line[depth] == ' ') title = line.substr(depth + 1);
  return depth && depth < line.size() && line[depth] == ' ' ? depth : 0;
}

// What a list item begins with, its blank included: "- " or "12. "; else empty.
std::string_view marker_of(std::string_view line) {
  if (line.substr(0, 2) == "- ") return line.substr(0, 2);
  size_t digits = 0;
  while (digits < line.size() && is_digit(line[digits])) ++digits;
  return digits && line.substr(digits, 2) == ". " ? line.substr(0, digits + 2) : std::string_view();
}

bool is_fence(std::string_view line) { return line.substr(0, 3) == "```"; }

// Words as they come, in lines with a hanging indent.
class Wrapped {
 public:
  Wrapped(std::string_view indent, size_t width) : indent_(indent), line_(indent), width_(width) {}

  void add(std::string_view text) {
    while (!text.empty()) {
      const size_t end = std::min(text.find(' '), text.size());
      if (end) word(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  // Ends the paragraph; what follows hangs below `marker`.
  void begin(std::string_view marker) {
    flush();
    hang_ = marker.size();
    line_ = indent_ + std::string(marker);
    fresh_ = true;
  }
  void blank() {
    begin("");
    if (!out_.empty()) out_ += '\n';
  }
  void verbatim(std::string_view line) {
    flush();
    out_ += indent_ + "  " + std::string(line) + "\n";
  }
  std::string end() {
    flush();
    return std::move(out_);
  }

 private:
  void word(std::string_view raw) {
    std::string text;
    for (size_t i = 0; i < raw.size(); ++i) {
      if (raw.substr(i, 2) == "**")
        ++i;
      else if (raw[i] != '`')
        text += raw[i];
    }
    if (!fresh_ && line_.size() + 1 + text.size() > width_) {
      flush();
      line_ = indent_ + std::string(hang_, ' ');
    }
    if (!fresh_) line_ += ' ';
    line_ += text;
    fresh_ = false;
  }
  void flush() {
    if (!fresh_) out_ += line_ + "\n";
    line_ = indent_;
    fresh_ = true;
  }

  std::string indent_, line_, out_;
  size_t width_, hang_ = 0;
  bool fresh_ = true;
};

}  // namespace

std::vector<RuleText> read_rule_text(std::string_view file) {
  std::vector<RuleText> rules;
  RuleText rule;
  const char* begin = nullptr;  // of the open rule's text
  const auto close = [&](const char* end) {
    if (!begin) return;
    rule.markdown = trim({begin, size_t(end - begin)});
    rules.push_back(rule);
    begin = nullptr;
  };
  bool fenced = false;
  for (std::string_view rest = file; !rest.empty();) {
    const std::string_view line = take_line(rest);
    if (is_fence(line)) fenced = !fenced;
    if (fenced) continue;
    std::string_view title;
    if (const size_t depth = heading_of(line, title)) {
      close(line.data());
      if (depth == 1) rule.section = title;
      rule.part = depth == 1 ? std::string_view() : title;
    } else if (const std::string_view id = id_of(line); !id.empty()) {
      close(line.data());
      rule.id = id;
      begin = line.data() + id.size() + 6;  // "**", ".** "
    }
  }
  close(file.data() + file.size());
  return rules;
}

std::vector<std::string_view> section_numbers(std::string_view file) {
  std::vector<std::string_view> numbers;
  while (!file.empty()) {
    std::string_view title;
    if (!heading_of(take_line(file), title) || title.empty() || !is_digit(title[0])) continue;
    std::string_view number = title.substr(0, title.find(' '));
    if (number.back() == '.') number.remove_suffix(1);
    numbers.push_back(number);
  }
  return numbers;
}

int step_count(std::string_view markdown) {
  int count = 0;
  while (!markdown.empty()) {
    const std::string_view marker = marker_of(take_line(markdown));
    if (marker == std::to_string(count + 1) + ". ") ++count;
  }
  return count;
}

std::string plain_rule_text(std::string_view markdown, std::string_view indent, size_t width) {
  Wrapped out(indent, width);
  bool fenced = false;
  while (!markdown.empty()) {
    const std::string_view line = take_line(markdown);
    if (is_fence(line)) {
      fenced = !fenced;
    } else if (fenced) {
      out.verbatim(line);
    } else if (trim(line).empty()) {
      out.blank();
    } else {
      const std::string_view marker = marker_of(line);
      if (!marker.empty()) out.begin(marker);
      out.add(trim(line.substr(marker.size())));
    }
  }
  return out.end();
}

}  // namespace qs::trace
