// The ring of a finding, as panes show it: with links to its threads, lines and locks. Owns:
// nothing. Called by the explanation and the inspector; main thread only.
#pragma once

#include "trace/rules/verdict.h"
#include "ui/panes/ui_state.h"
#include "ui/symbols/wait_ring.h"

namespace qs::ui {

std::vector<RingBox> boxes_of(const trace::Trace& trace, const std::vector<trace::RingLink>& ring);

// `boxes` are those of `ring`. Draws it at the upper left corner of `rect`, as wide as it at most.
// Returns the height, pixels. What is pressed gets selected, and a thread's line is shown.
float draw_ring_of(Ui& ui, const Rect& rect, const std::vector<trace::RingLink>& ring,
                   const std::vector<RingBox>& boxes, UiState& shared);

}  // namespace qs::ui
