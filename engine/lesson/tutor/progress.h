// What a student has done, in a small text file that is written as it happens. Owns: Progress.
// Called by ui and cli on one thread. Several programs may share the file: who saves locks it,
// reads it again and merges both. It is never overwritten with older data.
//
//   [first-request]
//   beat = 3                     # the beat to go on with, from 0
//   finished = true
//   answers = [-1, 2]            # by beat; -1: none. The first answer counts
//   done = [0, 1]                # beats that were gone through
//   well = [1]                   # right at the first try, or without help
//   skipped = [5]                # beats that were gone past
//   seconds = 840                # at work; a pause of more than five minutes counts as five
//
// Lessons that this program does not know are kept as they are. Before the first lesson may stand
// student = "1234567", what a receipt is to bear. A variant has a table of its own:
// ["first-request@1234567"].
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "base/result.h"

namespace qs::lesson {

// "empty qs1:7;@0 send=read 16 file=A marked=97", and in the next line the driver that the student
// has written, where it is one.
struct ReachedGoal {
  std::string run, schedule;
  size_t marked = size_t(-1);  // the moment that was marked, in events; -1: none
  std::string source = {};
  std::string print() const;
  static ReachedGoal parse(const std::string& text);
  bool operator==(const ReachedGoal&) const = default;
};

struct LessonProgress {
  size_t beat = 0, beats = 0;  // beats: how many the lesson had; 0: not known
  bool begun = false, finished = false;
  std::vector<int> answers;
  std::set<size_t> done, well, skipped;
  std::map<size_t, ReachedGoal> runs;  // by beat: what reached its goal without help
  uint32_t seconds = 0;
  bool operator==(const LessonProgress&) const = default;
};

// What two programs have made of `base`, put together: nothing that was done is lost, of answers
// the one that was saved first counts unless one program has changed it since, and the beat to go
// on with is that of the one who moved.
LessonProgress merged(const LessonProgress& base, const LessonProgress& mine,
                      const LessonProgress& theirs);

// The system's clock, in seconds: for a Progress, and for the date of a receipt.
int64_t wall_clock();

class Progress {
 public:
  // progress.toml in data_folder(); "" and a sentence in `note` when there is no home folder.
  static std::string default_path(std::string* note = nullptr);

  // Reads the file; without a path nothing is read or written. A missing one is an empty one. A
  // damaged one is set aside as "<path>.damaged" (or -1, -2 ...), one that cannot be read stays as
  // it is; `note` says so.
  // `clock`: seconds since some moment, for the time at work; nullptr: none is counted.
  explicit Progress(std::string path, std::string* note = nullptr, int64_t (*clock)() = nullptr);

  const LessonProgress& of(const std::string& lesson) const;
  // Of the student's variant if it was begun, else of the lesson as it is written.
  const LessonProgress& of(const std::string& lesson, const std::string& variant) const;
  // Changes and saves, together with what other programs have saved since. The error says why it
  // could not be; what was changed stays in memory and is saved with the next change.
  Result<bool> set(const std::string& lesson, LessonProgress progress);

  // Who the student is, as they have said themselves; "" when they were not asked yet.
  const std::string& student() const { return student_; }
  Result<bool> set_student(std::string student);

 private:
  using Lessons = std::map<std::string, LessonProgress>;

  Result<bool> save();

  std::string path_, student_;
  bool named_ = false;  // the student has said so here
  int64_t (*clock_)();
  int64_t last_ = 0;  // when something was set; 0: not yet
  toml::table raw_;   // everything that was in the file, unknown keys included
  Lessons saved_;     // as it was last seen in the file
  Lessons known_;     // with what could not be saved
};

}  // namespace qs::lesson
