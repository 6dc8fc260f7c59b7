// Memory of one run, dropped as a whole. Owns: Arena. Used by kmdf for its objects and for what
// drivers allocate.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace qs {

class Arena {
 public:
  // Zero-filled memory that lives until the arena goes. `align` is a power of two.
  void* allocate(size_t bytes, size_t align = alignof(std::max_align_t)) {
    size_t at = (used_ + align - 1) & ~(align - 1);
    if (blocks_.empty() || at + bytes > size_) {
      size_ = bytes > kBlock ? bytes : kBlock;
      blocks_.emplace_back(new char[size_]());
      at = 0;
    }
    used_ = at + bytes;
    total_ += bytes;
    return blocks_.back().get() + at;
  }
  size_t total() const { return total_; }

 private:
  static constexpr size_t kBlock = 64 * 1024;
  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t used_ = 0, size_ = 0, total_ = 0;
};

}  // namespace qs
