// Keys: the file, the chords, and what stands in which context.
#include <doctest/doctest.h>

#include <set>

#include "base/embedded.h"
#include "ui/toolkit/core/keymap.h"
#include "ui/toolkit/text/strings.h"

using namespace qs;
using namespace qs::ui;

namespace {

Keymap shipped() {
  const auto map = Keymap::parse(find_asset("assets/keymap.toml")->text(), "assets/keymap.toml");
  REQUIRE_MESSAGE(map.ok(), map.error().text());
  return *map;
}

FrameInput pressing(std::string_view chord_name) {
  Chord chord;
  REQUIRE(parse_chord(chord_name, chord));
  InputQueue queue;
  if (chord.sign)
    queue.push_text(chord_name);
  else
    queue.push_key(chord.key, chord.mods);
  return queue.next({});
}

std::string error_of(std::string_view toml) {
  const auto map = Keymap::parse(toml, "k.toml");
  REQUIRE_FALSE(map.ok());
  return map.error().text();
}

}  // namespace

TEST_CASE("keymap: every action has a key and a description") {
  const Keymap map = shipped();
  for (int a = 1; a < int(Action::count); ++a) {
    CHECK_MESSAGE(!map.chords(Action(a)).empty(), action_name(Action(a)), " has no key");
    CHECK_MESSAGE(tr_action(Action(a))[0] != '<', action_name(Action(a)), " has no description");
  }
}

TEST_CASE("keymap: what it prints it also reads") {
  const Keymap map = shipped();
  for (int a = 1; a < int(Action::count); ++a) {
    for (const Chord& chord : map.chords(Action(a))) {
      Chord again;
      CHECK(parse_chord(chord_text(chord), again));
      CHECK(again == chord);
    }
  }
}

TEST_CASE("keymap: keys mean what the design says") {
  const Keymap map = shipped();
  const Context stepping[] = {Context::global, Context::transport};
  CHECK(map.find(pressing("Space"), stepping) == Action::play_pause);
  CHECK(map.find(pressing("."), stepping) == Action::play_pause);
  CHECK(map.find(pressing("Right"), stepping) == Action::step_forward);
  CHECK(map.find(pressing("["), stepping) == Action::slower);
  CHECK(map.find(pressing("?"), stepping) == Action::help);
  CHECK(map.find(pressing("Ctrl++"), stepping) == Action::scale_up);
  CHECK(map.find(pressing("Ctrl+="), stepping) == Action::scale_up);  // the same key without Shift
  CHECK(map.find(pressing("R"), stepping) == Action::none);           // not in the sandbox
  CHECK(map.find(pressing("Ctrl+Right"), stepping) == Action::hop_forward);
}

TEST_CASE("keymap: a sign that arrives with Ctrl held is the key with Ctrl, not the sign") {
  const Keymap map = shipped();
  const Context stepping[] = {Context::global, Context::transport};
  const auto held = [&](Key key, Mods mods, const char* typed) {
    InputQueue queue;
    queue.push_key(key, mods);
    queue.push_text(typed);
    return map.find(queue.next({}), stepping);
  };
  CHECK(held(Key::equal, mod_ctrl, "=") == Action::scale_up);
  CHECK(held(Key::equal, Mods(mod_ctrl | mod_shift), "+") == Action::scale_up);
  CHECK(held(Key::minus, mod_ctrl, "-") == Action::scale_down);
  CHECK(held(Key::equal, mod_none, "=") == Action::zoom_in);
  CHECK(held(Key::d8, Mods(mod_ctrl | mod_alt), "[") == Action::slower);  // AltGr
}

TEST_CASE("keymap: a presenter's remote works in class, and there it goes before everything else") {
  const Keymap map = shipped();
  const Context in_class[] = {Context::global, Context::transport, Context::klass};
  CHECK(map.find(pressing("PageDown"), in_class) == Action::class_next);
  CHECK(map.find(pressing("PageUp"), in_class) == Action::class_previous);
  CHECK(map.find(pressing("F5"), in_class) == Action::class_restart);
  CHECK(map.find(pressing("Esc"), in_class) == Action::class_end);
  CHECK(map.find(pressing("."), in_class) == Action::class_play);
  CHECK(map.find(pressing("Space"), in_class) == Action::play_pause);
}

TEST_CASE("keymap: mistakes are named with file and line") {
  CHECK(error_of("[transport]\nplay_pause = [\"Space\"]\nstep_forward = [\"Space\"]")
            .find("k.toml:3: Space "
                  "already means \"play_pause\"") == 0);
  CHECK(error_of("[transport]\nfly = [\"F\"]").find("unknown action \"fly\"") != std::string::npos);
  CHECK(error_of("[air]\n").find("unknown context [air]") != std::string::npos);
  CHECK(error_of("[global]\nplay_pause = [\"P\"]").find("belongs in [transport]") !=
        std::string::npos);
  CHECK(error_of("[global]\nhelp = [\"Hyper+P\"]").find("\"Hyper+P\" is not a key") !=
        std::string::npos);
  CHECK(error_of("[global]\nhelp = \"P\"").find("needs a list") != std::string::npos);
  CHECK(error_of("[global]\nhelp = [\"P\"]\n[sandbox]\nsend_read = [\"P\"]").find("k.toml:4") == 0);
  CHECK(error_of("[global\n").find("this is not valid TOML") != std::string::npos);
}

TEST_CASE("keymap: menus and classes may reuse keys of the page") {
  CHECK(Keymap::parse("[transport]\nstep_forward = [\"Down\"]\n[menu]\nmenu_down = [\"Down\"]\n"
                      "[class]\nclass_next = [\"Down\"]",
                      "k.toml")
            .ok());
}
