#include "ui/toolkit/text/fonts_baked.h"

#include <cstring>
#include <type_traits>

namespace qs::ui {

#if QS_IMGUI_DYNAMIC_FONTS

std::string bake_fonts(const Fonts&) { return {}; }
bool unbake_fonts(std::span<const unsigned char>, Fonts&) { return false; }

#else

namespace {

// The bytes are read by the program that is built with the baker: same compiler, same headers.
class Writer {
 public:
  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(const void* data, std::size_t size) {
    bytes.append(static_cast<const char*>(data), size);
  }
  std::string bytes;
};

class Reader {
 public:
  explicit Reader(std::span<const unsigned char> bytes) : rest_(bytes) {}
  template <class T>
  void get(T& value) {
    get(&value, sizeof value);
  }
  void get(void* data, std::size_t size) {
    std::memcpy(data, rest_.data(), size);
    rest_ = rest_.subspan(size);
  }

 private:
  std::span<const unsigned char> rest_;
};

constexpr Font Fonts::*kAll[] = {
    &Fonts::caption,   &Fonts::caption_bold, &Fonts::small, &Fonts::small_bold, &Fonts::body,
    &Fonts::bold,      &Fonts::token,        &Fonts::title, &Fonts::huge,       &Fonts::mono,
    &Fonts::mono_bold, &Fonts::mono_small,   &Fonts::icon};

// What all fonts share, read and written in one order.
template <class Atlas, class Visit>
void visit_atlas(Atlas& atlas, Visit visit) {
  visit(atlas.TexWidth);
  visit(atlas.TexHeight);
  visit(atlas.TexUvScale);
  visit(atlas.TexUvWhitePixel);
  visit(atlas.TexUvLines);
}

template <class Face, class Visit>
void visit_face(Face& face, Visit visit) {
  visit(face.FontSize);
  visit(face.Ascent);
  visit(face.Descent);
}

}  // namespace

std::string bake_fonts(const Fonts& fonts) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
  Writer out;
  visit_atlas(atlas, [&](const auto& value) { out.put(value); });
  out.put(pixels, std::size_t(width) * std::size_t(height));
  out.put(atlas.Fonts.Size);
  for (const ImFont* face : atlas.Fonts) {
    visit_face(*face, [&](const auto& value) { out.put(value); });
    out.put(face->Glyphs.Size);
    out.put(face->Glyphs.Data, std::size_t(face->Glyphs.size_in_bytes()));
  }
  out.put(fonts.scale);
  for (const auto font : kAll) {
    out.put((fonts.*font).size);
    out.put(int(atlas.Fonts.find(const_cast<ImFont*>((fonts.*font).face)) - atlas.Fonts.begin()));
  }
  return out.bytes;
}

bool unbake_fonts(std::span<const unsigned char> baked, Fonts& out) {
  if (baked.empty()) return false;
  Reader in(baked);
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  visit_atlas(atlas, [&](auto& value) { in.get(value); });
  const std::size_t size = std::size_t(atlas.TexWidth) * std::size_t(atlas.TexHeight);
  atlas.TexPixelsAlpha8 = static_cast<unsigned char*>(IM_ALLOC(size));
  in.get(atlas.TexPixelsAlpha8, size);
  int faces = 0;
  in.get(faces);
  for (int i = 0; i < faces; ++i) {
    ImFont* face = IM_NEW(ImFont);
    atlas.Fonts.push_back(face);
    visit_face(*face, [&](auto& value) { in.get(value); });
    int glyphs = 0;
    in.get(glyphs);
    face->ContainerAtlas = &atlas;
    face->Glyphs.resize(glyphs);
    in.get(face->Glyphs.Data, std::size_t(face->Glyphs.size_in_bytes()));
    if (i == 0)
      face->BuildLookupTable();  // Dear ImGui's own default; the others when they are used
  }
  atlas.TexReady = true;
  in.get(out.scale);
  for (const auto font : kAll) {
    int face = 0;
    in.get((out.*font).size);
    in.get(face);
    (out.*font).face = atlas.Fonts[face];
  }
  return true;
}

#endif

}  // namespace qs::ui
