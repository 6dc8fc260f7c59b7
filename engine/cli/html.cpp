#include "cli/html.h"

#include <md4c.h>

#include <fmt/format.h>

#include "base/visible.h"

namespace qs::cli {
namespace {

std::string& page_of(void* user) { return *static_cast<std::string*>(user); }

int block(MD_BLOCKTYPE, void*, void*) { return 0; }

int span_begins(MD_SPANTYPE type, void* detail, void* user) {
  std::string& page = page_of(user);
  switch (type) {
    case MD_SPAN_EM: page += "<em>"; break;
    case MD_SPAN_STRONG: page += "<strong>"; break;
    case MD_SPAN_CODE: page += "<code>"; break;
    case MD_SPAN_A: {
      const MD_ATTRIBUTE& url = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
      page += fmt::format("<a href=\"{}\">", html_text({url.text, url.size}));
      break;
    }
    default: break;
  }
  return 0;
}

int span_ends(MD_SPANTYPE type, void*, void* user) {
  std::string& page = page_of(user);
  switch (type) {
    case MD_SPAN_EM: page += "</em>"; break;
    case MD_SPAN_STRONG: page += "</strong>"; break;
    case MD_SPAN_CODE: page += "</code>"; break;
    case MD_SPAN_A: page += "</a>"; break;
    default: break;
  }
  return 0;
}

int text(MD_TEXTTYPE type, const MD_CHAR* begin, MD_SIZE size, void* user) {
  page_of(user) += type == MD_TEXT_SOFTBR || type == MD_TEXT_BR ? " " : html_text({begin, size});
  return 0;
}

}  // namespace

std::string html_text(std::string_view plain) {
  std::string out;
  for (char c : visible(plain)) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

std::string html_prose(std::string_view markdown) {
  std::string page;
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML;
  parser.enter_block = parser.leave_block = block;
  parser.enter_span = span_begins;
  parser.leave_span = span_ends;
  parser.text = text;
  if (md_parse(markdown.data(), MD_SIZE(markdown.size()), &parser, &page) != 0)
    return html_text(markdown);
  return page;
}

std::string html_picture(std::string_view png, std::string_view alt) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  for (size_t i = 0; i < png.size(); i += 3) {
    uint32_t three = 0;
    for (size_t k = 0; k < 3; ++k)
      three = three << 8 | (i + k < png.size() ? uint8_t(png[i + k]) : 0u);
    for (size_t k = 0; k < 4; ++k)
      bytes += i + k > png.size() ? '=' : kDigits[three >> (18 - 6 * k) & 63];
  }
  return fmt::format("<img alt=\"{}\" src=\"data:image/png;base64,{}\">", html_text(alt), bytes);
}

}  // namespace qs::cli
