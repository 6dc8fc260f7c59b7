// The panes with real runs: the first lesson at every event, and a sandbox where going back and
// acting makes branches. Pictures for people: QS_PANES=<folder>.
#include <cstdlib>

#include "session/programs.h"
#include "ui/panes/code/code.h"
#include "ui/panes/inspector/inspector.h"
#include "ui/panes/stage/explain_banner.h"
#include "ui/panes/timeline/timeline.h"
#include "ui/robot.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/core/theme_file.h"

using namespace qs;
using namespace qs::ui;
namespace cmd = session::cmd;

namespace {

// All panes at once, as a window would have them.
struct TimelineDesk {
  std::unique_ptr<session::Session> session;
  UiState shared;
  TimelineState timeline;
  CodeState code;
  InspectorState inspector;
  BannerState banner;
  std::string refused;

  explicit TimelineDesk(std::string_view what, std::string_view schedule = {}) {
    auto program = session::load_program(what);
    REQUIRE_MESSAGE(program.ok(), program.error().text());
    sched::Schedule s;
    if (!schedule.empty()) {
      auto parsed = sched::Schedule::parse(schedule);
      REQUIRE_MESSAGE(parsed.ok(), parsed.error().text());
      s = *parsed;
    }
    session = std::make_unique<session::Session>(*program, s);
  }
  void draw(Ui& ui) {
    fill(ui, ui.screen, ui.theme->background);
    shared.begin_frame();
    std::vector<session::Command> out;
    const session::Moment m = session->moment();
    const RunInfo run = run_info(*session);
    Rect page = inset(ui.screen, ui.px(6));
    const Rect low = cut_bottom(page, std::round(page.h * 0.4f), ui.px(8));
    const Rect left = cut_left(page, std::round(page.w * 0.5f), ui.px(8));
    draw_code(ui, left, {&m, session->program().driver->sources()}, code, shared, out);
    const BannerInfo info = banner_info(m);
    if (info.shown) {
      const float h = explain_banner_height(ui, page.w, info, banner);
      draw_explain_banner(ui, cut_top(page, h, ui.px(8)), info, banner, shared, out);
    }
    draw_inspector(ui, page, m, shared.selected, inspector, shared, out);
    draw_timeline(ui, low, {&m, &run}, timeline, shared, out);
    draw_tooltip(ui);
    for (const session::Command& c : out) {
      refused = session->apply(c);
      ui.wake_in(0);
    }
  }
  Robot robot(int w = 1300, int h = 900, std::string_view theme = "dark",
              Backend backend = Backend::null_host) {
    return Robot([this](Ui& ui) { draw(ui); }, w, h, 1, theme, backend);
  }
  ObjectId find(std::string_view name) {
    return session::find_object(*session->moment().trace, name);
  }
  const trace::Trace& trace() { return *session->moment().trace; }
};

std::string faults_of_timeline(const Ui& ui) {
  std::string text;
  for (const std::string& fault : layout_faults(ui.rects, ui.screen)) text += fault + "\n";
  return text;
}

constexpr std::string_view kTwoReadsAndAMark =
    "qs1:7;@0 send=read 16 file=A;@0 send=write 32 file=A;@0 send=read 64 file=B;"
    "@0~ask(R1) order R1=forward waiting;@2000~ask(W1) order W1=mark";
constexpr std::string_view kBreak =
    "qs1:7;@0 send=read 16 file=A;@0~ask(R1) order R1=mark;@0~ask(R1):2 order R1=complete "
    "STATUS_SUCCESS";

}  // namespace

TEST_CASE("panes: the first lesson at every event, in every tab, with nothing cut or overlapping") {
  TimelineDesk desk("01-first-request");
  Robot robot = desk.robot();
  desk.shared.selected = desk.find("R1");
  const size_t events = desk.trace().size();
  for (size_t i = 0; i <= events; ++i) {
    desk.timeline.tab = TimelineState::Tab(i % 4);
    desk.session->apply(cmd::Seek{double(i)});
    robot.frame();
    robot.frame();
    CAPTURE(i);
    CHECK(faults_of_timeline(robot.ui) == "");
  }
}

TEST_CASE("panes: every object of a sandbox run can be inspected at any moment") {
  TimelineDesk desk("sandbox", kTwoReadsAndAMark);
  Robot robot = desk.robot();
  std::vector<ObjectId> objects;
  for (const auto& [raw, name] : desk.trace().names()) objects.push_back(ObjectId(raw));
  const size_t events = desk.trace().size();
  for (size_t i = 0; i < objects.size(); ++i) {
    desk.session->apply(cmd::Seek{double((i * 37) % events)});
    desk.shared.selected = objects[i];
    robot.frame();
    robot.frame();
    CAPTURE(desk.trace().name(objects[i]));
    CHECK(faults_of_timeline(robot.ui) == "");
  }
}

TEST_CASE("panes: the line of the driver that runs is shown, in whichever file it is") {
  TimelineDesk desk("sandbox", kTwoReadsAndAMark);
  Robot robot = desk.robot();
  int shown = 0;
  for (size_t i = 0; i < desk.trace().size(); ++i) {
    const trace::Event& e = desk.trace()[i];
    if (e.code != trace::EventCode::Line) continue;
    desk.session->apply(cmd::Seek{double(i) + 1});
    robot.frame();
    robot.frame();
    CAPTURE(desk.trace().site_text(e.site));
    CHECK(robot.sees("line-" + std::to_string(e.site.line())));
    ++shown;
  }
  CHECK(shown > 20);
}

TEST_CASE("panes: a decision taken otherwise is a branch; the tree leads back") {
  TimelineDesk desk("sandbox", kTwoReadsAndAMark);
  Robot robot = desk.robot();
  TraceFacts facts;
  facts.update(desk.trace());
  REQUIRE_FALSE(facts.decisions().empty());
  const uint32_t choice = facts.decisions().back();
  const trace::Event& e = desk.trace()[choice];
  desk.session->apply(cmd::Seek{double(choice) + 1});
  desk.timeline.view = {double(choice) - 4, double(choice) + 5};
  robot.frame();
  robot.frame();
  robot.click("timeline/mark-" + std::to_string(choice + 1));
  int other = -1;
  for (size_t i = 0; i < desk.timeline.decision.threads.size(); ++i)
    if (desk.timeline.decision.threads[i].serial() != e.c) other = int(i);
  REQUIRE(other >= 0);
  CHECK(desk.timeline.decision.threads.size() == e.b);
  robot.key(std::to_string(other + 1));
  CHECK(desk.refused == "");
  REQUIRE(desk.session->branches().size() == 2);
  CHECK(desk.session->current_branch() == 1);
  robot.frame();
  CHECK(faults_of_timeline(robot.ui) == "");
  robot.click("branches/main#0");
  CHECK(desk.session->current_branch() == 0);
}

TEST_CASE("panes: a verifier break is explained, its line is lit, and Continue goes on") {
  TimelineDesk desk("sandbox", kBreak);
  Robot robot = desk.robot();
  desk.session->apply(cmd::Home{});
  desk.session->apply(cmd::RunTo{"violation", false});
  robot.frame();
  robot.frame();
  const BannerInfo info = banner_info(desk.session->moment());
  REQUIRE(info.shown);
  CHECK(info.can_continue);
  CHECK(robot.sees("explanation/continue"));
  CHECK(robot.sees("line-" + std::to_string(info.line.line())));
  CHECK(faults_of_timeline(robot.ui) == "");
  const double before = desk.session->position();
  robot.click("explanation/continue");
  CHECK(desk.refused == "");
  desk.session->tick(5);
  CHECK(desk.session->position() > before);
}

TEST_CASE("panes: the bookmark key marks the moment in the session") {
  TimelineDesk desk("01-first-request");
  Robot robot = desk.robot();
  desk.session->apply(cmd::Seek{70});
  robot.frame();
  robot.key("B");
  REQUIRE(desk.session->bookmarks().size() == 1);
  desk.session->apply(cmd::Seek{85});
  robot.frame();
  robot.frame();
  robot.click("timeline/mark-" + std::to_string(desk.session->bookmarks()[0].event));
  CHECK(desk.session->position() == 70);
  robot.key("B");  // and takes it away again
  CHECK(desk.session->bookmarks().empty());
}

TEST_CASE("panes: pictures of real runs are written where QS_PANES says" *
          doctest::skip(std::getenv("QS_PANES") == nullptr)) {
  const std::string folder = std::getenv("QS_PANES");
  for (const std::string_view theme : theme_names()) {
    TimelineDesk desk("sandbox", kTwoReadsAndAMark);
    TraceFacts facts;
    facts.update(desk.trace());
    desk.session->apply(cmd::PickThread{desk.trace()[facts.decisions().back()].a, 0});
    desk.session->apply(cmd::End{});
    desk.session->apply(cmd::Do{{sched::InputKind::Cancel, "W1", ""}});
    desk.session->apply(cmd::End{});
    desk.shared.selected = desk.find("W1");
    for (const auto tab : {TimelineState::requests, TimelineState::threads, TimelineState::queues,
                           TimelineState::log}) {
      desk.timeline.tab = tab;
      Robot robot = desk.robot(1440, 900, theme, Backend::headless);
      const std::string name =
          folder + "/real-" + std::to_string(int(tab)) + "-" + std::string(theme);
      REQUIRE(write_png(robot.picture(), name + ".png").ok());
    }
    TimelineDesk broken("sandbox", kBreak);
    broken.session->apply(cmd::Home{});
    broken.session->apply(cmd::RunTo{"violation", false});
    broken.shared.selected = broken.find("R1");
    Robot robot = broken.robot(1440, 900, theme, Backend::headless);
    REQUIRE(write_png(robot.picture(), folder + "/real-break-" + std::string(theme) + ".png").ok());
  }
}
