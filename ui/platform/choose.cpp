#include "ui/platform/choose.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/write_file.h"

namespace qs::ui {

namespace fs = std::filesystem;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// Values Mesa reads as true.
bool is_yes(const std::string& value) {
  return value == "1" || value == "true" || value == "yes" || value == "y";
}

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

// The cards that may be drawn with, each with its driver. Those of virtual machines that only hand
// pixels on (vgem, vkms) are none.
std::vector<std::string> cards(const fs::path& root) {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& node : fs::directory_iterator(root / "dev/dri", none)) {
    const std::string name = node.path().filename().string();
    if (!name.starts_with("renderD") || access(node.path().c_str(), R_OK | W_OK) != 0) continue;
    const fs::path link = root / "sys/class/drm" / name / "device/driver";
    const std::string driver = fs::read_symlink(link, none).filename().string();
    if (driver != "vgem" && driver != "vkms") found.push_back(name + " " + driver);
  }
  // NVIDIA's own driver and Windows' under Linux have doors of their own.
  for (const char* door : {"dev/nvidiactl", "dev/dxg"})
    if (fs::exists(root / door, none)) found.push_back(door);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

Machine look_at_machine(const std::string& root) {
  Machine machine;
  for (const std::string& card : cards(root)) machine.card = true, machine.looks += card + "; ";
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "GALLIUM_DRIVER", "LIBGL_ALWAYS_INDIRECT"})
    machine.looks += name + ("=" + environment(name)) + "; ";
  machine.looks += first_line(fs::path(root) / "proc/sys/kernel/random/boot_id");
  if (is_yes(environment("LIBGL_ALWAYS_SOFTWARE"))) machine.card = false;
  return machine;
}

std::string DrawingMemory::default_path() {
  const std::string state = environment("XDG_STATE_HOME"), home = environment("HOME");
  if (!state.empty()) return state + "/queuescope/opengl-imitated";
  return home.empty() ? "" : home + "/.local/state/queuescope/opengl-imitated";
}

Backend DrawingMemory::first(const Machine& machine) const {
  if (!machine.card) return Backend::sdl2;
  return !file_.empty() && first_line(file_) == machine.looks ? Backend::sdl2 : Backend::glfw_gl3;
}

void DrawingMemory::opengl_is_imitated(const Machine& machine) const {
  if (file_.empty()) return;
  // Nothing is lost where it cannot be kept: the next start looks again.
  if (make_folder_of(file_)) (void)write_file(file_, machine.looks + "\n");
}

}  // namespace qs::ui
