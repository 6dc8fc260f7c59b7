#include "ui/screens/settings.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/file_lock.h"
#include "base/own_file.h"
#include "base/toml.h"
#include "base/user_folders.h"
#include "base/visible.h"
#include "base/write_file.h"
#include "ui/screens/panes.h"
#include "ui/toolkit/core/theme_file.h"

namespace qs::ui {

namespace {

// In the order of cmd::By.
constexpr const char* kSteps[] = {"event", "call", "hop", "callback", "line", "detail"};

bool known_theme(const std::string& name) {
  const auto names = theme_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr double kRest = 0.5;  // seconds
constexpr const char* kDamaged = ".bad";

Settings settings_of(const toml::table& t) {
  Settings s;
  s.theme = t["theme"].value_or(s.theme);
  if (!known_theme(s.theme)) s.theme = "dark";
  auto number = [&](const char* key, float& value, float least, float most) {
    const float kept = float(t[key].value_or(double(value)));
    if (std::isfinite(kept)) value = std::clamp(kept, least, most);
  };
  number("scale", s.scale, 0.75f, 3);
  // Shares of a window of any size: panes.h knows the minimum size of each pane.
  for (const auto& [key, value] :
       {std::pair{"side", &s.side}, {"right", &s.right}, {"bottom", &s.bottom}, {"code", &s.code}})
    number(key, *value, 0.01f, 0.99f);
  if (const toml::array* folded = t["folded"].as_array())
    for (const Pane pane : kPanes)
      for (const auto& name : *folded)
        if (name.value_or(std::string()) == pane_name(pane)) s.folded |= pane_bit(pane);
  s.variant = visible(t["variant"].value_or(s.variant), Settings::kMostVariant);
  s.theme_before = t["theme_before"].value_or(s.theme_before);
  if (!known_theme(s.theme_before)) s.theme_before = "dark";
  const std::string step = t["step"].value_or(std::string(kSteps[0]));
  for (size_t i = 0; i < std::size(kSteps); ++i)
    if (step == kSteps[i]) s.step = int(i);
  s.timeline_tab =
      unsigned(std::clamp<int64_t>(whole_number(t["timeline_tab"]), 0, Settings::kLastTab));
  s.log_levels = unsigned(whole_number(t["log_levels"]) & 0x7F);
  s.reduced_motion = t["reduced_motion"].value_or(s.reduced_motion);
  s.projector = t["projector"].value_or(s.projector);
  s.tooltips = t["tooltips"].value_or(s.tooltips);
  s.page = t["page"].value_or(s.page);
  return s;
}

toml::table table_of(const Settings& s) {
  toml::array folded;
  for (const Pane pane : kPanes)
    if (s.folded & pane_bit(pane)) folded.push_back(pane_name(pane));
  return toml::table{{"theme", s.theme},
                     {"scale", double(s.scale)},
                     {"side", double(s.side)},
                     {"right", double(s.right)},
                     {"bottom", double(s.bottom)},
                     {"code", double(s.code)},
                     {"folded", folded},
                     {"reduced_motion", s.reduced_motion},
                     {"theme_before", s.theme_before},
                     {"variant", s.variant},
                     {"step", kSteps[s.step]},
                     {"timeline_tab", int64_t(s.timeline_tab)},
                     {"log_levels", int64_t(s.log_levels)},
                     {"projector", s.projector},
                     {"tooltips", s.tooltips},
                     {"page", s.page}};
}

std::string printed(const toml::node& node) {
  std::ostringstream out;
  node.visit([&](const auto& value) { out << value; });
  return out.str();
}

std::string damage_text(const OwnFile& file) {
  return fmt::format(
      "The settings could not be read ({}:{}). They were set aside as {}, and the usual ones are "
      "used.",
      file.damage.file, file.damage.line, file.aside);
}

Result<bool> save(const Settings& s, const std::string& path, std::string& message,
                  const Settings* base) {
  if (auto made = make_folder_of(path); !made) return made;
  auto lock = FileLock::take(path);
  if (!lock) return lock.error();
  auto file = read_own_file(path, kDamaged, true);
  if (!file) return file.error();
  if (!file->aside.empty()) message = damage_text(*file);
  toml::table root = file->table ? std::move(*file->table) : toml::table();
  const toml::table mine = table_of(s), before = table_of(base ? *base : s);
  bool changed = !file->table;
  for (auto&& [key, node] : mine) {
    const toml::node* there = root.get(key);
    const bool own = !base || printed(node) != printed(*before.get(key));
    if (there && (!own || printed(*there) == printed(node))) continue;
    root.insert_or_assign(key, node);
    changed = true;
  }
  if (!changed) return true;
  std::ostringstream text;
  text << root << '\n';
  return write_file(path, text.str());
}

}  // namespace

std::string settings_path() {
  auto folder = config_folder();
  return folder ? *folder + "/settings.toml" : "";
}

Result<Settings> parse_settings(std::string_view text, const std::string& file) {
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  return settings_of(*root);
}

Settings load_settings(const std::string& path, std::string& message) {
  if (path.empty()) return {};
  auto file = read_own_file(path, kDamaged, false);
  if (!file) {
    message = "The settings cannot be read, so the usual ones are used: " + file.error().text();
    return {};
  }
  if (!file->aside.empty()) message = damage_text(*file);
  return file->table ? settings_of(*file->table) : Settings();
}

bool save_settings(const Settings& s, const std::string& path, std::string& message,
                   const Settings* base) {
  if (path.empty()) return false;
  auto saved = save(s, path, message, base);
  if (!saved) message = "The settings cannot be saved: " + saved.error().text();
  return saved.ok();
}

double SettingsKeeper::keep(const Settings& now, double seconds, bool busy, std::string& message) {
  if (now == tried_) return -1;
  if (!(now == seen_) || busy) {
    seen_ = now;
    rested_at_ = seconds + kRest;
  }
  if (seconds < rested_at_) return rested_at_ - seconds;
  finish(now, message);
  return -1;
}

void SettingsKeeper::finish(const Settings& now, std::string& message) {
  if (now == tried_) return;
  tried_ = now;  // a failure to save is reported once
  if (save_settings(now, path_, message, &saved_)) saved_ = now;
}

}  // namespace qs::ui
