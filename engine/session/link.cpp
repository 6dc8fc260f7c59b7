#include "session/link.h"

#include <charconv>

#include <fmt/format.h>

namespace qs::session {
namespace {

constexpr std::string_view kBegin = "#lesson=";

bool stays(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.~:;,@!=/").find(c) != std::string_view::npos;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (stays(c))
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// False: a percent sign without two digits behind it.
bool unescape(std::string_view text, std::string& out) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return false;
    out += char(digit(text[i + 1]) * 16 + digit(text[i + 2]));
    i += 2;
  }
  return true;
}

Error wrong(std::string_view part, std::string_view expected) {
  return Error{"", 0, fmt::format("this link is damaged at \"{}\": {}", part, expected)};
}

std::string& address() {
  static std::string it;
  return it;
}

}  // namespace

bool is_link(std::string_view text) { return text.find(kBegin) != std::string_view::npos; }

Result<Link> parse_link(std::string_view text) {
  const size_t begin = text.find(kBegin);
  if (begin == std::string_view::npos) return wrong(text, "a link to a run has #lesson= in it");
  text.remove_prefix(begin + 1);
  Link link;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const size_t equals = part.find('=');
    std::string value;
    if (equals == std::string_view::npos || !unescape(part.substr(equals + 1), value))
      return wrong(part, "expected a name, '=' and a value, with signs as %XX");
    const std::string_view name = part.substr(0, equals);
    if (name == "lesson") {
      link.program = value;
    } else if (name == "run") {
      link.schedule = value;
    } else if (name == "at") {
      size_t at = 0;
      const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), at);
      if (status != std::errc() || end != value.data() + value.size())
        return wrong(part, "expected the number of an event");
      link.at = at;
    } else if (name == "select") {
      link.selected = value;
    }  // a later version may say more
  }
  if (link.program.empty()) return wrong(kBegin, "it names no lesson and no program");
  return link;
}

std::string print_link(const Link& link, std::string_view base) {
  std::string out = fmt::format("{}{}{}", base, kBegin, escaped(link.program));
  if (!link.schedule.empty()) out += "&run=" + escaped(link.schedule);
  if (link.at) out += fmt::format("&at={}", *link.at);
  if (!link.selected.empty()) out += "&select=" + escaped(link.selected);
  return out;
}

void use_address(std::string base) { address() = std::move(base); }
const std::string& link_address() { return address(); }

}  // namespace qs::session
