#include "ui/symbols/wait_ring.h"

#include <algorithm>

#include "ui/symbols/arrow.h"
#include "ui/toolkit/text/text.h"

namespace qs::ui {
namespace {

// Design pixels.
constexpr float kPad = 9, kLeastBox = 84, kMostBox = 240;
constexpr float kLine = 17;                   // of text in a box, and of words on a way
constexpr float kTurn = 15;                   // how far a way goes before it turns
constexpr float kGutter = 20, kBetween = 32;  // one below the other

float box_width(const Ui& ui, const RingBox& b) {
  const float text =
      std::max(text_width(ui.fonts->small_bold, b.name), text_width(ui.fonts->mono_small, b.place));
  return std::clamp(text + 2 * ui.px(kPad), ui.px(kLeastBox), ui.px(kMostBox));
}

float box_height(const Ui& ui, std::span<const RingBox> ring) {
  const bool places =
      std::any_of(ring.begin(), ring.end(), [](const RingBox& b) { return !b.place.empty(); });
  return ui.px(kLine * (places ? 2 : 1) + 10);
}

float words_width(const Ui& ui, const RingBox& b) { return text_width(ui.fonts->small, b.waits); }

// Room for the words of the way between two boxes, and for its head.
float gap_after(const Ui& ui, const RingBox& b) { return words_width(ui, b) + ui.px(34); }

RingLayout side_by_side(const Ui& ui, const Rect& rect, std::span<const RingBox> ring) {
  RingLayout at;
  const float h = box_height(ui, ring), bottom = rect.y + h, back = bottom + ui.px(kTurn);
  float x = rect.x;
  for (const RingBox& b : ring) {
    at.boxes.push_back({x, rect.y, box_width(ui, b), h});
    x += at.boxes.back().w + gap_after(ui, b);
  }
  const float middle = rect.y + h / 2;
  for (size_t i = 0; i + 1 < ring.size(); ++i) {
    const float from = at.boxes[i].right(), to = at.boxes[i + 1].x;
    at.ways.push_back({{from, middle}, {to, middle}});
    at.words.push_back({from, middle - ui.px(kLine + 1), to - from - ui.px(6), ui.px(kLine)});
  }
  const Rect &first = at.boxes.front(), &last = at.boxes.back();
  // Alone it comes back into itself, from its side.
  if (ring.size() == 1)
    at.ways.push_back({{last.right(), middle},
                       {last.right() + ui.px(kTurn), middle},
                       {last.right() + ui.px(kTurn), back},
                       {last.center().x, back},
                       {last.center().x, bottom}});
  else
    at.ways.push_back({{last.center().x, bottom},
                       {last.center().x, back},
                       {first.center().x, back},
                       {first.center().x, bottom}});
  const float wanted = words_width(ui, ring.back()) + ui.px(4);
  const float left = ring.size() == 1 ? last.x : (first.center().x + last.center().x - wanted) / 2;
  at.words.push_back({std::max(rect.x, left), back + ui.px(2), wanted, ui.px(kLine)});
  at.height = back + ui.px(2 + kLine) - rect.y;
  return at;
}

RingLayout one_below_the_other(const Ui& ui, const Rect& rect, std::span<const RingBox> ring) {
  RingLayout at;
  const float h = box_height(ui, ring), gap = ui.px(kBetween);
  const float left = rect.x + ui.px(kGutter);
  float widest = 0;
  for (const RingBox& b : ring) widest = std::max(widest, box_width(ui, b));
  widest = std::min(widest, rect.right() - left);
  for (size_t i = 0; i < ring.size(); ++i)
    at.boxes.push_back({left, rect.y + float(i) * (h + gap), widest, h});
  const float down = left + ui.px(16);
  for (size_t i = 0; i < ring.size(); ++i) {
    const float from = at.boxes[i].bottom();
    at.words.push_back({down + ui.px(10), from + (gap - ui.px(kLine)) / 2,
                        rect.right() - down - ui.px(10), ui.px(kLine)});
    if (i + 1 < ring.size()) {
      at.ways.push_back({{down, from}, {down, from + gap}});
      continue;
    }
    const float turn = from + gap / 2, up = rect.x + ui.px(6);
    const float to = at.boxes.front().center().y;
    at.ways.push_back({{down, from}, {down, turn}, {up, turn}, {up, to}, {left, to}});
  }
  at.height = float(ring.size()) * (h + gap);
  return at;
}

// Words that do not fit are cut.
void draw_words(Ui& ui, const Rect& r, const Font& font, Color color, std::string_view text,
                Align align) {
  label(ui, r, text, {&font, color, align, true});
}

}  // namespace

RingLayout ring_layout(const Ui& ui, const Rect& rect, std::span<const RingBox> ring) {
  if (ring.empty()) return {};
  float width = 0;
  for (size_t i = 0; i < ring.size(); ++i)
    width += box_width(ui, ring[i]) + (i + 1 < ring.size() ? gap_after(ui, ring[i]) : 0);
  if (ring.size() == 1) width += ui.px(kTurn + 4);
  width = std::max(width, words_width(ui, ring.back()) + ui.px(4));
  return width <= rect.w ? side_by_side(ui, rect, ring) : one_below_the_other(ui, rect, ring);
}

RingHits draw_wait_ring(Ui& ui, const RingLayout& at, std::span<const RingBox> ring) {
  const Theme& t = *ui.theme;
  RingHits hits;
  const IdScope scope(ui, "ring");
  const Id group = ui.id("group");
  for (const std::vector<Point>& way : at.ways) way_arrow(ui, way, {t.warning, 1.8f});
  for (size_t i = 0; i < ring.size(); ++i) {
    ItemOptions options;
    options.group = group;
    options.text = ring[i].name;
    const Rect& r = at.boxes[i];
    const Hit hit = ui.item(r, "thread-" + std::to_string(i + 1), options);
    const Inside inside(ui, hit);
    box(ui, r, hit.hovered ? t.hover : t.card, t.warning, ui.px(5), ui.line(1.5f));
    Rect rest = inset(r, ui.px(kPad), ui.px(5));
    const Rect name = cut_top(rest, ring[i].place.empty() ? rest.h : ui.px(kLine));
    draw_words(ui, name, ui.fonts->small_bold, t.text, ring[i].name, Align::left);
    if (!ring[i].place.empty())
      draw_words(ui, rest, ui.fonts->mono_small, t.link, ring[i].place, Align::left);
    if (hit.ring) focus_ring(ui, r, ui.px(5));
    if (hit.hovered) hits.hovered.box = int(i);
    if (hit.clicked) hits.clicked.box = int(i);
  }
  for (size_t i = 0; i < ring.size(); ++i) {
    ItemOptions options;
    options.group = group;
    options.text = ring[i].waits;
    Rect r = at.words[i];
    r.w = std::min(r.w, words_width(ui, ring[i]) + ui.px(4));
    r.x += at.ways[i].size() == 2 && at.ways[i][0].y == at.ways[i][1].y
               ? (at.words[i].w - r.w) / 2  // over the middle of its way
               : 0;
    const Hit hit = ui.item(r, "wait-" + std::to_string(i + 1), options);
    const Inside inside(ui, hit);
    draw_words(ui, r, ui.fonts->small, hit.hovered ? t.text : t.text_dim, ring[i].waits,
               Align::left);
    if (hit.ring) focus_ring(ui, r, ui.px(3));
    if (hit.hovered) hits.hovered.way = int(i);
    if (hit.clicked) hits.clicked.way = int(i);
  }
  return hits;
}

}  // namespace qs::ui
