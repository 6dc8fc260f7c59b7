// The window in a browser: the canvas of the page, WebGL 2, and the events of the document. In
// place of the modules that open a window on a desktop (modules.cpp).
#include <GLES3/gl3.h>
#include <emscripten.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/platform/imgui_host.h"

// What only the page's own script can do: web/page.js.
EM_JS(void, qs_page_copy, (const char* text), { Module.page.copy(UTF8ToString(text)); });
EM_JS(void, qs_page_title, (const char* text), { document.title = UTF8ToString(text); });
EM_JS(void, qs_page_cursor, (const char* name),
      { Module.canvas.style.cursor = UTF8ToString(name); });
// What was in the clipboard when the person last pasted; the caller frees it.
EM_JS(char*, qs_page_pasted, (void), { return stringToNewUTF8(Module.page.pasted); });
// A file that was dropped or chosen since, written into the page's own folder; null: none.
EM_JS(char*, qs_page_dropped, (void), {
  const name = Module.page.dropped.shift();
  return name ? stringToNewUTF8(name) : 0;
});

namespace qs::ui {
namespace {

constexpr const char* kCanvas = "#canvas";

Mods mods_of(bool shift, bool ctrl, bool alt, bool meta) {
  Mods mods = mod_none;
  if (shift) mods |= mod_shift;
  // The command key of a Mac does what Ctrl does elsewhere.
  if (ctrl || meta) mods |= mod_ctrl;
  if (alt) mods |= mod_alt;
  return mods;
}

struct NamedKey {
  const char* name;
  Key key;
};

// Places on a keyboard, as KeyboardEvent.code names them.
constexpr NamedKey kCodes[] = {
    {"ArrowLeft", Key::left},
    {"ArrowRight", Key::right},
    {"ArrowUp", Key::up},
    {"ArrowDown", Key::down},
    {"Home", Key::home},
    {"End", Key::end},
    {"PageUp", Key::page_up},
    {"PageDown", Key::page_down},
    {"Insert", Key::insert},
    {"Delete", Key::del},
    {"Backspace", Key::backspace},
    {"Tab", Key::tab},
    {"Enter", Key::enter},
    {"NumpadEnter", Key::enter},
    {"Escape", Key::escape},
    {"Space", Key::space},
    {"ContextMenu", Key::menu},
    {"NumpadAdd", Key::plus},
    {"Minus", Key::minus},
    {"NumpadSubtract", Key::minus},
    {"Equal", Key::equal},
    {"Comma", Key::comma},
    {"Period", Key::period},
    {"NumpadDecimal", Key::period},
    {"Slash", Key::slash},
    {"NumpadDivide", Key::slash},
    {"Semicolon", Key::semicolon},
    {"Quote", Key::apostrophe},
    {"BracketLeft", Key::left_bracket},
    {"BracketRight", Key::right_bracket},
    {"Backslash", Key::backslash},
    {"Backquote", Key::grave},
};

// Letters are those that are printed on the keys, the rest goes by place.
Key key_of(const EmscriptenKeyboardEvent& e) {
  const std::string_view key = e.key, code = e.code;
  if (key.size() == 1 && key[0] >= 'a' && key[0] <= 'z') return Key(int(Key::a) + key[0] - 'a');
  if (key.size() == 1 && key[0] >= 'A' && key[0] <= 'Z') return Key(int(Key::a) + key[0] - 'A');
  const auto digit = [&](std::string_view before) {
    return code.size() == before.size() + 1 && code.substr(0, before.size()) == before &&
           code.back() >= '0' && code.back() <= '9';
  };
  if (digit("Digit") || digit("Numpad")) return Key(int(Key::d0) + code.back() - '0');
  if (code.size() >= 2 && code[0] == 'F' && code[1] >= '1' && code[1] <= '9') {
    const int number = std::atoi(e.code + 1);
    return number <= 12 ? Key(int(Key::f1) + number - 1) : Key::none;
  }
  for (const NamedKey& named : kCodes)
    if (code == named.name) return named.key;
  return Key::none;
}

const char* cursor_name(int wanted) {
  switch (wanted) {
    case ImGuiMouseCursor_TextInput: return "text";
    case ImGuiMouseCursor_ResizeNS: return "ns-resize";
    case ImGuiMouseCursor_ResizeEW: return "ew-resize";
    case ImGuiMouseCursor_Hand: return "pointer";
    default: return "default";
  }
}

class WebWindow final : public Platform {
 public:
  explicit WebWindow(EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context)
      : Platform(Backend::glfw_gl3), gl_context_(context) {
    const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    renderer_ = name ? name : "WebGL 2";
    gl3_open();
    measure();
    listen();
  }

  ~WebWindow() override {
    make_current();
    gl3_close();
    emscripten_webgl_destroy_context(gl_context_);
  }

  std::string renderer_name() const override { return renderer_; }
  bool is_software() const override { return renderer_.find("SwiftShader") != std::string::npos; }

  // The page's loop asks when there is something to draw (web/main.cpp); nothing waits here.
  void wait_events(double) override {}
  void wake() override {}
  bool should_close() const override { return false; }

  void begin_frame() override {
    make_current();
    measure();
    while (char* name = qs_page_dropped()) {
      dropped.emplace_back(name);
      std::free(name);
    }
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
    glViewport(0, 0, width_, height_);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    gl3_draw();
  }

  void present() override {}  // the browser shows what was drawn when the frame's turn is over

  Picture read_rgb() override {
    std::vector<std::uint8_t> drawn(std::size_t(width_) * height_ * 4);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, drawn.data());
    Picture p{width_, height_, std::vector<std::uint8_t>(std::size_t(width_) * height_ * 3)};
    for (int y = 0; y < height_; ++y)
      for (int x = 0; x < width_; ++x)
        std::memcpy(&p.rgb[(std::size_t(y) * width_ + x) * 3],
                    &drawn[(std::size_t(height_ - 1 - y) * width_ + x) * 4], 3);
    return p;
  }

  void fonts_changed() override {
    make_current();
    gl3_fonts_changed();
  }

  void set_title(const std::string& title) override { qs_page_title(title.c_str()); }

  void set_fullscreen(bool on) override {
    if (on)
      emscripten_request_fullscreen("html", 1);
    else
      emscripten_exit_fullscreen();
  }

  void resize(int, int) override {}  // the window is the person's
  std::string clipboard() override {
    char* text = qs_page_pasted();
    std::string out = text;
    std::free(text);
    return out;
  }
  void set_clipboard(const std::string& text) override { qs_page_copy(text.c_str()); }
  float display_scale() const override { return float(emscripten_get_device_pixel_ratio()); }
  double seconds() const override { return emscripten_get_now() / 1000; }

 private:
  static WebWindow& self(void* user) { return *static_cast<WebWindow*>(user); }

  // The canvas fills the page, with a pixel for each of the screen's.
  void measure() {
    double wide = 0, high = 0;
    emscripten_get_element_css_size(kCanvas, &wide, &high);
    const double ratio = emscripten_get_device_pixel_ratio();
    const int width = std::max(1, int(std::lround(wide * ratio)));
    const int height = std::max(1, int(std::lround(high * ratio)));
    if (width == width_ && height == height_) return;
    width_ = width, height_ = height;
    emscripten_set_canvas_element_size(kCanvas, width, height);
  }

  void show_cursor(int wanted) {
    if (wanted == shown_) return;
    shown_ = wanted;
    qs_page_cursor(cursor_name(wanted));
  }

  void push_place(const EmscriptenMouseEvent& e) {
    const auto ratio = float(emscripten_get_device_pixel_ratio());
    input.push_mouse(float(e.targetX) * ratio, float(e.targetY) * ratio);
  }

  void push_key_down(const EmscriptenKeyboardEvent& e) {
    InputEvent event;
    event.type = InputEvent::Type::key;
    event.key = key_of(e);
    event.mods = mods_of(e.shiftKey, e.ctrlKey, e.altKey, e.metaKey);
    event.repeat = e.repeat;
    if (event.key != Key::none) input.push(event);
    // What it types: one character, unless it is a command. AltGr comes as Ctrl and Alt.
    std::string_view text = e.key;
    const bool command = (e.ctrlKey || e.metaKey) && !e.altKey;
    InputEvent typed;
    typed.type = InputEvent::Type::text;
    typed.codepoint = next_codepoint(text);
    if (text.empty() && !command && typed.codepoint >= ' ') input.push(typed);
  }

  void listen();

  EMSCRIPTEN_WEBGL_CONTEXT_HANDLE gl_context_;
  std::string renderer_;
  double last_frame_ = 0;
  int shown_ = ImGuiMouseCursor_Arrow;
};

// What the browser keeps for itself: its own keys of function, and pasting, which comes back as an
// event of its own that brings the text (web/page.js).
bool is_browsers(const EmscriptenKeyboardEvent& e) {
  const std::string_view key = e.key;
  if (key == "F5" || key == "F11" || key == "F12") return true;
  return (e.ctrlKey || e.metaKey) && !e.altKey &&
         (key == "v" || key == "V" || key == "r" || key == "t" || key == "w" || key == "l");
}

void WebWindow::listen() {
  const auto moved = [](int, const EmscriptenMouseEvent* e, void* user) -> EM_BOOL {
    self(user).push_place(*e);
    return EM_TRUE;
  };
  const auto pressed = [](int type, const EmscriptenMouseEvent* e, void* user) -> EM_BOOL {
    constexpr MouseButton kButtons[] = {MouseButton::left, MouseButton::middle, MouseButton::right};
    if (e->button > 2) return EM_FALSE;
    self(user).push_place(*e);
    self(user).input.push_button(kButtons[e->button], type == EMSCRIPTEN_EVENT_MOUSEDOWN,
                                 mods_of(e->shiftKey, e->ctrlKey, e->altKey, e->metaKey));
    return EM_FALSE;  // a press also gives the page the keyboard
  };
  emscripten_set_mousemove_callback(kCanvas, this, EM_FALSE, moved);
  emscripten_set_mousedown_callback(kCanvas, this, EM_FALSE, pressed);
  emscripten_set_mouseup_callback(kCanvas, this, EM_FALSE, pressed);
  emscripten_set_mouseleave_callback(kCanvas, this, EM_FALSE,
                                     [](int, const EmscriptenMouseEvent*, void* user) -> EM_BOOL {
                                       InputEvent e;
                                       e.type = InputEvent::Type::leave;
                                       self(user).input.push(e);
                                       return EM_FALSE;
                                     });
  emscripten_set_wheel_callback(
      kCanvas, this, EM_FALSE, [](int, const EmscriptenWheelEvent* e, void* user) -> EM_BOOL {
        // Pixels, lines or pages: a notch is 100 pixels or three lines.
        const double notch = e->deltaMode == DOM_DELTA_PIXEL  ? 100
                             : e->deltaMode == DOM_DELTA_LINE ? 3
                                                              : 1;
        const EmscriptenMouseEvent& m = e->mouse;
        self(user).input.push_wheel(float(-e->deltaX / notch), float(-e->deltaY / notch),
                                    mods_of(m.shiftKey, m.ctrlKey, m.altKey, m.metaKey));
        return EM_TRUE;
      });
  emscripten_set_keydown_callback(EMSCRIPTEN_EVENT_TARGET_DOCUMENT, this, EM_FALSE,
                                  [](int, const EmscriptenKeyboardEvent* e, void* user) -> EM_BOOL {
                                    if (is_browsers(*e)) return EM_FALSE;
                                    self(user).push_key_down(*e);
                                    return EM_TRUE;
                                  });
}

PlatformResult open() {
  EmscriptenWebGLContextAttributes wanted;
  emscripten_webgl_init_context_attributes(&wanted);
  wanted.majorVersion = 2;
  wanted.antialias = EM_FALSE;  // Dear ImGui smooths its own edges
  wanted.alpha = wanted.depth = wanted.stencil = EM_FALSE;
  wanted.preserveDrawingBuffer = EM_TRUE;  // a frame is drawn only when something changes
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = emscripten_webgl_create_context(kCanvas, &wanted);
  if (context <= 0) return Error{"", 0, "this browser has no WebGL 2, which the window needs"};
  emscripten_webgl_make_context_current(context);
  return std::unique_ptr<Platform>(std::make_unique<WebWindow>(context));
}

Platform* the_window = nullptr;

}  // namespace

PlatformResult create_window(Backend, const WindowOptions&) {
  auto made = open();
  if (made) the_window = made->get();
  return made;
}

}  // namespace qs::ui

// The person has pasted: as if the key came now, when what is in the clipboard is known.
extern "C" EMSCRIPTEN_KEEPALIVE void qs_pasted() {
  if (qs::ui::the_window) qs::ui::the_window->input.push_key(qs::ui::Key::v, qs::ui::mod_ctrl);
}
