// Text of the stage: the two sentences, and labels that are dropped when there is no room.
#include <algorithm>

#include <fmt/format.h>

#include "model/queries/queries.h"
#include "ui/panes/stage/parts.h"
#include "ui/panes/stage/sentence.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// The queue that the second line is about: the selected one, or that of the selected request, or
// the first in which something waits.
ObjectId queue_in_question(const model::Model& m, ObjectId selected) {
  if (m.queue(selected)) return selected;
  if (const model::RequestView* r = m.request(selected); r && r->place == model::Place::Waiting)
    return r->queue;
  for (const model::QueueView& q : m.queues)
    if (!q.deleted && !q.waiting.empty()) return q.id;
  return {};
}

std::string why_text(const StageInput& in) {
  const model::Model& m = *in.moment.after;
  if (const model::RequestView* r = m.request(in.shared.selected))
    if (const std::string waits = model::handle_wait(m, *in.moment.trace, *r); !waits.empty())
      return with_rule(in.moment.trace->name(r->id) + " " + waits + ".", "L-12");
  const ObjectId queue = queue_in_question(m, in.shared.selected);
  if (!queue) return {};
  const model::WhyNot why = model::why_not_delivering(m, *in.moment.trace, queue);
  return with_rule(why.sentence, why.rule);
}

// As many lines as there is room for, the last one shortened; the tooltip has all. Returns the
// height used.
float lines(Ui& ui, const Rect& rect, std::string_view name, std::string_view text,
            const Font& font, Color color) {
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  options.text = text;
  options.may_cut = true;
  const float height = std::round(font.size * 1.25f);
  const auto all = wrapped(font, text, rect.w);
  const size_t most = size_t(std::max(1.0f, (rect.h + 1) / height));
  options.cut = all.size() > most;
  const Hit hit = ui.item(rect, name, options);
  float y = rect.y;
  for (size_t i = 0; i < std::min(most, all.size()); ++i, y += height) {
    const Rect line{rect.x, y, rect.w, height};
    if (i + 1 < most || all.size() <= most) {
      draw_text(ui, line, font, color, all[i]);
      continue;
    }
    const size_t from = size_t(all[i].data() - text.data());
    bool fits = true;
    draw_text(ui, line, font, color, shortened(font, text.substr(from), rect.w, fits));
  }
  if (options.cut) tooltip(ui, hit, text);
  return height * float(std::min(most, all.size()));
}

}  // namespace

void draw_sentence(const StageInput& in, const Rect& rect) {
  Ui& ui = in.ui;
  if (rect.empty()) return;
  const Font& first = in.projector ? ui.fonts->title : ui.fonts->body;
  const Font& second = in.projector ? ui.fonts->body : ui.fonts->small;
  const float one = std::round(first.size * 1.25f), two = std::round(second.size * 1.25f);
  box(ui, rect, ui.theme->panel, ui.theme->panel_border, ui.px(6));
  fill(ui, {rect.x, rect.y + ui.px(6), ui.px(3), rect.h - ui.px(12)}, ui.theme->accent, ui.px(1));
  Rect text = inset(rect, ui.px(14), ui.px(7));
  std::string sentence =
      stage_sentence(in.moment, {in.can_act, in.takes_orders}, &in.state.functions.workers());
  if (sentence.empty()) sentence = tr("stage.before_start");
  const Rect top{text.x, text.y, text.w, std::max(one, text.h - two - ui.px(2))};
  // A long one in a room: rather smaller than cut.
  const size_t fits = size_t(std::max(1.0f, (top.h + 1) / one));
  const bool whole = !in.projector || wrapped(first, sentence, top.w).size() <= fits;
  const Font& font = whole ? first : ui.fonts->bold;
  cut_top(text, lines(ui, top, "narration", sentence, font, ui.theme->text), ui.px(4));
  const std::string why = why_text(in);
  if (why.empty() || text.h < two - ui.px(2)) return;
  const Rect sign = cut_left(text, ui.px(16), ui.px(4));
  draw_text(ui, Rect{sign.x, sign.y, sign.w, two}, second, ui.theme->text_faint, icon::question);
  const size_t rows = size_t(std::max(1.0f, (text.h + 1) / two));
  const bool all = wrapped(second, why, text.w).size() <= rows;
  lines(ui, text, "why", why, all ? second : ui.fonts->small, ui.theme->text_dim);
}

void name_label(const StageFrame& f, const Rect& rect, std::string_view text, const Font& font,
                Color color) {
  label(f.ui, rect, text, {&font, color, Align::left, true});
}

bool fitting_label(const StageFrame& f, const Rect& rect, std::string_view text, const Font& font,
                   Color color, Align align) {
  if (text.empty() || text_width(font, text) > rect.w) return false;
  label(f.ui, rect, text, {&font, color, align});
  return true;
}

}  // namespace qs::ui
