#include "explore/store.h"

namespace qs::explore {

void Writer::picks(const std::vector<sched::Pick>& picks) {
  number(picks.size());
  for (const sched::Pick& p : picks) {
    number(p.ordinal);
    number(p.after);
    number(uint64_t(p.mover));
    number(p.thread);
  }
}

uint64_t Reader::number() {
  uint64_t n = 0;
  for (unsigned shift = 0; good_ && shift < 64; shift += 7) {
    if (left_.empty()) break;
    const auto byte = uint8_t(left_.front());
    left_.remove_prefix(1);
    n |= uint64_t(byte & 0x7F) << shift;
    if (byte < 0x80) return n;
  }
  good_ = false;
  return 0;
}

uint64_t Reader::number(uint64_t most) {
  const uint64_t n = number();
  if (n <= most) return n;
  good_ = false;
  return 0;
}

size_t Reader::count() {
  const uint64_t n = number();
  if (n <= left_.size()) return size_t(n);
  good_ = false;
  return 0;
}

std::string Reader::text() {
  const size_t size = count();
  std::string out(left_.substr(0, size));
  left_.remove_prefix(size);
  return out;
}

std::vector<sched::Pick> Reader::picks() {
  std::vector<sched::Pick> out(count());
  for (sched::Pick& p : out) {
    p.ordinal = uint32_t(number(UINT32_MAX));
    p.after = uint32_t(number(UINT32_MAX));
    p.mover = sched::Mover(number(uint64_t(sched::Mover::Memory)));
    p.thread = uint32_t(number(UINT32_MAX));
  }
  return out;
}

}  // namespace qs::explore
