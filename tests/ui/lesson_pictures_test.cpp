// Pictures of lesson 1.1 at a few of its events: what moves from one to the next. Kept in
// pictures/<set>/first-request: see pictures.h.
#include <doctest/doctest.h>

#include "ui/app/app.h"
#include "ui/app/host.h"
#include "ui/pictures.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Look {
  const char* name;
  double share;  // of the lesson's events
  Pane whole;
  int width, height;
};

constexpr Look kLooks[] = {
    {"stage-early", 0.15, Pane::stage, 760, 480},
    {"stage-middle", 0.5, Pane::stage, 760, 480},
    {"stage-late", 0.85, Pane::stage, 760, 480},
    {"code-middle", 0.5, Pane::code, 460, 340},
    {"inspector-early", 0.3, Pane::inspector, 380, 460},
    {"timeline-late", 0.85, Pane::timeline, 760, 280},
};

Picture paint(const Look& pane) {
  Settings settings;
  settings.reduced_motion = true;
  WindowOptions options;
  options.width = pane.width;
  options.height = pane.height;
  auto host = Host::create(Backend::headless, options, settings);
  REQUIRE_MESSAGE(host.ok(), host.error().text());
  App app(settings);
  app.open_named("first-request");
  REQUIRE(app.session());
  app.run()->whole = pane.whole;
  const size_t first = app.session()->ready(), last = app.session()->moment().trace->size();
  app.session()->apply(
      session::cmd::Seek{double(first + size_t(pane.share * double(last - first)))});
  for (int i = 0; i < 3; ++i) {
    (*host)->frame([&](Ui& ui, double) { app.draw(ui, 0); });
    if (i < 2) (*host)->next();
  }
  const Picture picture = (*host)->platform->read_rgb();
  (*host)->next();
  const ItemRecord* place = (*host)->ui.rects.find(pane_name(pane.whole));
  REQUIRE(place);
  return cut(picture, place->rect);
}

}  // namespace

TEST_CASE("pictures: lesson 1.1 looks, at some of its events, as it was looked at") {
  KeptPictures kept("first-request");
  for (const Look& pane : kLooks) kept.check(pane.name, paint(pane));
}
