// A number for each object. Owns: ObjectTable. Serials of a kind are given out one after the other,
// so the number stands at its serial: objects that are made together lie together, and nothing is
// hashed. Used by Trace for names.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/ids.h"

namespace qs {

class ObjectTable {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFFu;

  uint32_t get(ObjectId id) const {
    if (size_t(id.kind()) >= kinds_.size()) return kNone;
    const Pages& pages = kinds_[size_t(id.kind())];
    const size_t page = id.serial() / kPage;
    return page < pages.size() && pages[page] ? (*pages[page])[id.serial() % kPage] : kNone;
  }
  // `id` is of a kind that ObjectKind names.
  void set(ObjectId id, uint32_t number) {
    Pages& pages = kinds_.at(size_t(id.kind()));
    const size_t page = id.serial() / kPage;
    if (page >= pages.size()) pages.resize(page + 1);
    if (!pages[page]) {
      pages[page] = std::make_unique<Page>();
      pages[page]->fill(kNone);
      ++pages_;
    }
    (*pages[page])[id.serial() % kPage] = number;
  }
  size_t memory_bytes() const {
    size_t bytes = pages_ * sizeof(Page);
    for (const Pages& pages : kinds_) bytes += pages.capacity() * sizeof(pages[0]);
    return bytes;
  }

 private:
  // Small pages: a file may name the last serial and no other, and a search copies what a run has.
  static constexpr size_t kPage = 32;
  using Page = std::array<uint32_t, kPage>;
  using Pages = std::vector<std::unique_ptr<Page>>;
  std::array<Pages, size_t(ObjectKind::Count)> kinds_;
  size_t pages_ = 0;
};

}  // namespace qs
