// queuescope check: is everything in the lessons true, and what are these receipts worth?
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/visible.h"
#include "cli/commands.h"
#include "cli/receipts.h"
#include "lesson/check/checker.h"
#include "lesson/file/course.h"
#include "own/own.h"
#include "run/run.h"
#include "session/programs.h"

namespace qs::cli {
namespace {

// Each row of each list that varies is tried, the longest list once through.
std::vector<lesson::Remark> check_variants(const std::string& name, const lesson::Lesson& plain) {
  std::vector<lesson::Remark> out;
  size_t most = 0;
  for (size_t rows : plain.varies) most = std::max(most, rows);
  for (size_t i = 1; i < most; ++i) {
    const std::vector<size_t> rows(plain.varies.size(), i);
    auto other = session::load_lesson(name, {"", rows});
    if (!other) {
      out.push_back({other.error().line, fmt::format("row {}: {}", i + 1, other.error().message)});
      continue;
    }
    for (lesson::Remark& r : lesson::check_lesson(**other))
      out.push_back({r.line, fmt::format("row {}: {}", i + 1, r.text)});
  }
  return out;
}

// The goals of a driver that is not compiled in: how many of them its run does not reach.
size_t check_own(Cli& cli, const std::string& name) {
  auto made = own::make_own_program(name);
  if (!made) return cli.fail(made.error()), 0;
  const std::string file =
      made->source.program_file.empty() ? made->source.what : made->source.program_file;
  for (const own::Diagnostic& said : made->said)
    cli.err << visible(own::diagnostic_text(said)) << "\n";
  if (!made->program) return cli.fail(fmt::format("\"{}\" does not compile.", name)), 0;
  if (made->goals.empty())
    return cli.fail(
               Error{file, 0, "there is nothing to check; expected [[goals]], each with a check"}),
           0;
  const lesson::Story story{
      std::shared_ptr<const trace::Trace>(run::execute(*made->program, {}).trace)};
  size_t missed = 0;
  for (const own::OwnGoal& goal : made->goals) {
    std::string failing;
    for (const lesson::Term& c : goal.check.all)
      if (lesson::evaluate(c, story, {}) != lesson::Truth::Holds)
        failing += (failing.empty() ? "" : ", ") + c.text;
    if (failing.empty()) continue;
    ++missed;
    cli.out << message(
                   Error{file, goal.line, fmt::format("{} ({} does not hold)", goal.text, failing)}
                       .text())
            << "\n";
  }
  cli.out << fmt::format("{:<33} {:>2} {}  {}\n", visible(made->program->name), made->goals.size(),
                         made->goals.size() == 1 ? "goal" : "goals",
                         missed ? fmt::format("{} not reached", missed) : "ok");
  return missed;
}

void check_lessons(Cli& cli, std::vector<std::string> names) {
  size_t remarks = 0;
  for (const std::string& name : names) {
    if (session::is_own_driver(name)) {
      remarks += check_own(cli, name);
      if (cli.exit_code != kExitOk) return;
      continue;
    }
    auto lesson = session::load_lesson(name);
    if (!lesson && lesson.error().file.empty()) return cli.fail(lesson.error());  // no such name
    if (!lesson) {
      cli.err << message(lesson.error().text()) << "\n";
      ++remarks;
      continue;
    }
    const lesson::Lesson& l = **lesson;
    std::vector<lesson::Remark> found = lesson::check_lesson(l);
    const lesson::CourseLesson* place = lesson::course().lesson(l.id);
    if (place && std::filesystem::path(place->folder).filename() == l.folder)
      for (lesson::Remark& r : lesson::check_place(l, *place)) found.push_back(std::move(r));
    for (lesson::Remark& r : check_variants(name, l)) found.push_back(std::move(r));
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
    GradeOptions how;
    how.limits = options.limits;
    how.limits.bytes = uint64_t(options.megabytes) << 20;
    how.as = options.csv     ? GradesAs::Csv
             : options.json  ? GradesAs::Json
             : options.junit ? GradesAs::Junit
                             : GradesAs::Table;
    if (options.pass >= 0) how.pass = options.pass;
    auto files = receipt_files(options.receipts);
    if (!files) return cli.fail(files.error());
    if (!grade_receipts(cli.out, cli.err, *files, how)) cli.exit_code = kExitFindings;
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
