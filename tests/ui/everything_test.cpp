// Every entry of the palette and of every menu, and everything that can be pressed, in every
// screen: nothing ends the window, and it answers afterwards. tests/window does it in a real
// window.
#include "ui/everything.h"

using namespace qs;
using namespace qs::ui;

TEST_CASE("everything: each entry of the palette, in every screen") {
  const ScratchFolder scratch;
  Product p(Backend::null_host);
  for (const ScreenOfProduct& screen : screens_of_product()) {
    show_screen(p, screen);
    const int count = palette_entries(p);
    CHECK_MESSAGE((count > 20 || p.app.help.dialog.open), screen.name);
    for (int i = 0; i < count; ++i) {
      show_screen(p, screen);
      const std::string what = choose_in_palette(p, i);
      CHECK_MESSAGE(p.answers(), screen.name << ": " << what);
    }
  }
}

TEST_CASE(
    "everything: each thing is pressed, and each entry of its menus chosen, in every screen") {
  const ScratchFolder scratch;
  Product p(Backend::null_host);
  for (const ScreenOfProduct& screen : screens_of_product()) {
    show_screen(p, screen);
    std::set<std::string> seen;
    int chosen = 0;
    for (const std::string& name : names_on_screen(p))
      for (const MouseButton button : {MouseButton::left, MouseButton::right})
        chosen += choose_all_in_menu(p, screen, name, button, seen);
    CHECK_MESSAGE((chosen > 0 || std::string(screen.name) == "help"), screen.name);
  }
}
