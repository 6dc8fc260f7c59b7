// What mouse and keys do to the lanes.
#include <algorithm>
#include <cmath>

#include "trace/export/narrate.h"
#include "ui/panes/timeline/parts.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::timeline {
namespace {

void travel(TimelineFrame& f, std::vector<EventRange>& from, std::vector<EventRange>& to) {
  if (from.empty()) return;
  to.push_back(f.view());
  f.st.view = f.axis.view = kept_inside(from.back(), f.events());
  from.pop_back();
}

// ---- the mouse in the lanes

void wheel(TimelineFrame& f, const Hit& canvas) {
  Ui& ui = f.ui;
  const float notches = ui.wheel(canvas.id);
  const double n = f.view().size();
  if (canvas.hovered && ui.in.wheel_x != 0)
    f.set_view(panned(f.view(), f.events(), double(ui.in.wheel_x) * n * 0.08), false);
  if (notches == 0) return;
  if (ui.in.mods & mod_shift)
    return f.set_view(panned(f.view(), f.events(), -double(notches) * n * 0.08), false);
  const double step = ui.in.mods & mod_ctrl ? 1.06 : 1.25;
  const bool new_gesture = ui.now - f.st.last_zoom > 0.6;
  f.st.last_zoom = ui.now;
  const double at = f.axis.position(ui.mouse().x);
  f.set_view(zoomed(f.view(), f.events(), at, std::pow(step, -double(notches))), new_gesture);
}

void pan(TimelineFrame& f, const Hit& canvas) {
  Ui& ui = f.ui;
  TimelineState& st = f.st;
  if ((ui.in.pressed == 1 || ui.in.pressed == 2) && canvas.hovered) {
    st.drag = TimelineState::pan;
    st.drag_from = ui.mouse();
    st.drag_view = f.view();
    st.drag_scroll = st.scroll[st.tab].y;
    st.drag_moved = false;
  }
  if (st.drag != TimelineState::pan) return;
  if (!ui.in.down[1] && !ui.in.down[2]) {
    st.drag = TimelineState::no_drag;
    return;
  }
  const Point by = ui.mouse() - st.drag_from;
  if (!st.drag_moved && length(by) < ui.px(4)) return;
  st.drag_moved = true;
  const double events = -double(by.x) / double(f.axis.width) * st.drag_view.size();
  f.set_view(panned(st.drag_view, f.events(), events), false);
  st.scroll[st.tab].y = std::max(0.0f, st.drag_scroll - by.y);
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

void left_button(TimelineFrame& f, const Hit& canvas) {
  TimelineState& st = f.st;
  const float mouse = f.ui.mouse().x;
  if (canvas.pressed) {
    st.drag_from = f.ui.mouse();
    const bool at_playhead = std::abs(mouse - f.axis.x(f.playhead)) < f.ui.px(5);
    st.drag = at_playhead ? TimelineState::scrub : TimelineState::no_drag;
  }
  if (canvas.drag_started && st.drag == TimelineState::no_drag) st.drag = TimelineState::mark;
  if (canvas.held && st.drag == TimelineState::scrub) f.seek(f.axis.position(mouse));
  if (canvas.dragging && st.drag == TimelineState::mark) {
    const double a = std::round(f.axis.position(st.drag_from.x));
    const double b = std::round(f.axis.position(std::clamp(mouse, f.axis.left, f.axis.right())));
    st.range =
        EventRange{std::max(0.0, std::min(a, b)), std::min(double(f.events()), std::max(a, b))};
    if (st.range->empty()) st.range.reset();
  }
  if (canvas.dropped || (!canvas.held && st.drag != TimelineState::pan && !f.ui.in.down[0]))
    st.drag = TimelineState::no_drag;
}

void canvas_clicks(TimelineFrame& f, const Hit& canvas, const Rect& content) {
  TimelineState& st = f.st;
  const Point mouse = f.ui.mouse();
  const LaneRow* lane = lane_at(f, content, mouse.y);
  const int64_t event = event_near(f.axis, mouse.x, f.known());
  if (canvas.hovered && st.drag == TimelineState::no_drag) {
    if (lane && lane->id) f.shared.hover(lane->id);
    f.point_at(event, false);
    Hit near = canvas;
    near.rect = {mouse.x, mouse.y - f.ui.px(8), 1, f.ui.px(20)};
    if (lane && lane->id) tooltip(f.ui, near, lane_words(f, *lane, event));
  }
  if (canvas.double_clicked)
    f.set_view(f.whole(), true);
  else if (canvas.clicked && canvas.hovered && !canvas.dropped) {
    if (lane && lane->id) f.shared.selected = lane->id;
    st.range.reset();
    if (event >= 0) f.seek(position_of_event(size_t(event)));
  }
  if (canvas.key == Key::up || canvas.key == Key::down) {
    std::span<const LaneRow> rows = st.lanes.rows;
    if (!rows.empty() && !rows.back().id) rows = rows.first(rows.size() - 1);  // folded ones
    auto it = std::find_if(rows.begin(), rows.end(),
                           [&](const LaneRow& r) { return r.id == f.shared.selected; });
    if (rows.empty()) return;
    if (it == rows.end())
      it = rows.begin();
    else if (canvas.key == Key::up && it != rows.begin())
      --it;
    else if (canvas.key == Key::down && it + 1 != rows.end())
      ++it;
    f.shared.selected = it->id;
    float& y = st.scroll[st.tab].y;
    y = std::clamp(y, it->y + it->h - f.at.canvas.h, it->y);
  }
  if (canvas.right_clicked && !st.drag_moved) {
    st.menu_at.object = lane ? lane->id : ObjectId();
    st.menu_at.event = event;
    open_menu(f.ui, canvas);
  }
}

}  // namespace

void act_on_keys(TimelineFrame& f) {
  Ui& ui = f.ui;
  const size_t n = f.events();
  const EventRange v = f.view();
  const bool inside = f.playhead >= v.from && f.playhead <= v.to;
  const double at = inside ? f.playhead : (v.from + v.to) / 2;
  if (ui.action(Action::zoom_in)) f.set_view(zoomed(v, n, at, 0.5), true);
  if (ui.action(Action::zoom_out)) f.set_view(zoomed(v, n, at, 2), true);
  if (ui.action(Action::pan_left)) f.set_view(panned(v, n, -v.size() * 0.2), false);
  if (ui.action(Action::pan_right)) f.set_view(panned(v, n, v.size() * 0.2), false);
  if (ui.action(Action::undo_view)) travel(f, f.st.undo, f.st.redo);
  if (ui.action(Action::redo_view)) travel(f, f.st.redo, f.st.undo);
  if (ui.action(Action::zoom_fit)) {
    f.set_view(f.st.range ? kept_inside(*f.st.range, n) : f.whole(), true);
    f.st.range.reset();
  }
  if (ui.action(Action::bookmark) && f.in.moment->event > 0)
    f.out.push_back(session::cmd::Bookmark{
        trf("timeline.bookmark_name", f.in.moment->event,
            trace::narrate(f.trace(), f.in.moment->event - 1, f.shared.names))});
}

void act_on_canvas(TimelineFrame& f, const Hit& canvas, const Rect& content) {
  wheel(f, canvas);
  pan(f, canvas);
  left_button(f, canvas);
  canvas_clicks(f, canvas, content);
}

void canvas_menu(TimelineFrame& f, Id owner) {
  Ui& ui = f.ui;
  if (!menu_open(ui, owner)) return;
  const auto& at = f.st.menu_at;
  std::vector<MenuEntry> entries;
  entries.push_back({.label = tr("timeline.go_there"), .key = "G"});
  entries.push_back({.label = tr("timeline.fit"), .key = "F"});
  std::string title = tr("timeline.title");
  if (at.object) {
    title = f.trace().name(at.object);
    entries.push_back({.label = trf("timeline.zoom_to", title), .key = "Z", .separator = true});
    if (at.object.kind() == ObjectKind::Request) {
      entries.push_back({.label = trf("timeline.stop_at", title),
                         .key = "S",
                         .checked = f.shared.breakpoints.has(stop_at_request(title))});
    }
  }
  const MenuChoice choice = menu(ui, owner, title, entries);
  if (!choice) return;
  if (choice.index == 0 && at.event >= 0) f.seek(position_of_event(size_t(at.event)));
  if (choice.index == 1) f.set_view(f.whole(), true);
  if (choice.index == 2) {
    const auto events = f.timeline().events_of(at.object);
    if (!events.empty())
      f.set_view(kept_inside({double(events.front()) - 1, double(events.back()) + 3}, f.events()),
                 true);
  }
  if (choice.index == 3) f.shared.breakpoints.toggle(stop_at_request(title));
}

}  // namespace qs::ui::timeline
