#include "ui/toolkit/controls/control.h"

namespace qs::ui {

bool slider(Ui& ui, const Rect& rect, std::string_view name, float& value, float step,
            std::string_view spoken) {
  const Theme& t = *ui.theme;
  ItemOptions options;
  options.kind = Kind::slider;
  options.wants = wants_left_right | wants_home_end;
  options.text = spoken;
  const Hit hit = ui.item(rect, name, options);
  const float before = value, radius = ui.px(7), room = std::max(1.0f, rect.w - 2 * radius);
  if (hit.held) value = (ui.mouse().x - rect.x - radius) / room;
  if (hit.key == Key::left) value -= step;
  if (hit.key == Key::right) value += step;
  if (hit.key == Key::home) value = 0;
  if (hit.key == Key::end) value = 1;
  value = std::clamp(value, 0.0f, 1.0f);

  const float y = rect.center().y, x = rect.x + radius + value * room, thick = ui.px(4);
  fill(ui, {rect.x + radius, y - thick / 2, room, thick}, t.track, thick / 2);
  fill(ui, {rect.x + radius, y - thick / 2, value * room, thick}, t.accent, thick / 2);
  disc(ui, {x, y}, hit.hovered || hit.held ? radius + ui.px(1) : radius, t.accent);
  if (hit.ring) focus_ring(ui, rect_around({x, y}, 2 * radius, 2 * radius), radius);
  if (hit.hovered || hit.held) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return value != before;
}

bool splitter(Ui& ui, const Rect& rect, std::string_view name, SplitterBar bar, float& along,
              float least, float most) {
  const bool upright = bar == SplitterBar::upright;
  ItemOptions options;
  options.kind = Kind::splitter;
  options.wants = Wants((upright ? wants_left_right : wants_up_down) | wants_home_end);
  const Hit hit = ui.item(rect, name, options);
  const float before_size = along, step = ui.px(16);
  if (hit.dragging) along += upright ? hit.drag_step.x : hit.drag_step.y;
  if (hit.key == Key::left || hit.key == Key::up) along -= step;
  if (hit.key == Key::right || hit.key == Key::down) along += step;
  if (hit.key == Key::home) along = least;
  if (hit.key == Key::end) along = most;
  along = std::clamp(along, least, std::max(least, most));
  if (hit.hovered || hit.held || hit.ring) {
    const Rect mark = upright ? rect_around(rect.center(), ui.px(4), std::min(rect.h, ui.px(64)))
                              : rect_around(rect.center(), std::min(rect.w, ui.px(64)), ui.px(4));
    fill(ui, mark, hit.held || hit.ring ? ui.theme->accent : ui.theme->control, ui.px(2));
    if (hit.ring) focus_ring(ui, mark, ui.px(2));
    ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  }
  return along != before_size;
}

ScrollArea::ScrollArea(Ui& ui, const Rect& rect, std::string_view name, ScrollState& state)
    : ui_(ui), state_(state), name_(name), rect_(rect) {
  const float bar = ui.px(12);
  const bool overflows = state.content > rect.h + 0.5f;
  ItemOptions options;
  options.kind = Kind::scroll;
  options.focusable = overflows;
  options.wants = overflows ? Wants(wants_up_down | wants_page | wants_home_end) : wants_nothing;
  const Hit hit = ui.item(rect, name, options);
  id_ = hit.id;
  view_ = rect;
  if (overflows) view_.w -= bar;
  const float most = std::max(0.0f, state.content - rect.h), page = rect.h * 0.9f, step = ui.px(48);
  if (const float notches = ui.wheel(id_); notches != 0) state.y -= notches * step;
  switch (hit.key) {
    case Key::up: state.y -= step; break;
    case Key::down: state.y += step; break;
    case Key::page_up: state.y -= page; break;
    case Key::page_down: state.y += page; break;
    case Key::home: state.y = 0; break;
    case Key::end: state.y = most; break;
    default: break;
  }
  if (overflows) {
    // The bar: drag the thumb, or press above and below it.
    const Rect track{rect.right() - bar, rect.y, bar, rect.h};
    const float thumb_h = std::max(ui.px(28), rect.h * rect.h / state.content);
    const float travel = std::max(1.0f, rect.h - thumb_h);
    ItemOptions bar_options;
    bar_options.kind = Kind::picture;
    bar_options.focusable = false;
    const IdScope scope(ui, name);
    const Hit pull = ui.item(track, "bar", bar_options);
    if (pull.held) {
      const float grab = ui.mouse().y - track.y - thumb_h / 2;
      state.y = grab / travel * most;
    }
    state.y = std::clamp(state.y, 0.0f, most);
    const Rect thumb{track.x + ui.px(3), track.y + state.y / std::max(1.0f, most) * travel,
                     bar - ui.px(5), thumb_h};
    fill(ui, thumb, pull.hovered || pull.held ? ui.theme->text_dim : ui.theme->control, ui.px(4));
  }
  state.y = std::round(std::clamp(state.y, 0.0f, most));
  content_ = {view_.x, view_.y - state.y, view_.w, std::max(view_.h, state.content)};
  if (hit.ring) focus_ring(ui, inset(rect, ui.px(3)), ui.px(2));
  first_record_ = int(ui.rects.all().size());
  ui.push_scope(name);
  ui.push_clip(view_);
  ui.push_parent(hit.record, true);
}

int ScrollArea::first_row(float row_height) const {
  return std::max(0, int(state_.y / row_height));
}

int ScrollArea::row_count(float row_height, int total) const {
  return std::max(0, std::min(total - first_row(row_height), int(view_.h / row_height) + 2));
}

void ScrollArea::show(float top, float bottom) {
  const float least = bottom - view_.h;
  if (state_.y > top)
    state_.y = std::max(0.0f, top);
  else if (state_.y < least)
    state_.y = least;
  ui_.wake_in(0);
}

void ScrollArea::end(float content_height) {
  if (ended_) return;
  ended_ = true;
  ui_.pop_parent();
  ui_.pop_clip();
  ui_.pop_scope();
  if (content_height != state_.content) {
    state_.content = content_height;
    ui_.wake_in(0);  // the bar may have to appear
  }
  state_.at_end = state_.y >= content_height - rect_.h - 1;
  if (!ui_.focus_moved()) return;
  // Tab went to something of ours that cannot be seen.
  const auto& all = ui_.rects.all();
  for (std::size_t i = std::size_t(first_record_); i < all.size(); ++i) {
    if (all[i].id != ui_.focused() || all[i].id == 0 || !all[i].scrolled) continue;
    const float margin = ui_.px(8);
    show(all[i].rect.y - content_.y - margin, all[i].rect.bottom() - content_.y + margin);
  }
}

ScrollArea::~ScrollArea() { end(state_.content); }

}  // namespace qs::ui
