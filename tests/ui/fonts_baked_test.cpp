// The letters that were drawn when the program was built are those that would be drawn now.
#include "ui/toolkit/text/fonts_baked.h"

#include "base/embedded.h"
#include "ui/robot.h"
#include "ui/toolkit/text/strings.h"

using namespace qs;
using namespace qs::ui;

#if !QS_IMGUI_DYNAMIC_FONTS

namespace {

// The letter as it is drawn: coverage, a row after the other.
std::vector<unsigned char> letter(const ImFontAtlas& atlas, const ImFontGlyph& g) {
  std::vector<unsigned char> pixels;
  const int x0 = int(g.U0 * float(atlas.TexWidth) + 0.5f),
            y0 = int(g.V0 * float(atlas.TexHeight) + 0.5f);
  const int x1 = int(g.U1 * float(atlas.TexWidth) + 0.5f),
            y1 = int(g.V1 * float(atlas.TexHeight) + 0.5f);
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x) pixels.push_back(atlas.TexPixelsAlpha8[y * atlas.TexWidth + x]);
  return pixels;
}

void check_face(const Font& baked, const Font& drawn) {
  CHECK(baked.size == drawn.size);
  const ImFont &a = *baked.face, &b = *drawn.face;
  CHECK(a.FontSize == b.FontSize);
  CHECK(a.Ascent == b.Ascent);
  CHECK(a.EllipsisChar == b.EllipsisChar);
  CHECK(a.FallbackAdvanceX == b.FallbackAdvanceX);
  CHECK(a.FallbackChar == b.FallbackChar);
  REQUIRE(a.Glyphs.Size == b.Glyphs.Size);
  REQUIRE(a.FallbackGlyph);
  CHECK(a.FallbackGlyph->Codepoint == b.FallbackGlyph->Codepoint);
  int different = 0;
  for (const ImFontGlyph& g : b.Glyphs) {
    const ImFontGlyph* same = a.FindGlyphNoFallback(ImWchar(g.Codepoint));
    REQUIRE(same);
    different += same->X0 != g.X0 || same->Y0 != g.Y0 || same->X1 != g.X1 || same->Y1 != g.Y1 ||
                 same->AdvanceX != g.AdvanceX ||
                 letter(*a.ContainerAtlas, *same) != letter(*b.ContainerAtlas, g);
  }
  CHECK(different == 0);
}

}  // namespace

TEST_CASE("fonts: those of the program are not copied, and may be replaced by others") {
  const std::span<const unsigned char> all = baked_fonts();
  const auto stands_there = [&](const void* p) {
    return p >= static_cast<const void*>(all.data()) && p < static_cast<const void*>(&all.back());
  };
  Robot one([](Ui&) {});
  one.platform->make_current();
  Fonts baked;
  REQUIRE(unbake_fonts(all, baked));
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  CHECK(stands_there(atlas.TexPixelsAlpha8));
  CHECK(stands_there(baked.body.face->Glyphs.Data));
  CHECK(stands_there(baked.body.face->IndexLookup.Data));
  REQUIRE(build_fonts(2, all_strings()).ok());
  CHECK_FALSE(stands_there(atlas.TexPixelsAlpha8));
  REQUIRE(unbake_fonts(all, baked));
  CHECK(stands_there(atlas.TexPixelsAlpha8));
}

TEST_CASE("fonts: those of the program are the same as drawn now, letter by letter") {
  Robot one([](Ui&) {}), other([](Ui&) {});
  Fonts baked, drawn;
  one.platform->make_current();
  REQUIRE(unbake_fonts(baked_fonts(), baked));
  CHECK(baked.scale == 1);
  other.platform->make_current();
  auto built = build_fonts(1, all_strings());
  REQUIRE(built.ok());
  drawn = *built;
  other.platform->fonts_changed();
  for (const auto font : {&Fonts::caption, &Fonts::caption_bold, &Fonts::small, &Fonts::small_bold,
                          &Fonts::body, &Fonts::bold, &Fonts::token, &Fonts::title, &Fonts::huge,
                          &Fonts::mono, &Fonts::mono_bold, &Fonts::mono_small, &Fonts::icon})
    check_face(baked.*font, drawn.*font);
  const std::string all = all_strings();
  for (std::string_view text = all; !text.empty();) {
    const char32_t c = next_codepoint(text);
    if (c > 0x20) CHECK_MESSAGE(compat::has_glyph(baked.body, c), "sign " << int(c));
  }
}

#endif
