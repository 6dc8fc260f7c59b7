#include "ui/toolkit/controls/button.h"

#include <string>

#include "ui/toolkit/controls/tooltip.h"

namespace qs::ui {
namespace {

struct Paint {
  Color ground, border, ink;
};

Paint paint_of(const Theme& t, const ButtonStyle& style, const Hit& hit) {
  Paint p{t.button, t.button_border, t.text};
  switch (style.look) {
    case ButtonLook::secondary:
      if (style.on) p = {t.accent_soft, t.accent, t.text};
      break;
    case ButtonLook::primary: p = {t.accent, t.accent, t.text_on_accent}; break;
    case ButtonLook::quiet: p = {Color{0, 0, 0, 0}, Color{0, 0, 0, 0}, t.text_dim}; break;
    case ButtonLook::mode:
      p = style.on ? Paint{t.accent_soft, t.accent, t.text}
                   : Paint{t.bar, t.button_border, t.text_dim};
      break;
    case ButtonLook::danger: p = {t.button, t.danger, t.danger}; break;
  }
  if (style.disabled) {
    p.ink = t.text_disabled;
    if (style.look == ButtonLook::primary) p.ground = t.button, p.border = t.button_border;
  } else if (hit.hovered || hit.held) {
    if (style.look == ButtonLook::primary)
      p.ground = mix(p.ground, t.text, hit.held ? 0.30f : 0.16f);
    else
      p.ground = hit.held ? t.hover : mix(p.ground.a ? p.ground : t.button, t.hover, 0.75f);
    if (style.look == ButtonLook::quiet) p.ink = t.text;
  }
  return p;
}

ItemOptions options_of(const ButtonStyle& style, std::string_view text) {
  ItemOptions o;
  o.kind = style.look == ButtonLook::mode ? Kind::toggle : Kind::button;
  o.disabled = style.disabled;
  o.selected = style.on;
  o.group = style.group;
  o.text = text;
  return o;
}

void tip_of(Ui& ui, const Hit& hit, const ButtonStyle& style, std::string_view label,
            bool name_it) {
  if (!hit.hovered && !hit.ring) return;
  std::string tip;
  if (style.reason)
    tip = style.reason;
  else if (name_it)
    tip = std::string(label);
  if (tip.empty() && (!style.key || style.shows_key)) return;
  if (tip.empty()) tip = std::string(label);
  if (style.key && *style.key && !style.shows_key) tip += std::string("  [") + style.key + "]";
  tooltip(ui, hit, tip);
}

void cursor_hand(const Hit& hit) {
  if (hit.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

}  // namespace

float button_width(Ui& ui, std::string_view label) {
  return text_width(ui.fonts->bold, label) + ui.px(26);
}

Hit button(Ui& ui, const Rect& rect, std::string_view name, std::string_view label,
           const ButtonStyle& style) {
  const Font& font = style.font ? *style.font : ui.fonts->bold;
  const bool keyed = style.shows_key && style.key && *style.key;
  const float key_w = keyed ? text_width(ui.fonts->mono_small, style.key) + ui.px(12) : 0;
  const float room = rect.w - key_w - ui.px(8);
  const float full = text_width(font, label);
  const bool fits = full <= room + 0.5f;
  ItemOptions options = options_of(style, label);
  options.cut = !fits;
  const Hit hit = ui.item(rect, name, options);
  if (ui.can_see(rect)) {
    const Paint p = paint_of(*ui.theme, style, hit);
    const float radius = ui.px(6);
    if (p.ground.a) box(ui, rect, p.ground, p.border, radius);
    Rect text = rect;
    if (keyed) {
      const Rect at = cut_right(text, key_w);
      draw_text(ui, {at.x, at.y, at.w - ui.px(9), at.h}, ui.fonts->mono_small, p.ink.faded(0.7f),
                style.key, Align::right);
    }
    if (fits) {
      text.x += (text.w - full) / 2;
      draw_text(ui, text, font, p.ink, label);
    } else {
      bool ignored = false;
      draw_text(ui, text, font, p.ink, shortened(font, label, room, ignored), Align::center);
    }
    if (hit.ring) focus_ring(ui, rect, radius);
  }
  tip_of(ui, hit, style, label, !fits);
  return hit;
}

Hit icon_button(Ui& ui, const Rect& rect, std::string_view name, const char* icon_utf8,
                std::string_view label, ButtonStyle style) {
  const Hit hit = ui.item(rect, name, options_of(style, label));
  const Paint p = paint_of(*ui.theme, style, hit);
  const float radius = ui.px(6);
  if (p.ground.a) box(ui, rect, p.ground, p.border, radius);
  draw_text(ui, rect, style.font ? *style.font : ui.fonts->body, p.ink, icon_utf8, Align::center);
  if (hit.ring) focus_ring(ui, rect, radius);
  tip_of(ui, hit, style, label, true);
  return hit;
}

int segmented(Ui& ui, const Rect& rect, std::string_view name,
              std::span<const std::string_view> labels, int selected,
              std::span<const char* const> off) {
  const IdScope scope(ui, name);
  const Id group = ui.id("group");
  const Theme& t = *ui.theme;
  const float gap = ui.px(3), radius = ui.px(4);
  const int count = int(labels.size());
  int pressed = -1;
  for (int i = 0; i < count; ++i) {
    const Rect cell = snapped(grid_cell(rect, count, 1, i, gap));
    const char* reason = std::size_t(i) < off.size() ? off[std::size_t(i)] : nullptr;
    ItemOptions options;
    options.kind = Kind::toggle;
    options.group = group;
    options.selected = i == selected;
    options.disabled = reason != nullptr;
    options.text = labels[std::size_t(i)];
    options.cut = text_width(ui.fonts->small_bold, labels[std::size_t(i)]) > cell.w;
    const Hit hit = ui.item(cell, labels[std::size_t(i)], options);
    const bool on = i == selected;
    Color ground = on ? t.accent : t.button;
    if (hit.hovered && !on && !options.disabled) ground = t.hover;
    box(ui, cell, ground, on ? t.accent : t.button_border, radius);
    const Color ink = on ? t.text_on_accent : options.disabled ? t.text_disabled : t.text_dim;
    draw_text(ui, cell, ui.fonts->small_bold, ink, labels[std::size_t(i)], Align::center);
    if (hit.ring) focus_ring(ui, cell, radius);
    if (reason) tooltip(ui, hit, reason);
    if (hit.clicked) pressed = i;
  }
  return pressed;
}

int tabs(Ui& ui, const Rect& rect, std::string_view name, std::span<const std::string_view> labels,
         int selected) {
  const IdScope scope(ui, name);
  const Id group = ui.id("group");
  const Theme& t = *ui.theme;
  int pressed = -1;
  float x = rect.x;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool on = int(i) == selected;
    const Font& font = on ? ui.fonts->bold : ui.fonts->body;
    const float width = text_width(ui.fonts->bold, labels[i]) + ui.px(20);
    const Rect cell{x, rect.y, width, rect.h};
    ItemOptions options;
    options.kind = Kind::toggle;
    options.group = group;
    options.selected = on;
    options.text = labels[i];
    options.cut = cell.right() > rect.right() + 1;
    const Hit hit = ui.item(cell, labels[i], options);
    const Color ink = on || hit.hovered ? t.text : t.text_dim;
    draw_text(ui, cell, font, ink, labels[i], Align::center);
    if (on) {
      const float thick = ui.px(3);
      fill(ui, {cell.x + ui.px(6), cell.bottom() - thick, cell.w - ui.px(12), thick}, t.accent,
           thick / 2);
    }
    if (hit.ring) focus_ring(ui, inset(cell, ui.px(2)), ui.px(4));
    if (hit.clicked) pressed = int(i);
    x += width + ui.px(8);
  }
  return pressed;
}

Hit link(Ui& ui, Point top_left, std::string_view name, std::string_view text, bool opens,
         const Font* font) {
  const Font& f = font ? *font : ui.fonts->small;
  const std::string shown = opens ? std::string(text) + " ↗" : std::string(text);
  const Rect rect{top_left.x, top_left.y, text_width(f, shown), f.size};
  ItemOptions options;
  options.kind = Kind::link;
  options.text = text;
  const Hit hit = ui.item(rect, name, options);
  draw_text(ui, rect.top_left(), f, ui.theme->link, shown);
  if (hit.hovered) hline(ui, rect.x, rect.right(), rect.bottom(), ui.theme->link);
  if (hit.ring) focus_ring(ui, rect, ui.px(2));
  cursor_hand(hit);
  return hit;
}

Hit row(Ui& ui, const Rect& rect, std::string_view name, std::string_view text, bool selected,
        Id group, bool disabled) {
  ItemOptions options;
  options.kind = Kind::row;
  options.text = text;
  options.selected = selected;
  options.group = group;
  options.disabled = disabled;
  const Hit hit = ui.item(rect, name, options);
  if (!ui.can_see(rect)) return hit;
  const float radius = ui.px(4);
  if (selected)
    fill(ui, rect, ui.theme->accent_soft, radius);
  else if (hit.hovered && !disabled)
    fill(ui, rect, ui.theme->hover, radius);
  if (hit.ring) focus_ring(ui, inset(rect, ui.px(2)), radius);
  return hit;
}

}  // namespace qs::ui
