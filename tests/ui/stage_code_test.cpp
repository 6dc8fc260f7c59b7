// The driver's column of the stage with real runs: chips of idle callbacks, and the line that is
// lit.
#include <algorithm>

#include "trace/events/words.h"
#include "ui/panes/code/code.h"
#include "ui/stage_desk.h"
#include "ui/toolkit/text/strings.h"

using namespace qs;
using namespace qs::ui;

TEST_CASE(
    "stage: idle callbacks are chips in one row, whole, the last called first; +N lists more") {
  StageDesk desk("18-file-objects-and-cleanup");
  desk.end();
  const StageCast& cast = desk.state.cast.of(*desk.session->moment().trace);
  const uint32_t events = desk.now().events;
  for (const int width : {1400, 940, 600}) {
    CAPTURE(width);
    Robot robot = desk.robot(width, 700);
    std::vector<std::pair<float, uint32_t>> chips;  // where it is, and when it was last called
    size_t idle = 0;
    float row = 0;
    for (size_t i = 0; i < cast.rooms.size(); ++i) {
      const RoomKey& key = cast.rooms[i];
      if (key.backstage) continue;
      const bool own = key.kind == trace::CallbackKind::Count;
      const ItemRecord* r =
          robot.ui.rects.find(own ? tr("stage.room_own") : trace::callback_name(key.kind));
      if (r && r->kind == Kind::picture) continue;  // a card
      ++idle;
      if (!r) continue;
      CHECK_FALSE(r->cut);
      CHECK(text_width(robot.ui.fonts->mono_small, robot.ui.rects.text(*r)) <= r->rect.w);
      if (row == 0) row = r->rect.y;
      CHECK(r->rect.y == row);
      chips.push_back({r->rect.x, cast.last_use(i, events)});
    }
    REQUIRE(idle >= 4);
    std::sort(chips.begin(), chips.end());
    for (size_t i = 1; i < chips.size(); ++i) CHECK(chips[i - 1].second >= chips[i].second);
    const ItemRecord* more = robot.ui.rects.find("quiet-more");
    CHECK(bool(more) == (chips.size() < idle));
    if (!more) continue;
    CHECK(robot.ui.rects.text(*more) == "+" + std::to_string(idle - chips.size()));
    CHECK(more->rect.y == row);
    robot.click("quiet-more");
    size_t listed = 0;
    std::string first;
    for (const ItemRecord& r : robot.ui.rects.all()) {
      const std::string name(robot.ui.rects.name(r));
      if (!name.starts_with("menu/") || r.kind != Kind::menu_entry) continue;
      ++listed;
      if (first.empty() && name.starts_with("menu/Evt")) first = name;
    }
    CHECK(listed == idle - chips.size());
    if (first.empty()) continue;
    desk.shared.show_line = {};
    robot.click(first);
    CHECK(desk.shared.show_line);  // its code is shown
  }
}

TEST_CASE("stage: at the entry of a callback the line that opens its function is lit") {
  StageDesk desk("11-mark-cancelable");
  desk.end();
  Robot robot = desk.robot(1400, 900, 1, "dark", Backend::headless);
  const auto sources = desk.session->program().driver->sources();
  size_t entries = 0;
  for (size_t i = 0; i < desk.session->moment().trace->size(); ++i) {
    const trace::Event& e = (*desk.session->moment().trace)[i];
    if (e.code != trace::EventCode::CallbackEnter) continue;
    if (e.site) continue;  // called by what another callback called
    CAPTURE(i);
    desk.session->apply(session::cmd::Seek{double(i + 1)});
    robot.frame();
    const session::Moment m = desk.session->moment();
    const auto threads = threads_in_code(m, &desk.state.functions);
    REQUIRE_FALSE(threads.empty());
    const std::string_view function = desk.state.functions.at(*m.trace, threads[0].site);
    const trace::DefinedFunction defined = desk.state.functions.place(function).function;
    CHECK(threads[0].site.line() == defined.first);
    if (!robot.ui.rects.find(trace::callback_name(trace::CallbackKind(e.a)))) continue;
    // Its card: the ground of that line is that of the line that runs.
    const auto lines = desk.state.sources.lines(sources, 0);
    const std::string_view head = lines[defined.first - 1].text;
    const ItemRecord* lit = nullptr;
    for (const ItemRecord& r : robot.ui.rects.all())
      if (robot.ui.rects.text(r) == head) lit = &r;
    REQUIRE(lit);
    const Picture p = robot.picture();
    const size_t at = (size_t(lit->rect.y + 1) * size_t(p.width) + size_t(lit->rect.x + 2)) * 3;
    const Color ground = robot.theme.line_highlight;
    CHECK(std::abs(p.rgb[at] - ground.r) + std::abs(p.rgb[at + 1] - ground.g) +
              std::abs(p.rgb[at + 2] - ground.b) <
          12);
    ++entries;
  }
  CHECK(entries >= 3);
}
