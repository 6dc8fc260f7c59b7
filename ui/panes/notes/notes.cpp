#include "ui/panes/notes/notes.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace fs = std::filesystem;

std::string teacher_page(const std::string& file) {
  if (file.empty()) return {};
  const fs::path path = fs::path(file).parent_path() / "README.md";
  if (std::ifstream in(path, std::ios::binary); in)
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const EmbeddedFile* page = find_asset(path.generic_string());
  return page ? std::string(page->text()) : std::string();
}

NotesResult draw_notes(Ui& ui, const Rect& rect, const NotesInput& in, NotesState& state) {
  if (state.file != in.file || state.text.empty()) {
    state = NotesState();
    state.file = in.file;
    state.text = teacher_page(in.file);
    if (state.text.empty())
      state.text = in.file.empty() ? tr("notes.no_lesson") : trf("notes.none", in.file);
  }
  NotesResult out;
  const Panel panel(ui, rect, "notes");
  Rect r = inset(rect, ui.px(18), ui.px(12));
  if (!in.alone && in.titled) {
    Rect head = cut_top(r, ui.px(30), ui.px(6));
    const Rect at = cut_right(head, ui.px(30), ui.px(8));
    const std::string key = ui.keymap->key_text(Action::teacher_page);
    ButtonStyle style;
    style.look = ButtonLook::quiet;
    style.key = key.c_str();
    out.closed = icon_button(ui, at, "close", icon::cross, tr("notes.close"), style).clicked;
    LabelStyle title{&ui.fonts->bold, ui.theme->text_dim};
    title.may_cut = true;
    label(ui, head, tr("notes.title"), title);
  }
  if (!in.alone && !in.folder.empty()) {
    const std::string how = trf("notes.own_window", in.folder);
    const LabelStyle small{&ui.fonts->small, ui.theme->text_dim};
    const float high = paragraph_height(ui, r.w, how, small);
    paragraph(ui, cut_bottom(r, high, ui.px(8)), how, small);
  }
  ScrollArea area(ui, r, "page", state.scroll);
  const Rect line = area.content();
  const float wide = std::min(line.w, ui.px(760));  // longer lines are hard to read
  const float high = prose_height(ui, wide, state.text);
  ProseStyle style;
  style.may_cut = true;
  out.link = prose(ui, {line.x, line.y, wide, high}, "text", state.text, style).clicked_link;
  area.end(high);
  return out;
}

}  // namespace qs::ui
