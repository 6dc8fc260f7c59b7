// Panels and small signs: grounds to put things on, and what is read at a glance (pills, gauges,
// gates, progress). Called by views; nothing here takes input except banner buttons.
#pragma once

#include <cstddef>
#include <set>
#include "ui/toolkit/text/text.h"

namespace qs::ui {

enum class PanelLook : std::uint8_t {
  panel,   // a pane of the window
  stage,   // a pane as dark as the background
  card,    // a box inside a panel
  lit,     // a card where something is happening: soft ground, accent border
  chosen,  // a card picked by the user
  bare,    // nothing is drawn and nothing is padded: inside another panel
};

// A ground with a border that later things belong to:
//   Panel panel(ui, rect, "queue/default");
//   Rect inner = panel.inner();      // less the usual padding
class Panel {
 public:
  Panel(Ui& ui, const Rect& rect, std::string_view name, PanelLook look = PanelLook::panel);
  ~Panel();
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;
  Rect inner() const { return inner_; }
  Rect rect() const { return rect_; }

 private:
  Ui& ui_;
  Rect rect_, inner_;
};

// Only the ground of a panel, for things that are items themselves.
void ground(Ui& ui, const Rect& rect, PanelLook look, float radius_design = 6);

// A small bordered label in a color ("forward R2 ?", "D0", "PASSIVE_LEVEL"). Returns its
// rectangle; `at` is its left end, vertically its middle.
Rect chip(Ui& ui, Point at, std::string_view text, Color color, const char* icon_utf8 = nullptr);
float chip_width(Ui& ui, std::string_view text, const char* icon_utf8 = nullptr);

// A bar filled from 0 to 1.
void progress_bar(Ui& ui, const Rect& rect, float fraction, Color color);
// A ring filled from 0 to 1; at 1 a disc with a tick. For lessons.
void progress_ring(Ui& ui, Point center, float radius, float fraction);
// A row of dots: `done` green, the next one lit, the rest gray; those `skipped` (from 0) are
// hollow. `first_center` is the first dot.
void step_dots(Ui& ui, Point first_center, int done, int total, float spacing_design = 20,
               const std::set<size_t>* skipped = nullptr);
// "2 of 3 presented": a text and, where the limit is small, little boxes, filled ones first.
// limit 0: there is none. Returns the width.
float gauge(Ui& ui, const Rect& rect, int presented, int limit, std::string_view text);
// A gate of a queue: dot and word. Open: green disc; shut: a red ring with a bar across, so that it
// can be told apart without color. Returns the width.
float gate(Ui& ui, Point left_middle, bool open, std::string_view text);
// The same sign alone.
void gate_sign(Ui& ui, Point center, bool open);
// The tube of a queue; `held` hatches its end (power is off: nothing leaves).
void tube(Ui& ui, const Rect& rect, bool held = false, bool lit = false);

// A lane segment of the timeline, with room for square ends where something goes on beyond.
// `stripes`: hatched, with at most so many lines (0: not hatched).
void lane_segment(Ui& ui, const Rect& rect, Color color, int stripes = 0);
void playhead(Ui& ui, float x, float top, float bottom, bool held = false);

enum class BannerLook : std::uint8_t { info, warning, danger };
struct BannerInk {
  Color bar, ground;
  const char* sign;
};
BannerInk banner_ink(const Theme& theme, BannerLook look);
// A violation or message: icon, title line, explanation. Returns the height used.
float banner(Ui& ui, const Rect& rect, BannerLook look, std::string_view title,
             std::string_view text);
float banner_height(Ui& ui, float width, std::string_view title, std::string_view text);

// A key as a key cap, for the "?" sheet. `at` is its left middle; returns its width.
float key_cap(Ui& ui, Point at, std::string_view text);

}  // namespace qs::ui
