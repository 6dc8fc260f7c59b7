// What is compared: modes, the limit of parallel, the queue. Controls stand side by side, in as
// many rows as it takes.
#include <algorithm>
#include <array>

#include "ui/panes/compare/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::compare {
namespace {

constexpr float kControl = 28, kRowGap = 6, kUnitGap = 14;

std::string limit_text(const CompareFrame& f) {
  return f.st.limit ? trf("compare.at_most", f.st.limit) : tr("compare.no_limit");
}

float mode_width(const CompareFrame& f, const char* text) {
  return text_width(f.ui.fonts->small_bold, text) + f.ui.px(20);
}

// "at most 2" with a button on each side; as wide as the longest that it can say.
float limit_width(const CompareFrame& f) {
  float widest = text_width(f.ui.fonts->small, tr("compare.no_limit"));
  widest = std::max(widest, text_width(f.ui.fonts->small, trf("compare.at_most", 8)));
  return widest + f.ui.px(2 + 2 * 26 + 2 * 6);
}

struct Queues {
  std::vector<session::ComparableQueue> all;
  int selected = -1;
};

Queues queues_of(const CompareFrame& f) {
  Queues q;
  q.all = session::comparable_queues(f.session);
  for (size_t i = 0; i < q.all.size(); ++i)
    if (q.all[i].name == f.st.queue) q.selected = int(i);
  return q;
}

float segments_width(const CompareFrame& f, const Queues& q) {
  float widest = 0;
  for (const session::ComparableQueue& one : q.all)
    widest = std::max(widest, text_width(f.ui.fonts->small_bold, one.name) + f.ui.px(18));
  return widest * float(q.all.size());
}

float caption_width(const CompareFrame& f) {
  return text_width(f.ui.fonts->small, tr("compare.queue")) + f.ui.px(10);
}

// Sequential, parallel with its limit, manual, the queue: where each stands, and how high it all
// is.
struct Units {
  std::array<Rect, 4> at;
  float height = 0;
};

Units arrange(const CompareFrame& f, const Queues& queues, const Rect& rect, float first_width) {
  Ui& ui = f.ui;
  const float parallel =
      mode_width(f, tr("compare.parallel")) + (f.st.on[1] ? ui.px(6) + limit_width(f) : 0);
  const std::array<float, 4> widths = {mode_width(f, tr("compare.sequential")), parallel,
                                       mode_width(f, tr("compare.manual")),
                                       caption_width(f) + segments_width(f, queues)};
  Units units;
  Rect row{rect.x, rect.y, std::min(rect.w, first_width), ui.px(kControl)};
  for (size_t i = 0; i < widths.size(); ++i) {
    const bool begun = row.x > rect.x;
    if (widths[i] > row.w && (begun || row.w < rect.w))
      row = {rect.x, row.y + ui.px(kControl + kRowGap), rect.w, ui.px(kControl)};
    const float gap = i >= 2 || f.st.on[1] ? kUnitGap : kRowGap;
    units.at[i] = cut_left(row, std::min(widths[i], row.w), ui.px(gap));
  }
  units.height = row.bottom() - rect.y;
  return units;
}

bool mode_button(const CompareFrame& f, Rect& row, size_t mode, const char* name,
                 const char* text) {
  const int count = f.st.on[0] + f.st.on[1] + f.st.on[2];
  ButtonStyle style;
  style.look = ButtonLook::mode;
  style.on = f.st.on[mode];
  style.disabled = f.st.on[mode] && count <= 2;
  style.reason = tr(style.disabled ? "compare.two" : "compare.toggle");
  style.font = &f.ui.fonts->small_bold;
  const Rect r = cut_left(row, std::min(mode_width(f, text), row.w), f.ui.px(6));
  if (!button(f.ui, r, name, text, style).clicked) return false;
  f.st.on[mode] = !f.st.on[mode];
  return true;
}

bool limit_buttons(const CompareFrame& f, Rect row) {
  Ui& ui = f.ui;
  if (row.w < limit_width(f) - 1) return false;
  bool changed = false;
  ButtonStyle style;
  style.disabled = f.st.limit == 1;
  if (icon_button(ui, cut_left(row, ui.px(26), ui.px(6)), "fewer", icon::minus, tr("compare.fewer"),
                  style)
          .clicked) {
    f.st.limit = f.st.limit == 0 ? 8 : f.st.limit - 1;
    changed = true;
  }
  const Rect more = cut_right(row, ui.px(26), ui.px(6));
  label(ui, row, limit_text(f), {&ui.fonts->small, ui.theme->text_dim, Align::center});
  style.disabled = f.st.limit == 0;
  if (icon_button(ui, more, "more", icon::plus, tr("compare.more"), style).clicked) {
    f.st.limit = f.st.limit == 8 ? 0 : f.st.limit + 1;
    changed = true;
  }
  return changed;
}

// Queues with no handler are grayed: they can only be manual. Where they do not fit side by side
// there is a button with a menu. The one pressed, or -1.
int queue_choice(const CompareFrame& f, Rect row, const Queues& q) {
  Ui& ui = f.ui;
  if (row.w >= caption_width(f) + segments_width(f, q) - 1) {
    label(ui, cut_left(row, caption_width(f) - ui.px(8), ui.px(8)), tr("compare.queue"),
          {&ui.fonts->small, ui.theme->text_dim});
    std::vector<std::string_view> names;
    std::vector<const char*> off;
    for (const session::ComparableQueue& one : q.all) {
      names.push_back(one.name);
      off.push_back(one.reason.empty() ? nullptr : one.reason.c_str());
    }
    return segmented(ui, row, "queue", names, q.selected, off);
  }
  const std::string text = std::string(tr("compare.queue")) + ": " + f.st.queue + "  ▾";
  const Rect r{row.x, row.y, std::min(row.w, button_width(ui, text)), row.h};
  ButtonStyle style;
  style.font = &ui.fonts->small_bold;
  const Hit hit = button(ui, r, "queue", text, style);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return -1;
  std::vector<MenuEntry> entries;
  for (size_t i = 0; i < q.all.size(); ++i) {
    MenuEntry e;
    e.label = q.all[i].name;
    e.reason = q.all[i].reason;
    e.checked = int(i) == q.selected;
    entries.push_back(std::move(e));
  }
  const MenuChoice choice = menu(ui, hit.id, tr("compare.queue"), entries);
  return choice.forced ? -1 : choice.index;
}

}  // namespace

float setup_height(const CompareFrame& f, float width, float first_width) {
  return arrange(f, queues_of(f), {0, 0, width, 0}, first_width).height;
}

void draw_setup(const CompareFrame& f, const Rect& rect, float first_width) {
  const Queues queues = queues_of(f);
  Units units = arrange(f, queues, rect, first_width);
  bool changed = mode_button(f, units.at[0], 0, "mode/seq", tr("compare.sequential"));
  const bool limited = f.st.on[1];
  changed |= mode_button(f, units.at[1], 1, "mode/par", tr("compare.parallel"));
  if (limited) changed |= limit_buttons(f, units.at[1]);
  changed |= mode_button(f, units.at[2], 2, "mode/man", tr("compare.manual"));
  const int queue = queue_choice(f, units.at[3], queues);
  if (queue >= 0 && queue != queues.selected) {
    f.st.queue = queues.all[size_t(queue)].name;
    changed = true;
  }
  if (changed) rerun(f.st, f.session);
}

}  // namespace qs::ui::compare
