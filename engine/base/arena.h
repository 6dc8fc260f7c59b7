// Memory of one run, dropped as a whole. Owns: Arena. Used by kmdf for its objects and for what
// drivers allocate.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/block_pool.h"

namespace qs {

class Arena {
 public:
  // Zero-filled memory that lives until the arena goes. `align` is a power of two.
  void* allocate(size_t bytes, size_t align = alignof(std::max_align_t)) {
    size_t at = (used_ + align - 1) & ~(align - 1);
    if (bytes > kBlockBytes / 2) {  // a block of its own; the current one stays in use
      large_.push_back({std::unique_ptr<char[]>(new char[bytes]()), bytes});
      total_ += bytes;
      return large_.back().memory.get();
    }
    if (blocks_.empty() || at + bytes > kBlockBytes) {
      blocks_.push_back(make_block(&filled_));
      std::memset(blocks_.back().get(), 0, kBlockBytes);
      at = 0;
    }
    used_ = at + bytes;
    if (filled_) *filled_ = uint32_t(used_);
    total_ += bytes;
    return blocks_.back().get() + at;
  }
  size_t total() const { return total_; }

  // Where an address lies, counted from the arena's beginning: depends on nothing but the sizes and
  // the order of what was allocated. Nothing: it is not of this arena.
  std::optional<uint64_t> offset_of(const void* address) const {
    const auto* at = static_cast<const char*>(address);
    const std::less<const char*> before;
    for (size_t i = 0; i < blocks_.size(); ++i)
      if (const char* b = blocks_[i].get(); !before(at, b) && before(at, b + kBlockBytes))
        return i * kBlockBytes + size_t(at - b);
    uint64_t start = kLargeBegin;
    for (const Large& l : large_) {
      const char* b = l.memory.get();
      if (!before(at, b) && before(at, b + l.bytes)) return start + size_t(at - b);
      start += (l.bytes + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
    }
    return {};
  }

 private:
  static constexpr uint64_t kLargeBegin = uint64_t(1) << 40;
  struct Large {
    std::unique_ptr<char[]> memory;
    size_t bytes;
  };
  std::vector<Block> blocks_;
  std::vector<Large> large_;
  size_t used_ = 0, total_ = 0;
  uint32_t* filled_ = nullptr;  // of the last block, when it is of a region
};

}  // namespace qs
