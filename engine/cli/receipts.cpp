#include "cli/receipts.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/visible.h"
#include "cli/graded.h"
#include "cli/html.h"
#include "own/own.h"
#include "session/programs.h"

namespace qs::cli {
namespace {

Graded grade_file(const std::string& file, std::optional<double> pass) {
  Graded g;
  g.file = file;
  auto text = read_file(file, limits::kTextFile);
  if (!text) {
    g.error = text.error().text();
    return g;
  }
  auto receipt = lesson::parse_receipt(*text, file);
  if (!receipt) {
    g.error = receipt.error().text();
    return g;
  }
  g.student = receipt->student;
  g.lesson = receipt->lesson;
  g.variant = receipt->variant;
  g.date = receipt->date;
  g.program = receipt->program;
  g.seconds = receipt->seconds;
  auto lesson = session::load_lesson(receipt->lesson, {receipt->variant, {}});
  if (!lesson) {
    g.error = lesson.error().text();
    return g;
  }
  g.mark = pass.value_or((*lesson)->pass);
  g.grade = lesson::grade(**lesson, *receipt, own::rewritten);
  g.own = own_of(**lesson, *receipt);
  return g;
}

Graded grade_apart(const std::string& file, const GradeOptions& options) {
  Graded g;
  g.file = file;
  auto said = run_apart([&] { return packed(grade_file(file, options.pass)); }, options.limits);
  if (!said)
    g.error = file + ": not graded: " + said.error().message;
  else if (!unpack(*said, g))
    g = {}, g.file = file, g.error = file + ": not graded: the program came to no result";
  return g;
}

// --- as a table, as CSV, as JSON, as JUnit XML ---

class Teller {
 public:
  Teller(std::ostream& out, std::ostream& err) : out_(out), err_(err) {}
  virtual ~Teller() = default;
  virtual void begin() {}
  virtual void row(const Graded& g) = 0;
  virtual void end() {}
  // Which of them are alike; after the rows, before the end.
  virtual void same(const std::vector<std::string>& sentences) {
    for (const std::string& s : sentences) err_ << "Alike: " << message(s) << "\n";
  }

 protected:
  std::ostream &out_, &err_;
};

std::string percent(const Graded& g) {
  return g.error.empty() ? fmt::format("{:.0f}%", 100 * g.grade.score()) : "";
}

class Table : public Teller {
 public:
  using Teller::Teller;
  void begin() override {
    out_ << fmt::format("{:<24} {:<16} {:<24} {:>9} {:>7} {:>6} {:>8}  {}\n", "receipt", "student",
                        "lesson", "first try", "goals", "score", "time", "");
  }
  void row(const Graded& g) override {
    // Names are cut, so that none reaches into the columns of what was found.
    constexpr size_t kName = 16, kLesson = 24;
    const std::string reasons = g.reasons();
    out_ << fmt::format("{:<24} {:<16} {:<24} {:>9} {:>7} {:>6} {:>8}  {}{}\n", visible(g.file),
                        visible(g.student, kName), visible(g.lesson, kLesson),
                        fmt::format("{}/{}", g.grade.right, g.grade.questions),
                        fmt::format("{}/{}", g.grade.reached, g.grade.goals), percent(g), g.time(),
                        g.passed() ? "passed" : "not passed",
                        reasons.empty() ? "" : ": " + message(reasons));
  }
  void same(const std::vector<std::string>& sentences) override {
    for (const std::string& s : sentences) out_ << "Alike: " << message(s) << "\n";
  }
};

// RFC 4180; a text that a spreadsheet would take for a formula begins with an apostrophe.
std::string csv(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos)
    out += '\'';
  for (char c : visible(text)) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

class Csv : public Teller {
 public:
  using Teller::Teller;
  void begin() override {
    out_ << "file,student,lesson,variant,date,program,questions,first_try,goals,reached,score,"
            "seconds,passed,reasons\n";
  }
  void row(const Graded& g) override {
    for (const std::string* text :
         {&g.file, &g.student, &g.lesson, &g.variant, &g.date, &g.program})
      out_ << csv(*text) << ",";
    out_ << fmt::format("{},{},{},{},{:.2f},{},{},{}\n", g.grade.questions, g.grade.right,
                        g.grade.goals, g.grade.reached, g.error.empty() ? g.grade.score() : 0,
                        g.seconds, g.passed(), csv(g.reasons()));
  }
};

class Json : public Teller {
 public:
  using Teller::Teller;
  void begin() override { out_ << "{\"receipts\": ["; }
  void row(const Graded& g) override {
    const nlohmann::ordered_json object = {{"file", g.file},
                                           {"student", g.student},
                                           {"lesson", g.lesson},
                                           {"variant", g.variant},
                                           {"date", g.date},
                                           {"program", g.program},
                                           {"questions", g.grade.questions},
                                           {"right", g.grade.right},
                                           {"goals", g.grade.goals},
                                           {"reached", g.grade.reached},
                                           {"score", g.error.empty() ? g.grade.score() : 0},
                                           {"seconds", g.seconds},
                                           {"passed", g.passed()},
                                           {"reasons", g.reasons()}};
    out_ << (first_ ? "\n" : ",\n") << text_of(object);
    first_ = false;
  }
  void same(const std::vector<std::string>& sentences) override {
    out_ << "\n], \"alike\": " << text_of(sentences);
  }
  void end() override { out_ << "}\n"; }

 private:
  static std::string text_of(const nlohmann::ordered_json& value) {
    return value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  bool first_ = true;
};

class Junit : public Teller {
 public:
  using Teller::Teller;
  void row(const Graded& g) override {
    ++tests_;
    cases_ +=
        fmt::format("  <testcase classname=\"{}\" name=\"{}\" time=\"{}\"", html_text(g.lesson),
                    html_text(g.student.empty() ? g.file : g.student), g.seconds);
    if (g.passed()) {
      cases_ += "/>\n";
      return;
    }
    ++failures_;
    cases_ += fmt::format(
        "><failure message=\"{}/{} questions, {}/{} goals\">{}</failure></testcase>\n",
        g.grade.right, g.grade.questions, g.grade.reached, g.grade.goals, html_text(g.reasons()));
  }
  void end() override {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         << fmt::format("<testsuite name=\"receipts\" tests=\"{}\" failures=\"{}\">\n", tests_,
                        failures_)
         << cases_ << "</testsuite>\n";
  }

 private:
  size_t tests_ = 0, failures_ = 0;
  std::string cases_;
};

std::unique_ptr<Teller> teller(std::ostream& out, std::ostream& err, GradesAs as) {
  switch (as) {
    case GradesAs::Csv: return std::make_unique<Csv>(out, err);
    case GradesAs::Json: return std::make_unique<Json>(out, err);
    case GradesAs::Junit: return std::make_unique<Junit>(out, err);
    default: return std::make_unique<Table>(out, err);
  }
}

}  // namespace

Result<std::vector<std::string>> receipt_files(const std::vector<std::string>& named) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const std::string& name : named) {
    std::error_code none;
    if (!fs::is_directory(name, none)) {
      files.push_back(name);
      continue;
    }
    std::vector<std::string> found;
    for (fs::recursive_directory_iterator at(name, none), end; at != end; at.increment(none))
      if (at->path().extension() == ".toml") found.push_back(at->path().generic_string());
    if (found.empty()) return Error{name, 0, "there is no receipt (.toml) in this folder"};
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

bool grade_receipts(std::ostream& out, std::ostream& err, const std::vector<std::string>& files,
                    const GradeOptions& options) {
  const auto tell = teller(out, err, options.as);
  bool passed = true;
  std::vector<Graded> all;
  tell->begin();
  for (const std::string& file : files) {
    out.flush();
    all.push_back(grade_apart(file, options));
    tell->row(all.back());
    out.flush();
    passed &= all.back().passed();
  }
  std::vector<std::string> sentences;
  for (const Alike& a : alike(all)) sentences.push_back(a.sentence(all));
  tell->same(sentences);
  tell->end();
  return passed;
}

}  // namespace qs::cli
