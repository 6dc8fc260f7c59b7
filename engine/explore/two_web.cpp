// A page has but one process: both ways of searching take turns in it.
#include <chrono>

#include "explore/search_impl.h"

namespace qs::explore {

bool Search::step_on_two(double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (!impl_->done && Clock::now() < end) step(1);
  return !impl_->done;
}

}  // namespace qs::explore
