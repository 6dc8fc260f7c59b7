// The baked fonts, which are a library of their own: the baker has this folder without them.
#include "ui/toolkit/text/fonts_baked.h"

extern "C" {
extern const unsigned char qs_baked_fonts[];
extern const unsigned long qs_baked_fonts_size;
}

namespace qs::ui {

std::span<const unsigned char> baked_fonts() { return {qs_baked_fonts, qs_baked_fonts_size}; }

}  // namespace qs::ui
