// The course: its tracks and the place of every lesson, written or coming, and after them those of
// a teacher's own folders. Owns: Course, read from lessons/order.toml. Called by cli and ui; any
// thread, once use_lesson_folders() has been called.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace qs::lesson {

struct CourseLesson {
  std::string number, id, title;
  int minutes = 0;
  std::vector<std::string> needs;
  // "01-first-request"; the whole path where it is a teacher's own; "" while it is not written
  std::string folder;
  int line = 0;  // of its entry in order.toml
  bool written() const { return !folder.empty(); }
  bool own() const { return folder.find('/') != std::string::npos; }  // a teacher's
};

struct CourseTrack {
  std::string label;  // "1", "2"; "A", "B" for a teacher's own
  std::string title, subtitle;
  std::vector<CourseLesson> lessons;
};

struct Course {
  std::vector<CourseTrack> tracks;
  const CourseLesson* lesson(std::string_view id) const;
  // The written lesson after this one, or nullptr.
  const CourseLesson* after(std::string_view id) const;
};

// The folder of a lesson's id, "" when there is none.
using WrittenLessons = std::function<std::string(std::string_view id)>;
// Errors name file, line and key. `own`: how many tracks of teachers there are already; SIZE_MAX:
// these are none.
Result<Course> parse_course(std::string_view text, std::string_view file,
                            const WrittenLessons& written, size_t own = SIZE_MAX);
// The course that is compiled in, with the teachers' own; empty when it cannot be read.
const Course& course();

// Each folder has an order.toml and a folder for each lesson, "01-my-lesson" or "my-lesson". Called
// when the program starts, before anybody asks for the course: what was added before goes. Folders
// that cannot be read are left out; the errors say why.
std::vector<Error> use_lesson_folders(const std::vector<std::string>& folders);

}  // namespace qs::lesson
