// The first files of a new driver. Owns: write_starter. Called by `queuescope new`.
#pragma once
#include <string>

#include "base/result.h"

namespace qs::own {

// What its one queue is like: requests come one at a time; the driver takes them itself; it keeps
// them for a while; it can be asked for them back.
enum class Starter { Sequential, Manual, Pending, Cancel };

// Makes the folder with driver.c and program.toml; an existing one must be empty. Returns its path.
Result<std::string> write_starter(const std::string& folder, Starter kind);

}  // namespace qs::own
