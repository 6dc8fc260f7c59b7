// Is everything in a lesson true? Owns: Remark, check_lesson. Called by `queuescope check`, by
// tests and by authors through both; any one thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "lesson/file/course.h"
#include "lesson/file/lesson.h"

namespace qs::lesson {

// Something in a lesson that is not as it should be: the line in its file (0: the whole file), and
// a sentence that begins with the key and says what would do.
struct Remark {
  int line = 0;
  std::string text;
};

// Runs every run of the lesson and looks at every beat; empty when the lesson is sound.
//   beats      from and until come; what is focused is there when the beat ends
//   questions  asked before the answer can be seen; exactly one option holds over the judge's run;
//              each has its why, and the wrong ones an event that shows it
//   goals      nothing done is not enough; the solution reaches it, as a run and as a student would
//   names      queues, requests, handlers, apps, files, targets, channels, cards exist
//   prose      sentences, lengths, links
std::vector<Remark> check_lesson(const Lesson& lesson);

// Does the head of the lesson say what the course says about it?
std::vector<Remark> check_place(const Lesson& lesson, const CourseLesson& place);

// Is there a row "| M12 | ..." in lessons/MISCONCEPTIONS.md?
bool is_misconception(std::string_view tag);

// Sentences of a piece of prose, code and links counted as words.
int sentence_count(std::string_view markdown);

// --- checker_prose.cpp ---
// What is wrong with the head, the beats and the cards as texts.
void check_prose(const Lesson& lesson, std::vector<Remark>& remarks);

}  // namespace qs::lesson
