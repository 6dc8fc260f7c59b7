// Files that the program keeps for itself and that several of its windows share: progress,
// settings. Owns: read_own_file. Called by their owners, who save with FileLock and write_file; any
// thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "base/result.h"

namespace qs {

struct OwnFile {
  std::optional<toml::table> table;  // none: the file is missing, or was damaged
  std::string aside;                 // where the damaged one is now; "" when it was none
  Error damage;                      // what was wrong with it
};

// Reads such a file. A damaged one is never written over: under the file's lock it gets another
// name, with `suffix` (set_aside). `locked`: the caller holds the lock. One that cannot be read, or
// set aside, is the error, and whoever gets it does not save.
Result<OwnFile> read_own_file(const std::string& path, std::string_view suffix, bool locked);

}  // namespace qs
