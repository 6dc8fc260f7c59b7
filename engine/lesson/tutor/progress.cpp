#include "lesson/tutor/progress.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>

#include <fmt/format.h>

#include "base/file_lock.h"
#include "base/limits.h"
#include "base/own_file.h"
#include "base/toml.h"
#include "base/user_folders.h"
#include "base/write_file.h"

namespace qs::lesson {
namespace {

constexpr int64_t kMostBeats = limits::kBeats;
constexpr const char* kDamaged = ".damaged";

template <class Out>
void numbers(const toml::table& table, const char* key, Out out) {
  const toml::array* array = table[key].as_array();
  if (!array) return;
  for (const toml::node& n : *array)
    if (auto value = n.value_exact<int64_t>(); value && *value >= -1 && *value < kMostBeats)
      out(*value);
}

toml::array list(const std::set<size_t>& values) {
  toml::array out;
  for (size_t v : values) out.push_back(int64_t(v));
  return out;
}

LessonProgress lesson_of(const toml::table& table) {
  LessonProgress p;
  p.begun = true;
  p.beat = size_t(std::clamp<int64_t>(whole_number(table["beat"]), 0, kMostBeats));
  p.beats = size_t(std::clamp<int64_t>(whole_number(table["beats"]), 0, kMostBeats));
  p.finished = table["finished"].value_or(false);
  numbers(table, "answers", [&](int64_t v) { p.answers.push_back(int(v)); });
  numbers(table, "done", [&](int64_t v) {
    if (v >= 0) p.done.insert(size_t(v));
  });
  numbers(table, "well", [&](int64_t v) {
    if (v >= 0) p.well.insert(size_t(v));
  });
  numbers(table, "skipped", [&](int64_t v) {
    if (v >= 0) p.skipped.insert(size_t(v));
  });
  p.seconds = uint32_t(std::clamp<int64_t>(whole_number(table["seconds"]), 0, UINT32_MAX));
  if (const toml::table* runs = table["runs"].as_table())
    for (auto&& [key, text] : *runs) {
      const unsigned long beat = std::strtoul(std::string(key.str()).c_str(), nullptr, 10);
      if (auto value = text.value<std::string>(); value && beat < size_t(kMostBeats))
        p.runs[beat] = ReachedGoal::parse(*value);
    }
  return p;
}

// Other keys of the table stay.
void put(toml::table& table, const LessonProgress& p) {
  table.insert_or_assign("beat", int64_t(p.beat));
  if (p.beats) table.insert_or_assign("beats", int64_t(p.beats));
  table.insert_or_assign("finished", p.finished);
  toml::array answers;
  for (int a : p.answers) answers.push_back(int64_t(a));
  table.insert_or_assign("answers", std::move(answers));
  table.insert_or_assign("done", list(p.done));
  table.insert_or_assign("well", list(p.well));
  table.insert_or_assign("skipped", list(p.skipped));
  if (p.seconds) table.insert_or_assign("seconds", int64_t(p.seconds));
  toml::table runs;
  for (const auto& [beat, reached] : p.runs)
    runs.insert_or_assign(std::to_string(beat), reached.print());
  table.insert_or_assign("runs", std::move(runs));
}

Error not_saved(const Error& why) {
  return Error{why.file, why.line, "your progress cannot be saved: " + why.message};
}

}  // namespace

std::string ReachedGoal::print() const {
  std::string out = run + " " + schedule;
  // A schedule may hold any text; so that it is not taken for a mark, one that is none follows.
  if (marked != size_t(-1) || out.find(" marked=") != std::string::npos)
    out += fmt::format(" marked={}", marked);
  return source.empty() ? out : out + "\n" + source;
}

ReachedGoal ReachedGoal::parse(const std::string& whole) {
  ReachedGoal r;
  const size_t line = whole.find('\n');  // a schedule has none
  if (line != std::string::npos) r.source = whole.substr(line + 1);
  const std::string text = whole.substr(0, line);
  const size_t space = text.find(' '), mark = text.rfind(" marked=");
  r.run = text.substr(0, space);
  if (space == std::string::npos) return r;
  const size_t end = mark == std::string::npos ? text.size() : mark;
  if (end > space) r.schedule = text.substr(space + 1, end - space - 1);
  if (mark != std::string::npos) r.marked = std::strtoull(text.c_str() + mark + 8, nullptr, 10);
  return r;
}

LessonProgress merged(const LessonProgress& base, const LessonProgress& mine,
                      const LessonProgress& theirs) {
  LessonProgress out = mine;
  out.begun |= theirs.begun;
  out.finished |= theirs.finished;
  if (mine.beat == base.beat) out.beat = theirs.beat;
  if (!out.beats) out.beats = theirs.beats;
  out.answers.resize(std::max(mine.answers.size(), theirs.answers.size()), -1);
  for (size_t i = 0; i < theirs.answers.size(); ++i) {
    // Where the last answer counts, an answer that was there is changed.
    const int old = i < base.answers.size() ? base.answers[i] : -1;
    const bool changed = old >= 0 && out.answers[i] >= 0 && out.answers[i] != old;
    if (theirs.answers[i] >= 0 && !changed) out.answers[i] = theirs.answers[i];
  }
  out.seconds = theirs.seconds + (mine.seconds > base.seconds ? mine.seconds - base.seconds : 0);
  out.done.insert(theirs.done.begin(), theirs.done.end());
  out.well.insert(theirs.well.begin(), theirs.well.end());
  for (size_t beat : theirs.skipped)
    if (!base.skipped.count(beat)) out.skipped.insert(beat);
  std::erase_if(out.skipped, [&](size_t beat) { return out.done.count(beat) > 0; });
  for (const auto& [beat, reached] : theirs.runs) {
    const auto own = mine.runs.find(beat), old = base.runs.find(beat);
    const bool changed =
        own != mine.runs.end() && (old == base.runs.end() || !(own->second == old->second));
    if (!changed) out.runs[beat] = reached;
  }
  return out;
}

std::string Progress::default_path(std::string* note) {
  auto folder = data_folder();
  if (folder) return *folder + "/progress.toml";
  if (note) *note = "What you do in lessons is not kept. " + folder.error().message;
  return {};
}

int64_t wall_clock() {
  using namespace std::chrono;
  return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

Progress::Progress(std::string path, std::string* note, int64_t (*clock)())
    : path_(std::move(path)), clock_(clock) {
  if (clock_) last_ = clock_();
  if (path_.empty()) return;
  auto file = read_own_file(path_, kDamaged, false);
  if (!file && note)
    *note = "The record of your progress cannot be read and stays as it is. " + file.error().text();
  if (file && !file->aside.empty() && note)
    *note = fmt::format("The record of your progress could not be read. It was set aside as {}.",
                        file->aside);
  if (!file || !file->table) return;
  raw_ = std::move(*file->table);
  for (auto&& [key, node] : raw_)
    if (const toml::table* table = node.as_table())
      saved_[std::string(key.str())] = lesson_of(*table);
  student_ = raw_["student"].value_or(std::string());
  known_ = saved_;
}

const LessonProgress& Progress::of(const std::string& lesson) const {
  static const LessonProgress none;
  auto found = known_.find(lesson);
  return found == known_.end() ? none : found->second;
}

const LessonProgress& Progress::of(const std::string& lesson, const std::string& variant) const {
  const LessonProgress& own = of(variant.empty() ? lesson : lesson + "@" + variant);
  return own.begun ? own : of(lesson);
}

Result<bool> Progress::set(const std::string& lesson, LessonProgress p) {
  constexpr int64_t kLongestPause = 300;  // seconds
  const int64_t now = clock_ ? clock_() : last_;
  p.begun = true;
  p.seconds = known_[lesson].seconds + uint32_t(std::clamp<int64_t>(now - last_, 0, kLongestPause));
  last_ = now;
  known_[lesson] = std::move(p);
  if (path_.empty()) return true;
  if (auto made = make_folder_of(path_); !made) return not_saved(made.error());
  auto saved = save();
  if (!saved) return not_saved(saved.error());
  return saved;
}

Result<bool> Progress::set_student(std::string student) {
  if (student == student_) return true;
  student_ = std::move(student);
  named_ = true;
  if (path_.empty()) return true;
  if (auto made = make_folder_of(path_); !made) return not_saved(made.error());
  auto saved = save();
  if (!saved) return not_saved(saved.error());
  return saved;
}

Result<bool> Progress::save() {
  auto lock = FileLock::take(path_);
  if (!lock) return lock.error();
  auto file = read_own_file(path_, kDamaged, true);
  if (!file) return file.error();
  // A file that has gone, or lost a lesson, gets back what was in it.
  const bool there = file->table.has_value();
  Lessons theirs = saved_, together = known_;
  toml::table root = there ? std::move(*file->table) : raw_;
  for (auto&& [key, node] : root)
    if (const toml::table* table = node.as_table())
      theirs[std::string(key.str())] = lesson_of(*table);
  bool changed = !there;
  for (const auto& [id, progress] : theirs) {
    LessonProgress& p = together.emplace(id, progress).first->second;
    p = merged(saved_[id], p, progress);
  }
  for (const auto& [id, progress] : together) {
    toml::table* table = root[id].as_table();
    if (table && lesson_of(*table) == progress) continue;
    toml::table fresh = table ? *table : toml::table();
    put(fresh, progress);
    root.insert_or_assign(id, std::move(fresh));
    changed = true;
  }
  if (!named_) student_ = root["student"].value_or(std::string());
  if (named_ && root["student"].value_or(std::string()) != student_) {
    root.insert_or_assign("student", student_);
    changed = true;
  }
  if (changed) {
    std::ostringstream text;
    text << "# What was done in QueueScope's lessons. Unknown lessons are kept.\n" << root << "\n";
    if (auto again = parse_toml(text.str(), path_); !again) return again.error();
    if (auto written = write_file(path_, text.str()); !written) return written;
  }
  raw_ = std::move(root);
  saved_ = known_ = std::move(together);
  return true;
}

}  // namespace qs::lesson
