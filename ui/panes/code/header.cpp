// The head of the code pane: the file, the stops, and where the running thread is.
#include "trace/events/words.h"
#include "ui/panes/code/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::code_pane {
namespace {

std::string processor_words(const session::Moment& m, const trace::ShownNames* names) {
  const ObjectId id = current_thread(m);
  const model::ThreadView* t = m.after->thread(id);
  if (!t) return {};
  const auto& options = m.after->options;
  const size_t cpus = size_t(trace::RunOption::Processors);
  const bool one = options.size() <= cpus || options[cpus] <= 1;
  const std::string name = trace::shown_name(*m.trace, id, names);
  return one ? trf("code.where_cpu", name, trace::irql_words(t->irql))
             : trf("code.where", name, trace::irql_words(t->irql));
}

// How many places stop a run, and a menu of them.
void draw_stops(CodeFrame& p, Rect& bar) {
  Ui& ui = p.ui;
  Breakpoints& b = p.shared.breakpoints;
  if (b.empty()) return;
  const std::vector<std::string> all = b.describe();
  const std::string text = std::string(icon::flag) + " " + std::to_string(all.size());
  const Rect r = cut_right(bar, text_width(ui.fonts->small, text) + ui.px(14), ui.px(6));
  ButtonStyle style;
  style.look = ButtonLook::quiet;
  style.font = &ui.fonts->small;
  style.reason = tr("code.stops");
  const Hit hit = button(ui, r, "stops", text, style);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  p.stops_menu = hit.id;
}

}  // namespace

void stops_menu(CodeFrame& p) {
  Breakpoints& b = p.shared.breakpoints;
  if (!menu_open(p.ui, p.stops_menu)) return;
  std::vector<MenuEntry> entries;
  const auto key = [&](Action a) { return p.ui.keymap ? p.ui.keymap->key_text(a) : std::string(); };
  entries.push_back({.label = tr("code.run_forward"), .key = key(Action::run_forward)});
  entries.push_back({.label = tr("code.run_back"), .key = key(Action::run_back)});
  const std::vector<std::string> all = b.describe();
  for (size_t i = 0; i < all.size(); ++i)
    entries.push_back({.label = all[i], .separator = i == 0, .checked = true});
  entries.push_back({.label = tr("code.no_stops"), .separator = true});
  const MenuChoice choice = menu(p.ui, p.stops_menu, tr("code.stops"), entries);
  if (!choice) return;
  if (choice.index < 2) {
    run_to_stop(p.m(), p.shared, choice.index == 1, p.out);
  } else if (size_t(choice.index) < all.size() + 2) {
    b.stops.erase(b.stops.begin() + (choice.index - 2));
  } else {
    b = {};
  }
}

void draw_header(CodeFrame& p, Rect bar) {
  Ui& ui = p.ui;
  const std::string where = processor_words(p.m(), p.shared.names);
  const Font& small = ui.fonts->small;
  const float need = text_width(small, where) + ui.px(4);
  float tabs_width = 0;
  std::vector<std::string_view> names;
  for (const EmbeddedFile& f : p.in.files) {
    names.push_back(short_name(f.name));
    tabs_width += text_width(ui.fonts->bold, names.back()) + ui.px(28);
  }
  draw_stops(p, bar);
  const bool fits = bar.w >= need + std::min(tabs_width, ui.px(90)) + ui.px(8);
  if (!where.empty() && fits)
    label(ui, cut_right(bar, need, ui.px(8)), where, {&small, ui.theme->text_dim, Align::right});
  if (names.size() == 1) {
    label(ui, bar, names[0], {&ui.fonts->bold, ui.theme->text, Align::left, true});
  } else if (tabs_width <= bar.w) {
    const int picked = tabs(ui, bar, "file", names, p.st.file);
    if (picked >= 0) p.st.file = picked, p.st.scroll.y = 0;
  } else {  // many files: one after the other
    const float side = ui.px(26);
    ButtonStyle quiet;
    quiet.look = ButtonLook::quiet;
    const int n = int(names.size());
    const Hit next = icon_button(ui, cut_right(bar, side), "next", icon::chevron_right,
                                 tr("code.next_file"), quiet);
    const Hit back = icon_button(ui, cut_right(bar, side), "back", icon::chevron_left,
                                 tr("code.previous_file"), quiet);
    if (next.clicked) p.st.file = (p.st.file + 1) % n, p.st.scroll.y = 0;
    if (back.clicked) p.st.file = (p.st.file + n - 1) % n, p.st.scroll.y = 0;
    label(ui, bar, names[size_t(p.st.file)], {&ui.fonts->bold, ui.theme->text, Align::left, true});
  }
}

}  // namespace qs::ui::code_pane
