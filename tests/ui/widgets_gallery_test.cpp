// The gallery: every widget in every theme; and its pictures, for people: QS_GALLERY=<folder>.
#include "ui/widgets/gallery.h"

#include <cstdlib>

#include "ui/robot.h"
#include "ui/widgets/menu.h"

using namespace qs;
using namespace qs::ui;

TEST_CASE("gallery: pictures of every theme and scale are written where QS_GALLERY says" *
          doctest::skip(std::getenv("QS_GALLERY") == nullptr)) {
  const std::string folder = std::getenv("QS_GALLERY");
  for (const std::string_view theme : theme_names()) {
    for (const int percent : {100, 150}) {
      GalleryState state;
      const float scale = float(percent) / 100.0f;
      Robot robot([&](Ui& ui) { draw_gallery(ui, state); }, int(1680 * scale), int(980 * scale),
                  scale, theme, Backend::headless);
      const std::string stem =
          folder + "/gallery-" + std::string(theme) + "-" + std::to_string(percent);
      REQUIRE(write_png(robot.picture(), stem + ".png").ok());
      if (percent != 100) continue;
      const Record token = robot.find("EvtIoRead/R2");
      open_menu(robot.ui, token.id, {token.rect.right() + 6, token.rect.bottom()}, true);
      robot.keys({"Down", "Down"});
      REQUIRE(write_png(robot.picture(), stem + "-menu.png").ok());
      robot.keys({"Esc", "Tab", "Tab", "Tab", "Tab"});
      robot.wait(0.6);
      REQUIRE(write_png(robot.picture(), stem + "-keys.png").ok());
    }
  }
}
