// The pieces draw_compare is made of. Private to this folder.
#pragma once
#include "ui/panes/compare/compare.h"
#include "ui/panes/stage/stage.h"

namespace qs::ui::compare {

struct CompareFrame {
  Ui& ui;
  const session::Session& session;
  CompareState& st;
  UiState& shared;
  model::SharedClock::At at;
  bool projector = false;
  bool reduced = false;

  session::Comparison& comparison() const { return st.comparison; }
  const model::SharedClock& clock() const { return st.comparison.clock; }
  size_t runs() const { return st.comparison.runs.size(); }
  // How far a run is: the events before and after the step the playhead is in.
  size_t before(size_t run) const { return clock().events(at.from, run); }
  size_t after(size_t run) const {
    return at.t > 0 ? clock().events(at.from + 1, run) : before(run);
  }
  // The playhead is at the instant at which the runs diverge, or about to reach it.
  bool at_difference() const;
};

// "Seq", "Par 2", "Man": for lanes.
std::string mode_tag(const session::ComparedMode& mode);

// ---- compare/setup.cpp: which modes of which queue. Controls stand in as many rows as it takes.
float setup_height(const CompareFrame& f, float width, float first_width);
// `first_width`: of the first row, where something else is beside it.
void draw_setup(const CompareFrame& f, const Rect& rect, float first_width);
// Executes the runs again; the playhead stays at its share of the clock.
void rerun(CompareState& st, const session::Session& session);

// ---- compare/tokens.cpp: a run as places with requests in them, whatever their arrangement.
struct StationBox {
  Rect rect;     // its ground; none is drawn where `plain`
  Rect caption;  // empty: its name is told elsewhere
  Rect area;     // for requests
  std::string text;
  bool tube = false, plain = false;
};
struct StationBoxes {
  std::vector<StationBox> queues, rooms;  // a last room without a name: the driver's other code
  StationBox target, done;
};
void draw_stations(const CompareFrame& f, const StationBoxes& stations, size_t run);
// The names of rooms for a width each, the driver's other code included; what does not fit side by
// side shares the last of them. `beside`: what they hold stands beside the names, not below.
std::vector<std::string> room_names(const CompareFrame& f, float width, float least, bool beside);

// ---- compare/column.cpp: one run as a small stage. True when its button was pressed.
bool draw_column(const CompareFrame& f, const Rect& rect, size_t run);
// What a column needs at least, pixels.
float column_height(const CompareFrame& f);

// ---- compare/table.cpp: a row a run, a column a place. The run whose button was pressed, or -1.
int draw_table(const CompareFrame& f, const Rect& rect);
float table_height(const CompareFrame& f);  // at least, pixels
std::string counters_text(const CompareFrame& f, size_t run);
std::string outcome_text(const CompareFrame& f, size_t run, Color& color);

// ---- compare/lanes.cpp, compare/clock.cpp: the shared clock from left to right.
struct Axis {
  Rect ruler;  // of the clock: from `canvas.x` to its end
  Rect canvas;
  float labels_x = 0, labels_w = 0;
  double length = 1;
  float x(double position) const { return canvas.x + float(position / length) * canvas.w; }
  double position(float px) const {
    return std::clamp(double((px - canvas.x) / canvas.w), 0.0, 1.0) * length;
  }
};
// `row`: where the ruler stands, labels included; the canvas has no height yet.
Axis axis_in(const CompareFrame& f, const Rect& row);
// The ruler with its times, the first difference, and the playhead through all of the canvas.
void draw_clock(const CompareFrame& f, const Axis& axis);
// Lines where the clock moves.
void draw_grid(const CompareFrame& f, const Axis& axis);
// Pressing or dragging there moves the playhead.
void scrub(const CompareFrame& f, const Axis& axis, const Rect& rect, const char* name);
// A strip with nothing but the clock.
void draw_strip(const CompareFrame& f, const Rect& rect);
void draw_lanes(const CompareFrame& f, const Rect& rect);
float lanes_height(const CompareFrame& f, bool all);  // for all of them, or at least; pixels

}  // namespace qs::ui::compare
