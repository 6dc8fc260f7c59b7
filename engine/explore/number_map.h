// Numbers by 64-bit keys. Owns: NumberMap. Used by Bounded for where it has been, once for each
// step that it has made, and by Path for what steps touch: one array, so that a look costs one
// cache line and to forget all of it costs nothing for each entry.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace qs::explore {

class NumberMap {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;  // no number is that large

  // The number of that key: `fresh`, which is not kNone, where there was none. Until the next call.
  uint32_t& at(uint64_t key, uint32_t fresh) {
    if (count_ >= slots_.size() / 3 * 2) grow();
    Slot& slot = slots_[place_of(key)];
    if (slot.number == kNone) {
      slot = {key, fresh};
      ++count_;
    }
    return slot.number;
  }
  size_t size() const { return count_; }
  void clear() {
    slots_.assign(slots_.size(), Slot());
    count_ = 0;
  }
  // Calls f(key, number) for each.
  template <class F>
  void each(F f) const {
    for (const Slot& slot : slots_)
      if (slot.number != kNone) f(slot.key, slot.number);
  }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t number = kNone;
  };

  // Where it is, or would be.
  size_t place_of(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    size_t at = size_t(key * 0x9E3779B97F4A7C15u >> 24) & mask;
    while (slots_[at].number != kNone && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.number != kNone) slots_[place_of(slot.key)] = slot;
  }

  std::vector<Slot> slots_;  // a power of two of them, at most two thirds taken
  size_t count_ = 0;
};

}  // namespace qs::explore
