#include "ui/platform/imgui_host.h"

#include <algorithm>

#include <imgui_impl_opengl3.h>

namespace qs::ui {

namespace {

// The contexts there are, the newest last.
std::vector<ImGuiContext*>& contexts() {
  static std::vector<ImGuiContext*> all;
  return all;
}

}  // namespace

ImGuiOwner::ImGuiOwner() : before_(ImGui::GetCurrentContext()) {
  IMGUI_CHECKVERSION();
  mine_ = ImGui::CreateContext();
  contexts().push_back(mine_);
  make_current();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags = ImGuiConfigFlags_None;
}

void ImGuiOwner::make_current() const { ImGui::SetCurrentContext(mine_); }

ImGuiOwner::~ImGuiOwner() {
  ImGuiContext* then = ImGui::GetCurrentContext();
  if (then == mine_) then = before_;
  make_current();
  ImGui::DestroyContext(mine_);
  std::erase(contexts(), mine_);
  // Whoever was current before may have gone first.
  const bool lives = std::find(contexts().begin(), contexts().end(), then) != contexts().end();
  ImGui::SetCurrentContext(lives ? then : nullptr);
}

void set_frame_size(int width, int height, float delta_seconds) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(float(width), float(height));
  io.DisplayFramebufferScale = ImVec2(1, 1);
  io.DeltaTime = delta_seconds > 0 ? delta_seconds : 1.0f / 60.0f;
}

void blacken(std::vector<std::uint32_t>& pixels, int width, int height) {
  pixels.assign(std::size_t(width) * std::size_t(height), 0);  // the upper byte says nothing
}

Picture picture_of(const std::uint32_t* pixels, int width, int height, int stride) {
  Picture p{width, height, {}};
  if (!pixels) return p;
  p.rgb.resize(std::size_t(width) * std::size_t(height) * 3);
  std::uint8_t* out = p.rgb.data();
  for (int y = 0; y < height; ++y) {
    const std::uint32_t* row = pixels + std::ptrdiff_t(y) * stride;
    for (int x = 0; x < width; ++x) {
      *out++ = std::uint8_t(row[x] >> 16);
      *out++ = std::uint8_t(row[x] >> 8);
      *out++ = std::uint8_t(row[x]);
    }
  }
  return p;
}

bool gl3_open() { return ImGui_ImplOpenGL3_Init(nullptr); }
void gl3_close() { ImGui_ImplOpenGL3_Shutdown(); }
void gl3_begin_frame() { ImGui_ImplOpenGL3_NewFrame(); }
void gl3_draw() { ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData()); }

void gl3_fonts_changed() {
#if !QS_IMGUI_DYNAMIC_FONTS
  if (!ImGui::GetIO().Fonts->TexID) return;  // the first comes with all else, in the first frame
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
#endif
}

int wanted_cursor() { return ImGui::GetMouseCursor(); }

}  // namespace qs::ui
