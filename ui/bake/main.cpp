// qs_bake: what the window would otherwise do at every start, done when the program is built, and
// written to standard output as C: the letters (ui/toolkit/text/fonts_baked.h) and the English
// texts by key (ui/toolkit/text/strings.cpp). Called by cmake/modules.cmake.
#include <cstdio>

#include "base/embedded.h"
#include "ui/toolkit/text/fonts_baked.h"
#include "ui/toolkit/text/texts_file.h"

namespace {

void print_bytes(std::string_view bytes) {
  std::printf("\"");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 64 == 63) std::fputs("\"\n\"", stdout);
    std::printf("\\%o", unsigned(static_cast<unsigned char>(bytes[i])));
  }
  std::printf("\"");
}

void print_fonts(std::string_view bytes) {
  std::printf("const unsigned char qs_baked_fonts[] __attribute__((aligned(16))) =\n");
  print_bytes(bytes);
  std::printf(";\nconst unsigned long qs_baked_fonts_size = %zu;\n", bytes.size());
}

void print_texts(const qs::ui::Texts& texts) {
  std::printf("const struct { const char* key; const char* text; } qs_baked_texts[] = {\n");
  for (const auto& [key, text] : texts) {
    print_bytes(key);
    std::printf(", ");
    print_bytes(text);
    std::printf(",\n");
  }
  std::printf("};\nconst unsigned long qs_baked_texts_count = %zu;\n", texts.size());
}

int fail(const std::string& why) {
  std::fprintf(stderr, "qs_bake: %s\n", why.c_str());
  return 1;
}

}  // namespace

// With --no-letters the texts alone, for a page that is to be small: it draws its letters itself.
int main(int argc, char** argv) {
  const bool letters = argc < 2 || std::string_view(argv[1]) != "--no-letters";
  constexpr const char* kEnglish = "assets/strings-en.toml";
  const qs::EmbeddedFile* file = qs::find_asset(kEnglish);
  if (!file) return fail(std::string(kEnglish) + " is missing");
  const auto texts = qs::ui::read_texts(file->text(), kEnglish);
  if (!texts) return fail(texts.error().text());
  if (!letters) return print_fonts({}), print_texts(*texts), std::fflush(stdout) == 0 ? 0 : 1;
  ImGui::CreateContext();
  // More letters than all_strings() by the file's keys and comments, which have no signs of their
  // own.
  const auto fonts = qs::ui::build_fonts(1, file->text());
  if (!fonts) return fail(fonts.error().text());
  print_fonts(qs::ui::bake_fonts(*fonts));
  ImGui::DestroyContext();
  print_texts(*texts);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
