// Fonts that were drawn when the program was built: drawing 2,500 letters at each start costs
// more than all the rest of the first frame. qs_bake (ui/bake) keeps what build_fonts() makes
// of Dear ImGui's atlas at the usual scale, pictures and tables; the window uses them where they
// stand in the program, and draws its letters itself at every other scale. Owns Dear ImGui's
// allocation functions, from unbake_fonts() on. Main thread only.
//
// With Dear ImGui 1.92 and later, which draws each letter when it is first wanted, there is nothing
// to keep: baking gives no bytes.
#pragma once

#include <span>
#include <string>

#include "ui/toolkit/text/fonts.h"

namespace qs::ui {

// The present atlas and `fonts`, which build_fonts() just made in it.
std::string bake_fonts(const Fonts& fonts);
// The same fonts in the present atlas, as after build_fonts(); then Platform::fonts_changed().
// `baked` begins at a multiple of 16, and stays as long as Dear ImGui. False when it holds none:
// then build_fonts() has to make them.
bool unbake_fonts(std::span<const unsigned char> baked, Fonts& out);
// Those of the program, at scale 1, with all signs of the language it is built with.
std::span<const unsigned char> baked_fonts();

}  // namespace qs::ui
