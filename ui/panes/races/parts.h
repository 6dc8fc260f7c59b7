// The pieces draw_races is made of. Private to this folder.
#pragma once
#include "base/number_text.h"
#include "ui/panes/races/races.h"

namespace qs::ui::races {

struct RacesFrame {
  Ui& ui;
  RacesState& st;
  UiState& shared;
  RacesAct& act;
  std::vector<session::Command>& out;
  bool projector = false;

  const session::Races& races() const { return *st.races; }
  const explore::SearchReport& report() const { return st.races->report(); }
  const RacesShown& shown() const { return st.shown; }
};

std::string percent(const explore::Share& share);  // "64 %"
// The finding of that number; nullptr: it is not told yet.
const explore::Finding* finding_of(const RacesState& state, uint32_t way);

// ---- races/verdict.cpp: what the search says, and what it is told.
float verdict_height(const RacesFrame& f, float width);
void draw_verdict(const RacesFrame& f, const Rect& rect);
// Search again, stop or go on; the bounds; back. In one row, from the right; returns its width.
float draw_buttons(const RacesFrame& f, Rect row);
float buttons_width(const RacesFrame& f);
// Narrower than this (design pixels) they stand with what was found.
inline constexpr float kButtonsFrom = 400;

// ---- races/ways.cpp: what goes wrong, and every schedule as a dot.
void draw_ways(const RacesFrame& f, const Rect& rect, bool with_verdict);

// ---- races/game.cpp: the same place, while somebody is the scheduler.
void draw_game(const RacesFrame& f, const Rect& rect);

// ---- races/rows.cpp: the schedule that is shown.
void draw_schedule(const RacesFrame& f, const Rect& rect);

// ---- races/roads.cpp: who else could go on; what becomes of the requests.
void draw_below(const RacesFrame& f, const Rect& rect);

// ---- races/why.cpp: the code, and why the rule is there.
void draw_code_and_why(const RacesFrame& f, const Rect& rect);

}  // namespace qs::ui::races
