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

namespace {

// Where a row of code may end, the best first: after a comma, a blank or a parenthesis; before "->"
// or "."; inside a name that no row could hold, after an underscore or between two of its words.
struct Break {
  enum Kind { between, member, word, kinds };
};

int break_after(std::string_view text, size_t i) {
  const char c = text[i], next = i + 1 < text.size() ? text[i + 1] : ' ';
  // Not inside "((": what is cast stays behind its cast.
  const bool inner = c == '(' && i > 0 && text[i - 1] == '(';
  if (c == ' ' || c == ',' || (c == '(' && !inner)) return Break::between;
  if (next == '.' || (next == '-' && text.substr(i + 1, 2) == "->")) return Break::member;
  const auto lower = [](char x) { return (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9'); };
  if (c == '_' || (lower(c) && next >= 'A' && next <= 'Z')) return Break::word;
  return Break::kinds;
}

// How far the name goes that begins here, with what stands against its end.
size_t name_length(std::string_view text, size_t from) {
  size_t to = from;
  while (to < text.size() && break_after(text, to) != Break::between) ++to;
  return to - from + 1;
}

struct BreakAt {
  size_t end = 0;
  int column = 0;
};

// The best end of a row that is full before `full`.
BreakAt best_break(std::string_view text, const CodePart& row, const BreakAt (&seen)[Break::kinds],
                   BreakAt full, int columns, int hang) {
  const auto inside = [&](const BreakAt& b) { return b.end > row.from; };
  const auto half = [&](const BreakAt& b) {
    return inside(b) && b.column - row.skip > columns / 2;
  };
  const BreakAt& good = seen[Break::between];
  if (half(good)) return good;
  // A row of a semicolon alone, or a name in two, is worse than a short row.
  if (inside(good) && (text.size() - full.end <= 2 ||
                       name_length(text, good.end) <= size_t(std::max(1, columns - hang))))
    return good;
  for (const Break::Kind kind : {Break::member, Break::word})
    if (half(seen[kind])) return seen[kind];
  return full;
}

}  // namespace

std::vector<CodePart> code_rows(std::string_view text, int skip, int columns) {
  constexpr int kHang = 4;
  const int indent = code_indent(text);
  skip = std::min(skip, indent);
  const int hang = std::min(std::max(0, indent - skip) + kHang, columns / 3);
  std::vector<CodePart> rows{{0, text.npos, skip}};
  BreakAt seen[Break::kinds];
  int column = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const int next = column_after(column, text[i]);
    CodePart& row = rows.back();
    // A blank that has no room hangs over, unseen: a row does not begin with it.
    if (next - row.skip > columns && column > indent && text[i] != ' ') {
      const BreakAt at = best_break(text, row, seen, {i, column}, columns, hang);
      row.to = at.end;
      rows.push_back({at.end, text.npos, at.column - hang});
    }
    column = next;
    if (const int kind = break_after(text, i); kind < Break::kinds) seen[kind] = {i + 1, column};
  }
  return rows;
}

}  // namespace qs::ui
