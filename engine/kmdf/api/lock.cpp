// WDFSPINLOCK, WDFWAITLOCK and the presentation lock by hand (O-13, O-14, V-41, V-42).
#include <algorithm>

#include "base/article.h"
#include "kmdf/api/common.h"
#include "kmdf/core/locks.h"

using namespace qs;
using namespace qs::kmdf;
using rt::emit;
using trace::ApiFn;

namespace {

template <class L, class H>
int32_t create_lock(qs_WDF_OBJECT_ATTRIBUTES* attributes, ObjectKind kind, H* out, Called what) {
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return status;
  Object* parent = parent_from(attributes, fw().driver, what);
  if (!takes_children(parent)) return QS_STATUS_DELETE_PENDING;
  if (fw().allocation_fails()) return QS_STATUS_INSUFFICIENT_RESOURCES;
  L* lock = fw().make<L>(kind);
  settle_new_object(lock, parent, attributes);
  *out = handle<H>(lock);
  return QS_STATUS_SUCCESS;
}

// Waits until nobody owns it; false: `due` came first.
template <class L>
bool take(L* lock, uint32_t due) {
  while (lock->owner) {
    if (due <= rt::sched().now()) return false;
    if (due == kNever) note_lock_wait(lock->id, lock->owner);
    if (!wait_until(lock->waiters, trace::WaitReason::LockHeld, lock->id, due)) return false;
  }
  set_lock_owner(lock->id, rt::self());
  lock->owner = rt::self();
  emit(trace::EventCode::LockAcquire, lock->id, lock->parent ? lock->parent->id : ObjectId(),
       rt::irql());
  return true;
}

template <class L>
void give_back(L* lock, uint8_t irql_after) {
  lock->owner = nullptr;
  emit(trace::EventCode::LockRelease, lock->id, lock->parent ? lock->parent->id : ObjectId(),
       irql_after);
  set_lock_owner(lock->id, nullptr);
  rt::sched().wake_all(lock->waiters, lock->id);
}

// O-14: queues and devices have one, even with scope None; nothing else does.
CallbackLock* presentation_lock(Object* o) {
  CallbackLock* lock = nullptr;
  if (o->kind() == ObjectKind::Queue) {
    auto* q = static_cast<Queue*>(o);
    lock = q->callback_lock ? q->callback_lock : q->own_lock;
  }
  if (o->kind() == ObjectKind::Device) lock = static_cast<Device*>(o)->callback_lock;
  if (!lock) {
    because(with_article(kind_name(o->kind())) + " has no lock");
    bugcheck("V-42", 0xB, o->id.raw, 0, o->id, {}, true);
  }
  return lock;
}

}  // namespace

int32_t qs_WdfSpinLockCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFSPINLOCK* out) {
  ApiCall call(ApiFn::WdfSpinLockCreate, file, line);
  require(out);
  return call.status(create_lock<SpinLock>(attributes, ObjectKind::SpinLock, out,
                                           {"WdfSpinLockCreate", file, line}));
}

void qs_WdfSpinLockAcquire(QS_SITE, WDFSPINLOCK handle) {
  auto* lock = checked<SpinLock>(handle, ObjectKind::SpinLock, {"WdfSpinLockAcquire", file, line});
  ApiCall call(ApiFn::WdfSpinLockAcquire, file, line, lock->id);
  irql_allows(sched::kDispatchLevel, lock->id);
  uint8_t old = rt::irql();
  if (old < sched::kDispatchLevel) rt::raise_irql(sched::kDispatchLevel);
  rt::yield(sched::Op::DriverLock, lock->id);
  take(lock, kNever);
  lock->old_irql = old;
}

void qs_WdfSpinLockRelease(QS_SITE, WDFSPINLOCK handle) {
  auto* lock = checked<SpinLock>(handle, ObjectKind::SpinLock, {"WdfSpinLockRelease", file, line});
  ApiCall call(ApiFn::WdfSpinLockRelease, file, line, lock->id);
  if (lock->owner != rt::self()) {  // O-13, V-42
    because(lock->owner ? "another thread holds it" : "nobody holds it");
    if (verifier()) bugcheck("V-42", 0xB, lock->id.raw, 1, lock->id, {}, true);
    undefined_misuse("V-42", lock->id);
    if (!lock->owner) return;
  }
  uint8_t old = lock->old_irql;
  give_back(lock, std::min(old, rt::irql()));
  if (old < sched::kDispatchLevel) rt::lower_irql(old);  // runs queued DPCs
}

int32_t qs_WdfWaitLockCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFWAITLOCK* out) {
  ApiCall call(ApiFn::WdfWaitLockCreate, file, line);
  require(out);
  return call.status(create_lock<WaitLock>(attributes, ObjectKind::WaitLock, out,
                                           {"WdfWaitLockCreate", file, line}));
}

// Timeout: 100 ns units, NULL forever, 0 not at all; only the last may be used at DISPATCH_LEVEL.
int32_t qs_WdfWaitLockAcquire(QS_SITE, WDFWAITLOCK handle, int64_t* timeout) {
  auto* lock = checked<WaitLock>(handle, ObjectKind::WaitLock, {"WdfWaitLockAcquire", file, line});
  ApiCall call(ApiFn::WdfWaitLockAcquire, file, line, lock->id);
  bool waits = !timeout || *timeout != 0;
  if (waits && !may_wait(lock->id)) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  uint32_t due = !timeout ? kNever : due_of(*timeout);
  rt::yield(sched::Op::DriverLock, lock->id);
  return call.status(take(lock, due) ? QS_STATUS_SUCCESS : QS_STATUS_TIMEOUT);
}

void qs_WdfWaitLockRelease(QS_SITE, WDFWAITLOCK handle) {
  auto* lock = checked<WaitLock>(handle, ObjectKind::WaitLock, {"WdfWaitLockRelease", file, line});
  ApiCall call(ApiFn::WdfWaitLockRelease, file, line, lock->id);
  if (lock->owner != rt::self())
    because(lock->owner ? "another thread holds it" : "nobody holds it");
  if (!lock->owner) return undefined_misuse("V-42", lock->id);
  if (lock->owner != rt::self()) finding("V-42", lock->id);
  give_back(lock, rt::irql());
}

void qs_WdfObjectAcquireLock(QS_SITE, WDFOBJECT handle) {
  Object* o = object_of(handle, {"WdfObjectAcquireLock", file, line});
  ApiCall call(ApiFn::WdfObjectAcquireLock, file, line, o->id);
  CallbackLock* lock = presentation_lock(o);
  if (lock->passive && !lock->owned_by_me() && !may_wait(o->id)) return;
  lock->acquire();
}

void qs_WdfObjectReleaseLock(QS_SITE, WDFOBJECT handle) {
  Object* o = object_of(handle, {"WdfObjectReleaseLock", file, line});
  ApiCall call(ApiFn::WdfObjectReleaseLock, file, line, o->id);
  CallbackLock* lock = presentation_lock(o);
  if (!lock->owned_by_me()) {
    because(lock->owner ? "another thread holds it" : "nobody holds it");
    if (verifier()) bugcheck("V-42", 0xB, o->id.raw, 1, o->id, {}, true);
    return undefined_misuse("V-42", o->id);
  }
  lock->release();
}
