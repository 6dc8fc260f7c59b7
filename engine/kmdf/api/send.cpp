// WdfRequest*, the target half: requests of the driver's own, formatting, sending, canceling what
// was sent (12.1 to 12.3).
#include "kmdf/api/common.h"
#include "kmdf/core/facts.h"
#include "kmdf/target/format.h"

using namespace qs;
using namespace qs::kmdf;
using rt::emit;

namespace qs::kmdf {

Request* make_driver_request(IoTarget* target) {
  Irp* irp = fw().new_irp();
  ObjectId id = fw().next_id(ObjectKind::Request);
  Request* r = fw().new_request(id);
  fw().remember(r);
  irp->id = id;
  irp->created_by_driver = true;
  irp->from_user = false;
  irp->device = target ? target->device : nullptr;
  irp->request = r;
  r->irp = irp;
  r->driver_created = true;
  r->presented = true;  // R-05 (e)
  r->vflags = kVDriverOwned;
  emit(trace::EventCode::Create, id, target ? target->id : ObjectId());
  emit(trace::EventCode::Own, id, {}, uint32_t(trace::OwnReason::DriverCreated));
  return r;
}

void check_can_format(Request* r) {
  if (!r->irp) because("it has no IRP: it is completed, or was made without a target");
  if (!r->irp) bugcheck("V-37", 0x6, 2, r->id.raw, r->id, {}, false, true);
  if (r->stack_locations < 2) because("its IRP has no stack location left");
  if (r->stack_locations < 2) bugcheck("V-37", 0x6, 1, r->id.raw, r->id, {}, false, true);
}

void check_not_sent(Request* r, IoTarget* t) {
  if (r->target) bugcheck("V-33", 0x6, 3, r->id.raw, r->id, t->id, false, true);
  if (r->cancelable_listed || (r->on_cancel_list && !r->has(kVCancelled)))
    undefined_misuse("C-61", r->id, t->id);
}

namespace {

// The bytes a range covers; false when they are not in the memory.
bool resolve(const MemoryRange& range, size_t* at, size_t* length) {
  *at = 0;
  *length = range.memory ? range.memory->size : 0;
  if (!range.offset) return true;
  if (!range.memory) return range.offset->BufferOffset == 0 && range.offset->BufferLength == 0;
  size_t size = range.memory->size;
  if (range.offset->BufferOffset > size) return false;
  *at = range.offset->BufferOffset;
  *length = range.offset->BufferLength ? range.offset->BufferLength : size - *at;
  return *length <= size - *at;
}

WDFMEMORY memory_handle(Memory* m) { return handle<WDFMEMORY>(m); }

}  // namespace

int32_t format_request(Request* r, IoTarget* t, trace::RequestType type, const MemoryRange& in,
                       const MemoryRange& out, uint32_t code, int64_t device_offset) {
  check_can_format(r);
  if (r->target) bugcheck("V-33", 0x6, 3, r->id.raw, r->id, t->id, false, true);
  size_t in_at, in_length, out_at, out_length;
  if (!resolve(in, &in_at, &in_length) || !resolve(out, &out_at, &out_length))
    return QS_STATUS_INVALID_PARAMETER;
  if (!t->has_device()) return QS_STATUS_INVALID_DEVICE_STATE;  // T-01
  if (!r->driver_created && r->stack_locations <= t->lower.stack_size)
    return QS_STATUS_REQUEST_NOT_ACCEPTED;
  if (fw().allocation_fails()) return QS_STATUS_INSUFFICIENT_RESOURCES;
  TargetWork& w = work_of(r);
  for (Memory* m : {in.memory, out.memory})
    if (m) add_ref(m);  // before the old ones go: they may be the same
  drop_target_format(r);
  w.memory[0] = in.memory;
  w.memory[1] = out.memory;
  w.params = {};
  w.params.Size = sizeof(w.params);
  w.params.Type = int32_t(type);
  w.device_offset = device_offset;
  w.input_length = uint32_t(in_length);
  auto& p = w.params.Parameters;
  switch (type) {
    case trace::RequestType::Read: p.Read = {memory_handle(out.memory), out_length, out_at}; break;
    case trace::RequestType::Write: p.Write = {memory_handle(in.memory), in_length, in_at}; break;
    default:
      p.Ioctl.IoControlCode = code;
      p.Ioctl.Input = {memory_handle(in.memory), in_at};
      p.Ioctl.Output = {memory_handle(out.memory), out_at, out_length};
      break;
  }
  r->format_target = t;
  r->format_type = type;
  r->formatted_with_target = true;
  r->vflags |= kVFormatted;
  return QS_STATUS_SUCCESS;
}

}  // namespace qs::kmdf

namespace {

ObjectId target_id(const Request* r) { return r->target ? r->target->id : ObjectId(); }

// The parameters of the IRP itself go to the next driver (T-04).
void format_as_it_is(Request* r, trace::RequestType type) {
  TargetWork& w = work_of(r);
  drop_target_format(r);
  w.params = {};
  w.params.Size = sizeof(w.params);
  w.params.Type = int32_t(type);
  if (type == trace::RequestType::Read || type == trace::RequestType::Write)
    w.params.Parameters.Read.Length = r->irp->length;
  else
    w.params.Parameters.Ioctl.IoControlCode = r->irp->code;
  r->format_type = type;
  r->formatted_with_target = false;
  r->vflags |= kVFormatted;
}

}  // namespace

int32_t qs_WdfRequestCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFIOTARGET target,
                            WDFREQUEST* out) {
  auto* t = target
                ? checked<IoTarget>(target, ObjectKind::IoTarget, {"WdfRequestCreate", file, line})
                : nullptr;
  ApiCall call(trace::ApiFn::WdfRequestCreate, file, line, t ? t->id : ObjectId());
  require(out);
  *out = nullptr;
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  if (t && !t->has_device()) return call.status(QS_STATUS_INVALID_DEVICE_STATE);
  Object* parent = parent_from(attributes, fw().driver, {"WdfRequestCreate", file, line});
  if (!takes_children(parent)) return call.status(QS_STATUS_DELETE_PENDING);
  Request* r = make_driver_request(t);
  link_child(parent, r);
  attach_context(r, attributes, nullptr, false);
  *out = h(r);
  return call.status(QS_STATUS_SUCCESS);
}

// IRPs from elsewhere do not exist here: nobody but the framework makes them.
int32_t qs_WdfRequestCreateFromIrp(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES*, qs_IRP*, uint8_t,
                                   WDFREQUEST* out) {
  if (out) *out = nullptr;
  qs_not_simulated(file, line, "WdfRequestCreateFromIrp");
  return QS_STATUS_NOT_SUPPORTED;
}

int32_t qs_WdfRequestReuse(QS_SITE, WDFREQUEST request,
                           qs_WDF_REQUEST_REUSE_PARAMS* params) {  // T-24
  Request* r = request_of(request, {"WdfRequestReuse", file, line});
  ApiCall call(trace::ApiFn::WdfRequestReuse, file, line, r->id);
  require(params, r->id);
  constexpr uint32_t known = qs_WDF_REQUEST_REUSE_SET_NEW_IRP;
  if (params->Size != sizeof(*params) || (params->Flags & ~known))
    return call.status(QS_STATUS_INVALID_PARAMETER);
  if (r->target) {  // V-38
    if (!verifier()) undefined_misuse("V-38", r->id, r->target->id);
    verifier_break("V-38", r->id,
                   r->target->id);  // and goes on: nobody is notified when it is back
  }
  bool new_irp = params->Flags & qs_WDF_REQUEST_REUSE_SET_NEW_IRP;
  if (new_irp && !r->driver_created) return call.status(QS_STATUS_WDF_REQUEST_INVALID_STATE);
  if (new_irp) {
    qs_not_simulated(file, line, "WDF_REQUEST_REUSE_SET_NEW_IRP");
    return call.status(QS_STATUS_NOT_SUPPORTED);
  }
  if (!r->irp) return call.status(QS_STATUS_WDF_REQUEST_INVALID_STATE);
  drop_target_format(r);
  r->formatted_with_target = false;
  r->irp->cancel_flag = false;
  r->irp->status = params->Status;
  r->irp->information = 0;
  r->canceled_bit = r->completed = r->timed_out = false;
  if (fw().options.client_minor >= 9) r->completion_routine = nullptr;
  r->send_status = params->Status;
  emit(trace::EventCode::Reuse, r->id);
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfRequestChangeTarget(QS_SITE, WDFREQUEST request, WDFIOTARGET target) {  // T-23
  Request* r = request_of(request, {"WdfRequestChangeTarget", file, line});
  auto* t = checked<IoTarget>(target, ObjectKind::IoTarget, {"WdfRequestChangeTarget", file, line});
  ApiCall call(trace::ApiFn::WdfRequestChangeTarget, file, line, r->id, t->id);
  if (r->target) bugcheck("V-33", 0x6, 3, r->id.raw, r->id, r->target->id, false, true);
  if (!t->has_device()) return call.status(QS_STATUS_INVALID_DEVICE_STATE);
  if (r->stack_locations <= t->lower.stack_size) {
    if (!r->driver_created) return call.status(QS_STATUS_REQUEST_NOT_ACCEPTED);
    if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
    r->stack_locations = t->lower.stack_size + 1;  // a new, larger IRP
  }
  return call.status(QS_STATUS_SUCCESS);
}

void qs_WdfRequestFormatRequestUsingCurrentType(QS_SITE, WDFREQUEST request) {  // T-04
  Request* r = request_of(request, {"WdfRequestFormatRequestUsingCurrentType", file, line});
  ApiCall call(trace::ApiFn::WdfRequestFormatRequestUsingCurrentType, file, line, r->id);
  check_can_format(r);
  if (carry_out(law::on_format(call_facts(r)), r->id)) format_as_it_is(r, r->irp->type);
}

void qs_WdfRequestWdmFormatUsingStackLocation(QS_SITE, WDFREQUEST request,
                                              qs_IO_STACK_LOCATION* stack) {
  Request* r = request_of(request, {"WdfRequestWdmFormatUsingStackLocation", file, line});
  ApiCall call(trace::ApiFn::WdfRequestWdmFormatUsingStackLocation, file, line, r->id);
  require(stack, r->id);
  check_can_format(r);
  if (!carry_out(law::on_format(call_facts(r)), r->id)) return;
  auto type = trace::RequestType(stack->MajorFunction);
  if (r->driver_created) {  // its IRP has nothing of its own that could be overwritten
    Irp& irp = *r->irp;
    irp.type = type;
    bool control =
        type == trace::RequestType::DeviceControl || type == trace::RequestType::InternalControl;
    irp.length = control ? stack->Parameters.DeviceIoControl.InputBufferLength
                         : stack->Parameters.Read.Length;
    irp.out_length = control ? stack->Parameters.DeviceIoControl.OutputBufferLength : 0;
    irp.code = control ? stack->Parameters.DeviceIoControl.IoControlCode : 0;
  }
  format_as_it_is(r, type);
}

void qs_WdfRequestSetCompletionRoutine(QS_SITE, WDFREQUEST request,
                                       qs_EVT_WDF_REQUEST_COMPLETION_ROUTINE* routine,
                                       void* context) {
  Request* r = request_of(request, {"WdfRequestSetCompletionRoutine", file, line});
  ApiCall call(trace::ApiFn::WdfRequestSetCompletionRoutine, file, line, r->id);
  if (!carry_out(law::on_set_routine(call_facts(r)), r->id)) return;
  r->completion_routine = routine;
  r->completion_context = routine ? context : nullptr;
}

void qs_WdfRequestGetCompletionParams(QS_SITE, WDFREQUEST request,
                                      qs_WDF_REQUEST_COMPLETION_PARAMS* params) {
  Request* r = request_of(request, {"WdfRequestGetCompletionParams", file, line});
  ApiCall call(trace::ApiFn::WdfRequestGetCompletionParams, file, line, r->id);
  require(params, r->id);
  *params = work_of(r).params;
  params->Size = sizeof(*params);
  if (!r->sends) params->Type = qs_WdfRequestTypeNoFormat;
}

int32_t qs_WdfRequestAllocateTimer(QS_SITE, WDFREQUEST request) {  // T-12
  Request* r = request_of(request, {"WdfRequestAllocateTimer", file, line});
  ApiCall call(trace::ApiFn::WdfRequestAllocateTimer, file, line, r->id);
  TargetWork& w = work_of(r);
  if (!w.timer_allocated && fw().allocation_fails())
    return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  w.timer_allocated = true;
  return call.status(QS_STATUS_SUCCESS);
}

// --- sending ---

namespace {

// V-36: size and flags (T-09). Send-and-forget with other flags is T-14's.
bool options_valid(const qs_WDF_REQUEST_SEND_OPTIONS* o) {
  constexpr uint32_t known =
      qs_WDF_REQUEST_SEND_OPTION_TIMEOUT | qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS |
      qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE | qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET |
      qs_WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT |
      qs_WDF_REQUEST_SEND_OPTION_IMPERSONATION_IGNORE_FAILURE;
  return !o || (o->Size == sizeof(*o) && (o->Flags & ~known) == 0);
}

// FALSE with a reason, and a break when `rule` is given.
uint8_t refuse(Request* r, IoTarget* t, int32_t status, const char* rule) {
  if (rule) verifier_break(rule, r->id, t->id);
  r->send_status = status;
  return 0;
}

}  // namespace

uint8_t qs_WdfRequestSend(QS_SITE, WDFREQUEST request, WDFIOTARGET target,
                          qs_WDF_REQUEST_SEND_OPTIONS* options) {
  Request* r = request_of(request, {"WdfRequestSend", file, line});
  auto* t = checked<IoTarget>(target, ObjectKind::IoTarget, {"WdfRequestSend", file, line});
  uint32_t flags = options ? options->Flags : 0;
  ApiCall call(trace::ApiFn::WdfRequestSend, file, line, r->id, t->id, flags);
  bool sync = flags & qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS;
  if (!options_valid(options)) return call.value(refuse(r, t, QS_STATUS_INVALID_PARAMETER, "V-36"));
  const bool forgets = flags & qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
  law::Facts facts = call_facts(r);
  facts.target = facts_of(t);
  facts.request.fits = r->stack_locations > t->lower.stack_size;
  facts.request.other_options = forgets && flags != qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
  const law::Ruling ruling = law::on_send(facts, forgets ? law::SendKind::Forget
                                                 : sync  ? law::SendKind::Synchronous
                                                         : law::SendKind::Asynchronous);
  if (!carry_out(ruling, r->id, t->id)) return call.value(refuse(r, t, ruling.status, nullptr));
  if (forgets) {
    send_and_forget(r, t);
    return call.value(uint8_t(1));
  }
  add_ref(r);  // a synchronous send looks at it afterward
  int64_t timeout = options ? options->Timeout : 0;
  bool sent = submit(r, t, flags, timeout);
  if (sent && sync) wait_for_sent(r, flags, timeout);
  release(r);
  return call.value(uint8_t(sent));
}

uint8_t qs_WdfRequestCancelSentRequest(QS_SITE, WDFREQUEST request) {  // T-16
  Request* r = request_of(request, {"WdfRequestCancelSentRequest", file, line});
  ApiCall call(trace::ApiFn::WdfRequestCancelSentRequest, file, line, r->id, target_id(r));
  if (!carry_out(law::on_cancel_sent(call_facts(r)), r->id)) return call.value(uint8_t(0));
  return call.value(uint8_t(cancel_sent_request(r)));
}
