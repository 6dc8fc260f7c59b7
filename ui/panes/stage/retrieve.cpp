// "Retrieve next" on the card of a manual queue, for a driver that asks what to do.
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
  const char* names[] = {verb->label.c_str(), tr("stage.retrieve_short")};
  const char* label = names[0];
  const float most = box.card.w - f.px(90);
  if (text_width(font, label) + f.px(16) > most) label = names[1];
  const float width = std::ceil(text_width(font, label)) + f.px(16);
  // Right of the gates, which keep their signs; as high as the foot and a little more.
  const Rect foot{gauge.x, gates.y, gates.right() - gauge.x, gates.h};
  const float height = std::max(foot.h, f.px(box.modes.empty() ? 17 : 24));
  const float right = foot.right() + (box.modes.empty() ? 0 : f.px(4));
  const Rect at = snapped({right - width, foot.center().y - height / 2, width, height});
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
  gates = {at.x - f.px(46), gates.y, f.px(38), gates.h};
  gauge.w = std::max(0.0f, gates.x - f.px(4) - gauge.x);
}

}  // namespace qs::ui
