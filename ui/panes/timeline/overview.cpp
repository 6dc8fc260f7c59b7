#include <algorithm>
#include <cmath>

#include "trace/export/narrate.h"
#include "ui/panes/timeline/parts.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::timeline {
namespace {

constexpr int kTreeRows = 4;

size_t widest(const RunInfo& run, size_t events) {
  for (const BranchInfo& b : run.branches) events = std::max(events, b.events);
  return size_t(std::ceil(fitted(events).to));  // as wide as the lanes when they show everything
}

// How much moves, as a low skyline.
void draw_hops(TimelineFrame& f, const Rect& bar, size_t events_wide) {
  const auto& hops = f.st.facts.hops();
  const uint32_t most = f.st.facts.most_hops();
  if (most == 0) return;
  const float width = bar.w * float(double(f.trace().size()) / double(events_wide));
  const int columns = std::clamp(int(width / 4), 1, 160);
  const float seen = bar.x + bar.w * float(double(f.known()) / double(events_wide));
  std::vector<Rect> bars;
  bars.reserve(size_t(columns));
  for (int c = 0; c < columns; ++c) {
    const size_t a = size_t(c) * hops.size() / size_t(columns);
    const size_t b = std::max(a + 1, size_t(c + 1) * hops.size() / size_t(columns));
    uint32_t n = 0;
    for (size_t i = a; i < b; ++i) n = std::max<uint32_t>(n, hops[i]);
    if (n == 0) continue;
    const float h = (bar.h - 4) * (0.25f + 0.75f * float(n) / float(most));
    const float x = bar.x + width * float(c) / float(columns);
    if (x >= seen) break;
    bars.push_back({x, bar.bottom() - 2 - h, std::max(1.0f, width / float(columns) - 1), h});
  }
  fill_all(f.ui, bars, f.ui.theme->lane_waiting);
}

void draw_signs(TimelineFrame& f, const Rect& bar, size_t events_wide) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const auto x_of = [&](double p) { return bar.x + bar.w * float(p / double(events_wide)); };
  // A trace may hold thousands of findings: one line a pixel is enough.
  float last = -10;
  for (const uint32_t e : f.timeline().verdicts()) {
    if (e >= f.known()) break;
    const float x = x_of(position_of_event(e));
    if (x - last < 2) continue;
    last = x;
    fill(ui, {x - ui.px(1), bar.y, ui.px(3), bar.h}, t.danger);
  }
  for (const session::BookmarkAt& b : f.in.run->bookmarks) {
    if (b.branch != f.in.run->current) continue;
    const float x = x_of(double(b.event));
    const Point flag[] = {{x, bar.y}, {x + ui.px(6), bar.y + ui.px(3)}, {x, bar.y + ui.px(6)}};
    polygon(ui, flag, t.branch);
    vline(ui, x, bar.y, bar.bottom(), t.branch, ui.line());
  }
}

// The window that shows which part is in view: drag it, its edges, or press beside it.
void drag_window(TimelineFrame& f, const Rect& bar, const Hit& hit, size_t events_wide) {
  Ui& ui = f.ui;
  TimelineState& st = f.st;
  const double unit = double(events_wide) / double(bar.w);
  const float x0 = bar.x + float(f.view().from / unit), x1 = bar.x + float(f.view().to / unit);
  const float mouse = ui.mouse().x, reach = ui.px(5);
  const bool zoomed_in = f.view().size() < fitted(f.events()).size() * 0.995;
  if (hit.pressed) {
    st.drag_from = ui.mouse();
    if (zoomed_in && std::abs(mouse - x0) < reach)
      st.drag = TimelineState::window_left;
    else if (zoomed_in && std::abs(mouse - x1) < reach)
      st.drag = TimelineState::window_right;
    else if (zoomed_in && mouse > x0 && mouse < x1)
      st.drag = TimelineState::window;
    else
      st.drag = TimelineState::scrub;
    st.drag_view = f.view();
  }
  if (!hit.held) return;
  const double by = double(mouse - st.drag_from.x) * unit, here = double(mouse - bar.x) * unit;
  const size_t n = f.events();
  switch (st.drag) {
    case TimelineState::window: f.set_view(panned(st.drag_view, n, by), false); break;
    case TimelineState::window_left:
      f.set_view(
          kept_inside(
              {std::min(st.drag_view.from + by, st.drag_view.to - kLeastSpan), st.drag_view.to}, n),
          false);
      break;
    case TimelineState::window_right:
      f.set_view(kept_inside({st.drag_view.from,
                              std::max(st.drag_view.to + by, st.drag_view.from + kLeastSpan)},
                             n),
                 false);
      break;
    case TimelineState::scrub: f.seek(here); break;
    default: break;
  }
}

}  // namespace

void draw_overview(TimelineFrame& f) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  if (f.at.overview.empty()) return;
  const size_t wide = widest(*f.in.run, f.events());
  const int rows = tree_rows(*f.in.run, kTreeRows);
  const float row_height = f.at.overview.h / float(rows);
  Rect bar = draw_branches(ui, f.at.overview, *f.in.run, wide, row_height, kTreeRows, f.out);
  bar = inset(bar, 0, rows > 1 ? ui.px(1) : 0);
  ItemOptions options;
  options.kind = Kind::slider;
  options.focusable = false;
  options.text = tr("timeline.overview");
  const Hit hit = ui.item(bar, "overview", options);
  fill(ui, bar, t.well, ui.px(3));
  draw_hops(f, bar, wide);
  draw_signs(f, bar, wide);
  const auto x_of = [&](double p) { return bar.x + bar.w * float(p / double(wide)); };
  if (f.view().size() < fitted(f.events()).size() * 0.995) {
    const float x0 = x_of(f.view().from), x1 = std::min(bar.right(), x_of(f.view().to));
    fill(ui, {bar.x, bar.y, x0 - bar.x, bar.h}, t.panel.faded(0.6f));
    fill(ui, {x1, bar.y, bar.right() - x1, bar.h}, t.panel.faded(0.6f));
    outline(ui, {x0, bar.y, std::max(ui.px(4), x1 - x0), bar.h}, t.accent, ui.px(3), ui.line(1.5f));
  }
  const float x = x_of(f.playhead);
  fill(ui, {x - ui.px(1), bar.y - ui.px(1), ui.line(2), bar.h + ui.px(2)}, t.playhead);
  drag_window(f, bar, hit, wide);
  if (hit.hovered && !hit.held && f.known() > 0) {
    const double p = double(ui.mouse().x - bar.x) / double(bar.w) * double(wide);
    const size_t e = size_t(std::clamp(std::round(p), 1.0, double(f.known()))) - 1;
    f.point_at(int64_t(e), true);
    Hit near = hit;
    near.rect = {ui.mouse().x, bar.y, 1, bar.h};
    tooltip(ui, near,
            trf("timeline.event_line", e + 1, trace::narrate(f.trace(), e, f.shared.names)));
  }
  if (hit.double_clicked) f.set_view(f.whole(), true);
}

}  // namespace qs::ui::timeline
