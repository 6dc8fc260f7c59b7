// The worked example of the authoring guide, lessons/README.md: its driver is the one that was
// built from its text, and its lesson is sound.
#include <doctest/doctest.h>

#include <cctype>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "base/embedded.h"
#include "base/toml.h"
#include "lesson/check/checker.h"
#include "lesson/file/course.h"
#include "lesson/language/story.h"
#include "session/programs.h"

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

namespace {

// Words of letters, digits and '_'.
std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> out;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
      word += c;
    } else if (!word.empty()) {
      out.insert(std::exchange(word, {}));
    }
  }
  return out;
}

// What authors have to know of an input: its kind, its verb, and the names before "=".
void take_words(const sched::Input& input, std::set<std::string>& out) {
  out.insert(sched::input_word(input.kind));
  const bool verb =
      input.kind != sched::InputKind::Send && input.kind != sched::InputKind::OpenFile;
  std::istringstream rest(input.text);
  bool first = true;
  for (std::string word; rest >> word; first = false) {
    if (const size_t equal = word.find('='); equal != word.npos)
      out.insert(word.substr(0, equal));
    else if (first && verb && !std::isdigit(static_cast<unsigned char>(word[0])))
      out.insert(word);
    else if (word == "precancel" || word == "synchronous" || word == "read" || word == "write" ||
             word == "ioctl" || word == "iioctl")
      out.insert(word);
  }
}

void take_keys(const toml::table& table, std::set<std::string>& out) {
  for (auto&& [key, node] : table) {
    if (key.str() == "rows") continue;  // names of the author's own
    out.insert(std::string(key.str()));
    if (const toml::table* inner = node.as_table()) take_keys(*inner, out);
    if (const toml::array* list = node.as_array())
      for (const toml::node& item : *list)
        if (const toml::table* inner = item.as_table()) take_keys(*inner, out);
  }
}

}  // namespace

TEST_CASE("the guide has every word that the shipped lessons use") {
  const std::set<std::string> guide_words = words_of(guide());
  std::set<std::string> used;
  for (const lesson::CourseTrack& t : lesson::course().tracks)
    for (const lesson::CourseLesson& l : t.lessons) {
      if (!l.written()) continue;
      const auto lesson = session::load_lesson(l.folder);
      REQUIRE(lesson.ok());
      for (const lesson::LessonRun& run : (*lesson)->runs)
        for (const sched::Input& input : run.program.script) take_words(input, used);
      const auto root = parse_toml(find_asset((*lesson)->file)->text(), (*lesson)->file);
      REQUIRE(root.ok());
      take_keys(*root, used);
    }
  CHECK(used.size() > 60);
  for (const std::string& word : used) CHECK_MESSAGE(guide_words.count(word) == 1, word);
}

TEST_CASE("the guide names every event, and every mode of a beat") {
  const std::string text = guide();
  for (const language::FactKind& kind : language::fact_kinds())
    CHECK_MESSAGE(text.find("`" + std::string(kind.name) + "(") != std::string::npos, kind.name);
  for (int i = 0; i < 5; ++i)
    CHECK(text.find("| `" + std::string(lesson::beat_mode_word(lesson::BeatMode(i))) + "` |") !=
          std::string::npos);
}
