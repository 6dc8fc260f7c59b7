#include "ui/panes/lesson/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

std::string focus_record(const std::string& words) {
  const size_t space = words.find(' ');
  const std::string kind = words.substr(0, space);
  const std::string name = space == std::string::npos ? "" : words.substr(space + 1);
  if (kind == "device") return "stage/device/" + (name.empty() ? std::string("Device") : name);
  if (!name.empty()) return "stage/" + name;
  if (kind == "done") return "stage/done";
  return kind;  // a pane: code, timeline, inspector
}

const ItemRecord* focus_shown(const Rects& rects, const std::string& words) {
  const std::string name = focus_record(words);
  const auto seen = [](const ItemRecord* r) { return r && !r->visible.empty() ? r : nullptr; };
  if (const ItemRecord* r = seen(rects.find(name))) return r;
  constexpr std::string_view stage = "stage/";
  if (words == "code") return seen(rects.find(tr("pane.code")));
  if (words == "inspector") return seen(rects.find(tr("pane.inspector")));
  if (!name.starts_with(stage)) return nullptr;
  // In a stage that scrolls; a handler also by the queue or the thread that it runs for.
  const std::string inside = "/" + name.substr(stage.size());
  const bool handler = words.starts_with("handler ");
  const ItemRecord* pile = nullptr;
  for (const ItemRecord& r : rects.all()) {
    const std::string_view path = rects.name(r);
    if (r.visible.empty() || !path.starts_with(stage)) continue;
    if (handler && path.ends_with("/quiet-more")) pile = &r;
    const size_t at = path.find(inside);
    if (at == path.npos) continue;
    const std::string_view rest = path.substr(at + inside.size());
    const bool one_of = handler && !rest.empty() && (rest[0] == '-' || rest[0] == '#');
    if (rest.empty() || (one_of && rest.find('/') == rest.npos)) return &r;
  }
  return pile;
}

void draw_focus_rings(Ui& ui, const std::vector<std::string>& focus) {
  for (const std::string& words : focus) {
    const ItemRecord* r = focus_shown(ui.rects, words);
    if (!r) continue;
    // Outside the icons at a request's shoulder.
    const Rect ring = inset(r->visible, -ui.px(r->kind == Kind::token ? 8 : 3));
    outline(ui, ring, ui.theme->prompt, ui.px(9), ui.px(2));
  }
}

}  // namespace qs::ui
