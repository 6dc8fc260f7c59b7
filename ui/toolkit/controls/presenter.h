// Presenter: what helps a room follow a hand: rings where the mouse was pressed, and the keys
// pressed, large. Called by the app in projector mode, after the views. Reads the input, takes none
// of it.
#pragma once

#include <string>

#include "ui/toolkit/core/draw.h"

namespace qs::ui {

struct PresenterState {
  Point pressed_at;
  double pressed_when = -10, key_when = -10;
  std::string key;
};

// Draws above everything. Rings fade within 0.6 s, key names within 1.2 s; with reduced motion a
// ring stands still. Keys typed into a field are not shown. `bottom`: the edge above which the key
// stands, in pixels.
void draw_presenter(Ui& ui, PresenterState& state, float bottom);

}  // namespace qs::ui
