// Text: labels that report when they do not fit, headings, and paragraphs that wrap. Called by
// views and widgets. Every one of them is recorded, so tests can read the window.
#pragma once

#include "ui/toolkit/core/draw.h"

namespace qs::ui {

struct LabelStyle {
  const Font* font = nullptr;  // ui.fonts->body if nullptr
  Color color = {0, 0, 0, 0};  // ui.theme->text if transparent
  Align align = Align::left;
  bool may_cut = false;  // shortening is all right here (else tests complain)
};

// One line, vertically in the middle of `rect`; shortened with an ellipsis where it does not fit.
// Returns the width drawn in pixels.
float label(Ui& ui, const Rect& rect, std::string_view text, const LabelStyle& style = {});
// The same with its upper left corner at a point and as much room as it needs.
float label(Ui& ui, Point top_left, std::string_view text, const LabelStyle& style = {});

// Small capitals, spaced ("QUEUES"): the heading of a column. Write the text in capitals.
float heading(Ui& ui, const Rect& rect, std::string_view text, Align align = Align::left);

// Plain text wrapped to the width of `rect`. Returns the height used, or needed where it does not
// fit (then it is recorded as cut). `line_height` 0: 1.35 of the font's size. See prose.h for
// Markdown.
float paragraph(Ui& ui, const Rect& rect, std::string_view text, const LabelStyle& style = {},
                float line_height = 0);
float paragraph_height(Ui& ui, float width, std::string_view text, const LabelStyle& style = {},
                       float line_height = 0);

// The longest beginning of `text` that fits into `width` with an ellipsis; all of it if it fits.
// `fits` tells which.
std::string shortened(const Font& font, std::string_view text, float width, bool& fits);

// Lines of `text` broken at spaces so that each fits into `width`. Words that are longer than a
// line get one of their own.
std::vector<std::string_view> wrapped(const Font& font, std::string_view text, float width);

}  // namespace qs::ui
