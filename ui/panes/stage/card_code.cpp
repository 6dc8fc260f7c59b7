// The code on a card of the driver: the lines around the one its thread is at.
#include <algorithm>
#include <span>

#include "ui/panes/code/rows.h"
#include "ui/panes/stage/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

struct Look {
  Color ground, bar;
};

Look look_of(const StageFrame& f, const RoomBox& box) {
  const bool runs = box.current && box.who.state == model::Activation::State::Runs;
  if (f.event && box.who.site == f.event->site && box.current &&
      (f.event->code == trace::EventCode::Violation || f.event->code == trace::EventCode::Finding))
    return {f.theme.banner_danger, f.theme.danger};
  if (runs) return {f.theme.line_highlight, f.theme.accent};
  return {f.theme.line_other_thread, f.theme.control};
}

// Where no source is known: the line's number is all there is.
void draw_site(const StageFrame& f, const RoomBox& box) {
  if (const trace::Site site = site_of(f, box))
    label(f.ui, {box.code.x, box.code.y, box.code.w, std::min(box.code.h, f.px(20))},
          f.trace.site_text(site), {&f.ui.fonts->mono, f.theme.text_dim, Align::left, true});
}

// The number of a line, and the mark and the ground of the one that its thread is at.
void draw_gutter(const StageFrame& f, const RoomBox& card, const Rect& rows, const Rect& number,
                 uint32_t n, bool here) {
  const Look look = look_of(f, card);
  if (here) {
    fill(f.ui, rows, look.ground, f.px(2));
    const Rect mark{rows.x, rows.y, f.px(14), number.h};
    if (card.who.thread)
      draw_text(f.ui, mark, f.ui.fonts->small, look.bar,
                card.who.state == model::Activation::State::Runs ? icon::play : icon::pause,
                Align::center);
    else
      disc(f.ui, mark.center(), f.px(3), look.bar);
  }
  draw_text(f.ui, number, f.ui.fonts->mono, here ? f.theme.text_dim : f.theme.text_faint,
            std::to_string(n), Align::right);
}

}  // namespace

trace::Site site_of(const StageFrame& f, const RoomBox& box) {
  const bool entered = box.who.thread && box.who.state != model::Activation::State::Entering;
  if (box.who.site || !entered) return box.who.site;
  return f.in.state.functions.opening(f.trace, f.now, box.who);
}

void draw_card_code(const StageFrame& f, const RoomBox& card, const std::string& function) {
  if (card.rows <= 0) return;
  const FunctionNames& names = f.in.state.functions;
  const trace::Site site = card.who.thread ? site_of(f, card) : card.since;
  FunctionNames::Place at = site ? names.place(f.trace, site) : FunctionNames::Place{};
  if (at.file < 0) at = names.place(function);
  if (at.file < 0) return draw_site(f, card);
  const auto& lines = f.in.state.sources.lines(f.in.files, size_t(at.file));
  const CodeRange body = body_of(lines, at.function);
  const uint32_t current =
      site && site.line() >= at.function.first && site.line() <= at.function.last ? site.line() : 0;
  // All of a short function, and of one whose head is lit, else its body.
  CodeRange range = body;
  if (at.function.last - at.function.first < uint32_t(card.rows) ||
      (current && current < body.first))
    range = {at.function.first, at.function.last};
  int indent = 1000;
  for (uint32_t n = range.first; n <= range.last; ++n)
    indent = std::min(indent, code_indent(lines[n - 1].text));
  const float wide = code_char_width(f.ui), line = f.px(19);
  const float numbers = wide * float(std::max<size_t>(2, std::to_string(range.last).size()));
  const float left = card.code.x + f.px(14) + numbers + f.px(9);
  const int columns = std::max(8, int((card.code.right() - f.px(2) - left) / wide));
  // The line that acts is whole: on as many rows as it takes, or as there are.
  std::vector<CodePart> parts;
  if (current) parts = code_rows(lines[current - 1].text, indent, columns);
  if (parts.size() > size_t(card.rows))
    parts = code_rows(lines[current - 1].text, 1000, columns);  // further left
  const bool more = parts.size() > size_t(card.rows);
  if (more) parts.resize(size_t(card.rows));
  uint32_t first = page_of(range, current ? current : range.first, card.rows);
  if (!parts.empty())
    first = std::max(first, uint32_t(std::max(1, int(current + parts.size()) - card.rows)));
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  options.text = function;
  const float pad = f.px(3);  // what frames the code stays off its letters
  const Rect text{left, card.code.y, card.code.right() - left, card.code.h};
  const Hit hit = f.ui.item({text.x - pad, text.y, text.w + pad, text.h}, "code", options);
  const Inside inside(f.ui, hit);
  Rect rest = card.code;
  for (uint32_t n = first; n <= range.last && rest.h > line / 2; ++n) {
    const bool here = n == current;
    const size_t rows = here ? std::max<size_t>(1, parts.size()) : 1;
    const Rect all = cut_top(rest, line * float(rows));
    draw_gutter(f, card, all, {all.x + f.px(14), all.y, numbers, line}, n, here);
    Rect cell{text.x, all.y, text.w, line};
    f.ui.note({cell.x, cell.y, cell.w, all.h}, lines[n - 1].text, false, true);
    const CodePart one{0, std::string_view::npos, std::min(indent, code_indent(lines[n - 1].text))};
    const std::span<const CodePart> rows_of =
        here ? std::span<const CodePart>(parts) : std::span(&one, 1);
    const bool cut = here ? more : code_columns(lines[n - 1].text) - one.skip > columns;
    for (const CodePart& part : rows_of) {
      Rect seen = cell;
      if (cut && &part == &rows_of.back()) {
        seen.w = wide * float(columns - 1);
        draw_text(f.ui, Rect{seen.right(), seen.y, wide, seen.h}, f.ui.fonts->mono,
                  f.theme.text_faint, "…");
      }
      const Clip clip(f.ui, seen);
      draw_code_part(f.ui, seen, text.x, lines[n - 1], part);
      cell.y += line;
    }
  }
  if (card.who.thread) handle(f, hit, card.who.thread);
  if (hit.double_clicked && site) f.in.shared.show_line = site;
}

}  // namespace qs::ui
