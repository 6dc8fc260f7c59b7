// Lines of code in rows: a part of a line, drawn, and where a line that is too long goes on. Owns
// no state. Called by code/text and by the cards of the stage; main thread only.
#pragma once
#include <string_view>
#include <vector>

#include "ui/panes/code/lexer.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

// A part of a line: bytes, and how many columns of the line stand left of where it is drawn.
struct CodePart {
  size_t from = 0, to = std::string_view::npos;
  int skip = 0;
};

// A part of a line, the line's column `part.skip` at `left` (pixels). What lies right of `row` is
// not drawn.
void draw_code_part(Ui& ui, const Rect& row, float left, const CodeLine& line,
                    const CodePart& part);

// A line without its first `skip` blank columns, broken into rows of at most `columns`: after a
// comma, a parenthesis or a blank, and what follows hangs. One part where all of it fits.
std::vector<CodePart> code_rows(std::string_view text, int skip, int columns);

// The column after one more byte of UTF-8; tabs go to the next multiple of four.
int column_after(int column, char c);

}  // namespace qs::ui
