// What the backends share: the Dear ImGui context, drawing with OpenGL, and the differences between
// versions that only a backend meets. Called by the backends and nobody else. It is part of the
// program; backends that open a window are modules which find it there (modules.cpp).
#pragma once

#include "ui/platform/platform.h"
#include "ui/toolkit/core/compat.h"

namespace qs::ui {

// All drawing is in framebuffer pixels: what Dear ImGui knows of the window.
void set_frame_size(int width, int height, float delta_seconds);

// For backends that draw with rasterise(): black pixels to draw on, and pixels as a Picture (empty
// for no pixels).
void blacken(std::vector<std::uint32_t>& pixels, int width, int height);
Picture picture_of(const std::uint32_t* pixels, int width, int height, int stride);

// Dear ImGui's own drawing with OpenGL 3, which finds OpenGL by itself: call them with an OpenGL
// context current.
bool gl3_open();
void gl3_close();
void gl3_begin_frame();
void gl3_draw();
void gl3_fonts_changed();

// The cursor that the frame which just ended wants: an ImGuiMouseCursor.
int wanted_cursor();

// Each makes its Platform; declared here so that platform.cpp can choose.
using PlatformResult = Result<std::unique_ptr<Platform>>;
PlatformResult create_headless(Backend backend, const WindowOptions& options);
// Out of the backend's module: modules.cpp.
PlatformResult create_window(Backend backend, const WindowOptions& options);

}  // namespace qs::ui

extern "C" {
// What a backend's module defines, and nothing else of it is seen.
using QsOpenWindow = void(const qs::ui::WindowOptions* options, qs::ui::PlatformResult* out);
__attribute__((visibility("default"))) QsOpenWindow qs_open_window;
}
