// Reads a Theme from assets/theme-*.toml or a file of the user's. Called by the app when the
// theme is chosen and by the theme tests.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "ui/toolkit/core/theme.h"

namespace qs::ui {

// Parses a theme. Every color must be given, as "#rrggbb" or "#rrggbbaa". Fails with file:line
// and the key for damaged TOML, a color that is missing, unknown or not a color.
Result<Theme> parse_theme(std::string_view toml, std::string_view file);

// The themes in the program: "dark", "light", "contrast", in the order in which a key cycles
// through them.
std::span<const std::string_view> theme_names();
// Loads one of them.
Result<Theme> load_theme(std::string_view name);

// "#rrggbb" or "#rrggbbaa"; false for anything else.
bool parse_color(std::string_view text, Color& out);

}  // namespace qs::ui
