// Theme: every color of the window by name. A plain value; filled by ui/toolkit/core/theme_file
// from assets/theme-*.toml, read by all widgets and views. No color is written anywhere else.
#pragma once

#include <cstdint>
#include <string>

namespace qs::ui {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Color&) const = default;

  // As Dear ImGui expects it.
  std::uint32_t u32() const {
    return std::uint32_t(r) | std::uint32_t(g) << 8 | std::uint32_t(b) << 16 |
           std::uint32_t(a) << 24;
  }
  // Same color, `k` times as opaque (0..1).
  Color faded(float k) const { return {r, g, b, std::uint8_t(float(a) * k + 0.5f)}; }
};

// `t` = 0 gives a, 1 gives b.
inline Color mix(Color a, Color b, float t) {
  const auto m = [t](int p, int q) { return std::uint8_t(float(p) + float(q - p) * t + 0.5f); };
  return {m(a.r, b.r), m(a.g, b.g), m(a.b, b.b), m(a.a, b.a)};
}

// X(name). Comments say what each is for; the pairs that must be readable are in theme_check.cpp.
// clang-format off
#define QS_THEME_COLORS(X)                                                                        \
  /* surfaces, from back to front */                                                              \
  X(background) X(bar) X(panel) X(panel_border) X(card) X(card_border) X(well) X(tube)            \
  X(menu) X(menu_border) X(tooltip) X(tooltip_border) X(shadow)                                   \
  /* text: normal, secondary, headings and line numbers, greyed out, on accent, links */          \
  X(text) X(text_dim) X(text_faint) X(text_disabled) X(text_on_accent) X(link)                    \
  /* controls */                                                                                  \
  X(button) X(button_border) X(button_hover) X(control) X(track) X(accent) X(accent_soft)         \
  X(focus_ring) X(hover)                                                                          \
  /* messages: prompts ("Predict"), all is well, careful, forbidden */                            \
  X(prompt) X(ok) X(warning) X(danger) X(banner_danger) X(banner_warning) X(banner_info)          \
  /* who owns a request: fills of tokens; text_on_token stands on all of them */                  \
  X(owner_app) X(owner_waiting) X(owner_driver) X(owner_target) X(owner_done) X(owner_cancelled)  \
  X(text_on_token) X(token_outline) X(ring_cancelable) X(ring_selected)                           \
  /* timeline lanes */                                                                            \
  X(lane_waiting) X(lane_driver) X(lane_driver_after) X(lane_target) X(lane_done)                 \
  X(lane_cancelled) X(lane_held) X(grid) X(playhead) X(branch) X(future_shade)                    \
  /* arrows, and the line that is being executed */                                               \
  X(arrow) X(arrow_active) X(arrow_asked) X(line_highlight) X(line_other_thread) X(changed)       \
  /* C code */                                                                                    \
  X(code) X(code_keyword) X(code_type) X(code_call) X(code_text) X(code_number) X(code_comment)   \
  X(code_macro)
// clang-format on

struct Theme {
  std::string name;  // "dark", "light", "contrast"
  bool dark = true;
  float line = 1;  // thickness of borders in design pixels: 2 in the contrast theme
#define QS_X(name) Color name;
  QS_THEME_COLORS(QS_X)
#undef QS_X
};

// Calls f(name, color) for each color of the theme, in the order above.
template <class ThemeType, class F>
void each_color(ThemeType& theme, F&& f) {
#define QS_X(name) f(#name, theme.name);
  QS_THEME_COLORS(QS_X)
#undef QS_X
}

}  // namespace qs::ui
