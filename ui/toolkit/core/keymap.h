// Keymap: which keys mean which action, read from assets/keymap*.toml. Owns the list of actions and
// the chord syntax. Loaded by the app; looked up by Ui once per key press; printed by the "?"
// sheet.
//
// Adding an action: one line in QS_ACTIONS, one in assets/keymap.toml, one "action.<name>" text in
// assets/strings-en.toml (a test compares the three).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ui/toolkit/core/input.h"

namespace qs::ui {

// Where an action belongs. global, transport and sandbox are in force together and share their
// keys; menu (an open menu or palette) and klass (a lesson given in class, with a presenter's
// remote), drive (the moves of "be the driver") and question (a lesson waits for an answer) lie
// above them and may reuse a key, which then means theirs.
enum class Context : std::uint8_t {
  global,
  transport,
  sandbox,
  menu,
  klass,
  drive,
  question,
  count
};

// X(name, context)
// clang-format off
#define QS_ACTIONS(X)                                                                          \
  X(help, global) X(palette, global) X(home, global) X(quit, global) X(back, global)           \
  X(scale_up, global) X(scale_down, global) X(scale_reset, global) X(theme_next, global)       \
  X(projector, global) X(reduced_motion, global) X(fullscreen, global) X(tooltips, global)     \
  X(mode_lesson, global) X(mode_sandbox, global) X(mode_driver, global)                        \
  X(mode_compare, global) X(mode_races, global)                                                \
  X(search, global) X(search_next, global) X(search_previous, global)                          \
  X(copy, global) X(copy_schedule, global) X(paste_schedule, global) X(open, global)           \
  X(save, global) X(picture, global) X(undo_view, global) X(redo_view, global)                 \
  X(next_pane, global) X(previous_pane, global) X(maximize_pane, global)                       \
  X(show_source, transport) X(show_inspector, transport) X(edit_source, transport)             \
  X(play_pause, transport) X(step_forward, transport) X(step_back, transport)                  \
  X(call_forward, transport) X(call_back, transport) X(hop_forward, transport)                 \
  X(hop_back, transport) X(callback_forward, transport) X(callback_back, transport)            \
  X(go_start, transport) X(go_end, transport) X(faster, transport) X(slower, transport)        \
  X(expand, transport) X(run_forward, transport) X(run_back, transport)                        \
  X(wait_for_key, transport) X(bookmark, transport) X(zoom_in, transport)                      \
  X(zoom_out, transport) X(zoom_fit, transport) X(pan_left, transport) X(pan_right, transport) \
  X(previous_beat, transport) X(next_beat, transport) X(skip_beat, transport)                  \
  X(hint, transport)                                                                          \
  X(mark_moment, transport) X(first_difference, transport)                                     \
  X(send_read, sandbox) X(send_write, sandbox) X(send_control, sandbox)                        \
  X(retrieve_next, sandbox) X(cancel_request, sandbox) X(complete_request, sandbox)            \
  X(forward_request, sandbox) X(requeue_request, sandbox) X(show_menu, sandbox)                \
  X(preset_1, sandbox) X(preset_2, sandbox) X(preset_3, sandbox) X(preset_4, sandbox)          \
  X(preset_5, sandbox) X(preset_6, sandbox) X(preset_7, sandbox) X(preset_8, sandbox)          \
  X(preset_9, sandbox) X(preset_0, sandbox) X(reset, sandbox)                                  \
  X(menu_up, menu) X(menu_down, menu) X(menu_first, menu) X(menu_last, menu)                   \
  X(menu_choose, menu) X(menu_close, menu)                                                     \
  X(class_next, klass) X(class_previous, klass) X(class_restart, klass) X(class_play, klass)   \
  X(class_end, klass)                                                                          \
  X(move_1, drive) X(move_2, drive) X(move_3, drive) X(move_4, drive) X(move_5, drive)         \
  X(move_6, drive) X(move_7, drive) X(move_8, drive) X(move_9, drive)                          \
  X(other_request, drive) X(undo_move, drive) X(next_setup, drive)                             \
  X(teacher_page, global) X(question_view, question)
// clang-format on

enum class Action : std::uint8_t {
  none,
#define QS_X(name, context) name,
  QS_ACTIONS(QS_X)
#undef QS_X
      count
};

std::string_view action_name(Action action);
Context action_context(Action action);
std::string_view context_name(Context context);  // "class" for klass
Action find_action(std::string_view name);       // Action::none when there is none of that name

// One key combination. A printable sign such as "?" or "[" is matched by the character typed, so
// that it is where the keyboard layout has it; letters, digits, named keys and anything with Ctrl
// or Alt are matched by key.
struct Chord {
  Key key = Key::none;
  Mods mods = mod_none;
  char32_t sign = 0;

  bool operator==(const Chord&) const = default;
  bool matches(const FrameInput& in) const;
};

// "Ctrl+Shift+P", "PageDown", "F5", "?". Returns false for anything else.
bool parse_chord(std::string_view text, Chord& out);
// The chord as shown to people: "Ctrl+Shift+P".
std::string chord_text(const Chord& chord);
std::string_view key_name(Key key);

class Keymap {
 public:
  // Reads a keymap; `file` names it in errors. Fails with file:line for damaged TOML, an unknown
  // context, action or key, an action in the wrong context, and a chord that stands for two things.
  static Result<Keymap> parse(std::string_view toml, std::string_view file);

  // The action that `in` asks for in `contexts`; later ones of the span win. Action::none if none.
  Action find(const FrameInput& in, std::span<const Context> contexts) const;
  const std::vector<Chord>& chords(Action action) const { return chords_[std::size_t(action)]; }
  // First chord as text, "" when the action has no key: for menus, buttons and the "?" sheet.
  std::string key_text(Action action) const;

 private:
  std::array<std::vector<Chord>, std::size_t(Action::count)> chords_;
};

}  // namespace qs::ui
