// A page cannot start a program of the machine that shows it.
#include "ui/screens/editor.h"

namespace qs::ui {

Result<bool> open_in_editor(const std::string&, uint32_t) {
  return Error{"", 0, "a web page cannot open an editor: use the program for drivers of your own"};
}

}  // namespace qs::ui
