#include "base/visible.h"

#include <fmt/format.h>

#include "base/limits.h"

namespace qs {
namespace {

constexpr std::string_view kEllipsis = "…";

struct Range {
  uint32_t first, last;
};
constexpr Range kHidden[] = {                               // ascending
    {0x00, 0x1F},     {0x7F, 0x9F},      {0xAD, 0xAD},      // controls, soft hyphen
    {0x61C, 0x61C},   {0x180E, 0x180E},  {0x200B, 0x200F},  // zero-width, marks of direction
    {0x2028, 0x202E}, {0x2060, 0x206F},  {0xFEFF, 0xFEFF},  // separators, overrides, isolates
    {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};                  // annotations, tags

void append_escape(std::string& out, const Utf8& c) {
  if (c.ok && c.code == '\n')
    out += "\\n";
  else if (c.ok && c.code == '\t')
    out += "\\t";
  else if (c.ok && c.code == '\r')
    out += "\\r";
  else if (!c.ok || c.code < 0x80)
    out += fmt::format("\\x{:02X}", c.code);
  else
    out += fmt::format("\\u{:04X}", c.code);
}

std::string shown(std::string_view text, std::string_view kept, size_t most) {
  std::string out;
  while (!text.empty()) {
    const Utf8 c = first_character(text);
    const bool as_is =
        c.ok && (!is_hidden(c.code) || (c.size == 1 && kept.find(text[0]) != kept.npos));
    const size_t before = out.size();
    if (as_is)
      out += text.substr(0, c.size);
    else
      append_escape(out, c);
    if (out.size() > most) return out.substr(0, before) + std::string(kEllipsis);
    text.remove_prefix(c.size);
  }
  return out;
}

}  // namespace

Utf8 first_character(std::string_view text) {
  const auto byte = [&](size_t i) { return uint32_t(static_cast<unsigned char>(text[i])); };
  const uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const size_t size = lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
  const Utf8 wrong{lead, 1, false};
  if (size == 0 || text.size() < size) return wrong;
  uint32_t code = lead & (0x7Fu >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return wrong;
    code = code << 6 | (byte(i) & 0x3F);
  }
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[size] || code > 0x10FFFF || surrogate) return wrong;
  return {code, size, true};
}

bool is_hidden(uint32_t code) {
  if (code >= 0x20 && code < 0x7F) return false;
  for (const Range& r : kHidden)
    if (code <= r.last) return code >= r.first;
  return false;
}

bool has_hidden(std::string_view text) {
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte >= 0x20 && byte < 0x7F) {
      text.remove_prefix(1);
      continue;
    }
    const Utf8 c = first_character(text);
    if (!c.ok || is_hidden(c.code)) return true;
    text.remove_prefix(c.size);
  }
  return false;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string visible(std::string_view text) { return shown(text, "", std::string::npos); }
std::string visible_lines(std::string_view text) { return shown(text, "\n\t", std::string::npos); }
std::string visible(std::string_view text, size_t most) { return shown(text, "", most); }

std::string message(std::string_view sentence) {
  std::string out;
  size_t start = 0;  // of the quoted part or word that goes on
  bool quoted = false;
  const auto end_part = [&](size_t end) {
    out += visible(sentence.substr(start, end - start), limits::kQuote);
    start = end;
  };
  for (size_t i = 0; i < sentence.size() && out.size() <= limits::kMessage; ++i) {
    const char c = sentence[i];
    if (c != '"' && (quoted || c != ' ')) continue;
    end_part(i);
    out += c;
    start = i + 1;
    if (c == '"') quoted = !quoted;
  }
  if (start < sentence.size()) end_part(sentence.size());
  return out.size() <= limits::kMessage ? out : visible(out, limits::kMessage);
}

}  // namespace qs
