#include "ui/toolkit/text/fonts_baked.h"

#include <cstdlib>
#include <cstring>
#include <functional>
#include <type_traits>

namespace qs::ui {

#if QS_IMGUI_DYNAMIC_FONTS

std::string bake_fonts(const Fonts&) { return {}; }
bool unbake_fonts(std::span<const unsigned char>, Fonts&) { return false; }

#else

namespace {

// The bytes are read by the program that is built with the baker: same compiler, same headers.
constexpr std::size_t kAlign = 16;  // of a list in them

class Writer {
 public:
  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class T>
  void list(const T* data, int count) {
    put(count);
    bytes.resize((bytes.size() + kAlign - 1) / kAlign * kAlign);
    bytes.append(reinterpret_cast<const char*>(data), std::size_t(count) * sizeof(T));
  }
  template <class T>
  void list(const ImVector<T>& all) {
    list(all.Data, all.Size);
  }
  std::string bytes;
};

class Reader {
 public:
  explicit Reader(std::span<const unsigned char> bytes) : bytes_(bytes) {}
  template <class T>
  void get(T& value) {
    std::memcpy(&value, &bytes_[at_], sizeof value);
    at_ += sizeof value;
  }
  // A list where it stands. Whoever holds it only reads.
  template <class T>
  T* list(int& count) {
    get(count);
    at_ = (at_ + kAlign - 1) / kAlign * kAlign;
    const unsigned char* data = bytes_.data() + at_;
    at_ += std::size_t(count) * sizeof(T);
    return reinterpret_cast<T*>(const_cast<unsigned char*>(data));
  }
  template <class T>
  void list(ImVector<T>& all) {
    all.Data = list<T>(all.Size);
    all.Capacity = all.Size;
  }

 private:
  std::span<const unsigned char> bytes_;
  std::size_t at_ = 0;
};

// Nothing is copied: the atlas and its faces hold what stands in the program, which Dear ImGui will
// give back in the end as if it had taken it.
std::span<const unsigned char> lent;

void* take(std::size_t bytes, void*) { return std::malloc(bytes); }
void give_back(void* memory, void*) {
  const auto* at = static_cast<const unsigned char*>(memory);
  const std::less<> before;
  if (!before(at, lent.data()) && before(at, lent.data() + lent.size())) return;
  std::free(memory);
}

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
  visit(face.FallbackAdvanceX);
  visit(face.FallbackChar);
  visit(face.EllipsisChar);
  if constexpr (requires { face.DotChar; }) visit(face.DotChar);  // until 1.88
  if constexpr (requires { face.EllipsisCharCount; }) {           // since 1.89
    visit(face.EllipsisCharCount);
    visit(face.EllipsisWidth);
    visit(face.EllipsisCharStep);
  }
  visit(face.Used4kPagesMap);
}

template <class Face, class Visit>
void visit_lists(Face& face, Visit visit) {
  visit(face.Glyphs);
  visit(face.IndexAdvanceX);
  visit(face.IndexLookup);
}

}  // namespace

std::string bake_fonts(const Fonts& fonts) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
  Writer out;
  visit_atlas(atlas, [&](const auto& value) { out.put(value); });
  out.list(pixels, width * height);
  out.put(atlas.Fonts.Size);
  for (const ImFont* face : atlas.Fonts) {
    visit_face(*face, [&](const auto& value) { out.put(value); });
    visit_lists(*face, [&](const auto& all) { out.list(all); });
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
  lent = baked;
  ImGui::SetAllocatorFunctions(take, give_back);
  visit_atlas(atlas, [&](auto& value) { in.get(value); });
  int count = 0;
  atlas.TexPixelsAlpha8 = in.list<unsigned char>(count);
  in.get(count);
  for (int i = 0; i < count; ++i) {
    ImFont* face = IM_NEW(ImFont);
    atlas.Fonts.push_back(face);
    visit_face(*face, [&](auto& value) { in.get(value); });
    visit_lists(*face, [&](auto& all) { in.list(all); });
    face->ContainerAtlas = &atlas;
    face->FallbackGlyph = face->FindGlyphNoFallback(face->FallbackChar);
    face->DirtyLookupTables = false;
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
