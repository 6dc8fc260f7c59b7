// The file of the window's texts, assets/strings-<language>.toml. Owns: read_texts. Called by
// strings.cpp and, when the program is built, by ui/bake; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace qs::ui {

using Texts = std::map<std::string, std::string, std::less<>>;

// Each text by "table.key". `file` names the TOML in errors (file:line).
Result<Texts> read_texts(std::string_view toml, std::string_view file);

}  // namespace qs::ui
