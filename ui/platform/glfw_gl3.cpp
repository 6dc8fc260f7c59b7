// The desktop window: GLFW for window and input, OpenGL 3 for drawing.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/platform/imgui_host.h"

#include <GLFW/glfw3.h>

namespace qs::ui {
namespace {

std::string last_glfw_error;

void on_glfw_error(int, const char* description) {
  last_glfw_error = description ? description : "";
}

Mods mods_of(int glfw_mods) {
  Mods mods = mod_none;
  if (glfw_mods & GLFW_MOD_SHIFT) mods |= mod_shift;
  if (glfw_mods & GLFW_MOD_CONTROL) mods |= mod_ctrl;
  if (glfw_mods & GLFW_MOD_ALT) mods |= mod_alt;
  if (glfw_mods & GLFW_MOD_SUPER) mods |= mod_super;
  return mods;
}

Key positional_key(int key) {
  if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) return Key(int(Key::a) + key - GLFW_KEY_A);
  if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9) return Key(int(Key::d0) + key - GLFW_KEY_0);
  if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) return Key(int(Key::d0) + key - GLFW_KEY_KP_0);
  if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12) return Key(int(Key::f1) + key - GLFW_KEY_F1);
  switch (key) {
    case GLFW_KEY_LEFT: return Key::left;
    case GLFW_KEY_RIGHT: return Key::right;
    case GLFW_KEY_UP: return Key::up;
    case GLFW_KEY_DOWN: return Key::down;
    case GLFW_KEY_HOME: return Key::home;
    case GLFW_KEY_END: return Key::end;
    case GLFW_KEY_PAGE_UP: return Key::page_up;
    case GLFW_KEY_PAGE_DOWN: return Key::page_down;
    case GLFW_KEY_INSERT: return Key::insert;
    case GLFW_KEY_DELETE: return Key::del;
    case GLFW_KEY_BACKSPACE: return Key::backspace;
    case GLFW_KEY_TAB: return Key::tab;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER: return Key::enter;
    case GLFW_KEY_ESCAPE: return Key::escape;
    case GLFW_KEY_SPACE: return Key::space;
    case GLFW_KEY_MENU: return Key::menu;
    case GLFW_KEY_KP_ADD: return Key::plus;
    case GLFW_KEY_MINUS:
    case GLFW_KEY_KP_SUBTRACT: return Key::minus;
    case GLFW_KEY_EQUAL: return Key::equal;
    case GLFW_KEY_COMMA: return Key::comma;
    case GLFW_KEY_PERIOD:
    case GLFW_KEY_KP_DECIMAL: return Key::period;
    case GLFW_KEY_SLASH:
    case GLFW_KEY_KP_DIVIDE: return Key::slash;
    case GLFW_KEY_SEMICOLON: return Key::semicolon;
    case GLFW_KEY_APOSTROPHE: return Key::apostrophe;
    case GLFW_KEY_LEFT_BRACKET: return Key::left_bracket;
    case GLFW_KEY_RIGHT_BRACKET: return Key::right_bracket;
    case GLFW_KEY_BACKSLASH: return Key::backslash;
    case GLFW_KEY_GRAVE_ACCENT: return Key::grave;
    default: return Key::none;
  }
}

// GLFW names keys by their place on a US keyboard; letters should be the ones printed on them.
Key key_of(int key, int scancode) {
  if (const char* name = glfwGetKeyName(key, scancode); name && name[0] && !name[1]) {
    if (name[0] >= 'a' && name[0] <= 'z') return Key(int(Key::a) + name[0] - 'a');
    if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) return Key::none;
  }
  return positional_key(key);
}

int standard_cursor(int wanted) {
  switch (wanted) {
    case ImGuiMouseCursor_TextInput: return GLFW_IBEAM_CURSOR;
    case ImGuiMouseCursor_ResizeNS: return GLFW_VRESIZE_CURSOR;
    case ImGuiMouseCursor_ResizeEW: return GLFW_HRESIZE_CURSOR;
    case ImGuiMouseCursor_Hand: return GLFW_HAND_CURSOR;
    default: return GLFW_ARROW_CURSOR;
  }
}

// The few calls of OpenGL that we make ourselves, from the library that GLFW has loaded.
struct Gl {
  template <class F>
  static void find(F& call, const char* name) {
    call = reinterpret_cast<F>(glfwGetProcAddress(name));
  }
  decltype(&glGetString) get_string = nullptr;
  decltype(&glViewport) viewport = nullptr;
  decltype(&glClearColor) clear_color = nullptr;
  decltype(&glClear) clear = nullptr;
  decltype(&glPixelStorei) pixel_store = nullptr;
  decltype(&glReadPixels) read_pixels = nullptr;
  Gl() {
    find(get_string, "glGetString");
    find(viewport, "glViewport");
    find(clear_color, "glClearColor");
    find(clear, "glClear");
    find(pixel_store, "glPixelStorei");
    find(read_pixels, "glReadPixels");
  }
};

// What a frame begins with where that is a rectangle in one color over all of it, as the ground of
// every page is: OpenGL clears to that color, which costs a renderer without a graphics card a
// fraction of drawing it. Puts back at its end what it took out of the frame.
class Ground {
 public:
  Ground(const ImDrawData& data, int width, int height) {
    for (int n = 0; n < data.CmdListsCount; ++n) {
      ImDrawList& list = *data.CmdLists[n];
      if (list.CmdBuffer.Size == 0) continue;
      if (!covers(list, list.CmdBuffer[0], float(width), float(height))) return;
      first_ = &list.CmdBuffer[0];
      first_->IdxOffset += kIndices;
      first_->ElemCount -= kIndices;
      return;
    }
  }
  ~Ground() {
    if (!first_) return;
    first_->IdxOffset -= kIndices;
    first_->ElemCount += kIndices;
  }
  Ground(const Ground&) = delete;

  float channel(int shift) const { return float(color_ >> shift & 0xFF) / 255; }

 private:
  static constexpr unsigned kIndices = 6;

  // Does it begin with a rectangle in one solid color over all of the frame?
  bool covers(const ImDrawList& list, const ImDrawCmd& command, float width, float height) {
    if (command.UserCallback || command.ElemCount < kIndices) return false;
    const auto corner = [&](unsigned i) -> const ImDrawVert& {
      const ImDrawIdx index = list.IdxBuffer[int(command.IdxOffset + i)];
      return list.VtxBuffer[int(command.VtxOffset + index)];
    };
    const ImDrawVert &a = corner(0), &b = corner(1), &c = corner(2), &d = corner(5);
    for (const ImDrawVert* v : {&b, &c, &d})
      if (v->col != a.col || v->uv.x != a.uv.x || v->uv.y != a.uv.y) return false;
    const bool all = a.col >> IM_COL32_A_SHIFT == 255 && a.pos.x <= 0 && a.pos.y <= 0 &&
                     c.pos.x >= width && c.pos.y >= height && b.pos.x == c.pos.x &&
                     b.pos.y == a.pos.y && d.pos.x == a.pos.x && d.pos.y == c.pos.y;
    if (all) color_ = a.col;
    return all;
  }

  ImDrawCmd* first_ = nullptr;
  ImU32 color_ = IM_COL32_BLACK;
};

class GlfwGl3 final : public Platform {
 public:
  explicit GlfwGl3(GLFWwindow* window) : Platform(Backend::glfw_gl3), window_(window) {
    const auto* name = reinterpret_cast<const char*>(gl_.get_string(GL_RENDERER));
    renderer_ = name ? name : "unknown";
    glfwSetWindowUserPointer(window_, this);
    install_callbacks();
    draws_ = gl3_open();
    glfwGetFramebufferSize(window_, &width_, &height_);
  }

  ~GlfwGl3() override {
    make_current();
    if (draws_) gl3_close();
    glfwDestroyWindow(window_);
    glfwTerminate();
  }

  // False: GLFW has found OpenGL, but Dear ImGui, which looks for it by another name, has not.
  bool draws() const { return draws_; }
  std::string renderer_name() const override { return renderer_; }
  bool is_software() const override {
    for (const char* word :
         {"llvmpipe", "softpipe", "swrast", "SwiftShader", "Software", "GDI Generic"}) {
      if (renderer_.find(word) != std::string::npos) return true;
    }
    return false;
  }

  void wait_events(double seconds) override {
    if (input.pending() || seconds == 0) return;
    if (seconds < 0)
      glfwWaitEvents();
    else
      glfwWaitEventsTimeout(seconds);
  }
  void wake() override { glfwPostEmptyEvent(); }
  bool should_close() const override { return glfwWindowShouldClose(window_); }

  void begin_frame() override {
    make_current();
    glfwPollEvents();
    glfwGetFramebufferSize(window_, &width_, &height_);
    gl3_begin_frame();
    const double now = seconds();
    set_frame_size(width_, height_, float(now - last_frame_));
    last_frame_ = now;
    ImGui::NewFrame();
  }

  void render() override {
    make_current();
    ImGui::Render();
    show_cursor(wanted_cursor());
    gl_.viewport(0, 0, width_, height_);
    const Ground ground(*ImGui::GetDrawData(), width_, height_);
    gl_.clear_color(ground.channel(IM_COL32_R_SHIFT), ground.channel(IM_COL32_G_SHIFT),
                    ground.channel(IM_COL32_B_SHIFT), 1);
    gl_.clear(GL_COLOR_BUFFER_BIT);
    gl3_draw();
  }

  void present() override { glfwSwapBuffers(window_); }

  Picture read_rgb() override {
    Picture p{width_, height_, std::vector<std::uint8_t>(std::size_t(width_) * height_ * 3)};
    std::vector<std::uint8_t> upside_down(p.rgb.size());
    gl_.pixel_store(GL_PACK_ALIGNMENT, 1);
    gl_.read_pixels(0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
    const std::size_t row = std::size_t(width_) * 3;
    for (int y = 0; y < height_; ++y) {
      std::memcpy(&p.rgb[row * y], &upside_down[row * (height_ - 1 - y)], row);
    }
    return p;
  }

  void fonts_changed() override {
    make_current();
    gl3_fonts_changed();
  }

  void set_title(const std::string& title) override { glfwSetWindowTitle(window_, title.c_str()); }

  void set_fullscreen(bool on) override {
    if (on == (glfwGetWindowMonitor(window_) != nullptr)) return;
    if (on) {
      GLFWmonitor* monitor = glfwGetPrimaryMonitor();
      const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
      if (!mode) return;
      glfwGetWindowPos(window_, &restore_[0], &restore_[1]);
      glfwGetWindowSize(window_, &restore_[2], &restore_[3]);
      glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
    } else {
      glfwSetWindowMonitor(window_, nullptr, restore_[0], restore_[1], restore_[2], restore_[3], 0);
    }
  }

  void resize(int width, int height) override { glfwSetWindowSize(window_, width, height); }
  std::string clipboard() override {
    const char* text = glfwGetClipboardString(window_);
    return text ? text : "";
  }
  void set_clipboard(const std::string& text) override {
    glfwSetClipboardString(window_, text.c_str());
  }
  float display_scale() const override {
    float x = 1, y = 1;
    glfwGetWindowContentScale(window_, &x, &y);
    return x > 0 ? x : 1;
  }
  double seconds() const override { return glfwGetTime(); }

 private:
  static GlfwGl3& self(GLFWwindow* w) {
    return *static_cast<GlfwGl3*>(glfwGetWindowUserPointer(w));
  }

  // Each cursor is made when it is first wanted; GLFW frees them all at its end.
  void show_cursor(int wanted) {
    if (wanted < 0 || wanted >= ImGuiMouseCursor_COUNT || wanted == shown_) return;
    shown_ = wanted;
    GLFWcursor*& cursor = cursors_[wanted];
    if (!cursor) cursor = glfwCreateStandardCursor(standard_cursor(wanted));
    glfwSetCursor(window_, cursor);
  }

  // Framebuffer pixels per screen unit: 2 on some dense screens.
  float pixel_ratio() const {
    int w = 1, h = 1, fw = 1, fh = 1;
    glfwGetWindowSize(window_, &w, &h);
    glfwGetFramebufferSize(window_, &fw, &fh);
    return w > 0 ? float(fw) / float(w) : 1.0f;
  }

  void install_callbacks() {
    glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) {
      const float ratio = self(w).pixel_ratio();
      self(w).input.push_mouse(float(x) * ratio, float(y) * ratio);
    });
    glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int entered) {
      InputEvent e;
      e.type = InputEvent::Type::leave;
      if (!entered) self(w).input.push(e);
    });
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int mods) {
      if (button > 2) return;
      // The release of a press that the window got must arrive where it happened.
      double x = 0, y = 0;
      glfwGetCursorPos(w, &x, &y);
      const float ratio = self(w).pixel_ratio();
      self(w).input.push_mouse(float(x) * ratio, float(y) * ratio);
      self(w).input.push_button(MouseButton(button), action == GLFW_PRESS, mods_of(mods));
    });
    glfwSetScrollCallback(window_, [](GLFWwindow* w, double x, double y) {
      Mods mods = mod_none;
      const auto held = [w](int left, int right) {
        return glfwGetKey(w, left) == GLFW_PRESS || glfwGetKey(w, right) == GLFW_PRESS;
      };
      if (held(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL)) mods |= mod_ctrl;
      if (held(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT)) mods |= mod_shift;
      if (held(GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT)) mods |= mod_alt;
      self(w).input.push_wheel(float(x), float(y), mods);
    });
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
      if (action == GLFW_RELEASE) return;
      InputEvent e;
      e.type = InputEvent::Type::key;
      e.key = key_of(key, scancode);
      e.mods = mods_of(mods);
      e.repeat = action == GLFW_REPEAT;
      if (e.key != Key::none) self(w).input.push(e);
    });
    glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
      for (int i = 0; i < count; ++i) self(w).dropped.emplace_back(paths[i]);
    });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int codepoint) {
      InputEvent e;
      e.type = InputEvent::Type::text;
      e.codepoint = codepoint;
      self(w).input.push(e);
    });
  }

  GLFWwindow* window_;
  Gl gl_;
  bool draws_ = false;
  GLFWcursor* cursors_[ImGuiMouseCursor_COUNT] = {};
  int shown_ = ImGuiMouseCursor_Arrow;
  double last_frame_ = 0;
  std::string renderer_;
  int restore_[4] = {80, 80, 1280, 800};
};

GLFWwindow* open_window(const WindowOptions& options, int major, int minor) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_VISIBLE, options.visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, major);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, minor);
  if (major == 3 && minor >= 2) {
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  }
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "queuescope");  // StartupWMClass of queuescope.desktop
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "queuescope");
  int x = 0, y = 0, width = options.width, height = options.height;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) {  // no larger than the desk it lies on
    int desk_width = 0, desk_height = 0;
    glfwGetMonitorWorkarea(monitor, &x, &y, &desk_width, &desk_height);
    if (desk_width > 0 && desk_height > 0)
      width = std::min(width, desk_width), height = std::min(height, desk_height);
  }
  return glfwCreateWindow(width, height, options.title.c_str(), nullptr, nullptr);
}

PlatformResult open(const WindowOptions& options) {
  glfwSetErrorCallback(on_glfw_error);
  if (!glfwInit()) {
    return Error{"", 0,
                 "no window can be opened here (" + last_glfw_error +
                     "): start in a desktop session, or use the command line"};
  }
  GLFWwindow* window = open_window(options, 3, 3);
  if (!window) window = open_window(options, 3, 0);
  if (!window) {
    glfwTerminate();
    return Error{"", 0, "OpenGL 3 is not available (" + last_glfw_error + "): use --backend sdl2"};
  }
  glfwMakeContextCurrent(window);
  glfwSwapInterval(1);
  auto made = std::make_unique<GlfwGl3>(window);
  if (!made->draws())
    return Error{"", 0, "OpenGL 3 is not available (libGL.so.1 is missing): use --backend sdl2"};
  return std::unique_ptr<Platform>(std::move(made));
}

}  // namespace
}  // namespace qs::ui

void qs_open_window(const qs::ui::WindowOptions* options, qs::ui::PlatformResult* out) {
  *out = qs::ui::open(*options);
}
