// Any text as a string of TOML, which knows characters only, not bytes. Owns: in_quotes and the two
// halves of escape_bytes. Called by what prints set-ups, graphs and receipts; any thread.
#pragma once
#include <string>
#include <string_view>

namespace qs::lesson {

// In double quotes, with escapes: TOML reads it back as it was. Bytes that are no UTF-8 cannot
// stand in TOML; each becomes U+FFFD. Where they must come back, escape_bytes comes first.
std::string in_quotes(std::string_view text);

// Bytes that are no UTF-8 as %XX, as in schedules, and a '%' that would be taken for the beginning
// of such a byte as %25. All other texts stay as they are.
std::string escape_bytes(std::string_view text);
std::string unescape_bytes(std::string_view text);

}  // namespace qs::lesson
