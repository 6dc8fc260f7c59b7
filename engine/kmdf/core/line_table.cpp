#include "kmdf/core/line_table.h"

#include <algorithm>
#include <functional>

#include "include/qs/abi_lines.h"

namespace qs::kmdf {

LineTable& line_table() {
  static LineTable table;
  return table;
}

size_t LineTable::first_at(uint64_t pc) const {
  auto it = std::lower_bound(rows.begin(), rows.end(), pc,
                             [](const LineRow& r, uint64_t p) { return r.pc < p; });
  return size_t(it - rows.begin());
}

uint64_t LineTable::function_end(uint64_t pc) const {
  auto it = std::upper_bound(ends.begin(), ends.end(), pc);
  return it == ends.end() ? UINT64_MAX : *it;
}

LineBlock LineTable::block_at(uint64_t pc) const {
  LineBlock b;
  b.function = function_end(pc);
  const auto next = std::upper_bound(blocks.begin(), blocks.end(), pc);
  const auto own = std::lower_bound(blocks.begin(), next, pc);
  b.first = own == blocks.begin() || function_end(*(own - 1)) != b.function;
  // The next block's coverage call belongs to that block, and may bear its first line.
  b.end = next == blocks.end() ? b.function : std::min(*next - kCoverageCall, b.function);
  // A row that began before the block's coverage call says nothing: the block may go on in the
  // middle of a line, or be the end of a function, which many lines lead to.
  b.row = first_at(pc + 1);
  b.begins_line = b.row > 0 && rows[b.row - 1].pc + kCoverageCall >= pc;
  return b;
}

namespace {

// Puts what was appended to a sorted vector, from `first` on, in its place. Each driver comes with
// its lines sorted nearly, and after those before it: to sort all of them each time costs more than
// the rest of the program's start.
template <class T, class Less>
void merge_from(std::vector<T>& all, size_t first, Less less) {
  const auto added = all.begin() + ptrdiff_t(first);
  std::sort(added, all.end(), less);
  std::inplace_merge(all.begin(), added, all.end(), less);
}

}  // namespace

void add_driver_lines(const DriverLines& d) {
  LineTable& t = line_table();
  uint64_t base = reinterpret_cast<uint64_t>(d.entry);
  const size_t old_rows = t.rows.size(), old_blocks = t.blocks.size(), old_ends = t.ends.size();
  uint32_t first_file = uint32_t(t.files.size());
  for (uint32_t i = 0; d.files && d.files[i]; ++i) t.files.emplace_back(short_path(d.files[i]));
  for (uint32_t i = 0; i < d.row_count; ++i)
    t.rows.push_back(
        {base + uint64_t(d.rows[i].offset), first_file + d.rows[i].file, d.rows[i].line});
  for (uint32_t i = 0; i < d.block_count; ++i) t.blocks.push_back(base + uint64_t(d.blocks[i]));
  for (uint32_t i = 0; i < d.end_count; ++i) t.ends.push_back(base + uint64_t(d.ends[i]));
  merge_from(t.rows, old_rows, [](const LineRow& a, const LineRow& b) { return a.pc < b.pc; });
  merge_from(t.blocks, old_blocks, std::less<>());
  merge_from(t.ends, old_ends, std::less<>());
}

std::string_view short_path(std::string_view path) {
  if (path.substr(0, 2) == "./") path.remove_prefix(2);
  return path;
}

}  // namespace qs::kmdf

// Called by a constructor in each driver's object (cmake/driver_link.sh), before main.
extern "C" void qs_add_driver_lines(const qs_DRIVER_LINES* lines) {
  qs::kmdf::DriverLines table{lines->entry,  lines->files,       nullptr,     lines->row_count,
                              lines->blocks, lines->block_count, lines->ends, lines->end_count};
  std::vector<qs::kmdf::DriverLines::Row> rows;
  rows.reserve(lines->row_count);
  for (uint32_t i = 0; i < lines->row_count; ++i)
    rows.push_back({lines->rows[i].offset, lines->rows[i].file, lines->rows[i].line});
  table.rows = rows.data();
  qs::kmdf::add_driver_lines(table);
}
