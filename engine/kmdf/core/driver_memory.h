// The memory that drivers get addresses of: contexts, pool, buffers, structures that they are
// shown. Owns: DriverMemory, in the Framework. Whatever hands memory to a driver takes it from
// here; the compiler's hooks in each driver (accesses.h) ask of every access whether it may be
// (U-09, U-16).
//
// Nothing is ever given to somebody else: a block that is gone stays where it is and is only
// remembered as gone, so a late access is found however late it comes. Around each block lie
// kGap bytes that are nobody's. Not seen: an access that leaps over the gap into another block, and
// memory that is not from here (stacks, constants).
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "base/block_pool.h"
#include "base/ids.h"
#include "trace/events/event.h"

namespace qs::kmdf {

struct MemoryBlock {
  enum class Kind : uint8_t { Shown, Context, Pool, Memory, Buffer, Variables };
  char* begin = nullptr;
  size_t bytes = 0;
  Kind kind = Kind::Shown;
  bool gone = false;
  bool reported = false;  // that it was misused: once for each block
  uint32_t tag = 0;       // of pool
  ObjectId of;            // whose context or buffer it is
  trace::Site site;       // where it was allocated; once it is gone, where it went

  const char* end() const { return begin + bytes; }
  bool has(const void* at, size_t size) const {
    const auto* from = static_cast<const char*>(at);
    return from >= begin && from + size <= end();
  }
};

class DriverMemory {
 public:
  // Zero-filled memory, aligned for anything.
  MemoryBlock& make(size_t bytes, MemoryBlock::Kind kind, ObjectId of = {});
  void* allocate(size_t bytes) { return make(bytes, MemoryBlock::Kind::Shown).begin; }
  size_t total() const { return total_; }

  // The block that begins there; nullptr: none does.
  MemoryBlock* block_at(const void* begin);
  // The driver's own variables are followed, too; all of them are one block.
  void include(char* begin, size_t bytes);
  // The driver may use that block no more. Nothing when none begins there.
  void give_back(const void* begin);

  // May the driver use so many bytes there? Also true of memory that is not from here.
  bool may_use(const void* at, size_t size) {
    if (last_ && last_->has(at, size) && !last_->gone) return true;
    return find(at, size);
  }
  // The block that an address is in, or nearest to; nullptr: it is not from here.
  MemoryBlock* nearest(const void* at);

  // Where an address lies, counted from the beginning: depends on nothing but the sizes and the
  // order of what was allocated. Nothing: it is not from here.
  std::optional<uint64_t> offset_of(const void* at);
  // The first and the last of so many bytes; all of a buffer counts as one, its first.
  struct Places {
    uint64_t first, last;
    uint64_t at;  // offset_of()
    bool whole;   // it is a buffer
  };
  std::optional<Places> places_of(const void* at, size_t bytes);

  // Calls f(number, begin, bytes) for each piece that is in use. A piece keeps number and place; it
  // may only grow.
  template <class F>
  void each_piece(F f) const {
    for (const auto& [begin, span] : spans_) f(span.offset, begin, span.used);
  }

 private:
  static constexpr size_t kGap = 32;
  struct Span {
    std::unique_ptr<char[]> large;  // memory for one block alone,
    Block small;                    // or for many
    uint32_t* filled = nullptr;     // where a region wants to know what is used (block_pool.h)
    size_t size = 0, used = 0;
    uint64_t offset = 0;
    std::deque<MemoryBlock> blocks;  // in the order of their addresses

    const char* begin() const {
      return large ? large.get() : small ? small.get() : blocks.front().begin;
    }
  };
  using Spans = std::map<const char*, Span, std::less<const char*>>;

  Span& span_for(size_t room, char** begin);
  Span* span_of(const void* at);  // null: it is in none
  static MemoryBlock* nearest_in(Span& span, const void* at);
  bool find(const void* at, size_t size);

  Spans spans_;  // by where they begin
  Spans::iterator current_ = spans_.end();
  MemoryBlock* last_ = nullptr;  // that was found: most accesses come several to a block
  uint64_t small_ = 0, large_ = uint64_t(1) << 40;  // offsets of the next spans
  size_t total_ = 0;
};

}  // namespace qs::kmdf
