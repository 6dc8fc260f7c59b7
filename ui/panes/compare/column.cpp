// One run as a small stage: its queues, the driver's rooms, done, from top to bottom.
#include <algorithm>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/panes/compare/parts.h"
#include "ui/panes/tally_text.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::compare {
namespace {

constexpr float kHead = 24, kCounters = 34, kRow = 34, kGap = 6;

int rows_of(const CompareFrame& f) {
  return int(f.st.cast.queues.size()) + 2 + (f.st.cast.target ? 1 : 0);
}

// Of a caption left of its area: as wide as that of others below it, or as the name of a callback.
float caption_width(Ui& ui, float room, const std::string& text, bool tube) {
  const float usual = std::min(ui.px(92), room * 0.4f);
  const float name = text_width(ui.fonts->small_bold, text) + ui.px(2);
  return tube ? usual : std::clamp(name, usual, std::max(usual, room * 0.6f));
}

// The caption stands above its area where there is height for it, else left of it.
StationBoxes layout(const CompareFrame& f, Rect r, const trace::Trace& trace) {
  Ui& ui = f.ui;
  const CompareCast& cast = f.st.cast;
  const float gap = ui.px(kGap);
  const int rows = rows_of(f);
  const float each = (r.h - gap * float(rows - 1)) / float(rows);
  const bool above = each >= ui.px(54);
  const float most = above ? ui.px(200) : ui.px(53);
  StationBoxes c;
  const auto station = [&](Rect rect, std::string text, bool tube) {
    StationBox s;
    s.rect = rect;
    s.text = std::move(text);
    s.tube = tube;
    Rect inner = inset(rect, ui.px(8), ui.px(above ? 3 : 2));
    if (above)
      s.caption = cut_top(inner, ui.px(18));
    else
      s.caption = cut_left(inner, caption_width(ui, inner.w, s.text, tube), ui.px(6));
    s.area = inner;
    if (tube && inner.h > ui.px(62)) s.area = aligned(inner, inner.w, ui.px(62), 0, 0.5f);
    return s;
  };
  const auto next = [&] { return snapped(cut_top(r, std::min(each, most), gap)); };
  for (const ObjectId queue : cast.queues)
    c.queues.push_back(station(next(), trace.name(queue), true));
  const Rect rooms = next();
  const auto names = room_names(f, rooms.w, ui.px(110), !above);
  for (size_t i = 0; i < names.size(); ++i)
    c.rooms.push_back(
        station(grid_cell(rooms, int(names.size()), 1, int(i), gap), names[i], false));
  if (cast.target) c.target = station(next(), tr("compare.target"), false);
  c.done = station(next(), tr("compare.done"), false);
  return c;
}

void draw_counters(const CompareFrame& f, Rect r, size_t run) {
  Ui& ui = f.ui;
  label(ui, cut_top(r, ui.px(17)), counters_text(f, run),
        {&ui.fonts->small, ui.theme->text_dim, Align::left, true});
  LabelStyle style{&ui.fonts->small, ui.theme->text_dim, Align::left, true};
  const std::string text = outcome_text(f, run, style.color);
  label(ui, r, text, style);
}

}  // namespace

namespace {

const model::Tally& tally_now(const CompareFrame& f, size_t run) {
  auto& counted = f.st.counted[run];
  const size_t events = f.after(run);
  if (counted.events != events) {
    session::ComparedRun& shown = f.comparison().runs[run];
    counted = {events, model::tally(shown.timeline->at(events), *shown.execution.trace, events)};
  }
  return counted.tally;
}

}  // namespace

std::string counters_text(const CompareFrame& f, size_t run) {
  const model::Tally& t = tally_now(f, run);
  return trf("compare.counters", t.done, t.waiting, t.kept);
}

std::string outcome_text(const CompareFrame& f, size_t run, Color& color) {
  const Theme& theme = *f.ui.theme;
  const model::Tally& t = tally_now(f, run);
  const bool all = f.clock().stops() > 0 && t.sent > 0 && t.done == t.sent;
  std::string text = all ? trf("compare.all_done", trace::time_text(f.st.cast.last_done[run]))
                         : trf("compare.longest", longest_wait_text(t));
  if (t.broken) text += " · " + trf("compare.broken", t.broken);
  color = t.broken ? theme.danger : all ? theme.ok : theme.text_dim;
  return text;
}

float column_height(const CompareFrame& f) {
  return f.ui.px(kHead + kCounters + 20 + (kRow + kGap) * float(rows_of(f)));
}

bool draw_column(const CompareFrame& f, const Rect& rect, size_t run) {
  Ui& ui = f.ui;
  const session::ComparedRun& shown = f.comparison().runs[run];
  const std::string name = fmt::format("run{}", run);
  Panel panel(ui, rect, name, PanelLook::panel);
  Rect r = inset(rect, ui.px(10), ui.px(8));
  Rect head = cut_top(r, ui.px(kHead));
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  quiet.reason = tr("compare.open_tip");
  const float w = button_width(ui, tr("compare.open"));
  const bool pressed =
      button(ui, cut_right(head, w, ui.px(4)), "open", tr("compare.open"), quiet).clicked;
  const std::string title = session::mode_title(shown.mode);
  const float used = label(ui, head, title, {&ui.fonts->title, ui.theme->text, Align::left, true});
  cut_left(head, used, ui.px(10));
  const char* mine = tr("compare.present");
  if (shown.present && chip_width(ui, mine) <= head.w)
    chip(ui, {head.x, head.center().y}, mine, ui.theme->accent);
  draw_counters(f, cut_top(r, ui.px(kCounters), ui.px(4)), run);
  draw_stations(f, layout(f, r, *shown.execution.trace), run);
  return pressed;
}

}  // namespace qs::ui::compare
