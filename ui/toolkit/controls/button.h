// Buttons: everything that is pressed. Each is a free function that draws, records itself under its
// name and returns what was done to it; all work by mouse and by keyboard. Called by views.
#pragma once

#include "ui/toolkit/text/text.h"

namespace qs::ui {

enum class ButtonLook : std::uint8_t {
  secondary,  // gray, bordered: the usual one
  primary,    // filled with the accent: the one to press next
  quiet,      // no ground until pointed at: icons in corners
  mode,       // the modes at the top right; softly lit when `on`
  danger,     // "do it anyway"
};

struct ButtonStyle {
  ButtonLook look = ButtonLook::secondary;
  bool on = false;  // a toggle that is switched on
  bool disabled = false;
  const char* reason = nullptr;  // why it is disabled, or what it does: shown as a tooltip
  const char* key = nullptr;     // its key, added to the tooltip
  bool shows_key = false;        // the key stands at the right end of the button instead
  Id group = 0;
  const Font* font = nullptr;  // bold by default
};

Hit button(Ui& ui, const Rect& rect, std::string_view name, std::string_view label,
           const ButtonStyle& style = {});
// A button that shows only an icon; `label` is what it is called in tooltips, tests and for
// readers.
Hit icon_button(Ui& ui, const Rect& rect, std::string_view name, const char* icon_utf8,
                std::string_view label, ButtonStyle style = {});
// The width that a button with this label needs, in pixels.
float button_width(Ui& ui, std::string_view label);

// One of several, side by side: Seq | Par | Man. Returns the index pressed, or -1. `off[i]`, if
// given, grays that one and is its reason.
int segmented(Ui& ui, const Rect& rect, std::string_view name,
              std::span<const std::string_view> labels, int selected,
              std::span<const char* const> off = {});

// Underlined tabs: Requests  Threads  Queues. Returns the index pressed, or -1.
int tabs(Ui& ui, const Rect& rect, std::string_view name, std::span<const std::string_view> labels,
         int selected);

// A line of text that is pressed. `opens` adds the sign for "leads out of the program".
Hit link(Ui& ui, Point top_left, std::string_view name, std::string_view text, bool opens = false,
         const Font* font = nullptr);

// A row of a list: ground lit while pointed at, softly filled while selected; the content is drawn
// by the caller on top, inside `Inside(ui, hit)`. `text` is what the row says, for tests and
// readers.
Hit row(Ui& ui, const Rect& rect, std::string_view name, std::string_view text, bool selected,
        Id group = 0, bool disabled = false);

}  // namespace qs::ui
