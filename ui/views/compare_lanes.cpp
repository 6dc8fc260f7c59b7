// The lanes of all runs under one another on one clock: for each request a lane a run.
#include <algorithm>

#include "trace/words.h"
#include "ui/views/compare_parts.h"
#include "ui/views/timeline_parts.h"
#include "ui/widgets/motion.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strings.h"
#include "ui/widgets/tooltip.h"

namespace qs::ui::compare {
namespace {

constexpr float kLane = 17, kGroupGap = 8;

struct Lanes {
  Rect labels, canvas, ruler;
  double length = 1;
  float x(double position) const { return canvas.x + float(position / length) * canvas.w; }
  double position(float px) const {
    return std::clamp(double((px - canvas.x) / canvas.w), 0.0, 1.0) * length;
  }
};

Color color_of(const Theme& t, const RequestSpan& s) {
  switch (s.place) {
    case Place::Driver:
    case Place::CallerContext: return t.lane_driver;
    case Place::Target:
    case Place::Released: return t.lane_target;
    case Place::Sender: return t.lane_held;
    default: return t.lane_waiting;
  }
}

// A tick or a cross: not by colour alone.
void done_sign(Ui& ui, Point c, bool good) {
  const Theme& t = *ui.theme;
  const float k = ui.px(2.6f), w = std::max(1.5f, ui.px(1.5f));
  disc(ui, c, ui.px(6.5f), t.panel);
  disc(ui, c, ui.px(5.5f), good ? t.lane_done : t.lane_cancelled);
  if (good) {
    const Point tick[] = {
        {c.x - k, c.y}, {c.x - k * 0.2f, c.y + k * 0.8f}, {c.x + k, c.y - k * 0.7f}};
    return polyline(ui, tick, t.text_on_token, w);
  }
  line(ui, {c.x - k, c.y - k}, {c.x + k, c.y + k}, t.text_on_token, w);
  line(ui, {c.x - k, c.y + k}, {c.x + k, c.y - k}, t.text_on_token, w);
}

void draw_lane(const Frame& f, const Lanes& l, const Rect& lane, size_t run, ObjectId id) {
  Ui& ui = f.ui;
  const SharedClock& clock = f.clock();
  const auto spans = f.comparison().runs[run].timeline->request_spans(id);
  const float h = std::round(ui.px(11));
  const auto place = [&](uint32_t event) { return l.x(clock.position(clock.stop_of(run, event))); };
  for (const RequestSpan& s : spans) {
    const float x0 = place(s.from), x1 = s.to == kOpenEnd ? l.canvas.right() : place(s.to);
    if (s.place == Place::Done) {
      const bool bad = s.marks & (RequestSpan::kMarkFailed | RequestSpan::kMarkCanceled);
      done_sign(ui, {x0, lane.center().y}, !bad);
      continue;
    }
    if (x1 - x0 < 0.5f) continue;
    const float thick = s.place == Place::Sender ? ui.px(3) : h;  // not the driver's business yet
    const Rect bar{x0, std::round(lane.center().y - thick / 2), x1 - x0, thick};
    fill(ui, bar, color_of(*ui.theme, s), ui.px(2));
    if (s.marks & RequestSpan::kMarkCancelable) {
      const Point ends[] = {{bar.x + 1, bar.y + 1}, {bar.right() - 1, bar.y + 1}};
      dashed(ui, ends, ui.theme->text, ui.line(1.5f), ui.px(5), ui.px(4));
    }
  }
}

// Where the clock moves: a line through the lanes, and the time above it where there is room.
void draw_ticks(const Frame& f, const Lanes& l, bool labels) {
  Ui& ui = f.ui;
  const SharedClock& clock = f.clock();
  float free = l.canvas.x - 1;
  for (size_t i = 1; i < clock.stops(); ++i) {
    if (i > 1 && clock.time(i) == clock.time(i - 1)) continue;
    const float x = l.x(clock.position(i) - 1);
    if (!labels) {
      vline(ui, x, l.canvas.y, l.canvas.bottom(), ui.theme->grid);
      continue;
    }
    const std::string text = time_text(clock.time(i));
    const float w = text_width(ui.fonts->caption, text), left = x + ui.px(11);
    if (left < free || left + w > l.canvas.right()) continue;
    draw_text(ui, Rect{left, l.ruler.y, w, l.ruler.h}, ui.fonts->caption, ui.theme->text_dim, text);
    free = left + w + ui.px(8);
  }
}

void draw_difference(const Frame& f, const Lanes& l) {
  const auto& d = f.comparison().difference;
  if (!d) return;
  Ui& ui = f.ui;
  const float x = l.x(f.clock().position(d->stop) - 1);
  dashed_vline(ui, x, l.ruler.y, l.canvas.bottom(), ui.theme->branch, ui.line(2), ui.px(5),
               ui.px(4));
  const Point flag[] = {
      {x, l.ruler.y}, {x + ui.px(9), l.ruler.y + ui.px(4.5f)}, {x, l.ruler.y + ui.px(9)}};
  polygon(ui, flag, ui.theme->branch);
}

// The lane of one request in each run, with its token and the runs' names at the left.
void draw_group(const Frame& f, const Lanes& l, Rect r, const std::string& name) {
  Ui& ui = f.ui;
  const auto& runs = f.comparison().runs;
  const auto& d = f.comparison().difference;
  const bool parts = d && d->request == name;
  if (parts) {
    const Rect ground{l.labels.x, r.y - ui.px(2), r.right() - l.labels.x, r.h + ui.px(4)};
    fill(ui, ground, ui.theme->accent_soft.faded(0.6f), ui.px(4));
  }
  ItemOptions options;
  options.kind = Kind::row;
  options.group = ui.id("rows");
  options.text = name;
  const Rect head{l.labels.x, r.y, l.labels.w, r.h};
  const Hit hit = ui.item(head, name, options);
  if (hit.ring) focus_ring(ui, head, ui.px(4));
  ObjectId id = find_object(*runs.front().execution.trace, name, ObjectKind::Request);
  if (hit.hovered || hit.ring) {
    f.shared.hover(id);
    tooltip(ui, hit, tr("compare.lane_tip"));
  }
  if (hit.clicked) f.shared.selected = id;
  const RequestView* view = nullptr;
  for (size_t run = 0; run < runs.size(); ++run) {
    id = find_object(*runs[run].execution.trace, name, ObjectKind::Request);
    const Rect lane{l.canvas.x, r.y + ui.px(kLane) * float(run), l.canvas.w, ui.px(kLane)};
    const Rect tag{l.labels.right() - ui.px(46), lane.y, ui.px(44), lane.h};
    draw_text(ui, tag, ui.fonts->caption, ui.theme->text_dim, mode_tag(runs[run].mode),
              Align::left);
    if (id) draw_lane(f, l, lane, run, id);
    if (!view) view = runs[run].timeline->head().request(id);
  }
  TokenStyle style;
  style.size = 13;
  if (view) style.shape = timeline::shape_of(view->type);
  style.owner = TokenOwner::app;
  draw_token(ui, {l.labels.x + ui.px(12), r.center().y}, style);
  draw_text(ui, Rect{l.labels.x + ui.px(23), r.y, l.labels.w - ui.px(70), r.h},
            ui.fonts->small_bold, ui.theme->text, name);
}

// Pressing or dragging here moves the playhead.
void scrub(const Frame& f, const Lanes& l, const Rect& rect, const char* name) {
  Ui& ui = f.ui;
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  options.text = tr("compare.clock");
  const Hit hit = ui.item(rect, name, options);
  if (!hit.held && !hit.pressed) return;
  f.st.position = l.position(ui.mouse().x);
  f.st.playing = false;
  f.st.until = -1;
  ui.wake_in(0);
}

}  // namespace

void draw_lanes(const Frame& f, const Rect& rect) {
  Ui& ui = f.ui;
  Panel panel(ui, rect, "lane", PanelLook::panel);
  Rect r = inset(rect, ui.px(10), ui.px(8));
  const size_t runs = f.comparison().runs.size();
  const float group = ui.px(kLane) * float(runs), pitch = group + ui.px(kGroupGap);
  Lanes l;
  l.length = std::max(1.0, f.clock().length()) + 0.6;
  l.ruler = cut_top(r, ui.px(20), ui.px(4));
  Rect time = l.ruler;
  l.ruler = {r.x, l.ruler.y, r.w, l.ruler.h};
  const float labels = ui.px(106);
  cut_left(l.ruler, labels, ui.px(8));
  l.ruler.w -= ui.px(14);
  draw_text(ui, Rect{time.x, time.y, labels, time.h}, ui.fonts->small_bold, ui.theme->text,
            time_text(f.at.time));
  Rect view = r;
  {
    ScrollArea area(ui, r, "view", f.st.lanes);
    Rect content = area.content();
    const float top = content.y;
    l.labels = cut_left(content, labels, ui.px(8));
    l.canvas = {l.ruler.x, view.y, l.ruler.w, view.h};
    draw_ticks(f, l, false);
    for (const std::string& name : f.st.cast.requests) {
      const Rect at{content.x, content.y, l.canvas.w, group};
      if (ui.can_see(at)) draw_group(f, l, at, name);
      content.y += pitch;
    }
    scrub(f, l, l.canvas, "canvas");
    area.end(content.y - top);
  }
  scrub(f, l, l.ruler, "clock");
  {
    const Clip clip(ui, rect);
    draw_ticks(f, l, true);
    draw_difference(f, l);
    playhead(ui, l.x(f.st.position), l.ruler.y, l.canvas.bottom());
  }
}

}  // namespace qs::ui::compare
