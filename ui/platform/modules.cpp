// Where windows come from: each backend is a module of its own beside the program, so that the
// command line and pictures load no window library, and a window only the one that it needs.
#include <dlfcn.h>
#include <unistd.h>

#include <filesystem>

#include "ui/platform/imgui_host.h"

namespace qs::ui {

namespace fs = std::filesystem;

namespace {

// Beside the program, as it is built; else where it is installed, as seen from there.
void* load(const std::string& module, std::string& why) {
  std::error_code none;
  const fs::path here = fs::read_symlink("/proc/self/exe", none).parent_path();
  for (const fs::path& folder : {here, here / "../lib/queuescope"}) {
    const fs::path file = folder / module;
    if (!fs::exists(file, none)) continue;
    if (void* loaded = dlopen(file.c_str(), RTLD_LAZY | RTLD_LOCAL)) return loaded;
    why = dlerror();
    return nullptr;
  }
  why = "it is neither beside the program nor in ../lib/queuescope";
  return nullptr;
}

}  // namespace

// Modules stay loaded: window libraries cannot be unloaded safely.
PlatformResult create_window(Backend backend, const WindowOptions& options) {
  const std::string module = "queuescope-" + std::string(backend_name(backend)) + ".so";
  std::string why;
  void* loaded = load(module, why);
  auto* open = loaded ? reinterpret_cast<QsOpenWindow*>(dlsym(loaded, "qs_open_window")) : nullptr;
  if (!open) {
    if (loaded) why = dlerror();
    return Error{module, 0,
                 "this part of the program, which opens windows, is missing (" + why + ")"};
  }
  PlatformResult made = Error{};
  open(&options, &made);
  return made;
}

}  // namespace qs::ui
