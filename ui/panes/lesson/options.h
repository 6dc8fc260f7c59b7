// The options of a question: a list beside the stage, cards in a row below it, or large ones on a
// page of their own. Owns no state. Called by the lesson panel and the page of the question.
//
// Names in the registry: "lesson/option/1", its words "lesson/option/1/text".
#pragma once
#include <span>
#include <vector>

#include "lesson/file/lesson.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

struct OptionList {
  Ui& ui;
  const lesson::Beat& beat;
  int chosen = -1, right = -1;  // once it is answered
  bool cards = false;           // side by side where they fit, with numbers that a room can read
  const Font* font = nullptr;   // of the words; nullptr: as for all prose
  bool tight = false;           // a list with nothing to spare

  bool answered() const { return chosen >= 0; }
  // Pixels that these options need at this width.
  float height(float width, std::span<const int> shown) const;
  // Draws them; a click or a digit key changes `picked`, unless the question is answered.
  void draw(const Rect& rect, std::span<const int> shown, int& picked) const;

 private:
  std::vector<Rect> places(const Rect& rect, std::span<const int> shown) const;
  std::vector<Rect> in_columns(const Rect& rect, std::span<const int> shown, int columns,
                               std::span<const float> widths) const;
  void one(const Rect& rect, int i, int& picked) const;
  float sign_width() const;
  float pad_y() const;
};

}  // namespace qs::ui
