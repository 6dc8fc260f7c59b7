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

float row_height(const Font& font) { return std::round(font.size * 1.25f); }

// As many lines as there is room for, the last one shortened; the tooltip has all. Returns the
// height used.
float lines(Ui& ui, const Rect& rect, std::string_view name, std::string_view text,
            const Font& font, Color color) {
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  options.text = text;
  options.may_cut = true;
  const float height = row_height(font);
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

// The largest type in which both are whole: rather smaller than cut.
struct SentenceFonts {
  const Font *first, *second;
  float high = 0;  // of the sentence; 0: not all of it is seen
};
SentenceFonts sentence_fonts(const StageInput& in, const Rect& text, std::string_view sentence,
                             std::string_view why) {
  const Fonts& f = *in.ui.fonts;
  const SentenceFonts desk[] = {{&f.body, &f.small}, {&f.small, &f.small}, {&f.small, &f.caption}};
  const SentenceFonts room[] = {{&f.title, &f.body}, {&f.bold, &f.body}, {&f.bold, &f.small}};
  for (SentenceFonts one : in.projector ? room : desk) {
    one.high = row_height(*one.first) * float(wrapped(*one.first, sentence, text.w).size());
    float all = one.high;
    if (!why.empty())
      all += in.ui.px(4) + row_height(*one.second) *
                               float(wrapped(*one.second, why, text.w - in.ui.px(20)).size());
    if (all <= text.h + 1) return one;
  }
  return in.projector ? room[2] : desk[0];
}

}  // namespace

SentenceLines sentence_lines(float width, float stage_height, float scale, bool projector) {
  const float inner = width / scale - 40;
  const auto rows = [&](float font, float longest) {
    return std::clamp(int(longest * font * 0.5f / std::max(1.0f, inner)) + 1, 1, 3);
  };
  const float first = projector ? 18.0f : 14.0f, second = projector ? 14.0f : 12.5f;
  SentenceLines out{rows(first, 90), rows(second, 90), 0};
  if (stage_height < 480 * scale)  // the reason is rather whole than one more line of code seen
    out = {std::min(out.first, 2), std::min(out.second, stage_height < 400 * scale ? 1 : 2), 0};
  if (projector) out.first = out.second = 1;  // large type; a long one is set smaller
  if (stage_height < 280 * scale) out.first = 1;
  // An Inter line is 1.21 of its size, and its leading 1.25 of that.
  const float high = std::round(first * 1.21f * 1.25f * scale) * float(out.first) +
                     std::round(second * 1.21f * 1.25f * scale) * float(out.second);
  out.height = high + 20 * scale;
  return out;
}

void draw_sentence(const StageInput& in, const Rect& rect) {
  Ui& ui = in.ui;
  if (rect.empty()) return;
  box(ui, rect, ui.theme->panel, ui.theme->panel_border, ui.px(6));
  fill(ui, {rect.x, rect.y + ui.px(6), ui.px(3), rect.h - ui.px(12)}, ui.theme->accent, ui.px(1));
  Rect text = inset(rect, ui.px(14), ui.px(7));
  std::string sentence =
      stage_sentence(in.moment, {in.can_act, in.takes_orders}, &in.state.functions.workers());
  if (sentence.empty()) sentence = tr("stage.before_start");
  const std::string why = why_text(in);
  const SentenceFonts fonts = sentence_fonts(in, text, sentence, why);
  const float one = row_height(*fonts.first), two = row_height(*fonts.second);
  // The reason keeps a row where the sentence takes all there is.
  const Rect top{text.x, text.y, text.w,
                 fonts.high > 0 ? fonts.high : std::max(one, text.h - two - ui.px(2))};
  cut_top(text, lines(ui, top, "narration", sentence, *fonts.first, ui.theme->text), ui.px(4));
  if (why.empty() || text.h < two - ui.px(2)) return;
  const Rect sign = cut_left(text, ui.px(16), ui.px(4));
  draw_text(ui, Rect{sign.x, sign.y, sign.w, two}, *fonts.second, ui.theme->text_faint,
            icon::question);
  lines(ui, text, "why", why, *fonts.second, ui.theme->text_dim);
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
