#include "base/block_pool.h"

#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

// A sanitizer is to see each run's memory as its own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define QS_POOL_KEEPS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define QS_POOL_KEEPS 0
#endif
#endif
#ifndef QS_POOL_KEEPS
#define QS_POOL_KEEPS 1
#endif

namespace qs {

#if QS_POOL_KEEPS

namespace {

constexpr size_t kSlabBytes = 2 * 1024 * 1024;  // a large page of the processor, where it has them

struct Pool {
  std::mutex mutex;
  std::vector<char*> free;
};

// Never destroyed: static objects of other files may still give blocks back.
Pool& pool() {
  static Pool* p = new Pool;
  return *p;
}

void add_slab(std::vector<char*>& free) {
  char* slab = static_cast<char*>(std::aligned_alloc(kSlabBytes, kSlabBytes));
  if (!slab) throw std::bad_alloc();
#if defined(__linux__)
  madvise(slab, kSlabBytes, MADV_HUGEPAGE);  // a wish: without large pages it is only slower
#endif
  for (size_t at = kSlabBytes; at != 0; at -= kBlockBytes) free.push_back(slab + at - kBlockBytes);
}

}  // namespace

char* take_block() {
  Pool& p = pool();
  std::lock_guard lock(p.mutex);
  if (p.free.empty()) add_slab(p.free);
  char* block = p.free.back();
  p.free.pop_back();
  return block;
}

void give_block(char* block) {
  if (!block) return;
  Pool& p = pool();
  std::lock_guard lock(p.mutex);
  p.free.push_back(block);
}

#else

char* take_block() { return static_cast<char*>(::operator new(kBlockBytes)); }
void give_block(char* block) { ::operator delete(block); }

#endif

}  // namespace qs
