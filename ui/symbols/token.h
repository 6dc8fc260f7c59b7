// Tokens: requests as they appear everywhere (stage, timeline, inspector, lists). Shape says the
// type, fill says the owner, ring and icon say the state; the label is letter and number. Color
// never carries anything alone. Called by views; knows nothing of the engine.
#pragma once

#include "ui/toolkit/core/draw.h"

namespace qs::ui {

enum class TokenShape : std::uint8_t {
  read,
  write,
  control,
  internal,
  create
};  // circle square diamond hexagon triangle
enum class TokenOwner : std::uint8_t { app, waiting, driver, target, done, cancelled };

// Icons at the token's shoulder. Several can hold; the first two are shown, in this order.
using TokenMarks = std::uint8_t;
inline constexpr TokenMarks mark_cancel_claimed = 1,  // a canceler has it: a cross
    mark_sent = 2,                                    // with the target below: an arrow down
    mark_stop_notified = 4,                           // the driver was told to stop: pause bars
    mark_parked = 8,                                  // handed back until power returns: a hand
    mark_finding = 16;                                // something was found wrong with it: "!"

struct TokenStyle {
  TokenShape shape = TokenShape::read;
  TokenOwner owner = TokenOwner::waiting;
  std::string_view label = {};  // "R2"; empty for the small ones in a list of lanes
  float size = 34;              // diameter in design pixels
  float alpha = 1;              // 0.35 for what is not there yet
  bool selected = false;        // solid ring
  bool cancelable = false;      // dashed ring
  bool hovered = false;         // cross-highlight from another view
  bool changed = false;         // thin outline: changed in this step
  bool hollow = false;          // a ghost: where it was or will be
  bool focused = false;         // keyboard focus ring
  TokenMarks marks = 0;
};

Color owner_color(const Theme& theme, TokenOwner owner);

// The icon at the shoulder, pixels: its radius, and how far right of the token's center and above
// it stands: of a small token further out, so that its label is seen.
float token_mark_radius(const Ui& ui, float size);
float token_shoulder(const Ui& ui, float size);
// Draws it around a point. Takes no input and records nothing.
void draw_token(Ui& ui, Point center, const TokenStyle& style);
// Draws and records it as an item that can be clicked, right-clicked, dragged and focused. Give the
// tokens of one place one `group`, so that Tab stops there once and the arrow keys go along it.
// `floating`: in motion, may overlap others.
Hit token(Ui& ui, Point center, std::string_view name, const TokenStyle& style, Id group = 0,
          bool floating = false);
// "+7": how many more there are than fit. Clickable.
Hit token_more(Ui& ui, Point center, std::string_view name, int count, float size = 34,
               Id group = 0);

// A number in a circle on a trail, for reduced motion: first hop, second hop.
void draw_step_number(Ui& ui, Point center, int number);

}  // namespace qs::ui
