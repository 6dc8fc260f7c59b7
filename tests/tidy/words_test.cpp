// Reads what users read_words against the list of words.txt.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tidy/words.h"

namespace fs = std::filesystem;
using namespace qs::tidy;

namespace {

const char* const kList = "tests/tidy/words.txt";

std::string read_words(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file, path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<BadWords> the_list() {
  Complaints complaints;
  std::vector<BadWords> list = read_bad_words(kList, read_words(kList), complaints);
  for (const std::string& complaint : complaints) FAIL_CHECK(complaint);
  return list;
}

std::vector<std::string> texts_below(const std::string& root) {
  // .inc: the engine's tables of rules, explanations and events; .1: the page of the manual.
  static const std::set<std::string> read_by_people = {".md",  ".toml", ".c", ".txt",
                                                       ".inc", ".xml",  ".1", ".desktop"};
  if (!fs::is_directory(root)) return {root};
  std::vector<std::string> found;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file() && read_by_people.count(entry.path().extension().string()))
      found.push_back(entry.path().generic_string());
  std::sort(found.begin(), found.end());
  return found;
}

// A source file in which everything but its texts is blank, with the lines where they were.
std::string in_quotes(std::string text) {
  bool inside = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool quote = text[i] == '"' && (i == 0 || text[i - 1] != '\\');
    const bool kept = inside && !quote;
    if (quote) inside = !inside;
    if (text[i] == '\n') inside = false;  // a comment's apostrophes and quotes end with their line
    if (!kept && text[i] != '\n') text[i] = ' ';
  }
  return text;
}

std::vector<BadWords> one(const char* line) {
  Complaints complaints;
  return read_bad_words("list", line, complaints);
}

}  // namespace

TEST_CASE("words: what users read_words has none of those on the list") {
  const std::vector<BadWords> list = the_list();
  CHECK(list.size() > 40);
  for (const char* root :
       {"lessons", "assets", "docs", "README.md", "packaging", "packaging/changelog",
        "engine/trace/rules", "engine/trace/events/events.inc", "engine/verify"}) {
    const std::vector<std::string> paths = texts_below(root);
    CHECK_FALSE(paths.empty());
    for (const std::string& path : paths)
      for (const std::string& complaint : check_words(path, read_words(path), list))
        FAIL_CHECK(complaint);
  }
}

TEST_CASE("words: what the terminal prints has none of those on the list") {
  const std::vector<BadWords> list = the_list();
  size_t files = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator("engine/cli")) {
    if (entry.path().extension() != ".cpp") continue;
    ++files;
    const std::string path = entry.path().generic_string();
    for (const std::string& complaint : check_words(path, in_quotes(read_words(path)), list))
      FAIL_CHECK(complaint);
  }
  CHECK(files > 10);
  CHECK(in_quotes("a \"b c\" d\n\"e\"") == "   b c   \n e ");
}

TEST_CASE("words: found with a capital, across a line end, and behind the marks of a comment") {
  const std::vector<BadWords> list = one("can not | cannot | one word");
  CHECK(check_words("a.md", "It can not wait.", list) ==
        Complaints{"a.md:1: \"can not\": write: cannot (one word)"});
  CHECK(check_words("a.md", "\nCan\nnot", list).size() == 1);
  CHECK(check_words("a.c", "/* It can\n * not wait. */", list).size() == 1);
  CHECK(check_words("a.md", "can, not", list).empty());
  CHECK(check_words("a.md", "It cannot. We can nothing.", list).empty());
}

TEST_CASE("words: names stay, endings are found, and some hold for lessons only") {
  CHECK(check_words("a.md", "STATUS_CANCELLED, is_cancelled, CANCELLED",
                    one("cancelled | canceled | spelling"))
            .empty());
  CHECK(check_words("a.md", "Fetching, fetched, fetch", one("fetch* | retrieve | term")).size() ==
        3);
  const std::vector<BadWords> lessons = one("[lessons]\nshall | must | usage");
  CHECK(check_words("lessons/a.md", "It shall wait.", lessons).size() == 1);
  CHECK(check_words("assets/a.md", "It shall wait.", lessons).empty());
}

TEST_CASE("words: a line of the list without all its fields, or there twice, is told") {
  Complaints complaints;
  const auto list = read_bad_words("l", "a | b\n\n# c\nd | e | f\nd | g | h\n", complaints);
  CHECK(list.size() == 2);
  CHECK(complaints ==
        Complaints{"l:1: expected words | what to write instead | why", "l:5: d stands twice"});
}
