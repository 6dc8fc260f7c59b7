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

// In so many columns; in pixels.
float ways_height(Ui& ui, const std::vector<std::string>& ways, int columns);
// The one that was clicked; -1: none.
int draw_ways(Ui& ui, const Rect& rect, const std::vector<std::string>& ways, int columns);

// Between lines of a smaller font than usual, where room is short; of its size.
inline constexpr float kTightLine = 1.22f;

// Cards to choose from, in columns; the words of one may take several lines. In pixels.
struct CardRow {
  std::string name, words;  // in the registry; Markdown
  bool picked = false;
};
// `font`: nullptr for the usual one. `columns`: 0 for those, up to five, that are lowest.
float cards_height(Ui& ui, float width, const std::vector<CardRow>& cards, int columns,
                   const Font* font = nullptr);
// The one that was clicked; -1: none.
int draw_cards(Ui& ui, const Rect& rect, const std::vector<CardRow>& cards, int columns,
               const Font* font = nullptr);

// The conditions of a goal, with what has become of each; `columns` and `font` as for cards.
float ticks_height(Ui& ui, float width, const std::vector<lesson::Tick>& ticks, int columns,
                   const Font* font);
void draw_ticks(Ui& ui, const Rect& rect, const std::vector<lesson::Tick>& ticks, int columns,
                const Font* font);

}  // namespace qs::ui
