// Pictures of the sandbox's panel, a section each, one of them in each theme. Kept in
// pictures/<set>/sandbox: see pictures.h.
#include <doctest/doctest.h>

#include "session/programs.h"
#include "ui/panes/sandbox/panel.h"
#include "ui/pictures.h"
#include "ui/robot.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Section {
  const char *name, *theme;
  int height;
};

constexpr Section kSections[] = {
    {"graph", "dark", 1160}, {"workload", "light", 720}, {"switches", "contrast", 760}};

// The panel alone, on a run with a workload and a memory that fails.
struct Stand {
  session::Session session{*session::load_program("sandbox")};
  std::vector<session::Preset> presets = *session::load_presets();
  UiState shared;
  SandboxPanelState state;
  session::Moment moment;

  explicit Stand(const char* section) {
    session::Workload w;
    w.answers = true;
    REQUIRE(session.apply(session::cmd::SetWorkload{w}) == "");
    session.apply(session::cmd::End{});
    state.sheet.open = {section};
    state.queue = "writes";
    state.device = true;
    state.at_dispatch = true;
  }
  void draw(Ui& ui) {
    fill(ui, ui.screen, ui.theme->background);
    shared.begin_frame();
    std::vector<session::Command> out;
    moment = session.moment();
    const run::QueueGraph graph = session.graph();
    draw_sandbox_panel(ui, inset(ui.screen, ui.px(6)), {session, moment, presets, graph, shared},
                       state, out);
    CHECK(out.empty());
  }
};

}  // namespace

TEST_CASE("pictures: the sections of the sandbox's panel look as they were looked at") {
  KeptPictures kept("sandbox");
  for (const Section& s : kSections) {
    CAPTURE(s.name);
    Stand stand(s.name);
    Robot robot([&](Ui& ui) { stand.draw(ui); }, 320, s.height, 1, s.theme, Backend::headless);
    const Picture picture = robot.picture();
    std::string faults;
    for (const std::string& fault : layout_faults(robot.ui.rects, robot.ui.screen))
      faults += fault + "\n";
    CHECK(faults == "");
    kept.check(std::string(s.name) + "-" + s.theme, picture);
  }
}
