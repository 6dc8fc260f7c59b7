// A receipt: what a student answered and did in a lesson, so that somebody else can have it
// replayed. Owns: Receipt, grade. Nothing in a receipt is believed: runs are executed again from
// their schedules, and the goals are evaluated again. Called by ui and cli; any thread.
//
//   receipt = 1
//   lesson = "first-request"
//   student = "Ada"
//   [[beats]]
//   beat = 5
//   answer = 1
//   [[beats]]
//   beat = 6
//   run = "empty"                # the run of the lesson it began with
//   schedule = "qs1:7;@0 send=read 16 file=A"
//   marked = 97
//   [[beats]]
//   beat = 7
//   skipped = true
#pragma once
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
  std::string run, schedule;
  size_t marked = Story::kNone;
  bool skipped = false;  // gone past; counts as not done
};

struct Receipt {
  std::string lesson, student;
  std::vector<ReceiptBeat> beats;
  std::string print() const;
};

// Of what was done in a lesson.
Receipt receipt_of(const Lesson& lesson, const LessonProgress& done, std::string student);
// Writes it into documents_folder(), "receipt-first-request-ada.toml", or "-1.toml" and so on where
// there is one already; returns the full path.
Result<std::string> write_receipt(const Receipt& receipt);

Result<Receipt> parse_receipt(std::string_view text, std::string_view file);

struct Grade {
  int questions = 0, right = 0, goals = 0, reached = 0;
  std::vector<std::string> remarks;  // what was wrong, or could not be replayed
  bool passed() const { return right == questions && reached == goals && remarks.empty(); }
};
// Replays it. Beats that the receipt does not mention count as not done.
Grade grade(const Lesson& lesson, const Receipt& receipt);

}  // namespace qs::lesson
