// What is done to the run from this window: the panel of verbs, and taking back what made a branch.
#include <utility>

#include "ui/app/app.h"
#include "ui/panes/verbs/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

MenuRights App::rights() const {
  MenuRights rights;
  rights.orders = session->program().takes_orders;
  rights.inputs = rights.orders || classroom;
  return rights;
}

VerbsInput App::verbs_input(Ui& ui, const session::Moment& moment, const Rect& rect) {
  VerbsInput in{ui, moment, shared, stage.menu, rect, {}, rights()};
  in.object = verbs_subject(*moment.after, shared.selected, inspected);
  in.projector = settings.projector;
  return in;
}

// Switches and acts say which branch they made, with the way back.
void App::act(Ui& ui, session::Command command) {
  auto* does = std::get_if<session::cmd::Do>(&command);
  if (drive && does) does->answer = true;  // what the run waited for: it goes on from there
  const size_t branch = session->current_branch();
  const double position = session->position();
  const std::string why = session->apply(command);
  if (!why.empty()) return say(ui, why);
  const bool acts = does || std::holds_alternative<session::cmd::SwitchDispatch>(command) ||
                    std::holds_alternative<session::cmd::SetOverride>(command) ||
                    std::holds_alternative<session::cmd::PickThread>(command);
  if (!acts || session->current_branch() == branch) return;
  say(ui, trf("app.new_branch", session->branch().label));
  undo = {session.get(), branch, position};
}

// In the palette: what can be done with what is shown.
void App::add_verbs(std::vector<PaletteEntry>& out) {
  const session::Moment m = session->moment();
  const ObjectId object = verbs_subject(*m.after, shared.selected, inspected);
  for (Verb& verb : verbs_of(*m.after, *m.trace, object, rights()).verbs) {
    PaletteEntry e;
    e.kind = PaletteEntry::verb;
    e.label = verb.label + " · " + m.trace->name(object);
    e.hint = verb.reason.empty() ? verb.call : trf("menu.not_now", verb.reason);
    e.object = object;
    e.name = verb.name;
    out.push_back(std::move(e));
  }
}

void App::do_verb(Ui& ui, const PaletteEntry& entry) {
  const session::Moment m = session->moment();
  for (const Verb& verb : verbs_of(*m.after, *m.trace, entry.object, rights()).verbs) {
    if (verb.name != entry.name) continue;
    if (!verb.reason.empty()) return say(ui, trf("menu.not_now", verb.reason));
    if (verb.command) return act(ui, *verb.command);
    const Rect middle = rect_around(ui.screen.center(), ui.px(200), ui.px(40));
    return open_object_menu(ui, stage.menu, ui.id("menu"), middle, entry.object, verb.page);
  }
}

bool App::can_undo() const { return undo.session && undo.session == session.get(); }

void App::take_back(Ui& ui) {
  if (!can_undo()) return;
  const Undo back = std::exchange(undo, {});
  session->apply(session::cmd::ShowBranch{back.branch});
  session->apply(session::cmd::Seek{back.position});
  say(ui, trf("app.undone", session->branch().label));
  ui.wake_in(0);
}

}  // namespace qs::ui
