// What the command line asks of the window. Owns: the two requests. Made by cli, carried out by
// ui/app (window.h, shot.h).
#pragma once
#include <string>
#include <vector>

#include "session/programs.h"

namespace qs::session {

struct WindowRequest {
  bool home = true;     // no program was named: open on the list of lessons
  std::string what;     // the name as given
  bool slowly = false;  // a long recording, or a link: the window opens it by name
  Opened opened;        // what to show, unless home or slowly
  std::string backend;  // "" = choose; "glfw", "sdl"
  std::string variant;  // of lessons, for the student of that number; "": as the settings say
  double scale = 0;     // of everything, 1 is 100 percent; 0: as the settings say
  size_t event = 0;     // playhead; only when at_event
  bool at_event = false;
  bool serve = false;  // open on the sheet for a class, which serves the page once that is pressed
  std::string serve_at, page;  // its address, "": to be chosen; the folder of the page, "": ours
  std::string notes;  // the teacher's page of this lesson.toml alone, in a window of its own
};

struct ShotRequest {
  std::string what, view;  // view: "" = the whole window, else "stage", "timeline" ...
  // "" = the program's own; "lesson", "sandbox", "drive", "compare", "races",
  // "projector"
  std::string mode;
  Opened opened;
  size_t event = 0;
  bool at_event = false;  // false: the end of the run
  std::string file;       // PNG
  int width = 1440, height = 900;
  double scale = 1;
  std::string theme;              // "" = dark
  std::vector<std::string> keys;  // pressed one after the other before the picture is taken
  size_t beat = 0;                // of a lesson, from 1: the panel and the moment at which it ends
  std::string variant;            // of the lesson: the student's number
  bool done = false;              // with the right answer given, or the goal reached
};

}  // namespace qs::session
