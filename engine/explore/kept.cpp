#include "explore/kept.h"

#include <algorithm>

namespace qs::explore {

bool Kept::has(uint64_t step) const { return std::binary_search(steps.begin(), steps.end(), step); }

std::vector<Share> shares_along(std::span<const uint64_t> steps, std::span<const Kept> kept) {
  std::vector<const Kept*> open;
  for (const Kept& k : kept) open.push_back(&k);
  std::vector<Share> out;
  const auto count = [&] {
    Share share{0, open.size()};
    for (const Kept* k : open) share.well += !k->wrong();
    out.push_back(share);
  };
  count();
  for (const uint64_t step : steps) {
    std::erase_if(open, [step](const Kept* k) { return !k->has(step); });
    count();
  }
  return out;
}

std::optional<size_t> no_return(std::span<const Share> shares) {
  std::optional<size_t> out;
  for (size_t i = shares.size(); i-- > 0 && shares[i].well == 0;) out = i;
  return out;
}

}  // namespace qs::explore
