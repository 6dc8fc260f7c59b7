// The code on a card of the driver: the lines around the one its thread is at.
#include <algorithm>

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
  if (box.who.site)
    label(f.ui, {box.code.x, box.code.y, box.code.w, std::min(box.code.h, f.px(20))},
          f.trace.site_text(box.who.site),
          {&f.ui.fonts->mono, f.theme.text_dim, Align::left, true});
}

}  // namespace

void draw_card_code(const StageFrame& f, const RoomBox& card, const std::string& function) {
  if (card.rows <= 0) return;
  const FunctionNames& names = f.in.state.functions;
  const trace::Site site = card.who.thread ? card.who.site : card.since;
  FunctionNames::Place at = site ? names.place(f.trace, site) : FunctionNames::Place{};
  if (at.file < 0) at = names.place(function);
  if (at.file < 0) return draw_site(f, card);
  const auto& lines = f.in.state.sources.lines(f.in.files, size_t(at.file));
  const CodeRange body = body_of(lines, at.function);
  // All of a short function, else its body.
  CodeRange range = body;
  if (at.function.last - at.function.first < uint32_t(card.rows))
    range = {at.function.first, at.function.last};
  int indent = 1000;
  for (uint32_t n = range.first; n <= range.last; ++n)
    indent = std::min(indent, code_indent(lines[n - 1].text));
  const uint32_t current =
      site && site.line() >= at.function.first && site.line() <= at.function.last ? site.line() : 0;
  const uint32_t first = page_of(range, current ? current : range.first, card.rows);
  const float wide = code_char_width(f.ui), line = f.px(19);
  const float numbers = wide * float(std::max<size_t>(2, std::to_string(range.last).size()));
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  options.text = function;
  const float left = card.code.x + f.px(14) + numbers + f.px(9);
  const Rect text{left, card.code.y, card.code.right() - left, card.code.h};
  const Hit hit = f.ui.item(text, "code", options);
  const Inside inside(f.ui, hit);
  const Look look = look_of(f, card);
  for (uint32_t n = first; n <= range.last && n < first + uint32_t(card.rows); ++n) {
    const Rect row{card.code.x, card.code.y + line * float(n - first), card.code.w, line};
    const bool here = n == current;
    if (here) {
      fill(f.ui, row, look.ground, f.px(2));
      const Rect mark{row.x, row.y, f.px(14), row.h};
      if (card.who.thread)
        draw_text(f.ui, mark, f.ui.fonts->small, look.bar,
                  card.who.state == model::Activation::State::Runs ? icon::play : icon::pause,
                  Align::center);
      else
        disc(f.ui, mark.center(), f.px(3), look.bar);
    }
    draw_text(f.ui, Rect{row.x + f.px(14), row.y, numbers, row.h}, f.ui.fonts->mono,
              here ? f.theme.text_dim : f.theme.text_faint, std::to_string(n), Align::right);
    const Rect cell{text.x, row.y, text.w, row.h};
    const Clip clip(f.ui, cell);
    draw_code_text(f.ui, cell, text.x, lines[n - 1], indent);
    f.ui.note(cell, lines[n - 1].text, false, true);
  }
  if (card.who.thread) handle(f, hit, card.who.thread);
  if (hit.double_clicked && site) f.in.shared.show_line = site;
}

}  // namespace qs::ui
