#include "base/region.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>

#include "base/block_pool.h"
#include "base/sanitizer.h"

#if QS_ADDRESS_SANITIZER || defined(__SANITIZE_THREAD__) || defined(__EMSCRIPTEN__)
#define QS_REGIONS 0
#else
#define QS_REGIONS 1
#endif

namespace qs {

namespace {

// Addresses are reserved for several regions at once; memory is taken when it is touched.
constexpr size_t kRegions = 16;
constexpr size_t kHeapBytes = size_t(1) << 30;
constexpr size_t kMostBlocks = 8192;
constexpr size_t kMostStacks = 1024;
constexpr size_t kStackPlace = Region::kStackBytes + 64 * 1024;  // with a gap that nobody may touch
constexpr size_t kRegionBytes =
    kHeapBytes + kMostBlocks * kBlockBytes + kMostStacks * kStackPlace + (size_t(1) << 20);

constinit thread_local Region* the_region = nullptr;

std::atomic<char*> all{nullptr};  // of kRegions
std::atomic<uint32_t> taken{0};   // a bit each

// Null: there is no such range.
char* reserve() {
  if (char* now = all.load()) return now;
  void* range = mmap(nullptr, kRegions * kRegionBytes, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (range == MAP_FAILED) return nullptr;
  char* none = nullptr;
  if (!all.compare_exchange_strong(none, static_cast<char*>(range))) {
    munmap(range, kRegions * kRegionBytes);
    return none;
  }
  return static_cast<char*>(range);
}

}  // namespace

const size_t Region::kMostBytes = kRegionBytes;

void Region::reserve_addresses() {
  if (QS_REGIONS) reserve();
}

std::unique_ptr<Region> Region::make() {
  char* const range = QS_REGIONS ? reserve() : nullptr;
  if (!range) return nullptr;
  for (size_t place = 0; place < kRegions; ++place) {
    const uint32_t bit = uint32_t(1) << place;
    if (taken.fetch_or(bit) & bit) continue;
    char* const memory = range + place * kRegionBytes;
    const size_t bytes = kHeapBytes + kMostBlocks * kBlockBytes;
    if (mprotect(memory, bytes, PROT_READ | PROT_WRITE) != 0) {
      taken.fetch_and(~bit);
      return nullptr;
    }
    std::unique_ptr<Region> made(new Region(memory, place));
    made->filled_.resize(kMostBlocks);
    made->stacks_.resize(kMostStacks);
    return made->is_asked() ? std::move(made) : nullptr;
  }
  return nullptr;
}

// A tool that looks at memory (valgrind) puts an allocator of its own in the place of this one.
bool Region::is_asked() {
  Inside inside(this);
  void* const memory = ::operator new(1);
  ::operator delete(memory);
  return owns(memory);
}

Region::~Region() {
  // Gives the memory back to the system, and keeps the range.
  mmap(memory_, kRegionBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
       -1, 0);
  taken.fetch_and(~(uint32_t(1) << place_));
}

Region::Inside::Inside(Region* region) : before_(the_region) { the_region = region; }
Region::Inside::~Inside() { the_region = before_; }
Region* Region::current() { return the_region; }

bool Region::owns(const void* memory) {
  const auto begin = reinterpret_cast<uintptr_t>(all.load(std::memory_order_relaxed));
  return begin && reinterpret_cast<uintptr_t>(memory) - begin < kRegions * kRegionBytes;
}

char* Region::heap() const { return memory_; }
char* Region::block(size_t n) const { return memory_ + kHeapBytes + n * kBlockBytes; }
char* Region::stack_top(size_t n) const {
  return memory_ + kHeapBytes + kMostBlocks * kBlockBytes + (n + 1) * kStackPlace;
}

// Steps of 16 bytes up to a kilobyte, then powers of two.
size_t Region::class_of(size_t bytes) {
  if (bytes <= kStep * kSmall) return bytes == 0 ? 0 : (bytes - 1) / kStep;
  return kSmall + size_t(std::bit_width((bytes - 1) / (kStep * kSmall))) - 1;
}
size_t Region::size_of(size_t which) {
  return which < kSmall ? (which + 1) * kStep : (kStep * kSmall) << (which - kSmall + 1);
}

void* Region::allocate(size_t bytes, size_t align) {
  const size_t which = class_of(bytes);
  if (which >= kClasses) throw std::bad_alloc();
  if (void* const free = align <= kStep ? state_.free[which] : nullptr) {
    std::memcpy(&state_.free[which], free, sizeof(void*));
    return free;
  }
  const size_t at = (state_.used + align - 1) / align * align, size = size_of(which);
  if (size > kHeapBytes - std::min(at, kHeapBytes)) throw std::bad_alloc();
  state_.used = at + size;
  return heap() + at;
}

// What is given back without its size is not used again before the run is set back.
void Region::release(void* memory, size_t bytes) {
  const auto* at = static_cast<const char*>(memory);
  if (bytes == kUnknown || at < heap() || at >= heap() + state_.used) return;  // or of another
  const size_t which = class_of(bytes);
  std::memcpy(memory, &state_.free[which], sizeof(void*));
  state_.free[which] = memory;
}

char* Region::take_block(uint32_t*& filled) {
  if (state_.blocks == kMostBlocks) throw std::bad_alloc();
  filled = &filled_[state_.blocks];
  *filled = 0;
  return block(state_.blocks++);
}

char* Region::stack(size_t n) {
  if (n >= kMostStacks) return nullptr;
  for (; stacks_made_ <= n; ++stacks_made_)
    if (mprotect(stack_top(stacks_made_) - kStackBytes, kStackBytes, PROT_READ | PROT_WRITE) != 0)
      return nullptr;
  state_.stacks = std::max(state_.stacks, n + 1);
  return stack_top(n);
}

void Region::save(Copy& to) const {
  Outside outside;
  size_t bytes = sizeof(State) + state_.used + (state_.blocks + state_.stacks) * sizeof(uint32_t);
  for (size_t i = 0; i < state_.blocks; ++i) bytes += filled_[i];
  for (size_t i = 0; i < state_.stacks; ++i) bytes += stacks_[i];
  for (const Other& other : others_) bytes += other.bytes;
  to.bytes_.resize(bytes);
  char* at = to.bytes_.data();
  const auto put = [&at](const void* from, size_t n) {
    std::memcpy(at, from, n);
    at += n;
  };
  put(&state_, sizeof state_);
  put(filled_.data(), state_.blocks * sizeof(uint32_t));
  put(stacks_.data(), state_.stacks * sizeof(uint32_t));
  put(heap(), state_.used);
  for (size_t i = 0; i < state_.blocks; ++i) put(block(i), filled_[i]);
  for (size_t i = 0; i < state_.stacks; ++i) put(stack_top(i) - stacks_[i], stacks_[i]);
  for (const Other& other : others_) put(other.begin, other.bytes);
}

void Region::restore(const Copy& from) {
  const char* at = from.bytes_.data();
  const auto get = [&at](void* to, size_t n) {
    std::memcpy(to, at, n);
    at += n;
  };
  get(&state_, sizeof state_);
  // What an arena hands out is zero: clear as far as it was used in between.
  const auto* kept = reinterpret_cast<const uint32_t*>(at);
  for (size_t i = 0; i < state_.blocks; ++i)
    if (filled_[i] > kept[i]) std::memset(block(i) + kept[i], 0, filled_[i] - kept[i]);
  get(filled_.data(), state_.blocks * sizeof(uint32_t));
  get(stacks_.data(), state_.stacks * sizeof(uint32_t));
  get(heap(), state_.used);
  for (size_t i = 0; i < state_.blocks; ++i) get(block(i), filled_[i]);
  for (size_t i = 0; i < state_.stacks; ++i) get(stack_top(i) - stacks_[i], stacks_[i]);
  for (const Other& other : others_) get(other.begin, other.bytes);
}

namespace {

void* take(size_t bytes, size_t align) {
  if (the_region) return the_region->allocate(bytes, align);
  for (;;) {
    void* const memory = align <= alignof(std::max_align_t)
                             ? std::malloc(bytes == 0 ? 1 : bytes)
                             : std::aligned_alloc(align, (bytes + align - 1) / align * align);
    if (memory) return memory;
    if (const std::new_handler handler = std::get_new_handler())
      handler();
    else
      throw std::bad_alloc();
  }
}

void give(void* memory, size_t bytes) {
  if (!Region::owns(memory)) return std::free(memory);
  if (the_region) the_region->release(memory, bytes);
}

}  // namespace

}  // namespace qs

#if QS_REGIONS

void* operator new(size_t bytes) { return qs::take(bytes, alignof(std::max_align_t)); }
void* operator new[](size_t bytes) { return qs::take(bytes, alignof(std::max_align_t)); }
void* operator new(size_t bytes, std::align_val_t align) { return qs::take(bytes, size_t(align)); }
void* operator new[](size_t bytes, std::align_val_t align) {
  return qs::take(bytes, size_t(align));
}
void operator delete(void* memory) noexcept { qs::give(memory, qs::Region::kUnknown); }
void operator delete[](void* memory) noexcept { qs::give(memory, qs::Region::kUnknown); }
void operator delete(void* memory, size_t bytes) noexcept { qs::give(memory, bytes); }
void operator delete[](void* memory, size_t bytes) noexcept { qs::give(memory, bytes); }
void operator delete(void* memory, std::align_val_t) noexcept {
  qs::give(memory, qs::Region::kUnknown);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
  qs::give(memory, qs::Region::kUnknown);
}
void operator delete(void* memory, size_t bytes, std::align_val_t) noexcept {
  qs::give(memory, bytes);
}
void operator delete[](void* memory, size_t bytes, std::align_val_t) noexcept {
  qs::give(memory, bytes);
}

#endif
