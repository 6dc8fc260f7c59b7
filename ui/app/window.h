// The app in a window: a loop that waits for something to happen, draws, and does what only a
// window can do (pictures, settings on disk, full screen). Owns: WindowLoop. Made by run_window and
// by the tests of a real window; main thread only.
#pragma once

#include <string>

#include "session/window_request.h"
#include "ui/app/app.h"
#include "ui/app/file_watch.h"
#include "ui/app/host.h"

namespace qs::ui {

// Creates the window for these settings: `backend` by name, "": whatever draws fastest here
// (choose.h).
Result<std::unique_ptr<Host>> open_host(const std::string& backend, const Settings& settings,
                                        const WindowOptions& options = {});

// Runs a window on the desktop until it is closed. Returns the exit code: 0, or 2 after a sentence
// on standard error.
int run_window(const session::WindowRequest& request);

class WindowLoop {
 public:
  // `settings` are those of the app, kept in the file `path` ("": nowhere). `talks`: prints
  // where things are and where the run is, for tests.
  WindowLoop(Host& host, App& app, Settings& settings, const std::string& path, bool talks);

  // False once it should close.
  bool turn();
  // Writes settings that are not saved yet; "" or why not.
  std::string finish();

 private:
  std::string save_picture(int scale);
  void report();
  void tell_places();
  Host& host_;
  App& app_;
  Settings& settings_;
  SettingsKeeper keeper_;
  FileWatch watch_;
  bool talks_, ready_ = false, full_ = false;
  int frames_ = 0;
  std::string places_;  // as they were printed last
};

}  // namespace qs::ui
