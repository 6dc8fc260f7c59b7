// A Platform with everything the Ui needs: theme, fonts, keymap, rebuilt when the settings change.
// Owns: Host. Used by the window and by pictures; main thread only.
#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "ui/platform/platform.h"
#include "ui/screens/settings.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

class Host {
 public:
  // Fails with one sentence when the window, a font, a theme or the keymap is not available.
  static Result<std::unique_ptr<Host>> create(Backend backend, const WindowOptions& options,
                                              const Settings& settings);
  static Result<std::unique_ptr<Host>> create(std::unique_ptr<Platform> opened,
                                              const Settings& settings);
  // Follows changed settings (theme, scale) and, for a projector, the size of the window. True when
  // the appearance changes and another frame must be drawn. An error changes nothing.
  Result<bool> follow(const Settings& settings);
  // One frame: `draw(ui, seconds since the last frame)`; pixels are ready for read_rgb() until
  // next() is called.
  template <class Draw>
  void frame(Draw draw) {
    begin();
    draw(ui, elapsed_);
    end();
  }
  void next() { platform->present(); }

  std::unique_ptr<Platform> platform;
  Ui ui;

 private:
  void begin();
  void end();
  Result<bool> make_fonts(float scale);
  Theme theme_;
  Fonts fonts_;
  Keymap keymap_;
  FrameInput input_;
  std::string theme_name_;
  size_t glyphs_ = 0;  // of missed_glyphs() that the fonts have, in bytes
  double last_ = -1, elapsed_ = 0;
};

}  // namespace qs::ui
