// Rows of a beat: who could go on, where a student plays the scheduler, a card, and what a goal
// asks for. Own no state. Called by the lesson panel.
//
// Names in the registry: "lesson/let/1".
#pragma once
#include <string>
#include <vector>

#include "lesson/tutor/tutor.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

// In pixels.
float ways_height(Ui& ui, const std::vector<std::string>& ways);
// The one that was clicked; -1: none.
int draw_ways(Ui& ui, Rect rect, const std::vector<std::string>& ways);

// Cards to choose from, in columns; the words of one may take several lines. In pixels.
struct CardRow {
  std::string name, words;  // in the registry; Markdown
  bool picked = false;
};
float cards_height(Ui& ui, float width, const std::vector<CardRow>& cards, int columns);
// The one that was clicked; -1: none.
int draw_cards(Ui& ui, const Rect& rect, const std::vector<CardRow>& cards, int columns);

// One condition of a goal, with what has become of it.
float tick_height(Ui& ui, float width, const lesson::Tick& tick);
void draw_tick(Ui& ui, const Rect& rect, const lesson::Tick& tick);

}  // namespace qs::ui
