// queuescope check: is everything in the lessons true, and what are these receipts worth?
#include <fmt/format.h>

#include "base/visible.h"
#include "cli/commands.h"
#include "cli/receipts.h"
#include "lesson/check/checker.h"
#include "lesson/file/course.h"
#include "session/programs.h"

namespace qs::cli {
namespace {

void check_lessons(Cli& cli, std::vector<std::string> names) {
  size_t remarks = 0;
  for (const std::string& name : names) {
    auto lesson = session::load_lesson(name);
    if (!lesson && lesson.error().file.empty()) return cli.fail(lesson.error());  // no such name
    if (!lesson) {
      cli.err << message(lesson.error().text()) << "\n";
      ++remarks;
      continue;
    }
    const lesson::Lesson& l = **lesson;
    std::vector<lesson::Remark> found = lesson::check_lesson(l);
    if (const lesson::CourseLesson* place = lesson::course().lesson(l.id))
      for (lesson::Remark& r : lesson::check_place(l, *place)) found.push_back(std::move(r));
    for (const lesson::Remark& r : found)
      cli.out << message(Error{l.file, r.line, r.text}.text()) << "\n";
    cli.out << fmt::format("{:<4} {:<28} {:>2} beats  {}\n", visible(l.number), visible(l.id),
                           l.beats.size(),
                           found.empty() ? "ok" : fmt::format("{} to fix", found.size()));
    remarks += found.size();
  }
  if (remarks > 0) cli.exit_code = kExitFindings;
}

}  // namespace

void check_command(Cli& cli, CheckOptions options) {
  if (!options.receipts.empty()) {
    options.limits.bytes = uint64_t(options.megabytes) << 20;
    const GradesAs as = options.json    ? GradesAs::Json
                        : options.junit ? GradesAs::Junit
                                        : GradesAs::Table;
    if (!grade_receipts(cli.out, options.receipts, as, options.limits))
      cli.exit_code = kExitFindings;
    return;
  }
  if (options.all)
    for (const lesson::CourseTrack& t : lesson::course().tracks)
      for (const lesson::CourseLesson& l : t.lessons)
        if (l.written()) options.lessons.push_back(l.folder);
  if (options.lessons.empty())
    return cli.fail("What is to be checked? Name lessons, or say --all, or --receipt FILE.");
  check_lessons(cli, std::move(options.lessons));
}

}  // namespace qs::cli
