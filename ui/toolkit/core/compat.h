// The differences between Dear ImGui 1.86 (Debian 12) and current releases, met in one place.
// Owns no state. Included by everything in ui/ that touches Dear ImGui; nobody else includes
// imgui.h.
//
// What we use of Dear ImGui: draw lists, fonts, the frame and the backends. Widgets, input and
// focus are our own (ui.h), so that both versions behave alike and tests can see everything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <imgui.h>

// From 1.92 on, fonts are rasterised glyph by glyph when first drawn and textures are managed by
// Dear ImGui; before, the atlas is built once with stated glyph ranges.
#define QS_IMGUI_DYNAMIC_FONTS (IMGUI_VERSION_NUM >= 19200)

namespace qs::ui {

// A typeface at one size. `size` is the line height in pixels (what Dear ImGui calls size).
struct Font {
  ImFont* face = nullptr;
  float size = 0;
};

namespace compat {

// Width in pixels of one line of text.
float text_width(const Font& font, std::string_view text);
// Where a text ends that begins at `from` (pixels): widths of pieces add up to that of the whole.
float text_end(const Font& font, float from, std::string_view text);
// Draws one line with its upper left corner at (x, y). Any character: what the face lacks is
// fetched from DejaVu Sans before the next frame (fonts.h), and what that lacks, too, is a frame
// with the character's number in it.
void add_text(ImDrawList* draw, const Font& font, float x, float y, ImU32 color,
              std::string_view text);
bool has_glyph(const Font& font, char32_t c);

// For drawing by the processor. Textures hold one byte of coverage a pixel.
struct Texture {
  const unsigned char* pixels = nullptr;
  int width = 0, height = 0, bytes = 1;

  unsigned coverage(int x, int y) const {
    return pixels[(std::size_t(y) * std::size_t(width) + std::size_t(x) + 1) * std::size_t(bytes) -
                  1];
  }
};
Texture texture_of(const ImDrawCmd& cmd);
// Say that there is no renderer to hand textures to; make the atlas usable after fonts changed;
// answer the texture requests of a frame.
void claim_textures();
void build_atlas();
void acknowledge_textures();

}  // namespace compat
}  // namespace qs::ui
