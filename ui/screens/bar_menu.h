// A small icon in the top bar with a menu under it, whose entries are functions. Called by the top
// bar and by the screens for their part of it; main thread only.
#pragma once
#include <functional>
#include <vector>

#include "ui/toolkit/controls/menu.h"

namespace qs::ui {

struct BarItem {
  MenuEntry entry;
  std::function<void()> act;
};

// Cuts the icon off the right end of `row`; `items` is asked while the menu is open.
void bar_menu(Ui& ui, Rect& row, const char* name, const char* sign, const char* title,
              const std::function<std::vector<BarItem>()>& items);

}  // namespace qs::ui
