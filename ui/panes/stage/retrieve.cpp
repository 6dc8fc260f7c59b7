// "Retrieve next" on the card of a manual queue, for a driver that asks what to do.
#include <algorithm>
#include <cmath>

#include "ui/panes/stage/parts.h"
#include "ui/panes/verbs/verbs.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// Where a card has room for it: on its one line of words, instead of the count; beside the tube,
// where a low card has its count and its gates; at the foot. The layout keeps room for the whole
// name (StageOptions::retrieves).
enum class Shape { line, beside, foot };

Shape shape_of(const QueueBox& box) {
  if (box.modes.empty()) return Shape::line;
  return box.gauge.x > box.tube.right() - 1 ? Shape::beside : Shape::foot;
}

Rect place_of(const StageFrame& f, const QueueBox& box, const Rect& gauge, const Rect& gates,
              const std::string& name) {
  const Shape shape = shape_of(box);
  Rect room = gauge;
  if (shape == Shape::beside) {
    room = {box.tube.right() + f.px(3), box.tube.bottom() - f.px(19), 0, f.px(19)};
    room.w = box.card.right() - f.px(3) - room.x;
  } else if (shape == Shape::foot) {
    // A little more than the foot, and clear of the tube and of the edge.
    const float top = box.tube.bottom() + f.px(1), bottom = box.card.bottom() - f.px(2);
    const float height = std::min(f.px(24), bottom - top);
    const float y = std::clamp(gates.center().y - height / 2, top, bottom - height);
    room = {box.card.x + f.px(74), y, gates.right() + f.px(4) - box.card.x - f.px(74), height};
  }
  const float pad = f.px(shape == Shape::foot ? 16 : 8);
  const float width = std::ceil(text_width(f.ui.fonts->small_bold, name)) + pad;
  return snapped(cut_right(room, std::min(width, room.w)));
}

}  // namespace

void draw_retrieve(const StageFrame& f, const model::QueueView& q, const QueueBox& box, Rect& gauge,
                   Rect& gates) {
  if (q.dispatch() != trace::Dispatch::Manual || !f.rights().orders) return;
  const auto verb = verb_for(f.now, f.trace, q.id, f.rights(), trace::Act::RetrieveNext);
  if (!verb) return;
  Ui& ui = f.ui;
  const Rect at = place_of(f, box, gauge, gates, verb->label);
  const std::string key = ui.keymap ? ui.keymap->key_text(key_of(verb->act())) : std::string();
  ButtonStyle style;
  style.font = &ui.fonts->small_bold;
  style.on = !q.waiting.empty();
  style.disabled = !verb->reason.empty();
  style.key = key.c_str();
  const Hit hit = button(ui, at, "retrieve", verb->label, style);
  if (hit.hovered || hit.ring) {
    f.in.shared.hint_move(move_of(f.now, q.id, verb->item));
    tooltip(ui, hit,
            verb->reason.empty() ? call_text(f.now, f.trace, *verb) + "\n" +
                                       effect_text(f.now, f.trace, *verb) + "  [" + key + "]"
                                 : trf("menu.not_now", verb->reason));
  }
  if (hit.clicked && verb->item.command) {
    f.in.shared.selected = q.id;
    f.out.push_back(*verb->item.command);
  }
  // What is left: the signs of the gates, and the count before them.
  switch (shape_of(box)) {
    case Shape::line: gauge = {}; return;
    case Shape::beside: gates = {gauge.right() - f.px(38), gauge.y, f.px(38), gauge.h}; break;
    case Shape::foot: gates = {at.x - f.px(46), gates.y, f.px(38), gates.h}; break;
  }
  gauge.w = std::max(0.0f, gates.x - f.px(4) - gauge.x);
}

}  // namespace qs::ui
