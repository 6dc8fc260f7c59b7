#include "ui/support/theme_check.h"

#include <cmath>

#include <fmt/format.h>

namespace qs::ui {
namespace {

struct Linear {
  double r, g, b;
};

double to_linear(std::uint8_t v) {
  const double c = v / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
std::uint8_t to_byte(double linear) {
  linear = linear < 0 ? 0 : linear > 1 ? 1 : linear;
  const double c = linear <= 0.0031308 ? linear * 12.92 : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
  return std::uint8_t(c * 255.0 + 0.5);
}
Linear linear(Color c) { return {to_linear(c.r), to_linear(c.g), to_linear(c.b)}; }

struct Lab {
  double l, a, b;
};

Lab lab(Color c) {
  const Linear v = linear(c);
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
  const double x = f((0.4124564 * v.r + 0.3575761 * v.g + 0.1804375 * v.b) / 0.95047);
  const double y = f(0.2126729 * v.r + 0.7151522 * v.g + 0.0721750 * v.b);
  const double z = f((0.0193339 * v.r + 0.1191920 * v.g + 0.9503041 * v.b) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

struct Pair {
  const char* text;
  const char* ground;
  double least;
};

// What is drawn on what. Text 4.5, greyed text and signs 3.
constexpr double reading = 4.5, sign = 3.0;
constexpr Pair pairs[] = {
    {"text", "background", reading},
    {"text", "bar", reading},
    {"text", "panel", reading},
    {"text", "card", reading},
    {"text", "well", reading},
    {"text", "menu", reading},
    {"text", "tooltip", reading},
    {"text", "button", reading},
    {"text", "button_hover", reading},
    {"text", "hover", reading},
    {"text", "accent_soft", reading},
    {"text", "line_highlight", reading},
    {"text", "line_other_thread", reading},
    {"text", "tube", reading},
    {"text", "banner_danger", reading},
    {"text", "banner_warning", reading},
    {"text", "banner_info", reading},
    {"text_dim", "background", reading},
    {"text_dim", "bar", reading},
    {"text_dim", "panel", reading},
    {"text_dim", "card", reading},
    {"text_dim", "well", reading},
    {"text_dim", "menu", reading},
    {"text_dim", "button", reading},
    {"text_dim", "accent_soft", reading},
    {"text_faint", "background", reading},
    {"text_faint", "panel", reading},
    {"text_faint", "well", reading},
    {"text_faint", "menu", reading},
    {"text_disabled", "panel", sign},
    {"text_disabled", "button", sign},
    {"text_disabled", "menu", sign},
    {"text_on_accent", "accent", reading},
    {"text_on_token", "owner_app", reading},
    {"text_on_token", "owner_waiting", reading},
    {"text_on_token", "owner_driver", reading},
    {"text_on_token", "owner_target", reading},
    {"text_on_token", "owner_done", reading},
    {"text_on_token", "owner_cancelled", reading},
    {"link", "panel", reading},
    {"link", "card", reading},
    {"prompt", "panel", reading},
    {"prompt", "card", reading},
    {"ok", "panel", reading},
    {"warning", "panel", reading},
    {"warning", "well", reading},
    {"danger", "panel", reading},
    {"danger", "well", reading},
    {"danger", "menu", sign},
    {"danger", "banner_danger", sign},
    {"warning", "banner_warning", sign},
    {"accent", "panel", sign},
    {"accent", "background", sign},
    {"accent", "bar", sign},
    {"accent", "banner_info", sign},
    {"control", "panel", sign},
    {"control", "card", sign},
    {"focus_ring", "background", sign},
    {"focus_ring", "panel", sign},
    {"focus_ring", "bar", sign},
    {"focus_ring", "card", sign},
    {"focus_ring", "menu", sign},
    {"focus_ring", "well", sign},
    {"ring_selected", "tube", sign},
    {"ring_selected", "card", sign},
    {"ring_cancelable", "tube", sign},
    {"ring_cancelable", "card", sign},
    {"arrow", "well", sign},
    {"arrow_active", "well", sign},
    {"arrow_asked", "well", sign},
    {"playhead", "panel", sign},
    {"branch", "panel", sign},
    {"changed", "tube", sign},
    {"code", "panel", reading},
    {"code_keyword", "panel", reading},
    {"code_type", "panel", reading},
    {"code_call", "panel", reading},
    {"code_text", "panel", reading},
    {"code_number", "panel", reading},
    {"code_comment", "panel", reading},
    {"code_macro", "panel", reading},
    {"code_call", "well", reading},
    {"code_keyword", "line_highlight", reading},
    {"code_type", "line_highlight", reading},
    {"code_call", "line_highlight", reading},
    {"code_text", "line_highlight", reading},
    {"code_number", "line_highlight", reading},
    {"code_comment", "line_highlight", reading},
    {"code_macro", "line_highlight", reading},
    {"lane_driver", "panel", sign},
    {"lane_waiting", "panel", sign},
    {"lane_target", "panel", sign},
    {"lane_done", "panel", sign},
    {"lane_cancelled", "panel", sign},
    {"lane_driver_after", "panel", sign},
    {"lane_held", "panel", sign},
};

Color color_named(const Theme& theme, std::string_view wanted) {
  Color found;
  each_color(theme, [&](const char* name, const Color& c) {
    if (wanted == name) found = c;
  });
  return found;
}

// A fill is told from its ground by its own colour or by the outline around it.
void check_token_ground(const Theme& theme, std::vector<std::string>& faults) {
  const char* owners[] = {"owner_app",    "owner_waiting", "owner_driver",
                          "owner_target", "owner_done",    "owner_cancelled"};
  for (const char* owner : owners) {
    for (const char* ground : {"tube", "card", "panel", "well"}) {
      const Color g = color_named(theme, ground);
      const double fill = contrast(color_named(theme, owner), g);
      const double edge =
          theme.token_outline.a ? contrast(flattened(theme.token_outline, g), g) : 0;
      if (fill < sign && edge < sign) {
        faults.push_back(
            fmt::format("{}: {} on {} has a contrast of {:.2f} and no outline that shows",
                        theme.name, owner, ground, fill));
      }
    }
  }
}

}  // namespace

double luminance(Color c) {
  const Linear v = linear(c);
  return 0.2126 * v.r + 0.7152 * v.g + 0.0722 * v.b;
}

double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Color flattened(Color over, Color ground) {
  Color c = mix(ground, Color{over.r, over.g, over.b, 255}, float(over.a) / 255.0f);
  c.a = 255;
  return c;
}

const char* vision_name(Vision v) {
  static constexpr const char* vision_names[] = {"normal sight", "protanopia", "deuteranopia",
                                                 "tritanopia", "grey"};
  return vision_names[int(v)];
}

Color seen_by(Vision v, Color c) {
  if (v == Vision::normal) return c;
  const Linear in = linear(c);
  if (v == Vision::grey) {
    const std::uint8_t y = to_byte(luminance(c));
    return {y, y, y, c.a};
  }
  static constexpr double matrices[3][9] = {
      {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
      {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
      {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
       0.303900}};
  const double* m = matrices[int(v) - 1];
  return {to_byte(m[0] * in.r + m[1] * in.g + m[2] * in.b),
          to_byte(m[3] * in.r + m[4] * in.g + m[5] * in.b),
          to_byte(m[6] * in.r + m[7] * in.g + m[8] * in.b), c.a};
}

double distance(Color a, Color b) {
  const Lab x = lab(a), y = lab(b);
  return std::sqrt((x.l - y.l) * (x.l - y.l) + (x.a - y.a) * (x.a - y.a) +
                   (x.b - y.b) * (x.b - y.b));
}

namespace {

// Red looks darker to protans: they get by with a little less than what the rule asks of all.
constexpr double kOtherEyes = 0.85;

struct Named {
  const char* name;
  Color color;
};

void check_apart(const Theme& theme, std::initializer_list<Named> colors, double least,
                 double least_grey, std::vector<std::string>& faults) {
  for (const Vision v :
       {Vision::normal, Vision::protan, Vision::deutan, Vision::tritan, Vision::grey})
    for (const Named* a = colors.begin(); a != colors.end(); ++a)
      for (const Named* b = a + 1; b != colors.end(); ++b) {
        const double d = distance(seen_by(v, a->color), seen_by(v, b->color));
        if (d < (v == Vision::grey ? least_grey : least))
          faults.push_back(fmt::format("{}: {} and {} are only {:.1f} apart for {}", theme.name,
                                       a->name, b->name, d, vision_name(v)));
      }
}

}  // namespace

std::vector<std::string> theme_faults(const Theme& theme, double least_distance,
                                      double least_grey) {
  std::vector<std::string> faults;
  const double factor = theme.name == "contrast" ? 1.5 : 1.0;
  for (const Pair& p : pairs) {
    const Color ground = flattened(color_named(theme, p.ground), theme.background);
    const Color text = flattened(color_named(theme, p.text), ground);
    const double c = contrast(text, ground);
    const double least = p.least * factor;
    if (c < least) {
      faults.push_back(fmt::format("{}: {} on {} has a contrast of {:.2f}, needs {:.1f}",
                                   theme.name, p.text, p.ground, c, least));
    }
    for (const Vision v : {Vision::protan, Vision::deutan, Vision::tritan}) {
      const double seen = contrast(seen_by(v, text), seen_by(v, ground));
      if (seen < least * kOtherEyes)
        faults.push_back(fmt::format("{}: {} on {} has a contrast of {:.2f} for {}, needs {:.1f}",
                                     theme.name, p.text, p.ground, seen, vision_name(v),
                                     least * kOtherEyes));
    }
  }
  check_token_ground(theme, faults);
  check_apart(theme,
              {{"waiting", theme.owner_waiting},
               {"driver", theme.owner_driver},
               {"target", theme.owner_target},
               {"done", theme.owner_done},
               {"cancelled", theme.owner_cancelled}},
              least_distance, least_grey, faults);
  // Bars of the timeline: which owner, without the shape of a token to help.
  check_apart(theme,
              {{"lane_waiting", theme.lane_waiting},
               {"lane_driver", theme.lane_driver},
               {"lane_target", theme.lane_target}},
              least_distance, least_grey, faults);
  // What tells well from ill: lamps, ticks, statuses.
  check_apart(theme, {{"ok", theme.ok}, {"danger", theme.danger}}, least_distance, 0, faults);
  return faults;
}

}  // namespace qs::ui
