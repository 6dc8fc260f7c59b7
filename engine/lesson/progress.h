// What a student has done, in a small text file that is written as it happens. Owns: Progress.
// Called by ui and cli on one thread; several programs may share the file, the last writer wins.
//
//   [first-request]
//   beat = 3                     # the beat to go on with, from 0
//   finished = true
//   answers = [-1, 2]            # by beat; -1: none. The first answer counts
//   done = [0, 1]                # beats that were gone through
//   well = [1]                   # right at the first try, or without help
//
// Lessons that this program does not know are kept as they are.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "base/result.h"

namespace qs {

// "empty qs1:7;@0 send=read 16 file=A marked=97"
struct ReachedGoal {
  std::string run, schedule;
  size_t marked = size_t(-1);  // the moment that was marked, in events; -1: none
  std::string print() const;
  static ReachedGoal parse(const std::string& text);
};

struct LessonProgress {
  size_t beat = 0, beats = 0;  // beats: how many the lesson had; 0: not known
  bool begun = false, finished = false;
  std::vector<int> answers;
  std::set<size_t> done, well;
  std::map<size_t, ReachedGoal> runs;  // by beat: what reached its goal without help
};

class Progress {
 public:
  // $XDG_DATA_HOME/queuescope/progress.toml, or ~/.local/share/queuescope/progress.toml.
  static std::string default_path();

  // Reads the file; without a path nothing is read or written. A missing one is an empty one; a
  // damaged one is renamed to "<path>.damaged" and `note` says so.
  explicit Progress(std::string path, std::string* note = nullptr);

  const LessonProgress& of(const std::string& lesson) const;
  // Changes and saves: a new file is written beside the old one and takes its place. The error says
  // why it could not be; what was changed stays in memory.
  Result<bool> set(const std::string& lesson, LessonProgress progress);

 private:
  void keep(std::string_view id, const toml::table& table);
  Result<bool> save() const;

  std::string path_;
  toml::table raw_;  // everything that was in the file, unknown keys included
  std::map<std::string, LessonProgress> known_;
};

}  // namespace qs
