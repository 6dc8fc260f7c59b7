// Exact pictures of the sandbox's panel, a section each: hashes in pictures/sandbox.txt. After a
// wanted change of looks: QS_UPDATE_PICTURES=1 (QS_PICTURES=FOLDER writes them as PNG), look at
// the pictures, commit the file.
#include <doctest/doctest.h>

#include "session/programs.h"
#include "ui/pictures.h"
#include "ui/robot.h"
#include "ui/views/sandbox_panel.h"

using namespace qs;
using namespace qs::ui;

namespace {

constexpr const char* kFile = "tests/ui/pictures/sandbox.txt";

struct Section {
  const char *name, *theme;
  int height;
};

constexpr Section kSections[] = {
    {"graph", "dark", 1160}, {"workload", "light", 720}, {"switches", "contrast", 760}};

// The panel alone, on a run with a workload and a memory that fails.
struct Stand {
  Session session{*load_program("sandbox")};
  std::vector<Preset> presets = *load_presets();
  UiState shared;
  SandboxPanelState state;
  Moment moment;

  explicit Stand(const char* section) {
    Workload w;
    w.answers = true;
    REQUIRE(session.apply(cmd::SetWorkload{w}) == "");
    session.apply(cmd::End{});
    state.sheet.open = {section};
    state.queue = "writes";
    state.device = true;
    state.at_dispatch = true;
  }
  void draw(Ui& ui) {
    fill(ui, ui.screen, ui.theme->background);
    shared.begin_frame();
    std::vector<Command> out;
    moment = session.moment();
    draw_sandbox_panel(ui, inset(ui.screen, ui.px(6)), {session, moment, presets, shared}, state,
                       out);
    CHECK(out.empty());
  }
};

}  // namespace

TEST_CASE("the sections of the sandbox's panel are the pictures that were looked at" *
          doctest::skip(IMGUI_VERSION_NUM != 18600)) {
  const char* folder = std::getenv("QS_PICTURES");
  std::map<std::string, uint64_t> now;
  for (const Section& s : kSections) {
    CAPTURE(s.name);
    Stand stand(s.name);
    Robot robot([&](Ui& ui) { stand.draw(ui); }, 320, s.height, 1, s.theme, Backend::headless);
    const Picture picture = robot.picture();
    std::string faults;
    for (const std::string& fault : layout_faults(robot.ui.rects, robot.ui.screen))
      faults += fault + "\n";
    CHECK(faults == "");
    const std::string name = std::string(s.name) + "-" + s.theme;
    now[name] = picture_hash(picture);
    if (folder) REQUIRE(write_png(picture, std::string(folder) + "/sandbox-" + name + ".png").ok());
  }
  check_pictures(kFile, now);
}
