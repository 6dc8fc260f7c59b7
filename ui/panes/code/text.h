// The text of the driver's sources as it is drawn, in the code pane and on the cards of the stage:
// files lexed once, one line of them, and which lines stand around a line. Owns: LexedFiles. Called
// by the code pane and the stage; main thread only.
#pragma once
#include <span>
#include <vector>

#include "base/embedded.h"
#include "ui/panes/code/function_names.h"
#include "ui/panes/code/lexer.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

class LexedFiles {
 public:
  // Lexed anew when another file stands at this place. Valid until then.
  const std::vector<CodeLine>& lines(std::span<const EmbeddedFile> files, size_t file);

 private:
  struct File {
    const unsigned char* data = nullptr;
    std::vector<CodeLine> lines;
  };
  std::vector<File> files_;
};

// The width of one sign of code, pixels.
float code_char_width(const Ui& ui);

// One line, its first column at `left` (pixels), without the first `skip` columns where those are
// blank. What lies right of `row` is not drawn.
void draw_code_text(Ui& ui, const Rect& row, float left, const CodeLine& line, int skip = 0);

// So many columns wide: tabs count to the next multiple of four.
int code_columns(std::string_view text);
// Blank columns at its beginning; those of a blank line count as many as there could be.
int code_indent(std::string_view text);

// The lines of a function's body, without its head and its braces.
struct CodeRange {
  uint32_t first = 0, last = 0;  // from 1, both included; 0: nothing
};
CodeRange body_of(const std::vector<CodeLine>& lines, const DefinedFunction& function);

// The first of `rows` lines of `range` to be shown when `line` is the current one: pages of the
// body that overlap, so that the text rests while a thread goes along it, and what comes next is in
// view.
uint32_t page_of(const CodeRange& range, uint32_t line, int rows);

}  // namespace qs::ui
