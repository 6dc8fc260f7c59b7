// Pictures of the panes for people to look at: QS_PANES=<folder>.
#include <cstdlib>

#include "ui/robot.h"
#include "ui/support/panes_trace.h"
#include "ui/views/timeline.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Stand {
  test::PanesRun run{false};
  Timeline timeline{run.trace};
  RunInfo info{7, 0, {{0, 0, 0, "main", 0}}, run.bookmarks()};
  TimelineState state;
  UiState shared;
  std::vector<Command> out;
  double position;

  explicit Stand(double p) : position(p) { info.branches[0].events = run.trace->size(); }

  void draw(Ui& ui) {
    shared.begin_frame();
    fill(ui, ui.screen, ui.theme->background);
    const Moment m = test::moment_at(timeline, position);
    draw_timeline(ui, inset(ui.screen, ui.px(10)), {&m, &info}, state, shared, out);
    for (const Command& c : out)
      if (const auto* s = std::get_if<cmd::Seek>(&c)) position = s->position;
    out.clear();
  }
};

}  // namespace

TEST_CASE("panes: pictures of the timeline in every theme are written where QS_PANES says" *
          doctest::skip(std::getenv("QS_PANES") == nullptr)) {
  const std::string folder = std::getenv("QS_PANES");
  for (const std::string_view theme : theme_names()) {
    for (const auto tab : {TimelineState::requests, TimelineState::threads, TimelineState::queues,
                           TimelineState::log}) {
      Stand stand(118);
      stand.state.tab = tab;
      stand.shared.selected = stand.run.r["W1"];
      if (tab == TimelineState::requests) {
        stand.info.branches.push_back({1, 0, uint32_t(stand.run.forward), "what if parallel", 160});
        stand.info.branches.push_back({2, 0, 60, "cancel R2", 110});
      }
      Robot robot([&](Ui& ui) { stand.draw(ui); }, 1660, 270, 1, theme, Backend::headless);
      const std::string name =
          folder + "/timeline-" + std::to_string(int(tab)) + "-" + std::string(theme);
      REQUIRE(write_png(robot.picture(), name + ".png").ok());
    }
  }
}
