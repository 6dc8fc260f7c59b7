// Memory of one run, dropped as a whole. Owns: Arena. Used by kmdf for its objects and for what
// drivers allocate.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "base/block_pool.h"

namespace qs {

class Arena {
 public:
  // Zero-filled memory that lives until the arena goes. `align` is a power of two.
  void* allocate(size_t bytes, size_t align = alignof(std::max_align_t)) {
    size_t at = (used_ + align - 1) & ~(align - 1);
    if (bytes > kBlockBytes / 2) {  // a block of its own; the present one goes on
      large_.emplace_back(new char[bytes]());
      total_ += bytes;
      return large_.back().get();
    }
    if (blocks_.empty() || at + bytes > kBlockBytes) {
      blocks_.push_back(make_block());
      std::memset(blocks_.back().get(), 0, kBlockBytes);
      at = 0;
    }
    used_ = at + bytes;
    total_ += bytes;
    return blocks_.back().get() + at;
  }
  size_t total() const { return total_; }

 private:
  std::vector<Block> blocks_;
  std::vector<std::unique_ptr<char[]>> large_;
  size_t used_ = 0, total_ = 0;
};

}  // namespace qs
