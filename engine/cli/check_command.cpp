// queuescope check: is everything in the lessons true, and what are these receipts worth?
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/visible.h"
#include "cli/commands.h"
#include "lesson/checker.h"
#include "lesson/course.h"
#include "lesson/receipt.h"
#include "session/programs.h"

namespace qs {
namespace {

void check_lessons(Cli& cli, std::vector<std::string> names) {
  size_t remarks = 0;
  for (const std::string& name : names) {
    auto lesson = load_lesson(name);
    if (!lesson && lesson.error().file.empty()) return cli.fail(lesson.error());  // no such name
    if (!lesson) {
      cli.err << message(lesson.error().text()) << "\n";
      ++remarks;
      continue;
    }
    const Lesson& l = **lesson;
    std::vector<Remark> found = check_lesson(l);
    if (const CourseLesson* place = course().lesson(l.id))
      for (Remark& r : check_place(l, *place)) found.push_back(std::move(r));
    for (const Remark& r : found) cli.out << message(Error{l.file, r.line, r.text}.text()) << "\n";
    cli.out << fmt::format("{:<4} {:<28} {:>2} beats  {}\n", visible(l.number), visible(l.id),
                           l.beats.size(),
                           found.empty() ? "ok" : fmt::format("{} to mend", found.size()));
    remarks += found.size();
  }
  if (remarks > 0) cli.exit_code = kExitFindings;
}

// --- receipts ---

struct Graded {
  std::string file, student, lesson, error;
  Grade grade;
  bool passed() const { return error.empty() && grade.passed(); }
};

Graded grade_file(const std::string& file) {
  Graded g;
  g.file = file;
  auto text = read_file(file, limits::kTextFile);
  if (!text) {
    g.error = text.error().text();
    return g;
  }
  auto receipt = parse_receipt(*text, file);
  if (!receipt) {
    g.error = receipt.error().text();
    return g;
  }
  g.student = receipt->student;
  g.lesson = receipt->lesson;
  auto lesson = load_lesson(receipt->lesson);
  if (!lesson) {
    g.error = lesson.error().text();
    return g;
  }
  g.grade = grade(**lesson, *receipt);
  return g;
}

std::string remarks_of(const Graded& g) {
  std::string out = g.error;
  for (const std::string& r : g.grade.remarks) out += (out.empty() ? "" : "; ") + r;
  return out;
}

void print_table(Cli& cli, const std::vector<Graded>& all) {
  cli.out << fmt::format("{:<24} {:<16} {:<24} {:>9} {:>7}  {}\n", "receipt", "student", "lesson",
                         "questions", "goals", "");
  // Names are cut, so that none reaches into the columns of what was found.
  constexpr size_t kName = 16, kLesson = 24;
  for (const Graded& g : all)
    cli.out << fmt::format(
        "{:<24} {:<16} {:<24} {:>9} {:>7}  {}{}\n", visible(g.file), visible(g.student, kName),
        visible(g.lesson, kLesson), fmt::format("{}/{}", g.grade.right, g.grade.questions),
        fmt::format("{}/{}", g.grade.reached, g.grade.goals), g.passed() ? "passed" : "not passed",
        remarks_of(g).empty() ? "" : ": " + message(remarks_of(g)));
}

void print_json(Cli& cli, const std::vector<Graded>& all) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const Graded& g : all)
    out.push_back({{"file", g.file},
                   {"student", g.student},
                   {"lesson", g.lesson},
                   {"questions", g.grade.questions},
                   {"right", g.grade.right},
                   {"goals", g.grade.goals},
                   {"reached", g.grade.reached},
                   {"passed", g.passed()},
                   {"remarks", remarks_of(g)}});
  cli.out << out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

std::string xml(std::string_view text) {
  std::string out;
  for (char c : visible(text)) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

void print_junit(Cli& cli, const std::vector<Graded>& all) {
  size_t failures = 0;
  for (const Graded& g : all) failures += !g.passed();
  cli.out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          << fmt::format("<testsuite name=\"receipts\" tests=\"{}\" failures=\"{}\">\n", all.size(),
                         failures);
  for (const Graded& g : all) {
    cli.out << fmt::format("  <testcase classname=\"{}\" name=\"{}\"", xml(g.lesson),
                           xml(g.student.empty() ? g.file : g.student));
    if (g.passed())
      cli.out << "/>\n";
    else
      cli.out << fmt::format(
          "><failure message=\"{}/{} questions, {}/{} goals\">{}</failure>"
          "</testcase>\n",
          g.grade.right, g.grade.questions, g.grade.reached, g.grade.goals, xml(remarks_of(g)));
  }
  cli.out << "</testsuite>\n";
}

void check_receipts(Cli& cli, const CheckOptions& options) {
  std::vector<Graded> all;
  for (const std::string& file : options.receipts) all.push_back(grade_file(file));
  if (options.json)
    print_json(cli, all);
  else if (options.junit)
    print_junit(cli, all);
  else
    print_table(cli, all);
  for (const Graded& g : all)
    if (!g.passed()) cli.exit_code = kExitFindings;
}

}  // namespace

void check_command(Cli& cli, CheckOptions options) {
  if (!options.receipts.empty()) return check_receipts(cli, options);
  if (options.all)
    for (const CourseTrack& t : course().tracks)
      for (const CourseLesson& l : t.lessons)
        if (l.written()) options.lessons.push_back(l.folder);
  if (options.lessons.empty())
    return cli.fail("What is to be checked? Name lessons, or say --all, or --receipt FILE.");
  check_lessons(cli, std::move(options.lessons));
}

}  // namespace qs
