// The menu that is open: it is shown, leads from page to page, and says what was chosen.
#include <utility>

#include "ui/panes/stage/menu_request.h"
#include "ui/panes/verbs/verbs.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void open_object_menu(Ui& ui, MenuState& state, const Hit& hit, ObjectId object, MenuPage page) {
  open_menu(ui, hit);
  state = {object, page, page, {}, hit.id, ui.menu.at, ui.menu.by_keyboard, {}, {}};
}

void open_object_menu(Ui& ui, MenuState& state, Id owner, const Rect& below, ObjectId object,
                      MenuPage page) {
  const Point at{below.x, below.bottom() + ui.px(4)};
  const bool by_keyboard = ui.in.key != Key::none;
  open_menu(ui, owner, at, by_keyboard);
  state = {object, page, page, {}, owner, at, by_keyboard, {}, {}};
}

void open_list_menu(Ui& ui, MenuState& state, const Hit& hit, BuiltMenu list) {
  open_object_menu(ui, state, hit, {}, MenuPage::list);
  state.list = std::move(list);
}

namespace {

BuiltMenu built(const MenuState& state, const model::Model& model, const trace::Trace& trace,
                MenuRights rights) {
  if (state.page == MenuPage::list) return state.list;
  return build_menu(model, trace, state.object, state.page, rights);
}

void reopen(Ui& ui, MenuState& state, MenuPage page) {
  state.page = page;
  open_menu(ui, state.owner, state.at, state.by_keyboard);
}

}  // namespace

ObjectId object_menu(Ui& ui, MenuState& state, const model::Model& model, const trace::Trace& trace,
                     MenuRights rights, std::vector<session::Command>& out) {
  if (!state.owner || !menu_open(ui, state.owner)) return {};
  const BuiltMenu built_menu = built(state, model, trace, rights);
  if (built_menu.items.empty()) {
    close_menu(ui);
    return {};
  }
  std::vector<MenuEntry> entries;
  for (const MenuItem& item : built_menu.items) entries.push_back(item.entry);
  const MenuChoice choice = menu(ui, state.owner, built_menu.title, entries);
  if (!choice) {
    // Esc or Left on a second page leads back to the first; a click beside it closes all.
    const bool left = !menu_open(ui, state.owner) && ui.in.pressed < 0;
    if (left && state.page != state.first) reopen(ui, state, state.first);
    return {};
  }
  const MenuItem& item = built_menu.items[size_t(choice.index)];
  if (item.command) {
    out.push_back(*item.command);
  } else if (item.page == MenuPage::compare) {
    state.compare = state.object;
  } else if (item.page != MenuPage::main) {
    reopen(ui, state, item.page);
  } else if (item.line) {
    state.show = item.line;
  } else if (item.object) {
    return item.object;
  }
  return {};
}

HintedMove lit_move(const Ui& ui, const MenuState& state, const model::Model& model,
                    const trace::Trace& trace, MenuRights rights) {
  if (!state.owner || !menu_open(ui, state.owner) || ui.menu.lit < 0) return {};
  const BuiltMenu b = built(state, model, trace, rights);
  const auto lit = size_t(ui.menu.lit);
  if (lit >= b.items.size()) return {};
  return move_of(model, state.object, b.items[lit]);
}

}  // namespace qs::ui
