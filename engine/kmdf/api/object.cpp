// Objects: contexts, references, deletion (1.5, O-04, O-09, O-10, O-12a).
#include "kmdf/core/facts.h"
#include "kmdf/target/io_target.h"

using namespace qs;
using namespace qs::kmdf;

int32_t qs_WdfObjectCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFOBJECT* object) {
  ApiCall call(trace::ApiFn::WdfObjectCreate, file, line);
  if (!object) bugcheck("V-04", 0x4, 0, 0);
  int32_t status = check_attributes(attributes, kMaySetLevel);
  if (!NT_OK(status)) return call.status(status);
  Object* parent = attributes && attributes->ParentObject
                       ? object_of(attributes->ParentObject, {"WdfObjectCreate", file, line})
                       : fw().driver;
  if (!takes_children(parent)) return call.status(QS_STATUS_DELETE_PENDING);
  Object* o = fw().make<Object>(ObjectKind::Generic);
  o->passive_level = attributes && attributes->ExecutionLevel == qs_WdfExecutionLevelPassive;
  link_child(parent, o);
  attach_context(o, attributes, nullptr, false);
  *object = handle<WDFOBJECT>(o);
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfObjectAllocateContext(QS_SITE, WDFOBJECT object, qs_WDF_OBJECT_ATTRIBUTES* attributes,
                                    void** context) {
  Object* o = object_of(object, {"WdfObjectAllocateContext", file, line});
  ApiCall call(trace::ApiFn::WdfObjectAllocateContext, file, line, o->id);
  if (!attributes) bugcheck("V-04", 0x4, 0, 0);
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  if (attributes->ParentObject) return call.status(QS_STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED);
  if (!attributes->ContextTypeInfo) return call.status(QS_STATUS_OBJECT_NAME_INVALID);
  if (!takes_children(o)) return call.status(QS_STATUS_DELETE_PENDING);
  return call.status(attach_context(o, attributes, context, true));
}

void* qs_WdfObjectGetTypedContextWorker(QS_SITE, WDFOBJECT object,
                                        const qs_WDF_OBJECT_CONTEXT_TYPE_INFO* type) {
  (void)file;
  (void)line;
  if (!object) bugcheck("V-04", 0x4, 0, 0);
  return find_context(object_of(object, {"WdfObjectGetTypedContext", file, line}), type);
}

WDFOBJECT qs_WdfObjectContextGetObject(QS_SITE, void* context) {
  (void)file;
  (void)line;
  if (!context) bugcheck("V-04", 0x4, 0, 0);
  return handle<WDFOBJECT>(fw().object_of_context(context));
}

void qs_WdfObjectReference(QS_SITE, WDFOBJECT object, void*) {
  Object* o = object_of(object, {"WdfObjectReference", file, line});
  ApiCall call(trace::ApiFn::WdfObjectReference, file, line, o->id);
  o = object_of(object, {"WdfObjectReference", file, line});  // others may have come first
  add_driver_ref(o);
  rt::emit(trace::EventCode::Refs, o->id, {}, uint32_t(o->refs));
}

void qs_WdfObjectDereference(QS_SITE, WDFOBJECT object, void*) {
  Object* o = object_of(object, {"WdfObjectDereference", file, line});
  ApiCall call(trace::ApiFn::WdfObjectDereference, file, line, o->id);
  o = object_of(object, {"WdfObjectDereference", file, line});
  bool live = !o->delete_called &&
              (o->kind() != ObjectKind::Request || !static_cast<Request*>(o)->completed);
  if (o->refs == 1 && live) bugcheck("V-40", 0x7, o->id.raw, 0, o->id, {}, true);  // V-40
  rt::emit(trace::EventCode::Refs, o->id, {}, uint32_t(o->refs - 1));
  if (o->kind() == ObjectKind::Request && static_cast<Request*>(o)->found_refs > 0)
    --static_cast<Request*>(o)->found_refs;
  release_driver_ref(o);
}

namespace {

// O-09, T-01, T-02: what a driver may not delete.
bool may_delete(Object* o) {
  switch (o->kind()) {
    case ObjectKind::Queue:
      return carry_out(law::on_delete_queue(call_facts(static_cast<Queue*>(o))), o->id);
    case ObjectKind::IoTarget: return static_cast<IoTarget*>(o)->remote;
    case ObjectKind::Request: return may_delete_request(static_cast<Request*>(o));
    default: return true;
  }
}

}  // namespace

void qs_WdfObjectDelete(QS_SITE, WDFOBJECT object) {
  Object* o = object_of(object, {"WdfObjectDelete", file, line});
  ApiCall call(trace::ApiFn::WdfObjectDelete, file, line, o->id);
  if (may_delete(o)) delete_object(o);
}
