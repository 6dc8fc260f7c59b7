#include "run/memory_watch.h"

#include <algorithm>
#include <cstring>

namespace qs::run {

bool MemoryWatch::changed(const kmdf::DriverMemory& memory) {
  bool any = false;
  memory.each_piece([&](uint64_t number, const char* begin, size_t bytes) {
    std::vector<char>& before = before_[number];
    if (std::memcmp(before.data(), begin, before.size()) != 0) {
      any = true;
      std::copy_n(begin, before.size(), before.begin());
    }
    before.insert(before.end(), begin + before.size(), begin + bytes);
  });
  return any;
}

}  // namespace qs::run
