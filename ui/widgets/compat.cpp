#include "ui/widgets/compat.h"

#include <cfloat>
#include <cstdint>

namespace qs::ui::compat {

float text_width(const Font& font, std::string_view text) {
  return font.face->CalcTextSizeA(font.size, FLT_MAX, 0.0f, text.data(), text.data() + text.size())
      .x;
}

void add_text(ImDrawList* draw, const Font& font, float x, float y, ImU32 color,
              std::string_view text) {
  if (text.empty()) return;
  draw->AddText(font.face, font.size, ImVec2(x, y), color, text.data(), text.data() + text.size());
}

bool has_glyph(const Font& font, char32_t c) {
  if (c > 0xFFFF) return false;
#if QS_IMGUI_DYNAMIC_FONTS
  return font.face->IsGlyphInFont(ImWchar(c));
#else
  return font.face->FindGlyphNoFallback(ImWchar(c)) != nullptr;
#endif
}

void polyline(ImDrawList* draw, const ImVec2* points, int count, ImU32 color, bool closed,
              float thickness) {
  const ImDrawFlags flags = closed ? ImDrawFlags_Closed : ImDrawFlags_None;
#if IMGUI_VERSION_NUM >= 19280
  draw->AddPolyline(points, count, color, thickness, flags);
#else
  draw->AddPolyline(points, count, color, flags, thickness);
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
