#include "cli/receipts.h"

#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/visible.h"
#include "lesson/tutor/receipt.h"
#include "session/programs.h"

namespace qs::cli {
namespace {

struct Graded {
  std::string file, student, lesson, error;
  lesson::Grade grade;
  bool passed() const { return error.empty() && grade.passed(); }
  std::string remarks() const {
    std::string out = error;
    for (const std::string& r : grade.remarks) out += (out.empty() ? "" : "; ") + r;
    return out;
  }
};

Graded grade_file(const std::string& file) {
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
  auto lesson = session::load_lesson(receipt->lesson);
  if (!lesson) {
    g.error = lesson.error().text();
    return g;
  }
  g.grade = lesson::grade(**lesson, *receipt);
  return g;
}

// --- from one process to the other ---

std::string packed(const Graded& g) {
  const nlohmann::json all = {g.student,     g.lesson,      g.error,         g.grade.questions,
                              g.grade.right, g.grade.goals, g.grade.reached, g.grade.remarks};
  std::string out;
  nlohmann::json::to_msgpack(all, out);  // texts as they are, whatever is in them
  return out;
}

bool unpack(const std::string& bytes, Graded& g) {
  try {
    const nlohmann::json all = nlohmann::json::from_msgpack(bytes);
    all.at(0).get_to(g.student);
    all.at(1).get_to(g.lesson);
    all.at(2).get_to(g.error);
    all.at(3).get_to(g.grade.questions);
    all.at(4).get_to(g.grade.right);
    all.at(5).get_to(g.grade.goals);
    all.at(6).get_to(g.grade.reached);
    all.at(7).get_to(g.grade.remarks);
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

Graded grade_apart(const std::string& file, const ApartLimits& limits) {
  Graded g;
  g.file = file;
  auto said = run_apart([&] { return packed(grade_file(file)); }, limits);
  if (!said)
    g.error = file + ": not graded: " + said.error().message;
  else if (!unpack(*said, g))
    g = {file, "", "", file + ": not graded: the program came to no result", {}};
  return g;
}

// --- as a table, as JSON, as JUnit XML ---

class Teller {
 public:
  explicit Teller(std::ostream& out) : out_(out) {}
  virtual ~Teller() = default;
  virtual void begin() = 0;
  virtual void row(const Graded& g) = 0;
  virtual void end() {}

 protected:
  std::ostream& out_;
};

class Table : public Teller {
 public:
  using Teller::Teller;
  void begin() override {
    out_ << fmt::format("{:<24} {:<16} {:<24} {:>9} {:>7}  {}\n", "receipt", "student", "lesson",
                        "questions", "goals", "");
  }
  void row(const Graded& g) override {
    // Names are cut, so that none reaches into the columns of what was found.
    constexpr size_t kName = 16, kLesson = 24;
    const std::string remarks = g.remarks();
    out_ << fmt::format(
        "{:<24} {:<16} {:<24} {:>9} {:>7}  {}{}\n", visible(g.file), visible(g.student, kName),
        visible(g.lesson, kLesson), fmt::format("{}/{}", g.grade.right, g.grade.questions),
        fmt::format("{}/{}", g.grade.reached, g.grade.goals), g.passed() ? "passed" : "not passed",
        remarks.empty() ? "" : ": " + message(remarks));
  }
};

class Json : public Teller {
 public:
  using Teller::Teller;
  void begin() override { out_ << "["; }
  void row(const Graded& g) override {
    const nlohmann::ordered_json object = {{"file", g.file},
                                           {"student", g.student},
                                           {"lesson", g.lesson},
                                           {"questions", g.grade.questions},
                                           {"right", g.grade.right},
                                           {"goals", g.grade.goals},
                                           {"reached", g.grade.reached},
                                           {"passed", g.passed()},
                                           {"remarks", g.remarks()}};
    out_ << (first_ ? "\n" : ",\n")
         << object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
    first_ = false;
  }
  void end() override { out_ << "\n]\n"; }

 private:
  bool first_ = true;
};

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

class Junit : public Teller {
 public:
  using Teller::Teller;
  void begin() override {}
  void row(const Graded& g) override {
    ++tests_;
    cases_ += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", xml(g.lesson),
                          xml(g.student.empty() ? g.file : g.student));
    if (g.passed()) {
      cases_ += "/>\n";
      return;
    }
    ++failures_;
    cases_ += fmt::format(
        "><failure message=\"{}/{} questions, {}/{} goals\">{}</failure></testcase>\n",
        g.grade.right, g.grade.questions, g.grade.reached, g.grade.goals, xml(g.remarks()));
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

std::unique_ptr<Teller> teller(std::ostream& out, GradesAs as) {
  switch (as) {
    case GradesAs::Json: return std::make_unique<Json>(out);
    case GradesAs::Junit: return std::make_unique<Junit>(out);
    default: return std::make_unique<Table>(out);
  }
}

}  // namespace

bool grade_receipts(std::ostream& out, const std::vector<std::string>& files, GradesAs as,
                    const ApartLimits& limits) {
  const auto tell = teller(out, as);
  bool all = true;
  tell->begin();
  for (const std::string& file : files) {
    out.flush();
    const Graded g = grade_apart(file, limits);
    tell->row(g);
    out.flush();
    all &= g.passed();
  }
  tell->end();
  return all;
}

}  // namespace qs::cli
