// Where windows come from: each backend is a module of its own beside the program, so that the
// command line and pictures load no window library, and a window only the one that it needs.
#include "base/modules.h"

#include "ui/platform/imgui_host.h"

namespace qs::ui {

PlatformResult create_window(Backend backend, const WindowOptions& options) {
  const std::string module = "queuescope-" + std::string(backend_name(backend)) + ".so";
  std::string why;
  auto* open = reinterpret_cast<QsOpenWindow*>(module_function(module, "qs_open_window", why));
  if (!open)
    return Error{module, 0,
                 "this part of the program, which opens windows, is missing (" + why + ")"};
  PlatformResult made = Error{};
  open(&options, &made);
  return made;
}

}  // namespace qs::ui
