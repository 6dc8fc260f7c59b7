// Owns the list of drivers that are compiled into the program. Called by run (to make a Program of
// one), cli and session; the tables are made at build time by cmake/programs.cmake.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/embedded.h"

namespace qs::run {

// A WDF driver in C in which everything is local except one entry, which returns DriverEntry's
// NTSTATUS.
struct CompiledDriver {
  const char* name;  // "<folder>/<file without .c>", such as "01-first-request/driver"
  std::int32_t (*entry)(void* driver_object, void* registry_path);
  const EmbeddedFile* files;  // its sources; names are paths from the root, as __FILE__ gives them
  int file_count;

  std::span<const EmbeddedFile> sources() const {
    return {files, static_cast<std::size_t>(file_count)};
  }
};

// A driver from outside: the texts of its sources, held as long as somebody shows them. Its
// `driver` has no entry, since it is not part of this process.
struct OwnDriver {
  using Texts = std::vector<std::pair<std::string, std::string>>;  // name, text
  OwnDriver(std::string name, Texts texts, std::string program_text);
  OwnDriver(const OwnDriver&) = delete;

  const std::string name;  // "own/driver"
  const Texts texts;
  const std::string program_text;  // its program.toml
  std::vector<EmbeddedFile> files;
  CompiledDriver driver;
};

// The drivers of lessons/ and assets/programs/, sorted by name.
std::span<const CompiledDriver> compiled_drivers();

// The drivers of tests/<folder>/drivers/ of this test executable, sorted by name
// ("<folder>/<file>"). Defined only in tests that have such a folder.
std::span<const CompiledDriver> test_drivers();

// The driver of that exact name, or nullptr.
inline const CompiledDriver* find_driver(std::span<const CompiledDriver> drivers,
                                         std::string_view name) {
  for (const CompiledDriver& driver : drivers)
    if (name == driver.name) return &driver;
  return nullptr;
}

}  // namespace qs::run
