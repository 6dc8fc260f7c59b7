#include "ui/toolkit/core/compat.h"

#include <cstdint>
#include <string>
#include <vector>

#include "base/visible.h"
#include "ui/toolkit/core/input.h"

namespace qs::ui::compat {

namespace {

// The face of a font, its table of glyphs made. A table has a place for each code up to the icons',
// in one face as in another: only the faces that a text was measured in get one.
ImFont& face_of(const Font& font) {
#if !QS_IMGUI_DYNAMIC_FONTS
  if (font.face->IndexLookup.Size == 0) font.face->BuildLookupTable();
#endif
  return *font.face;
}

}  // namespace

float text_width(const Font& font, std::string_view text) { return text_end(font, 0, text); }

float text_end(const Font& font, float from, std::string_view text) {
#if QS_IMGUI_DYNAMIC_FONTS
  ImFontBaked* baked = font.face->GetFontBaked(font.size);
  const float scale = font.size / baked->Size;
  const auto advance = [&](unsigned c) { return baked->GetCharAdvance(ImWchar(c)); };
#else
  const ImFont& face = face_of(font);
  const float scale = font.size / face.FontSize;
  const auto advance = [&](unsigned c) {
    return int(c) < face.IndexAdvanceX.Size ? face.IndexAdvanceX.Data[c] : face.FallbackAdvanceX;
  };
#endif
  for (std::string_view rest = text; !rest.empty();) {
    const auto first = static_cast<unsigned char>(rest[0]);
    if (first >= 0x20 && first < 0x7F) {
      from += advance(first) * scale;
      rest.remove_prefix(1);
      continue;
    }
    const Utf8 c = first_character(rest);
    if (!c.ok || is_hidden(c.code)) {  // drawn as the characters of its escape
      for (const char escaped : visible(rest.substr(0, c.size)))
        from += advance(static_cast<unsigned char>(escaped)) * scale;
    } else {
      from += advance(c.code > 0xFFFF ? unsigned(IM_UNICODE_CODEPOINT_INVALID) : c.code) * scale;
    }
    rest.remove_prefix(c.size);
  }
  return from;
}

void add_text(ImDrawList* draw, const Font& font, float x, float y, ImU32 color,
              std::string_view text) {
  if (text.empty()) return;
  // Names from files and arguments may hold anything: line ends, broken UTF-8.
  std::string escaped;
  if (has_hidden(text)) text = escaped = visible(text);
  draw->AddText(&face_of(font), font.size, ImVec2(x, y), color, text.data(),
                text.data() + text.size());
}

bool has_glyph(const Font& font, char32_t c) {
  if (c > 0xFFFF) return false;
#if QS_IMGUI_DYNAMIC_FONTS
  return font.face->IsGlyphInFont(ImWchar(c));
#else
  return face_of(font).FindGlyphNoFallback(ImWchar(c)) != nullptr;
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
