// The event log: what passes its filter, and working with it.
#include "ui/panes/log/log.h"

#include "trace/export/narrate.h"
#include "ui/robot.h"
#include "ui/support/panes_stand.h"

using namespace qs;
using namespace qs::ui;
using test::PanesStand;

namespace {

std::vector<uint32_t> all_rows(const trace::Trace& trace, const LogFilter& filter) {
  LogRows rows;
  while (rows.update(trace, filter, 1000)) {}
  return rows.rows();
}

}  // namespace

TEST_CASE("log: levels, object and words each narrow it") {
  test::PanesRun run;
  LogFilter filter;
  filter.levels = LogFilter::kAll;
  CHECK(all_rows(*run.trace, filter).size() == run.trace->size());
  filter.levels = level_bit(trace::EventLevel::Hop);
  for (const uint32_t e : all_rows(*run.trace, filter))
    CHECK(trace::event_level((*run.trace)[e].code) == trace::EventLevel::Hop);
  filter.levels = LogFilter::kAll;
  filter.object = run.r["C1"];
  const auto of_c1 = all_rows(*run.trace, filter);
  CHECK(of_c1.size() == 8);
  filter.text = "CANCELLED done";  // both words, any case, any order
  const auto cancelled = all_rows(*run.trace, filter);
  REQUIRE(cancelled.size() == 1);
  CHECK(cancelled[0] == run.cancelled);
  filter.text = "no such thing";
  CHECK(all_rows(*run.trace, filter).empty());
}

TEST_CASE("log: a thread's filter finds what it did, not only what was said about it") {
  test::PanesRun run;
  LogFilter filter;
  filter.levels = LogFilter::kAll;
  filter.object = run.dpc;
  const auto rows = all_rows(*run.trace, filter);
  CHECK(rows.size() > 8);
  for (const uint32_t e : rows)
    CHECK(((*run.trace)[e].s == run.dpc || (*run.trace)[e].thread == run.dpc.serial()));
}

TEST_CASE("log: rows are found a piece at a time and continue when the run grows") {
  test::PanesRun run;
  LogFilter filter;
  filter.levels = LogFilter::kAll;
  LogRows rows;
  CHECK(rows.update(*run.trace, filter, 10));
  CHECK(rows.rows().size() == 10);
  while (rows.update(*run.trace, filter, 10)) {}
  CHECK(rows.done());
  CHECK(rows.rows().size() == run.trace->size());
  run.put(trace::EventCode::Settled);
  rows.update(*run.trace, filter, 10);
  CHECK(rows.rows().size() == run.trace->size());
  CHECK(rows.row_at(5) == 5);
  filter.object = run.r["C1"];
  rows.update(*run.trace, filter, 1000);
  CHECK(rows.row_at(0) == -1);
}

namespace {

struct LogHands {
  PanesStand stand;
  std::string clipboard;
  Robot robot;
  explicit LogHands(double at = 60)
      : stand(false, at),
        robot(
            [this](Ui& ui) {
              stand.begin(ui);
              ui.clipboard_owner = this;
              ui.set_clipboard = [](void* p, const std::string& t) {
                static_cast<LogHands*>(p)->clipboard = t;
              };
              stand.timeline_pane(ui, inset(ui.screen, 6));
              stand.end(ui);
            },
            1200, 420) {
    stand.timeline_state.tab = TimelineState::log;
    robot.frame();
    robot.frame();
  }
  LogState& log() { return stand.timeline_state.log_state; }
};

}  // namespace

TEST_CASE("log: it follows the playhead; a click goes to that event") {
  LogHands h(118);
  CHECK(h.robot.sees("event-118"));
  CHECK_FALSE(h.robot.sees("event-10"));
  h.stand.position = 12;
  h.robot.frame();
  h.robot.frame();
  CHECK(h.robot.sees("event-12"));
  h.robot.click("event-13");
  CHECK(h.stand.position == 13);
}

TEST_CASE("log: the column of threads is as wide as the longest name, and stays so") {
  LogHands h(118);
  const trace::ShownNames names{{h.stand.run.dpc, "EvtWaitedLongEnough"}};
  h.stand.shared.names = &names;
  h.stand.position = 60;
  for (int i = 0; i < 3; ++i) h.robot.frame();
  for (h.stand.position = 60; h.stand.position < 118; h.stand.position += 8) h.robot.frame();
  const float wide = h.log().thread_width;
  CHECK(wide >= text_width(h.robot.ui.fonts->small, "EvtWaitedLongEnough"));
  h.stand.position = 1;
  h.robot.frame();
  CHECK(h.log().thread_width == wide);
}

TEST_CASE("log: Ctrl+F finds it from any tab, typing narrows, F3 goes on to the next") {
  LogHands h(0);
  h.stand.timeline_state.tab = TimelineState::requests;
  h.robot.frame();
  h.robot.key("Ctrl+F");
  CHECK(h.stand.timeline_state.tab == TimelineState::log);
  h.robot.type("C1 is done");
  CHECK(h.log().filter.text == "C1 is done");
  REQUIRE(h.log().rows.rows().size() == 1);
  h.robot.key("F3");
  CHECK(h.stand.position == double(h.stand.run.cancelled) + 1);
}

TEST_CASE("log: a level can be switched off and on") {
  LogHands h;
  const size_t before = h.log().rows.rows().size();
  h.robot.click("levels/calls");
  CHECK(h.log().rows.rows().size() < before);
  h.robot.click("levels/calls");
  CHECK(h.log().rows.rows().size() == before);
}

TEST_CASE("log: only what concerns the selected object") {
  LogHands h;
  h.stand.shared.selected = h.stand.run.r["W1"];
  h.robot.frame();
  h.robot.frame();
  h.robot.click("log/only");
  h.robot.frame();
  REQUIRE_FALSE(h.log().rows.rows().empty());
  for (const uint32_t e : h.log().rows.rows()) {
    const trace::Event& event = (*h.stand.run.trace)[e];
    CHECK((event.s == h.stand.run.r["W1"] || event.o == h.stand.run.r["W1"]));
  }
}

TEST_CASE("log: a line, or all that is listed, is copied as it is read") {
  LogHands h(118);
  h.robot.right_click("event-118");
  h.robot.click("Copy this line");
  CHECK(h.clipboard == log_line(*h.stand.run.trace, 117));
  CHECK(h.clipboard.find(trace::narrate(*h.stand.run.trace, 117)) != std::string::npos);
  h.log().filter.text = "C1";
  h.robot.frame();
  h.robot.click("copy-all");
  CHECK(size_t(std::count(h.clipboard.begin(), h.clipboard.end(), '\n')) ==
        h.log().rows.rows().size());
}

TEST_CASE("log: a million events are searched over several frames, none of them long") {
  const auto trace = test::long_trace(300'000);
  LogRows rows;
  LogFilter filter;
  filter.text = "R12345 ";
  int frames = 0;
  while (rows.update(*trace, filter, 200'000)) ++frames;
  CHECK(frames > 5);
  CHECK(rows.done());
}
