// Requests on the stage: which card each is in, and where. Pure. Called by
// stage/layout.cpp and the drawing of rooms.
#pragma once
#include "ui/panes/stage/layout.h"

namespace qs::ui {

// Fills tokens, calls, piles and done_cells of a layout whose cards are in place.
void place_tokens(const model::Model& model, const StageCast& cast, StageLayout& layout);

// The room of a callback for a queue, else the one it shares with all queues; -1 if there is none.
int room_index(const StageCast& cast, trace::CallbackKind kind, ObjectId queue);

// Where `count` tokens go in an area: rows from left to right, as large as fit; when even small
// ones do not all fit, the last place is for "+n".
struct Grid {
  float size = 34;  // design pixels
  int shown = 0, hidden = 0;
  std::vector<Point> places;  // shown, then the pile's place if hidden > 0
};
enum class GridFrom : uint8_t { left, right };  // right: one row, the first at the right end
Grid fit_grid(const Rect& area, int count, float scale, GridFrom from);

}  // namespace qs::ui
