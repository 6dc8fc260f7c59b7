// Summaries of long lists, so that a picture of ten million entries looks at a few hundred of them.
// Owns: Pyramid. Used by the indices of Timeline.
#pragma once
#include <cstddef>
#include <vector>

namespace qs::model {

// Over a list that grows at its end. S is a summary: S() of nothing, take(S) adds another's;
// merging is commutative and idempotent. `leaf(i)` is the summary of the i-th entry alone. Level k
// has one summary for kFan^(k+1) neighbors; short lists have no level.
template <class S>
class Pyramid {
 public:
  // Entry i was added, or its summary has come to take more than before.
  template <class Leaf>
  void raise(size_t i, Leaf leaf) {
    const S s = leaf(i);
    size_t below = i + 1;  // how many there are in the level below
    for (size_t k = 0;; ++k) {
      if (k == levels_.size()) {
        if (below <= kFan) return;
        std::vector<S> level((below + kFan - 1) / kFan);
        for (size_t j = 0; j < below; ++j)
          level[j / kFan].take(k == 0 ? leaf(j) : levels_[k - 1][j]);
        levels_.push_back(std::move(level));
      }
      auto& level = levels_[k];
      i /= kFan;
      if (level.size() <= i) level.resize(i + 1);
      level[i].take(s);
      below = level.size();
    }
  }

  // Of the entries [from, to).
  template <class Leaf>
  S of(size_t from, size_t to, Leaf leaf) const {
    S out;
    while (from < to) {
      size_t k = 0, step = 1;
      while (k < levels_.size() && from % (step * kFan) == 0 && to - from >= step * kFan)
        step *= kFan, ++k;
      out.take(k == 0 ? leaf(from) : levels_[k - 1][from / step]);
      from += step;
    }
    return out;
  }

  size_t memory_bytes() const {
    size_t total = levels_.capacity() * sizeof(std::vector<S>);
    for (const auto& level : levels_) total += level.capacity() * sizeof(S);
    return total;
  }

 private:
  static constexpr size_t kFan = 16;
  std::vector<std::vector<S>> levels_;
};

}  // namespace qs::model
