// What lies over and under the lanes: grid, forks, range, hovered event, ruler, playhead, future.
#include <algorithm>
#include <cmath>

#include "trace/events/words.h"
#include "ui/panes/timeline/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::timeline {

void draw_grid(TimelineFrame& f) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const Rect& c = f.at.canvas;
  fill(ui, c, t.well.faded(0.45f), ui.px(3));
  const Clip clip(ui, {f.at.axis.x - ui.px(20), c.y, f.at.axis.w + ui.px(20), c.h + f.at.axis.h});
  const auto& around = f.st.around;
  std::vector<Rect> lines;
  const float thick = ui.line();
  for (const Tick& tick : around.ticks) {
    const float x = whole(f.axis.x(tick.position) - thick / 2);
    lines.push_back({x, c.y, thick, c.h + (tick.label ? ui.px(3) : 0)});
  }
  fill_all(ui, lines, t.grid);
  for (size_t i = 0; i < around.ticks.size(); ++i) {
    const Tick& tick = around.ticks[i];
    if (!tick.label) continue;
    const float x = f.axis.x(tick.position);
    const std::string& text = around.tick_texts[i];
    const float w = text_width(ui.fonts->caption, text);
    const float left =
        std::clamp(x - w / 2, f.at.axis.x, std::max(f.at.axis.x, f.at.axis.right() - w));
    if (f.at.axis.h > 0)
      label(ui, Point{left, f.at.axis.y + ui.px(3)}, text, {&ui.fonts->caption, t.text_faint});
  }
}

// Where other branches leave this one, and where this one left its parent.
void draw_forks(TimelineFrame& f) {
  Ui& ui = f.ui;
  const RunInfo& run = *f.in.run;
  const Rect& c = f.at.canvas;
  const Clip clip(ui, c);
  float label_end = -1e9f;
  for (size_t i = 1; i < run.branches.size(); ++i) {
    const BranchInfo& b = run.branches[i];
    if (i != run.current && b.parent != run.current) continue;
    const float x = f.axis.x(double(b.fork_event));
    if (x < c.x || x > c.right()) continue;
    dashed_vline(ui, x, c.y, c.bottom(), ui.theme->branch, ui.line(2), ui.px(3), ui.px(3));
    if (i == run.current) continue;
    const std::string text = trf("timeline.branch_here", b.label);
    const Font& font = ui.fonts->caption;
    const float w = text_width(font, text);
    if (x + ui.px(6) < label_end || x + w + ui.px(8) > c.right()) continue;
    const Point at{x + ui.px(6), c.bottom() - font.size - ui.px(3)};
    fill(ui, outset(Rect{at.x, at.y, w, font.size}, ui.px(2)), ui.theme->panel.faded(0.85f),
         ui.px(2));
    draw_text(ui, at, font, ui.theme->branch, text);
    label_end = x + w + ui.px(12);
  }
}

void draw_range(TimelineFrame& f) {
  if (!f.st.range) return;
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const Rect& c = f.at.canvas;
  const float x0 = std::clamp(f.axis.x(f.st.range->from), c.x, c.right());
  const float x1 = std::clamp(f.axis.x(f.st.range->to), c.x, c.right());
  fill(ui, {x0, c.y, x1 - x0, c.h}, t.accent.faded(0.16f));
  vline(ui, x0, c.y, c.bottom(), t.accent, ui.line(1.5f));
  vline(ui, x1, c.y, c.bottom(), t.accent, ui.line(1.5f));
  const std::string text = length_text(f.timeline(), *f.st.range);
  const Font& font = ui.fonts->small_bold;
  const float w = text_width(font, text) + ui.px(16), b = ui.px(24);
  Rect tag =
      kept_inside({(x0 + x1 - w) / 2 - b, c.y + ui.px(3), w + 2 * b + ui.px(4), ui.px(24)}, c);
  const IdScope scope(ui, "range");
  ItemOptions ground;
  ground.kind = Kind::blocker;
  ground.focusable = false;
  ground.floating = true;
  ui.item(tag, "tag", ground);
  box(ui, tag, t.menu, t.accent, ui.px(4));
  draw_text(ui, cut_left(tag, w), font, t.text, text, Align::center);
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  const Hit in =
      icon_button(ui, cut_left(tag, b), "zoom", icon::zoom_in, tr("timeline.zoom_range"), quiet);
  const Hit off =
      icon_button(ui, cut_left(tag, b), "clear", icon::cross, tr("timeline.clear_range"), quiet);
  if (in.clicked) {
    f.set_view(kept_inside(*f.st.range, f.events()), true);
    f.st.range.reset();
  } else if (off.clicked) {
    f.st.range.reset();
  }
}

// Where the line of code that is pointed at runs: small ticks at the foot of the lanes.
void draw_line_runs(TimelineFrame& f) {
  if (!f.shared.hovered_line) return;
  Ui& ui = f.ui;
  const Rect& c = f.at.canvas;
  const auto hits = f.timeline().line_hits(f.shared.hovered_line);
  const auto first = std::lower_bound(hits.begin(), hits.end(), f.axis.first_event());
  const auto end = std::lower_bound(first, hits.end(), f.axis.end_event(f.events()));
  float last = -1e9f;
  int drawn = 0;
  for (auto it = first; it != end && drawn < 300; ++it) {
    const float x = f.axis.x(position_of_event(*it));
    if (x < c.x || x > c.right() || x - last < ui.px(3)) continue;
    if (!f.st.show_future && position_of_event(*it) > f.playhead) break;
    const Point up[] = {
        {x, c.bottom() - ui.px(8)}, {x + ui.px(4), c.bottom()}, {x - ui.px(4), c.bottom()}};
    polygon(ui, up, ui.theme->accent);
    last = x;
    ++drawn;
  }
}

void draw_hover_line(TimelineFrame& f) {
  const int64_t e = f.shared.hovered_event;
  if (e < 0) return;
  const float x = f.axis.x(position_of_event(size_t(e)));
  const Rect& c = f.at.canvas;
  if (x < c.x || x > c.right()) return;
  vline(f.ui, x, c.y, c.bottom(), f.ui.theme->text_faint.faded(0.7f), f.ui.line());
}

// The strip above the lanes: pressing it anywhere takes the playhead there.
void draw_ruler(TimelineFrame& f) {
  Ui& ui = f.ui;
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  options.text = tr("timeline.ruler");
  const Hit hit = ui.item(f.at.ruler, "ruler", options);
  if (hit.held) f.seek(f.axis.position(ui.mouse().x));
  if (!hit.hovered || hit.held) return;
  f.point_at(event_near(f.axis, ui.mouse().x, f.known()), true);
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
}

void draw_playhead(TimelineFrame& f) {
  Ui& ui = f.ui;
  const float x = f.axis.x(f.playhead);
  const Rect& c = f.at.canvas;
  if (x < c.x - 1 || x > c.right() + 1) return;
  const Rect handle = rect_around({x, f.at.ruler.bottom() - ui.px(6)}, ui.px(24), ui.px(14));
  ItemOptions options;
  options.kind = Kind::slider;
  options.focusable = false;
  options.floating = true;  // over the signs
  options.text = tr("timeline.playhead");
  const Hit hit = ui.item(handle, "playhead", options);
  // Taken by its side it stays under the hand.
  if (hit.pressed) f.st.drag_from = {ui.mouse().x - x, 0};
  if (hit.dragging) f.seek(f.axis.position(ui.mouse().x - f.st.drag_from.x));
  if (hit.hovered || hit.held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const bool held = hit.held || hit.hovered || f.st.drag == TimelineState::scrub;
  playhead(ui, x, f.at.ruler.bottom() - ui.px(13), c.bottom() + ui.px(2), held);
}

void draw_future(TimelineFrame& f) {
  const float x = f.axis.x(f.playhead);
  const Rect& c = f.at.canvas;
  if (!f.st.show_future || x >= c.right()) return;
  const float from = std::max(x, c.x);
  fill(f.ui, {from, c.y, c.right() - from, c.h}, f.ui.theme->future_shade);
}

}  // namespace qs::ui::timeline
