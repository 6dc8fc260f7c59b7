#include "kmdf/request/buffers.h"

#include <algorithm>
#include <cstring>
#include <deque>

#include "kmdf/core/accesses.h"
#include "kmdf/core/run_state.h"

namespace qs::kmdf {

struct BufferState {
  struct Range {
    ObjectId request;
    uint8_t* at;
    size_t length;
  };
  std::vector<Range> lent;
  std::deque<Range> retired;
};

namespace {

constexpr uint8_t kPoison = 0xDD;
constexpr size_t kWatched = 64;

BufferState* existing() { return fw().state ? fw().state->buffers.get() : nullptr; }

// This runs at the end of every callback, for every buffer that is watched, and most are short.
bool intact(const BufferState::Range& r) {
  constexpr size_t kShort = 64;
  if (r.length > kShort)  // all bytes are equal when each equals the one after it
    return r.at[0] == kPoison && std::memcmp(r.at, r.at + 1, r.length - 1) == 0;
  constexpr uint64_t kPoisoned = 0x0101010101010101u * kPoison;
  size_t i = 0;
  for (uint64_t word; i + sizeof word <= r.length; i += sizeof word) {
    std::memcpy(&word, r.at + i, sizeof word);
    if (word != kPoisoned) return false;
  }
  for (; i < r.length; ++i)
    if (r.at[i] != kPoison) return false;
  return true;
}

}  // namespace

void lend_buffer(const Request* r, void* at, size_t length) {
  if (!at || !length || r->driver_created) return;
  auto& lent = part(run_state().buffers).lent;
  for (auto& range : lent)
    if (range.request == r->id && range.at == at) {
      range.length = std::max(range.length, length);
      return;
    }
  lent.push_back({r->id, static_cast<uint8_t*>(at), length});
}

void retire_buffers(ObjectId request) {
  BufferState* s = existing();
  if (!s || s->lent.empty()) return;
  for (size_t i = 0; i < s->lent.size();) {
    if (s->lent[i].request != request) {
      ++i;
      continue;
    }
    touch_memory(s->lent[i].at, s->lent[i].length, sched::Use::Changes);
    std::memset(s->lent[i].at, kPoison, s->lent[i].length);
    fw().driver_memory.give_back(s->lent[i].at);
    s->retired.push_back(s->lent[i]);
    s->lent.erase(s->lent.begin() + long(i));
  }
  while (s->retired.size() > kWatched) s->retired.pop_front();
}

// That it looks is not said to who watches (sched/footprint.h): it finds them as they are, whoever
// of them was retired by then. A line of the driver that uses one is told when it does
// (accesses.h).
void check_retired_buffers() {
  BufferState* s = existing();
  if (!s || s->retired.empty()) return;
  for (;;) {
    const auto it = std::find_if_not(s->retired.begin(), s->retired.end(), intact);
    if (it == s->retired.end()) return;
    const ObjectId request = it->request;
    s->retired.erase(it);
    finding("U-09", request);
  }
}

void forget_retired_buffer(const void* begin) {
  BufferState* s = existing();
  if (!s) return;
  for (auto it = s->retired.begin(); it != s->retired.end();)
    it = it->at == begin ? s->retired.erase(it) : std::next(it);
}

}  // namespace qs::kmdf
