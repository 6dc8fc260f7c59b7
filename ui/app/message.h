// One sentence shown for a while at the foot of the window, on top of everything, so that nothing
// moves under the mouse and it is seen on every screen. Owns: Message. Called by the app; main
// thread only.
#pragma once
#include <string>

#include "ui/toolkit/core/ui.h"

namespace qs::ui {

class Message {
 public:
  // Replaces the message before it. `now` as Ui::now; "" shows none.
  void say(const std::string& words, double now, double seconds = 8);
  // Shown until it is pressed or replaced.
  void keep(const std::string& words);
  void clear() { text.clear(); }
  // `undo`: offers to take back what the message reports. True when that was pressed.
  bool draw(Ui& ui, bool undo);

  std::string text;  // "": none

 private:
  double until_ = 0;  // seconds, as Ui::now
};

}  // namespace qs::ui
