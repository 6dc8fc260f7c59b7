// What the parts of the C surface that are not queues keep for one run: lock owners, events, pool, files, askers.
// Owns: RunState. Made when first needed and dropped with the Framework; used by the api_*.cpp files and their helpers.
#pragma once
#include <memory>
#include <unordered_map>

#include "kmdf/framework.h"

namespace qs::kmdf {

struct NtState;      // nt.h: pool, files
struct WaitState;    // waits.h: events, spin locks by address
struct AskState;     // ask.h
struct BufferState;  // memory.h: buffers of completed requests

struct RunState {
  std::unordered_map<uint32_t, rt::Thread*> lock_owners;
  std::shared_ptr<NtState> nt;
  std::shared_ptr<WaitState> waits;
  std::shared_ptr<AskState> ask;
  std::shared_ptr<BufferState> buffers;
};

// This run's state.
inline RunState& run_state() {
  Framework& f = fw();
  if (!f.state) f.state = std::make_shared<RunState>();
  return *f.state;
}

// One of its parts, made when first needed.
template <class T>
T& part(std::shared_ptr<T>& p) {
  if (!p) p = std::make_shared<T>();
  return *p;
}

}  // namespace qs::kmdf
