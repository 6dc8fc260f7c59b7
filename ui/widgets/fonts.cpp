#include "ui/widgets/fonts.h"

#include <cmath>
#include <string>

#include "base/embedded.h"
#include "ui/widgets/input.h"

namespace qs::ui {
namespace {

// Dear ImGui's font size is the line height; ours is the em, as everywhere else. Line height over
// em:
constexpr float inter_line = 1.2102f, mono_line = 1.32f, dejavu_line = 1.164f, icons_line = 1.0f;

// Characters every size has, besides ASCII and Latin-1.
constexpr std::string_view common_signs = "–—‘’“”„…·•›‹×≤≥≠≈±µ←↑→↓↔↗↵⇒▶◀▲▼▸▾●○■□◆◇✓✕✗⚠";

struct File {
  const EmbeddedFile* inter;
  const EmbeddedFile* semibold;
  const EmbeddedFile* mono;
  const EmbeddedFile* mono_bold;
  const EmbeddedFile* dejavu;
  const EmbeddedFile* icons;
};

#if QS_IMGUI_DYNAMIC_FONTS
struct Ranges {
  Ranges(std::string_view, std::string_view) {}
  const ImWchar* data() const { return nullptr; }
};
#else
// Glyph ranges have to be stated up front and to outlive the build.
struct Ranges {
  ImVector<ImWchar> list;
  Ranges(std::string_view a, std::string_view b) {
    static constexpr ImWchar latin[] = {0x20, 0x7E, 0xA0, 0xFF, 0};
    ImFontGlyphRangesBuilder builder;
    builder.AddRanges(latin);
    for (std::string_view text : {a, b}) {
      while (!text.empty()) {
        if (const char32_t c = next_codepoint(text); c > 0x7E && c <= 0xFFFF)
          builder.AddChar(ImWchar(c));
      }
    }
    builder.BuildRanges(&list);
  }
  const ImWchar* data() const { return list.Data; }
};
#endif

// The icons only, for the merge with Fork Awesome.
std::string icon_text() {
  std::string all;
#define QS_X(name, utf8) all += utf8;
  QS_ICONS(QS_X)
#undef QS_X
  return all;
}

ImFont* add(const EmbeddedFile* file, float pixels, const ImWchar* ranges, bool merge) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.MergeMode = merge;
  config.OversampleH = pixels > 30 ? 1 : 2;
  config.OversampleV = 1;
  config.PixelSnapH = false;
  // Dear ImGui takes a mutable pointer but does not write through it when it does not own the data.
  void* data = const_cast<unsigned char*>(file->data);
  return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(data, int(file->size), pixels, &config, ranges);
}

}  // namespace

Result<Fonts> build_fonts(float scale, std::string_view extra) {
  File files{};
  struct Wanted {
    const EmbeddedFile** file;
    const char* name;
  };
  for (const Wanted& w : {Wanted{&files.inter, "fonts/inter-regular.otf"},
                          Wanted{&files.semibold, "fonts/inter-semibold.otf"},
                          Wanted{&files.mono, "fonts/jetbrains-mono.ttf"},
                          Wanted{&files.mono_bold, "fonts/jetbrains-mono-bold.ttf"},
                          Wanted{&files.dejavu, "fonts/dejavu-sans.ttf"},
                          Wanted{&files.icons, "fonts/fork-awesome.ttf"}}) {
    *w.file = find_asset(w.name);
    if (!*w.file) {
      return Error{w.name, 0,
                   "this font is missing from the program: build it again with ./dev build"};
    }
  }

  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  atlas->Clear();
  const std::string icon_signs = icon_text();
  const std::string every_sign = std::string(common_signs) + std::string(extra);
  const Ranges text_ranges(every_sign, {});
  static constexpr ImWchar icon_range[] = {0xF000, 0xF35F, 0};
#if QS_IMGUI_DYNAMIC_FONTS
  const ImWchar* icons_only = icon_range;
  const ImWchar* signs_only = nullptr;
#else
  // Only the icons we use: the range builder starts from Latin, so build a list by hand.
  ImVector<ImWchar> icon_list, sign_list;
  const auto collect = [](std::string_view text, ImVector<ImWchar>& list) {
    while (!text.empty()) {
      const char32_t c = next_codepoint(text);
      if (c < 0x100 || c > 0xFFFF) continue;
      list.push_back(ImWchar(c));
      list.push_back(ImWchar(c));
    }
    list.push_back(0);
  };
  collect(icon_signs, icon_list);
  collect(every_sign, sign_list);
  const ImWchar* icons_only = icon_list.Data;
  const ImWchar* signs_only = sign_list.Data;
  (void)icon_range;
#endif

  const auto text_font = [&](const EmbeddedFile* file, float em, float line) {
    const float pixels = std::round(em * line * scale);
    Font font;
    font.size = pixels;
    font.face = add(file, pixels, text_ranges.data(), false);
    add(files.icons, std::round(em * scale * icons_line * 1.04f), icons_only, true);
    add(files.dejavu, std::round(em * scale * dejavu_line * 0.95f), signs_only, true);
    return font;
  };

  Fonts out;
  out.scale = scale;
  out.body = text_font(files.inter, 14.0f, inter_line);  // the first is Dear ImGui's own default
  out.caption = text_font(files.inter, 11.5f, inter_line);
  out.small = text_font(files.inter, 12.5f, inter_line);
  out.small_bold = text_font(files.semibold, 12.5f, inter_line);
  out.bold = text_font(files.semibold, 14.0f, inter_line);
  out.token = text_font(files.semibold, 13.0f, inter_line);
  out.title = text_font(files.semibold, 18.0f, inter_line);
  out.huge = text_font(files.semibold, 24.0f, inter_line);
  out.mono = text_font(files.mono, 12.5f, mono_line);
  out.mono_bold = text_font(files.mono_bold, 12.5f, mono_line);
  out.mono_small = text_font(files.mono, 11.5f, mono_line);
  out.icon.size = std::round(18.0f * scale);
  out.icon.face = add(files.icons, out.icon.size, icons_only, false);
#if !QS_IMGUI_DYNAMIC_FONTS
  if (!atlas->Build()) return Error{"", 0, "the fonts could not be drawn at this size"};
#endif
  return out;
}

float cap_height(const Font& font) { return font.size * 0.6f; }

}  // namespace qs::ui
