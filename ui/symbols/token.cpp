#include "ui/symbols/token.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace qs::ui {
namespace {

using Corners = std::vector<Point>;

// Corners, clockwise, of the shapes that have them; r is half the token's size.
Corners corners_of(TokenShape shape, Point c, float r) {
  switch (shape) {
    case TokenShape::control: {
      const float d = r * 1.18f;  // a diamond needs more room for its label
      return {{c.x, c.y - d}, {c.x + d, c.y}, {c.x, c.y + d}, {c.x - d, c.y}};
    }
    case TokenShape::internal: {
      const float d = r * 1.08f, h = d * 0.5f, w = d * 0.866f;
      return {{c.x, c.y - d}, {c.x + w, c.y - h}, {c.x + w, c.y + h},
              {c.x, c.y + d}, {c.x - w, c.y + h}, {c.x - w, c.y - h}};
    }
    case TokenShape::create: {
      const float d = r * 1.22f;
      return {{c.x, c.y - d}, {c.x + d, c.y + d * 0.72f}, {c.x - d, c.y + d * 0.72f}};
    }
    default: return {};
  }
}

void fill_shape(Ui& ui, TokenShape shape, Point c, float r, Color color) {
  if (shape == TokenShape::read) return disc(ui, c, r, color);
  if (shape == TokenShape::write) {
    const float h = r * 0.94f;
    return fill_moving(ui, {c.x - h, c.y - h, 2 * h, 2 * h}, color, r * 0.3f);
  }
  const Corners corners = corners_of(shape, c, r);
  polygon(ui, corners, color);
}

void stroke_shape(Ui& ui, TokenShape shape, Point c, float r, Color color, float thickness) {
  if (shape == TokenShape::read) return ring(ui, c, r, color, thickness);
  if (shape == TokenShape::write) {
    const float h = r * 0.94f;
    return outline(ui, {c.x - h, c.y - h, 2 * h, 2 * h}, color, r * 0.3f, thickness);
  }
  const Corners corners = corners_of(shape, c, r);
  polyline(ui, corners, color, thickness, true);
}

// How wide a label may be inside a shape whose half size is r.
float label_room(TokenShape shape, float r) {
  switch (shape) {
    case TokenShape::control: return r * 1.45f;
    case TokenShape::internal: return r * 1.62f;
    case TokenShape::create: return r * 1.25f;
    default: return r * 1.76f;
  }
}

// The largest of three fonts with which a label fits; the smallest when none does.
const Font& label_font(const Ui& ui, std::string_view label, float room, float size_design) {
  const Font* fonts[] = {&ui.fonts->token, &ui.fonts->small_bold, &ui.fonts->caption_bold};
  for (const Font* font : fonts) {
    if (size_design < 30 && font == &ui.fonts->token) continue;
    if (text_width(*font, label) <= room) return *font;
  }
  return ui.fonts->caption_bold;
}

// The icon of one mark, drawn with shapes so that it is crisp at every size.
void draw_mark(Ui& ui, TokenMarks mark, Point c, float r) {
  const Theme& t = *ui.theme;
  const float w = std::max(1.5f, r * 0.28f), k = r * 0.45f;
  const bool alarm = mark == mark_cancel_claimed || mark == mark_finding;
  disc(ui, c, r + std::max(1.0f, r * 0.2f), t.panel);
  disc(ui, c, r, alarm ? t.owner_cancelled : t.text);
  const Color ink = alarm ? t.text_on_token : t.panel;
  switch (mark) {
    case mark_cancel_claimed:
      line(ui, {c.x - k, c.y - k}, {c.x + k, c.y + k}, ink, w);
      line(ui, {c.x - k, c.y + k}, {c.x + k, c.y - k}, ink, w);
      break;
    case mark_sent: {
      fill(ui, {c.x - w / 2, c.y - k * 1.2f, w, k * 1.4f}, ink);
      const std::array<Point, 3> head = {Point{c.x - k, c.y + k * 0.05f},
                                         Point{c.x + k, c.y + k * 0.05f},
                                         Point{c.x, c.y + k * 1.3f}};
      polygon(ui, head, ink);
      break;
    }
    case mark_stop_notified:
      fill(ui, {c.x - k, c.y - k, w, 2 * k}, ink);
      fill(ui, {c.x + k - w, c.y - k, w, 2 * k}, ink);
      break;
    case mark_parked: fill(ui, {c.x - k, c.y - k, 2 * k, 2 * k}, ink, r * 0.15f); break;
    default:
      fill(ui, {c.x - w / 2, c.y - k * 1.2f, w, k * 1.5f}, ink);
      disc(ui, {c.x, c.y + k}, w * 0.6f, ink);
      break;
  }
}

}  // namespace

Color owner_color(const Theme& theme, TokenOwner owner) {
  switch (owner) {
    case TokenOwner::app: return theme.owner_app;
    case TokenOwner::waiting: return theme.owner_waiting;
    case TokenOwner::driver: return theme.owner_driver;
    case TokenOwner::target: return theme.owner_target;
    case TokenOwner::done: return theme.owner_done;
    case TokenOwner::cancelled: return theme.owner_cancelled;
  }
  return theme.owner_waiting;
}

float token_mark_radius(const Ui& ui, float size) {
  return std::max(ui.px(size < 30 ? 5.5f : 6.5f), ui.px(size) * 0.18f);
}

float token_shoulder(const Ui& ui, float size) {
  return ui.px(size) * 0.41f + (size < 30 ? ui.px(2.5f) : 0);
}

void draw_token(Ui& ui, Point center, const TokenStyle& style) {
  const Theme& t = *ui.theme;
  const float r = ui.px(style.size) / 2;
  const float reach = r + ui.px(10);
  if (!ui.can_see(rect_around(center, 2 * reach, 2 * reach))) return;
  const Color body = owner_color(t, style.owner).faded(style.alpha);
  // A pale fill would not show as a mere line on a light ground.
  const Color ghost = t.token_outline.a ? t.token_outline.faded(style.alpha) : body;
  const float ring_gap = ui.px(5), ring_width = ui.line(2.5f);

  if (style.hollow) {
    stroke_shape(ui, style.shape, center, r, ghost, ui.line(1.5f));
  } else {
    fill_shape(ui, style.shape, center, r, body);
    if (t.token_outline.a) {
      stroke_shape(ui, style.shape, center, r, t.token_outline.faded(style.alpha), ui.line(1.5f));
    }
  }
  if (!style.label.empty()) {
    Point at = center;
    if (style.shape == TokenShape::create) at.y += r * 0.26f;
    const Font& font = label_font(ui, style.label, label_room(style.shape, r), style.size);
    const Color ink = style.hollow ? ghost : t.text_on_token.faded(std::max(style.alpha, 0.75f));
    draw_text_centered(ui, at, font, ink, style.label);
  }
  if (style.hovered) stroke_shape(ui, style.shape, center, r + ui.px(2), t.text, ui.line(2));
  if (style.changed && !style.selected) {
    stroke_shape(ui, style.shape, center, r + ui.px(3), t.changed, ui.line(1.5f));
  }
  if (style.cancelable) {
    const float at = r + ring_gap + (style.selected ? ui.px(4) : 0);
    // Small ones are many: fewer dashes, as long as those of large ones.
    dashed_ring(ui, center, at, t.ring_cancelable, ring_width, style.size < 30 ? 10 : 16);
  }
  if (style.selected) ring(ui, center, r + ring_gap, t.ring_selected, ring_width);
  if (style.focused) {
    const float at = 2 * (r + ring_gap);
    focus_ring(ui, rect_around(center, at, at), ui.px(6));
  }
  const float mark_radius = token_mark_radius(ui, style.size);
  const float off = token_shoulder(ui, style.size);
  Point shoulder{center.x + off, center.y - off};
  int shown = 0;
  for (TokenMarks m = 1; m && shown < 2; m = TokenMarks(m << 1)) {
    if (!(style.marks & m)) continue;
    draw_mark(ui, m, shoulder, mark_radius);
    shoulder.y = center.y + off;
    ++shown;
  }
}

Hit token(Ui& ui, Point center, std::string_view name, const TokenStyle& style, Id group,
          bool floating) {
  const float size = std::max(ui.px(style.size), ui.px(24));  // never a smaller target
  ItemOptions options;
  options.kind = Kind::token;
  options.group = group;
  options.floating = floating;
  options.selected = style.selected;
  options.text = style.label;
  const Hit hit = ui.item(rect_around(center, size, size), name, options);
  TokenStyle shown = style;
  shown.hovered = style.hovered || hit.hovered;
  shown.focused = style.focused || hit.ring;
  draw_token(ui, center, shown);
  return hit;
}

Hit token_more(Ui& ui, Point center, std::string_view name, int count, float size, Id group) {
  const std::string text = fmt::format("+{}", count);
  ItemOptions options;
  options.kind = Kind::token;
  options.group = group;
  options.text = text;
  const Rect rect = rect_around(center, ui.px(size), ui.px(size));
  const Hit hit = ui.item(rect, name, options);
  const Theme& t = *ui.theme;
  // Two edges behind it: a pile.
  for (int i = 2; i >= 0; --i) {
    const Point c{center.x + ui.px(3) * float(i), center.y};
    disc(ui, c, rect.w / 2, t.tube);
    ring(ui, c, rect.w / 2 - ui.px(1), i == 0 && hit.hovered ? t.text : t.owner_waiting,
         ui.line(1.5f));
  }
  disc(ui, center, rect.w / 2 - ui.px(2), t.tube);
  draw_text_centered(ui, center, label_font(ui, text, rect.w - ui.px(6), size), t.text, text);
  if (hit.ring) focus_ring(ui, rect, rect.w / 2);
  return hit;
}

void draw_step_number(Ui& ui, Point center, int number) {
  disc(ui, center, ui.px(9), ui.theme->arrow_active);
  draw_text_centered(ui, center, ui.fonts->small_bold, ui.theme->text_on_accent,
                     std::to_string(number));
}

}  // namespace qs::ui
