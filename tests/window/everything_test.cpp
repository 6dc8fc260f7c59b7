// Each entry of the palette and of the menus of the top bar, in every screen, in a real window: the
// backend is that of QS_BACKEND. Usually every screen takes its share of the entries, so that each
// is chosen once; with QS_EVERYTHING=1 all of them in all (./dev monkey).
#include <cstdlib>

#include "ui/everything.h"

using namespace qs;
using namespace qs::ui;

namespace {

Backend wanted_backend() {
  Backend backend = Backend::sdl2;
  const char* name = std::getenv("QS_BACKEND");
  REQUIRE_MESSAGE((name && find_backend(name, backend)), "QS_BACKEND is glfw or sdl2");
  return backend;
}

bool all_of_them() {
  const char* all = std::getenv("QS_EVERYTHING");
  return all && *all == '1';
}

constexpr const char* kMenus[] = {"mode/view", "mode/save", "mode/panes", "transport/unit"};

}  // namespace

TEST_CASE("real window: each entry of the palette, in every screen") {
  const ScratchFolder scratch;
  Product p(wanted_backend(), 800, 600);
  const auto& screens = screens_of_product();
  for (size_t s = 0; s < screens.size(); ++s) {
    show_screen(p, screens[s]);
    const int count = palette_entries(p);
    for (int i = all_of_them() ? 0 : int(s); i < count;
         i += all_of_them() ? 1 : int(screens.size())) {
      show_screen(p, screens[s]);
      const std::string what = choose_in_palette(p, i);
      CHECK_MESSAGE(p.answers(), screens[s].name << ": " << what);
    }
  }
}

TEST_CASE("real window: each entry of the menus of the top bar, in every screen") {
  const ScratchFolder scratch;
  Product p(wanted_backend(), 1200, 600);
  std::set<std::string> seen;
  int chosen = 0;
  for (const ScreenOfProduct& screen : screens_of_product()) {
    if (all_of_them()) seen.clear();
    for (const char* menu : kMenus)
      chosen += choose_all_in_menu(p, screen, menu, MouseButton::left, seen);
  }
  CHECK(chosen > 20);
}

TEST_CASE("real window: a picture twice and three times as large, and the window goes on") {
  const ScratchFolder scratch;
  Product p(wanted_backend(), 1024, 700);
  show_screen(p, screens_of_product()[1]);
  for (const int scale : {1, 2, 3}) {
    p.app.picture_wanted = scale;
    p.turns(2);
    CHECK(p.app.message.text.find(".png") != std::string::npos);
    p.input().push_mouse(100, float(100 + scale));
    p.turns(2);
    CHECK(p.host->ui.in.mouse_y == float(100 + scale));
    CHECK(p.answers());
  }
}
