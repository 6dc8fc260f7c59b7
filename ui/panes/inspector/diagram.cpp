#include <algorithm>
#include <cmath>

#include "ui/panes/inspector/parts.h"
#include "ui/symbols/arrow.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using model::LifeNode;

namespace {

struct Place2 {
  LifeNode node;
  int column, row;
};
constexpr Place2 kPlaces[] = {
    {LifeNode::InQueue, 0, 0},  {LifeNode::DriverOwns, 1, 0}, {LifeNode::Completed, 2, 0},
    {LifeNode::AtTarget, 0, 1}, {LifeNode::Cancelable, 1, 1}, {LifeNode::CancelComing, 2, 1},
};

// Where the line from the middle of `r` to `to` leaves `r`.
Point leave(const Rect& r, Point to) {
  const Point c = r.center();
  const float dx = to.x - c.x, dy = to.y - c.y;
  const float kx = dx != 0 ? r.w / 2 / std::abs(dx) : 1e9f,
              ky = dy != 0 ? r.h / 2 / std::abs(dy) : 1e9f;
  const float k = std::min(1.0f, std::min(kx, ky));
  return {c.x + dx * k, c.y + dy * k};
}

bool has_way_back(const model::LifeEdge& e) {
  for (const model::LifeEdge& o : model::life_edges())
    if (o.from == e.to && o.to == e.from) return true;
  return false;
}

}  // namespace

LifeLayout life_layout(const Rect& rect, float scale, LifeNode present) {
  LifeLayout out;
  const float h = std::round(28 * scale), row_gap = std::round(26 * scale);
  // The arc over the first row needs some room.
  const float top = rect.y + std::round(14 * scale);
  const float column_gap = std::round(std::clamp(rect.w * 0.07f, 12 * scale, 44 * scale));
  const float w = std::min((rect.w - 2 * column_gap) / 3, 150 * scale);
  const float step = w + column_gap;
  for (const Place2& p : kPlaces)
    out.node[size_t(p.node)] = {rect.x + step * float(p.column), top + (h + row_gap) * float(p.row),
                                w, h};
  out.height = 14 * scale + 2 * h + row_gap + 4 * scale;
  // Off the usual ways: takes the place of the way it came from.
  if (present == LifeNode::App || present == LifeNode::Released) {
    out.node[size_t(present)] = {rect.x + step, top + 2 * h + 2 * row_gap, w, h};
    out.height += h + row_gap;
  }
  const auto& edges = model::life_edges();
  for (size_t i = 0; i < edges.size() && i < 32; ++i) {
    const Rect &a = out.node[size_t(edges[i].from)], &b = out.node[size_t(edges[i].to)];
    out.drawn[i] = !a.empty() && !b.empty();
    if (!out.drawn[i]) continue;
    Point from = leave(a, b.center()), to = leave(b, a.center());
    if (has_way_back(edges[i])) {  // two lines side by side
      const Point d = to - from;
      const float n = std::max(1.0f, length(d)), off = 4 * scale;
      const Point side{-d.y / n * off, d.x / n * off};
      from = from + side;
      to = to + side;
    }
    out.from[i] = from;
    out.to[i] = to;
  }
  return out;
}

namespace inspector {
namespace {

Color node_color(const Theme& t, LifeNode node, bool failed) {
  switch (node) {
    case LifeNode::App: return t.owner_app;
    case LifeNode::InQueue: return t.owner_waiting;
    case LifeNode::DriverOwns:
    case LifeNode::Cancelable: return t.owner_driver;
    case LifeNode::CancelComing: return t.owner_cancelled;
    case LifeNode::AtTarget:
    case LifeNode::Released: return t.owner_target;
    case LifeNode::Completed: return failed ? t.owner_cancelled : t.owner_done;
    case LifeNode::Count: break;
  }
  return t.owner_waiting;
}

std::string node_tip(LifeNode node) {
  std::string out;
  for (const model::LifeEdge& e : model::life_edges()) {
    if (e.from != node) continue;
    if (!out.empty()) out += "\n";
    out += trf("inspector.edge", model::life_node_words(e.to), e.words, e.rule);
  }
  return out.empty() ? std::string(model::life_node_words(node)) : out;
}

// Words for a box that is too narrow for the whole ones.
const char* short_words(LifeNode node) {
  switch (node) {
    case LifeNode::InQueue: return tr("inspector.short_queue");
    case LifeNode::DriverOwns: return tr("inspector.short_driver");
    case LifeNode::Completed: return tr("inspector.short_done");
    case LifeNode::AtTarget: return tr("inspector.short_target");
    case LifeNode::Cancelable: return tr("inspector.short_cancelable");
    default: return model::life_node_words(node);
  }
}

void draw_edge(Ui& ui, const LifeLayout& at, size_t i, bool lit) {
  const model::LifeEdge& e = model::life_edges()[i];
  ArrowStyle style;
  style.color = lit ? ui.theme->arrow_active : ui.theme->arrow.faded(0.5f);
  style.thickness = lit ? 2.f : 1.2f;
  const Rect &a = at.node[size_t(e.from)], &b = at.node[size_t(e.to)];
  const bool over = e.from == LifeNode::InQueue && e.to == LifeNode::Completed;
  if (!over) return arrow(ui, at.from[i], at.to[i], style);
  const Point from{a.center().x, a.y}, to{b.center().x, b.y};
  const float up = ui.px(18);
  curved_arrow(ui, from, {from.x + a.w * 0.3f, from.y - up}, {to.x - b.w * 0.3f, to.y - up}, to,
               style);
}

}  // namespace

void draw_life(Page& p, const model::RequestView& r) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const LifeNode now = model::life_node(r);
  const bool failed = now == LifeNode::Completed && !trace::status_is_success(r.status);
  const LifeLayout at = life_layout({p.x + ui.px(4), p.y, p.w - ui.px(8), 0}, ui.scale, now);
  p.take(at.height, 8);
  const auto& edges = model::life_edges();
  const bool over = now == LifeNode::Completed;
  for (size_t i = 0; i < edges.size() && i < 32; ++i)
    if (at.drawn[i] && edges[i].from != now) draw_edge(ui, at, i, false);
  for (size_t i = 0; i < edges.size() && i < 32; ++i)
    if (at.drawn[i] && edges[i].from == now && !over) draw_edge(ui, at, i, true);
  const IdScope scope(ui, "life");
  const Id group = ui.id("group");
  for (size_t n = 0; n < size_t(LifeNode::Count); ++n) {
    const Rect rect = at.node[n];
    if (rect.empty()) continue;
    const LifeNode node = LifeNode(n);
    const bool here = node == now;
    const Color c = node_color(t, node, failed);
    ItemOptions options;
    options.kind = Kind::button;
    options.group = group;
    options.selected = here;
    options.text = model::life_node_words(node);
    const Hit hit = ui.item(rect, options.text, options);
    bool fits = false;
    // In a narrow pane the words come first, then the look of the letters.
    const bool roomy = text_width(ui.fonts->small_bold, options.text) <= rect.w - ui.px(8);
    const Font& font = roomy ? ui.fonts->small_bold : ui.fonts->caption;
    const bool narrow = text_width(font, options.text) > rect.w - ui.px(4);
    const std::string_view said = narrow ? std::string_view(short_words(node)) : options.text;
    const std::string words = shortened(font, said, rect.w - ui.px(4), fits);
    // Its sender's white would not be seen on a light panel.
    const bool white = node == LifeNode::App && t.token_outline.a > 0;
    const Color edge = white ? t.token_outline : c;
    box(ui, rect, here ? c : t.card, here ? edge : t.card_border, rect.h / 2,
        here ? ui.line(2) : ui.line());
    draw_text(ui, rect, font, here ? t.text_on_token : t.text_dim, words, Align::center);
    if (here) outline(ui, outset(rect, ui.px(3)), edge, rect.h / 2 + ui.px(3), ui.line(1.5f));
    if (hit.ring) focus_ring(ui, rect, rect.h / 2);
    tooltip(ui, hit, node_tip(node));
  }
}

}  // namespace inspector
}  // namespace qs::ui
