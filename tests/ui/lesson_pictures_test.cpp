// Exact pictures: every event of lesson 1.1, drawn by the processor, is the picture that is kept as
// a hash in pictures/first-request.txt. After a wanted change of looks: QS_UPDATE_PICTURES=1, look
// at the pictures, commit the file.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>

#include "session/programs.h"
#include "ui/app/app.h"
#include "ui/app/host.h"

using namespace qs;
using namespace qs::ui;

namespace {

constexpr const char* kFile = "tests/ui/pictures/first-request.txt";

uint64_t hash_of(const Picture& p) {
  uint64_t h = 1469598103934665603ull;
  for (uint8_t byte : p.rgb) h = (h ^ byte) * 1099511628211ull;
  return h;
}

std::map<size_t, uint64_t> kept_hashes() {
  std::map<size_t, uint64_t> kept;
  std::ifstream in(kFile);
  size_t event;
  uint64_t hash;
  while (in >> event >> std::hex >> hash >> std::dec) kept[event] = hash;
  return kept;
}

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
  const bool update = std::getenv("QS_UPDATE_PICTURES") != nullptr;
  std::map<size_t, uint64_t> kept = kept_hashes(), now;
  const size_t last = app.session->moment().trace->size();
  for (size_t event = app.session->ready(); event <= last; ++event) {
    app.session->apply(cmd::Seek{double(event)});
    for (int i = 0; i < 3; ++i) {
      (*host)->frame([&](Ui& ui, double) { app.draw(ui, 0); });
      if (i < 2) (*host)->next();
    }
    now[event] = hash_of((*host)->platform->read_rgb());
    (*host)->next();
  }
  if (update) {
    std::ofstream out(kFile);
    for (auto& [event, hash] : now) out << std::dec << event << ' ' << std::hex << hash << '\n';
    return;
  }
  REQUIRE_MESSAGE(!kept.empty(), "there are no kept pictures");
  CHECK(kept.size() == now.size());
  for (auto& [event, hash] : now) {
    CAPTURE(event);
    CHECK(kept[event] == hash);
  }
}
