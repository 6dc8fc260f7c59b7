// The course: its tracks and the place of every lesson, written or coming. Owns: Course, read from
// lessons/order.toml. Called by cli and ui; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace qs::lesson {

struct CourseLesson {
  std::string number, id, title;
  int minutes = 0;
  std::vector<std::string> needs;
  std::string folder;  // "01-first-request"; "" while it is not written
  bool written() const { return !folder.empty(); }
};

struct CourseTrack {
  int number = 0;
  std::string title, subtitle;
  std::vector<CourseLesson> lessons;
};

struct Course {
  std::vector<CourseTrack> tracks;
  const CourseLesson* lesson(std::string_view id) const;
  // The written lesson after this one, or nullptr.
  const CourseLesson* after(std::string_view id) const;
};

// Errors name file, line and key. `written` says the folder of a lesson's id, "" when there is
// none.
Result<Course> parse_course(std::string_view text, std::string_view file,
                            std::string (*written)(std::string_view id));
// The course that is compiled in; empty when it cannot be read.
const Course& course();

}  // namespace qs::lesson
