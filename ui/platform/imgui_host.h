// What the backends share: the Dear ImGui context, and the differences between its versions that
// only a backend meets. Called by the backends and nobody else.
#pragma once

#include "ui/platform/platform.h"
#include "ui/widgets/compat.h"

namespace qs::ui {

// Dear ImGui's context for the life of a backend: no ini file, no navigation of its own.
class ImGuiContextOwner {
 public:
  ImGuiContextOwner();
  ~ImGuiContextOwner();
  ImGuiContextOwner(const ImGuiContextOwner&) = delete;
  ImGuiContextOwner& operator=(const ImGuiContextOwner&) = delete;
};

// All drawing is in framebuffer pixels: tells Dear ImGui so, whatever its backend put there.
void set_frame_size(int width, int height, float delta_seconds);

// For backends that draw with rasterise(): settings of the context, and pixels as a Picture (empty
// for no pixels).
void begin_drawing_by_processor();
Picture picture_of(const std::uint32_t* pixels, int width, int height, int stride);

// Each makes its Platform; declared here so that platform.cpp can choose.
using PlatformResult = Result<std::unique_ptr<Platform>>;
PlatformResult create_glfw_gl3(const WindowOptions& options);
PlatformResult create_sdl2(const WindowOptions& options);
PlatformResult create_headless(Backend backend, const WindowOptions& options);

}  // namespace qs::ui
