#include "ui/toolkit/core/compat.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "base/visible.h"
#include "ui/toolkit/core/input.h"
#include "ui/toolkit/core/spaced_text.h"
#include "ui/toolkit/text/fonts.h"

namespace qs::ui::compat {

namespace {

// A character that no typeface of ours has is drawn as a frame with its number in it, two digits
// above two (three above three beyond U+FFFF).
int digits_across(char32_t c) { return c > 0xFFFF ? 3 : 2; }
float digit_size(const Font& font) { return font.size * 0.42f; }
float stand_in_width(const Font& font, char32_t c) {
  return std::round(digit_size(font) * 0.62f) * float(digits_across(c)) + 4;
}

bool is_drawn(const Font& font, char32_t c) {
  if (has_glyph(font, c)) return true;
  miss_glyph(c);
  return false;
}

void add_stand_in(ImDrawList* draw, const Font& font, float x, float y, ImU32 color, char32_t c) {
  const float width = stand_in_width(font, c), size = digit_size(font);
  const float step = std::round(size * 0.62f), top = std::round(y + font.size * 0.09f);
  const float left = std::round(x) + 1, right = std::round(x) + width - 1,
              bottom = std::round(top + size * 1.9f);
  draw->PrimReserve(4 * 6, 4 * 4);  // four sides of one pixel
  draw->PrimRect({left, top}, {right, top + 1}, color);
  draw->PrimRect({left, bottom - 1}, {right, bottom}, color);
  draw->PrimRect({left, top + 1}, {left + 1, bottom - 1}, color);
  draw->PrimRect({right - 1, top + 1}, {right, bottom - 1}, color);
  const int across = digits_across(c);
  for (int i = 0; i < 2 * across; ++i) {
    const char digit = "0123456789ABCDEF"[c >> (4 * (2 * across - 1 - i)) & 15];
    const ImVec2 at(std::round(x) + 2.5f + step * float(i % across),
                    top + std::round(size * 0.88f) * float(i / across));
    draw->AddText(font.face, size, at, color, &digit, &digit + 1);
  }
}

// Letters, digits and signs of ASCII alone: what nearly every text is made of.
bool is_plain(char c) { return c >= 0x20 && c < 0x7F; }

#if !QS_IMGUI_DYNAMIC_FONTS
// The glyphs of a text, one after the other; false where there is one that needs more than a look
// into the table of the face: a hidden character, or one that the face lacks.
template <class EachGlyph>
bool each_glyph(const ImFont& face, std::string_view text, EachGlyph each) {
  const ImFontGlyph* glyphs = face.Glyphs.Data;
  const ImWchar* numbers = face.IndexLookup.Data;
  const unsigned known = unsigned(face.IndexLookup.Size);
  const char* at = text.data();
  for (const char* end = at + text.size(); at < end;) {
    char32_t code = static_cast<unsigned char>(*at);
    if (is_plain(*at)) {
      ++at;
    } else {
      const Utf8 c = first_character({at, std::size_t(end - at)});
      if (!c.ok || is_hidden(c.code)) return false;
      code = c.code;
      at += c.size;
    }
    const ImWchar number = code < known ? numbers[code] : ImWchar(-1);
    if (number == ImWchar(-1)) return false;
    each(glyphs[number]);
  }
  return true;
}

// Four numbers at a time, as a processor handles them: two places in a picture.
typedef float Four __attribute__((vector_size(16)));
static_assert(offsetof(ImFontGlyph, U0) == offsetof(ImFontGlyph, X0) + sizeof(Four));
static_assert(sizeof(ImDrawVert) == sizeof(Four) + sizeof(ImU32));

// The rectangle of a glyph: p its left, upper, right and lower edge, q those in the atlas.
void put_glyph(ImDrawVert* v, Four p, Four q, ImU32 color) {
  const auto put = [&](ImDrawVert& to, Four corner) {
    std::memcpy(static_cast<void*>(&to), &corner, sizeof corner);
    to.col = color;
  };
  put(v[0], __builtin_shufflevector(p, q, 0, 1, 4, 5));
  put(v[1], __builtin_shufflevector(p, q, 2, 1, 6, 5));
  put(v[2], __builtin_shufflevector(p, q, 2, 3, 6, 7));
  put(v[3], __builtin_shufflevector(p, q, 0, 3, 4, 7));
}

// The two triangles of a rectangle, and two numbers more, so that they are written at once.
typedef ImDrawIdx Indices __attribute__((vector_size(8 * sizeof(ImDrawIdx))));
constexpr Indices kTwoTriangles = {0, 1, 2, 0, 2, 3, 0, 0};
constexpr int kIndicesMore = 2;

// Text as ImFont::RenderText() draws it: each letter by itself, without looking for ends of lines.
// Texts are a third of all that a frame draws. False, and nothing drawn: that is not all there is
// to it. (Without branches for what is not seen it is slower: a processor learns where words end,
// since texts are the same from frame to frame.)
template <bool kSpaced>
bool add_glyphs(ImDrawList* draw, const ImFont& face, float size, float x, float y, ImU32 color,
                std::string_view text, float spacing) {
  const ImVec4& clip = draw->_CmdHeader.ClipRect;
  const float scale = size / face.FontSize;
  if (!kSpaced) x = float(int(x));
  y = float(int(y));
  if (y > clip.w || y + size < clip.y) return true;
  const int most = int(text.size()), room = 6 * most + kIndicesMore;
  draw->PrimReserve(room, 4 * most);
  const float left = clip.x, right = clip.z;
  ImDrawVert* v = draw->_VtxWritePtr;
  ImDrawIdx* out = draw->_IdxWritePtr;
  const unsigned first = draw->_VtxCurrentIdx;
  unsigned at = first;
  const bool all = each_glyph(face, text, [&](const ImFontGlyph& g) {
    Four p, q;
    std::memcpy(&p, &g.X0, sizeof p);
    std::memcpy(&q, &g.U0, sizeof q);
    const float left_x = kSpaced ? float(int(x + 0.5f)) : x;
    p = p * scale + Four{left_x, y, left_x, y};
    x += g.AdvanceX * scale + (kSpaced ? spacing : 0);
    if (!g.Visible || p[0] > right || p[2] < left) return;
    put_glyph(v, p, q, color);
    const Indices corners = kTwoTriangles + static_cast<ImDrawIdx>(at);
    std::memcpy(out, &corners, sizeof corners);
    v += 4, out += 6;
    at += 4;
  });
  const int drawn = all ? int(at - first) / 4 : 0;
  draw->_VtxWritePtr += 4 * drawn;
  draw->_IdxWritePtr += 6 * drawn;
  draw->_VtxCurrentIdx += unsigned(4 * drawn);
  draw->PrimUnreserve(room - 6 * drawn, 4 * (most - drawn));
  return all;
}
#endif

}  // namespace

float text_width(const Font& font, std::string_view text) { return text_end(font, 0, text); }

float text_end(const Font& font, float from, std::string_view text) {
#if QS_IMGUI_DYNAMIC_FONTS
  ImFontBaked* baked = font.face->GetFontBaked(font.size);
  const float scale = font.size / baked->Size;
  const auto advance = [&](unsigned c) { return baked->GetCharAdvance(ImWchar(c)); };
#else
  const ImFont& face = *font.face;
  const float scale = font.size / face.FontSize;
  const auto advance = [&](unsigned c) {
    return int(c) < face.IndexAdvanceX.Size ? face.IndexAdvanceX.Data[c] : face.FallbackAdvanceX;
  };
#endif
#if !QS_IMGUI_DYNAMIC_FONTS
  const float* advances = face.IndexAdvanceX.Data;
  const bool has_plain = face.IndexAdvanceX.Size > 0x7F;  // as every face of ours
#endif
  for (std::string_view rest = text; !rest.empty();) {
#if !QS_IMGUI_DYNAMIC_FONTS
    if (has_plain) {
      const char *at = rest.data(), *end = at + rest.size();
      for (; at < end && is_plain(*at); ++at)
        from += advances[static_cast<unsigned char>(*at)] * scale;
      rest = {at, std::size_t(end - at)};
      if (rest.empty()) break;
    }
#endif
    if (is_plain(rest[0])) {
      from += advance(static_cast<unsigned char>(rest[0])) * scale;
      rest.remove_prefix(1);
      continue;
    }
    const Utf8 c = first_character(rest);
    if (!c.ok || is_hidden(c.code)) {  // drawn as the characters of its escape
      for (const char escaped : visible(rest.substr(0, c.size)))
        from += advance(static_cast<unsigned char>(escaped)) * scale;
    } else if (is_drawn(font, c.code)) {
      from += advance(c.code) * scale;
    } else {
      from += stand_in_width(font, c.code);
    }
    rest.remove_prefix(c.size);
  }
  return from;
}

void add_text(ImDrawList* draw, const Font& font, float x, float y, ImU32 color,
              std::string_view text) {
  if (text.empty()) return;
  ImFont& face = *font.face;
#if !QS_IMGUI_DYNAMIC_FONTS
  if (add_glyphs<false>(draw, face, font.size, x, y, color, text, 0)) return;
#endif
  // Names from files and arguments may hold anything: line ends, broken UTF-8.
  std::string escaped;
  if (has_hidden(text)) text = escaped = visible(text);
  const auto piece = [&](std::string_view part) {
    if (!part.empty())
      draw->AddText(&face, font.size, ImVec2(x, y), color, part.data(), part.data() + part.size());
  };
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8 c = first_character(text.substr(at));
    const std::size_t next = at + c.size;
    if (c.code >= 0x80 && !is_drawn(font, c.code)) {
      piece(text.substr(done, at - done));
      x = text_end(font, x, text.substr(done, at - done));
      add_stand_in(draw, font, x, y, color, c.code);
      x += stand_in_width(font, c.code);
      done = next;
    }
    at = next;
  }
  piece(text.substr(done));
}

void add_spaced_text(ImDrawList* draw, const Font& font, float x, float y, ImU32 color,
                     std::string_view text, float spacing) {
  if (text.empty()) return;
#if !QS_IMGUI_DYNAMIC_FONTS
  if (add_glyphs<true>(draw, *font.face, font.size, x, y, color, text, spacing)) return;
#endif
  for (; !text.empty(); text.remove_prefix(first_character(text).size)) {
    const std::string_view one = text.substr(0, first_character(text).size);
    add_text(draw, font, float(int(x + 0.5f)), y, color, one);
    x = text_end(font, x, one) + spacing;
  }
}

bool has_glyph(const Font& font, char32_t c) {
  if (c > 0xFFFF) return false;
#if QS_IMGUI_DYNAMIC_FONTS
  return font.face->IsGlyphInFont(ImWchar(c));
#else
  const ImFont& face = *font.face;
  return int(c) < face.IndexLookup.Size && face.IndexLookup.Data[c] != ImWchar(-1);
#endif
}

Texture texture_of(const ImDrawCmd& cmd) {
#if QS_IMGUI_DYNAMIC_FONTS
  const ImTextureData* data = cmd.TexRef._TexData;
  if (!data || !data->Pixels) return {};
  return {data->Pixels, data->Width, data->Height, data->BytesPerPixel};
#else
  (void)cmd;  // there is only the font atlas
  const ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  return {atlas->TexPixelsAlpha8, atlas->TexWidth, atlas->TexHeight, 1};
#endif
}

void claim_textures() {
  ImGuiIO& io = ImGui::GetIO();
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
#if QS_IMGUI_DYNAMIC_FONTS
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.Fonts->TexDesiredFormat = ImTextureFormat_Alpha8;
#endif
}

void build_atlas() {
#if !QS_IMGUI_DYNAMIC_FONTS
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
  ImGui::GetIO().Fonts->SetTexID(ImTextureID(std::intptr_t(1)));
#endif
}

void acknowledge_textures() {
#if QS_IMGUI_DYNAMIC_FONTS
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantCreate) texture->SetTexID(ImTextureID(1));
    if (texture->Status == ImTextureStatus_WantDestroy) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    } else if (texture->Status != ImTextureStatus_Destroyed) {
      texture->SetStatus(ImTextureStatus_OK);
    }
  }
#endif
}

}  // namespace qs::ui::compat
