// The text field: caret, selection and undo are those of stb_textedit, which works on characters;
// the views keep UTF-8.
#include <cmath>
#include <string>
#include <utility>

#include "ui/toolkit/controls/control.h"

namespace qs::ui {
namespace {

std::u32string characters(std::string_view utf8) {
  std::u32string out;
  while (!utf8.empty()) out += next_codepoint(utf8);
  return out;
}

std::string utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

// Letters, digits, and all beyond ASCII: what Ctrl and a double click take as one word.
bool is_in_word(char32_t c) {
  return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

// The text being edited, as stb_textedit sees it.
struct EditedText {
  std::u32string text;
  const Font* font = nullptr;  // that it is drawn in
  float width_of(int i) const { return text_width(*font, utf8({&text[std::size_t(i)], 1})); }
  float width() const { return text_width(*font, utf8(text)); }
};

// Keys for stb_textedit: above all characters.
enum : int {
  key_shift = 0x400000,
  key_left = 0x200000,
  key_right,
  key_up,
  key_down,
  key_page_up,
  key_page_down,
  key_home,
  key_end,
  key_start,
  key_finish,
  key_delete,
  key_backspace,
  key_undo,
  key_redo,
  key_word_left,
  key_word_right,
};

}  // namespace
}  // namespace qs::ui

#define STB_TEXTEDIT_CHARTYPE char32_t
#define STB_TEXTEDIT_STRING qs::ui::EditedText
#define STB_TEXTEDIT_STRINGLEN(s) int((s)->text.size())
#define STB_TEXTEDIT_LAYOUTROW(r, s, n) \
  (*(r) = StbTexteditRow{0, (s)->width(), 1, 0, 1, int((s)->text.size()) - (n)})
#define STB_TEXTEDIT_GETWIDTH(s, n, i) (s)->width_of((n) + (i))
#define STB_TEXTEDIT_KEYTOTEXT(k) ((k) >= qs::ui::key_left ? -1 : (k))
#define STB_TEXTEDIT_GETCHAR(s, i) ((s)->text[std::size_t(i)])
#define STB_TEXTEDIT_NEWLINE U'\n'
#define STB_TEXTEDIT_IS_SPACE(c) (!qs::ui::is_in_word(c))
#define STB_TEXTEDIT_DELETECHARS(s, i, n) (s)->text.erase(std::size_t(i), std::size_t(n))
#define STB_TEXTEDIT_INSERTCHARS(s, i, c, n) \
  ((s)->text.insert(std::size_t(i), (c), std::size_t(n)), 1)
#define STB_TEXTEDIT_K_SHIFT qs::ui::key_shift
#define STB_TEXTEDIT_K_LEFT qs::ui::key_left
#define STB_TEXTEDIT_K_RIGHT qs::ui::key_right
#define STB_TEXTEDIT_K_UP qs::ui::key_up
#define STB_TEXTEDIT_K_DOWN qs::ui::key_down
#define STB_TEXTEDIT_K_PGUP qs::ui::key_page_up
#define STB_TEXTEDIT_K_PGDOWN qs::ui::key_page_down
#define STB_TEXTEDIT_K_LINESTART qs::ui::key_home
#define STB_TEXTEDIT_K_LINEEND qs::ui::key_end
#define STB_TEXTEDIT_K_TEXTSTART qs::ui::key_start
#define STB_TEXTEDIT_K_TEXTEND qs::ui::key_finish
#define STB_TEXTEDIT_K_DELETE qs::ui::key_delete
#define STB_TEXTEDIT_K_BACKSPACE qs::ui::key_backspace
#define STB_TEXTEDIT_K_UNDO qs::ui::key_undo
#define STB_TEXTEDIT_K_REDO qs::ui::key_redo
#define STB_TEXTEDIT_K_WORDLEFT qs::ui::key_word_left
#define STB_TEXTEDIT_K_WORDRIGHT qs::ui::key_word_right
namespace {
#define STB_TEXTEDIT_IMPLEMENTATION
#include <stb_textedit.h>
}  // namespace

namespace qs::ui {

struct FieldEditor {
  EditedText edited;
  std::string left;  // the text as it was left in the view's string
  STB_TexteditState state{};
  float pressed_x = -1e6f;  // where it was last pressed, pixels
  bool same_place = false;  // and the time before

  // Another text in the view's string: what was undone before is about another one.
  void take(const std::string& text, const Font& font) {
    edited.font = &font;
    if (state.initialized && text == left) return;
    const int caret = state.cursor;
    edited.text = characters(text);
    left = text;
    stb_textedit_initialize_state(&state, 1);
    state.initialized = 1;
    state.cursor = std::min(caret, int(edited.text.size()));
    state.select_start = state.select_end = state.cursor;
  }

  std::pair<int, int> selected() const {
    return {std::min(state.select_start, state.select_end),
            std::max(state.select_start, state.select_end)};
  }
  bool any_selected() const { return state.select_start != state.select_end; }
  std::string selected_text() const {
    const auto [from, to] = selected();
    return utf8(std::u32string_view(edited.text).substr(std::size_t(from), std::size_t(to - from)));
  }
  void press(int key) { stb_textedit_key(&edited, &state, key); }
  void select(int from, int to) {
    state.select_start = from;
    state.select_end = state.cursor = to;
  }

  void paste(std::string_view text) {
    std::u32string pasted = characters(text);
    for (char32_t& c : pasted)
      if (c < U' ') c = U' ';  // one line
    stb_textedit_paste_internal(&edited, &state, pasted.data(), int(pasted.size()));
  }

  // The characters around the caret that belong together: a word, or what stands between two.
  void select_word() {
    const std::u32string& t = edited.text;
    if (t.empty()) return;
    const auto at = [&](int i) { return is_in_word(t[std::size_t(i)]); };
    int from = std::min(state.cursor, int(t.size()) - 1);
    if (from > 0 && !at(from) && at(from - 1)) --from;  // just behind a word
    int to = from;
    const bool word = at(from);
    while (from > 0 && at(from - 1) == word) --from;
    while (to < int(t.size()) && at(to) == word) ++to;
    select(from, to);
  }

  float x_of(int at) const {
    return text_width(*edited.font,
                      utf8(std::u32string_view(edited.text).substr(0, std::size_t(at))));
  }
};

FieldState::FieldState() = default;
FieldState::~FieldState() = default;
FieldState::FieldState(FieldState&&) noexcept = default;
FieldState& FieldState::operator=(FieldState&&) noexcept = default;

namespace {

void clipboard_key(Ui& ui, const Hit& hit, FieldEditor& e) {
  const bool command = hit.mods & (mod_ctrl | mod_super), shift = hit.mods & mod_shift;
  const bool cut = (command && hit.key == Key::x) || (shift && hit.key == Key::del);
  const bool copy = command && (hit.key == Key::c || hit.key == Key::insert);
  const bool paste = (command && hit.key == Key::v) || (shift && hit.key == Key::insert);
  if ((copy || cut) && e.any_selected() && ui.set_clipboard)
    ui.set_clipboard(ui.clipboard_owner, e.selected_text());
  if (cut) stb_textedit_cut(&e.edited, &e.state);
  if (paste && ui.get_clipboard) e.paste(ui.get_clipboard(ui.clipboard_owner));
}

void edit(Ui& ui, const Hit& hit, FieldEditor& e) {
  const bool command = hit.mods & (mod_ctrl | mod_super), shift = hit.mods & mod_shift;
  const int extend = shift ? key_shift : 0;
  clipboard_key(ui, hit, e);
  // A word is deleted by selecting it first, so that it is undone in one piece.
  const auto erase = [&](int key, int word) {
    if (command && !e.any_selected()) e.press(word | key_shift);
    e.press(key);
  };
  switch (hit.key) {
    case Key::left: e.press((command ? key_word_left : key_left) | extend); break;
    case Key::right: e.press((command ? key_word_right : key_right) | extend); break;
    case Key::home: e.press(key_home | extend); break;
    case Key::end: e.press(key_end | extend); break;
    case Key::backspace: erase(key_backspace, key_word_left); break;
    case Key::del:
      if (!shift) erase(key_delete, key_word_right);
      break;
    case Key::a:
      if (command) e.select(0, int(e.edited.text.size()));
      break;
    case Key::z:
      if (command) e.press(shift ? key_redo : key_undo);
      break;
    case Key::y:
      if (command) e.press(key_redo);
      break;
    default: break;
  }
  if (hit.text >= U' ' && hit.text != 0x7F) e.press(int(hit.text));
}

void use_mouse(Ui& ui, const Hit& hit, float left, FieldEditor& e) {
  const float x = ui.mouse().x - left;
  if (hit.pressed) {
    e.same_place = std::abs(x - e.pressed_x) < ui.px(5);
    e.pressed_x = x;
  }
  if (hit.pressed && !(hit.mods & mod_shift))
    stb_textedit_click(&e.edited, &e.state, x, 0);
  else if (hit.held)
    stb_textedit_drag(&e.edited, &e.state, x, 0);
  if (hit.double_clicked && e.same_place && !(hit.mods & mod_shift)) e.select_word();
}

}  // namespace

FieldResult text_field(Ui& ui, const Rect& rect, std::string_view name, std::string& text,
                       FieldState& state, std::string_view hint) {
  const Theme& t = *ui.theme;
  const Font& font = ui.fonts->body;
  ItemOptions options;
  options.kind = Kind::field;
  options.wants = wants_text;
  options.text = text.empty() ? hint : std::string_view(text);
  options.may_cut = true;
  const Hit hit = ui.item(rect, name, options);
  const Rect inner = inset(rect, ui.px(9), ui.px(2));
  if (!state.editor && hit.focused) state.editor = std::make_unique<FieldEditor>();

  FieldResult result;
  FieldEditor* e = state.editor.get();
  if (e) {
    e->take(text, font);
    use_mouse(ui, hit, inner.x - state.scroll, *e);
    if (hit.key == Key::enter)
      result.submitted = true;
    else if (hit.key != Key::none || hit.text)
      edit(ui, hit, *e);
    std::string now = utf8(e->edited.text);
    result.changed = now != e->left;
    if (result.changed) text = e->left = std::move(now);
  }

  box(ui, rect, t.well, hit.focused ? t.accent : t.control, ui.px(5),
      hit.focused ? ui.line(2) : ui.line());
  const Clip clip(ui, inner);
  const float caret_x = e ? e->x_of(e->state.cursor) : 0;
  state.scroll = std::clamp(state.scroll, std::max(0.0f, caret_x - inner.w + ui.px(2)), caret_x);
  const float left = inner.x - state.scroll, y = inner.center().y - font.size / 2;
  if (text.empty()) draw_text(ui, Point{inner.x, y}, font, t.text_faint, hint);
  if (e && hit.focused && e->any_selected()) {
    const auto [first, beyond] = e->selected();
    const float from = e->x_of(first), to = e->x_of(beyond);
    fill(ui, {left + from, y, to - from, font.size}, t.accent_soft);
  }
  draw_text(ui, Point{left, y}, font, t.text, text);
  // A steady caret: a blinking one would keep an idle window awake.
  if (hit.focused) fill(ui, {left + caret_x, y, ui.line(1.5f), font.size}, t.text);
  if (hit.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  return result;
}

}  // namespace qs::ui
