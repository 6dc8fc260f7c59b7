#include "ui/toolkit/text/text.h"

#include "ui/toolkit/core/spaced_text.h"
#include "ui/toolkit/text/broken_word.h"

namespace qs::ui {
namespace {

const Font& font_of(const Ui& ui, const LabelStyle& style) {
  return style.font ? *style.font : ui.fonts->body;
}
Color color_of(const Ui& ui, const LabelStyle& style) {
  return style.color.a ? style.color : ui.theme->text;
}

// Never cut a character of several bytes in two.
std::size_t char_start(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

}  // namespace

std::string shortened(const Font& font, std::string_view text, float width, bool& fits) {
  fits = text_width(font, text) <= width + 0.5f;
  if (fits) return std::string(text);
  const float room = width - text_width(font, "…");
  std::size_t low = 0, high = text.size();
  while (low < high) {  // the longest beginning that fits
    const std::size_t middle = (low + high + 1) / 2;
    if (text_width(font, text.substr(0, char_start(text, middle))) <= room)
      low = middle;
    else
      high = middle - 1;
  }
  std::string_view kept = text.substr(0, char_start(text, low));
  while (!kept.empty() && kept.back() == ' ') kept.remove_suffix(1);
  return std::string(kept) + "…";
}

float label(Ui& ui, const Rect& rect, std::string_view text, const LabelStyle& style) {
  if (text.empty()) return 0;
  const Font& font = font_of(ui, style);
  const float full = text_width(font, text);
  const bool fits = full <= rect.w + 0.5f;
  const float width = fits ? full : rect.w;
  float x = rect.x;
  if (fits && style.align == Align::center) x += (rect.w - full) / 2;
  if (fits && style.align == Align::right) x += rect.w - full;
  const Rect drawn{x, rect.y + (rect.h - font.size) / 2, width, font.size};
  ui.note(drawn, text, !fits, style.may_cut);
  if (!ui.can_see(drawn)) return width;
  if (fits) {
    draw_text(ui, drawn.top_left(), font, color_of(ui, style), text);
  } else {
    bool ignored = false;
    draw_text(ui, drawn.top_left(), font, color_of(ui, style),
              shortened(font, text, rect.w, ignored));
  }
  return width;
}

float label(Ui& ui, Point top_left, std::string_view text, const LabelStyle& style) {
  const Font& font = font_of(ui, style);
  return label(ui, {top_left.x, top_left.y, text_width(font, text) + 1, font.size}, text, style);
}

float heading(Ui& ui, const Rect& rect, std::string_view text, Align align) {
  const Font& font = ui.fonts->caption_bold;
  const float spacing = ui.px(1.2f);
  float width = text_width(font, text) - spacing;
  for (std::string_view rest = text; !rest.empty(); width += spacing) next_codepoint(rest);
  width = std::max(0.0f, width);
  float x = rect.x;
  if (align == Align::center) x += (rect.w - width) / 2;
  if (align == Align::right) x += rect.w - width;
  const float y = rect.y + (rect.h - font.size) / 2;
  ui.note({x, y, std::min(width, rect.w), font.size}, text, width > rect.w + 0.5f, false);
  compat::add_spaced_text(ui.draw, font, x, whole(y), ui.theme->text_faint.u32(), text, spacing);
  return width;
}

std::size_t broken_word(const Font& font, std::string_view word, float width) {
  if (text_width(font, word) <= width + 0.5f) return word.size();
  const auto starts = [&](std::size_t i) { return (word[i] & 0xC0) != 0x80; };  // UTF-8
  std::size_t full = 1, before = 0;
  float end = 0;
  for (std::size_t i = 1; i < word.size(); ++i)
    if (starts(i)) {
      end = compat::text_end(font, end, word.substr(before, i - before));
      if (end > width) break;
      full = before = i;
    }
  const auto capital = [&](std::size_t i) { return word[i] >= 'A' && word[i] <= 'Z'; };
  for (std::size_t i = full; i > 1; --i)
    if (word[i - 1] == '_' || (capital(i) && !capital(i - 1))) return i;
  while (full < word.size() && !starts(full)) ++full;
  return full;
}

namespace {

// Calls line(text, its width) for each line.
template <class Line>
void each_line(const Font& font, std::string_view text, float width, Line line) {
  constexpr std::size_t kShort = 80;  // most texts are one line
  if (text.size() < kShort && text.find('\n') == text.npos)
    if (const float all = text_width(font, text); all <= width) return line(text, all);
  std::size_t start = 0;
  while (start <= text.size()) {
    std::size_t stop = text.find('\n', start);
    if (stop == text.npos) stop = text.size();
    std::string_view rest = text.substr(start, stop - start);
    if (rest.empty()) line(rest, 0.0f);
    while (!rest.empty()) {
      std::size_t taken = 0;
      float taken_width = 0;
      for (std::size_t at = 0; at < rest.size();) {
        std::size_t end = rest.find(' ', at);
        if (end == rest.npos) end = rest.size();
        const float longer = compat::text_end(font, taken_width, rest.substr(taken, end - taken));
        if (taken && longer > width) break;
        taken = end;
        taken_width = longer;
        at = end + 1;
      }
      if (taken > 1 && taken_width > width) {  // one long word
        taken = broken_word(font, rest.substr(0, taken), width);
        line(rest.substr(0, taken), text_width(font, rest.substr(0, taken)));
        rest.remove_prefix(taken);
        continue;
      }
      line(rest.substr(0, taken), taken_width);
      rest.remove_prefix(std::min(rest.size(), taken + 1));
    }
    start = stop + 1;
  }
}

}  // namespace

std::vector<std::string_view> wrapped(const Font& font, std::string_view text, float width) {
  std::vector<std::string_view> lines;
  each_line(font, text, width, [&](std::string_view one, float) { lines.push_back(one); });
  return lines;
}

float paragraph_height(Ui& ui, float width, std::string_view text, const LabelStyle& style,
                       float line_height) {
  const Font& font = font_of(ui, style);
  if (line_height <= 0) line_height = std::round(font.size * 1.25f);
  int lines = 0;
  each_line(font, text, width, [&](std::string_view, float) { ++lines; });
  return line_height * float(lines);
}

float paragraph(Ui& ui, const Rect& rect, std::string_view text, const LabelStyle& style,
                float line_height) {
  const Font& font = font_of(ui, style);
  if (line_height <= 0) line_height = std::round(font.size * 1.25f);
  int lines = 0;
  bool cut = false, full = false;
  each_line(font, text, rect.w, [&](std::string_view one, float wide) {
    const float y = rect.y + line_height * float(lines++);
    full = full || y + line_height > rect.bottom() + 1;
    if (full) return;
    if (wide > rect.w + 1) cut = true;
    draw_text(ui, Rect{rect.x, y, rect.w, line_height}, font, color_of(ui, style), one,
              style.align);
  });
  const float height = line_height * float(lines);
  cut = cut || height > rect.h + 1;
  ui.note({rect.x, rect.y, rect.w, std::min(height, rect.h)}, text, cut, style.may_cut);
  return height;
}

}  // namespace qs::ui
