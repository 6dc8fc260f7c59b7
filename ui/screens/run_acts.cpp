// What is done to a run: the panel of verbs, and taking back what made a branch.
#include <utility>

#include "ui/screens/run.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

MenuRights RunScreen::rights() const {
  MenuRights rights;
  rights.orders = session->program().takes_orders;
  rights.inputs = can_act();
  return rights;
}

ObjectId RunScreen::acted_on(const session::Moment& moment) {
  find_inspected(moment);
  return verbs_subject(*moment.after, shared.selected, inspected_);
}

VerbsInput RunScreen::verbs_input(Ui& ui, const session::Moment& moment, const Rect& rect) {
  VerbsInput in{ui, moment, shared, stage.menu, rect, {}, rights()};
  in.object = acted_on(moment);
  in.projector = settings().projector;
  in.memory = &verbs_;
  return in;
}

void RunScreen::carry_out(const session::Command& command) {
  namespace cmd = session::cmd;
  const auto* load = std::get_if<cmd::LoadSchedule>(&command);
  const size_t branch = session->current_branch();
  if (const std::string why = session->apply(command); !why.empty()) return desk_.say(why);
  const bool acts = std::holds_alternative<cmd::Do>(command) ||
                    std::holds_alternative<cmd::SwitchDispatch>(command) ||
                    std::holds_alternative<cmd::SetOverride>(command) ||
                    std::holds_alternative<cmd::PickThread>(command) ||
                    (load && !load->label.empty());
  if (!acts || session->current_branch() == branch) return;
  desk_.say(trf("app.new_branch", session->branch().label));
  desk_.offers_undo = true;
}

void RunScreen::do_verb(Ui& ui, ObjectId object, const std::string& name) {
  const session::Moment m = session->moment();
  for (const Verb& verb : verbs_of(*m.after, *m.trace, object, rights()).verbs) {
    if (verb.name != name) continue;
    if (!verb.reason.empty()) return desk_.say(trf("menu.not_now", verb.reason));
    if (verb.item.command) return carry_out(*verb.item.command);
    const Rect middle = rect_around(ui.screen.center(), ui.px(200), ui.px(40));
    return open_object_menu(ui, stage.menu, ui.id("menu"), middle, object, verb.item.page);
  }
}

bool RunScreen::can_take_back() const {
  return session && session->branch().parent != session->branch().id;
}

void RunScreen::take_back(Ui& ui) {
  if (!can_take_back()) return;
  // A branch keeps its playhead: where this one was made.
  session->apply(session::cmd::ShowBranch{session->branch().parent});
  session->apply(session::cmd::Pause{});
  desk_.say(trf("app.undone", session->branch().label));
  desk_.offers_undo = true;
  ui.wake_in(0);
}

}  // namespace qs::ui
