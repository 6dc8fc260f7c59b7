// The layout of a run's panes: the side pane, the stage and below both the timeline, with source
// and inspector behind tabs of the timeline, or docked where the stage has all that it needs; a
// column with tabs in a medium window, one at a time in a small one. A room gets the stage, the
// side pane and a low timeline. Owns: Pane, PaneLayout. Pure; called by the run screen and its
// tests.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "ui/screens/settings.h"
#include "ui/toolkit/core/layout.h"

namespace qs::ui {

// Design pixels: the height of the bar above a screen, and what is left free around its panes.
inline constexpr float kTopBar = 52, kPageEdge = 12;

enum class Pane : uint8_t { none, stage, code, inspector, timeline, side };
inline constexpr Pane kPanes[] = {Pane::side, Pane::stage, Pane::code, Pane::inspector,
                                  Pane::timeline};

// The name of a pane in the settings file.
const char* pane_name(Pane pane);
// A bit of Settings::folded.
inline unsigned pane_bit(Pane pane) { return 1u << unsigned(pane); }

// From this width on, in design pixels, panes stand beside the stage.
inline constexpr float kWideFrom = 980;

// The least width of the stage beside which another pane may be docked, and the least one of such a
// pane; design pixels.
inline constexpr float kStageNeeds = 1180, kDockFrom = 280, kDockBoth = 440;

// Projector mode: of the height, what a lesson below the stage may have in its usual letters.
inline constexpr float kLevelUsual = 0.56f;

struct PaneWishes {
  Pane whole = Pane::none;  // fills the window
  Pane front = Pane::none;  // the visible one of those behind tabs; none: the first
  bool lesson = false;      // the side pane shows a lesson
  // Projector mode: pixels that the side pane needs below the stage, how many where those are too
  // many, and its most of the height.
  float level = 0, level_tight = 0, level_most = kLevelUsual;
};

struct PaneLayout {
  Rect tabs;                 // empty: no tabs
  std::vector<Pane> behind;  // the panes behind them, from left to right
  Pane front = Pane::none;   // the visible one
  bool level = false;        // the side pane lies below the stage, wide and low
  // Those behind tabs of the timeline, after its own.
  std::vector<Pane> guests;
  Rect at[6];  // by Pane; empty: hidden, or a guest of the timeline
  // Is it behind a tab, its own or the timeline's?
  bool behind_tab(Pane pane) const {
    return std::count(behind.begin(), behind.end(), pane) +
               std::count(guests.begin(), guests.end(), pane) >
           0;
  }
  // The bars between panes; empty where there is none.
  Rect split_bottom, split_side, split_right, split_code;

  const Rect& of(Pane pane) const { return at[size_t(pane)]; }
};

// `page` in pixels, `scale` pixels per design pixel.
PaneLayout arrange_panes(const Rect& page, float scale, const Settings& settings,
                         const PaneWishes& wishes);

}  // namespace qs::ui
