// Prose: a little Markdown, wrapped: paragraphs, lists, headings, **bold**, *emphasis*, `code`,
// links, code blocks, tables. Called by the lesson panel, the teacher's page, explanations of
// violations and help. Parsed by md4c, each text once.
#pragma once

#include <string>

#include "ui/toolkit/text/text.h"

namespace qs::ui {

struct ProseStyle {
  const Font* font = nullptr;  // of every letter; nullptr: body, bold and mono as the text says
  Color color = {0, 0, 0, 0};  // ui.theme->text if transparent
  float line_height = 1.35f;   // of the font's size
  bool may_cut = false;        // inside a scroll area that shows the rest
};

struct ProseResult {
  float height = 0;          // pixels used (or needed)
  std::string clicked_link;  // the address of a link that was pressed, "" for none
};

// Draws `markdown` into `rect`, from its top, as wide as it is. Text below the bottom is not drawn
// and counts as cut.
ProseResult prose(Ui& ui, const Rect& rect, std::string_view name, std::string_view markdown,
                  const ProseStyle& style = {});
float prose_height(Ui& ui, float width, std::string_view markdown, const ProseStyle& style = {});
// The width of all of it on one line.
float prose_width(Ui& ui, std::string_view markdown, const ProseStyle& style = {});
// The same text without any signs, for the terminal and for readers.
std::string prose_plain(std::string_view markdown);

}  // namespace qs::ui
