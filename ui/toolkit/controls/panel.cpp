#include "ui/toolkit/controls/panel.h"

#include <algorithm>
#include <array>

namespace qs::ui {

void ground(Ui& ui, const Rect& rect, PanelLook look, float radius_design) {
  const Theme& t = *ui.theme;
  const float radius = ui.px(radius_design);
  switch (look) {
    case PanelLook::panel: return box(ui, rect, t.panel, t.panel_border, radius);
    case PanelLook::stage: return box(ui, rect, t.well, t.panel_border, radius);
    case PanelLook::card: return box(ui, rect, t.card, t.card_border, radius);
    case PanelLook::lit: return box(ui, rect, t.accent_soft, t.accent, radius, ui.line(2));
    case PanelLook::chosen: return box(ui, rect, t.card, t.ring_selected, radius, ui.line(2));
    case PanelLook::bare: return;
  }
}

Panel::Panel(Ui& ui, const Rect& rect, std::string_view name, PanelLook look)
    : ui_(ui), rect_(rect) {
  ItemOptions options;
  options.kind = Kind::panel;
  options.focusable = false;
  const Hit hit = ui.item(rect, name, options);
  ground(ui, rect, look);
  inner_ = look == PanelLook::bare ? rect : inset(rect, ui.px(14), ui.px(10));
  ui.push_scope(name);
  ui.push_parent(hit.record, false);
}

Panel::~Panel() {
  ui_.pop_parent();
  ui_.pop_scope();
}

namespace {
std::string with_icon(std::string_view text, const char* icon_utf8) {
  return icon_utf8 ? std::string(icon_utf8) + "  " + std::string(text) : std::string(text);
}
}  // namespace

float chip_width(Ui& ui, std::string_view text, const char* icon_utf8) {
  return text_width(ui.fonts->small_bold, with_icon(text, icon_utf8)) + ui.px(16);
}

Rect chip(Ui& ui, Point at, std::string_view text, Color color, const char* icon_utf8) {
  const float height = ui.px(22), width = chip_width(ui, text, icon_utf8);
  const Rect r{at.x, at.y - height / 2, width, height};
  box(ui, r, ui.theme->well, color, ui.px(4));
  draw_text(ui, r, ui.fonts->small_bold, color, with_icon(text, icon_utf8), Align::center);
  ui.note(r, text, false, false);
  return r;
}

void progress_bar(Ui& ui, const Rect& rect, float fraction, Color color) {
  const float radius = rect.h / 2;
  fill(ui, rect, ui.theme->track, radius);
  const float width = rect.w * std::clamp(fraction, 0.0f, 1.0f);
  if (width >= 1) fill(ui, {rect.x, rect.y, std::max(width, rect.h), rect.h}, color, radius);
}

void progress_ring(Ui& ui, Point c, float radius, float fraction) {
  const Theme& t = *ui.theme;
  const float thick = std::max(2.0f, radius * 0.3f);
  if (fraction >= 1) {
    disc(ui, c, radius + thick / 2, t.ok);
    const Point tick[] = {{c.x - radius * 0.45f, c.y},
                          {c.x - radius * 0.12f, c.y + radius * 0.36f},
                          {c.x + radius * 0.5f, c.y - radius * 0.38f}};
    polyline(ui, tick, t.panel, std::max(2.0f, radius * 0.2f));
    return;
  }
  ring(ui, c, radius, t.control, thick);
  if (fraction > 0) arc(ui, c, radius, 0, fraction, t.accent, thick);
}

void step_dots(Ui& ui, Point first, int done, int total, float spacing_design,
               const std::set<size_t>* skipped) {
  const Theme& t = *ui.theme;
  const float r = ui.px(std::min(5.0f, spacing_design * 0.4f));  // many of them stay apart
  for (int i = 0; i < total; ++i) {
    const Point c{first.x + ui.px(spacing_design) * float(i), first.y};
    if (i != done && skipped && skipped->count(size_t(i))) {
      ring(ui, c, r, t.warning, ui.line(1.5f));  // hollow: gone past
    } else if (i < done) {
      disc(ui, c, r, t.ok);
    } else if (i == done) {
      disc(ui, c, r, t.accent);
      ring(ui, c, r * 1.6f, t.accent, ui.line(1.5f));  // not by color alone
    } else {
      disc(ui, c, r, t.track);
    }
  }
}

float gauge(Ui& ui, const Rect& rect, int presented, int limit, std::string_view text) {
  const Theme& t = *ui.theme;
  float x = rect.x;
  const float side = ui.px(9), gap = ui.px(4);
  if (limit > 0 && limit <= 6) {
    for (int i = 0; i < limit; ++i) {
      const Rect cell{x, rect.center().y - side / 2, side, side};
      if (i < presented)
        fill(ui, cell, t.owner_driver, ui.px(2));
      else
        outline(ui, cell, t.control, ui.px(2), ui.line(1.5f));
      x += side + gap;
    }
    x += ui.px(4);
  }
  x += label(ui, {x, rect.y, rect.right() - x, rect.h}, text, {&ui.fonts->small, t.text_dim});
  return x - rect.x;
}

void gate_sign(Ui& ui, Point c, bool open) {
  const Theme& t = *ui.theme;
  if (open) return disc(ui, c, ui.px(5), t.ok);
  ring(ui, c, ui.px(5), t.danger, ui.line(2));
  hline(ui, c.x - ui.px(3), c.x + ui.px(3), c.y, t.danger, ui.line(2));
}

float gate(Ui& ui, Point at, bool open, std::string_view text) {
  gate_sign(ui, {at.x + ui.px(5), at.y}, open);
  const Font& font = ui.fonts->caption;
  const float left = at.x + ui.px(15);
  return ui.px(15) + label(ui, Point{left, at.y - font.size / 2}, text,
                           {&font, open ? ui.theme->text_dim : ui.theme->text});
}

void tube(Ui& ui, const Rect& rect, bool held, bool lit) {
  const Theme& t = *ui.theme;
  const float radius = rect.h / 2;
  box(ui, rect, t.tube, lit ? t.accent : t.card_border, radius, lit ? ui.line(2) : ui.line());
  if (!held) return;
  // A barrier at the head: the queue holds its requests until power returns.
  const float x = rect.right() - ui.px(4);
  for (float y = rect.y + radius * 0.35f; y < rect.bottom() - radius * 0.35f; y += ui.px(8)) {
    line(ui, {x - ui.px(4), y + ui.px(4)}, {x + ui.px(4), y - ui.px(4)}, t.warning, ui.line(2));
  }
}

void lane_segment(Ui& ui, const Rect& rect, Color color, int stripes) {
  fill(ui, rect, color, ui.px(3));
  if (stripes <= 0) return;
  const float step = std::max(ui.px(7), rect.w / float(stripes)), rise = rect.h;
  const Clip clip(ui, rect);
  for (float x = rect.x - rise; x < rect.right(); x += step) {
    line(ui, {x, rect.bottom()}, {x + rise, rect.y}, ui.theme->panel.faded(0.55f), ui.line(2));
  }
}

void playhead(Ui& ui, float x, float top, float bottom, bool held) {
  const Color c = ui.theme->playhead;
  const float w = ui.px(held ? 9 : 8);
  vline(ui, x, top + ui.px(4), bottom, c, ui.line(2));
  const std::array<Point, 3> head = {Point{x - w, top}, Point{x + w, top},
                                     Point{x, top + ui.px(12)}};
  polygon(ui, head, c);
}

BannerInk banner_ink(const Theme& t, BannerLook look) {
  switch (look) {
    case BannerLook::danger: return {t.danger, t.banner_danger, icon::stop_sign};
    case BannerLook::warning: return {t.warning, t.banner_warning, icon::warning};
    default: return {t.accent, t.banner_info, icon::info};
  }
}

namespace {

LabelStyle banner_text(Ui& ui) { return {&ui.fonts->body, ui.theme->text}; }

}  // namespace

float banner_height(Ui& ui, float width, std::string_view title, std::string_view text) {
  const float inner = width - ui.px(14 + 30 + 14);
  LabelStyle head = banner_text(ui);
  head.font = &ui.fonts->bold;
  const float body = text.empty() ? 0 : paragraph_height(ui, inner, text, banner_text(ui));
  return ui.px(20) + paragraph_height(ui, inner, title, head) + body;
}

float banner(Ui& ui, const Rect& rect, BannerLook look, std::string_view title,
             std::string_view text) {
  const Theme& t = *ui.theme;
  const auto [bar, back, sign] = banner_ink(t, look);
  const float height = banner_height(ui, rect.w, title, text);
  const Rect r{rect.x, rect.y, rect.w, height};
  box(ui, r, back, bar, ui.px(6));
  Rect rest = inset(r, ui.px(14), ui.px(10));
  draw_text(ui, Point{rest.x, rest.y + ui.px(1)}, ui.fonts->icon, bar, sign);
  cut_left(rest, ui.px(30));
  LabelStyle head = banner_text(ui);
  head.font = &ui.fonts->bold;
  const float used = paragraph(ui, rest, title, head);
  cut_top(rest, used);
  if (!text.empty()) paragraph(ui, rest, text, banner_text(ui));
  return height;
}

float key_cap(Ui& ui, Point at, std::string_view text) {
  const Theme& t = *ui.theme;
  const Font& font = ui.fonts->mono_small;
  const float width = std::max(ui.px(24), text_width(font, text) + ui.px(14)), height = ui.px(24);
  const Rect r{at.x, at.y - height / 2, width, height};
  box(ui, r, t.button_border, t.button_border, ui.px(5));
  box(ui, {r.x, r.y, r.w, r.h - ui.px(2)}, t.button, t.button_border, ui.px(5));
  draw_text(ui, {r.x, r.y - ui.px(1), r.w, r.h}, font, t.text, text, Align::center);
  ui.note(r, text, false, false);
  return width;
}

}  // namespace qs::ui
