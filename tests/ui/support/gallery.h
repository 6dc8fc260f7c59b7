// Gallery: every widget on one page, with made-up content. Drawn by the widget tests (which click
// through it, check its layout and render it in every theme) and looked at by people who change a
// widget. Sample words here are no interface text, hence not in the strings file.
#pragma once

#include <string>

#include "ui/symbols/token.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

struct GalleryState {
  int mode = 0, dispatch[3] = {0, 1, 2}, tab = 0, answer = 1, pressed = 0, row = 1;
  float speed = 0.45f, split = 0;
  std::string search = "Forward";
  FieldState field;
  ScrollState scroll;
  std::string last_menu;  // what was chosen last in the context menu
  std::string last_link;
};

// Fills ui.screen. Made for 1680 x 980 design pixels and larger; also the page of the shape budget.
void draw_gallery(Ui& ui, GalleryState& state);
// One of its panes, in a file of its own.
void draw_gallery_stage(Ui& ui, const Rect& rect, GalleryState& state);

// `count` tokens with labels on a grid: the measure of what a view may draw.
void draw_budget(Ui& ui, int count);

}  // namespace qs::ui
