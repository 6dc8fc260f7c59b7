// A queue at work, on the first screen: a real run of a real driver on the stage that lessons use,
// for twenty seconds, so that a stranger sees what this program is about. It ends calmly, stops
// when it is pressed, and stands still with reduced motion. Owns: GlimpseState. Called by the home
// page once a frame; main thread only.
//
// Names in the registry: "home/glimpse" (pressing it stops it, lets it go on, or plays it again).
#pragma once
#include <memory>

#include "session/session.h"
#include "ui/panes/stage/stage.h"

namespace qs::ui {

struct GlimpseState {
  // Made in the second frame: the first must not wait for a run.
  std::unique_ptr<session::Session> session;
  UiState shared;
  StageState stage;
  int frames = 0;
};

// `seconds` of wall-clock time have passed. At least 240 x 180 design pixels.
void draw_glimpse(Ui& ui, const Rect& rect, GlimpseState& state, double seconds);

}  // namespace qs::ui
