#include "lesson/progress.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/toml.h"

namespace qs {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMostBeats = limits::kBeats;

template <class Out>
void numbers(const toml::table& table, const char* key, Out out) {
  const toml::array* array = table[key].as_array();
  if (!array) return;
  for (const toml::node& n : *array)
    if (auto value = n.value<int64_t>(); value && *value >= -1 && *value < kMostBeats) out(*value);
}

toml::array list(const std::set<size_t>& values) {
  toml::array out;
  for (size_t v : values) out.push_back(int64_t(v));
  return out;
}

}  // namespace

std::string ReachedGoal::print() const {
  std::string out = run + " " + schedule;
  if (marked != size_t(-1)) out += fmt::format(" marked={}", marked);
  return out;
}

ReachedGoal ReachedGoal::parse(const std::string& text) {
  ReachedGoal r;
  const size_t space = text.find(' '), mark = text.rfind(" marked=");
  r.run = text.substr(0, space);
  if (space == std::string::npos) return r;
  const size_t end = mark == std::string::npos ? text.size() : mark;
  if (end > space) r.schedule = text.substr(space + 1, end - space - 1);
  if (mark != std::string::npos) r.marked = std::strtoul(text.c_str() + mark + 8, nullptr, 10);
  return r;
}

std::string Progress::default_path() {
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  const std::string folder = data && *data   ? data
                             : home && *home ? std::string(home) + "/.local/share"
                                             : std::string(".");
  return folder + "/queuescope/progress.toml";
}

Progress::Progress(std::string path, std::string* note) : path_(std::move(path)) {
  if (path_.empty()) return;
  auto text = read_file_if_there(path_, limits::kTextFile);
  if (!text) {  // it may be whole, and belong to somebody else: nothing is written there
    if (note)
      *note =
          fmt::format("The record of your progress cannot be read, and nothing is added to it: {}.",
                      text.error().text());
    path_.clear();
    return;
  }
  if (!*text) return;  // there is none yet
  if (auto root = parse_toml(**text, path_)) {
    raw_ = std::move(*root);
  } else {
    std::error_code ignored;
    fs::rename(path_, path_ + ".damaged", ignored);
    if (note)
      *note = fmt::format("The record of your progress could not be read. It was set aside as {}.",
                          path_ + ".damaged");
    return;
  }
  for (auto&& [key, node] : raw_)
    if (const toml::table* table = node.as_table()) keep(key.str(), *table);
}

void Progress::keep(std::string_view id, const toml::table& table) {
  LessonProgress p;
  p.begun = true;
  p.beat = size_t(std::clamp<int64_t>(table["beat"].value_or(int64_t(0)), 0, kMostBeats));
  p.beats = size_t(std::clamp<int64_t>(table["beats"].value_or(int64_t(0)), 0, kMostBeats));
  p.finished = table["finished"].value_or(false);
  numbers(table, "answers", [&](int64_t v) { p.answers.push_back(int(v)); });
  numbers(table, "done", [&](int64_t v) {
    if (v >= 0) p.done.insert(size_t(v));
  });
  numbers(table, "well", [&](int64_t v) {
    if (v >= 0) p.well.insert(size_t(v));
  });
  if (const toml::table* runs = table["runs"].as_table())
    for (auto&& [key, text] : *runs) {
      const unsigned long beat = std::strtoul(std::string(key.str()).c_str(), nullptr, 10);
      if (auto value = text.value<std::string>(); value && beat < size_t(kMostBeats))
        p.runs[beat] = ReachedGoal::parse(*value);
    }
  known_[std::string(id)] = std::move(p);
}

const LessonProgress& Progress::of(const std::string& lesson) const {
  static const LessonProgress none;
  auto found = known_.find(lesson);
  return found == known_.end() ? none : found->second;
}

Result<bool> Progress::set(const std::string& lesson, LessonProgress p) {
  p.begun = true;
  toml::table table;
  if (const toml::table* old = raw_[lesson].as_table()) table = *old;
  table.insert_or_assign("beat", int64_t(p.beat));
  if (p.beats) table.insert_or_assign("beats", int64_t(p.beats));
  table.insert_or_assign("finished", p.finished);
  toml::array answers;
  for (int a : p.answers) answers.push_back(int64_t(a));
  table.insert_or_assign("answers", std::move(answers));
  table.insert_or_assign("done", list(p.done));
  table.insert_or_assign("well", list(p.well));
  toml::table runs;
  for (const auto& [beat, text] : p.runs) runs.insert_or_assign(std::to_string(beat), text.print());
  table.insert_or_assign("runs", std::move(runs));
  raw_.insert_or_assign(lesson, std::move(table));
  known_[lesson] = std::move(p);
  return save();
}

Result<bool> Progress::save() const {
  if (path_.empty()) return true;
  std::error_code error;
  fs::create_directories(fs::path(path_).parent_path(), error);
  const std::string fresh = path_ + ".new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out << "# What was done in QueueScope's lessons. Unknown lessons are kept.\n" << raw_ << "\n";
    out.flush();
    if (!out)
      return Error{path_, 0, "your progress can not be saved: this file can not be written"};
  }
  fs::rename(fresh, path_, error);
  if (error) return Error{path_, 0, "your progress can not be saved: " + error.message()};
  return true;
}

}  // namespace qs
