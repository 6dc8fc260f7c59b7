#include "ui/toolkit/controls/menu.h"

#include <algorithm>
#include <cctype>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

struct Sizes {
  float title, entry, footer, width, pad, call;
};

std::string footer_of(const MenuEntry& e) {
  if (e.reason.empty()) return e.note;
  std::string text = trf("menu.not_now", e.reason);
  if (e.can_force) text += std::string(" ") + tr("menu.force");
  return text;
}

Sizes measure(Ui& ui, std::string_view title, const std::vector<MenuEntry>& entries) {
  Sizes s{ui.px(34), ui.px(30), 0, ui.px(186), ui.px(6), 0};
  s.width = std::max(s.width, text_width(ui.fonts->small_bold, title) + ui.px(28));
  for (const MenuEntry& e : entries) {
    const float key = e.key.empty() ? 0 : text_width(ui.fonts->mono_small, e.key) + ui.px(18);
    s.width = std::max(s.width, text_width(ui.fonts->body, e.label) + key + ui.px(48));
    s.width = std::max(s.width, text_width(ui.fonts->mono_small, e.call) + ui.px(28));
    if (!e.call.empty()) s.call = std::round(ui.fonts->mono_small.size * 1.3f);
  }
  s.width = std::min({s.width, ui.px(380), ui.screen.w - ui.px(8)});
  // Room for the longest reason, so that the menu does not change size under the mouse.
  for (const MenuEntry& e : entries) {
    if (e.reason.empty() && e.note.empty()) continue;
    LabelStyle style;
    style.font = &ui.fonts->caption;
    s.footer = std::max(s.footer,
                        paragraph_height(ui, s.width - ui.px(28), footer_of(e), style) + ui.px(12));
  }
  return s;
}

int step(const std::vector<MenuEntry>& entries, int from, int direction) {
  const int count = int(entries.size());
  return count == 0 ? -1 : ((from + direction) % count + count) % count;
}

// The entry that a letter key chooses, -1 for none.
int by_letter(const std::vector<MenuEntry>& entries, Key key, Mods mods) {
  if (mods & (mod_ctrl | mod_alt | mod_super)) return -1;
  char letter = 0;
  if (key >= Key::a && key <= Key::z) letter = char('A' + int(key) - int(Key::a));
  if (key >= Key::d0 && key <= Key::d9) letter = char('0' + int(key) - int(Key::d0));
  if (!letter) return -1;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].key.size() == 1 && std::toupper(entries[i].key[0]) == letter) return int(i);
  }
  return -1;
}

}  // namespace

void open_menu(Ui& ui, Id owner, Point at, bool by_keyboard) {
  ui.menu = {};
  ui.menu.owner = owner;
  ui.menu.at = at;
  ui.menu.by_keyboard = by_keyboard;
  ui.menu.lit = by_keyboard ? 0 : -1;
  ui.menu.just_opened = true;
  ui.menu.focus_before = ui.focused();
  ui.menu.ring_before = ui.ring_visible();
  ui.wake_in(0);
}

void open_menu(Ui& ui, const Hit& hit) {
  const bool mouse = hit.hovered && ui.in.released == 1;
  open_menu(ui, hit.id, mouse ? ui.mouse() : Point{hit.rect.x, hit.rect.bottom() + ui.px(4)},
            !mouse);
}

void close_menu(Ui& ui) {
  if (ui.menu.focus_before) ui.focus(ui.menu.focus_before, ui.menu.ring_before);
  ui.menu = {};
  ui.wake_in(0);
}

bool menu_open(const Ui& ui, Id owner) { return owner != 0 && ui.menu.owner == owner; }

MenuChoice menu(Ui& ui, Id owner, std::string_view title, const std::vector<MenuEntry>& entries) {
  if (!menu_open(ui, owner)) return {};
  const Theme& t = *ui.theme;
  const Sizes size = measure(ui, title, entries);
  float separators = 0;
  for (const MenuEntry& e : entries) separators += e.separator ? ui.px(7) : 0;
  // With large text not all entries may fit: then some of them around the lit one are shown.
  const float around = size.title + size.footer + size.call + size.pad;
  const int count = int(entries.size());
  const float room = ui.screen.h - ui.px(8) - around;
  const bool all_fit = size.entry * float(count) + separators <= room;
  const int shown_count = all_fit ? count : std::clamp(int(room / size.entry), 1, count);
  const int first = all_fit ? 0 : std::clamp(ui.menu.lit - shown_count / 2, 0, count - shown_count);
  const float height = around + size.entry * float(shown_count) + (all_fit ? separators : 0.0f);
  const Rect ground = snapped(
      kept_inside({ui.menu.at.x, ui.menu.at.y, size.width, height}, inset(ui.screen, ui.px(4))));

  const Layer layer(ui, true);
  const Scope scope(ui, "menu");
  ItemOptions floor;
  floor.kind = Kind::blocker;
  floor.focusable = false;
  ui.item(ui.screen, "outside", floor);
  shadow(ui, ground, ui.px(8), ui.px(14));
  box(ui, ground, t.menu, t.menu_border, ui.px(8));

  Rect rest = ground;
  Rect head = inset(cut_top(rest, size.title), ui.px(14), 0);
  if (!all_fit) {
    const std::string more = std::string(first > 0 ? icon::chevron_up : "") + " " +
                             (first + shown_count < count ? icon::chevron_down : "");
    draw_text(ui, cut_right(head, ui.px(34)), ui.fonts->small, t.text_dim, more, Align::right);
  }
  label(ui, head, title, {&ui.fonts->small_bold, t.text_dim, Align::left, true});

  // Keys. (Until the menu has been drawn once, the key that opened it may still be in the air.)
  MenuChoice choice;
  const bool fresh = ui.menu.just_opened;
  int& lit = ui.menu.lit;
  if (!fresh) {
    if (ui.action(Action::menu_down)) lit = step(entries, lit, 1);
    if (ui.action(Action::menu_up)) lit = step(entries, lit < 0 ? 0 : lit, -1);
    if (ui.action(Action::menu_first)) lit = entries.empty() ? -1 : 0;
    if (ui.action(Action::menu_last)) lit = int(entries.size()) - 1;
    const bool force = ui.in.mods & mod_shift;
    int picked = ui.action(Action::menu_choose) ? lit : -1;
    if (picked < 0 && ui.in.key == Key::enter && force) picked = lit;
    if (const int i = by_letter(entries, ui.in.key, ui.in.mods); i >= 0) lit = picked = i;
    if (picked >= 0) choice = {picked, force};
  }

  for (std::size_t i = std::size_t(first); i < std::size_t(first + shown_count); ++i) {
    const MenuEntry& e = entries[i];
    if (e.separator && all_fit) {
      const Rect gap = cut_top(rest, ui.px(7));
      hline(ui, gap.x + ui.px(10), gap.right() - ui.px(10), gap.center().y, t.menu_border);
    }
    const Rect line = inset(cut_top(rest, size.entry), ui.px(6), ui.px(1));
    const bool greyed = !e.reason.empty();
    bool fits = true;
    const float key_width = e.key.empty() ? 0 : text_width(ui.fonts->mono_small, e.key) + ui.px(12);
    const std::string shown =
        shortened(ui.fonts->body, e.label, line.w - key_width - ui.px(16), fits);
    ItemOptions options;
    options.kind = Kind::menu_entry;
    options.focusable = false;  // the lit entry stands for the focus
    options.text = e.label;
    options.cut = !fits;
    const Hit hit = ui.item(line, e.label, options);
    if (hit.hovered && ui.mouse_moved()) lit = int(i);
    const bool is_lit = lit == int(i);
    Color ink = greyed ? t.text_disabled : t.text;
    if (is_lit) {
      fill(ui, line, greyed ? t.hover : t.accent, ui.px(5));
      if (!greyed) ink = t.text_on_accent;
    }
    Rect text = inset(line, ui.px(8), 0);
    if (e.checked) draw_text(ui, cut_left(text, ui.px(16)), ui.fonts->small, ink, icon::check);
    draw_text(ui, text, ui.fonts->body, ink, shown);
    draw_text(ui, text, ui.fonts->mono_small, is_lit && !greyed ? t.text_on_accent : t.text_faint,
              e.key, Align::right);
    if (hit.clicked) choice = {int(i), bool(hit.mods & mod_shift)};
  }
  if (lit >= 0 && lit < int(entries.size())) {
    const MenuEntry& e = entries[std::size_t(lit)];
    Rect foot{ground.x + ui.px(14), ground.bottom() - size.footer - size.call - ui.px(6),
              size.width - ui.px(28), size.footer + size.call};
    const Rect call = cut_top(foot, size.call);
    if (!e.call.empty())
      label(ui, call, e.call, {&ui.fonts->mono_small, t.text, Align::left, true});
    if (!footer_of(e).empty()) paragraph(ui, foot, footer_of(e), {&ui.fonts->caption, t.text_dim});
  }

  if (choice) {
    const MenuEntry& e = entries[std::size_t(choice.index)];
    const bool greyed = !e.reason.empty();
    if (greyed && !(e.can_force && choice.forced))
      choice = {};  // stays open and shows the reason
    else
      choice.forced = choice.forced && greyed;
  }
  const bool leave = !fresh && (ui.action(Action::menu_close) || ui.pressed_outside(ground));
  if (choice || leave) close_menu(ui);
  return choice;
}

float tabs_width(Ui& ui, std::span<const std::string_view> labels) {
  float width = 0;
  for (const auto label : labels) width += text_width(ui.fonts->bold, label) + ui.px(28);
  return width;
}

int tabs_or_menu(Ui& ui, const Rect& rect, std::string_view name,
                 std::span<const std::string_view> labels, int selected, std::string_view title) {
  if (tabs_width(ui, labels) <= rect.w) return tabs(ui, rect, name, labels, selected);
  const std::string label = std::string(labels[std::size_t(selected)]) + "  ▾";
  const Rect r{rect.x, rect.y, std::min(rect.w, button_width(ui, label)), rect.h};
  const Hit hit = button(ui, r, name, label);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return -1;
  std::vector<MenuEntry> entries;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    MenuEntry e;
    e.label = std::string(labels[i]);
    e.checked = int(i) == selected;
    entries.push_back(e);
  }
  return menu(ui, hit.id, title, entries).index;
}

}  // namespace qs::ui
