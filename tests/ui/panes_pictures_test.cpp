// Pictures of the panes for people to look at: QS_PANES=<folder>.
#include <cstdlib>

#include "ui/robot.h"
#include "ui/support/panes_stand.h"
#include "ui/toolkit/core/theme_file.h"

using namespace qs;
using namespace qs::ui;

namespace {

using test::PanesStand;

struct Shot {
  std::string name;
  int width, height;
  double position;
  bool violation;
  std::function<void(PanesStand&)> set;
  std::function<void(PanesStand&, Ui&, const Rect&)> draw;
};

void timeline(PanesStand& s, Ui& ui, const Rect& r) { s.timeline_pane(ui, r); }
void code(PanesStand& s, Ui& ui, const Rect& r) { s.code_pane(ui, r); }
void inspector(PanesStand& s, Ui& ui, const Rect& r) { s.inspector_pane(ui, r); }
void banner(PanesStand& s, Ui& ui, const Rect& r) { s.banner_pane(ui, r); }

std::vector<Shot> shots() {
  std::vector<Shot> out;
  const auto add = [&](std::string name, int w, int h, double at, auto set, auto draw,
                       bool v = false) {
    out.push_back({std::move(name), w, h, at, v, set, draw});
  };
  add(
      "timeline-requests", 1660, 270, 118,
      [](PanesStand& s) {
        s.shared.selected = s.run.r["W1"];
        s.info.branches.push_back({1, 0, uint32_t(s.run.forward), "what if parallel", 160});
        s.info.branches.push_back({2, 0, 60, "cancel R2", 110});
      },
      timeline);
  add(
      "timeline-threads", 1660, 270, 118,
      [](PanesStand& s) { s.timeline_state.tab = TimelineState::threads; }, timeline);
  add(
      "timeline-queues", 1660, 270, 118,
      [](PanesStand& s) { s.timeline_state.tab = TimelineState::queues; }, timeline);
  add(
      "timeline-log", 1660, 270, 118,
      [](PanesStand& s) {
        s.timeline_state.tab = TimelineState::log;
        s.shared.selected = s.run.r["R2"];
      },
      timeline);
  add(
      "timeline-small", 1004, 180, 118, [](PanesStand&) {}, timeline);
  add(
      "timeline-zoom", 1300, 240, 130,
      [](PanesStand& s) {
        s.timeline_state.view = {100, 150};
        s.timeline_state.range = EventRange{110, 121};
      },
      timeline);
  add(
      "code", 430, 380, 96,
      [](PanesStand& s) {
        s.shared.breakpoints.toggle(stop_at_line("lessons/00-test/driver.c", 28));
      },
      code);
  add(
      "code-violation", 430, 380, 1e9, [](PanesStand&) {}, code, true);
  for (const char* name : {"W1", "R3", "R0", "C1", "W2"})
    add(
        std::string("inspector-") + name, 400, 900, 1e9,
        [name](PanesStand& s) { s.shared.selected = s.run.r[name]; }, inspector);
  add(
      "inspector-queue", 400, 900, 1e9, [](PanesStand& s) { s.shared.selected = s.run.reads; },
      inspector);
  add(
      "inspector-thread", 400, 620, 1e9, [](PanesStand& s) { s.shared.selected = s.run.t1; },
      inspector);
  add(
      "inspector-device", 400, 620, 1e9, [](PanesStand& s) { s.shared.selected = s.run.device; },
      inspector);
  add(
      "banner", 760, 300, 1e9, [](PanesStand&) {}, banner, true);
  return out;
}

}  // namespace

TEST_CASE("panes: pictures in every theme are written where QS_PANES says" *
          doctest::skip(std::getenv("QS_PANES") == nullptr)) {
  const std::string folder = std::getenv("QS_PANES");
  const char* only = std::getenv("QS_PANES_ONLY");
  for (const std::string_view theme : theme_names()) {
    if (std::getenv("QS_PANES_THEME") && theme != std::getenv("QS_PANES_THEME")) continue;
    for (const Shot& shot : shots()) {
      if (only && shot.name.find(only) == shot.name.npos) continue;
      PanesStand stand(shot.violation, shot.position);
      shot.set(stand);
      Robot robot(
          [&](Ui& ui) {
            stand.begin(ui);
            shot.draw(stand, ui, inset(ui.screen, ui.px(10)));
            stand.end(ui);
          },
          shot.width, shot.height, 1, theme, Backend::headless);
      REQUIRE(
          write_png(robot.picture(), folder + "/" + shot.name + "-" + std::string(theme) + ".png")
              .ok());
    }
  }
}

TEST_CASE("panes: every picture can be drawn without a window, and nothing in it lacks its name") {
  for (const Shot& shot : shots()) {
    CAPTURE(shot.name);
    CHECK_FALSE(shot.name.empty());
    CHECK(shot.width >= 200);
    CHECK(shot.height >= 100);
  }
}
