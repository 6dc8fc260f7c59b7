// NT's own synchronization objects, known by their address in driver memory: KEVENT and KSPIN_LOCK.
// Owns: KernelEvent, KernelSpinLock. Called by api_ke.cpp.
#pragma once
#include <unordered_map>

#include "kmdf/run_state.h"

namespace qs::kmdf {

struct KernelEvent {
  ObjectId id;
  bool notification = false;  // stays set until cleared; else one wait takes it
  WaitList waiters;
};

struct KernelSpinLock {
  ObjectId id;
  rt::Thread* owner = nullptr;
  WaitList waiters;
};

struct WaitState {
  std::unordered_map<const void*, KernelEvent> events;
  std::unordered_map<const void*, KernelSpinLock> spin_locks;
};

}  // namespace qs::kmdf
