// What is compiled in is what lies in the tree.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "base/embedded.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file, path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool is_font(std::string_view name) { return name.substr(0, 6) == "fonts/"; }

}  // namespace

TEST_CASE("embedded: texts of assets and lessons are those of the tree, byte for byte") {
  for (const qs::EmbeddedFile& file : qs::all_assets()) {
    if (is_font(file.name)) continue;
    const std::string name = file.name;
    CAPTURE(name);
    CHECK(file.text() == read(name));
  }
}

TEST_CASE("embedded: data is followed by a zero byte, also when the file is a font") {
  for (const qs::EmbeddedFile& file : qs::all_assets()) CHECK(file.data[file.size] == 0);
}

TEST_CASE("embedded: assets are sorted, found by their exact name only") {
  const auto all = qs::all_assets();
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const qs::EmbeddedFile& a, const qs::EmbeddedFile& b) {
                         return std::string_view(a.name) < b.name;
                       }));
  for (const qs::EmbeddedFile& file : all) CHECK(qs::find_asset(file.name) == &file);
  CHECK(qs::find_asset("") == nullptr);
  CHECK(qs::find_asset("fonts/") == nullptr);
  CHECK(qs::find_asset("assets/no such file") == nullptr);
}

#if QS_HAVE_UI
TEST_CASE("embedded: the window's fonts are there and are fonts") {
  for (const char* name :
       {"fonts/inter-regular.otf", "fonts/inter-semibold.otf", "fonts/jetbrains-mono.ttf",
        "fonts/dejavu-sans.ttf", "fonts/fork-awesome.ttf"}) {
    CAPTURE(name);
    const qs::EmbeddedFile* font = qs::find_asset(name);
    REQUIRE(font != nullptr);
    CHECK(font->size > 50'000);
    const std::string_view magic = font->text().substr(0, 4);
    CHECK((magic == "OTTO" || magic == std::string_view("\0\1\0\0", 4)));
  }
}
#endif
