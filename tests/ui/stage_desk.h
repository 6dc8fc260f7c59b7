// A stage alone with a real run, for tests: its menus act on the session. Used by the stage's
// tests.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "session/programs.h"
#include "ui/panes/stage/stage.h"
#include "ui/panes/verbs/panel.h"
#include "ui/robot.h"
#include "ui/toolkit/controls/tooltip.h"

namespace qs::ui {

struct StageDesk {
  std::unique_ptr<session::Session> session;
  UiState shared;
  StageState state;
  std::string refused;  // the last answer of the session
  bool at_dispatch = false;

  explicit StageDesk(std::string_view what) {
    auto program = session::load_program(what);
    REQUIRE_MESSAGE(program.ok(), program.error().text());
    session = std::make_unique<session::Session>(*program);
  }
  void draw(Ui& ui) {
    fill(ui, ui.screen, ui.theme->background);
    shared.begin_frame();
    std::vector<session::Command> commands;
    const session::Moment moment = session->moment();
    StageInput in{ui, moment, shared, state, snapped(inset(ui.screen, ui.px(6)))};
    in.can_act = in.takes_orders = session->program().takes_orders;
    in.at_dispatch = at_dispatch;
    if (session->program().driver) in.files = session->program().driver->sources();
    draw_stage(in, commands);
    VerbsInput verbs{ui, moment, shared, state.menu, in.rect, {}, {in.can_act, in.can_act}};
    verbs.object = verbs_subject(*moment.after, shared.selected, {});
    take_verb_keys(verbs, in.rect, commands);
    draw_stage_menu(in, commands);
    draw_tooltip(ui);
    for (const session::Command& c : commands) {
      refused = session->apply(c);
      ui.wake_in(0);
    }
  }
  Robot robot(int w = 900, int h = 600, float scale = 1, std::string_view theme = "dark",
              Backend backend = Backend::null_host) {
    return Robot(
        [this](Ui& ui) {
          ui.contexts = {Context::global, Context::transport, Context::sandbox};
          draw(ui);
        },
        w, h, scale, theme, backend);
  }
  const model::Model& now() { return *session->moment().after; }
  const model::RequestView* request(std::string_view name) {
    return now().request(session::find_object(*session->moment().trace, name, ObjectKind::Request));
  }
  void end() { session->apply(session::cmd::End{}); }
};

}  // namespace qs::ui
