// Bytes of requests as text and hex.
#include <fmt/format.h>

#include <algorithm>

#include "trace/events/words.h"

namespace qs::trace {
namespace {

constexpr size_t kShown = 16;  // in a sentence

// "" when it cannot be printed.
std::string character(char c) {
  switch (c) {
    case '\r': return "\\r";
    case '\n': return "\\n";
    case '\t': return "\\t";
    case '\0': return "\\0";
    case '"': return "\\\"";
    case '\\': return "\\\\";
    default: return c >= 0x20 && c < 0x7F ? std::string(1, c) : std::string();
  }
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (char c : bytes) out += fmt::format("{}{:02X}", out.empty() ? "" : " ", uint8_t(c));
  return out;
}

// Text that is worth being read as such: all of it printable, and not only zeros.
std::string quoted(std::string_view bytes) {
  std::string out = "\"";
  bool letters = false;
  for (char c : bytes) {
    const std::string one = character(c);
    if (one.empty()) return {};
    letters = letters || c != '\0';
    out += one;
  }
  return letters ? out + '"' : std::string();
}

std::string more(size_t count, std::string_view of) {
  return fmt::format("{} more byte{}{}", count, count == 1 ? "" : "s", of);
}

}  // namespace

std::string data_text(std::string_view kept, uint32_t total) {
  if (kept.empty()) return bytes_text(total) + ", not kept";
  const std::string_view shown = kept.substr(0, kShown);
  const std::string text = quoted(shown);
  std::string out = text.empty() ? hex(shown) : text + " (" + hex(shown) + ")";
  if (total > shown.size()) out += " and " + more(total - shown.size(), "");
  return out;
}

std::vector<std::string> data_lines(std::string_view kept, uint32_t total, size_t per_line) {
  std::vector<std::string> out;
  for (size_t at = 0; at < kept.size(); at += per_line) {
    const std::string_view line = kept.substr(at, per_line);
    std::string letters;
    for (char c : line) letters += c >= 0x20 && c < 0x7F ? c : '.';
    out.push_back(fmt::format("{:04X}  {:<{}}  {}", at, hex(line), per_line * 3 - 1, letters));
  }
  if (total > kept.size())
    out.push_back(more(total - kept.size(), kept.empty() ? ", not kept" : ", cut off here"));
  return out;
}

}  // namespace qs::trace
