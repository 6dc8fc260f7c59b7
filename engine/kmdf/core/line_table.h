// Which source lines the machine code of the compiled-in drivers belongs to. Owns: LineTable.
// Filled once at start from the tables that the build makes for each driver (run/registry), or from
// a student's driver when it is loaded.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qs::kmdf {

struct LineRow {
  uint64_t pc = 0;
  uint32_t file = 0;  // index in LineTable::files
  uint32_t line = 0;
};

// Bytes of the call instruction that a basic block begins with.
#if defined(__x86_64__)
constexpr uint64_t kCoverageCall = 5;
#else
constexpr uint64_t kCoverageCall = 4;
#endif

// A basic block, from where its coverage call returns to.
struct LineBlock {
  uint64_t end = 0;          // of its code
  uint64_t function = 0;     // the end of the function that it is in
  size_t row = 0;            // the first row after its beginning
  bool begins_line = false;  // the row before that one begins with the block
  bool first = false;        // of its function
};

struct LineTable {
  std::vector<LineRow> rows;  // by pc; one per change of line
  std::vector<uint64_t>
      blocks;                  // by pc: return addresses of the coverage calls, one per basic block
  std::vector<uint64_t> ends;  // by pc: ends of functions' code
  std::vector<std::string> files;

  size_t first_at(uint64_t pc) const;        // first row at or after pc
  uint64_t function_end(uint64_t pc) const;  // of the function that pc is in
  LineBlock block_at(uint64_t pc) const;     // that was entered at pc
};

LineTable& line_table();

// One driver's table as the build writes it: offsets from the driver's own entry symbol.
struct DriverLines {
  const void* entry;  // address of the entry symbol
  const char* const* files;
  struct Row {
    int64_t offset;
    uint32_t file, line;
  };
  const Row* rows;
  uint32_t row_count;
  const int64_t* blocks;
  uint32_t block_count;
  const int64_t* ends;
  uint32_t end_count;
};
void add_driver_lines(const DriverLines& lines);

// Paths as people see them: from the repository's or the driver's folder on.
std::string_view short_path(std::string_view path);

}  // namespace qs::kmdf
