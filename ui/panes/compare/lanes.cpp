// The lanes of all runs under one another on one clock: for each request a lane a run.
#include <algorithm>
#include <utility>

#include "ui/panes/compare/parts.h"
#include "ui/panes/request_look.h"
#include "ui/panes/timeline/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::compare {

using model::Place;

namespace {

constexpr float kLane = 17, kGroupGap = 8;

Color color_of(const Theme& t, const model::RequestSpan& s) {
  switch (s.place) {
    case Place::Driver:
    case Place::CallerContext: return t.lane_driver;
    case Place::Target:
    case Place::Released: return t.lane_target;
    case Place::Sender: return t.lane_held;
    default: return t.lane_waiting;
  }
}

// A tick or a cross: not by color alone.
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

struct Look {
  Color color;
  bool thin = false, cancelable = false;
  bool operator==(const Look&) const = default;
};

Look look_of(const Theme& t, const model::RequestSpan& s) {
  // What its application holds is not the driver's business yet.
  return {color_of(t, s), s.place == Place::Sender,
          (s.marks & model::RequestSpan::kMarkCancelable) != 0};
}

void draw_bar(const CompareFrame& f, const Axis& axis, const Rect& lane, float x0, float x1,
              const Look& look) {
  Ui& ui = f.ui;
  if (x1 - x0 < 0.5f) return;  // in this place no longer than a point
  const float h = look.thin ? ui.px(3) : std::round(ui.px(11));
  const Rect bar{x0, std::round(lane.center().y - h / 2), x1 - x0, h};
  fill(ui, bar, look.color, ui.px(2));
  if (!look.cancelable) return;
  const Point ends[] = {{bar.x + 1, bar.y + 1}, {bar.right() - 1, bar.y + 1}};
  // All lanes in view together get so many dashes that drawing them stays cheap.
  const float lanes = std::max(1.0f, axis.canvas.h / ui.px(kLane));
  const float most = std::max(3.0f, 200 / lanes);
  const float dash = std::max(ui.px(5), bar.w / (1.8f * most));
  dashed(ui, ends, ui.theme->text, ui.line(1.5f), dash, dash * 0.8f);
}

void draw_lane(const CompareFrame& f, const Axis& axis, const Rect& lane, size_t run, ObjectId id) {
  const model::SharedClock& clock = f.clock();
  const auto spans = f.comparison().runs[run].timeline->request_spans(id);
  const auto place = [&](uint32_t event) {
    return axis.x(clock.position(clock.stop_of(run, event)));
  };
  for (size_t i = 0; i < spans.size(); ++i) {
    const model::RequestSpan& s = spans[i];
    if (s.place == Place::Done) {
      const bool bad =
          s.marks & (model::RequestSpan::kMarkFailed | model::RequestSpan::kMarkCanceled);
      done_sign(f.ui, {place(s.from), lane.center().y}, !bad);
      continue;
    }
    // Neighbors that look alike are one bar.
    const Look look = look_of(*f.ui.theme, s);
    uint32_t to = s.to;
    while (i + 1 < spans.size() && spans[i + 1].place != Place::Done &&
           look_of(*f.ui.theme, spans[i + 1]) == look)
      to = spans[++i].to;
    draw_bar(f, axis, lane, place(s.from), to == model::kOpenEnd ? axis.canvas.right() : place(to),
             look);
  }
}

// The lane of one request in each run, with its token and the runs' names at the left.
void draw_group(const CompareFrame& f, const Axis& axis, Rect r, const ComparedRequest& request) {
  Ui& ui = f.ui;
  const auto& runs = f.comparison().runs;
  const auto& d = f.comparison().difference;
  const std::string& name = request.name;
  const bool parts = d && d->request == name;
  if (parts) {
    const Rect ground{axis.labels_x, r.y - ui.px(2), r.right() - axis.labels_x, r.h + ui.px(4)};
    fill(ui, ground, ui.theme->accent_soft.faded(0.6f), ui.px(4));
  }
  ItemOptions options;
  options.kind = Kind::row;
  options.group = ui.id("rows");
  options.text = name;
  const Rect head{axis.labels_x, r.y, axis.labels_w, r.h};
  const Hit hit = ui.item(head, name, options);
  if (hit.ring) focus_ring(ui, head, ui.px(4));
  const ObjectId id = request.in[0];
  if (hit.hovered || hit.ring) {
    f.shared.hover(id);
    tooltip(ui, hit, tr("compare.lane_tip"));
  }
  if (hit.clicked) f.shared.selected = id;
  const float right = axis.labels_x + axis.labels_w, tag_w = ui.px(44);
  for (size_t run = 0; run < runs.size(); ++run) {
    const Rect lane{axis.canvas.x, r.y + ui.px(kLane) * float(run), axis.canvas.w, ui.px(kLane)};
    const Rect tag{right - tag_w, lane.y, tag_w, lane.h};
    draw_text(ui, tag, ui.fonts->caption, ui.theme->text_dim, mode_tag(runs[run].mode),
              Align::left);
    if (request.in[run]) draw_lane(f, axis, lane, run, request.in[run]);
  }
  TokenStyle style;
  style.size = 13;
  style.shape = shape_of(request.type);
  style.owner = TokenOwner::app;
  draw_token(ui, {axis.labels_x + ui.px(12), r.center().y}, style);
  const float name_x = axis.labels_x + ui.px(23);
  bool fits = false;
  draw_text(ui, Rect{name_x, r.y, right - tag_w - name_x, r.h}, ui.fonts->small_bold,
            ui.theme->text,
            shortened(ui.fonts->small_bold, name, right - tag_w - name_x - ui.px(2), fits));
}

}  // namespace

float lanes_height(const CompareFrame& f, bool all) {
  const float runs = float(std::max<size_t>(1, f.runs()));
  const float groups = all ? float(f.st.cast.requests.size()) : 1;
  return f.ui.px(16 + 24 + 4 + groups * (kLane * runs + kGroupGap));
}

void draw_lanes(const CompareFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  Panel panel(ui, rect, "lane", PanelLook::panel);
  Rect r = inset(rect, ui.px(10), ui.px(8));
  const auto& requests = f.st.cast.requests;
  const float group = ui.px(kLane) * float(f.runs()), pitch = group + ui.px(kGroupGap);
  Axis axis = axis_in(f, cut_top(r, ui.px(20), ui.px(4)));
  axis.canvas.y = r.y;
  axis.canvas.h = r.h;
  {
    ScrollArea area(ui, r, "view", f.st.lanes);
    const Rect content = area.content();
    const float total = pitch * float(requests.size());
    if (const std::string name = std::exchange(f.st.reveal, {}); !name.empty())
      for (size_t i = 0; i < requests.size(); ++i)
        if (requests[i].name == name) {
          f.st.lanes.content = total;  // it may be the first time that it is drawn
          area.show(pitch * float(i) - ui.px(kGroupGap), pitch * float(i + 1));
        }
    draw_grid(f, axis);
    // Only the lanes in view are looked at.
    const size_t first = size_t(std::max(0, area.first_row(pitch)));
    const size_t last = std::min(requests.size(), first + size_t(r.h / pitch) + 2);
    for (size_t i = first; i < last; ++i)
      draw_group(f, axis, {axis.canvas.x, content.y + pitch * float(i), axis.canvas.w, group},
                 requests[i]);
    scrub(f, axis, axis.canvas, "canvas");
    area.end(total);
  }
  scrub(f, axis, axis.ruler, "clock");
  const Clip clip(ui, rect);
  draw_clock(f, axis);
}

}  // namespace qs::ui::compare
