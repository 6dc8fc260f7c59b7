// lessons/MISCONCEPTIONS.md and the lessons: each row can be played, and says where.
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

// Of lessons that are not written yet: 2.4 and 4.3.
const std::set<std::string> to_come = {"M09", "M16", "M18"};

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

// Tag -> "1.1, 2.3", as the lessons have it.
std::map<std::string, std::string> played() {
  std::map<std::string, std::string> out;
  for (const lesson::CourseTrack& t : lesson::course().tracks)
    for (const lesson::CourseLesson& l : t.lessons) {
      if (!l.written()) continue;
      std::set<std::string> here;
      const auto loaded = session::load_lesson(l.folder);
      REQUIRE(loaded.ok());
      for (const lesson::Beat& b : (*loaded)->beats)
        for (const lesson::BeatOption& o : b.options)
          if (!o.misconception.empty()) here.insert(o.misconception);
      for (const std::string& tag : here) out[tag] += (out[tag].empty() ? "" : ", ") + l.number;
    }
  return out;
}

}  // namespace

TEST_CASE("misconceptions: every row has its moment, and the column names the lessons") {
  const auto rows = the_table(), moments = played();
  CHECK(rows.size() >= 86);
  for (const auto& [tag, lessons] : rows) {
    const auto found = moments.find(tag);
    CAPTURE(tag);
    if (found == moments.end())
      CHECK_MESSAGE(to_come.count(tag) == 1, "no option of a lesson has this tag");
    else
      CHECK(lessons == found->second);
  }
  for (const auto& [tag, lessons] : moments) CHECK_MESSAGE(rows.count(tag) == 1, tag);
}

TEST_CASE("misconceptions: a tag that is not in the table is a remark with its line") {
  CHECK(lesson::is_misconception("M01"));
  CHECK_FALSE(lesson::is_misconception("M99"));
  CHECK_FALSE(lesson::is_misconception("M1"));
}
