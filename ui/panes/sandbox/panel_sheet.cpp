#include "ui/panes/sandbox/panel_sheet.h"

#include <algorithm>
#include <cmath>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

Rect Sheet::take(float height, float gap) { return snapped(cut_top(line_, height, gap)); }
void Sheet::gap(float design) { cut_top(line_, ui_.px(design)); }

float Sheet::wrapped(const std::string& words, float width, const Font& font) const {
  LabelStyle style;
  style.font = &font;
  return paragraph_height(ui_, width, words, style);
}

bool Sheet::section(const std::string& name, const std::string& title, const std::string& changes) {
  const bool open = state_.open.count(name) != 0;
  const Rect r = take(ui_.px(30), ui_.px(open ? 6 : 2));
  hline(ui_, r.x, r.right(), r.y, ui_.theme->panel_border);
  const Hit hit = row(ui_, r, "section/" + name, title, false);
  {
    const Inside inside(ui_, hit);
    Rect in = inset(r, ui_.px(4), 0);
    draw_text(ui_, cut_left(in, ui_.px(12), ui_.px(6)), ui_.fonts->small, ui_.theme->text_dim,
              open ? icon::chevron_down : icon::chevron_right);
    LabelStyle style{&ui_.fonts->bold, ui_.theme->text};
    const float width = text_width(ui_.fonts->bold, title) + ui_.px(8);
    label(ui_, cut_left(in, std::min(width, in.w)), title, style);
    if (!changes.empty() && text_width(ui_.fonts->small, changes) <= in.w)
      label(ui_, in, changes, {&ui_.fonts->small, ui_.theme->warning, Align::right});
  }
  if (hit.clicked) open ? (void)state_.open.erase(name) : (void)state_.open.insert(name);
  return open;
}

bool Sheet::part(const std::string& name, const std::string& title, bool open, bool faulty) {
  const Rect r = take(ui_.px(28), ui_.px(4));
  const Hit hit = row(ui_, r, name, title, open);
  const Inside inside(ui_, hit);
  Rect in = inset(r, ui_.px(6), 0);
  draw_text(ui_, cut_left(in, ui_.px(12), ui_.px(4)), ui_.fonts->small, ui_.theme->text_dim,
            open ? icon::chevron_down : icon::chevron_right);
  if (faulty)
    draw_text(ui_, cut_right(in, ui_.px(14), ui_.px(4)), ui_.fonts->small, ui_.theme->danger,
              icon::warning);
  LabelStyle style{&ui_.fonts->small_bold, faulty ? ui_.theme->danger : ui_.theme->text};
  style.may_cut = true;  // a name that somebody has typed
  label(ui_, in, title, style);
  if (hit.hovered) tooltip(ui_, hit, title);
  return hit.clicked;
}

void Sheet::text(const std::string& words, Color color) {
  LabelStyle style{&ui_.fonts->small, color};
  const Rect r = take(wrapped(words, line_.w, ui_.fonts->small) + ui_.px(2), ui_.px(6));
  paragraph(ui_, r, words, style);
}
void Sheet::text(const std::string& words) { text(words, ui_.theme->text_dim); }

void Sheet::path(const std::string& words) {
  const Font& font = ui_.fonts->small;
  for (size_t from = 0; from < words.size();) {
    size_t end = from, fits = from;
    while (end < words.size()) {
      do ++end;
      while (end < words.size() && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80);
      if (text_width(font, std::string_view(words).substr(from, end - from)) > line_.w) break;
      fits = end;
    }
    if (fits == from) fits = end;
    label(ui_, take(ui_.px(17), 0), words.substr(from, fits - from), {&font, ui_.theme->text});
    from = fits;
  }
  gap(6);
}

void Sheet::head(const std::string& words) {
  gap(4);
  LabelStyle style{&ui_.fonts->small_bold, ui_.theme->text_dim};
  const Rect r = take(wrapped(words, line_.w, ui_.fonts->small_bold) + ui_.px(2), ui_.px(4));
  paragraph(ui_, r, words, style);
}

Hit Sheet::tick_row(const std::string& name, const std::string& words, bool on, bool grey,
                    const std::string& why_not) {
  const Theme& t = *ui_.theme;
  const float side = ui_.px(15), text_x = side + ui_.px(12);
  const Font& font = ui_.fonts->small;
  const float height = std::max(ui_.px(24), wrapped(words, line_.w - text_x, font) + ui_.px(6));
  const Rect r = take(height, ui_.px(1));
  ItemOptions options;
  options.kind = Kind::toggle;
  options.text = words;
  options.selected = on;
  const Hit hit = ui_.item(r, name, options);
  const Inside inside(ui_, hit);
  if (hit.hovered) fill(ui_, r, t.hover, ui_.px(4));
  const Rect mark = snapped({r.x + ui_.px(3), r.center().y - side / 2, side, side});
  const Color edge = grey ? t.text_disabled : on || hit.hovered ? t.accent : t.control;
  if (on) {
    fill(ui_, mark, edge, ui_.px(4));
    const Point corners[] = {{mark.x + side * 0.24f, mark.y + side * 0.52f},
                             {mark.x + side * 0.43f, mark.y + side * 0.71f},
                             {mark.x + side * 0.78f, mark.y + side * 0.30f}};
    polyline(ui_, corners, t.text_on_accent, ui_.line(2));
  } else {
    outline(ui_, mark, edge, ui_.px(4), ui_.line(1.5f));
  }
  Rect in = r;
  cut_left(in, text_x);
  in.y += (r.h - wrapped(words, in.w, font)) / 2;
  in.h = wrapped(words, in.w, font) + ui_.px(1);
  paragraph(ui_, in, words, {&font, grey ? t.text_disabled : t.text});
  if (hit.ring) focus_ring(ui_, r, ui_.px(4));
  if (grey && (hit.hovered || hit.ring)) tooltip(ui_, hit, why_not);
  return hit;
}

void Sheet::tick(const std::string& name, const std::string& words, bool on,
                 const session::Command& command, const std::string& why_not) {
  const Hit hit = tick_row(name, words, on, !why_not.empty(), why_not);
  if (why_not.empty()) {
    if (hit.clicked) out_.push_back(command);
    return;
  }
  SheetChoice only;
  only.entry.label = words;
  only.entry.reason = why_not;
  only.entry.can_force = true;
  only.entry.checked = on;
  only.command = command;
  ask(hit, words, {only});
}

bool Sheet::tick(const std::string& name, const std::string& words, bool on) {
  return tick_row(name, words, on, false, {}).clicked;
}

void Sheet::ask(const Hit& hit, const std::string& title, std::vector<SheetChoice> choices) {
  if (hit.clicked) {
    open_menu(ui_, hit);
    state_.menu_owner = hit.id;
  }
  if (state_.menu_owner != hit.id || !menu_open(ui_, hit.id)) return;
  state_.menu_title = title;
  state_.menu = std::move(choices);
}

void Sheet::choice(const std::string& name, const std::string& words, const std::string& now,
                   std::vector<SheetChoice> choices) {
  const Theme& t = *ui_.theme;
  const Font& font = ui_.fonts->small;
  const float arrow = ui_.px(14), pad = ui_.px(8);
  const float value_w = text_width(ui_.fonts->small_bold, now);
  const bool one_line = text_width(font, words) + ui_.px(10) + value_w + arrow + 2 * pad <= line_.w;
  const Rect r = take(ui_.px(one_line ? 28 : 44), ui_.px(3));
  ItemOptions options;
  options.kind = Kind::button;
  const std::string spoken = words + ": " + now;
  options.text = spoken;
  const Hit hit = ui_.item(r, name, options);
  {
    const Inside inside(ui_, hit);
    box(ui_, r, hit.hovered ? t.button_hover : t.button, t.button_border, ui_.px(4));
    Rect in = inset(r, pad, ui_.px(one_line ? 0 : 4));
    draw_text(ui_, cut_right(in, arrow), ui_.fonts->small, t.text_dim, icon::chevron_down,
              Align::right);
    if (one_line) {
      label(ui_, cut_right(in, value_w + ui_.px(1), ui_.px(6)), now,
            {&ui_.fonts->small_bold, t.text, Align::right});
      label(ui_, in, words, {&font, t.text_dim});
    } else {
      label(ui_, cut_top(in, in.h / 2), words, {&font, t.text_dim});
      label(ui_, in, now, {&ui_.fonts->small_bold, t.text});
    }
    if (hit.ring) focus_ring(ui_, r, ui_.px(4));
  }
  ask(hit, words, std::move(choices));
}

void Sheet::modes(const std::string& name, std::vector<std::string> labels, int selected,
                  const std::vector<session::Command>& commands) {
  std::vector<std::string_view> views(labels.begin(), labels.end());
  const int pressed = segmented(ui_, take(ui_.px(28), ui_.px(6)), name, views, selected);
  if (pressed >= 0 && pressed != selected) out_.push_back(commands[size_t(pressed)]);
}

bool Sheet::slide(const std::string& name, const std::string& words, uint32_t& value,
                  const std::vector<uint32_t>& stops, const std::string& unit) {
  const auto at = std::lower_bound(stops.begin(), stops.end(), value);
  const float last = float(stops.size() - 1);
  float share = float(std::min<size_t>(size_t(at - stops.begin()), stops.size() - 1)) / last;
  Rect r = take(ui_.px(36), ui_.px(4));
  Rect head = cut_top(r, ui_.px(18));
  const std::string shown = std::to_string(value) + unit;
  const float width = text_width(ui_.fonts->small_bold, shown);
  label(ui_, cut_right(head, width + ui_.px(2), ui_.px(6)), shown,
        {&ui_.fonts->small_bold, ui_.theme->text, Align::right});
  label(ui_, head, words, {&ui_.fonts->small, ui_.theme->text_dim});
  if (!slider(ui_, r, name, share, 1 / last, words + " " + shown)) return false;
  const uint32_t picked = stops[size_t(std::lround(share * last))];
  const bool changed = picked != value;
  value = picked;
  return changed;
}

bool Sheet::press(const std::string& name, const std::string& words, const std::string& why_not) {
  ButtonStyle style;
  style.font = &ui_.fonts->small_bold;
  style.disabled = !why_not.empty();
  style.reason = why_not.empty() ? nullptr : why_not.c_str();
  return button(ui_, take(ui_.px(28), ui_.px(4)), name, words, style).clicked;
}

void Sheet::press(const std::string& name, const std::string& words,
                  const session::Command& command, const std::string& why_not, bool can_force) {
  if (why_not.empty() || !can_force) {
    if (press(name, words, why_not)) out_.push_back(command);
    return;
  }
  SheetChoice only;
  only.entry.label = words;
  only.entry.reason = why_not;
  only.entry.can_force = true;
  only.command = command;
  ButtonStyle style;
  style.font = &ui_.fonts->small_bold;
  const Hit hit = button(ui_, take(ui_.px(28), ui_.px(4)), name, words, style);
  ask(hit, words, {only});
}

bool Sheet::pick(const std::string& name, const std::string& words, bool selected) {
  const float pad = ui_.px(6);
  const float height = wrapped(words, line_.w - 2 * pad, ui_.fonts->small) + ui_.px(9);
  const Rect r = take(height, ui_.px(2));
  const Hit hit = row(ui_, r, name, words, selected);
  const Inside inside(ui_, hit);
  paragraph(ui_, inset(r, pad, ui_.px(4)), words, {&ui_.fonts->small, ui_.theme->text});
  return hit.clicked;
}

void draw_sheet_menu(Ui& ui, SheetState& state, std::vector<session::Command>& out) {
  if (!state.menu_owner || !menu_open(ui, state.menu_owner)) return;
  std::vector<MenuEntry> entries;
  for (const SheetChoice& c : state.menu) entries.push_back(c.entry);
  const MenuChoice chosen = menu(ui, state.menu_owner, state.menu_title, entries);
  if (chosen) out.push_back(state.menu[size_t(chosen.index)].command);
}

}  // namespace qs::ui
