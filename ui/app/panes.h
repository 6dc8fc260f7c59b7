// The layout of a run's panes: all of them in a large window, a column with tabs in a medium one,
// one at a time in a small one. Owns: Pane, PaneLayout. Pure; called by the run screen and its
// tests.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ui/app/settings.h"
#include "ui/toolkit/core/layout.h"

namespace qs::ui {

enum class Pane : uint8_t { none, stage, code, inspector, timeline, side };
inline constexpr Pane kPanes[] = {Pane::side, Pane::stage, Pane::code, Pane::inspector,
                                  Pane::timeline};

// The name of a pane in the settings file.
const char* pane_name(Pane pane);
// A bit of Settings::folded.
inline unsigned pane_bit(Pane pane) { return 1u << unsigned(pane); }

struct PaneWishes {
  Pane whole = Pane::none;  // fills the window
  Pane front = Pane::none;  // the visible one of those behind tabs; none: the first
  bool lesson = false;      // the side pane shows a lesson
  float level = 0;          // projector mode: pixels that the side pane needs below the stage
};

struct PaneLayout {
  Rect tabs;                 // empty: no tabs
  std::vector<Pane> behind;  // the panes behind them, from left to right
  Pane front = Pane::none;   // the visible one
  Rect at[6];                // by Pane; empty: hidden
  // The bars between panes; empty where there is none.
  Rect split_bottom, split_side, split_right, split_code;

  const Rect& of(Pane pane) const { return at[size_t(pane)]; }
};

// `page` in pixels, `scale` pixels per design pixel.
PaneLayout arrange_panes(const Rect& page, float scale, const Settings& settings,
                         const PaneWishes& wishes);

}  // namespace qs::ui
