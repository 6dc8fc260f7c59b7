// Where the panes of a run stand, the bars between them, and the keyboard's way from one to the
// next.
#include <algorithm>
#include <utility>

#include "ui/screens/bar_menu.h"
#include "ui/screens/run.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// The pane that a record belongs to, by the panes' names.
Pane pane_of(const Rects& rects, const ItemRecord* r) {
  while (r) {
    const std::string_view name = rects.name(*r);
    if (name == "stage") return Pane::stage;
    if (name == "code" || name == "timeline/code") return Pane::code;
    if (name == "inspector" || name == "timeline/inspector") return Pane::inspector;
    if (name == "timeline") return Pane::timeline;
    if (name == "lesson" || name == "side" || name == "drive") return Pane::side;
    r = r->parent >= 0 ? &rects.all()[size_t(r->parent)] : nullptr;
  }
  return Pane::none;
}

}  // namespace

PaneLayout RunScreen::arrange(Ui& ui, const Rect& page) const {
  Settings wanted = settings();
  wanted.side = side_share();
  const LevelHeights level = wanted.projector ? level_heights(ui, page.w) : LevelHeights();
  return arrange_panes(page, ui.scale, wanted,
                       {whole, front, side_first(), level.usual, level.tight, level_most()});
}

const char* RunScreen::pane_title(Pane pane) const {
  switch (pane) {
    case Pane::stage: return tr("pane.stage");
    case Pane::code: return tr("pane.code");
    case Pane::inspector: return tr("pane.inspector");
    case Pane::timeline: return tr("pane.timeline");
    default: return side_title();
  }
}

void RunScreen::draw_tabs(Ui& ui, const PaneLayout& panes) {
  if (panes.tabs.empty()) return;
  std::vector<std::string_view> names;
  int selected = 0;
  for (Pane p : panes.behind) {
    if (p == panes.front) selected = int(names.size());
    names.push_back(pane_title(p));
  }
  const int picked = tabs_or_menu(ui, panes.tabs, "panes", names, selected, tr("pane.menu"));
  if (picked >= 0) front = panes.behind[size_t(picked)];
}

// Brings a pane to the front that was asked for: by its key, or for a line that is to be seen. True
// when the layout may have changed.
bool RunScreen::show_asked(const PaneLayout& at) {
  Pane wanted = std::exchange(asked_pane, Pane::none);
  if (wanted == Pane::none && shared.show_line && at.of(Pane::code).empty()) wanted = Pane::code;
  if (wanted == Pane::none) return false;
  const auto tab = wanted == Pane::code        ? TimelineState::source
                   : wanted == Pane::inspector ? TimelineState::inspector
                                               : TimelineState::requests;
  if (wanted == Pane::timeline || std::count(at.guests.begin(), at.guests.end(), wanted)) {
    timeline.tab = tab;
    return false;
  }
  if (std::count(at.behind.begin(), at.behind.end(), wanted)) {
    front = wanted;
  } else if (settings().folded & pane_bit(wanted)) {
    settings().folded &= ~pane_bit(wanted);
    if (at.of(wanted).empty()) timeline.tab = tab;
  } else if (at.of(wanted).empty() && may_fill(wanted)) {
    whole = whole == wanted ? Pane::none : wanted;  // a room has no place for it
  }
  return true;
}

// The bars between panes change shares of the window, which are kept in the settings().
void RunScreen::move_bars(Ui& ui, const Rect& page, const PaneLayout& p) {
  if (const Rect& bar = p.split_bottom; !bar.empty()) {
    float top = bar.y - page.y;
    if (splitter(ui, bar, "split/bottom", SplitterBar::level, top, ui.px(200), page.h - ui.px(122)))
      settings().bottom = (page.h - top - bar.h) / page.h;
  }
  if (const Rect& bar = p.split_side; !bar.empty()) {
    float side = bar.x - page.x;
    if (splitter(ui, bar, "split/side", SplitterBar::upright, side, ui.px(240), page.w * 0.35f))
      settings().side = side / page.w;
  }
  if (const Rect& bar = p.split_right; !bar.empty()) {
    const Rect& shown = p.of(Pane::stage);
    float along = shown.w;
    const float room = page.right() - shown.x - bar.w;
    const float share = p.tabs.empty() ? 1 : 1.5f;
    if (splitter(ui, bar, "split/right", SplitterBar::upright, along, room * 0.5f,
                 room - ui.px(240)))
      settings().right = (room - along) / page.w / share;
  }
  if (const Rect& bar = p.split_code; !bar.empty()) {
    const Rect &code_at = p.of(Pane::code), &low = p.of(Pane::inspector);
    float along = code_at.h;
    const float room = low.bottom() - code_at.y;
    if (splitter(ui, bar, "split/code", SplitterBar::level, along, ui.px(100), room - ui.px(132)))
      settings().code = along / room;
  }
}

// Which panes are shown: each may be hidden, and one may be maximized. While one is, there is also
// the way back.
void RunScreen::draw_menus(Ui& ui, Rect& row) {
  bar_menu(ui, row, "mode/panes", icon::columns, tr("pane.menu"), [&] {
    std::vector<BarItem> all;
    for (Pane p : kPanes) {
      if (p == Pane::stage) continue;
      BarItem i;
      i.entry.label = pane_title(p);
      i.entry.checked = !(settings().folded & pane_bit(p));
      i.act = [this, p] { settings().folded ^= pane_bit(p); };
      all.push_back(i);
    }
    for (Pane p : kPanes) {
      BarItem i;
      i.entry.label = trf("pane.only", pane_title(p));
      i.entry.checked = whole == p;
      i.entry.separator = p == kPanes[0];
      i.act = [this, p] { whole = whole == p ? Pane::none : p; };
      all.push_back(i);
    }
    return all;
  });
  if (whole == Pane::none) return;
  const std::string label = tr("pane.all"), k = ui.keymap->key_text(Action::back);
  const float w = button_width(ui, label), h = ui.px(32);
  if (w + ui.px(8) > row.w) return;
  ButtonStyle style;
  style.key = k.c_str();
  const Rect r = aligned(cut_right(row, w, ui.px(8)), w, h, 0, 0.5f);
  if (button(ui, r, "mode/all-panes", label, style).clicked) whole = Pane::none;
}

// The pane with the keyboard, else the one under the mouse, else the stage.
Pane RunScreen::pane_in_hand(Ui& ui) const {
  if (ui.focused())
    if (const Pane p = pane_of(ui.last, ui.last.find(ui.focused())); p != Pane::none) return p;
  const PaneLayout at = arrange_in_window(ui);
  for (Pane p : kPanes)
    if (at.of(p).contains(ui.mouse())) return p;
  return Pane::stage;
}

// Moves the keyboard to the next visible pane; one behind a tab comes to the front.
void RunScreen::walk_panes(Ui& ui, int direction) {
  const PaneLayout at = arrange_in_window(ui);
  std::vector<Pane> order;
  for (Pane p : kPanes)
    if (!at.of(p).empty() || at.behind_tab(p)) order.push_back(p);
  if (order.empty()) return;
  const Pane now = ui.focused() ? pane_of(ui.last, ui.last.find(ui.focused())) : Pane::none;
  const int n = int(order.size());
  const auto found = std::find(order.begin(), order.end(), now);
  const int i = found == order.end() ? (direction > 0 ? 0 : n - 1)
                                     : (int(found - order.begin()) + direction + n) % n;
  focus_pane_ = order[size_t(i)];
  if (std::count(at.guests.begin(), at.guests.end(), focus_pane_))
    asked_pane = focus_pane_;
  else if (at.of(focus_pane_).empty())
    front = focus_pane_;
  ui.wake_in(0);
}

// In the next frame: the first thing in the pane that takes the keyboard.
void RunScreen::give_focus(Ui& ui) {
  if (focus_pane_ == Pane::none) return;
  for (const ItemRecord& r : ui.last.all()) {
    if (!r.focusable || r.disabled || r.visible.empty()) continue;
    if (pane_of(ui.last, &r) != focus_pane_) continue;
    ui.focus(r.id);
    focus_pane_ = Pane::none;
    focus_tries_ = 0;
    return;
  }
  if (++focus_tries_ < 3) return ui.wake_in(0);
  focus_pane_ = Pane::none;
  focus_tries_ = 0;
}

}  // namespace qs::ui
