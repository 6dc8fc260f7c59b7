// NT's own objects that threads wait for: events and spin locks, known by their address in driver
// memory, and the threads that the driver makes (U-14, U-15). Owns: KernelEvent, KernelSpinLock,
// KernelThread. Called by api/ke.cpp, api/wait.cpp, api/thread.cpp and unload.cpp.
#pragma once
#include <map>
#include <span>
#include <unordered_map>

#include "kmdf/core/run_state.h"

namespace qs::kmdf {

struct KernelEvent {
  ObjectId id;
  bool notification = false;  // stays set until cleared; else one wait takes it
  sched::WaitList waiters;
};

struct KernelSpinLock {
  ObjectId id;
  rt::Thread* owner = nullptr;
  sched::WaitList waiters;
};

// A thread of the driver as an object: signaled once it has ended, there as long as it runs or
// anybody has a handle or a reference.
struct KernelThread {
  rt::Thread* thread = nullptr;
  ObjectId id;
  uint32_t handles = 0, references = 0;
  trace::Site created, referenced;  // PsCreateSystemThread; the last reference
  bool ended = false;
  sched::WaitList waiters;
  bool exists() const { return !ended || handles > 0 || references > 0; }
};

struct WaitState {
  std::unordered_map<const void*, KernelEvent> events;
  std::unordered_map<const void*, KernelSpinLock> spin_locks;
  std::map<uint32_t, KernelThread> threads;  // by id, in order of creation
  std::map<uintptr_t, ObjectId> thread_handles;
};

KernelEvent& event_at(qs_KEVENT* e);

// --- threads of the driver (api/thread.cpp) ---
// The thread whose object `object` is; nullptr: it is not a thread's, or its object is gone.
KernelThread* thread_at(const void* object);
ObjectId thread_of_handle(const void* handle);    // none: not a thread's handle
bool close_thread_handle(QS_SITE, void* handle);  // false: not a thread's handle

// --- the end of the driver (unload.cpp) ---
bool has_made_threads();  // it has ever made one
// EvtDriverUnload if DriverEntry has succeeded, then the driver object goes with all below it, if
// it had devices; on the running thread. Threads of the driver that are still there are reported
// (U-15), and their handles and references (U-10).
void unload_driver(bool entered, bool had_devices);

}  // namespace qs::kmdf
