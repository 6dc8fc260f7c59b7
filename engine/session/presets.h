// Set-ups of the sandbox, one key each. Owns: Preset. Kept as data in assets/presets.toml; called
// by ui (digit keys) and tests. A preset is a set-up: showing one is cmd::LoadSetup.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/setup_file.h"

namespace qs::session {

struct Preset : SetupFile {  // title: "Three reads, a sequential queue"; note: what to look at
  int key = 0;               // the digit
};

// The presets that are compiled in, by key. The error has file and line.
Result<std::vector<Preset>> load_presets();
Result<std::vector<Preset>> parse_presets(std::string_view text, std::string_view file);

}  // namespace qs::session
