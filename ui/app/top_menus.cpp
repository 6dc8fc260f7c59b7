// The menus of the top bar: what a step is, which panes are shown, the appearance, and saving and
// sharing the run. Everything in them has a key as well; here it can be found without knowing it.
#include <functional>
#include <utility>

#include "ui/app/app.h"
#include "ui/app/theme_file.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

struct Item {
  MenuEntry entry;
  std::function<void()> act;
};

// A small icon at the right end of `row` with a menu under it.
void menu_button(Ui& ui, Rect& row, const char* name, const char* sign, const char* title,
                 const std::function<std::vector<Item>()>& items) {
  ButtonStyle style;
  style.look = ButtonLook::quiet;
  const float side = ui.px(32);
  const Rect r = aligned(cut_right(row, side, ui.px(8)), side, side, 0, 0.5f);
  const Hit hit = icon_button(ui, r, name, sign, title, style);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return;
  const std::vector<Item> all = items();
  std::vector<MenuEntry> entries;
  for (const Item& i : all) entries.push_back(i.entry);
  if (const MenuChoice c = menu(ui, hit.id, title, entries)) all[size_t(c.index)].act();
}

// The names of a step, in the order of cmd::By.
struct StepWords {
  session::cmd::By by;
  const char* brief;
  const char* full;
  Action key;
};
std::vector<StepWords> step_words() {
  using By = session::cmd::By;
  return {{By::Event, tr("step.event"), tr("step.event_full"), Action::step_forward},
          {By::Line, tr("step.line"), tr("step.line_full"), Action::none},
          {By::Call, tr("step.call"), tr("step.call_full"), Action::call_forward},
          {By::Hop, tr("step.hop"), tr("step.hop_full"), Action::hop_forward},
          {By::Callback, tr("step.callback"), tr("step.callback_full"), Action::callback_forward},
          {By::Detail, tr("step.detail"), tr("step.detail_full"), Action::expand}};
}

// One theme or the other; the first has the key that goes through them.
std::vector<Item> theme_items(Settings& settings, const std::string& key) {
  std::vector<Item> all;
  const std::pair<const char*, const char*> themes[] = {
      {"dark", tr("view.dark")}, {"light", tr("view.light")}, {"contrast", tr("view.contrast")}};
  for (const auto& [name, words] : themes) {
    Item i;
    i.entry.label = words;
    i.entry.checked = settings.theme == name;
    if (all.empty()) i.entry.key = key;
    i.act = [&settings, theme = std::string(name)] { settings.theme = theme; };
    all.push_back(i);
  }
  return all;
}

}  // namespace

float App::step_menu_width(Ui& ui) const {
  float most = 0;
  for (const StepWords& s : step_words())
    most = std::max(most, text_width(ui.fonts->small_bold, s.brief));
  return most + text_width(ui.fonts->small_bold, "  ▾") + ui.px(20);
}

void App::draw_step_menu(Ui& ui, const Rect& rect) {
  const std::vector<StepWords> all = step_words();
  std::vector<MenuEntry> entries;
  std::string label;
  for (const StepWords& s : all) {
    const bool on = s.by == step_by();
    if (on) label = std::string(s.brief) + "  ▾";
    MenuEntry e;
    e.label = s.full;
    // The arrow keys make the chosen step; the fixed keys of the others are shown here.
    if (s.key != Action::step_forward && s.key != Action::none) e.key = ui.keymap->key_text(s.key);
    e.checked = on;
    entries.push_back(e);
  }
  ButtonStyle style;
  style.font = &ui.fonts->small_bold;
  style.reason = tr("step.title");
  const Hit hit = button(ui, rect, "transport/unit", label, style);
  if (hit.clicked) open_menu(ui, hit.id, {rect.x, rect.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return;
  if (const MenuChoice c = menu(ui, hit.id, tr("step.title"), entries))
    settings.step = int(all[size_t(c.index)].by);
}

// The way back from a maximized pane.
void App::draw_all_panes(Ui& ui, Rect& row) {
  const std::string label = tr("pane.all"), k = ui.keymap->key_text(Action::back);
  const float w = button_width(ui, label), h = ui.px(32);
  if (w + ui.px(8) > row.w) return;
  ButtonStyle style;
  style.key = k.c_str();
  const Rect r = aligned(cut_right(row, w, ui.px(8)), w, h, 0, 0.5f);
  if (button(ui, r, "mode/all-panes", label, style).clicked) whole = Pane::none;
}

// Which panes are shown: each may be hidden, and one may be maximized.
void App::draw_panes_button(Ui& ui, Rect& row) {
  menu_button(ui, row, "mode/panes", icon::columns, tr("pane.menu"), [&] {
    std::vector<Item> all;
    for (Pane p : kPanes) {
      if (p == Pane::stage) continue;
      Item i;
      i.entry.label = pane_title(p);
      i.entry.checked = !(settings.folded & pane_bit(p));
      i.act = [this, p] { settings.folded ^= pane_bit(p); };
      all.push_back(i);
    }
    for (Pane p : kPanes) {
      Item i;
      i.entry.label = trf("pane.only", pane_title(p));
      i.entry.checked = whole == p;
      i.entry.separator = p == kPanes[0];
      i.act = [this, p] { whole = whole == p ? Pane::none : p; };
      all.push_back(i);
    }
    return all;
  });
}

// Appearance; in a narrow window, also saving and sharing under the same icon.
void App::draw_view_button(Ui& ui, Rect& row, bool running, bool narrow) {
  const auto key = [&](Action a) { return ui.keymap->key_text(a); };
  const auto press = [&ui](Action a) { return [&ui, a] { ui.inject(a); }; };
  const auto looks = [&] {
    std::vector<Item> all = theme_items(settings, key(Action::theme_next));
    all[0].entry.separator = narrow && running;
    const auto add = [&](Action a, bool checked, bool separator = false) {
      Item i;
      i.entry.label = tr_action(a);
      i.entry.key = key(a);
      i.entry.checked = checked;
      i.entry.separator = separator;
      i.act = press(a);
      all.push_back(i);
    };
    add(Action::scale_up, false, true);
    add(Action::scale_down, false);
    add(Action::scale_reset, settings.scale == 1);
    add(Action::projector, settings.projector, true);
    add(Action::reduced_motion, settings.reduced_motion);
    add(Action::tooltips, settings.tooltips);
    add(Action::fullscreen, fullscreen);
    return all;
  };
  const auto sharing = [&] {
    std::vector<Item> all;
    const auto add = [&](const char* words, std::string k, std::function<void()> act,
                         bool separator = false) {
      Item i;
      i.entry.label = words;
      i.entry.key = std::move(k);
      i.entry.separator = separator;
      i.act = std::move(act);
      all.push_back(i);
    };
    add(tr("export.picture"), key(Action::picture), press(Action::picture));
    add(tr("export.picture2"), "", [this] { picture_wanted = 2; });
    add(tr("export.picture3"), "", [this] { picture_wanted = 3; });
    add(tr("export.trace"), key(Action::save), press(Action::save), true);
    const std::pair<const char*, ExportKind> files[] = {
        {tr("export.perfetto"), ExportKind::perfetto},
        {tr("export.mermaid"), ExportKind::mermaid},
        {tr("export.json"), ExportKind::json}};
    for (const auto& [words, kind] : files)
      add(words, "", [this, &ui, kind = kind] { save_run(ui, kind); });
    add(tr_action(Action::copy_schedule), key(Action::copy_schedule), press(Action::copy_schedule),
        true);
    add(tr_action(Action::paste_schedule), key(Action::paste_schedule),
        press(Action::paste_schedule));
    add(tr_action(Action::open), key(Action::open), press(Action::open));
    return all;
  };
  if (running && narrow)
    return menu_button(ui, row, "mode/view", icon::bars, tr("view.both"), [&] {
      std::vector<Item> all = sharing();
      for (Item& i : looks()) all.push_back(std::move(i));
      return all;
    });
  menu_button(ui, row, "mode/view", icon::sliders, tr("view.title"), looks);
  if (running) menu_button(ui, row, "mode/save", icon::save, tr("view.share"), sharing);
}

}  // namespace qs::ui
