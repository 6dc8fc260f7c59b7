#include "kmdf/core/object.h"

#include <deque>

#include "kmdf/core/limits.h"
#include "kmdf/core/run_state.h"
#include "kmdf/core/validate.h"
#include "kmdf/queue/forward_progress.h"

namespace qs::kmdf {

using rt::emit;

void link_child(Object* parent, Object* child) {
  QS_HOLDS("O-02", child->id, !child->linked && child != parent);
  child->parent = parent;
  if (!parent) return;
  child->linked = true;
  child->prev_sibling = parent->last_child;
  (parent->last_child ? parent->last_child->next_sibling : parent->first_child) = child;
  parent->last_child = child;
}

bool takes_children(const Object* parent) {
  return !parent || !(parent->delete_called || parent->deletion_waits);
}

namespace {

void unlink_child(Object* child) {
  if (!child->linked) return;
  Object* parent = child->parent;
  Object *prev = child->prev_sibling, *next = child->next_sibling;
  (prev ? prev->next_sibling : parent->first_child) = next;
  (next ? next->prev_sibling : parent->last_child) = prev;
  child->prev_sibling = child->next_sibling = nullptr;
  child->linked = false;
}

template <class Pick>
void call_context_callbacks(Object* o, trace::CallbackKind kind, Pick pick) {
  if (!o->callbacks_wanted) return;
  for (ContextBlock* c = o->contexts; c; c = c->next) {
    auto fn = pick(c);
    if (!fn) continue;
    DriverCall call(kind, o->id, {});
    fn(handle<WDFOBJECT>(o));
  }
}

// What the object itself needs, whatever is below it.
bool needs_passive(const Object* o) { return o->passive_level || o->disposal_waits(); }

void destroy(Object* o);
void dispose_now(Object* o);

}  // namespace

// What waits for PASSIVE_LEVEL, by device; without a device, and for what is only to be destroyed,
// the driver's (O-12a).
struct DisposalState {
  std::unordered_map<Device*, std::deque<Object*>> lists;
};

namespace {

// One work item takes the whole list, one object after the other: what comes while an object waits
// to be taken is taken by the same one.
void take_list(Device* device) {
  std::deque<Object*>& list = part(run_state().disposals).lists[device];
  while (!list.empty()) {
    Object* o = list.front();
    list.pop_front();
    o->refs == 0 ? destroy(o) : dispose_now(o);
  }
}

void put_on_list(Device* device, Object* o) {
  std::deque<Object*>& list = part(run_state().disposals).lists[device];
  list.push_back(o);
  if (list.size() == 1)
    rt::spawn(trace::ThreadKind::WorkItem, "deletion", o->id, [device] { take_list(device); });
}

void destroy(Object* o) {
  QS_HOLDS("I-24", o->id, o->refs == 0 && o->driver_refs <= 0);
  if (o->kind() == ObjectKind::Request && static_cast<Request*>(o)->reserved) {
    o->refs = 1;
    o->driver_refs = 0;
    return return_to_pool(static_cast<Request*>(o));
  }
  call_context_callbacks(o, trace::CallbackKind::EvtDestroyCallback,
                         [](ContextBlock* c) { return c->destroy; });
  emit(trace::EventCode::Delete, o->id);
  unlink_child(o);
  while (Object* left = o->first_child) {  // kept alive by a reference
    unlink_child(left);
    left->parent = nullptr;
  }
  if (o->kind() == ObjectKind::Device) return free_contexts(o);  // run still asks about its state
  fw().forget(o);
  free_contexts(o);
  o->destroyed();
  if (o->kind() == ObjectKind::Request) fw().recycle(static_cast<Request*>(o));
}

}  // namespace

void add_ref(Object* o) {
  QS_HOLDS("I-24", o->id, o->refs > 0);
  rt::sched().touch(o->id);
  ++o->refs;
}

void release(Object* o) {
  QS_HOLDS("I-24", o->id, o->refs > 0);
  rt::sched().touch(o->id);
  if (--o->refs > 0) return;
  if (rt::irql() > sched::kPassiveLevel && needs_passive(o)) return put_on_list(nullptr, o);
  destroy(o);
}

void add_driver_ref(Object* o) {
  add_ref(o);
  ++o->driver_refs;
}

void release_driver_ref(Object* o) {
  --o->driver_refs;
  release(o);
}

namespace {

bool above_passive_for_child(const Object* o) {
  if (rt::irql() == sched::kPassiveLevel) return false;
  for (const Object* c = o->first_child; c; c = c->next_sibling)
    if (needs_passive(c)) return true;
  return false;
}

// O-12a: children in order of creation, each subtree before its root, then the object itself.
// False: something needs PASSIVE_LEVEL and this thread is above it. What comes before that is
// disposed of then; the rest goes on when this is called again at PASSIVE_LEVEL.
bool dispose_tree(Object* o, bool any_level) {
  o->delete_called = true;
  o->deletion_waits = false;
  bool goes_on = any_level || !above_passive_for_child(o);
  for (Object* child = o->first_child; child && goes_on;) {
    Object* next = child->next_sibling;
    if (!child->delete_called || child->deletion_waits) {
      goes_on = dispose_tree(child, any_level);
      next = child->next_sibling;
    }
    child = next;
  }
  o->deletion_waits = !goes_on;
  if (!goes_on) return false;
  o->closing();
  call_context_callbacks(o, trace::CallbackKind::EvtCleanupCallback,
                         [](ContextBlock* c) { return c->cleanup; });
  o->closed();
  return true;
}

}  // namespace

void dispose(Object* o) {
  QS_HOLDS("O-12a", o->id, !o->delete_called);
  dispose_tree(o, true);
}

// The creation references of what was disposed of, in the same order.
void drop_children(Object* o) {
  for (Object* child = o->first_child; child;) {
    Object* next = child->next_sibling;
    drop_children(child);
    release(child);
    child = next;
  }
}

bool tree_needs_passive(const Object* o) {
  if (needs_passive(o)) return true;
  for (const Object* c = o->first_child; c; c = c->next_sibling)
    if (tree_needs_passive(c)) return true;
  return false;
}

namespace {

void dispose_now(Object* o) {
  dispose_tree(o, true);
  drop_children(o);
  release(o);
}

}  // namespace

void delete_object(Object* o) {
  if (o->delete_called || o->deletion_waits) return;
  if (o->linked && !takes_children(o->parent)) return;  // goes with its parent
  unlink_child(o);
  const bool later = rt::irql() > sched::kPassiveLevel && needs_passive(o);
  if (later || !dispose_tree(o, false)) {
    o->deletion_waits = true;
    return put_on_list(device_of(o), o);
  }
  drop_children(o);
  release(o);
}

Device* device_of(Object* o) {
  for (; o; o = o->parent) {
    if (o->kind() == ObjectKind::Device) return static_cast<Device*>(o);
    if (o->kind() == ObjectKind::Queue) return static_cast<Queue*>(o)->device;
    if (o->kind() == ObjectKind::FileObject) return static_cast<FileObject*>(o)->device;
  }
  return nullptr;
}

int32_t attach_context(Object* o, const qs_WDF_OBJECT_ATTRIBUTES* a, void** data,
                       bool fail_if_exists) {
  if (data) *data = nullptr;
  if (!a) return QS_STATUS_SUCCESS;
  const qs_WDF_OBJECT_CONTEXT_TYPE_INFO* type = a->ContextTypeInfo;
  if (!type && !a->EvtCleanupCallback && !a->EvtDestroyCallback) return QS_STATUS_SUCCESS;
  if (type && type->UniqueType) type = type->UniqueType;
  if (type)
    if (void* there = find_context(o, type)) {
      if (data) *data = there;
      return fail_if_exists ? QS_STATUS_OBJECT_NAME_EXISTS : QS_STATUS_SUCCESS;
    }
  size_t bytes = a->ContextSizeOverride ? a->ContextSizeOverride : type ? type->ContextSize : 0;
  if (!may_take(bytes)) return QS_STATUS_INSUFFICIENT_RESOURCES;
  auto* block = new (fw().take_memory(sizeof(ContextBlock))) ContextBlock;
  block->type = type;
  block->cleanup = a->EvtCleanupCallback;
  block->destroy = a->EvtDestroyCallback;
  if (bytes) block->data = fw().driver_memory.make(bytes, MemoryBlock::Kind::Context, o->id).begin;
  ContextBlock** end = &o->contexts;
  while (*end) end = &(*end)->next;
  *end = block;
  if (data) *data = block->data;
  return QS_STATUS_SUCCESS;
}

// Their memory lasts as long as the run does, so that a late access can be told (U-16).
void free_contexts(Object* o) {
  for (const ContextBlock* c = o->contexts; c; c = c->next) fw().driver_memory.give_back(c->data);
  o->contexts = nullptr;
}

void* find_context(Object* o, const qs_WDF_OBJECT_CONTEXT_TYPE_INFO* type) {
  if (type && type->UniqueType) type = type->UniqueType;
  for (ContextBlock* c = o->contexts; c; c = c->next)
    if (c->type == type) return c->data;
  return nullptr;
}

int32_t check_attributes(const qs_WDF_OBJECT_ATTRIBUTES* a, uint32_t may_set) {
  if (!a) return QS_STATUS_SUCCESS;
  if (a->Size != sizeof(*a)) return QS_STATUS_INFO_LENGTH_MISMATCH;
  if (a->ContextSizeOverride && !a->ContextTypeInfo) return QS_STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
  if (a->ContextTypeInfo && a->ContextSizeOverride &&
      a->ContextSizeOverride < a->ContextTypeInfo->ContextSize)
    return QS_STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
  if (a->ExecutionLevel <= 0 || a->ExecutionLevel > qs_WdfExecutionLevelDispatch ||
      a->SynchronizationScope <= 0 || a->SynchronizationScope > qs_WdfSynchronizationScopeNone)
    return QS_STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
  const bool scope = a->SynchronizationScope == qs_WdfSynchronizationScopeDevice ||
                     a->SynchronizationScope == qs_WdfSynchronizationScopeQueue;
  if (scope && !(may_set & kMaySetScope)) return QS_STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID;
  if (a->ExecutionLevel != qs_WdfExecutionLevelInheritFromParent && !(may_set & kMaySetLevel))
    return QS_STATUS_WDF_EXECUTION_LEVEL_INVALID;
  return QS_STATUS_SUCCESS;
}

}  // namespace qs::kmdf
