// Context menus: the verbs for a thing, with the call each makes, its key, and, for what is not
// legal now, the reason and the rule. Called by views; Ui remembers which menu is open.
//
//   if (hit.right_clicked) open_menu(ui, hit);
//   if (auto chosen = menu(ui, hit.id, "R2 · read 512 B", entries)) act(entries[chosen.index],
//   chosen.forced);
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ui/toolkit/text/text.h"

namespace qs::ui {

struct MenuEntry {
  std::string label;   // "Complete…"
  std::string key;     // shown at the right; a single letter or digit also chooses the entry
  std::string reason;  // not empty: grayed, and this is why, with the rule: "only from … (F-01)"
  bool can_force = false;  // grayed, but Shift+Enter or Shift+click does it anyway
  bool separator = false;  // a line above it
  bool checked = false;
  std::string call = {};  // the call that it makes: shown below while it is lit
  std::string note = {};  // not grayed, but there is something to know: shown likewise
};

struct MenuChoice {
  int index = -1;
  bool forced = false;  // chosen although grayed
  explicit operator bool() const { return index >= 0; }
};

// Opens the menu of an item: at the mouse, or under the item when the keyboard asked.
void open_menu(Ui& ui, const Hit& hit);
void open_menu(Ui& ui, Id owner, Point at, bool by_keyboard);
void close_menu(Ui& ui);
bool menu_open(const Ui& ui, Id owner);

// Draws the menu if it is the open one. Call every frame, after the page. Returns what was chosen.
MenuChoice menu(Ui& ui, Id owner, std::string_view title, const std::vector<MenuEntry>& entries);

// Tabs, or, where there is no room for them, one button that names the selected one with a menu
// behind it. Returns the index picked, or -1. `title` heads the menu.
int tabs_or_menu(Ui& ui, const Rect& rect, std::string_view name,
                 std::span<const std::string_view> labels, int selected, std::string_view title);
// The width that tabs with these labels want, in pixels.
float tabs_width(Ui& ui, std::span<const std::string_view> labels);

}  // namespace qs::ui
