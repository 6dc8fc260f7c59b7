// What the window remembers: theme, scale, splitters. Owns: Settings and its file. Called by
// window.cpp; main thread.
#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace qs::ui {

struct Settings {
  std::string theme = "dark";
  float scale = 1;  // text scale, 0.75 .. 3
  bool reduced_motion = false, projector = false, tooltips = true;
  float side = 0.20f, right = 0.245f, bottom = 0.26f, code = 0.58f;  // shares of the window
  static constexpr size_t kMostVariant = 100;
  std::string variant;                // of lessons: the student's number; "" = as they are written
  std::string theme_before = "dark";  // the theme to return to after projector mode
  int step = 0;         // what the step keys and buttons step by: a cmd::By (session.h)
  unsigned folded = 0;  // hidden panes: bits of Pane (panes.h)
  static constexpr unsigned kLastTab = 6;
  unsigned timeline_tab = 0;  // a TimelineState::Tab (timeline.h), 0 .. kLastTab
  unsigned log_levels = 0;    // of the log: bits of LogFilter::levels (log.h); 0: the default
  std::string page;           // where a copied link leads (session/link.h)
  bool operator==(const Settings&) const = default;
};

// The per-user file: settings.toml in config_folder(); "" when there is no home.
std::string settings_path();
// Parses the text of that file; what is missing or wrong gets its default. Only a text that is not
// TOML is an error.
Result<Settings> parse_settings(std::string_view text, const std::string& file);
// Missing file: the defaults. A damaged one is set aside as settings.toml.bad (or .bad-1, -2 ...),
// one that cannot be read stays as it is; `message` says so.
Settings load_settings(const std::string& path, std::string& message);
// Several windows may share the file: only what differs from `base`, the settings as last loaded or
// saved, is changed in it; without `base` all of it is. False (and a sentence in `message`) when it
// cannot be written; nothing else happens then.
bool save_settings(const Settings& settings, const std::string& path, std::string& message,
                   const Settings* base = nullptr);

// Saves settings once they have not changed for a moment, so that they survive however the program
// ends.
class SettingsKeeper {
 public:
  SettingsKeeper(std::string path, const Settings& saved)
      : path_(std::move(path)), saved_(saved), tried_(saved), seen_(saved) {}
  // Call once a frame; `busy`: they are still being changed (a mouse button is down). Returns
  // the seconds until the next call, negative when nothing is left to do. `message` says, once, why
  // they cannot be saved.
  double keep(const Settings& now, double seconds, bool busy, std::string& message);
  // At exit: saves what is not saved yet.
  void finish(const Settings& now, std::string& message);

 private:
  std::string path_;
  Settings saved_, tried_, seen_;  // in the file; last tried to save; in the previous frame
  double rested_at_ = 0;
};

}  // namespace qs::ui
