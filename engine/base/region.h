// Memory that can be set back to how it was. Owns: Region. Used by explore: everything that a run
// allocates while a thread is inside lies in one piece, so that a copy of that piece, taken between
// two steps, is the run as it was then. The program's `operator new` asks here (region.cpp).
//
// What is not of the run must be allocated outside: what a search remembers, and every static that
// is made when first used (a run that is made before the first region sees to those).
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace qs {

class Region {
 public:
  // Null where it cannot be: a sanitizer has the allocator, the system has no such range left, or
  // it is a browser, where part of a stack lies out of reach.
  static std::unique_ptr<Region> make();
  // Bytes that one may take of the machine, at most.
  static const size_t kMostBytes;
  // Takes the addresses for all regions of this process now, before there is a limit on them.
  static void reserve_addresses();
  ~Region();
  Region(const Region&) = delete;

  // What this thread allocates from here to the end of the block lies in the region; with null, or
  // as Outside, where it would otherwise.
  class Inside {
   public:
    explicit Inside(Region* region);
    ~Inside();
    Inside(const Inside&) = delete;

   private:
    Region* before_;
  };
  struct Outside : Inside {
    Outside() : Inside(nullptr) {}
  };

  // How it was at one moment.
  class Copy {
   public:
    size_t bytes() const { return bytes_.size(); }

   private:
    friend class Region;
    std::vector<char> bytes_;
  };
  void save(Copy& to) const;
  // Memory that is elsewhere and belongs to the run, too: a part of every copy from now on.
  void include(char* begin, size_t bytes) { others_.push_back({begin, bytes}); }
  // Back to that moment; what lies in it has the addresses that it had.
  void restore(const Copy& from);

  // Bytes of stack of fiber number n, and how far down it is in use from its top on (0: not). Those
  // are saved too. Null: there are no more.
  static constexpr size_t kStackBytes = 512 * 1024;
  char* stack(size_t n);
  void stack_in_use(size_t n, size_t bytes) {
    stacks_[n] = bytes <= kStackBytes ? uint32_t(bytes) : 0;  // it stands elsewhere: it has crashed
  }

  // Of the region that this thread is inside of; null: it is in none.
  static Region* current();
  // A block of block_pool.h, not cleared; `filled` becomes where its user says how much of it a
  // copy is to have (0 until then). Setting the run back clears what was filled beyond that.
  char* take_block(uint32_t*& filled);

  // --- for operator new and delete ---
  void* allocate(size_t bytes, size_t align);
  void release(void* memory, size_t bytes);
  static bool owns(const void* memory);
  static constexpr size_t kUnknown = 0;

 private:
  explicit Region(char* memory, size_t place) : memory_(memory), place_(place) {}
  static constexpr size_t kStep = 16, kSmall = 64, kClasses = kSmall + 24;
  bool is_asked();
  static size_t class_of(size_t bytes);
  static size_t size_of(size_t which);

  // What is in use of it, which a copy begins with.
  struct State {
    size_t used = 0, blocks = 0, stacks = 0;
    std::array<void*, kClasses> free{};  // given back, by size
  };
  char* heap() const;
  char* block(size_t n) const;
  char* stack_top(size_t n) const;

  struct Other {
    char* begin;
    size_t bytes;
  };

  char* memory_;
  size_t place_;  // among the regions of the process
  State state_;
  std::vector<uint32_t> filled_;  // of each block
  std::vector<uint32_t> stacks_;  // of each fiber
  size_t stacks_made_ = 0;
  std::vector<Other> others_;
};

// Memory of a search that a run writes to: outside of every region.
template <class T>
struct OutsideAllocator {
  using value_type = T;
  OutsideAllocator() = default;
  template <class U>
  OutsideAllocator(const OutsideAllocator<U>&) {}
  T* allocate(size_t n) {
    Region::Outside outside;
    return static_cast<T*>(::operator new(n * sizeof(T)));
  }
  void deallocate(T* at, size_t) { ::operator delete(at); }
  bool operator==(const OutsideAllocator&) const { return true; }
};

}  // namespace qs
