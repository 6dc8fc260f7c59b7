// Makes untrusted text fit to be shown. Owns: visible(), message(). Names, titles, words of the
// command line and what is read from files may hold anything: what would move the cursor, change
// colors, turn the direction of writing or end a row of a table is written as an escape, so that it
// is seen and does nothing. Called wherever text goes to a terminal, and by the window for all that
// it draws; any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace qs {

// The first character of a text that is not empty: its code and its length in bytes. Bytes that are
// no UTF-8 come one by one, `ok` false and the byte as `code`.
struct Utf8 {
  uint32_t code = 0;
  size_t size = 1;
  bool ok = true;
};
Utf8 first_character(std::string_view text);

// Is that a character that is not drawn, but does something? Control characters (line ends and
// tabs, too), marks and overrides of the direction of writing, separators of lines, zero-width
// characters.
bool is_hidden(uint32_t code);
// Has a text any of those, or bytes that are no UTF-8?
bool has_hidden(std::string_view text);

// The value of a hexadecimal digit; -1: it is none.
int hex_digit(char c);

// On one line: hidden characters as \n, \t, \x1B or \u202E, bytes that are no UTF-8 as \xFF.
std::string visible(std::string_view text);
// As it stands with line ends and tabs kept: for texts that have lines of their own.
std::string visible_lines(std::string_view text);
// visible(), of at most `most` bytes, with an ellipsis where something was left out.
std::string visible(std::string_view text, size_t most);

// A sentence that quotes what was given: visible, every quoted part and every word cut at
// limits::kQuote, the whole at limits::kMessage.
std::string message(std::string_view sentence);

}  // namespace qs
