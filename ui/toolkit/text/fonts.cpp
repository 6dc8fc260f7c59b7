#include "ui/toolkit/text/fonts.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "ui/toolkit/core/input.h"

// Only its look-up of glyphs: Dear ImGui draws them.
namespace {
#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#include <stb_truetype.h>
}  // namespace

namespace qs::ui {
namespace {

// Dear ImGui's font size is the line height; ours is the em, as everywhere else. Line height over
// em:
constexpr float inter_line = 1.2102f, mono_line = 1.32f, dejavu_line = 1.164f, icons_line = 1.0f;

// Characters that code needs beyond ASCII.
constexpr std::string_view code_signs = "–—‘’“”…·→←↑↓×≤≥≠";

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

// Glyph ranges for the atlas: with Dear ImGui before 1.92 they are stated up front (and have to
// outlive the build), later ones rasterise what is drawn and ignore them.
class Ranges {
 public:
  Ranges& latin(bool with_accents) {
    range(0x20, 0x7E);
    if (with_accents) range(0xA0, 0xFF);
    return *this;
  }
  Ranges& signs(std::string_view text) {
    while (!text.empty()) {
      const char32_t c = next_codepoint(text);
      if (c > 0x7E && c <= 0xFFFF) range(ImWchar(c), ImWchar(c));
    }
    return *this;
  }
  const ImWchar* data() {
    list_.push_back(0);
    return list_.Data;
  }

 private:
  void range(ImWchar from, ImWchar to) {
    list_.push_back(from);
    list_.push_back(to);
  }
  ImVector<ImWchar> list_;
};

// The icons only, for the merge with Fork Awesome.
std::string icon_text() {
  std::string all;
#define QS_X(name, utf8) all += utf8;
  QS_ICONS(QS_X)
#undef QS_X
  return all;
}

ImFont* add(const EmbeddedFile* file, float pixels, const ImWchar* ranges, bool merge) {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.MergeMode = merge;
  config.OversampleH = pixels > 30 ? 1 : 2;
  config.OversampleV = 1;
  config.PixelSnapH = false;
  // Dear ImGui takes a mutable pointer but does not write through it.
  void* data = const_cast<unsigned char*>(file->data);
#if QS_IMGUI_DYNAMIC_FONTS
  config.FontDataOwnedByAtlas = false;
  return atlas->AddFontFromMemoryTTF(data, int(file->size), pixels, &config, ranges);
#else
  // It copies the whole file of every font that it does not own, ten megabytes in all: hand the
  // data over, and take the ownership back before it could free anything.
  config.FontDataOwnedByAtlas = true;
  ImFont* font = atlas->AddFontFromMemoryTTF(data, int(file->size), pixels, &config, ranges);
  atlas->ConfigData.back().FontDataOwnedByAtlas = false;
  return font;
#endif
}

// nullptr, or the name of one that is missing.
const char* find_files(File& files) {
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
    if (!*w.file) return w.name;
  }
  return nullptr;
}

}  // namespace

Result<Fonts> build_fonts(float scale, std::string_view extra) {
  File files{};
  if (const char* missing = find_files(files))
    return Error{missing, 0,
                 "this font is missing from the program: build it again with ./dev build"};

  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  atlas->Clear();
  atlas->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;  // else half of its picture is empty
  const std::string& missed = missed_glyphs();
  const std::string every_sign = std::string(common_signs) + std::string(extra) + missed;
  Ranges full_set, text_set, code_set, sign_set, icon_set, missed_set;
  const ImWchar* full = full_set.latin(true).signs(every_sign).data();
  const ImWchar* text = text_set.latin(false).signs(every_sign).data();
  const ImWchar* code = code_set.latin(true).signs(code_signs).data();
  const ImWchar* signs = sign_set.signs(every_sign).data();
  const ImWchar* icons = icon_set.signs(icon_text()).data();
  const ImWchar* late = missed_set.signs(missed).data();

  // Glyphs cost start-up time: icons and accents only where they are used.
  enum Extent { plain, with_icons, everything };
  const auto text_font = [&](const EmbeddedFile* file, float em, Extent extent) {
    Font font;
    font.size = std::round(em * inter_line * scale);
    font.face = add(file, font.size, extent == everything ? full : text, false);
    if (extent != plain) add(files.icons, std::round(em * scale * icons_line * 1.04f), icons, true);
    add(files.dejavu, std::round(em * scale * dejavu_line * 0.95f), signs, true);
    return font;
  };
  const auto label_font = [&](const EmbeddedFile* file, float em, float line) {
    Font font;
    font.size = std::round(em * line * scale);
    font.face = add(file, font.size, code, false);
    if (!missed.empty())
      add(files.dejavu, std::round(em * scale * dejavu_line * 0.95f), late, true);
    return font;
  };

  Fonts out;
  out.scale = scale;
  // The first is Dear ImGui's own default.
  out.body = text_font(files.inter, 14.0f, everything);
  out.caption = text_font(files.inter, 11.5f, plain);
  out.caption_bold = text_font(files.semibold, 11.5f, plain);
  out.small = text_font(files.inter, 12.5f, everything);
  out.small_bold = text_font(files.semibold, 12.5f, with_icons);
  out.bold = text_font(files.semibold, 14.0f, with_icons);
  out.token = label_font(files.semibold, 13.0f, inter_line);
  out.title = text_font(files.semibold, 18.0f, plain);
  out.huge = text_font(files.semibold, 24.0f, plain);
  out.mono = label_font(files.mono, 13.0f, mono_line);
  out.mono_bold = label_font(files.mono_bold, 13.0f, mono_line);
  out.mono_small = label_font(files.mono, 11.5f, mono_line);
  out.icon.size = std::round(18.0f * scale);
  out.icon.face = add(files.icons, out.icon.size, icons, false);
#if !QS_IMGUI_DYNAMIC_FONTS
  if (!atlas->Build()) return Error{"", 0, "the fonts could not be drawn at this size"};
#endif
  return out;
}

namespace {

struct Missed {
  std::string utf8;
  std::vector<char32_t> all;  // sorted
};
Missed& missed() {
  static Missed m;  // one for the program, as the typefaces are
  return m;
}

bool dejavu_has(char32_t c) {
  static const stbtt_fontinfo info = [] {
    stbtt_fontinfo read{};
    const EmbeddedFile* file = find_asset("fonts/dejavu-sans.ttf");
    if (!file || !stbtt_InitFont(&read, file->data, 0)) read.data = nullptr;
    return read;
  }();
  return info.data && stbtt_FindGlyphIndex(&info, int(c)) != 0;
}

}  // namespace

void miss_glyph(char32_t c) {
  if (c > 0xFFFF || !dejavu_has(c)) return;  // Dear ImGui knows no more of Unicode
  Missed& m = missed();
  const auto at = std::lower_bound(m.all.begin(), m.all.end(), c);
  if (at != m.all.end() && *at == c) return;
  m.all.insert(at, c);
  append_utf8(m.utf8, c);
}

const std::string& missed_glyphs() { return missed().utf8; }

}  // namespace qs::ui
