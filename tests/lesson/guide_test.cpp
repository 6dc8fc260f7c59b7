// The worked example of the authoring guide, lessons/README.md: its driver is the one that was
// built from its text, and its lesson is sound.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "lesson/check/checker.h"
#include "lesson/language/story.h"

using namespace qs;

namespace {

std::string guide() {
  std::ifstream in("lessons/README.md");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The code block after a mark, without its fences.
std::string block(const std::string& text, const std::string& mark) {
  const size_t at = text.find("<!-- " + mark + " -->\n```");
  REQUIRE_MESSAGE(at != std::string::npos, mark);
  const size_t from = text.find('\n', text.find("```", at)) + 1;
  return text.substr(from, text.find("\n```\n", from) + 1 - from);
}

}  // namespace

TEST_CASE("the worked example of the guide is built and checked") {
  const run::CompiledDriver* driver = run::find_driver(run::test_drivers(), "90-no-reads/driver");
  REQUIRE(driver);
  REQUIRE(driver->file_count == 1);
  CHECK(driver->sources()[0].text() == block(guide(), "driver.c"));
  auto lesson = lesson::parse_lesson(block(guide(), "lesson.toml"), "90-no-reads",
                                     "lessons/README.md", run::test_drivers());
  REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
  CHECK(lesson->beats.size() == 3);
  for (const lesson::Remark& r : lesson::check_lesson(*lesson))
    FAIL_CHECK(Error{lesson->file, r.line, r.text}.text());
}

TEST_CASE("the guide names every event, and every mode of a beat") {
  const std::string text = guide();
  for (const language::FactKind& kind : language::fact_kinds())
    CHECK_MESSAGE(text.find("`" + std::string(kind.name) + "(") != std::string::npos, kind.name);
  for (int i = 0; i < 5; ++i)
    CHECK(text.find("| `" + std::string(lesson::beat_mode_word(lesson::BeatMode(i))) + "` |") !=
          std::string::npos);
}
