// Text of the stage: the two lines below it, and labels that are dropped when there is no room.
#include <algorithm>

#include <fmt/format.h>

#include "model/queries/queries.h"
#include "trace/export/narrate.h"
#include "ui/panes/stage/parts.h"
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

int line_count(float width, float font_size, float longest) {
  return std::clamp(int(std::ceil(longest * font_size * 0.41f / std::max(1.0f, width))), 1, 3);
}

}  // namespace

Rect draw_narration(const StageInput& in, Rect rect) {
  Ui& ui = in.ui;
  const Font& first = in.projector ? ui.fonts->title : ui.fonts->body;
  const Font& second = in.projector ? ui.fonts->body : ui.fonts->small;
  const float width = rect.w - ui.px(40);
  int n1 = line_count(width, first.size, 105), n2 = line_count(width, second.size, 100);
  if (rect.h < ui.px(480)) n1 = std::min(n1, 2), n2 = std::min(n2, 1);
  if (rect.h < ui.px(220)) n1 = 1;
  const float h1 = std::round(first.size * 1.25f) * float(n1);
  const float h2 = std::round(second.size * 1.25f) * float(n2);
  Rect box_rect = cut_bottom(rect, h1 + h2 + ui.px(18), ui.px(8));
  box(ui, box_rect, ui.theme->panel, ui.theme->panel_border, ui.px(6));
  fill(ui, {box_rect.x, box_rect.y + ui.px(6), ui.px(3), h1 + ui.px(3)}, ui.theme->accent,
       ui.px(1));
  Rect text = inset(box_rect, ui.px(14), ui.px(7));
  const size_t event = in.moment.event;
  const std::string told = event > 0 ? trace::narrate(*in.moment.trace, event - 1)
                                     : std::string(tr("stage.before_start"));
  const Rect top{text.x, text.y, text.w, h1};
  cut_top(text, lines(ui, top, "narration", told, first, ui.theme->text), ui.px(4));
  text.h = h2;
  const std::string why = why_text(in);
  if (why.empty()) return rect;
  const Rect sign = cut_left(text, ui.px(16), ui.px(4));
  draw_text(ui, Rect{sign.x, sign.y, sign.w, std::round(second.size * 1.25f)}, second,
            ui.theme->text_faint, icon::question);
  lines(ui, text, "why", why, second, ui.theme->text_dim);
  return rect;
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
