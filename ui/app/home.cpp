// The home page: every lesson, the first of them one key away, and the sandbox.
#include "ui/app/app.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/prose.h"
#include "ui/widgets/strings.h"

namespace qs::ui {

void App::draw_home(Ui& ui, Rect page) {
  page = inset(page, ui.px(28), ui.px(24));
  std::vector<ProgramInfo> all = list_programs();
  const ProgramInfo* first = nullptr;
  for (const ProgramInfo& p : all)
    if (!p.number.empty() && !first) first = &p;

  Rect head = cut_top(page, ui.px(128), ui.px(20));
  {
    Panel panel(ui, head, "home/continue");
    Rect r = inset(head, ui.px(28), ui.px(20));
    fill(ui, Rect{head.x, head.y, ui.px(6), head.h}, ui.theme->accent);
    Rect go = aligned(cut_right(r, ui.px(150), ui.px(16)), ui.px(150), ui.px(44), 1, 0.5f);
    LabelStyle small;
    small.font = &ui.fonts->small_bold;
    small.color = ui.theme->accent;
    label(ui, cut_top(r, ui.px(20)), tr("home.start"), small);
    LabelStyle big;
    big.font = &ui.fonts->huge;
    big.may_cut = true;
    if (first) label(ui, cut_top(r, ui.px(36)), first->number + "  " + first->title, big);
    LabelStyle dim;
    dim.color = ui.theme->text_dim;
    dim.may_cut = true;
    label(ui, cut_top(r, ui.px(24)), tr("home.hint"), dim);
    ButtonStyle style;
    style.look = ButtonLook::primary;
    style.key = "Enter";
    const bool enter = ui.in.key == Key::enter && ui.focused() == 0;
    if (button(ui, go, "home/go", tr("home.go"), style).clicked || (enter && first))
      if (first) open_named(first->name);
  }
  Panel panel(ui, page, "home/lessons");
  Rect r = inset(page, ui.px(24), ui.px(18));
  LabelStyle title;
  title.font = &ui.fonts->title;
  label(ui, cut_top(r, ui.px(30), ui.px(8)), tr("home.lessons"), title);
  for (const ProgramInfo& p : all) {
    if (r.h < ui.px(48)) break;
    Rect line = cut_top(r, ui.px(44), ui.px(8));
    Hit hit = row(ui, line, "home/" + p.name, p.title, false);
    Rect inner = inset(line, ui.px(16), 0);
    LabelStyle dim;
    dim.color = ui.theme->text_dim;
    label(ui, cut_left(inner, ui.px(48)), p.number, dim);
    LabelStyle cut;
    cut.may_cut = true;
    label(ui, inner, p.title, cut);
    if (hit.clicked) {
      open_named(p.name);
      return;
    }
  }
}

}  // namespace qs::ui
