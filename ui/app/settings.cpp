#include "ui/app/settings.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/limits.h"
#include "base/read_file.h"
#include "base/toml.h"
#include "ui/app/panes.h"
#include "ui/app/theme_file.h"

namespace qs::ui {

namespace fs = std::filesystem;

namespace {

// In the order of cmd::By.
constexpr const char* kSteps[] = {"event", "call", "hop", "callback", "line", "detail"};

bool known_theme(const std::string& name) {
  const auto names = theme_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr double kRest = 0.5;  // seconds

}  // namespace

std::string settings_path() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  if (config && *config) return std::string(config) + "/queuescope/settings.toml";
  const char* home = std::getenv("HOME");
  if (!home || !*home) return {};
  return std::string(home) + "/.config/queuescope/settings.toml";
}

Settings load_settings(const std::string& path, std::string& message) {
  Settings s;
  if (path.empty()) return s;
  auto text = read_file_if_there(path, limits::kTextFile);
  if (!text) {  // no file of ours, or one of somebody else: it stays where it is
    message = fmt::format("The settings cannot be read, the usual ones are used: {}.",
                          text.error().text());
    return s;
  }
  if (!*text) return s;  // there is none yet
  auto read = parse_settings(**text, path);
  if (read) return *read;
  std::error_code ec;
  fs::rename(path, path + ".bad", ec);
  message = fmt::format("The settings could not be read ({}:{}). ", path, read.error().line);
  if (ec)
    message += "The usual ones are used; the file is in the way of new ones.";
  else
    message += fmt::format("They were set aside as {}.bad, and the usual ones are used.", path);
  return s;
}

Result<Settings> parse_settings(std::string_view text, const std::string& file) {
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  const toml::table& t = *root;
  Settings s;
  s.theme = t["theme"].value_or(s.theme);
  if (!known_theme(s.theme)) s.theme = "dark";
  auto number = [&](const char* key, float& value, float least, float most) {
    const float kept = float(t[key].value_or(double(value)));
    if (std::isfinite(kept)) value = std::clamp(kept, least, most);
  };
  number("scale", s.scale, 0.75f, 3);
  // Shares of a window of any size: what each pane needs at least is for panes.h to know.
  for (const auto& [key, value] :
       {std::pair{"side", &s.side}, {"right", &s.right}, {"bottom", &s.bottom}, {"code", &s.code}})
    number(key, *value, 0.01f, 0.99f);
  if (const toml::array* folded = t["folded"].as_array())
    for (const Pane pane : kPanes)
      for (const auto& name : *folded)
        if (name.value_or(std::string()) == pane_name(pane)) s.folded |= pane_bit(pane);
  s.theme_before = t["theme_before"].value_or(s.theme_before);
  if (!known_theme(s.theme_before)) s.theme_before = "dark";
  const std::string step = t["step"].value_or(std::string(kSteps[0]));
  for (size_t i = 0; i < std::size(kSteps); ++i)
    if (step == kSteps[i]) s.step = int(i);
  s.timeline_tab = unsigned(std::clamp<int64_t>(t["timeline_tab"].value_or(int64_t(0)), 0, 3));
  s.log_levels = unsigned(t["log_levels"].value_or(int64_t(0)) & 0x7F);
  s.reduced_motion = t["reduced_motion"].value_or(s.reduced_motion);
  s.projector = t["projector"].value_or(s.projector);
  s.tooltips = t["tooltips"].value_or(s.tooltips);
  return s;
}

bool save_settings(const Settings& s, const std::string& path, std::string& message) {
  if (path.empty()) return false;
  std::error_code ec;
  fs::create_directories(fs::path(path).parent_path(), ec);
  toml::array folded;
  for (const Pane pane : kPanes)
    if (s.folded & pane_bit(pane)) folded.push_back(pane_name(pane));
  toml::table t{{"theme", s.theme},
                {"scale", double(s.scale)},
                {"side", double(s.side)},
                {"right", double(s.right)},
                {"bottom", double(s.bottom)},
                {"code", double(s.code)},
                {"folded", folded},
                {"reduced_motion", s.reduced_motion},
                {"theme_before", s.theme_before},
                {"step", kSteps[s.step]},
                {"timeline_tab", int64_t(s.timeline_tab)},
                {"log_levels", int64_t(s.log_levels)},
                {"projector", s.projector},
                {"tooltips", s.tooltips}};
  const std::string fresh = path + ".new";
  {
    std::ofstream out(fresh);
    out << t << '\n';
    if (!out) {
      message = "The settings cannot be saved: " + path + " cannot be written.";
      return false;
    }
  }
  fs::rename(fresh, path, ec);
  return !ec;
}

double SettingsKeeper::keep(const Settings& now, double seconds, bool busy, std::string& message) {
  if (now == saved_) return -1;
  if (!(now == seen_) || busy) {
    seen_ = now;
    rested_at_ = seconds + kRest;
  }
  if (seconds < rested_at_) return rested_at_ - seconds;
  finish(now, message);
  return -1;
}

void SettingsKeeper::finish(const Settings& now, std::string& message) {
  if (now == saved_) return;
  saved_ = now;  // where it cannot be saved, it is said once
  save_settings(now, path_, message);
}

}  // namespace qs::ui
