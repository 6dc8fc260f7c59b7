// A lesson's runs, executed once each and asked often: which option is right, where a beat begins
// and ends, whether a solution reaches its goal. Owns: Judge, check_lesson. Called by tutor, learn
// and check; any one thread.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lesson/lesson.h"

namespace qs {

class Judge {
 public:
  explicit Judge(const Lesson& lesson) : lesson_(&lesson) {}

  // The story of a run of the lesson; it is executed when it is first asked for.
  const Story& story(std::string_view run);
  // Does the check hold over that run, from beginning to end?
  bool holds(const Check& check, std::string_view run);
  // Index of the one option that holds; -1 when there is not exactly one.
  int right_option(const Beat& beat);
  // Numbers of events between which the beat plays; kNone when its event does not come.
  struct Span {
    size_t from = 0, until = 0;
  };
  Span span(const Beat& beat, size_t before);

 private:
  View view_of(std::string_view run);

  const Lesson* lesson_;
  std::map<std::string, std::unique_ptr<Story>, std::less<>> stories_;
};

// Something in a lesson that is not as it should be.
struct Remark {
  int line = 0;
  std::string text;
};
// All that `queuescope check` looks at; empty when the lesson is sound.
std::vector<Remark> check_lesson(const Lesson& lesson);

// Sentences of a piece of prose, code and links counted as words.
int sentence_count(std::string_view markdown);

}  // namespace qs
