#include "ui/app/help.h"

#include "ui/screens/sandbox.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// All keys of an action: "Space  .".
std::vector<std::string> keys_of(const Keymap& keymap, Action action) {
  std::vector<std::string> out;
  for (const Chord& c : keymap.chords(action)) out.push_back(chord_text(c));
  return out;
}

const char* heading_of(Context context) {
  switch (context) {
    case Context::transport: return tr("help.run");
    case Context::sandbox: return tr("help.act");
    case Context::klass: return tr("help.remote");
    case Context::menu: return tr("help.menus");
    case Context::drive: return tr("help.drive");
    case Context::question: return tr("help.question");
    default: return tr("help.window");
  }
}

// One line: its keys, then what they do. `cell` is one line high.
void draw_line(Ui& ui, Rect cell, Action action, std::string_view words) {
  Rect keys = cut_left(cell, ui.px(142), ui.px(8));
  cell.w -= ui.px(10);  // clear of the next column
  for (const std::string& text : keys_of(*ui.keymap, action)) {
    if (text_width(ui.fonts->mono_small, text) + ui.px(14) > keys.w) break;
    cut_left(keys, key_cap(ui, {keys.x, keys.center().y}, text), ui.px(5));
  }
  LabelStyle small{&ui.fonts->small};
  small.may_cut = true;
  label(ui, cell, words, small);
}

// The digits are named after what they set up.
std::string words_of(Action action) {
  if (action < Action::preset_1 || action > Action::preset_0) return tr_action(action);
  const int digit = (int(action) - int(Action::preset_1) + 1) % 10;
  const session::Preset* preset = preset_of_key(digit);
  return preset ? preset->title : tr_action(action);
}

// What the mouse does on the timeline and in the code: gestures that nothing on screen shows.
void draw_mouse(Ui& ui, Rect& r) {
  label(ui, cut_top(r, ui.px(26), ui.px(4)), tr("help.mouse"), {&ui.fonts->bold, ui.theme->prompt});
  const std::pair<const char*, const char*> lines[] = {
      {tr("help.wheel"), tr("help.wheel_does")},   {tr("help.side"), tr("help.side_does")},
      {tr("help.drag"), tr("help.drag_does")},     {tr("help.pan"), tr("help.pan_does")},
      {tr("help.twice"), tr("help.twice_does")},   {tr("help.number"), tr("help.number_does")},
      {tr("help.gutter"), tr("help.gutter_does")}, {tr("help.right"), tr("help.right_does")}};
  for (const auto& [what, does] : lines) {
    const Rect line{r.x + ui.px(196), r.y, r.w - ui.px(196), 1e6f};
    const LabelStyle small{&ui.fonts->small};
    label(ui, {r.x, r.y, ui.px(186), ui.px(22)}, what, {&ui.fonts->small_bold, ui.theme->text_dim});
    const float h = std::max(ui.px(24), paragraph(ui, moved(line, 0, ui.px(2)), does, small));
    cut_top(r, h, ui.px(4));
  }
}

}  // namespace

void draw_help(Ui& ui, HelpSheet& sheet) {
  if (!sheet.dialog.open) return;
  Dialog dialog(ui, sheet.dialog, "help", tr("help.title"), 860, 640);
  if (dialog.fresh()) ui.focus(ui.id("keys"), false);  // so that keys scroll it
  Rect page = dialog.inner();
  page.x -= ui.px(8);  // room for the focus ring
  page.w += ui.px(12);
  ScrollArea area(ui, page, "keys", sheet.scroll);
  Rect r = area.content();
  cut_left(r, ui.px(8));
  const float top = r.y, line = ui.px(28);
  const int columns = r.w > ui.px(640) ? 2 : 1;
  for (const Context context : {Context::transport, Context::question, Context::sandbox,
                                Context::drive, Context::global, Context::klass, Context::menu}) {
    std::vector<Action> actions;
    for (int i = 1; i < int(Action::count); ++i)
      if (action_context(Action(i)) == context && !ui.keymap->chords(Action(i)).empty())
        actions.push_back(Action(i));
    r.h = 1e6f;
    label(ui, cut_top(r, ui.px(26), ui.px(4)), heading_of(context),
          {&ui.fonts->bold, ui.theme->prompt});
    const int rows = (int(actions.size()) + columns - 1) / columns;
    const Rect block = cut_top(r, line * float(rows), ui.px(14));
    for (int i = 0; i < int(actions.size()); ++i)
      draw_line(ui,
                {block.x + block.w / float(columns) * float(i / rows),
                 block.y + line * float(i % rows), block.w / float(columns), line},
                actions[size_t(i)], words_of(actions[size_t(i)]));
  }
  draw_mouse(ui, r);
  area.end(r.y - top);
}

}  // namespace qs::ui
