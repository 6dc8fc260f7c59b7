// qs_bake_fonts FILE.c: draws the letters of the window when the program is built, and writes them
// into a C file (ui/widgets/fonts_baked.h). Called by cmake/modules.cmake.
#include <cstdio>

#include <fmt/format.h>

#include "base/embedded.h"
#include "base/write_file.h"
#include "ui/widgets/fonts_baked.h"

int main(int argc, char** argv) {
  using namespace qs;
  if (argc != 2) {
    std::fprintf(stderr, "qs_bake_fonts: name a file to write\n");
    return 1;
  }
  // More than all_strings() by its keys and comments, which have no signs of their own.
  const EmbeddedFile* strings = find_asset("assets/strings-en.toml");
  ImGui::CreateContext();
  auto fonts = ui::build_fonts(1, strings ? strings->text() : std::string_view());
  if (!strings || !fonts) {
    std::fprintf(stderr, "qs_bake_fonts: %s\n",
                 strings ? fonts.error().text().c_str() : "assets/strings-en.toml is missing");
    return 1;
  }
  const std::string bytes = ui::bake_fonts(*fonts);
  ImGui::DestroyContext();
  std::string text = "const unsigned char qs_baked_fonts[] =\n\"";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 64 == 63) text += "\"\n\"";
    text += fmt::format("\\{:o}", static_cast<unsigned char>(bytes[i]));
  }
  text += fmt::format("\";\nconst unsigned long qs_baked_fonts_size = {};\n", bytes.size());
  if (auto written = write_file(argv[1], text); !written) {
    std::fprintf(stderr, "qs_bake_fonts: %s\n", written.error().text().c_str());
    return 1;
  }
  return 0;
}
