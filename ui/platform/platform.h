// Platform: one window (or the pretence of one), its input, its frame loop and its pixels.
// Made once by the app, the screenshot command or a test; everything on the main thread, but
// wake(). Owns its Dear ImGui context, so that several may live at a time: a window, and a picture
// of it that is drawn larger.
//
//   auto made = Platform::create(Backend::glfw_gl3, {.title = "QueueScope"});
//   if (!made) return complain(made.error());
//   while (!(*made)->should_close()) {
//     (*made)->wait_events(seconds_until_something_moves);   // idle costs nothing
//     (*made)->begin_frame();  ... draw ...  (*made)->render();  (*made)->present();
//   }
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ui/toolkit/core/input.h"

struct ImDrawList;
struct ImGuiContext;

namespace qs::ui {

enum class Backend : std::uint8_t {
  glfw_gl3,   // desktop window with OpenGL 3
  sdl2,       // desktop window drawn by the processor: quicker than a processor imitating OpenGL
  headless,   // no display needed; the same pictures on every machine, bit for bit
  null_host,  // no window and no pixels: for tests that click (a few microseconds a frame)
};

std::string_view backend_name(Backend backend);  // "glfw", "sdl2", "headless", "null"
bool find_backend(std::string_view name, Backend& out);

struct WindowOptions {
  std::string title = "QueueScope";
  int width = 1680, height = 980;  // framebuffer pixels where headless, screen units elsewhere
  bool visible = true;
};

// A read-back frame: rows from top to bottom, 3 bytes (red, green, blue) a pixel.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgb;
};

// A Dear ImGui context, current from the start: no ini file, no navigation of its own. When it
// goes, the one that was current before is again, if it still lives.
class ImGuiOwner {
 public:
  ImGuiOwner();
  ~ImGuiOwner();
  ImGuiOwner(const ImGuiOwner&) = delete;
  ImGuiOwner& operator=(const ImGuiOwner&) = delete;
  void make_current() const;

 private:
  ImGuiContext* mine_ = nullptr;
  ImGuiContext* before_ = nullptr;
};

class Platform {
 public:
  // Opens the window. Fails with one sentence that says why (no display, no OpenGL, ...).
  static Result<std::unique_ptr<Platform>> create(Backend backend, const WindowOptions& options);
  virtual ~Platform();
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;

  Backend backend() const { return backend_; }
  // What draws, e.g. "llvmpipe (LLVM 15.0.6, 256 bits)" or "software".
  virtual std::string renderer_name() const = 0;
  // The processor draws, not a graphics card. With glfw_gl3 that means: take sdl2 instead, it is
  // faster.
  virtual bool is_software() const = 0;

  // Blocks until input, wake(), or the time is over (seconds; negative: forever). Returns at once
  // while input is pending, and always where there is no window.
  virtual void wait_events(double seconds) = 0;
  virtual void wake() = 0;  // from any thread
  virtual bool should_close() const = 0;

  // What Dear ImGui is told from now on is told to this one. Drawing, begin_frame() and
  // fonts_changed() do it by themselves; whoever builds fonts says it first.
  void make_current() const { context_.make_current(); }

  // One frame: begin_frame (collects input, opens a Dear ImGui frame), draw, render, present.
  virtual void begin_frame() = 0;
  virtual void render() = 0;
  virtual void present() = 0;
  // The frame just rendered; call between render() and present(). Empty for null_host.
  virtual Picture read_rgb() = 0;

  // Tell the renderer that the font atlas was rebuilt.
  virtual void fonts_changed() = 0;

  virtual void set_title(const std::string& title) = 0;
  virtual void set_fullscreen(bool on) = 0;
  virtual void resize(int width, int height) = 0;  // takes effect with the next frame
  virtual std::string clipboard() = 0;
  virtual void set_clipboard(const std::string& text) = 0;
  virtual float display_scale() const = 0;  // 1 on ordinary screens, 2 on dense ones
  virtual double seconds() const = 0;  // since some start; exact steps of 1/60 s where headless

  int width() const { return width_; }  // framebuffer pixels, as of begin_frame
  int height() const { return height_; }

  InputQueue input;                  // filled by begin_frame; tests push into it
  std::vector<std::string> dropped;  // files dropped on the window; who opens them clears it

 protected:
  explicit Platform(Backend backend);
  Backend backend_;
  ImGuiOwner context_;  // goes last: a backend's own destructor still has it
  int width_ = 0, height_ = 0;
};

// The bytes of a PNG file. Fails with a sentence when there is no picture, or no memory.
Result<std::string> encode_png(const Picture& picture);
// Saves a picture as PNG (base/write_file.h). Fails with a sentence naming the file.
Result<bool> write_png(const Picture& picture, const std::string& path);

}  // namespace qs::ui
