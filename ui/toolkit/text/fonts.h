// Fonts: the typefaces of the window at one scale. Built by the app at start and whenever the scale
// changes (some tens of milliseconds); used by every widget through ui.fonts.
//
// Inter for reading, JetBrains Mono for code, Fork Awesome for icons (merged into every Inter size,
// so an icon is just text: icon::play), DejaVu Sans for signs that Inter has not.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "ui/toolkit/core/compat.h"

namespace qs::ui {

struct Fonts {
  float scale = 0;       // pixels per design pixel these were made for
  Font caption;          // 11.5: headings in capitals, axis labels
  Font caption_bold;     // 11.5 semibold
  Font small;            // 12.5: secondary text
  Font small_bold;       // 12.5
  Font body;             // 14:   text and buttons
  Font bold;             // 14
  Font token;            // 13 semibold: labels of requests
  Font title;            // 18 semibold: panel and lesson titles
  Font huge;             // 24 semibold: home page
  Font mono, mono_bold;  // 13:   code
  Font mono_small;       // 11.5
  Font icon;             // 18: icons standing alone
};

// Rebuilds Dear ImGui's font atlas for `scale` (1 = 100 %). `extra` is text whose characters are
// needed besides Latin, punctuation and arrows (strings of the language, lesson prose); those of
// missed_glyphs() are there in any case. Call between frames, then Platform::fonts_changed(). Fails
// when a font file is missing from the program.
Result<Fonts> build_fonts(float scale, std::string_view extra = {});

// Somebody types or opens a file with characters that the fonts were not made with: while they are
// measured and drawn, those that DejaVu Sans has are noted here, and when there are more of them
// than the fonts know, the fonts are made anew (Host). They stay for as long as the program runs.
void miss_glyph(char32_t c);
const std::string& missed_glyphs();

// Icons as UTF-8 text (Fork Awesome), usable in any label.
namespace icon {
// clang-format off
#define QS_ICONS(X)                                                                               \
  X(play, "\uf04b") X(pause, "\uf04c") X(stop, "\uf04d") X(first, "\uf048") X(last, "\uf051")      \
  X(step_back, "\uf04a") X(step_forward, "\uf04e") X(check, "\uf00c") X(cross, "\uf00d")           \
  X(question, "\uf128") X(info, "\uf05a") X(warning, "\uf071") X(stop_sign, "\uf06a")              \
  X(search, "\uf002") X(settings, "\uf013") X(home, "\uf015") X(list, "\uf03a") X(code, "\uf121")  \
  X(clock, "\uf017") X(bookmark, "\uf02e") X(random, "\uf074") X(branch, "\uf126")                 \
  X(undo, "\uf0e2") X(redo, "\uf01e") X(save, "\uf0c7") X(open, "\uf07c") X(download, "\uf019")    \
  X(camera, "\uf030") X(expand, "\uf065") X(compress, "\uf066") X(plus, "\uf067")                  \
  X(minus, "\uf068") X(chevron_right, "\uf054") X(chevron_left, "\uf053")                          \
  X(chevron_down, "\uf078") X(chevron_up, "\uf077") X(external, "\uf08e") X(bulb, "\uf0eb")        \
  X(lesson, "\uf19d") X(finish, "\uf11e") X(flag, "\uf024") X(hand, "\uf256") X(bolt, "\uf0e7")    \
  X(moon, "\uf186") X(sun, "\uf185") X(contrast, "\uf042") X(keyboard, "\uf11c") \
  X(pencil, "\uf040") X(copy, "\uf0c5") X(paste, "\uf0ea") X(filter, "\uf0b0") \
  X(link, "\uf0c1") X(eye, "\uf06e") X(eye_off, "\uf070") X(chip, "\uf2db") X(exchange, "\uf0ec")  \
  X(share, "\uf064") X(ban, "\uf05e") X(power, "\uf011") X(disk, "\uf0a0") X(screen, "\uf108")     \
  X(people, "\uf0c0") X(columns, "\uf0db") X(lock, "\uf023") X(unlock, "\uf09c") X(bug, "\uf188")  \
  X(arrow_right, "\uf061") X(arrow_left, "\uf060") X(arrow_up, "\uf062") X(arrow_down, "\uf063")   \
  X(circle, "\uf111") X(square, "\uf0c8") X(hourglass, "\uf254") X(thumbtack, "\uf08d")            \
  X(zoom_in, "\uf00e") X(zoom_out, "\uf010") X(repeat, "\uf021") X(bars, "\uf0c9")     \
  X(trash, "\uf1f8") X(sliders, "\uf1de")
// clang-format on
#define QS_X(name, utf8) inline constexpr const char* name = utf8;
QS_ICONS(QS_X)
#undef QS_X
}  // namespace icon

}  // namespace qs::ui
