#include "kmdf/core/format.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "include/qs/abi.h"
#include "kmdf/core/addresses.h"
#include "kmdf/core/framework.h"
#include "trace/events/words.h"

namespace qs::kmdf {

std::string to_utf8(const uint16_t* text, size_t units) {
  std::string out;
  for (size_t i = 0; i < units; ++i) {
    uint32_t c = text[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < units && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000)
      c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00u);
    else if (c >= 0xD800 && c < 0xE000)
      c = 0xFFFD;  // half a pair
    if (c < 0x80) {
      out += char(c);
    } else if (c < 0x800) {
      out += char(0xC0 | (c >> 6));
      out += char(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out += char(0xE0 | (c >> 12));
      out += char(0x80 | ((c >> 6) & 0x3F));
      out += char(0x80 | (c & 0x3F));
    } else {
      out += char(0xF0 | (c >> 18));
      out += char(0x80 | ((c >> 12) & 0x3F));
      out += char(0x80 | ((c >> 6) & 0x3F));
      out += char(0x80 | (c & 0x3F));
    }
  }
  return out;
}

std::u16string to_utf16(std::string_view text) {
  std::u16string out;
  for (size_t i = 0; i < text.size();) {
    uint8_t lead = uint8_t(text[i]);
    int more = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    uint32_t c = more == 0 ? lead : lead & (0x3F >> more);
    for (int k = 1; k <= more && i + size_t(k) < text.size(); ++k)
      c = c << 6 | (uint8_t(text[i + size_t(k)]) & 0x3Fu);
    i += size_t(more) + 1;
    if (c >= 0x10000) {
      out += char16_t(0xD800 + ((c - 0x10000) >> 10));
      out += char16_t(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      out += char16_t(c);
    }
  }
  return out;
}

namespace {

enum class Size : uint8_t { Default, Char, Short, Long, LongLong, Pointer, Wide };

struct Spec {
  std::string flags;
  int width = -1, precision = -1;
  Size size = Size::Default;
  char conversion = 0;
};

struct Arguments {
  va_list list;
};

// Reads flags, width, precision and size; the conversion is the next character.
const char* parse(const char* p, Spec* s, Arguments* a) {
  while (*p && std::strchr("-+ #0", *p)) s->flags += *p++;
  auto number = [&](int* value) {
    if (*p == '*') {
      *value = va_arg(a->list, int);
      ++p;
      return;
    }
    *value = 0;
    while (*p >= '0' && *p <= '9') *value = std::min(*value * 10 + (*p++ - '0'), 10000);
  };
  if ((*p >= '0' && *p <= '9') || *p == '*') number(&s->width);
  if (s->width < -1) {
    s->flags += '-';
    s->width = -s->width;
  }
  if (*p == '.') {
    ++p;
    number(&s->precision);
  }
  if (p[0] == 'I' && p[1] == '6' && p[2] == '4') return s->size = Size::LongLong, p + 3;
  if (p[0] == 'I' && p[1] == '3' && p[2] == '2') return s->size = Size::Default, p + 3;
  if (p[0] == 'l' && p[1] == 'l') return s->size = Size::LongLong, p + 2;
  if (p[0] == 'h' && p[1] == 'h') return s->size = Size::Char, p + 2;
  switch (*p) {
    case 'I':
    case 'z':
    case 't': s->size = Size::Pointer; return p + 1;
    case 'j':
    case 'L': s->size = Size::LongLong; return p + 1;
    case 'l': s->size = Size::Long; return p + 1;
    case 'h': s->size = Size::Short; return p + 1;
    case 'w': s->size = Size::Wide; return p + 1;
    default: return p;
  }
}

std::string padded(std::string text, const Spec& s) {
  int missing = s.width - int(text.size());
  if (missing <= 0) return text;
  bool left = s.flags.find('-') != std::string::npos;
  return left ? text + std::string(size_t(missing), ' ') : std::string(size_t(missing), ' ') + text;
}

std::string with_c(const Spec& s, const char* length, auto value) {
  std::string f = "%" + s.flags;
  if (s.width >= 0) f += std::to_string(s.width);
  if (s.precision >= 0) f += "." + std::to_string(s.precision);
  f += length;
  f += s.conversion;
  char text[512];
  int n = std::snprintf(text, sizeof text, f.c_str(), value);
  return std::string(text, size_t(std::clamp(n, 0, int(sizeof text) - 1)));
}

// The next argument, whole: on the machines that this runs on each takes 8 bytes, also a short one.
uint64_t next_slot(Arguments* a) { return va_arg(a->list, unsigned long long); }

std::string integer(const Spec& s, Arguments* a) {
  bool is_signed = s.conversion == 'd' || s.conversion == 'i';
  bool wide = s.size == Size::LongLong || (s.size == Size::Pointer && sizeof(void*) == 8);
  if (wide) return with_c(s, "ll", static_cast<long long>(shown_number(next_slot(a))));
  // Also where an address is printed with too short a conversion.
  int value = int(uint32_t(shown_number(next_slot(a))));
  if (s.size == Size::Short) value = is_signed ? int16_t(value) : int(uint16_t(value));
  if (s.size == Size::Char) value = is_signed ? int8_t(value) : int(uint8_t(value));
  return with_c(s, "", value);
}

std::string cut(std::string text, const Spec& s) {
  if (s.precision >= 0 && text.size() > size_t(s.precision)) text.resize(size_t(s.precision));
  return text;
}

size_t units_of(const uint16_t* text, int limit) {
  size_t n = 0;
  while ((limit < 0 || n < size_t(limit)) && text[n]) ++n;
  return n;
}

std::string wide_string(const Spec& s, Arguments* a) {
  auto* text = va_arg(a->list, const uint16_t*);
  if (!text) return padded(cut("(null)", s), s);
  return padded(to_utf8(text, units_of(text, s.precision)), s);
}

std::string narrow_string(const Spec& s, Arguments* a) {
  auto* text = va_arg(a->list, const char*);
  if (!text) return padded(cut("(null)", s), s);
  size_t n = s.precision < 0 ? std::strlen(text) : strnlen(text, size_t(s.precision));
  return padded(std::string(text, n), s);
}

std::string counted_string(const Spec& s, Arguments* a) {  // %wZ, %Z
  if (s.size == Size::Wide || s.size == Size::Long) {
    auto* text = va_arg(a->list, const qs_UNICODE_STRING*);
    if (!text || !text->Buffer) return padded("(null)", s);
    return padded(to_utf8(text->Buffer, text->Length / 2u), s);
  }
  auto* text = va_arg(a->list, const qs_STRING*);
  return padded(text && text->Buffer ? std::string(text->Buffer, text->Length) : "(null)", s);
}

std::string pointer(const Spec& s, Arguments* a) {
  char text[40];
  int digits = int(2 * sizeof(void*));
  const uint64_t value = shown_address(va_arg(a->list, void*));
  std::snprintf(text, sizeof text, "%0*llX", digits, static_cast<unsigned long long>(value));
  return padded(text, s);
}

std::string convert(const Spec& s, Arguments* a, bool wide_format) {
  bool wide = s.size == Size::Wide || s.size == Size::Long;
  bool narrow = s.size == Size::Short || s.size == Size::Char;
  switch (s.conversion) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X': return integer(s, a);
    case 's': return wide || (wide_format && !narrow) ? wide_string(s, a) : narrow_string(s, a);
    case 'S': return narrow || (wide_format && !wide) ? narrow_string(s, a) : wide_string(s, a);
    case 'c':
    case 'C': {
      uint16_t unit = uint16_t(va_arg(a->list, int));
      bool is_wide = wide || (s.conversion == 'C') != wide_format;
      return padded(is_wide ? to_utf8(&unit, 1) : std::string(1, char(unit)), s);
    }
    case 'Z': return counted_string(s, a);
    case 'p':
    case 'P': return pointer(s, a);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'a':
    case 'A': return with_c(s, "", va_arg(a->list, double));
    case 'n':
      (void)va_arg(a->list, int*);
      return "";  // the kernel's formatter does not store either
    default: return std::string(1, s.conversion);
  }
}

// What drivers hand to %!HEXDUMP!, by value.
struct HexDump {
  const char* bytes;
  int16_t length;
};

std::string hex_dump(const HexDump& dump) {
  const size_t length = dump.bytes && dump.length > 0 ? size_t(dump.length) : 0;
  std::string out;
  for (char c : without_addresses({dump.bytes, length})) {
    char digits[4];
    std::snprintf(digits, sizeof digits, "%02X ", unsigned(uint8_t(c)));
    out += digits;
  }
  if (!out.empty()) out.pop_back();
  return out;
}

// %!STATUS!, %!bool!, %!FUNC! ...: names without an argument stand for themselves.
std::string wpp_name(const std::string& name, Arguments* a) {
  for (const char* none : {"FUNC", "LEVEL", "FLAGS", "FILE", "LINE", "COMPNAME", "SUBCOMP"})
    if (name == none) return "";
  if (name == "STATUS" || name == "status") return trace::status_text(va_arg(a->list, int32_t));
  if (name == "bool" || name == "BOOLEAN" || name == "bool8")
    return va_arg(a->list, int) ? "TRUE" : "FALSE";
  if (name == "GUID" || name == "IID" || name == "CLSID") {
    auto* g = va_arg(a->list, const qs_GUID*);
    if (!g) return "(null)";
    char text[48];
    std::snprintf(text, sizeof text, "{%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}", g->Data1,
                  g->Data2, g->Data3, g->Data4[0], g->Data4[1], g->Data4[2], g->Data4[3],
                  g->Data4[4], g->Data4[5], g->Data4[6], g->Data4[7]);
    return text;
  }
  if (name == "HEXDUMP") return hex_dump(va_arg(a->list, HexDump));
  const uint64_t value = next_slot(a), shown = shown_number(value);
  char text[24];
  if (shown != value)  // a type of the driver's own, of pointers
    std::snprintf(text, sizeof text, "%016llX", static_cast<unsigned long long>(shown));
  else
    std::snprintf(text, sizeof text, name == "HRESULT" || name == "WINERROR" ? "0x%08X" : "%d",
                  unsigned(value));
  return text;
}

std::string format_any(const char* p, Arguments* a, bool wide_format, bool wpp) {
  std::string out;
  while (*p) {
    if (*p != '%') {
      out += *p++;
      continue;
    }
    ++p;
    if (*p == '%') {
      out += *p++;
      continue;
    }
    if (wpp && *p == '!') {
      const char* end = std::strchr(p + 1, '!');
      if (end) {
        out += wpp_name(std::string(p + 1, end), a);
        p = end + 1;
        continue;
      }
    }
    Spec s;
    p = parse(p, &s, a);
    s.conversion = *p;
    if (!*p) break;
    ++p;
    out += convert(s, a, wide_format);
  }
  return out;
}

}  // namespace

std::string format_text(const char* format, va_list arguments, bool wpp) {
  Arguments a;
  va_copy(a.list, arguments);
  std::string text = format_any(format ? format : "", &a, false, wpp);
  va_end(a.list);
  return text;
}

namespace {

std::string format_wide(const uint16_t* format, va_list arguments) {
  Arguments a;
  va_copy(a.list, arguments);
  std::string text = format_any(to_utf8(format, units_of(format, -1)).c_str(), &a, true, false);
  va_end(a.list);
  return text;
}

template <class Unit, class Text>
size_t store(Unit* buffer, size_t capacity, const Text& text) {
  if (capacity) {
    size_t n = std::min(text.size(), capacity - 1);
    std::memcpy(buffer, text.data(), n * sizeof(Unit));
    buffer[n] = 0;
  }
  return text.size();
}

}  // namespace

}  // namespace qs::kmdf

size_t qs_FormatA(char* buffer, size_t capacity, const char* format, va_list arguments) {
  return qs::kmdf::store(buffer, capacity, qs::kmdf::format_text(format, arguments, false));
}

size_t qs_FormatW(uint16_t* buffer, size_t capacity, const uint16_t* format, va_list arguments) {
  return qs::kmdf::store(buffer, capacity,
                         qs::kmdf::to_utf16(qs::kmdf::format_wide(format, arguments)));
}
