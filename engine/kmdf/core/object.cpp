#include "kmdf/core/object.h"

#include "kmdf/core/limits.h"
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
  if (--o->refs == 0) destroy(o);
}

void add_driver_ref(Object* o) {
  add_ref(o);
  ++o->driver_refs;
}

void release_driver_ref(Object* o) {
  --o->driver_refs;
  release(o);
}

// O-12a: children in order of creation, each subtree before its root, then the object itself.
void dispose(Object* o) {
  QS_HOLDS("O-12a", o->id, !o->delete_called);
  o->delete_called = true;
  for (Object* child = o->first_child; child;) {
    Object* next = child->next_sibling;
    if (!child->delete_called) {
      dispose(child);
      next = child->next_sibling;
    }
    child = next;
  }
  o->closing();
  call_context_callbacks(o, trace::CallbackKind::EvtCleanupCallback,
                         [](ContextBlock* c) { return c->cleanup; });
  o->closed();
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

namespace {

bool tree_needs_passive(const Object* o) {
  if (o->passive_level || o->disposal_waits()) return true;
  for (const Object* c = o->first_child; c; c = c->next_sibling)
    if (tree_needs_passive(c)) return true;
  return false;
}

void dispose_and_drop(Object* o) {
  dispose(o);
  drop_children(o);
  release(o);
}

}  // namespace

void delete_object(Object* o) {
  if (o->delete_called || o->deletion_waits) return;
  if (o->linked && o->parent->delete_called) return;  // goes with its parent
  if (rt::irql() > sched::kPassiveLevel && tree_needs_passive(o)) {
    o->deletion_waits = true;
    return rt::spawn(trace::ThreadKind::WorkItem, "deletion", o->id, [o] {
      unlink_child(o);
      dispose_and_drop(o);
    });
  }
  unlink_child(o);
  dispose_and_drop(o);
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

int32_t check_attributes(const qs_WDF_OBJECT_ATTRIBUTES* a) {
  if (!a) return QS_STATUS_SUCCESS;
  if (a->Size != sizeof(*a)) return QS_STATUS_INFO_LENGTH_MISMATCH;
  if (a->ContextSizeOverride && !a->ContextTypeInfo) return QS_STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
  if (a->ContextTypeInfo && a->ContextSizeOverride &&
      a->ContextSizeOverride < a->ContextTypeInfo->ContextSize)
    return QS_STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
  if (a->ExecutionLevel < 0 || a->ExecutionLevel > 3 || a->SynchronizationScope < 0 ||
      a->SynchronizationScope > 4)
    return QS_STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
  return QS_STATUS_SUCCESS;
}

}  // namespace qs::kmdf
