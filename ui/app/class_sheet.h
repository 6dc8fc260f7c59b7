// The link to this moment for a room: as a QR code that the back row can read, and, once it is
// pressed, the address at which this program serves its own page, with how many follow it and what
// they answer. Owns: ClassSheet. Called by the App; main thread only.
#pragma once
#include <string>
#include <vector>

#include "ui/app/class_room.h"
#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/controls/dialog.h"

namespace qs::ui {

struct ClassSheet {
  DialogState dialog;
  ClassRoom room;
  size_t address = 0;    // of room.addresses()
  std::string trouble;   // why the room did not open
  std::string question;  // that is open, and its options
  std::vector<std::string> options;
};

// While it is open. `link`: to this moment; "": there is none.
void draw_class_sheet(Ui& ui, ClassSheet& sheet, const std::string& link);

// A text as a QR code on white, as large as fits into `rect`. False: it is too long for one.
bool draw_qr(Ui& ui, const Rect& rect, const std::string& text);

}  // namespace qs::ui
