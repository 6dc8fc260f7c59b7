// Texts: no key is missing, none is unused, and a translation may be unfinished.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "trace/events/acts.h"
#include "ui/toolkit/text/strings.h"

using namespace qs;
using namespace qs::ui;
namespace fs = std::filesystem;

namespace {

// Keys written in the sources of the window: tr("…") and trf("…", …).
std::set<std::string> keys_in_sources() {
  REQUIRE_MESSAGE(fs::exists("ui/toolkit/text/strings.h"),
                  "run this test in the root of the clone");
  std::set<std::string> keys;
  const std::regex call("\\btrf?\\(\\s*\"([^\"]+)\"");
  const std::regex either(
      "\\btrf?\\([^;\"]*\\?\\s*\"([^\"]+)\"\\s*:\\s*\"([^\"]+)\"");  // tr(x ? "a" : "b")
  for (const auto& file : fs::recursive_directory_iterator("ui")) {
    const std::string ending = file.path().extension().string();
    if (ending != ".cpp" && ending != ".h") continue;
    if (file.path().filename() == "strings.h") continue;  // its comments have examples
    std::stringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const std::string all = text.str();
    for (std::sregex_iterator it(all.begin(), all.end(), call), end; it != end; ++it) {
      keys.insert((*it)[1]);
    }
    for (std::sregex_iterator it(all.begin(), all.end(), either), end; it != end; ++it) {
      keys.insert((*it)[1]);
      keys.insert((*it)[2]);
    }
  }
  return keys;
}

}  // namespace

TEST_CASE("strings: every key in the sources has a text, every text is used") {
  load_default_strings();
  std::set<std::string> wanted = keys_in_sources();
  for (int a = 1; a < int(Action::count); ++a) {
    wanted.insert("action." + std::string(action_name(Action(a))));
  }
  // What an act does, for all that a menu can list.
  for (int i = 0; i < int(trace::Act::Count); ++i) {
    const bool listed = trace::act_row(trace::Act(i)).group != trace::ActGroup::Unlisted ||
                        trace::Act(i) == trace::Act::RetrieveFound;
    if (listed) wanted.insert(std::string("effect.") + trace::act_row(trace::Act(i)).name);
  }
  CHECK(wanted.size() > 60);
  const auto list = string_keys();
  const std::set<std::string> present(list.begin(), list.end());
  for (const auto& key : wanted) CHECK_MESSAGE(present.count(key), "missing: ", key);
  for (const auto& key : present) CHECK_MESSAGE(wanted.count(key), "unused: ", key);
}

TEST_CASE("strings: blanks are filled in order, missing keys show themselves") {
  REQUIRE(load_strings("[t]\na = \"{} of {} presented\"", "x.toml").ok());
  CHECK(trf("t.a", 2, std::string("three")) == "2 of three presented");
  CHECK(std::string(tr("t.nowhere")) == "<t.nowhere>");
  load_default_strings();
}

TEST_CASE("strings: another language replaces what it has and keeps English for the rest") {
  load_default_strings();
  const std::string english = tr("menu.force");
  REQUIRE(load_strings("[action]\nhelp = \"Tasten\"", "strings-de.toml").ok());
  CHECK(std::string(tr_action(Action::help)) == "Tasten");
  CHECK(std::string(tr("menu.force")) == english);
  load_default_strings();
  CHECK(std::string(tr_action(Action::help)) != "Tasten");
}

TEST_CASE("strings: mistakes are named with file and line") {
  const auto bad = load_strings("[a]\nb = 3", "s.toml");
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.error().text() == "s.toml:2: \"a.b\" has to be a text in quotes");
  CHECK_FALSE(load_strings("[a\n", "s.toml").ok());
}
