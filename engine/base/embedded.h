// Owns the description of a file compiled into the program, and the door to the compiled-in assets
// (fonts, texts, lessons). Called by lesson, cli and ui; the table is made by cmake/embed.cmake.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace qs {

// Points into the program's read-only data: valid forever, never freed.
struct EmbeddedFile {
  const char* name;           // path with '/', such as "fonts/inter-regular.otf"
  const unsigned char* data;  // size bytes, then one zero byte
  std::size_t size;           // bytes

  std::string_view text() const { return {reinterpret_cast<const char*>(data), size}; }
};

// The file of that exact name, or nullptr. Fonts are there only when the window is compiled in.
const EmbeddedFile* find_asset(std::string_view name);

// Every asset, sorted by name.
std::span<const EmbeddedFile> all_assets();

}  // namespace qs
