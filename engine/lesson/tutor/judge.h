// A lesson's runs, executed once each and asked often: which option is right, where a beat begins
// and ends, whether a goal is reached. Owns: Judge. Called by tutor, receipt and checker; any one
// thread.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lesson/file/lesson.h"

namespace qs::lesson {

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
  // The same in the run that judges, when it is another one than the beat's: from its beginning.
  Span span_of_judge(const Beat& beat);
  // What the student's side knows where that run is what they have done. `check`: what is asked.
  View view_of(std::string_view run, const Check& check);
  // Number of events of the set-up, which is part of no beat.
  size_t loaded(std::string_view run);

 private:
  const Lesson* lesson_;
  std::map<std::string, std::unique_ptr<Story>, std::less<>> stories_;
  std::map<std::string, Truth, std::less<>> proofs_;
};

}  // namespace qs::lesson
