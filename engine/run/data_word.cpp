// The bytes of a data= as people write them: "AT\r" or 0x41540D.
#include <fmt/format.h>

#include "base/limits.h"
#include "base/visible.h"
#include "run/inputs.h"

namespace qs::run {
namespace {

struct Escape {
  char letter;
  char byte;
};
constexpr Escape kEscapes[] = {{'r', '\r'}, {'n', '\n'}, {'t', '\t'}, {'a', '\a'}, {'b', '\b'},
                               {'f', '\f'}, {'v', '\v'}, {'"', '"'},  {'\\', '\\'}};

Error wrong(std::string what) { return Error{"", 0, "data=: " + std::move(what)}; }

// The escape whose letter stands at `at`, which moves to its last character.
Result<char> escape_at(std::string_view text, size_t& at) {
  const char letter = at < text.size() ? text[at] : '\0';
  for (const Escape& e : kEscapes)
    if (e.letter == letter) return e.byte;
  const auto digit = [&](size_t i) { return i < text.size() ? hex_digit(text[i]) : -1; };
  if (letter == '0') {
    if (at + 1 >= text.size() || text[at + 1] < '0' || text[at + 1] > '9') return '\0';
    return wrong("\\0 before a digit could be an octal number; write \\x00");
  }
  if (letter == 'x') {
    const int high = digit(at + 1), low = digit(at + 2);
    if (high < 0 || low < 0) return wrong("\\x must be followed by two hexadecimal digits");
    at += 2;
    return char(high * 16 + low);
  }
  return wrong(
      fmt::format("found \"\\{}\", expected one of \\r \\n \\t \\0 \\a \\b \\f \\v \\\" "
                  "\\\\ \\xHH",
                  visible(text.substr(at, text.empty() ? 0 : 1))));
}

Result<std::string> quoted(std::string_view word) {
  std::string out;
  for (size_t i = 1; i < word.size(); ++i) {
    if (word[i] == '"') {
      if (i + 1 == word.size()) return out;
      return wrong(
          fmt::format("\"{}\" stands after the closing quote", visible(word.substr(i + 1))));
    }
    if (word[i] != '\\') {
      out += word[i];
      continue;
    }
    auto byte = escape_at(word, ++i);
    if (!byte) return byte.error();
    out += *byte;
  }
  return wrong("the closing quote is missing");
}

Result<std::string> in_hex(std::string_view digits) {
  std::string out;
  for (size_t i = 0; i < digits.size(); i += 2) {
    const int high = hex_digit(digits[i]),
              low = i + 1 < digits.size() ? hex_digit(digits[i + 1]) : -1;
    if (high < 0 || low < 0)
      return wrong(fmt::format("found \"{}\", expected pairs of hexadecimal digits, as in 0x41540D",
                               visible(digits.substr(i, 2))));
    out += char(high * 16 + low);
  }
  return out;
}

}  // namespace

Result<std::string> parse_data(std::string_view word) {
  const bool in_quotes = !word.empty() && word[0] == '"';
  if (!in_quotes && word.substr(0, 2) != "0x")
    return wrong(fmt::format(
        "found \"{}\", expected bytes such as \"AT\\r\" in quotes, or 0x41540D", visible(word)));
  auto bytes = in_quotes ? quoted(word) : in_hex(word.substr(2));
  if (!bytes) return bytes;
  if (bytes->empty()) return wrong("there are no bytes; leave it out, or write one at least");
  if (bytes->size() > limits::kDataBytes)
    return wrong(
        fmt::format("{} bytes are more than the limit, {}", bytes->size(), limits::kDataBytes));
  return bytes;
}

}  // namespace qs::run
