// Owns the house rules that are checked by reading: include direction, lengths, forbidden
// words. Called by the tests of this folder. Every function takes one file's path from the root of
// the clone and its text, and returns one complaint ("path:line: …") for each offence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qs::tidy {

using Complaints = std::vector<std::string>;

// The module of a source file: "kmdf" for engine/kmdf/queue.cpp, "ui/panes" for
// ui/panes/stage/stage.cpp, "include" for engine/include/wdf.h, "driver" for the C files of
// lessons, programs and test drivers; empty for everything else.
std::string module_of(std::string_view path);

// Whether a file of module `from` may include a header of module `to`.
bool may_include(std::string_view from, std::string_view to);

// Includes against the table in tidy.cpp, which is the one of the design.
Complaints check_includes(std::string_view path, std::string_view text);

// What the web build and older compilers lack: std::ranges, <format>, <coroutine>, …
Complaints check_language(std::string_view path, std::string_view text);

// Dear ImGui's own smooth lines and fills, which come out differently on different processors.
Complaints check_drawing(std::string_view path, std::string_view text);

// Ways to write or rename a file other than the one of engine/base/write_file.h, which loses
// nothing.
Complaints check_writing(std::string_view path, std::string_view text);

// Lines longer than 100 columns (code points), tabs, blanks at line ends, a missing last newline.
Complaints check_layout(std::string_view path, std::string_view text);

// More than 500 lines in a C++ file of the engine or the window; .inc files are tables.
Complaints check_file_length(std::string_view path, std::string_view text);

// Functions of more than 70 lines there, from the line that names them to their brace. It goes by
// the layout that clang-format gives: what begins at an indent ends with a brace at that indent.
Complaints check_function_length(std::string_view path, std::string_view text);

// Paths of the machine somebody happened to build on.
Complaints check_machine_paths(std::string_view path, std::string_view text);

}  // namespace qs::tidy
