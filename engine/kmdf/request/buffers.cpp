#include "kmdf/request/buffers.h"

#include <algorithm>
#include <cstring>
#include <deque>

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

bool intact(const BufferState::Range& r) {
  // All bytes are equal when each equals the one after it; this runs at the end of every callback.
  return r.at[0] == kPoison && std::memcmp(r.at, r.at + 1, r.length - 1) == 0;
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
  rt::sched().touch_driver();
  for (size_t i = 0; i < s->lent.size();) {
    if (s->lent[i].request != request) {
      ++i;
      continue;
    }
    std::memset(s->lent[i].at, kPoison, s->lent[i].length);
    s->retired.push_back(s->lent[i]);
    s->lent.erase(s->lent.begin() + long(i));
  }
  while (s->retired.size() > kWatched) s->retired.pop_front();
}

void check_retired_buffers() {
  BufferState* s = existing();
  if (!s || s->retired.empty()) return;
  rt::sched().touch_driver();
  for (size_t i = 0; i < s->retired.size();) {
    if (intact(s->retired[i])) {
      ++i;
      continue;
    }
    ObjectId request = s->retired[i].request;
    s->retired.erase(s->retired.begin() + long(i));
    finding("U-09", request);
  }
}

ObjectId retired_buffer_at(const void* address) {
  BufferState* s = existing();
  if (!s) return {};
  auto* at = static_cast<const uint8_t*>(address);
  for (const auto& r : s->retired)
    if (at >= r.at && at < r.at + r.length) return r.request;
  return {};
}

}  // namespace qs::kmdf
