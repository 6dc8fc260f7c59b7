#include "ui/panes/code/text.h"

#include <algorithm>

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

// The column after one more byte of UTF-8.
int after(int column, char c) {
  if (c == '\t') return column + kTab - column % kTab;
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? column : column + 1;
}

}  // namespace

const std::vector<CodeLine>& LexedFiles::lines(std::span<const EmbeddedFile> files, size_t file) {
  if (files_.size() != files.size()) files_.assign(files.size(), {});
  File& f = files_[file];
  if (f.data != files[file].data) {
    f.data = files[file].data;
    TypeNames types;  // of the headers too
    for (const EmbeddedFile& one : files) types.merge(declared_types(one.text()));
    f.lines = lex_file(files[file].text(), types);
  }
  return f.lines;
}

float code_char_width(const Ui& ui) { return text_width(ui.fonts->mono, "0000000000") / 10; }

void draw_code_text(Ui& ui, const Rect& row, float left, const CodeLine& line, int skip) {
  const Font& font = ui.fonts->mono;
  const float wide = code_char_width(ui);
  skip = std::min(skip, code_indent(line.text));
  size_t at = 0;
  int column = 0;
  for (const CodePiece& piece : line.pieces) {
    for (; at < piece.from; ++at) column = after(column, line.text[at]);
    const float x = left + float(std::max(0, column - skip)) * wide;
    if (x > row.right()) break;
    draw_text(ui, Point{x, row.y + (row.h - font.size) / 2}, font, color_of(*ui.theme, piece.kind),
              line.text.substr(piece.from, piece.to - piece.from));
  }
}

int code_columns(std::string_view text) {
  int column = 0;
  for (const char c : text) column = after(column, c);
  return column;
}

int code_indent(std::string_view text) {
  const size_t at = text.find_first_not_of(" \t\r");
  return at == text.npos ? 1000 : code_columns(text.substr(0, at));
}

CodeRange body_of(const std::vector<CodeLine>& lines, const DefinedFunction& f) {
  CodeRange out{f.first, std::min(f.last, uint32_t(lines.size()))};
  for (uint32_t n = f.first; n >= 1 && n < out.last; ++n) {
    if (lines[n - 1].text.find('{') == std::string_view::npos) continue;
    if (n + 1 < out.last) return {n + 1, out.last - 1};
    break;
  }
  return out;
}

uint32_t page_of(const CodeRange& range, uint32_t line, int rows) {
  const uint32_t n = uint32_t(std::max(1, rows));
  const uint32_t all = range.last - range.first + 1;
  if (all <= n || line < range.first) return range.first;
  const uint32_t most = range.last - n + 1;
  // Each page begins so that two lines (one, where there are few) follow the last new one.
  const uint32_t ahead = n >= 6 ? 2 : n >= 3 ? 1 : 0;
  const uint32_t step = std::max(1u, n - ahead - (n >= 4 ? 1 : 0));
  const uint32_t into = line - range.first;
  uint32_t page = into < n - ahead ? 0 : (into - (n - ahead)) / step + 1;
  return std::min(range.first + page * step, most);
}

}  // namespace qs::ui
