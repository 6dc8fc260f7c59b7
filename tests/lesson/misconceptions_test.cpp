// lessons/MISCONCEPTIONS.md and the lessons: each row can be played, and says in which beats.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "lesson/check/checker.h"
#include "lesson/file/course.h"
#include "session/programs.h"

using namespace qs;

namespace {

// Tag -> what its last column says.
std::map<std::string, std::string> the_table() {
  std::ifstream in("lessons/MISCONCEPTIONS.md");
  std::map<std::string, std::string> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("| M", 0) != 0) continue;
    const size_t end = line.rfind(" |"), begin = line.rfind("| ", end - 1) + 2;
    rows[line.substr(2, 3)] = line.substr(begin, end - begin);
  }
  return rows;
}

// Tag -> "1.1 (5), 2.3 (2, 4)", as the lessons have it.
std::map<std::string, std::string> played() {
  std::map<std::string, std::string> out;
  for (const lesson::CourseTrack& t : lesson::course().tracks)
    for (const lesson::CourseLesson& l : t.lessons) {
      if (!l.written()) continue;
      std::map<std::string, std::string> here;  // tag, its beats
      const auto loaded = session::load_lesson(l.folder);
      REQUIRE(loaded.ok());
      for (size_t beat = 0; beat < (*loaded)->beats.size(); ++beat) {
        std::set<std::string> tags;
        for (const lesson::BeatOption& o : (*loaded)->beats[beat].options)
          if (!o.misconception.empty()) tags.insert(o.misconception);
        for (const std::string& tag : tags)
          here[tag] += fmt::format("{}{}", here[tag].empty() ? "" : ", ", beat + 1);
      }
      for (const auto& [tag, beats] : here)
        out[tag] += fmt::format("{}{} ({})", out[tag].empty() ? "" : ", ", l.number, beats);
    }
  return out;
}

}  // namespace

TEST_CASE("misconceptions: every row has its moment, and the column names its lessons and beats") {
  const auto rows = the_table(), moments = played();
  CHECK(rows.size() >= 86);
  for (const auto& [tag, lessons] : rows) {
    const auto found = moments.find(tag);
    CAPTURE(tag);
    CHECK_MESSAGE(found != moments.end(), "no option of a lesson has this tag");
    if (found != moments.end()) CHECK(lessons == found->second);
  }
  for (const auto& [tag, lessons] : moments) CHECK_MESSAGE(rows.count(tag) == 1, tag);
}

TEST_CASE("misconceptions: a tag that is not in the table is a remark with its line") {
  CHECK(lesson::is_misconception("M01"));
  CHECK_FALSE(lesson::is_misconception("M99"));
  CHECK_FALSE(lesson::is_misconception("M1"));
}
