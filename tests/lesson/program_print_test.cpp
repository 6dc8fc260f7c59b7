// A program printed as the table [program] reads back as itself: that is how it goes into the box
// of a stranger's driver (engine/own).
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/toml.h"
#include "lesson/file/program_file.h"
#include "session/programs.h"

using namespace qs;

namespace {

run::Program read_back(const run::Program& p) {
  const std::string text = lesson::print_program(p);
  auto root = parse_toml(text, "printed");
  REQUIRE_MESSAGE(root.ok(), root.error().text() << "\n" << text);
  toml::table& table = *(*root)["program"].as_table();
  table.insert_or_assign("driver", p.driver->name);
  auto again = lesson::parse_program(table, p.name, "printed");
  REQUIRE_MESSAGE(again.ok(), again.error().text() << "\n" << text);
  return *again;
}

}  // namespace

TEST_CASE("every program that is compiled in reads back from what is printed of it") {
  int programs = 0;
  for (const session::ProgramInfo& info : session::list_programs()) {
    auto p = session::load_program(info.name);
    REQUIRE_MESSAGE(p.ok(), p.error().text());
    INFO(info.name);
    const run::Program again = read_back(*p);
    CHECK(lesson::print_program(again) == lesson::print_program(*p));
    CHECK(again.title == p->title);
    CHECK(again.queue_names == p->queue_names);
    CHECK(again.hardware == p->hardware);
    CHECK(again.script == p->script);
    CHECK(again.graph == p->graph);
    CHECK(again.apps.size() == p->apps.size());
    CHECK(again.lower.present == p->lower.present);
    CHECK(again.lower.status == p->lower.status);
    CHECK(again.settings.client_minor == p->settings.client_minor);
    CHECK(again.settings.time_limit == p->settings.time_limit);
    CHECK(again.takes_orders == p->takes_orders);
    ++programs;
  }
  CHECK(programs > 20);
}

TEST_CASE("registry and properties are printed as TOML, of each type that there is") {
  auto root = parse_toml(
      "[program]\n"
      "driver = \"01-first-request/driver\"\n"
      "[program.registry.parameters]\n"
      "A = -1\nB = 5000000000\nC = \"a \\\"b\\\" \u00E4\"\nD = [\"left\", \"right\"]\n"
      "E = [1, 2, 255]\nF = true\nG = \"\"\nH = []\n\"an I\" = 1\n"
      "Kept = { Depth = 1, \"a.b\" = { Deeper = 2 } }\nZ = 26\n"
      "[program.registry.device]\nX = 1\n"
      "[program.properties]\nFriendlyName = \"A \\\"toaster\\\"\"\n",
      "given");
  REQUIRE_MESSAGE(root.ok(), root.error().text());
  auto p = lesson::parse_program(*(*root)["program"].as_table(), "first-request", "given");
  REQUIRE_MESSAGE(p.ok(), p.error().text());
  REQUIRE(p->registry.size() == 13);
  const run::Program again = read_back(*p);
  CHECK(std::is_permutation(again.registry.begin(), again.registry.end(), p->registry.begin(),
                            p->registry.end()));
  CHECK(again.properties == p->properties);
}

TEST_CASE("names with quotes, blanks and line ends are printed as TOML") {
  auto p = session::load_program("first-request");
  REQUIRE(p.ok());
  p->title = "a \"b\"\n[device]\n\\ c";
  p->apps = {{"note pad", {"A \"1\"", "B"}, true}};
  const run::Program again = read_back(*p);
  CHECK(again.title == p->title);
  REQUIRE(again.apps.size() == 1);
  CHECK(again.apps[0].name == "note pad");
  CHECK(again.apps[0].files == p->apps[0].files);
  CHECK(again.apps[0].synchronous);
}
