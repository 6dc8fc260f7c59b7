#include "ui/panes/code/rows.h"

#include <algorithm>

#include "ui/panes/code/text.h"
#include "ui/toolkit/core/draw.h"

namespace qs::ui {
namespace {

constexpr int kTab = 4;

Color color_of(const Theme& t, CodeKind kind) {
  switch (kind) {
    case CodeKind::plain: return t.code;
    case CodeKind::keyword: return t.code_keyword;
    case CodeKind::type: return t.code_type;
    case CodeKind::call: return t.code_call;
    case CodeKind::text: return t.code_text;
    case CodeKind::number: return t.code_number;
    case CodeKind::comment: return t.code_comment;
    case CodeKind::macro: return t.code_macro;
  }
  return t.code;
}

}  // namespace

int column_after(int column, char c) {
  if (c == '\t') return column + kTab - column % kTab;
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? column : column + 1;
}

void draw_code_part(Ui& ui, const Rect& row, float left, const CodeLine& line,
                    const CodePart& part) {
  const Font& font = ui.fonts->mono;
  const float wide = code_char_width(ui), y = row.y + (row.h - font.size) / 2;
  size_t at = 0;
  int column = 0;
  for (const CodePiece& piece : line.pieces) {
    const size_t from = std::max<size_t>(piece.from, part.from);
    const size_t to = std::min<size_t>(piece.to, part.to);
    if (piece.from >= part.to) break;
    if (from >= to) continue;
    for (; at < from; ++at) column = column_after(column, line.text[at]);
    const float x = left + float(std::max(0, column - part.skip)) * wide;
    if (x > row.right()) break;
    draw_text(ui, Point{x, y}, font, color_of(*ui.theme, piece.kind),
              line.text.substr(from, to - from));
  }
}

std::vector<CodePart> code_rows(std::string_view text, int skip, int columns) {
  constexpr int kHang = 4;
  const int indent = code_indent(text);
  skip = std::min(skip, indent);
  const int hang = std::min(std::max(0, indent - skip) + kHang, columns / 2);
  std::vector<CodePart> rows{{0, text.npos, skip}};
  size_t good = 0;  // where the row may end
  int column = 0, good_column = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const int next = column_after(column, text[i]);
    CodePart& row = rows.back();
    if (next - row.skip > columns && column > indent) {
      // In the second half of the row or where it is full.
      const bool half = good > row.from && good_column - row.skip > columns / 2;
      const size_t end = half ? good : i;
      const int end_column = half ? good_column : column;
      row.to = end;
      rows.push_back({end, text.npos, end_column - hang});
    }
    column = next;
    const char c = text[i];
    if (c == ' ' || c == ',' || c == '(') good = i + 1, good_column = column;
  }
  return rows;
}

}  // namespace qs::ui
