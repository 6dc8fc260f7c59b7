// A picture of the window, made without a display; the same on every machine. Owns nothing. Called
// by ui/main.cpp and tests.
#pragma once
#include "session/window_request.h"

namespace qs::ui {

// Writes the picture. Returns the exit code: 0, or 2 after a sentence on standard error.
int run_shot(const session::ShotRequest& request);

}  // namespace qs::ui
