// qs_bake_fonts: draws the letters of the window when the program is built, and writes them to
// standard output as C (ui/toolkit/text/fonts_baked.h). Called by cmake/modules.cmake.
#include <cstdio>

#include "base/embedded.h"
#include "ui/toolkit/text/fonts_baked.h"

int main() {
  // More than all_strings() by its keys and comments, which have no signs of their own.
  const qs::EmbeddedFile* strings = qs::find_asset("assets/strings-en.toml");
  ImGui::CreateContext();
  auto fonts = qs::ui::build_fonts(1, strings ? strings->text() : std::string_view());
  if (!strings || !fonts) {
    std::fprintf(stderr, "qs_bake_fonts: %s\n",
                 strings ? fonts.error().text().c_str() : "assets/strings-en.toml is missing");
    return 1;
  }
  const std::string bytes = qs::ui::bake_fonts(*fonts);
  ImGui::DestroyContext();
  std::printf("const unsigned char qs_baked_fonts[] =\n\"");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 64 == 63) std::fputs("\"\n\"", stdout);
    std::printf("\\%o", unsigned(static_cast<unsigned char>(bytes[i])));
  }
  std::printf("\";\nconst unsigned long qs_baked_fonts_size = %zu;\n", bytes.size());
  return std::fflush(stdout) == 0 ? 0 : 1;
}
