// The one clock of all runs: its times, where they part, and the playhead, which is moved here.
#include "trace/events/words.h"
#include "ui/panes/compare/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::compare {
namespace {

// The beginnings of instants, with where they stand.
template <class Visit>
void each_instant(const CompareFrame& f, const Axis& axis, Visit visit) {
  const model::SharedClock& clock = f.clock();
  for (size_t i = 1; i < clock.stops(); ++i)
    if (i == 1 || clock.time(i) != clock.time(i - 1))
      visit(axis.x(clock.position(i) - 1), clock.time(i));
}

// Times of instants, but where the playhead or the flag stands: that time is told at the left.
void draw_times(const CompareFrame& f, const Axis& axis) {
  Ui& ui = f.ui;
  const auto& d = f.comparison().difference;
  const float head = axis.x(f.st.position), half = ui.px(9);
  const float flag = d ? axis.x(f.clock().position(d->stop) - 1) : -1e6f;
  float free = axis.canvas.x - 1;
  each_instant(f, axis, [&](float x, uint32_t time) {
    const float left = x + ui.px(12);
    if (left < free) return;
    const std::string text = trace::time_text(time);
    const float w = text_width(ui.fonts->caption, text);
    if (left + w > axis.canvas.right()) return;
    if (left < head + half && left + w > head - half) return;
    if (left < flag + half + ui.px(1) && left + w > flag) return;
    draw_text(ui, Rect{left, axis.ruler.y, w, axis.ruler.h}, ui.fonts->caption, ui.theme->text_dim,
              text);
    free = left + w + ui.px(8);
  });
}

void draw_difference(const CompareFrame& f, const Axis& axis) {
  const auto& d = f.comparison().difference;
  if (!d) return;
  Ui& ui = f.ui;
  const float x = axis.x(f.clock().position(d->stop) - 1), y = axis.ruler.y;
  const float dash = std::max(ui.px(5), axis.canvas.h / 40);
  dashed_vline(ui, x, y, axis.canvas.bottom(), ui.theme->branch, ui.line(2), dash, dash * 0.8f);
  const Point flag[] = {{x, y}, {x + ui.px(9), y + ui.px(4.5f)}, {x, y + ui.px(9)}};
  polygon(ui, flag, ui.theme->branch);
}

}  // namespace

Axis axis_in(const CompareFrame& f, const Rect& row) {
  Ui& ui = f.ui;
  Axis axis;
  axis.length = std::max(1.0, f.clock().length()) + 0.6;
  axis.labels_x = row.x;
  axis.labels_w = ui.px(row.w < ui.px(400) ? 92 : 106);
  axis.ruler = row;
  cut_left(axis.ruler, axis.labels_w, ui.px(8));
  axis.ruler.w -= ui.px(14);
  axis.canvas = {axis.ruler.x, axis.ruler.bottom(), axis.ruler.w, 0};
  return axis;
}

void draw_grid(const CompareFrame& f, const Axis& axis) {
  float drawn = axis.canvas.x - f.ui.px(4);
  each_instant(f, axis, [&](float x, uint32_t) {
    if (x - drawn < f.ui.px(4)) return;  // closer ones would be a gray ground
    vline(f.ui, x, axis.canvas.y, axis.canvas.bottom(), f.ui.theme->grid);
    drawn = x;
  });
}

void draw_clock(const CompareFrame& f, const Axis& axis) {
  Ui& ui = f.ui;
  draw_text(ui, Rect{axis.labels_x, axis.ruler.y, axis.labels_w, axis.ruler.h},
            ui.fonts->small_bold, ui.theme->text, trace::time_text(f.at.time));
  draw_times(f, axis);
  draw_difference(f, axis);
  playhead(ui, axis.x(f.st.position), axis.ruler.y, axis.canvas.bottom());
}

void scrub(const CompareFrame& f, const Axis& axis, const Rect& rect, const char* name) {
  Ui& ui = f.ui;
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  options.text = tr("compare.clock");
  const Hit hit = ui.item(rect, name, options);
  if (!hit.held && !hit.pressed) return;
  f.st.position = axis.position(ui.mouse().x);
  f.st.playing = false;
  f.st.until = -1;
  ui.wake_in(0);
}

void draw_strip(const CompareFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  Panel panel(ui, rect, "lane", PanelLook::panel);
  Axis axis = axis_in(f, inset(rect, ui.px(10), ui.px(2)));
  axis.canvas = {axis.ruler.x, axis.ruler.y, axis.ruler.w, axis.ruler.h};
  const Clip clip(ui, rect);
  draw_grid(f, axis);
  scrub(f, axis, axis.ruler, "clock");
  draw_clock(f, axis);
}

}  // namespace qs::ui::compare
