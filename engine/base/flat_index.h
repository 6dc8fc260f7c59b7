// Finds what stands in a list by a hash of it. Owns: FlatIndex. The list is its owner's; the index
// has the places in it, in one array of eight bytes a slot: a list of a hundred thousand costs one
// cache line a look, and nothing is allocated for each entry. Used by Trace and by the inputs of a
// run.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace qs {

class FlatIndex {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFFu;

  static uint32_t hash_of(uint64_t number) { return uint32_t(number * 0x9E3779B97F4A7C15u >> 32); }

  // The place with that hash of which `same(place)` says that it is what is looked for.
  template <class Same>
  uint32_t find(uint32_t hash, Same same) const {
    const size_t slot = slot_of(hash, same);
    return slot < slots_.size() ? slots_[slot].place : kNone;
  }
  // The same place is `place` from now on; when there is none, it is added.
  template <class Same>
  void put(uint32_t hash, uint32_t place, Same same) {
    const size_t slot = slot_of(hash, same);
    if (slot < slots_.size() && slots_[slot].place != kNone)
      slots_[slot].place = place;
    else
      add(hash, place);
  }
  // A place that find() does not find.
  void add(uint32_t hash, uint32_t place) {
    if (++count_ > slots_.size() / 3 * 2) grow(count_);
    insert({hash, place});
  }
  void reserve(size_t count) {
    if (count > slots_.size() / 3 * 2) grow(count);
  }
  size_t memory_bytes() const { return slots_.size() * sizeof(Slot); }

 private:
  struct Slot {
    uint32_t hash = 0, place = kNone;
  };

  // Where it is or would be; past the end while there are no slots.
  template <class Same>
  size_t slot_of(uint32_t hash, Same same) const {
    if (slots_.empty()) return 0;
    const size_t mask = slots_.size() - 1;
    size_t at = hash & mask;
    for (; slots_[at].place != kNone; at = (at + 1) & mask)
      if (slots_[at].hash == hash && same(slots_[at].place)) break;
    return at;
  }

  void insert(Slot slot) {
    const size_t mask = slots_.size() - 1;
    size_t at = slot.hash & mask;
    while (slots_[at].place != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  }

  void grow(size_t count) {
    size_t size = 16;
    while (size / 3 * 2 < count) size *= 2;
    std::vector<Slot> old(size);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.place != kNone) insert(slot);
  }

  std::vector<Slot> slots_;  // a power of two of them, at most two thirds taken
  size_t count_ = 0;
};

}  // namespace qs
