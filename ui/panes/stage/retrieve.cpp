// "Retrieve next" on the card of a manual queue, for a driver that asks what to do.
#include <algorithm>
#include <cmath>

#include "ui/panes/stage/parts.h"
#include "ui/panes/verbs/verbs.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void draw_retrieve(const StageFrame& f, const model::QueueView& q, const QueueBox& box, Rect& gauge,
                   Rect& gates) {
  if (q.dispatch() != trace::Dispatch::Manual || !f.rights().orders) return;
  const VerbList list = verbs_of(f.now, f.trace, q.id, f.rights());
  const Verb* verb = nullptr;
  for (const Verb& v : list.verbs)
    if (v.act == trace::Act::RetrieveNext) verb = &v;
  if (!verb) return;
  Ui& ui = f.ui;
  const Font& font = ui.fonts->small_bold;
  const char* names[] = {verb->label.c_str(), tr("stage.retrieve_short"),
                         tr("stage.retrieve_next")};
  // A low card has its count and its gates in a column beside the tube.
  const bool beside = gauge.x > box.tube.right() - 1;
  const float left = beside ? box.tube.right() + f.px(3) : box.card.x + f.px(74);
  const float right =
      beside ? box.card.right() - f.px(3) : gates.right() + (box.modes.empty() ? 0 : f.px(4));
  const float pad = f.px(beside ? 8 : 16);
  const char* label = names[2];
  for (int i = 1; i >= 0; --i)
    if (text_width(font, names[i]) + pad <= right - left) label = names[i];
  const float width = std::min(std::ceil(text_width(font, label)) + pad, right - left);
  // As high as the foot and a little more.
  const float height = beside ? f.px(19) : std::max(gates.h, f.px(box.modes.empty() ? 17 : 24));
  const float y = beside ? box.tube.bottom() - height : gates.center().y - height / 2;
  const Rect at = snapped({right - width, y, width, height});
  if (!box.card.contains(at, 1)) return;  // no room: the card's menu and the verbs have it
  const std::string tip =
      verb->reason.empty() ? verb->call + "\n" + verb->effect : trf("menu.not_now", verb->reason);
  const std::string key = ui.keymap ? ui.keymap->key_text(key_of(verb->act)) : std::string();
  ButtonStyle style;
  style.font = &font;
  style.on = !q.waiting.empty();
  style.disabled = !verb->reason.empty();
  style.reason = tip.c_str();
  style.key = key.c_str();
  const Hit hit = button(ui, at, "retrieve", label, style);
  if (hit.hovered || hit.ring) f.in.shared.hint_move(verb->move);
  if (hit.clicked && verb->command) {
    f.in.shared.selected = q.id;
    f.out.push_back(*verb->command);
  }
  // What is left: the signs of the gates, and the count before them.
  gates = beside ? Rect{gauge.right() - f.px(38), gauge.y, f.px(38), gauge.h}
                 : Rect{at.x - f.px(46), gates.y, f.px(38), gates.h};
  gauge.w = std::max(0.0f, gates.x - f.px(4) - gauge.x);
}

}  // namespace qs::ui
