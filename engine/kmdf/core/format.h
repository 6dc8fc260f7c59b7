// The kernel's text formatter: C's conversions plus %wZ %Z %I64d %Iu %ws %S %hs, and WPP's %!NAME!.
// Owns nothing. Called by DbgPrint and its family and by the Rtl string functions.
#pragma once
#include <cstdarg>
#include <cstdint>
#include <string>

namespace qs::kmdf {

// In UTF-8. `wpp`: %!NAME! is a conversion. Sizes are those of the kit: long has 32 bits, %I is as
// wide as a pointer.
std::string format_text(const char* format, va_list arguments, bool wpp);

std::string to_utf8(const uint16_t* text, size_t units);
std::u16string to_utf16(std::string_view text);

}  // namespace qs::kmdf
