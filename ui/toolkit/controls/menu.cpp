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

// Where a menu stands, and which of its entries are seen: with large text not all may fit, then it
// is some of them around the lit one.
struct Placed {
  Rect ground;
  int first, end;
  bool all_fit;
};

Placed place(Ui& ui, const Sizes& size, const std::vector<MenuEntry>& entries) {
  float separators = 0;
  for (const MenuEntry& e : entries) separators += e.separator ? ui.px(7) : 0;
  const float around = size.title + size.footer + size.call + size.pad;
  const int count = int(entries.size());
  const float room = ui.screen.h - ui.px(8) - around;
  const bool all_fit = size.entry * float(count) + separators <= room;
  const int shown_count = all_fit ? count : std::clamp(int(room / size.entry), 1, count);
  const int first = all_fit ? 0 : std::clamp(ui.menu.lit - shown_count / 2, 0, count - shown_count);
  const float height = around + size.entry * float(shown_count) + (all_fit ? separators : 0.0f);
  const Rect ground = snapped(
      kept_inside({ui.menu.at.x, ui.menu.at.y, size.width, height}, inset(ui.screen, ui.px(4))));
  return {ground, first, first + shown_count, all_fit};
}

void draw_head(Ui& ui, Rect head, std::string_view title, const Placed& at, int count) {
  const Color dim = ui.theme->text_dim;
  if (!at.all_fit) {
    const std::string more = std::string(at.first > 0 ? icon::chevron_up : "") + " " +
                             (at.end < count ? icon::chevron_down : "");
    draw_text(ui, cut_right(head, ui.px(34)), ui.fonts->small, dim, more, Align::right);
  }
  label(ui, head, title, {&ui.fonts->small_bold, dim, Align::left, true});
}

// What the keys choose; they move the light as well.
MenuChoice take_menu_keys(Ui& ui, const std::vector<MenuEntry>& entries) {
  int& lit = ui.menu.lit;
  lit = std::min(lit, int(entries.size()) - 1);  // a menu that stays open may have lost entries
  if (ui.action(Action::menu_down)) lit = step(entries, lit, 1);
  if (ui.action(Action::menu_up)) lit = step(entries, lit < 0 ? 0 : lit, -1);
  if (ui.action(Action::menu_first)) lit = entries.empty() ? -1 : 0;
  if (ui.action(Action::menu_last)) lit = int(entries.size()) - 1;
  const bool force = ui.in.mods & mod_shift;
  int picked = ui.action(Action::menu_choose) ? lit : -1;
  if (picked < 0 && ui.in.key == Key::enter && force) picked = lit;
  if (const int i = by_letter(entries, ui.in.key, ui.in.mods); i >= 0) lit = picked = i;
  return picked >= 0 ? MenuChoice{picked, force} : MenuChoice{};
}

// One line of the menu, which the mouse lights; returns what was done to it.
Hit draw_entry(Ui& ui, const Rect& line, const MenuEntry& e, int index) {
  const Theme& t = *ui.theme;
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
  if (hit.hovered && ui.mouse_moved()) ui.menu.lit = index;
  const bool is_lit = ui.menu.lit == index;
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
  return hit;
}

// The call that the lit entry makes, and why it is greyed or what there is to know.
void draw_foot(Ui& ui, const Rect& ground, const Sizes& size, const MenuEntry& e) {
  const Theme& t = *ui.theme;
  Rect foot{ground.x + ui.px(14), ground.bottom() - size.footer - size.call - ui.px(6),
            size.width - ui.px(28), size.footer + size.call};
  const Rect call = cut_top(foot, size.call);
  if (!e.call.empty()) label(ui, call, e.call, {&ui.fonts->mono_small, t.text, Align::left, true});
  if (!footer_of(e).empty()) paragraph(ui, foot, footer_of(e), {&ui.fonts->caption, t.text_dim});
}

// A greyed entry is chosen only by force; else the menu stays open and shows the reason.
MenuChoice allowed(MenuChoice choice, const MenuEntry& e) {
  const bool greyed = !e.reason.empty();
  if (greyed && !(e.can_force && choice.forced)) return {};
  choice.forced = choice.forced && greyed;
  return choice;
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
  const Placed at = place(ui, size, entries);
  const Rect& ground = at.ground;

  const Layer layer(ui, true);
  const IdScope scope(ui, "menu");
  ItemOptions floor;
  floor.kind = Kind::blocker;
  floor.focusable = false;
  ui.item(ui.screen, "outside", floor);
  shadow(ui, ground, ui.px(8), ui.px(14));
  box(ui, ground, t.menu, t.menu_border, ui.px(8));
  Rect rest = ground;
  draw_head(ui, inset(cut_top(rest, size.title), ui.px(14), 0), title, at, int(entries.size()));

  // Until the menu has been drawn once, the key that opened it may still be in the air.
  const bool fresh = ui.menu.just_opened;
  MenuChoice choice;
  if (!fresh) choice = take_menu_keys(ui, entries);
  for (int i = at.first; i < at.end; ++i) {
    const MenuEntry& e = entries[std::size_t(i)];
    if (e.separator && at.all_fit) {
      const Rect gap = cut_top(rest, ui.px(7));
      hline(ui, gap.x + ui.px(10), gap.right() - ui.px(10), gap.center().y, t.menu_border);
    }
    const Hit hit = draw_entry(ui, inset(cut_top(rest, size.entry), ui.px(6), ui.px(1)), e, i);
    if (hit.clicked) choice = {i, bool(hit.mods & mod_shift)};
  }
  const int lit = ui.menu.lit;
  if (lit >= 0 && lit < int(entries.size())) draw_foot(ui, ground, size, entries[std::size_t(lit)]);

  if (choice) choice = allowed(choice, entries[std::size_t(choice.index)]);
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
