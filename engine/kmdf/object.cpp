#include "kmdf/object.h"

#include <mutex>

#include "kmdf/limits.h"

namespace qs::kmdf {

using rt::emit;

namespace {
rt::Guard family;  // of the links between parents and children
}

void link_child(Object* parent, Object* child) {
  child->parent = parent;
  if (!parent) return;
  std::lock_guard guard(family);
  child->next_sibling = parent->first_child;
  parent->first_child = child;
}

namespace {

void unlink_child(Object* child) {
  if (!child->parent) return;
  std::lock_guard guard(family);
  for (Object** at = &child->parent->first_child; *at; at = &(*at)->next_sibling)
    if (*at == child) {
      *at = child->next_sibling;
      break;
    }
  child->parent = nullptr;
}

template <class Pick>
void call_context_callbacks(Object* o, CallbackKind kind, Pick pick) {
  if (!o->callbacks_wanted) return;
  for (ContextBlock* c = o->contexts; c; c = c->next) {
    auto fn = pick(c);
    if (!fn) continue;
    DriverCall call(kind, o->id, {});
    fn(handle<WDFOBJECT>(o));
  }
}

void destroy(Object* o) {
  call_context_callbacks(o, CallbackKind::EvtDestroyCallback,
                         [](ContextBlock* c) { return c->destroy; });
  emit(EventCode::Delete, o->id);
  unlink_child(o);
  fw().forget(o);
  free_contexts(o);
  if (o->kind() == ObjectKind::Request) fw().recycle(static_cast<Request*>(o));
}

}  // namespace

void add_ref(Object* o) { o->refs.add(1); }

void release(Object* o) {
  if (o->refs.drop()) destroy(o);
}

void run_cleanup(Object* o, bool children_only) {
  for (Object* child = o->first_child; child;) {
    Object* next = child->next_sibling;
    delete_object(child);
    child = next;
  }
  if (children_only || o->delete_called) return;
  o->closing();
  o->delete_called = true;
  call_context_callbacks(o, CallbackKind::EvtCleanupCallback,
                         [](ContextBlock* c) { return c->cleanup; });
}

void delete_object(Object* o) {
  if (o->delete_called) return;
  run_cleanup(o);
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

namespace {
constexpr size_t kContextHeader = 16;
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
  if (bytes) {  // a context knows its object: WdfObjectContextGetObject
    auto* owner = static_cast<Object**>(fw().take_memory(kContextHeader + bytes));
    block->data = reinterpret_cast<char*>(owner) + kContextHeader;
    static_cast<Object**>(block->data)[-1] = o;
  }
  ContextBlock** end = &o->contexts;
  while (*end) end = &(*end)->next;
  *end = block;
  if (data) *data = block->data;
  return QS_STATUS_SUCCESS;
}

void free_contexts(Object* o) {
  for (ContextBlock* c = o->contexts; c;) {
    ContextBlock* next = c->next;
    if (c->data) fw().give_memory(static_cast<char*>(c->data) - kContextHeader);
    fw().give_memory(c);
    c = next;
  }
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
