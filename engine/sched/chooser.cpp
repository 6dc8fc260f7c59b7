#include "sched/chooser.h"

#include <algorithm>

namespace qs::sched {

PicksChooser::PicksChooser(const std::vector<Pick>& picks) {
  for (const Pick& p : picks)
    if (p.mover == Mover::Memory)
      failing_.push_back(p.thread);
    else
      picks_.push_back(p);
  std::sort(failing_.begin(), failing_.end());
}

// A pick of a decision that was passed over (nobody could choose there) counts at the next one; the
// others count where they stand or not at all.
Ask PicksChooser::asks(const ChoicePoint& at) {
  next_ = until_;
  bool any = false;
  for (; until_ < picks_.size(); ++until_) {
    const Pick& p = picks_[until_];
    const bool here = p.after == 0 ? at.after == 0 && p.ordinal <= at.ordinal
                                   : p.ordinal == at.ordinal && p.after == at.after;
    const bool over =
        p.after > 0 && (p.ordinal < at.ordinal || (p.ordinal == at.ordinal && p.after < at.after));
    if (!here && !over) break;
    any = any || here;
  }
  return any ? Ask::AnyTime : Ask::No;
}

// Of several the last one that is possible.
std::optional<Move> PicksChooser::next(const ChoicePoint& at, const std::vector<Move>& open) {
  for (size_t i = until_; i-- > next_;) {
    const Pick& p = picks_[i];
    if ((p.after > 0) != (at.after > 0)) continue;
    const Move move{p.mover, p.thread};
    if (std::find(open.begin(), open.end(), move) != open.end()) return move;
  }
  return open.front();
}

bool PicksChooser::fails(uint32_t allocation) {
  return std::binary_search(failing_.begin(), failing_.end(), allocation);
}

}  // namespace qs::sched
