#include "ui/panes/code/text.h"

#include <algorithm>

#include "ui/panes/code/rows.h"
#include "ui/toolkit/core/draw.h"

namespace qs::ui {
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
  draw_code_part(ui, row, left, line,
                 {0, std::string_view::npos, std::min(skip, code_indent(line.text))});
}

int code_columns(std::string_view text) {
  int column = 0;
  for (const char c : text) column = column_after(column, c);
  return column;
}

int code_indent(std::string_view text) {
  int column = 0;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\r') return column;
    column = column_after(column, c);
  }
  return 1000;
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
