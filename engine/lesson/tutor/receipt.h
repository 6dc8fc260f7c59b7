// A receipt: what a student answered and did in a lesson, so that somebody else can have it
// replayed. Owns: Receipt, grade. Nothing in a receipt is believed: runs are executed again from
// their schedules, and the goals are evaluated again. Called by ui and cli; any thread.
//
//   receipt = 2
//   lesson = "first-request"
//   student = "1234567"
//   variant = "1234567"          # only where the lesson was done in one
//   date = "2026-11-30T14:05:09Z"
//   program = "1.1.0"            # the version that wrote it
//   text = "0123456789abcdef"    # of the lesson and its drivers: which text it was done with
//   seconds = 840                # at work
//   [[beats]]
//   beat = 5
//   answer = 1
//   [[beats]]
//   beat = 6
//   run = "empty"                # the run of the lesson it began with
//   schedule = "qs1:7;@0 send=read 16 file=A"
//   marked = 97
//   source = "..."               # the driver that the student wrote in its place
//   [[beats]]
//   beat = 7
//   skipped = true
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lesson/file/lesson.h"
#include "lesson/tutor/progress.h"

namespace qs::lesson {

struct ReceiptBeat {
  size_t beat = 0;
  int answer = -1;
  std::string run, schedule, source;
  size_t marked = Story::kNone;
  bool skipped = false;  // gone past; counts as not done
};

struct Receipt {
  std::string lesson, student, variant, date, program, text;
  uint32_t seconds = 0;
  std::vector<ReceiptBeat> beats;
  std::string print() const;
};

// Of what was done in a lesson, at `now` (wall_clock()).
Receipt receipt_of(const Lesson& lesson, const LessonProgress& done, std::string student,
                   int64_t now);
// Writes it into documents_folder(), "receipt-first-request-ada.toml", or "-1.toml" and so on where
// there is one already; returns the full path.
Result<std::string> write_receipt(const Receipt& receipt);

Result<Receipt> parse_receipt(std::string_view text, std::string_view file);

struct Grade {
  int questions = 0, right = 0, goals = 0, reached = 0;
  std::vector<std::string> remarks;  // what is wrong with the receipt, or could not be replayed
  std::vector<std::string> missed;   // what was not right at the first try, or not done
  std::string note;                  // the lesson has changed since
  // The share of questions and goals together; 1 where a lesson has none.
  double score() const {
    return questions + goals ? double(right + reached) / double(questions + goals) : 1;
  }
  // A receipt that somebody has tampered with does not pass, whatever its score.
  bool passed(double mark = 1) const { return score() + 1e-9 >= mark && remarks.empty(); }
  std::string reasons() const;  // remarks, then what was missed, joined with "; "
};
// A program with another driver, of that source. The error is a sentence.
using Rewrite =
    std::function<Result<run::Program>(const run::Program& of, const std::string& source)>;
// Replays it. Beats that the receipt does not mention count as not done. `rewrite`: for beats where
// the student has written the driver; without it they cannot be replayed.
Grade grade(const Lesson& lesson, const Receipt& receipt, const Rewrite& rewrite = {});

}  // namespace qs::lesson
