// Everything that can be chosen, chosen: each entry of the palette, each entry of each menu. Used
// without a window and in a real one; after each the window must still answer.
#pragma once

#include <algorithm>
#include <set>

#include "trace/rules/rules.h"
#include "ui/product.h"

namespace qs::ui {

// The entries that the palette lists on this screen, but for the rules, which are all of a kind and
// stand last: the first of them is taken for all. 0: it cannot be opened here.
inline int palette_entries(Product& p) {
  p.key("Ctrl+K");
  if (!p.app.palette.dialog.open) return 0;  // another dialog has the keyboard
  p.turns(1);
  int last = -1;
  while (last != p.app.palette.lit) {
    last = p.app.palette.lit;
    p.key("PageDown");
  }
  p.key("Esc");
  const int rules = int(std::size(trace::all_rules()));
  REQUIRE(last > rules);
  return last + 2 - rules;
}

inline std::string choose_in_palette(Product& p, int entry) {
  p.key("Ctrl+K");
  p.turns(1);
  if (entry > 0) {  // to the one before, and by key to where it stands: the list scrolls along
    p.app.palette.lit = entry - 1;
    p.key("Down");
  }
  const ItemRecord* row = p.rects().find("palette/list/" + std::to_string(entry));
  std::string what = row ? std::string(p.rects().text(*row)) : "?";
  p.key("Enter");
  p.input().push_mouse(400, 300);
  p.turns(2);
  return what;
}

// What the open menu offers; empty: none is open.
inline std::vector<std::string> open_menu_entries(Product& p) {
  std::vector<std::string> entries;
  if (!p.host->ui.menu.owner) return entries;
  p.turns(2);
  for (const ItemRecord& r : p.rects().all())
    if (r.kind == Kind::menu_entry) entries.emplace_back(p.rects().text(r));
  return entries;
}

// Presses what is called `name`; false when it is not there (any more).
inline bool press_named(Product& p, const std::string& name, MouseButton button) {
  const ItemRecord* r = p.rects().find(name);
  if (!r || r->visible.empty()) return false;
  p.click(r->visible.center(), button);
  return true;
}

// The names of all that takes the mouse on this screen, each once.
inline std::vector<std::string> names_on_screen(const Product& p) {
  std::set<std::string> names;
  for (const ItemRecord& r : p.rects().all())
    if ((r.focusable || r.kind == Kind::picture || r.kind == Kind::token) && !r.visible.empty())
      names.emplace(p.rects().name(r));
  return {names.begin(), names.end()};
}

// Each entry of the menu that pressing `name` opens which was not chosen before: `seen` knows them
// by their words. Returns how many were chosen.
inline int choose_all_in_menu(Product& p, const ScreenOfProduct& screen, const std::string& name,
                              MouseButton button, std::set<std::string>& seen) {
  show_screen(p, screen);
  if (!press_named(p, name, button)) return 0;
  CHECK_MESSAGE((p.host->ui.menu.owner || p.answers()), screen.name << ": " << name);
  const std::vector<std::string> entries = open_menu_entries(p);
  int chosen = 0;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (!seen.insert(entries[i]).second) continue;
    ++chosen;
    show_screen(p, screen);
    if (!press_named(p, name, button)) continue;
    p.turns(2);
    p.host->ui.menu.lit = int(i);
    p.key("Enter");
    p.turns(2);
    CHECK_MESSAGE(p.answers(), screen.name << ": " << name << ": " << entries[i]);
  }
  return chosen;
}

}  // namespace qs::ui
