// The modes besides lesson and sandbox: comparing dispatch modes, and being the driver.
#include <algorithm>

#include "session/programs.h"
#include "ui/app/app.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

constexpr const char* kDrivePrograms = "be-the-driver";

const std::vector<DriveSetup>& setups() {
  static const std::vector<DriveSetup> list = [] {
    std::vector<DriveSetup> found;
    for (const session::ProgramInfo& p : session::list_programs()) {
      if (!is_drive_program(p.name)) continue;
      // "Be the driver: one at a time" is listed as "one at a time".
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

bool is_drive_program(const std::string& program) { return program.rfind(kDrivePrograms, 0) == 0; }

bool App::playing() const { return compare ? compare->playing : session && session->playing(); }

// Without a run, the first preset: three reads, one at a time.
void App::open_compare(ObjectId queue) {
  if (!session || screen != Screen::run) {
    open_named("sandbox");
    if (!session || screen != Screen::run) return;
    for (const session::Preset& p : presets)
      if (p.key == 1) session->apply(session::cmd::LoadSetup{p});
  }
  session->apply(session::cmd::Pause{});
  compare = std::make_unique<CompareState>();
  begin_compare(*compare, *session, queue);
}

void App::open_drive() {
  const bool asks = session && screen == Screen::run && session->program().takes_orders;
  if (!asks) return open_named(kDrivePrograms);
  compare.reset();
  drive = std::make_unique<DriveState>();
  front = Pane::side;
}

void App::mode_keys(Ui& ui) {
  if (ui.action(Action::mode_driver)) {
    compare.reset();
    if (!drive || screen != Screen::run) open_named(kDrivePrograms);
  }
  if (ui.action(Action::mode_compare)) {
    if (compare && screen == Screen::run)
      compare.reset();
    else
      open_compare({});
  }
  if (!compare || screen != Screen::run) return;
  if (ui.action(Action::first_difference)) go_to_difference(*compare);
  if (ui.action(Action::back)) compare.reset();
}

void App::draw_compare_page(Ui& ui, const Rect& page) {
  const CompareAct act = draw_compare(ui, page, *session, *compare, shared, settings.projector);
  if (act.open) {
    compare.reset();
    // The same run in the window: a branch, unless it is the current one.
    const std::string why = session->apply(*act.open);
    (void)why;  // "is so already": it is on screen anyway
    session->apply(session::cmd::Seek{double(act.event)});
  }
  if (act.leave) compare.reset();
  if (act.open || act.leave) ui.wake_in(0);
}

void App::draw_drive_side(Ui& ui, const Rect& rect, const session::Moment& moment,
                          std::vector<session::Command>& out) {
  const DrivePanelInput in{&moment, &setups(), session->program().name, settings.projector};
  const DriveAct act = draw_drive_panel(ui, rect, in, *drive, shared, out);
  if (act.restart) out.push_back(session::cmd::ResetRun{});
  if (act.undo) {
    const size_t before = previous_question(*moment.trace, moment.event);
    if (before != SIZE_MAX) out.push_back(session::cmd::Seek{double(before)});
  }
  if (act.setup >= 0) next_setup = setups()[size_t(act.setup)].program;
}

}  // namespace qs::ui
