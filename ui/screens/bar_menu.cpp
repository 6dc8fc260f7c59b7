#include "ui/screens/bar_menu.h"

#include "ui/toolkit/controls/button.h"

namespace qs::ui {

void bar_menu(Ui& ui, Rect& row, const char* name, const char* sign, const char* title,
              const std::function<std::vector<BarItem>()>& items) {
  ButtonStyle style;
  style.look = ButtonLook::quiet;
  const float side = ui.px(32);
  const Rect r = aligned(cut_right(row, side, ui.px(8)), side, side, 0, 0.5f);
  const Hit hit = icon_button(ui, r, name, sign, title, style);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return;
  const std::vector<BarItem> all = items();
  std::vector<MenuEntry> entries;
  for (const BarItem& i : all) entries.push_back(i.entry);
  if (const MenuChoice c = menu(ui, hit.id, title, entries)) all[size_t(c.index)].act();
}

}  // namespace qs::ui
