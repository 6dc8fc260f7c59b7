// Exact pictures: every event of lesson 1.1, drawn by the processor, is the picture that is kept as
// a hash in pictures/first-request.txt. After a wanted change of looks: QS_UPDATE_PICTURES=1, look
// at the pictures, commit the file.
#include <doctest/doctest.h>

#include "session/programs.h"
#include "ui/app/app.h"
#include "ui/app/host.h"
#include "ui/pictures.h"

using namespace qs;
using namespace qs::ui;

namespace {

constexpr const char* kFile = "tests/ui/pictures/first-request.txt";

}  // namespace

TEST_CASE("lesson 1.1: the picture of every event is the one that was looked at" *
          doctest::skip(IMGUI_VERSION_NUM != 18600)) {
  Settings settings;
  settings.reduced_motion = true;
  WindowOptions options;
  options.width = 1024;
  options.height = 700;
  auto host = Host::create(Backend::headless, options, settings);
  REQUIRE_MESSAGE(host.ok(), host.error().text());
  App app(settings);
  app.open_named("first-request");
  REQUIRE(app.session);
  std::map<std::string, uint64_t> now;
  const size_t last = app.session->moment().trace->size();
  for (size_t event = app.session->ready(); event <= last; ++event) {
    app.session->apply(cmd::Seek{double(event)});
    for (int i = 0; i < 3; ++i) {
      (*host)->frame([&](Ui& ui, double) { app.draw(ui, 0); });
      if (i < 2) (*host)->next();
    }
    now[std::to_string(event)] = picture_hash((*host)->platform->read_rgb());
    (*host)->next();
  }
  check_pictures(kFile, now);
}
