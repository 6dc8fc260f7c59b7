#include "lesson/tutor/receipt.h"

#include <ctime>
#include <map>
#include <sstream>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/toml.h"
#include "base/user_folders.h"
#include "base/version.h"
#include "base/visible.h"
#include "base/write_file.h"
#include "lesson/file/program_file.h"
#include "lesson/tutor/judge.h"
#include "lesson/tutor/proof.h"
#include "run/inputs.h"
#include "run/run.h"

namespace qs::lesson {
namespace {

constexpr int64_t kForm = 2;                // of the file; 1 had neither date nor version
constexpr size_t kMostSource = 256 * 1024;  // bytes of a driver

Error wrong(std::string_view file, const toml::node& node, std::string message) {
  return Error{std::string(file), int(node.source().begin.line), std::move(message)};
}

// A whole number from 0 to `most`, or what is wrong.
std::string whole(const toml::node& node, uint32_t most, size_t& out) {
  auto value = node.value_exact<int64_t>();
  if (!value) return fmt::format("expected a whole number from 0 to {}", most);
  if (*value < 0 || *value > int64_t(most))
    return fmt::format("{} is beyond the limits, 0 to {}", *value, most);
  out = size_t(*value);
  return {};
}

std::string text(const toml::node& node, std::string& out) {
  auto value = node.value_exact<std::string>();
  if (!value) return "expected a text in quotes";
  out = *value;
  return {};
}

Result<ReceiptBeat> read_beat(const toml::table& table, std::string_view file) {
  ReceiptBeat b;
  for (auto&& [key, node] : table) {
    const std::string_view k = key.str();
    constexpr uint32_t kMostOptions = 99;
    size_t number = 0;
    std::string problem;
    if (k == "beat")
      problem = whole(node, limits::kBeats, b.beat);
    else if (k == "answer")
      problem = whole(node, kMostOptions, number), b.answer = int(number);
    else if (k == "marked")
      problem = whole(node, limits::kNumber, b.marked);
    else if (k == "run")
      problem = text(node, b.run);
    else if (k == "schedule")
      problem = text(node, b.schedule);
    else if (k == "source") {
      problem = text(node, b.source);
      if (b.source.size() > kMostSource)
        problem = fmt::format("a driver has at most {} bytes", kMostSource);
    } else if (k == "skipped") {
      auto value = node.value_exact<bool>();
      if (!value) return wrong(file, node, "skipped: expected true or false");
      b.skipped = *value;
    } else
      return wrong(
          file, node,
          fmt::format("\"{}\" is not a key of a beat; expected one of beat, answer, run, schedule, "
                      "marked, source, skipped",
                      k));
    if (!problem.empty()) return wrong(file, node, fmt::format("{}: {}", k, problem));
    if (k == "schedule" && !b.schedule.empty())
      if (auto read = run::read_schedule(b.schedule); !read)
        return wrong(file, node, fmt::format("schedule: {}", read.error().message));
  }
  return b;
}

// Why the goal is not reached by what was done; "" when it is.
std::string replay(const Lesson& lesson, const Beat& beat, const ReceiptBeat& done,
                   const Rewrite& rewrite) {
  const LessonRun* run = lesson.run(done.run.empty() ? beat.run : done.run);
  if (!run) return fmt::format("there is no run \"{}\" in this lesson", done.run);
  bool belongs = run->id == beat.run;
  for (const std::string& card : beat.cards) belongs |= run->id == card;
  if (!belongs) return fmt::format("run \"{}\" is not where this beat begins", run->id);
  auto schedule = run::read_schedule(done.schedule);
  if (!schedule) return schedule.error().text();
  for (const sched::Input& input : schedule->inputs)
    if (input.kind == sched::InputKind::Option)
      return fmt::format("\"{}\" changes the rules; no student can do that in a lesson",
                         sched::input_text(input));
  run::Program program = run->program;
  const bool own = !done.source.empty();
  if (own) {
    if (run->id != beat.write) return "in this beat there is no driver to write";
    if (!rewrite) return "it has a driver of its own, which cannot be compiled here";
    auto written = rewrite(program, done.source);
    if (!written) return "its driver: " + written.error().text();
    program = std::move(*written);
  }
  const run::Execution execution = run::execute(program, *schedule);
  const Story story{std::shared_ptr<const trace::Trace>(execution.trace)};
  View view;
  if (!own) view.chosen = run->card;
  view.marked = done.marked;
  if (mentions(beat.goal->check, Term::Proved)) view.proved = proved(run->program);
  for (const Term& c : beat.goal->check.all)
    if (evaluate(c, story, view) != Truth::Holds)
      return fmt::format("replayed, \"{}\" does not hold", c.text);
  return {};
}

}  // namespace

Receipt receipt_of(const Lesson& lesson, const LessonProgress& done, std::string student,
                   int64_t now) {
  Receipt r;
  r.variant = lesson.variant.id;
  r.date = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time_t(now)));
  r.program = program_version();
  r.text = lesson.hash;
  r.seconds = done.seconds;
  r.lesson = lesson.id;
  r.student = visible(student, 100);  // from the environment: any bytes
  for (size_t i = 0; i < lesson.beats.size(); ++i) {
    ReceiptBeat b;
    b.beat = i;
    if (i < done.answers.size()) b.answer = done.answers[i];
    if (auto reached = done.runs.find(i); reached != done.runs.end()) {
      b.run = reached->second.run;
      b.schedule = reached->second.schedule;
      b.marked = reached->second.marked;
      b.source = reached->second.source;
    }
    b.skipped = done.skipped.count(i) > 0;
    if (b.answer >= 0 || !b.schedule.empty() || b.skipped) r.beats.push_back(std::move(b));
  }
  return r;
}

Result<std::string> write_receipt(const Receipt& receipt) {
  auto folder = documents_folder();
  if (!folder) return folder.error();
  const std::string text = receipt.print();
  // A teacher could do nothing with one that cannot be read.
  if (auto again = parse_receipt(text, "receipt"); !again) return again.error();
  const std::string name = "receipt " + receipt.lesson + " " + receipt.student;
  return write_new_file(*folder, file_stem(name), ".toml", [&](std::ostream& out) { out << text; });
}

std::string Receipt::print() const {
  toml::table root{{"receipt", kForm}, {"lesson", lesson}, {"student", student}};
  for (const auto& [key, value] :
       {std::pair{"variant", &variant}, {"date", &date}, {"program", &program}, {"text", &text}})
    if (!value->empty()) root.insert(key, *value);
  if (seconds) root.insert("seconds", int64_t(seconds));
  toml::array list;
  for (const ReceiptBeat& b : beats) {
    toml::table t{{"beat", int64_t(b.beat)}};
    if (b.answer >= 0) t.insert("answer", b.answer);
    if (b.skipped) t.insert("skipped", true);
    if (!b.schedule.empty()) {
      t.insert("run", b.run);
      t.insert("schedule", b.schedule);
      if (b.marked != Story::kNone) t.insert("marked", int64_t(b.marked));
      if (!b.source.empty()) t.insert("source", b.source);
    }
    list.push_back(std::move(t));
  }
  root.insert("beats", std::move(list));
  std::ostringstream out;
  out << root << "\n";
  return out.str();
}

Result<Receipt> parse_receipt(std::string_view given, std::string_view file) {
  auto root = parse_toml(given, file);
  if (!root) return root.error();
  const int64_t form = whole_number((*root)["receipt"]);
  if (form < 1 || form > kForm)
    return Error{std::string(file), 0,
                 fmt::format("this is not a receipt: it begins with receipt = {}", kForm)};
  Receipt r;
  for (auto&& [key, node] : *root) {
    const std::string_view k = key.str();
    if (k == "receipt") continue;
    std::string* out = k == "lesson"    ? &r.lesson
                       : k == "student" ? &r.student
                       : k == "variant" ? &r.variant
                       : k == "date"    ? &r.date
                       : k == "program" ? &r.program
                       : k == "text"    ? &r.text
                                        : nullptr;
    if (out || k == "seconds") {
      size_t number = 0;
      const std::string problem = out ? text(node, *out) : whole(node, limits::kNumber, number);
      if (!problem.empty()) return wrong(file, node, fmt::format("{}: {}", k, problem));
      if (!out) r.seconds = uint32_t(number);
      continue;
    }
    if (k == "beats") {
      if (!node.is_array()) return wrong(file, node, "beats: write [[beats]] before each");
      continue;
    }
    return wrong(file, node,
                 fmt::format("\"{}\" does not belong in a receipt like this; expected one of "
                             "receipt, lesson, student, variant, date, program, text, seconds, "
                             "beats",
                             k));
  }
  if (r.lesson.empty()) return Error{std::string(file), 0, "the key lesson is missing"};
  if (const toml::array* list = (*root)["beats"].as_array())
    for (const toml::node& item : *list) {
      const toml::table* table = item.as_table();
      if (!table) return wrong(file, item, "expected [[beats]]");
      auto beat = read_beat(*table, file);
      if (!beat) return beat.error();
      r.beats.push_back(std::move(*beat));
      if (r.beats.size() > limits::kBeats)
        return wrong(file, item,
                     fmt::format("there are more than {} beats, the limit", limits::kBeats));
    }
  return r;
}

Grade grade(const Lesson& lesson, const Receipt& receipt, const Rewrite& rewrite) {
  Grade g;
  Judge judge(lesson);
  std::map<size_t, const ReceiptBeat*> done;
  for (const ReceiptBeat& b : receipt.beats)
    if (!done.emplace(b.beat, &b).second)
      g.remarks.push_back(fmt::format("beat {} is there twice", b.beat + 1));
  if (receipt.lesson != lesson.id)
    g.remarks.push_back(fmt::format("this receipt is of lesson {}", receipt.lesson));
  for (const ReceiptBeat& b : receipt.beats)
    if (b.beat >= lesson.beats.size())
      g.remarks.push_back(
          fmt::format("beat {}: the lesson has {}", b.beat + 1, lesson.beats.size()));
  for (size_t i = 0; i < lesson.beats.size(); ++i) {
    const Beat& beat = lesson.beats[i];
    const ReceiptBeat* b = done.count(i) ? done[i] : nullptr;
    if (beat.mode == BeatMode::Predict) {
      ++g.questions;
      const bool right = b && b->answer == judge.right_option(beat);
      g.right += right;
      if (!right)
        g.missed.push_back(fmt::format("beat {}: {}", i + 1,
                                       b && b->answer >= 0 ? "the answer that counts was wrong"
                                                           : "the question was not answered"));
    }
    if (!beat.goal) continue;
    ++g.goals;
    const bool done_here = b && !b->schedule.empty();
    const std::string why = done_here ? replay(lesson, beat, *b, rewrite) : std::string();
    if (done_here && why.empty())
      ++g.reached;
    else if (done_here)
      g.remarks.push_back(fmt::format("beat {}: {}", i + 1, why));
    else
      g.missed.push_back(fmt::format("beat {}: the goal was {}", i + 1,
                                     b && b->skipped ? "skipped" : "not reached without help"));
  }
  if (!receipt.text.empty() && receipt.text != lesson.hash)
    g.note = "the lesson or its drivers have changed since";
  return g;
}

std::string Grade::reasons() const {
  std::string out;
  for (const auto* list : {&remarks, &missed})
    for (const std::string& r : *list) out += (out.empty() ? "" : "; ") + r;
  return out;
}

}  // namespace qs::lesson
