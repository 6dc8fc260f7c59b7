// TOML that would take the parser's stack or the machine's memory never reaches the parser; what is
// within the limits does, however it is written.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/limits.h"
#include "base/toml.h"

using namespace qs;

namespace {

std::string times(size_t n, const std::string& text) {
  std::string out;
  for (size_t i = 0; i < n; ++i) out += text;
  return out;
}

std::string refusal(const std::string& text) {
  auto root = parse_toml(text, "file.toml");
  REQUIRE_FALSE(root.ok());
  return root.error().text();
}

const std::string kDeep = "tables and lists lie in each other more than 32 deep, the limit";

}  // namespace

TEST_CASE("depth is refused in every form in which it can be written, with its line") {
  for (const std::string& deep : std::vector<std::string>{
           "[a" + times(50'000, ".a") + "]", "[[a" + times(50'000, ".a") + "]]",
           "a" + times(50'000, ".a") + " = 1", "a" + times(50'000, " . \"a\"") + " = 1",
           "a = " + times(50'000, "["), "a = " + times(50'000, "{a="),
           "a = " + times(50'000, "[\n"), "a = " + times(50'000, "[{a="),
           "a = " + times(100, "{" + times(20, "a.") + "a="),
           "[x" + times(30, ".x") + "]\n" + "y.y.y = [[1]]",
           "a = \"\"\"x\"\"\"\"\"\nb" + times(40, ".b") + " = 1"}) {
    const std::string text = "first = 1\n" + deep;
    CHECK_MESSAGE(refusal(text).find(kDeep) != std::string::npos, deep.substr(0, 60));
  }
  CHECK(refusal("first = 1\n[a" + times(50, ".a") + "]") == "file.toml:2: " + kDeep);
}

TEST_CASE("what only looks deep is read") {
  for (const std::string& flat : std::vector<std::string>{
           "a = \"" + times(100, "[{.") + "\"", "a = '" + times(100, "[{.") + "'",
           "# " + times(100, "[{.") + "\na = 1",
           "a = \"\"\"\n" + times(100, "[{.\n") + "\\\" \"\"\"",
           "a = '''\n" + times(100, "[{.\n") + "''''", "a = \"\\\"" + times(100, "[") + "\"",
           "\"" + times(100, ".") + "\" = 1", "a = [" + times(1000, "[1.5], ") + "]",
           times(30, "[[a]]\nb.c.d = {e.f = [[1]]}\n"), "\xEF\xBB\xBF[a.b]\nc = 1\r\nd = 2\r\n",
           "[a" + times(20, ".a") + "]\nb = " + times(9, "[") + times(9, "]")}) {
    auto root = parse_toml(flat, "file.toml");
    CHECK_MESSAGE(root.ok(), flat.substr(0, 60) << ": " << (root ? "" : root.error().text()));
  }
}

TEST_CASE("too many values, tables or bytes are refused") {
  CHECK(refusal("a = [" + times(limits::kTomlValues, "1,") + "]") ==
        "file.toml:1: there are more than 500000 values, the limit");
  CHECK(refusal(times(limits::kTomlTables + 1, "[[a]]\n")) ==
        "file.toml:20001: there are more than 20000 tables and dotted keys, the limit");
  CHECK(refusal("#" + std::string(limits::kTextFile, 'x')) ==
        "file.toml: this text has 16777217 bytes; the limit is 16777216");
}

TEST_CASE("a text that is no TOML is told with its line") {
  CHECK(refusal("a = 1\nb = = 2\n").find("file.toml:2: this is not valid TOML: ") == 0);
  for (const char* broken : {"[", "[[", "[a", "a", "a =", "a = [", "a = {", "a = \"", "a = '''",
                             "]", "}", "a = \\", "\xFF", "a = \"\x01\"", "a.", "a..b = 1", "\r"})
    CHECK(refusal(broken).find("file.toml:") == 0);
}
