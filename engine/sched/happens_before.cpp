#include "sched/happens_before.h"

#include <algorithm>

namespace qs::sched {

HappensBefore::Clock& HappensBefore::own(uint32_t thread) {
  if (threads_.size() <= thread) threads_.resize(thread + 1);
  Clock& c = threads_[thread];
  if (c.size() <= thread) c.resize(thread + 1);
  if (thread > 0 && c[thread] == 0) c[thread] = 1;
  return c;
}

void HappensBefore::join(Clock& to, const Clock& from) {
  if (to.size() < from.size()) to.resize(from.size());
  for (size_t i = 0; i < from.size(); ++i) to[i] = std::max(to[i], from[i]);
}

void HappensBefore::hand_over(uint32_t from, uint32_t to) {
  const Clock given = own(from);
  join(own(to), given);
  if (from > 0) ++own(from)[from];
}

void HappensBefore::release(uint32_t thread, uint64_t key) {
  if (thread == 0) return;
  join(keys_[key], own(thread));
  ++own(thread)[thread];
}

void HappensBefore::acquire(uint32_t thread, uint64_t key) {
  if (key == 0) return;
  const auto found = keys_.find(key);
  if (found != keys_.end()) join(own(thread), found->second);
}

void HappensBefore::put_on_clock(uint32_t thread, uint64_t entry) {
  entries_[entry] = own(thread);
  if (thread > 0) ++own(thread)[thread];
}

void HappensBefore::comes_from_clock(uint64_t entry) {
  comes_from_outside();
  const auto found = entries_.find(entry);
  if (found == entries_.end()) return;
  join(own(0), found->second);
  entries_.erase(found);
}

void HappensBefore::comes_from_outside() { own(0) = set_up_; }

void HappensBefore::is_set_up(uint32_t thread) {
  join(set_up_, own(thread));
  join(own(0), set_up_);
}

}  // namespace qs::sched
