// Platforms without a window. "headless" draws into memory: the same picture, bit for bit, on every
// machine. "null" draws nothing: everything works but nobody sees it, for tests that click.
#include "ui/platform/imgui_host.h"
#include "ui/platform/raster.h"

namespace qs::ui {
namespace {

class Headless final : public Platform {
 public:
  Headless(Backend backend, const WindowOptions& options) : Platform(backend) {
    resize(options.width, options.height);
    compat::claim_textures();
  }

  std::string renderer_name() const override {
    return backend_ == Backend::headless ? "software" : "none";
  }
  bool is_software() const override { return true; }
  void wait_events(double) override {}
  void wake() override {}
  bool should_close() const override { return false; }

  void begin_frame() override {
    make_current();
    ++frames_;
    set_frame_size(width_, height_, 1.0f / 60.0f);
    ImGui::NewFrame();
  }

  void render() override {
    make_current();
    ImGui::Render();
    compat::acknowledge_textures();
    if (backend_ != Backend::headless) return;
    blacken(pixels_, width_, height_);
    rasterise(*ImGui::GetDrawData(), {pixels_.data(), width_, height_, width_});
  }

  void present() override {}
  Picture read_rgb() override { return picture_of(pixels_.data(), width_, height_, width_); }
  void fonts_changed() override {
    make_current();
    compat::build_atlas();
  }

  void set_title(const std::string&) override {}
  void set_fullscreen(bool) override {}
  void resize(int width, int height) override {
    width_ = std::max(1, width);
    height_ = std::max(1, height);
  }
  std::string clipboard() override { return clipboard_; }
  void set_clipboard(const std::string& text) override { clipboard_ = text; }
  float display_scale() const override { return 1; }
  double seconds() const override { return double(frames_) / 60.0; }

 private:
  std::vector<std::uint32_t> pixels_;
  std::uint64_t frames_ = 0;
  std::string clipboard_;
};

}  // namespace

PlatformResult create_headless(Backend backend, const WindowOptions& options) {
  return std::unique_ptr<Platform>(std::make_unique<Headless>(backend, options));
}

}  // namespace qs::ui
