// A ring around something on screen that is to be noticed: it swells for a few seconds, then stays
// still, so that a window at rest sleeps. Owns: Pulse. Called by the screens; main thread only.
#pragma once
#include <string_view>

#include "ui/toolkit/core/ui.h"

namespace qs::ui {

class Pulse {
 public:
  // Call each frame; "": nothing is to be noticed now. It swells from the beginning when it was not
  // shown in the frame before, however long ago that was: a window at rest draws none.
  void draw(Ui& ui, std::string_view record);
  // The next draw() swells again.
  void again() { began_ = -1; }

 private:
  double began_ = -1;  // seconds, as Ui::now
};

// The first thing on screen whose name begins so and which can be seen; "" when there is none.
std::string first_seen(const Ui& ui, std::string_view begins, std::string_view ends = {});

}  // namespace qs::ui
