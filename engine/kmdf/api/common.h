// What the functions of the C surface share: IRQL checks, parents and contexts of new objects, time
// units, waits with a limit. Called by the files of kmdf/api only.
#pragma once
#include "kmdf/core/framework.h"

namespace qs::kmdf {

// The system time at virtual microsecond 0, in 100 ns units since 1601 (1 January 2025).
constexpr int64_t kEpoch = 133801632000000000ll;
constexpr uint32_t kNever = UINT32_MAX;

// U-05: the highest IRQL of a call. False: too high, reported; a call that would block must then
// not be made.
bool irql_allows(uint8_t highest, ObjectId s = {});
// U-04: a wait at DISPATCH_LEVEL. Ends the run unless it goes on at undefined misuse; false: do not
// wait.
bool may_wait(ObjectId s = {});

// The object behind a handle (V-04).
inline Device* device_arg(WDFDEVICE d, Called what) {
  return checked<Device>(d, ObjectKind::Device, what);
}
inline Request* request_of(WDFREQUEST r, Called what) {
  return checked<Request>(r, ObjectKind::Request, what);
}

// The parent that attributes name, or `fallback`. Bug check V-04 for a bad handle.
Object* parent_from(const qs_WDF_OBJECT_ATTRIBUTES* attributes, Object* fallback, Called what);
// Links, names and announces a new object, and gives it its context.
void settle_new_object(Object* o, Object* parent, const qs_WDF_OBJECT_ATTRIBUTES* attributes);
// NTSTATUS of the first checks that every create function with a mandatory parent makes.
int32_t check_parent_required(const qs_WDF_OBJECT_ATTRIBUTES* attributes);
// O-03: bug check V-04 / 0x4 when a required pointer is NULL.
inline void require(const void* pointer, ObjectId s = {}) {
  if (!pointer) bugcheck("V-04", 0x4, 0, 0, s);
}

// A Windows time (100 ns; negative relative, else absolute system time) as a moment of the virtual
// clock, in microseconds; kNever when it lies beyond the clock.
uint32_t due_of(int64_t time);
int64_t system_time();

// Runs `body` after that many virtual microseconds, at DISPATCH_LEVEL on a thread of its own named
// `name`.
uint64_t call_later(uint32_t microseconds, std::string_view name, ObjectId object,
                    std::function<void()> body);
// TRUE when it will not run anymore.
bool cancel_later(uint64_t id);

// Waits in these lists until woken or until the clock reaches `due` (kNever: no limit), then in
// none of them; false: the time was up.
bool wait_in(const std::vector<sched::WaitList*>& lists, trace::WaitReason reason, ObjectId object,
             uint32_t due);
// Waits in `list` until woken or until the clock reaches `due` (kNever: no limit); false: the time
// was up.
bool wait_until(sched::WaitList& list, trace::WaitReason reason, ObjectId object, uint32_t due);
// Waits for the clock alone.
void sleep_until(uint32_t due, trace::WaitReason reason, ObjectId object);

}  // namespace qs::kmdf
