// A Platform without window and pixels: everything works but nobody sees it. For tests.
#include "ui/platform/imgui_host.h"

namespace qs::ui {
namespace {

class NullHost final : public Platform {
 public:
  explicit NullHost(const WindowOptions& options) : Platform(Backend::null_host) {
    width_ = options.width;
    height_ = options.height;
    compat::claim_textures(false);
    fonts_changed();
  }

  std::string renderer_name() const override { return "none"; }
  bool is_software() const override { return true; }
  void wait_events(double) override {}
  void wake() override {}
  bool should_close() const override { return false; }

  void begin_frame() override {
    ++frames_;
    set_frame_size(width_, height_, 1.0f / 60.0f);
    ImGui::NewFrame();
  }
  void render() override {
    ImGui::Render();
    compat::acknowledge_textures();
  }
  void present() override {}
  Picture read_rgb() override { return {}; }
  void fonts_changed() override { compat::build_atlas_without_renderer(); }

  void set_title(const std::string&) override {}
  void set_fullscreen(bool) override {}
  void resize(int width, int height) override {
    width_ = width;
    height_ = height;
  }
  std::string clipboard() override { return clipboard_; }
  void set_clipboard(const std::string& text) override { clipboard_ = text; }
  float display_scale() const override { return 1; }
  double seconds() const override { return double(frames_) / 60.0; }

 private:
  ImGuiContextOwner context_;
  std::uint64_t frames_ = 0;
  std::string clipboard_;
};

}  // namespace

PlatformResult create_null(const WindowOptions& options) {
  return std::unique_ptr<Platform>(std::make_unique<NullHost>(options));
}

}  // namespace qs::ui
