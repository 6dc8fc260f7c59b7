// Which backend opens a window when nobody says: decided before anything is opened, since a window
// that is opened, looked at and closed again costs half a second. Owns: Machine. Called by the
// app's window; main thread only.
//
// OpenGL needs a graphics card. Where none can be seen, the processor draws, with sdl2. Where one
// is seen but OpenGL turns out to be drawn by the processor all the same (a display far away, no
// driver for the card), that is remembered until the machine is started again or looks different.
#pragma once

#include <string>

#include "ui/platform/platform.h"

namespace qs::ui {

// What there is to draw with, as far as files and the environment tell.
struct Machine {
  bool card = false;
  std::string looks;  // differs when another answer may be right: its cards, its display, its start
};

// `root`: where the machine's files are; tests have their own.
Machine look_at_machine(const std::string& root = "/");

class DrawingMemory {
 public:
  // `file`: in the folder for a program's state; "": nothing is remembered.
  explicit DrawingMemory(std::string file) : file_(std::move(file)) {}
  static std::string default_path();

  // The backend to try first; the other one is tried when it cannot be opened.
  Backend first(const Machine& machine) const;
  // OpenGL was opened on this machine, and the processor draws it. Failing to save that
  // does not matter: it is found out again.
  void opengl_is_imitated(const Machine& machine) const;

 private:
  std::string file_;
};

}  // namespace qs::ui
