// A set-up that is a table inside another file. Owns: parse_setup of a table. Called by presets,
// which are such tables; any thread. Apart from setup_file.h, which everybody includes: toml++ is
// large.
#pragma once
#include <initializer_list>
#include <string_view>

#include <toml++/toml.h>

#include "session/setup_file.h"

namespace qs::session {

// Like parse_setup(text, file); keys in `others` are left to the caller.
Result<SetupFile> parse_setup(const toml::table& table, std::string_view file,
                              std::initializer_list<std::string_view> others);

}  // namespace qs::session
