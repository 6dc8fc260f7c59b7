#include "tidy/words.h"

#include <array>
#include <cctype>
#include <set>
#include <sstream>

namespace qs::tidy {
namespace {

struct Token {
  std::string_view word;
  int line;
  bool joined;  // nothing but blanks, line ends and marks of comments since the one before
};

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> found;
  int line = 1;
  bool joined = false, fresh_line = true;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_letter(c)) {
      size_t end = i;
      while (end < text.size() && is_letter(text[end])) ++end;
      found.push_back({text.substr(i, end - i), line, joined});
      joined = true;
      fresh_line = false;
      i = end;
      continue;
    }
    if (c == '\n') ++line, fresh_line = true;
    const bool mark = fresh_line && (c == '*' || c == '#' || c == '/');
    if (c != '\n' && c != ' ' && !mark) joined = false;
    ++i;
  }
  return found;
}

bool matches(std::string_view pattern, std::string_view word) {
  const bool open = pattern.back() == '*';
  if (open) pattern.remove_suffix(1);
  if (word.size() < pattern.size() || (!open && word.size() != pattern.size())) return false;
  const char first = word[0];
  const char lower = char(std::tolower(static_cast<unsigned char>(first)));
  if (pattern[0] != first && pattern[0] != lower) return false;
  return word.substr(1, pattern.size() - 1) == pattern.substr(1);
}

bool stands_at(const std::vector<Token>& tokens, size_t at, const std::vector<std::string>& words) {
  if (at + words.size() > tokens.size()) return false;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && !tokens[at + i].joined) return false;
    if (!matches(words[i], tokens[at + i].word)) return false;
  }
  return true;
}

std::string trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(' ') + 1 - from));
}

// The three fields of a line; empty ones when it has fewer or more.
std::array<std::string, 3> fields_of(const std::string& line) {
  std::array<std::string, 3> out;
  std::istringstream in(line);
  std::string field;
  size_t n = 0;
  for (; std::getline(in, field, '|'); ++n)
    if (n < out.size()) out[n] = trimmed(field);
  return n == out.size() ? out : std::array<std::string, 3>{};
}

}  // namespace

std::vector<BadWords> read_bad_words(std::string_view path, std::string_view list,
                                     Complaints& complaints) {
  std::vector<BadWords> out;
  std::set<std::string> seen;
  std::istringstream in{std::string(list)};
  std::string line;
  bool only_lessons = false;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    if (line == "[lessons]") {
      only_lessons = true;
      continue;
    }
    const std::array<std::string, 3> fields = fields_of(line);
    const std::string place = std::string(path) + ":" + std::to_string(number) + ": ";
    if (fields[0].empty() || fields[1].empty() || fields[2].empty()) {
      complaints.push_back(place + "expected words | what to write instead | why");
      continue;
    }
    if (!seen.insert(fields[0]).second) complaints.push_back(place + fields[0] + " stands twice");
    BadWords bad{{}, fields[0], fields[1], fields[2], only_lessons};
    for (const Token& t : tokens_of(fields[0])) bad.words.emplace_back(t.word);
    if (fields[0].back() == '*') bad.words.back() += '*';
    out.push_back(std::move(bad));
  }
  return out;
}

Complaints check_words(std::string_view path, std::string_view text,
                       const std::vector<BadWords>& list) {
  Complaints found;
  const bool lesson = path.substr(0, 8) == "lessons/";
  const std::vector<Token> tokens = tokens_of(text);
  for (size_t at = 0; at < tokens.size(); ++at)
    for (const BadWords& bad : list)
      if ((lesson || !bad.only_lessons) && stands_at(tokens, at, bad.words))
        found.push_back(std::string(path) + ":" + std::to_string(tokens[at].line) + ": \"" +
                        bad.text + "\": write: " + bad.instead + " (" + bad.why + ")");
  return found;
}

}  // namespace qs::tidy
