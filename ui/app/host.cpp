#include "ui/app/host.h"

#include <algorithm>
#include <cmath>

#include "base/embedded.h"
#include "ui/toolkit/core/theme_file.h"
#include "ui/toolkit/text/fonts_baked.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

Result<std::unique_ptr<Host>> Host::create(Backend backend, const WindowOptions& options,
                                           const Settings& settings) {
  auto made = Platform::create(backend, options);
  if (!made) return made.error();
  return create(std::move(*made), settings);
}

Result<std::unique_ptr<Host>> Host::create(std::unique_ptr<Platform> opened,
                                           const Settings& settings) {
  auto host = std::make_unique<Host>();
  host->platform = std::move(opened);
  const EmbeddedFile* keys = find_asset("assets/keymap.toml");
  if (!keys) return Error{"assets/keymap.toml", 0, "the keymap is missing from the program"};
  auto keymap = Keymap::parse(keys->text(), "assets/keymap.toml");
  if (!keymap) return keymap.error();
  host->keymap_ = *keymap;
  auto followed = host->follow(settings);
  if (!followed) return followed.error();
  Ui& ui = host->ui;
  ui.theme = &host->theme_;
  ui.fonts = &host->fonts_;
  ui.keymap = &host->keymap_;
  ui.clipboard_owner = host->platform.get();
  ui.get_clipboard = [](void* p) { return static_cast<Platform*>(p)->clipboard(); };
  ui.set_clipboard = [](void* p, const std::string& t) {
    static_cast<Platform*>(p)->set_clipboard(t);
  };
  return host;
}

namespace {

// A class sees the window from three meters or more: whatever its size in pixels, it is about 800
// design pixels high, and always at least a quarter larger than on a desk.
float projector_scale(const Platform& platform) {
  const float high = float(platform.height()) / platform.display_scale() / 800;
  return std::clamp(std::round(high * 8) / 8, 1.25f, 3.0f);
}

}  // namespace

Result<bool> Host::follow(const Settings& settings) {
  bool changed = false;
  if (theme_name_ != settings.theme) {
    auto theme = load_theme(settings.theme);
    if (!theme) return theme.error();
    theme_ = *theme;
    theme_name_ = settings.theme;
    changed = true;
  }
  const float projector = settings.projector ? projector_scale(*platform) : 1;
  const float scale =
      std::clamp(settings.scale * projector * ui.magnify * platform->display_scale(), 0.5f, 5.0f);
  if (scale == fonts_.scale) return changed;
  auto made = make_fonts(scale);
  if (!made) return made.error();
  return true;
}

Result<bool> Host::make_fonts(float scale) {
  platform->make_current();
  glyphs_ = missed_glyphs().size();
  if (scale != 1 || glyphs_ > 0 || !unbake_fonts(baked_fonts(), fonts_)) {
    auto fonts = build_fonts(scale, all_strings());
    if (!fonts) return fonts.error();
    fonts_ = *fonts;
  }
  platform->fonts_changed();
  ui.scale = scale;
  return true;
}

void Host::begin() {
  // The last frame wanted characters that the fonts lack. They were made once and can be again.
  if (missed_glyphs().size() != glyphs_) (void)make_fonts(fonts_.scale);
  platform->begin_frame();
  input_ = platform->input.next(input_);
  const double now = platform->seconds();
  elapsed_ = last_ < 0 ? 0 : std::min(now - last_, 0.25);
  last_ = now;
  ui.begin(input_, {0, 0, float(platform->width()), float(platform->height())}, now);
}

void Host::end() {
  if (missed_glyphs().size() != glyphs_) ui.wake_in(0);
  ui.end();
  platform->render();
}

}  // namespace qs::ui
