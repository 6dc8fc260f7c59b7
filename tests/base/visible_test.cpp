// Text of strangers can be shown anywhere: it stays on its line, and does nothing.
#include <doctest/doctest.h>

#include "base/limits.h"
#include "base/visible.h"

using namespace qs;

TEST_CASE("plain text of any language stays as it is") {
  for (const char* text : {"", "R1: read, 16 bytes", "Größe", "待ち行列", "a\"b'c\\d"}) {
    CHECK(visible(text) == text);
    CHECK_FALSE(has_hidden(text));
  }
}

TEST_CASE("what does something instead of being drawn is written as an escape") {
  CHECK(visible("a\nb\tc\rd") == "a\\nb\\tc\\rd");
  CHECK(visible("\x1B[2J\x07\x7F") == "\\x1B[2J\\x07\\x7F");
  CHECK(visible(std::string("a\0b", 3)) == "a\\x00b");
  CHECK(visible("\u0085\u202Eabc\u2066\u200B\uFEFF\u2028") ==
        "\\u0085\\u202Eabc\\u2066\\u200B\\uFEFF\\u2028");
  CHECK(visible_lines("a\n\tb\x1B\r\n") == "a\n\tb\\x1B\\r\n");
  for (const char* text : {"\n", "\x1B", "a\u202E", "\xFF", "ab\xC3"}) CHECK(has_hidden(text));
}

TEST_CASE("bytes that are no UTF-8 are seen one by one") {
  CHECK(visible("\xFF\xFE") == "\\xFF\\xFE");
  CHECK(visible("a\xC3") == "a\\xC3");
  CHECK(visible("\xC0\x80") == "\\xC0\\x80");                    // too long for what it says
  CHECK(visible("\xED\xA0\x80") == "\\xED\\xA0\\x80");           // half a pair
  CHECK(visible("\xF4\x90\x80\x80") == "\\xF4\\x90\\x80\\x80");  // beyond Unicode
  CHECK(visible("\xE2\x82") == "\\xE2\\x82");
}

TEST_CASE("a message quotes no more than 200 characters of what was given") {
  const std::string big(100'000, 'x');
  const std::string said = message("there is no \"" + big + "\"; write \"a b\"");
  CHECK(said.size() < 260);
  CHECK(said.find("there is no \"xxx") == 0);
  CHECK(said.find("…\"; write \"a b\"") != std::string::npos);
  CHECK(message(big).size() < 210);
  std::string words;
  for (int i = 0; i < 10'000; ++i) words += "\"word\" ";
  CHECK(message(words).size() <= limits::kMessage + 3);
  CHECK(message("a\nb \"c\nd\"") == "a\\nb \"c\\nd\"");
  CHECK(message("") == "");
}
