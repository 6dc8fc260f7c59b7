// The runs as rows of a table, a column a place: what stands side by side is alike in kind, and it
// takes little height.
#include <algorithm>

#include <fmt/format.h>

#include "ui/panes/compare/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::compare {
namespace {

constexpr float kCaption = 16, kLeastRow = 25, kMostRow = 64, kOpen = 26, kLeastCell = 54;

// The columns, from left to right; empty where there is none.
struct Columns {
  Rect head;
  std::vector<Rect> queues, rooms;
  std::vector<std::string> room_names;
  Rect target, done;
};

float head_width(const CompareFrame& f, bool titles) {
  float widest = 0;
  for (const session::ComparedRun& run : f.comparison().runs)
    widest = std::max(widest, text_width(f.ui.fonts->bold, titles ? session::mode_title(run.mode)
                                                                  : mode_tag(run.mode)));
  return widest + f.ui.px(kOpen + 10);
}

// In a small window the queues beside the compared one are left out, and rooms share one.
Columns columns_in(const CompareFrame& f, Rect r) {
  Ui& ui = f.ui;
  const CompareCast& cast = f.st.cast;
  const float gap = ui.px(4), least = ui.px(kLeastCell);
  Columns c;
  c.head = cut_left(r, head_width(f, r.w >= ui.px(560)), gap);
  const int others = 1 + (cast.target ? 1 : 0);  // done and the target
  int queues = int(cast.queues.size());
  const auto rooms_width = [&] {
    const float share = r.w / float(queues + others + 1);
    return std::max(share, r.w - float(queues + others) * std::max(least, share));
  };
  while (queues > 1 && r.w / float(queues + others + 1) < least) --queues;
  c.room_names = room_names(f, rooms_width(), ui.px(84), false);
  const int rooms = int(c.room_names.size());
  // The tubes and Done hold most.
  std::vector<Part> parts(size_t(queues), share(1.2f));
  parts.insert(parts.end(), size_t(rooms), share(rooms > 1 ? 0.8f : 1.0f));
  if (cast.target) parts.push_back(share(0.9f));
  parts.push_back(share(1.5f));
  std::vector<Rect> cells = divide_row(r, parts, gap);
  c.queues.assign(cells.begin(), cells.begin() + queues);
  c.rooms.assign(cells.begin() + queues, cells.begin() + queues + rooms);
  if (cast.target) c.target = cells[cells.size() - 2];
  c.done = cells.back();
  return c;
}

void draw_captions(const CompareFrame& f, const Columns& c, const Rect& row) {
  Ui& ui = f.ui;
  const trace::Trace& trace = *f.comparison().runs.front().execution.trace;
  const auto caption = [&](const Rect& column, std::string_view text) {
    label(ui, Rect{column.x + ui.px(6), row.y, column.w - ui.px(6), row.h}, text,
          {&ui.fonts->caption_bold, ui.theme->text_dim, Align::left, true});
  };
  for (size_t i = 0; i < c.queues.size(); ++i)
    caption(c.queues[i], trace.name(f.st.cast.queues[i]));
  for (size_t i = 0; i < c.rooms.size(); ++i) caption(c.rooms[i], c.room_names[i]);
  if (!c.target.empty()) caption(c.target, tr("compare.target"));
  caption(c.done, tr("compare.done"));
}

StationBoxes stations_in(const CompareFrame& f, const Columns& c, const Rect& row) {
  Ui& ui = f.ui;
  const auto station = [&](const Rect& column, bool tube) {
    StationBox s;
    s.rect = {column.x, row.y, column.w, row.h};
    s.area = inset(s.rect, ui.px(3), ui.px(1));
    s.tube = tube;
    s.plain = true;
    if (tube && s.area.h > ui.px(48)) s.area = aligned(s.area, s.area.w, ui.px(48), 0, 0.5f);
    return s;
  };
  StationBoxes out;
  for (const Rect& q : c.queues) out.queues.push_back(station(q, true));
  for (const Rect& r : c.rooms) out.rooms.push_back(station(r, false));
  if (!c.target.empty()) out.target = station(c.target, false);
  out.done = station(c.done, false);
  return out;
}

// The run's name, its numbers when pointed at, and the button that opens it.
bool draw_head(const CompareFrame& f, Rect head, size_t run) {
  Ui& ui = f.ui;
  const session::ComparedRun& shown = f.comparison().runs[run];
  ItemOptions options;
  options.kind = Kind::panel;
  options.focusable = false;
  const Hit ground_hit = ui.item(head, "head", options);
  const Inside inside(ui, ground_hit);
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  Color unused;
  const std::string tip = std::string(tr("compare.open_tip")) + "\n" + counters_text(f, run) +
                          "\n" + outcome_text(f, run, unused);
  quiet.reason = tip.c_str();
  const Rect b = cut_right(head, ui.px(kOpen), ui.px(2));
  const bool pressed = icon_button(ui, aligned(b, b.w, std::min(b.h, ui.px(26)), 0, 0.5f), "open",
                                   icon::chevron_right, tr("compare.open"), quiet)
                           .clicked;
  const std::string title = session::mode_title(shown.mode);
  const bool whole = text_width(ui.fonts->bold, title) <= head.w;
  label(ui, head, whole ? title : mode_tag(shown.mode),
        {&ui.fonts->bold, shown.present ? ui.theme->accent : ui.theme->text});
  return pressed;
}

}  // namespace

float table_height(const CompareFrame& f) {
  return f.ui.px(kCaption + kLeastRow * float(std::max<size_t>(1, f.runs())));
}

int draw_table(const CompareFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  Rect r = rect;
  const Columns columns = columns_in(f, r);
  draw_captions(f, columns, cut_top(r, ui.px(kCaption)));
  const float each = std::floor(std::min(ui.px(kMostRow), r.h / float(f.runs())));
  int pressed = -1;
  for (size_t run = 0; run < f.runs(); ++run) {
    const Rect row = snapped(cut_top(r, each));
    const IdScope scope(ui, fmt::format("run{}", run));
    hline(ui, row.x, row.right(), row.y, ui.theme->grid);
    if (draw_head(f, {columns.head.x, row.y, columns.head.w, row.h}, run)) pressed = int(run);
    draw_stations(f, stations_in(f, columns, inset(row, 0, ui.line())), run);
  }
  return pressed;
}

}  // namespace qs::ui::compare
