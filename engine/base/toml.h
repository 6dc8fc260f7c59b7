// The one way in which TOML is read. Owns: parse_toml. Called by every reader of our files; any
// thread.
#pragma once
#include <string_view>

#include <toml++/toml.h>

#include "base/result.h"

namespace qs {

// Parses the whole text of a file. The error has file and line. A text that would take the parser's
// stack or the machine's memory (limits::kTextFile, kTomlDepth, kTomlValues) is refused before the
// parser sees it.
Result<toml::table> parse_toml(std::string_view text, std::string_view file);

}  // namespace qs
