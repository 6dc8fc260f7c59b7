// What the window remembers: theme, scale, splitters. Owns: Settings and its file. Called by
// window.cpp; main thread.
#pragma once
#include <string>

namespace qs::ui {

struct Settings {
  std::string theme = "dark";
  float scale = 1;  // text scale, 0.75 .. 3
  bool reduced_motion = false, projector = false, tooltips = true;
  float side = 0.20f, right = 0.245f, bottom = 0.26f, code = 0.58f;  // shares of the window
  unsigned folded = 0;  // panes that are put away: bits of Pane (panes.h)
  bool operator==(const Settings&) const = default;
};

// The per-user file: $XDG_CONFIG_HOME or ~/.config, queuescope/settings.toml; "" when there is no
// home.
std::string settings_path();
// Missing file: the defaults. A damaged one is set aside as settings.toml.bad, and `message` says
// so.
Settings load_settings(const std::string& path, std::string& message);
// False (and a sentence in `message`) when it cannot be written; nothing else happens then.
bool save_settings(const Settings& settings, const std::string& path, std::string& message);

}  // namespace qs::ui
