#include "ui/pictures.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "base/embedded.h"
#include "ui/toolkit/core/compat.h"

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image.h>
#pragma GCC diagnostic pop

namespace fs = std::filesystem;

namespace qs::ui {
namespace {

std::string build_folder() {
  const char* folder = std::getenv("QS_BUILD_DIR");
  return folder && *folder ? folder : "build";
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int pixel_difference(const Picture& a, const Picture& b, std::size_t at) {
  int most = 0;
  for (std::size_t c = 0; c < 3; ++c)
    most = std::max(most, std::abs(int(a.rgb[at * 3 + c]) - int(b.rgb[at * 3 + c])));
  return most;
}

void put(Picture& to, int left, const Picture& from) {
  for (int y = 0; y < from.height; ++y)
    std::copy_n(from.rgb.begin() + std::ptrdiff_t(y) * from.width * 3, from.width * 3,
                to.rgb.begin() + (std::ptrdiff_t(y) * to.width + left) * 3);
}

// "" or why not.
std::string save(const Picture& picture, const std::string& path) {
  fs::create_directories(fs::path(path).parent_path());
  const auto written = write_png(picture, path);
  return written.ok() ? "" : written.error().text();
}

// The folder below `root` whose pictures were drawn with what we draw with; "" for none.
std::string set_for(const std::string& root, const std::string& with) {
  std::error_code none;
  for (const fs::directory_entry& folder : fs::directory_iterator(root, none))
    if (text_of(folder.path() / "made_with.txt") == with) return folder.path().generic_string();
  return {};
}

}  // namespace

std::string Difference::text() const {
  if (!sizes.empty()) return sizes;
  return fmt::format("{} pixels differ, by up to {} of 255, in {}x{} at ({}, {})", pixels, most,
                     where.w, where.h, where.x, where.y);
}

Difference difference(const Picture& expected, const Picture& seen) {
  Difference d;
  if (expected.width != seen.width || expected.height != seen.height) {
    d.sizes = fmt::format("it is {}x{} instead of {}x{}", seen.width, seen.height, expected.width,
                          expected.height);
    return d;
  }
  float left = float(seen.width), top = float(seen.height), right = 0, bottom = 0;
  for (int y = 0; y < seen.height; ++y)
    for (int x = 0; x < seen.width; ++x) {
      const int off = pixel_difference(expected, seen,
                                       std::size_t(y) * std::size_t(seen.width) + std::size_t(x));
      d.most = std::max(d.most, off);
      if (off <= Difference::kRounding) continue;
      ++d.pixels;
      left = std::min(left, float(x)), right = std::max(right, float(x + 1));
      top = std::min(top, float(y)), bottom = std::max(bottom, float(y + 1));
    }
  if (d.pixels > 0) d.where = {left, top, right - left, bottom - top};
  return d;
}

Picture side_by_side(const Picture& expected, const Picture& seen) {
  constexpr int gap = 8;
  const int w = std::max(expected.width, seen.width), h = std::max(expected.height, seen.height);
  Picture all{3 * w + 2 * gap, h, {}};
  all.rgb.assign(std::size_t(all.width) * std::size_t(all.height) * 3, 0x80);
  put(all, 0, expected);
  put(all, w + gap, seen);
  if (expected.width != seen.width || expected.height != seen.height) return all;
  Picture between = seen;
  for (std::size_t i = 0; i < between.rgb.size() / 3; ++i) {
    const int off = pixel_difference(expected, seen, i);
    std::uint8_t* p = &between.rgb[i * 3];
    const auto faint = std::uint8_t((p[0] + p[1] + p[2]) / 12);
    p[0] = p[1] = p[2] = faint;
    if (off > 0) p[0] = std::uint8_t(std::min(255, off > Difference::kRounding ? 128 + off : 64));
  }
  put(all, 2 * (w + gap), between);
  return all;
}

Picture cut(const Picture& picture, const Rect& rect) {
  const Rect r = intersect(snapped(rect), {0, 0, float(picture.width), float(picture.height)});
  Picture part{int(r.w), int(r.h), {}};
  for (int y = int(r.y); y < int(r.bottom()); ++y) {
    const auto row = picture.rgb.begin() + (std::ptrdiff_t(y) * picture.width + int(r.x)) * 3;
    part.rgb.insert(part.rgb.end(), row, row + part.width * 3);
  }
  return part;
}

Result<Picture> read_png(const std::string& path) {
  int width = 0, height = 0, channels = 0;
  stbi_uc* pixels = stbi_load(path.c_str(), &width, &height, &channels, 3);
  if (!pixels) return Error{path, 0, "cannot be read as a PNG"};
  Picture picture{width, height, {}};
  picture.rgb.assign(pixels, pixels + std::size_t(width) * std::size_t(height) * 3);
  stbi_image_free(pixels);
  return picture;
}

std::string drawn_with() {
  std::string text = fmt::format("Dear ImGui {}\n", IMGUI_VERSION_NUM);
  for (const char* name : {"inter-regular.otf", "inter-semibold.otf", "jetbrains-mono.ttf",
                           "jetbrains-mono-bold.ttf", "dejavu-sans.ttf", "fork-awesome.ttf"}) {
    const EmbeddedFile* font = find_asset(std::string("fonts/") + name);
    REQUIRE_MESSAGE(font, name);
    std::uint64_t hash = 14695981039346656037ull;  // FNV-1a
    for (std::size_t i = 0; i < font->size; ++i) hash = (hash ^ font->data[i]) * 1099511628211ull;
    text += fmt::format("{} {:016x}\n", name, hash);
  }
  return text;
}

KeptPictures::KeptPictures(std::string group, std::string root)
    : group_(std::move(group)), root_(std::move(root)), set_(set_for(root_, drawn_with())) {
  update_ = std::getenv("QS_UPDATE_PICTURES") != nullptr;
  if (!set_.empty()) return;
  if (!update_) {
    MESSAGE("no pictures are kept for this combination, nothing is compared:\n", drawn_with(),
            "The pictures are in ", build_folder(), "/pictures/", group_,
            "; look at them, then ./dev pictures keeps them.");
    return;
  }
  set_ = fmt::format("{}/imgui-{}", root_, IMGUI_VERSION_NUM);
  fs::remove_all(set_);  // of other fonts
  fs::create_directories(set_);
  std::ofstream(set_ + "/made_with.txt") << drawn_with();
}

KeptPictures::~KeptPictures() {
  const std::string left = forgotten();
  CHECK_MESSAGE(left.empty(), left);
}

std::string KeptPictures::file(const std::string& name) const {
  return set_ + "/" + group_ + "/" + name + ".png";
}

std::vector<std::string> KeptPictures::elsewhere(const std::string& name) const {
  std::vector<std::string> files;
  std::error_code none;
  for (const fs::directory_entry& set : fs::directory_iterator(root_, none)) {
    const std::string path = (set.path() / group_ / (name + ".png")).generic_string();
    if (path != file(name) && fs::exists(path)) files.push_back(path);
  }
  return files;
}

std::string KeptPictures::keep(const std::string& name, const Picture& seen) const {
  const auto kept = read_png(file(name));
  if (kept.ok() && difference(*kept, seen).same()) return "";
  if (kept.ok())
    for (const std::string& outdated : elsewhere(name)) fs::remove(outdated);
  return save(seen, file(name));
}

std::string KeptPictures::judge(const std::string& name, const Picture& seen) {
  seen_.insert(name);
  if (update_) return keep(name, seen);
  const std::string beside = build_folder() + "/pictures/" + group_ + "/" + name + ".png";
  if (set_.empty()) return save(seen, beside);
  const auto kept = read_png(file(name));
  if (!kept.ok()) {
    if (elsewhere(name).empty())
      return fmt::format("{}/{}: no picture is kept in {}. ./dev pictures keeps it.", group_, name,
                         file(name));
    MESSAGE(group_, "/", name, " is not compared: it was kept anew, but not for this combination");
    return save(seen, beside);
  }
  const Difference d = difference(*kept, seen);
  if (d.same()) {
    std::error_code none;
    fs::remove(beside, none);  // of an earlier failure
    return "";
  }
  const std::string unsaved = save(side_by_side(*kept, seen), beside);
  return fmt::format("{}/{} is not the picture kept in {}: {}.\n{}", group_, name, file(name),
                     d.text(),
                     unsaved.empty() ? "Expected, seen and difference: " + beside : unsaved);
}

void KeptPictures::check(const std::string& name, const Picture& seen) {
  const std::string wrong = judge(name, seen);
  CHECK_MESSAGE(wrong.empty(), wrong);
}

std::string KeptPictures::forgotten() {
  std::string text;
  std::error_code none;
  if (set_.empty()) return text;
  for (const fs::directory_entry& entry : fs::directory_iterator(set_ + "/" + group_, none)) {
    const std::string name = entry.path().stem().string();
    if (seen_.count(name)) continue;
    if (update_) {
      for (const std::string& other : elsewhere(name)) fs::remove(other);
      fs::remove(entry.path());
    } else {
      text += entry.path().generic_string() + " is kept, but nothing draws it\n";
    }
  }
  return text;
}

}  // namespace qs::ui
