#include "ui/toolkit/core/keymap.h"

#include <fmt/format.h>

#include "base/toml.h"

namespace qs::ui {
namespace {

struct ActionInfo {
  std::string_view name;
  Context context;
};

constexpr ActionInfo action_table[] = {{"none", Context::global},
#define QS_X(name, context) {#name, Context::context},
                                       QS_ACTIONS(QS_X)
#undef QS_X
};

struct NamedKey {
  Key key;
  std::string_view name;
};

constexpr NamedKey named_keys[] = {
    {Key::left, "Left"},
    {Key::right, "Right"},
    {Key::up, "Up"},
    {Key::down, "Down"},
    {Key::home, "Home"},
    {Key::end, "End"},
    {Key::page_up, "PageUp"},
    {Key::page_down, "PageDown"},
    {Key::insert, "Insert"},
    {Key::del, "Delete"},
    {Key::backspace, "Backspace"},
    {Key::tab, "Tab"},
    {Key::enter, "Enter"},
    {Key::escape, "Esc"},
    {Key::space, "Space"},
    {Key::menu, "Menu"},
    {Key::f1, "F1"},
    {Key::f2, "F2"},
    {Key::f3, "F3"},
    {Key::f4, "F4"},
    {Key::f5, "F5"},
    {Key::f6, "F6"},
    {Key::f7, "F7"},
    {Key::f8, "F8"},
    {Key::f9, "F9"},
    {Key::f10, "F10"},
    {Key::f11, "F11"},
    {Key::f12, "F12"},
    {Key::plus, "+"},
    {Key::minus, "-"},
    {Key::equal, "="},
    {Key::comma, ","},
    {Key::period, "."},
    {Key::slash, "/"},
    {Key::semicolon, ";"},
    {Key::apostrophe, "'"},
    {Key::left_bracket, "["},
    {Key::right_bracket, "]"},
    {Key::backslash, "\\"},
    {Key::grave, "`"},
};

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";
constexpr std::string_view context_names[] = {"global", "transport", "sandbox", "menu",
                                              "class",  "drive",     "question"};

bool parse_key(std::string_view text, Key& out) {
  if (text.size() == 1) {
    if (const auto at = letters.find(text[0]); at != letters.npos) {
      out = Key(int(Key::a) + int(at));
      return true;
    }
    if (const auto at = digits.find(text[0]); at != digits.npos) {
      out = Key(int(Key::d0) + int(at));
      return true;
    }
  }
  for (const auto& named : named_keys) {
    if (named.name == text) {
      out = named.key;
      return true;
    }
  }
  return false;
}

// Contexts that are in force together share one set of keys.
int key_space(Context context) { return context <= Context::sandbox ? 0 : int(context); }

Error fail(std::string_view file, const toml::source_region& at, std::string message) {
  return Error{std::string(file), int(at.begin.line), std::move(message)};
}

}  // namespace

std::string_view action_name(Action action) { return action_table[std::size_t(action)].name; }
Context action_context(Action action) { return action_table[std::size_t(action)].context; }
std::string_view context_name(Context context) { return context_names[std::size_t(context)]; }

Action find_action(std::string_view name) {
  for (std::size_t i = 1; i < std::size(action_table); ++i) {
    if (action_table[i].name == name) return Action(i);
  }
  return Action::none;
}

std::string_view key_name(Key key) {
  if (key >= Key::a && key <= Key::z) return letters.substr(int(key) - int(Key::a), 1);
  if (key >= Key::d0 && key <= Key::d9) return digits.substr(int(key) - int(Key::d0), 1);
  for (const auto& named : named_keys) {
    if (named.key == key) return named.name;
  }
  return "";
}

bool parse_chord(std::string_view text, Chord& out) {
  Chord chord;
  for (;;) {
    const auto at = text.find('+');
    if (at == text.npos || at == 0 || at + 1 == text.size()) break;
    const std::string_view word = text.substr(0, at);
    if (word == "Ctrl")
      chord.mods |= mod_ctrl;
    else if (word == "Shift")
      chord.mods |= mod_shift;
    else if (word == "Alt")
      chord.mods |= mod_alt;
    else
      return false;
    text.remove_prefix(at + 1);
  }
  if (text.empty()) return false;
  const bool commanding = chord.mods & (mod_ctrl | mod_alt);
  const bool is_sign = text.size() == 1 && letters.find(text[0]) == letters.npos &&
                       digits.find(text[0]) == digits.npos && text[0] > ' ' && text[0] < 0x7F &&
                       !(text[0] >= 'a' && text[0] <= 'z');
  if (is_sign && !commanding) {
    if (chord.mods) return false;  // "Shift+?" depends on the layout: write the sign alone
    chord.sign = char32_t(text[0]);
    out = chord;
    return true;
  }
  if (!parse_key(text, chord.key)) return false;
  out = chord;
  return true;
}

std::string chord_text(const Chord& chord) {
  std::string out;
  if (chord.mods & mod_ctrl) out += "Ctrl+";
  if (chord.mods & mod_alt) out += "Alt+";
  if (chord.mods & mod_shift) out += "Shift+";
  if (chord.sign)
    out += char(chord.sign);
  else
    out += key_name(chord.key);
  return out;
}

bool Chord::matches(const FrameInput& in) const {
  if (sign) {
    // Some systems send a character with Ctrl held, too; AltGr, which types signs, is not Ctrl.
    const bool commanding = (in.mods & (mod_ctrl | mod_super)) && !(in.mods & mod_alt);
    return in.text == sign && !commanding;
  }
  if (in.key == Key::none) return false;
  constexpr Mods relevant = mod_shift | mod_ctrl | mod_alt;
  Mods held = in.mods & relevant;
  if (in.mods & mod_super) held |= mod_ctrl;  // Command on a Mac keyboard
  Key pressed = in.key;
  if (held & mod_ctrl) {
    // "Ctrl++" is Ctrl+= or Ctrl+Shift+= on most keyboards: all of them mean plus.
    if (key == Key::plus && (pressed == Key::equal || pressed == Key::plus))
      return !(held & mod_alt);
  }
  return pressed == key && held == mods;
}

Result<Keymap> Keymap::parse(std::string_view text, std::string_view file) {
  auto parsed = parse_toml(text, file);
  if (!parsed) return parsed.error();
  const toml::table& root = *parsed;
  Keymap map;
  struct Owner {
    Chord chord;
    int space;
    Action action;
  };
  std::vector<Owner> owners;
  for (auto&& [context_key, context_node] : root) {
    std::size_t c = 0;
    while (c < std::size(context_names) && context_names[c] != context_key.str()) ++c;
    if (c == std::size(context_names)) {
      return fail(file, context_node.source(),
                  fmt::format("unknown context [{}]: expected [global], [transport], [sandbox], "
                              "[menu], [class] or [drive]",
                              context_key.str()));
    }
    const toml::table* table = context_node.as_table();
    if (!table) return fail(file, context_node.source(), "expected a table of actions");
    for (auto&& [name, node] : *table) {
      const Action action = find_action(name.str());
      if (action == Action::none) {
        return fail(file, node.source(), fmt::format("unknown action \"{}\"", name.str()));
      }
      if (action_context(action) != Context(c)) {
        return fail(file, node.source(),
                    fmt::format("\"{}\" belongs in [{}], not in [{}]", name.str(),
                                context_name(action_context(action)), context_key.str()));
      }
      const toml::array* list = node.as_array();
      if (!list) {
        return fail(
            file, node.source(),
            fmt::format("\"{}\" needs a list of keys such as [\"Ctrl+P\", \"F1\"]", name.str()));
      }
      for (auto&& item : *list) {
        const auto chord_string = item.value<std::string>();
        Chord chord;
        if (!chord_string || !parse_chord(*chord_string, chord)) {
          return fail(
              file, item.source(),
              fmt::format("\"{}\" is not a key of \"{}\": write \"Ctrl+Shift+P\", \"PageDown\", "
                          "\"F5\" or a sign such as \"?\"",
                          chord_string.value_or("(not a text)"), name.str()));
        }
        for (const Owner& other : owners) {
          if (other.chord == chord && other.space == key_space(Context(c))) {
            return fail(file, item.source(),
                        fmt::format("{} already means \"{}\" and cannot also mean \"{}\"",
                                    chord_text(chord), action_name(other.action), name.str()));
          }
        }
        owners.push_back({chord, key_space(Context(c)), action});
        map.chords_[std::size_t(action)].push_back(chord);
      }
    }
  }
  return map;
}

Action Keymap::find(const FrameInput& in, std::span<const Context> contexts) const {
  if (in.key == Key::none && in.text == 0) return Action::none;
  for (std::size_t c = contexts.size(); c-- > 0;) {
    for (std::size_t a = 1; a < std::size_t(Action::count); ++a) {
      if (action_table[a].context != contexts[c]) continue;
      for (const Chord& chord : chords_[a]) {
        if (chord.matches(in)) return Action(a);
      }
    }
  }
  return Action::none;
}

std::string Keymap::key_text(Action action) const {
  const auto& list = chords(action);
  return list.empty() ? std::string() : chord_text(list.front());
}

}  // namespace qs::ui
