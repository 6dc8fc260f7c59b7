// The host follows settings and the size of the window: what a projector shows is as large in a
// small window as on a screen with four times as many pixels.
#include <doctest/doctest.h>

#include "ui/app/app.h"
#include "ui/app/host.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Projected {
  Settings settings;
  std::unique_ptr<Host> host;
  App app{settings};

  Projected(const char* program, int width, int height) {
    settings.projector = true;
    settings.theme = "light";
    settings.reduced_motion = true;
    WindowOptions options;
    options.width = width;
    options.height = height;
    auto made = Host::create(Backend::null_host, options, settings);
    REQUIRE_MESSAGE(made.ok(), made.error().text());
    host = std::move(*made);
    app.open_named(program);
    app.session()->apply(session::cmd::End{});
    frames();
  }
  void frames() {
    for (int i = 0; i < 4; ++i) {
      REQUIRE(host->follow(settings).ok());
      host->frame([&](Ui& ui, double) { app.draw(ui, 0); });
      host->next();
    }
  }
  std::string faults() {
    frames();
    std::string text;
    for (const std::string& fault : layout_faults(host->ui.rects, host->ui.screen))
      text += fault + "\n";
    return text;
  }
};

constexpr int kHostSizes[][2] = {{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}};

}  // namespace

TEST_CASE("projector: text is at least a fiftieth of the window high, whatever its size") {
  for (auto [width, height] : kHostSizes) {
    CAPTURE(width);
    Projected p("first-request", width, height);
    CHECK(p.host->ui.fonts->body.size >= float(height) / 50);
    CHECK(p.host->ui.scale >= 1.25f);
    p.settings.projector = false;
    p.frames();
    CHECK(p.host->ui.scale == 1);
  }
}

TEST_CASE(
    "projector: a window that grows is followed, and only then is something new to be drawn") {
  Projected p("first-request", 1024, 700);
  CHECK(p.host->ui.scale == 1.25f);
  CHECK_FALSE(*p.host->follow(p.settings));
  p.host->platform->resize(3840, 2160);
  p.host->frame([&](Ui& ui, double) { p.app.draw(ui, 0); });
  p.host->next();
  CHECK(*p.host->follow(p.settings));
  CHECK(p.host->ui.scale == 2.75f);
  CHECK_FALSE(*p.host->follow(p.settings));
}

TEST_CASE("projector: lesson, sandbox, being the driver and comparing, at four sizes") {
  for (auto [width, height] : kHostSizes)
    for (const char* program : {"first-request", "sandbox", "be-the-driver"}) {
      CAPTURE(width);
      CAPTURE(program);
      Projected p(program, width, height);
      CHECK(p.faults() == "");
      int panels = 0;
      for (const char* name : {"side", "stage", "code", "inspector", "timeline"}) {
        const ItemRecord* r = p.host->ui.rects.find(name);
        panels += r && r->kind == Kind::panel && !r->visible.empty();
      }
      CHECK(panels <= 3);
      p.app.open_compare({});
      go_to_difference(p.app.compare.state);
      CHECK(p.faults() == "");
    }
}
