// Where a word that is wider than a line is broken. Pure. Called by paragraphs and prose.
#pragma once
#include <cstddef>
#include <string_view>

#include "ui/toolkit/text/fonts.h"

namespace qs::ui {

// How much of `word` goes on the line: all of it where it fits into `width` pixels, else up to an
// underscore or to before a capital, else as much as fits. At least one character.
std::size_t broken_word(const Font& font, std::string_view word, float width);

}  // namespace qs::ui
