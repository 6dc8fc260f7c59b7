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

namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t before(const std::string& s, std::size_t at, bool word) {
  if (at == 0) return 0;
  do {
    --at;
  } while (at > 0 && (continues(s[at]) || (word && (s[at] == ' ' || s[at - 1] != ' '))));
  return at;
}

std::size_t after(const std::string& s, std::size_t at, bool word) {
  if (at >= s.size()) return s.size();
  do {
    ++at;
  } while (at < s.size() && (continues(s[at]) || (word && (s[at] == ' ' || s[at - 1] != ' '))));
  return at;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += char(c);
  } else if (c < 0x800) {
    out += char(0xC0 | (c >> 6));
    out += char(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += char(0xE0 | (c >> 12));
    out += char(0x80 | ((c >> 6) & 0x3F));
    out += char(0x80 | (c & 0x3F));
  }
}

// The selected bytes, [first, second).
std::pair<std::size_t, std::size_t> selected(const FieldState& s) {
  return {std::min(s.caret, s.anchor), std::max(s.caret, s.anchor)};
}

void erase_selection(std::string& text, FieldState& s) {
  const auto [from, to] = selected(s);
  text.erase(from, to - from);
  s.caret = s.anchor = from;
}

void insert(std::string& text, FieldState& s, std::string_view what) {
  erase_selection(text, s);
  text.insert(s.caret, what);
  s.caret = s.anchor = s.caret + what.size();
}

// Applies one key; returns whether the text changed.
bool edit(Ui& ui, const Hit& hit, std::string& text, FieldState& s) {
  const bool command = hit.mods & (mod_ctrl | mod_super), extend = hit.mods & mod_shift;
  const bool selection = s.caret != s.anchor;
  const std::string old = text;
  const auto move_to = [&](std::size_t at) {
    s.caret = at;
    if (!extend) s.anchor = at;
  };
  const auto copy = [&] {
    const auto [from, to] = selected(s);
    if (selection && ui.set_clipboard)
      ui.set_clipboard(ui.clipboard_owner, text.substr(from, to - from));
  };
  switch (hit.key) {
    case Key::left:
      move_to(selection && !extend ? std::min(s.caret, s.anchor) : before(text, s.caret, command));
      break;
    case Key::right:
      move_to(selection && !extend ? std::max(s.caret, s.anchor) : after(text, s.caret, command));
      break;
    case Key::home: move_to(0); break;
    case Key::end: move_to(text.size()); break;
    case Key::backspace:
      if (!selection) s.anchor = before(text, s.caret, command);
      erase_selection(text, s);
      break;
    case Key::del:
      if (!selection) s.anchor = after(text, s.caret, command);
      erase_selection(text, s);
      break;
    case Key::a:
      if (command) s.anchor = 0, s.caret = text.size();
      break;
    case Key::c:
      if (command) copy();
      break;
    case Key::x:
      if (command) copy(), erase_selection(text, s);
      break;
    case Key::v:
      if (command && ui.get_clipboard) {
        std::string pasted = ui.get_clipboard(ui.clipboard_owner);
        for (char& c : pasted) {
          if (static_cast<unsigned char>(c) < ' ') c = ' ';  // one line
        }
        insert(text, s, pasted);
      }
      break;
    default: break;
  }
  if (hit.text >= ' ' && hit.text != 0x7F) {
    std::string typed;
    append_utf8(typed, hit.text);
    insert(text, s, typed);
  }
  return text != old;
}

}  // namespace

FieldResult text_field(Ui& ui, const Rect& rect, std::string_view name, std::string& text,
                       FieldState& state, std::string_view hint) {
  const Theme& t = *ui.theme;
  const Font& font = ui.fonts->body;
  ItemOptions options;
  options.kind = Kind::field;
  options.wants = wants_text;
  options.text = text.empty() ? hint : std::string_view(text);
  options.may_cut = true;
  const Hit hit = ui.item(rect, name, options);
  const Rect inner = inset(rect, ui.px(9), ui.px(2));
  state.caret = std::min(state.caret, text.size());
  state.anchor = std::min(state.anchor, text.size());

  FieldResult result;
  if (hit.held) {  // the caret goes to the nearest gap between characters
    const float x = ui.mouse().x - inner.x + state.scroll;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t next = after(text, at, false);
      const float a = text_width(font, std::string_view(text).substr(0, at));
      const float b = text_width(font, std::string_view(text).substr(0, next));
      if ((a + b) / 2 > x) break;
      at = next;
    }
    state.caret = at;
    if (hit.pressed) state.anchor = at;
  }
  if (hit.double_clicked) state.anchor = 0, state.caret = text.size();
  if (hit.key != Key::none || hit.text) {
    if (hit.key == Key::enter)
      result.submitted = true;
    else
      result.changed = edit(ui, hit, text, state);
  }

  const Color border = hit.focused ? t.accent : t.control;
  box(ui, rect, t.well, border, ui.px(5), hit.focused ? ui.line(2) : ui.line());
  const Clip clip(ui, inner);
  const auto x_of = [&](std::size_t at) {
    return text_width(font, std::string_view(text).substr(0, at));
  };
  const float caret_x = x_of(state.caret);
  state.scroll = std::clamp(state.scroll, std::max(0.0f, caret_x - inner.w + ui.px(2)), caret_x);
  const float left = inner.x - state.scroll, y = inner.center().y - font.size / 2;
  if (text.empty()) draw_text(ui, Point{inner.x, y}, font, t.text_faint, hint);
  if (hit.focused && state.caret != state.anchor) {
    const auto [first, beyond] = selected(state);
    const float from = x_of(first), to = x_of(beyond);
    fill(ui, {left + from, y, to - from, font.size}, t.accent_soft);
  }
  draw_text(ui, Point{left, y}, font, t.text, text);
  // A steady caret: a blinking one would keep an idle window awake.
  if (hit.focused) fill(ui, {left + caret_x, y, ui.line(1.5f), font.size}, t.text);
  if (hit.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  return result;
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
    const Scope scope(ui, name);
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
