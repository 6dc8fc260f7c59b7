// The pieces draw_compare is made of. Private to ui/views/compare*.cpp.
#pragma once
#include "ui/views/compare.h"
#include "ui/views/stage.h"

namespace qs::ui::compare {

struct Frame {
  Ui& ui;
  const Session& session;
  CompareState& st;
  UiState& shared;
  SharedClock::At at;
  bool projector = false;
  bool reduced = false;

  Comparison& comparison() const { return st.comparison; }
  const SharedClock& clock() const { return st.comparison.clock; }
  // How far a run is: the events before and after the step the playhead is in.
  size_t before(size_t run) const { return clock().events(at.from, run); }
  size_t after(size_t run) const {
    return at.t > 0 ? clock().events(at.from + 1, run) : before(run);
  }
  // The playhead stands at the instant at which the runs part, or is just coming to it.
  bool at_difference() const;
};

// "Seq", "Par 2", "Man": for lanes.
std::string mode_tag(const ComparedMode& mode);

// The stage of one run. True when its button was pressed.
bool draw_column(const Frame& f, const Rect& rect, size_t run);
// What a column needs at least, pixels.
float column_height(const Frame& f);
void draw_lanes(const Frame& f, const Rect& rect);

}  // namespace qs::ui::compare
