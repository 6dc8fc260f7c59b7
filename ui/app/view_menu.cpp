// The menus of the top bar that every screen has: the appearance, and saving and sharing the run.
// Everything in them has a key as well; here it can be found without knowing it.
#include <functional>
#include <utility>

#include "session/link.h"
#include "ui/app/app.h"
#include "ui/screens/bar_menu.h"
#include "ui/toolkit/core/theme_file.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// One theme or the other; the first has the key that goes through them.
std::vector<BarItem> theme_items(Settings& settings, const std::string& key) {
  std::vector<BarItem> all;
  const std::pair<const char*, const char*> themes[] = {
      {"dark", tr("view.dark")}, {"light", tr("view.light")}, {"contrast", tr("view.contrast")}};
  for (const auto& [name, words] : themes) {
    BarItem i;
    i.entry.label = words;
    i.entry.checked = settings.theme == name;
    if (all.empty()) i.entry.key = key;
    i.act = [&settings, theme = std::string(name)] { settings.theme = theme; };
    all.push_back(i);
  }
  return all;
}

}  // namespace

// Appearance; in a narrow window, also saving and sharing under the same icon.
void App::draw_view_menu(Ui& ui, Rect& row, bool narrow) {
  const bool running = session() != nullptr;
  Settings& settings = desk.settings;
  const auto key = [&](Action a) { return ui.keymap->key_text(a); };
  const auto press = [&ui](Action a) { return [&ui, a] { ui.inject(a); }; };
  const auto looks = [&] {
    std::vector<BarItem> all = theme_items(settings, key(Action::theme_next));
    all[0].entry.separator = narrow && running;
    const auto add = [&](Action a, bool checked, bool separator = false) {
      BarItem i;
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
    std::vector<BarItem> all;
    const auto add = [&](const char* words, std::string k, std::function<void()> act,
                         bool separator = false) {
      BarItem i;
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
    for (const auto& [words, kind] : files) add(words, "", [this, kind = kind] { save_run(kind); });
    add(
        tr("view.copy_link"), "", [this, &ui] { copy_link(ui); }, true);
    add(tr("class.menu"), "", [this] { class_wanted = true; });
    add(tr_action(Action::copy_schedule), key(Action::copy_schedule), press(Action::copy_schedule));
    add(tr_action(Action::paste_schedule), key(Action::paste_schedule),
        press(Action::paste_schedule));
    add(tr_action(Action::open), key(Action::open), press(Action::open));
    return all;
  };
  if (running && narrow)
    return bar_menu(ui, row, "mode/view", icon::bars, tr("view.both"), [&] {
      std::vector<BarItem> all = sharing();
      for (BarItem& i : looks()) all.push_back(std::move(i));
      return all;
    });
  bar_menu(ui, row, "mode/view", icon::sliders, tr("view.title"), looks);
  if (running) bar_menu(ui, row, "mode/save", icon::save, tr("view.share"), sharing);
}

// The run that is shown, at this moment, as a link for someone else's window or browser.
session::Link App::link_here() {
  session::Link link;
  if (!session()) return link;
  link.program = session()->program().name;
  link.schedule = session()->schedule_text();
  const session::Moment moment = session()->moment();
  link.at = moment.event;
  const ObjectId selected = run()->shared.selected;
  if (selected) link.selected = moment.trace->name(selected);
  return link;
}

void App::copy_link(Ui& ui) {
  if (!session() || !ui.set_clipboard) return;
  const ClassRoom& room = class_sheet.room;
  ui.set_clipboard(
      ui.clipboard_owner,
      session::print_link(link_here(), room.is_open() ? room.url() : session::link_address()));
  message.say(tr("view.link_copied"), ui.now);
}

// Whoever follows sees where this window is, and may answer the question that it asks.
void App::tell_class() {
  if (!class_sheet.room.is_open()) return;
  if (session()) class_sheet.room.tell(session::print_link(link_here(), ""));
  class_sheet.question.clear();
  class_sheet.options.clear();
  if (shown_ == ScreenId::lesson && lesson.classroom && lesson.classroom->is_asking()) {
    const lesson::Beat& beat = lesson.classroom->tutor.beat();
    class_sheet.question = beat.question;
    for (const lesson::BeatOption& o : beat.options) class_sheet.options.push_back(o.text);
  }
  class_sheet.room.ask(prose_plain(class_sheet.question), class_sheet.options);
}

}  // namespace qs::ui
