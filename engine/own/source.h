// What a person calls their own driver by: a C file, a folder of them, or a program.toml that names
// its sources. Owns: OwnSource, find_own_source. Called by make_own_program; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace qs::own {

struct OwnSource {
  std::string what;                  // as it was named
  std::string folder;                // the compiler works there; absolute
  std::string name, title;           // "toaster"
  std::vector<std::string> sources;  // paths from the folder, .c and .cpp
  std::string program_file;          // its program.toml; "" when there is none
  std::string program_text;          // what that says, or what we say instead
  // What its program.toml and its Visual Studio project add: include folders (from
  // `folder` on, or absolute), and definitions.
  std::vector<std::string> includes, definitions;
  uint32_t compile_seconds = 20;  // of the processor, for each run of the compiler
};

// Does this name a driver that is not compiled in? A C or C++ file, a folder with such files, or a
// program.toml (or its folder) whose `driver` is one. Only looks, and never fails; a C
// file that is not there counts, so that it is missed under its name.
bool is_own_source(std::string_view what);

// The error names file and line, and says what was expected.
Result<OwnSource> find_own_source(std::string_view what);

// The folders that `include` of its [program] names, from its folder on: added to its includes.
Result<bool> add_included_folders(OwnSource& source);

// Is that the name of a C or C++ file?
bool is_source_name(std::string_view name);

// What is sent to a driver whose folder says nothing: a read, a write, a control and a read that is
// cancelled, as a program.toml says it.
std::string_view usual_inputs();

}  // namespace qs::own
