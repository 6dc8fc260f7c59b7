#include "lesson/file/toml_text.h"

#include <fmt/format.h>

#include "base/visible.h"

namespace qs::lesson {
namespace {

// The byte that "%XX" at the beginning stands for, -1 when it stands for itself: only what
// escape_bytes makes is taken back.
int escaped_byte(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  const int high = hex_digit(text[1]), low = hex_digit(text[2]);
  if (high < 0 || low < 0) return -1;
  const int byte = high * 16 + low;
  return byte >= 0x80 || byte == '%' ? byte : -1;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const Utf8 c = first_character(text);
    if (!c.ok)
      out += "\xEF\xBF\xBD";
    else if (c.code == '"' || c.code == '\\')
      out += {'\\', char(c.code)};
    else if (c.code == '\n')
      out += "\\n";
    else if (c.code == '\t')
      out += "\\t";
    else if (is_hidden(c.code))
      out += c.code < 0x10000 ? fmt::format("\\u{:04X}", c.code) : fmt::format("\\U{:08X}", c.code);
    else
      out += text.substr(0, c.size);
    text.remove_prefix(c.size);
  }
  return out + "\"";
}

std::string escape_bytes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Utf8 c = first_character(text);
    if (!c.ok)
      out += fmt::format("%{:02X}", c.code);
    else if (escaped_byte(text) >= 0)
      out += "%25";
    else
      out += text.substr(0, c.size);
    text.remove_prefix(c.size);
  }
  return out;
}

std::string unescape_bytes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const int byte = escaped_byte(text);
    out += byte >= 0 ? char(byte) : text[0];
    text.remove_prefix(byte >= 0 ? 3 : 1);
  }
  return out;
}

}  // namespace qs::lesson
