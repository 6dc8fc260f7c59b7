#include "run/memory_watch.h"

#include <algorithm>
#include <cstring>

#include "base/region.h"

namespace qs::run {

void MemoryWatch::look_again(const kmdf::DriverMemory& memory) {
  const Region::Outside outside;
  for (auto& [number, before] : before_) before.clear();
  memory.each_piece([&](uint64_t number, const char* begin, size_t bytes) {
    before_[number].assign(begin, begin + bytes);
  });
}

std::vector<const char*> MemoryWatch::changed(const kmdf::DriverMemory& memory) {
  const Region::Outside outside;
  std::vector<const char*> out;
  memory.each_piece([&](uint64_t number, const char* begin, size_t bytes) {
    std::vector<char>& before = before_[number];
    if (std::memcmp(before.data(), begin, before.size()) != 0) {
      for (size_t i = 0; i < before.size(); i += kPiece)
        if (std::memcmp(&before[i], begin + i, std::min(kPiece, before.size() - i)) != 0)
          out.push_back(begin + i);
      std::copy_n(begin, before.size(), before.begin());
    }
    before.insert(before.end(), begin + before.size(), begin + bytes);
  });
  return out;
}

}  // namespace qs::run
