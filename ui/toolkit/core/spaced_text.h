// Text with room between its letters, as headings have it. Called by toolkit/text.
#pragma once
#include <string_view>

#include "ui/toolkit/core/compat.h"

namespace qs::ui::compat {

// Like add_text(), with `spacing` pixels (more than 0) after each letter, and each at a whole
// pixel.
void add_spaced_text(ImDrawList* draw, const Font& font, float x, float y, ImU32 color,
                     std::string_view text, float spacing);

}  // namespace qs::ui::compat
