// What is in compiled code: names that are missing, and which line each instruction belongs to.
// Owns: readers of ELF and DWARF, on the libraries libelf and libdw. Called by compile and runner.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace qs::own {

// Of one object file or shared object.
struct ObjectNames {
  std::vector<std::string> undefined, defined;
  bool entry = false;               // it has a DriverEntry
  std::vector<std::string> hollow;  // functions of the kit that only report that they do nothing
};
Result<ObjectNames> names_of(int fd);

// The lines of a driver, in what kmdf/core/line_table.h wants. Addresses count from DriverEntry.
struct ObjectLines {
  struct Row {
    int64_t offset;
    uint32_t file, line;
  };
  std::vector<Row> rows;
  std::vector<int64_t> blocks, ends;
  std::vector<std::string> files;
};
Result<ObjectLines> lines_of(int fd);

// Hands them to the engine, once `entry` is where the driver's DriverEntry lies.
void use_lines(const ObjectLines& lines, const void* entry);

}  // namespace qs::own
