// A window of SDL2's, drawn by the processor: for machines without a graphics card, where imitating
// OpenGL would cost several times as much.
#include <SDL.h>

#include <algorithm>

#include "ui/platform/imgui_host.h"
#include "ui/platform/raster.h"

namespace qs::ui {
namespace {

Mods mods_of(Uint16 state) {
  Mods mods = mod_none;
  if (state & KMOD_SHIFT) mods |= mod_shift;
  if (state & KMOD_CTRL) mods |= mod_ctrl;
  if (state & KMOD_LALT) mods |= mod_alt;  // the right one types signs on many keyboards
  if (state & KMOD_GUI) mods |= mod_super;
  return mods;
}

Key key_of(SDL_Keycode code) {
  if (code >= SDLK_a && code <= SDLK_z) return Key(int(Key::a) + code - SDLK_a);
  if (code >= SDLK_0 && code <= SDLK_9) return Key(int(Key::d0) + code - SDLK_0);
  if (code >= SDLK_KP_1 && code <= SDLK_KP_9) return Key(int(Key::d1) + code - SDLK_KP_1);
  if (code >= SDLK_F1 && code <= SDLK_F12) return Key(int(Key::f1) + code - SDLK_F1);
  switch (code) {
    case SDLK_KP_0: return Key::d0;
    case SDLK_LEFT: return Key::left;
    case SDLK_RIGHT: return Key::right;
    case SDLK_UP: return Key::up;
    case SDLK_DOWN: return Key::down;
    case SDLK_HOME: return Key::home;
    case SDLK_END: return Key::end;
    case SDLK_PAGEUP: return Key::page_up;
    case SDLK_PAGEDOWN: return Key::page_down;
    case SDLK_INSERT: return Key::insert;
    case SDLK_DELETE: return Key::del;
    case SDLK_BACKSPACE: return Key::backspace;
    case SDLK_TAB: return Key::tab;
    case SDLK_RETURN:
    case SDLK_KP_ENTER: return Key::enter;
    case SDLK_ESCAPE: return Key::escape;
    case SDLK_SPACE: return Key::space;
    case SDLK_APPLICATION:
    case SDLK_MENU: return Key::menu;
    case SDLK_PLUS:
    case SDLK_KP_PLUS: return Key::plus;
    case SDLK_MINUS:
    case SDLK_KP_MINUS: return Key::minus;
    case SDLK_EQUALS: return Key::equal;
    case SDLK_COMMA: return Key::comma;
    case SDLK_PERIOD:
    case SDLK_KP_PERIOD: return Key::period;
    case SDLK_SLASH:
    case SDLK_KP_DIVIDE: return Key::slash;
    case SDLK_SEMICOLON: return Key::semicolon;
    case SDLK_QUOTE: return Key::apostrophe;
    case SDLK_LEFTBRACKET: return Key::left_bracket;
    case SDLK_RIGHTBRACKET: return Key::right_bracket;
    case SDLK_BACKSLASH: return Key::backslash;
    case SDLK_BACKQUOTE: return Key::grave;
    default: return Key::none;
  }
}

SDL_SystemCursor system_cursor(int wanted) {
  switch (wanted) {
    case ImGuiMouseCursor_TextInput: return SDL_SYSTEM_CURSOR_IBEAM;
    case ImGuiMouseCursor_ResizeNS: return SDL_SYSTEM_CURSOR_SIZENS;
    case ImGuiMouseCursor_ResizeEW: return SDL_SYSTEM_CURSOR_SIZEWE;
    case ImGuiMouseCursor_Hand: return SDL_SYSTEM_CURSOR_HAND;
    default: return SDL_SYSTEM_CURSOR_ARROW;
  }
}

class Sdl2 final : public Platform {
 public:
  explicit Sdl2(SDL_Window* window) : Platform(Backend::sdl2), window_(window) {
    measure();
    compat::claim_textures();
    SDL_StartTextInput();
  }

  ~Sdl2() override {
    for (SDL_Cursor* cursor : cursors_) SDL_FreeCursor(cursor);
    SDL_DestroyWindow(window_);
    SDL_Quit();
  }

  std::string renderer_name() const override { return "software"; }
  bool is_software() const override { return true; }

  void wait_events(double seconds) override {
    if (input.pending() || seconds == 0) return;
    // Only waits: begin_frame takes the events.
    if (seconds < 0)
      SDL_WaitEvent(nullptr);
    else
      SDL_WaitEventTimeout(nullptr, int(seconds * 1000.0 + 0.5));
  }

  void wake() override {
    SDL_Event e{};
    e.type = SDL_USEREVENT;
    SDL_PushEvent(&e);
  }
  bool should_close() const override { return closed_; }

  void begin_frame() override {
    make_current();
    surface_ = nullptr;  // a new size makes another one
    SDL_Event e;
    while (SDL_PollEvent(&e)) take(e);
    if (pending_width_ > 0) {
      SDL_SetWindowSize(window_, pending_width_, pending_height_);
      pending_width_ = 0;
    }
    measure();
    const double now = seconds();
    set_frame_size(width_, height_, float(now - last_frame_));
    last_frame_ = now;
    ImGui::NewFrame();
  }

  void render() override {
    make_current();
    ImGui::Render();
    show_cursor(wanted_cursor());
    compat::acknowledge_textures();
    surface_ = SDL_GetWindowSurface(window_);
    rasterise(*ImGui::GetDrawData(), target());
  }

  void present() override {
    if (!surface_) return;
    if (target().pixels == pixels_.data())
      SDL_ConvertPixels(std::min(width_, surface_->w), std::min(height_, surface_->h),
                        SDL_PIXELFORMAT_ARGB8888, pixels_.data(), width_ * 4,
                        surface_->format->format, surface_->pixels, surface_->pitch);
    SDL_UpdateWindowSurface(window_);
  }

  Picture read_rgb() override {
    const RasterTarget t = target();
    return picture_of(t.pixels, width_, height_, t.stride);
  }
  void fonts_changed() override {
    make_current();
    compat::build_atlas();
  }

  void set_title(const std::string& title) override { SDL_SetWindowTitle(window_, title.c_str()); }
  void set_fullscreen(bool on) override {
    SDL_SetWindowFullscreen(window_, on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
  }
  void resize(int width, int height) override {
    pending_width_ = width;
    pending_height_ = height;
  }

  std::string clipboard() override {
    char* text = SDL_GetClipboardText();
    std::string out = text ? text : "";
    SDL_free(text);
    return out;
  }
  void set_clipboard(const std::string& text) override { SDL_SetClipboardText(text.c_str()); }

  float display_scale() const override {
    if (pixel_ratio() > 1) return pixel_ratio();
    float dpi = 96;
    if (SDL_GetDisplayDPI(SDL_GetWindowDisplayIndex(window_), &dpi, nullptr, nullptr) != 0) {
      return 1;
    }
    // Ordinary screens report anything from 80 to 120: only clearly dense ones are scaled.
    return dpi < 144 ? 1.0f : dpi < 192 ? 1.5f : 2.0f;
  }

  double seconds() const override { return double(SDL_GetTicks64()) / 1000.0; }

 private:
  void measure() {
    SDL_GetWindowSizeInPixels(window_, &width_, &height_);
    width_ = std::max(1, width_);
    height_ = std::max(1, height_);
  }

  float pixel_ratio() const {
    int w = 1, h = 1;
    SDL_GetWindowSize(window_, &w, &h);
    return w > 0 ? float(width_) / float(w) : 1.0f;
  }

  // The window's own pixels where they are as we draw them, which saves a copy; else pixels_. Every
  // frame covers all of them, so they are not cleared.
  RasterTarget target() {
    if (surface_ && surface_->w == width_ && surface_->h == height_ && !SDL_MUSTLOCK(surface_) &&
        (surface_->format->format == SDL_PIXELFORMAT_RGB888 ||
         surface_->format->format == SDL_PIXELFORMAT_ARGB8888))
      return {static_cast<std::uint32_t*>(surface_->pixels), width_, height_, surface_->pitch / 4};
    pixels_.resize(std::size_t(width_) * std::size_t(height_));
    return {pixels_.data(), width_, height_, width_};
  }

  // Each cursor is made when it is first wanted.
  void show_cursor(int wanted) {
    if (wanted < 0 || wanted >= ImGuiMouseCursor_COUNT || wanted == shown_) return;
    shown_ = wanted;
    SDL_Cursor*& cursor = cursors_[wanted];
    if (!cursor) cursor = SDL_CreateSystemCursor(system_cursor(wanted));
    if (cursor) SDL_SetCursor(cursor);
  }

  void take(const SDL_Event& e) {
    if (e.type == SDL_QUIT) closed_ = true;
    if (e.type == SDL_WINDOWEVENT && e.window.event == SDL_WINDOWEVENT_CLOSE) closed_ = true;
    const Mods mods = mods_of(SDL_GetModState());
    switch (e.type) {
      case SDL_MOUSEMOTION:
        input.push_mouse(float(e.motion.x) * pixel_ratio(), float(e.motion.y) * pixel_ratio());
        break;
      case SDL_MOUSEBUTTONDOWN:
      case SDL_MOUSEBUTTONUP: {
        const int button = e.button.button == SDL_BUTTON_LEFT     ? 0
                           : e.button.button == SDL_BUTTON_RIGHT  ? 1
                           : e.button.button == SDL_BUTTON_MIDDLE ? 2
                                                                  : -1;
        if (button < 0) break;
        input.push_mouse(float(e.button.x) * pixel_ratio(), float(e.button.y) * pixel_ratio());
        input.push_button(MouseButton(button), e.type == SDL_MOUSEBUTTONDOWN, mods);
        break;
      }
      case SDL_MOUSEWHEEL: input.push_wheel(float(e.wheel.x), float(e.wheel.y), mods); break;
      case SDL_KEYDOWN: {
        InputEvent k;
        k.type = InputEvent::Type::key;
        k.key = key_of(e.key.keysym.sym);
        k.mods = mods_of(e.key.keysym.mod);
        k.repeat = e.key.repeat != 0;
        if (k.key != Key::none) input.push(k);
        break;
      }
      case SDL_TEXTINPUT: input.push_text(e.text.text); break;
      case SDL_DROPFILE:
        dropped.emplace_back(e.drop.file);
        SDL_free(e.drop.file);
        break;
      case SDL_WINDOWEVENT:
        if (e.window.event == SDL_WINDOWEVENT_LEAVE) {
          InputEvent leave;
          leave.type = InputEvent::Type::leave;
          input.push(leave);
        }
        break;
      default: break;
    }
  }

  SDL_Window* window_;
  SDL_Surface* surface_ = nullptr;  // the window's, as of the last render()
  std::vector<std::uint32_t> pixels_;
  SDL_Cursor* cursors_[ImGuiMouseCursor_COUNT] = {};
  int shown_ = ImGuiMouseCursor_Arrow;
  double last_frame_ = 0;
  bool closed_ = false;
  int pending_width_ = 0, pending_height_ = 0;
};

Error refuse(const std::string& what) {
  const std::string why = SDL_GetError();
  SDL_Quit();
  return Error{"", 0, what + (why.empty() ? "" : " (" + why + ")")};
}

PlatformResult open(const WindowOptions& options) {
  constexpr const char* no_display =
      "no window can be opened here: start in a desktop session, or use the command "
      "line";
  SDL_SetMainReady();
  SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");  // plain pixels to the screen, no OpenGL
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return refuse(no_display);
  const std::string driver = SDL_GetCurrentVideoDriver() ? SDL_GetCurrentVideoDriver() : "";
  if (driver == "offscreen" || driver == "dummy") {  // what SDL falls back to by itself
    SDL_SetError("SDL2 found no display");
    return refuse(no_display);
  }
  Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
  if (!options.visible) flags |= SDL_WINDOW_HIDDEN;
  int width = options.width, height = options.height;
  SDL_Rect desk;
  if (SDL_GetDisplayUsableBounds(0, &desk) == 0)
    width = std::min(width, desk.w), height = std::min(height, desk.h);
  SDL_Window* window = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED,
                                        SDL_WINDOWPOS_CENTERED, width, height, flags);
  if (!window) return refuse("the window cannot be opened");
  return std::unique_ptr<Platform>(std::make_unique<Sdl2>(window));
}

}  // namespace
}  // namespace qs::ui

void qs_open_window(const qs::ui::WindowOptions* options, qs::ui::PlatformResult* out) {
  *out = qs::ui::open(*options);
}
