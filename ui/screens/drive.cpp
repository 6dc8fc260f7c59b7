#include "ui/screens/drive.h"

#include <algorithm>
#include <utility>

#include "session/programs.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

const std::vector<DriveSetup>& setups() {
  static const std::vector<DriveSetup> list = [] {
    std::vector<DriveSetup> found;
    for (const session::ProgramInfo& p : session::list_programs()) {
      if (!is_drive_program(p.name)) continue;
      // "Be the driver: a manual queue" is listed as "A manual queue".
      const size_t colon = p.title.find(": ");
      std::string title = colon == std::string::npos ? p.title : p.title.substr(colon + 2);
      if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = char(title[0] - 32);
      found.push_back({p.name, std::move(title)});
    }
    // The simplest first: the one named just like the mode.
    std::stable_sort(found.begin(), found.end(), [](const DriveSetup& a, const DriveSetup& b) {
      return a.program.size() < b.program.size();
    });
    return found;
  }();
  return list;
}

}  // namespace

bool is_drive_program(const std::string& program) {
  return program.rfind(DriveScreen::kProgram, 0) == 0;
}

void DriveScreen::begin(std::unique_ptr<session::Session> run, std::string named) {
  RunScreen::begin(std::move(run), std::move(named));
  panel = DriveState();
  front = Pane::side;
}

void DriveScreen::contexts(std::vector<Context>& out) const {
  RunScreen::contexts(out);
  if (session) out.push_back(Context::drive);
}

const char* DriveScreen::side_title() const { return tr("pane.moves"); }

bool DriveScreen::untouched() const {
  return session->branches().size() == 1 && session->branch().schedule == sched::Schedule();
}

void DriveScreen::draw_over(Ui& ui) {
  if (!untouched() || session->playing()) return first_.draw(ui, "");
  const std::string move = first_seen(ui, "drive/moves/move/");
  first_.draw(ui, move.empty() ? "drive/play" : move);
}

void DriveScreen::draw_side(Ui& ui, const Rect& whole_side, const session::Moment& moment) {
  const Rect rect = untouched() ? below_intro(ui, whole_side, tr("drive.intro")) : whole_side;
  const DrivePanelInput in{&moment, &setups(), session->program().name, settings().projector};
  const DriveAct act = draw_drive_panel(ui, rect, in, panel, shared, out_);
  if (act.restart) out_.push_back(session::cmd::ResetRun{});
  if (act.undo) {
    const size_t before = previous_question(*moment.trace, moment.event);
    if (before != SIZE_MAX) out_.push_back(session::cmd::Seek{double(before)});
  }
  if (act.scheduler) desk_.show = ScreenId::races, desk_.scheduler = true;
  if (act.setup >= 0) desk_.open = setups()[size_t(act.setup)].program;
}

void DriveScreen::passed(double before) { stop_at_question(*session, before); }

// What the run waited for: it goes on from there.
void DriveScreen::carry_out(const session::Command& command) {
  const auto* act = std::get_if<session::cmd::Do>(&command);
  if (!act) return RunScreen::carry_out(command);
  session::cmd::Do answer = *act;
  answer.answer = true;
  RunScreen::carry_out(answer);
}

}  // namespace qs::ui
