// Set-ups of the sandbox, one key each. Owns: Preset. Kept as data in assets/presets.toml; called
// by ui (digit keys) and tests. A preset is a schedule: showing one is cmd::LoadSchedule.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sched/schedule.h"

namespace qs {

struct Preset {
  int key = 0;          // the digit
  std::string title;    // "Three reads, one at a time"
  std::string note;     // one sentence: what to look at
  std::string program;  // "sandbox"
  Schedule schedule;
};

// The presets that are compiled in, by key. The error has file and line.
Result<std::vector<Preset>> load_presets();
Result<std::vector<Preset>> parse_presets(std::string_view text, std::string_view file);

}  // namespace qs
