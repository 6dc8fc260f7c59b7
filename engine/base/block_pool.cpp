#include "base/block_pool.h"

#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>

#include "base/region.h"
#include "base/sanitizer.h"
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace qs {

// The sanitizer is to see each run's memory as its own.
#if !QS_ADDRESS_SANITIZER

namespace {

constexpr size_t kSlabBytes = 2 * 1024 * 1024;  // a large page of the processor, where it has them

struct Pool {
  std::mutex mutex;
  std::vector<char*> free;
  bool in_use = false;
};

// Never destroyed: static objects of other files may still give blocks back.
Pool& pool() {
  static Pool* p = new Pool;
  return *p;
}

// The first is of ordinary pages: a run of a lesson takes a block or two, and to clear a large page
// costs the start more than such a run.
void add_slab(Pool& p) {
  char* slab = static_cast<char*>(std::aligned_alloc(kSlabBytes, kSlabBytes));
  if (!slab) throw std::bad_alloc();
#if defined(__linux__)
  if (p.in_use) madvise(slab, kSlabBytes, MADV_HUGEPAGE);  // a wish: without, it is only slower
#endif
  p.in_use = true;
  for (size_t at = kSlabBytes; at != 0; at -= kBlockBytes)
    p.free.push_back(slab + at - kBlockBytes);
}

}  // namespace

char* take_block(uint32_t** filled) {
  if (Region* region = Region::current()) {
    uint32_t* none = nullptr;
    return region->take_block(filled ? *filled : none);
  }
  Pool& p = pool();
  std::lock_guard lock(p.mutex);
  if (p.free.empty()) add_slab(p);
  char* block = p.free.back();
  p.free.pop_back();
  return block;
}

void give_block(char* block) {
  if (!block || Region::owns(block)) return;
  Pool& p = pool();
  std::lock_guard lock(p.mutex);
  p.free.push_back(block);
}

#else

char* take_block(uint32_t**) { return static_cast<char*>(::operator new(kBlockBytes)); }
void give_block(char* block) { ::operator delete(block); }

#endif

}  // namespace qs
