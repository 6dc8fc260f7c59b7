// WdfIoTarget*: creation, opening, state, formatting and the synchronous sends (rules T).
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/facts.h"
#include "kmdf/core/memory.h"
#include "kmdf/device/usb.h"
#include "kmdf/target/format.h"
#include "kmdf/target/io_target.h"

using namespace qs;
using namespace qs::kmdf;
using rt::emit;
using trace::Act;
using trace::ApiFn;
using trace::RequestType;
using State = ::qs::trace::TargetState;

namespace {

IoTarget* target_of(WDFIOTARGET t, Called what) {
  return checked<IoTarget>(t, ObjectKind::IoTarget, what);
}

law::Ruling target_ruling(const IoTarget* t, Act act) {
  law::Facts facts = call_facts();
  facts.target = facts_of(t);
  return law::on_target_change(facts, act);
}

}  // namespace

int32_t qs_WdfIoTargetCreate(QS_SITE, WDFDEVICE device, qs_WDF_OBJECT_ATTRIBUTES* attributes,
                             WDFIOTARGET* out) {
  auto* d = checked<Device>(device, ObjectKind::Device, {"WdfIoTargetCreate", file, line});
  ApiCall call(ApiFn::WdfIoTargetCreate, file, line, d->id);
  require(out, d->id);
  *out = nullptr;
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  Object* parent = parent_from(attributes, d, {"WdfIoTargetCreate", file, line});
  if (device_of(parent) != d) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  if (!takes_children(parent)) return call.status(QS_STATUS_DELETE_PENDING);
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  IoTarget* t = make_target(d, true);
  link_child(parent, t);
  attach_context(t, attributes, nullptr, false);
  *out = handle<WDFIOTARGET>(t);
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfIoTargetOpen(QS_SITE, WDFIOTARGET target, qs_WDF_IO_TARGET_OPEN_PARAMS* params) {
  IoTarget* t = target_of(target, {"WdfIoTargetOpen", file, line});
  ApiCall call(ApiFn::WdfIoTargetOpen, file, line, t->id);
  require(params, t->id);
  if (params->Size != sizeof(*params)) return call.status(QS_STATUS_INFO_LENGTH_MISMATCH);
  if (!irql_allows(sched::kPassiveLevel, t->id))
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  if (!t->remote) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  switch (params->Type) {
    case qs_WdfIoTargetOpenUseExistingDevice:
      if (!params->TargetDeviceObject) return call.status(QS_STATUS_INVALID_PARAMETER);
      break;
    case qs_WdfIoTargetOpenByName:
      if (!params->TargetDeviceName.Buffer || !params->TargetDeviceName.Length)
        return call.status(QS_STATUS_INVALID_PARAMETER);
      break;
    case qs_WdfIoTargetOpenReopen:
      if (t->open_params.Size == 0) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
      break;
    case qs_WdfIoTargetOpenLocalTargetByFile: break;
    default: return call.status(QS_STATUS_INVALID_PARAMETER);
  }
  if (t->open) return call.status(QS_STATUS_INVALID_DEVICE_STATE);
  t->open = t->ever_opened = true;
  if (params->Type != qs_WdfIoTargetOpenReopen) t->open_params = *params;
  set_target_state(t, State::Started);
  return call.status(QS_STATUS_SUCCESS);
}

void qs_WdfIoTargetClose(QS_SITE, WDFIOTARGET target) {
  IoTarget* t = target_of(target, {"WdfIoTargetClose", file, line});
  ApiCall call(ApiFn::WdfIoTargetClose, file, line, t->id);
  if (irql_allows(sched::kPassiveLevel, t->id) && t->remote) close_target(t, State::Closed);
}

void qs_WdfIoTargetCloseForQueryRemove(QS_SITE, WDFIOTARGET target) {
  IoTarget* t = target_of(target, {"WdfIoTargetCloseForQueryRemove", file, line});
  ApiCall call(ApiFn::WdfIoTargetClose, file, line, t->id, {}, 1);
  if (irql_allows(sched::kPassiveLevel, t->id) && t->remote)
    close_target(t, State::ClosedForQueryRemove);
}

int32_t qs_WdfIoTargetStart(QS_SITE, WDFIOTARGET target) {
  IoTarget* t = target_of(target, {"WdfIoTargetStart", file, line});
  ApiCall call(ApiFn::WdfIoTargetStart, file, line, t->id);
  const law::Ruling ruling = target_ruling(t, Act::TargetStart);
  if (ruling.status_known) return call.status(ruling.status);
  const int32_t status = start_target(t);
  if (NT_OK(status) && t->pipe) usb_reader(t->pipe, true);
  return call.status(status);
}

void qs_WdfIoTargetStop(QS_SITE, WDFIOTARGET target, qs_WDF_IO_TARGET_SENT_IO_ACTION action) {
  IoTarget* t = target_of(target, {"WdfIoTargetStop", file, line});
  ApiCall call(ApiFn::WdfIoTargetStop, file, line, t->id, {}, uint32_t(action));
  const bool waits = action != qs_WdfIoTargetLeaveSentIoPending;
  const bool cancels = action == qs_WdfIoTargetCancelSentIo;
  const Act act = !waits    ? Act::TargetStopLeave
                  : cancels ? Act::TargetStopCancel
                            : Act::TargetStopWait;
  if (t->pipe) usb_reader(t->pipe, false);
  if (carry_out(target_ruling(t, act), t->id)) stop_target(t, cancels, waits);
}

void qs_WdfIoTargetPurge(QS_SITE, WDFIOTARGET target, qs_WDF_IO_TARGET_PURGE_IO_ACTION action) {
  IoTarget* t = target_of(target, {"WdfIoTargetPurge", file, line});
  ApiCall call(ApiFn::WdfIoTargetPurge, file, line, t->id, {}, uint32_t(action));
  const bool waits = action == qs_WdfIoTargetPurgeIoAndWait;
  const Act act = waits ? Act::TargetPurgeWait : Act::TargetPurge;
  if (carry_out(target_ruling(t, act), t->id)) purge_target(t, waits);
}

qs_WDF_IO_TARGET_STATE qs_WdfIoTargetGetState(QS_SITE, WDFIOTARGET target) {
  IoTarget* t = target_of(target, {"WdfIoTargetGetState", file, line});
  ApiCall call(ApiFn::WdfIoTargetGetState, file, line, t->id);
  call.value(uint32_t(t->state));
  return qs_WDF_IO_TARGET_STATE(uint32_t(t->state));  // the same numbers
}

WDFDEVICE qs_WdfIoTargetGetDevice(QS_SITE, WDFIOTARGET target) {
  IoTarget* t = target_of(target, {"WdfIoTargetGetDevice", file, line});
  ApiCall call(ApiFn::WdfIoTargetGetDevice, file, line, t->id);
  return h(t->device);
}

// --- formatting ---

namespace {

int32_t format_call(ApiFn fn, QS_SITE, WDFIOTARGET target, WDFREQUEST request, RequestType type,
                    const MemoryRange& in, const MemoryRange& out, uint32_t code, int64_t* offset,
                    Called what) {
  IoTarget* t = target_of(target, what);
  Request* r = request_of(request, what);
  ApiCall call(fn, file, line, r->id, t->id, code);
  if (r->listed_in == RequestList::Waiting) {  // nobody looks, the verifier neither
    tell_not_owned(r);
    undefined_misuse("V-05", r->id, t->id);
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  }
  return call.status(format_request(r, t, type, in, out, code, offset ? *offset : 0));
}

MemoryRange range_of(WDFMEMORY memory, const qs_WDFMEMORY_OFFSET* offset, Called what) {
  MemoryRange range;
  if (memory) range.memory = checked<Memory>(memory, ObjectKind::Memory, what);
  range.offset = offset;
  return range;
}

}  // namespace

int32_t qs_WdfIoTargetFormatRequestForRead(QS_SITE, WDFIOTARGET target, WDFREQUEST request,
                                           WDFMEMORY out, qs_WDFMEMORY_OFFSET* out_offset,
                                           int64_t* device_offset) {
  const char* me = "WdfIoTargetFormatRequestForRead";
  return format_call(ApiFn::WdfIoTargetFormatRequestForRead, file, line, target, request,
                     RequestType::Read, {}, range_of(out, out_offset, me), 0, device_offset, me);
}

int32_t qs_WdfIoTargetFormatRequestForWrite(QS_SITE, WDFIOTARGET target, WDFREQUEST request,
                                            WDFMEMORY in, qs_WDFMEMORY_OFFSET* in_offset,
                                            int64_t* device_offset) {
  const char* me = "WdfIoTargetFormatRequestForWrite";
  return format_call(ApiFn::WdfIoTargetFormatRequestForWrite, file, line, target, request,
                     RequestType::Write, range_of(in, in_offset, me), {}, 0, device_offset, me);
}

int32_t qs_WdfIoTargetFormatRequestForIoctl(QS_SITE, WDFIOTARGET target, WDFREQUEST request,
                                            uint32_t code, WDFMEMORY in,
                                            qs_WDFMEMORY_OFFSET* in_offset, WDFMEMORY out,
                                            qs_WDFMEMORY_OFFSET* out_offset) {
  const char* me = "WdfIoTargetFormatRequestForIoctl";
  return format_call(ApiFn::WdfIoTargetFormatRequestForIoctl, file, line, target, request,
                     RequestType::DeviceControl, range_of(in, in_offset, me),
                     range_of(out, out_offset, me), code, nullptr, me);
}

int32_t qs_WdfIoTargetFormatRequestForInternalIoctl(QS_SITE, WDFIOTARGET target, WDFREQUEST request,
                                                    uint32_t code, WDFMEMORY in,
                                                    qs_WDFMEMORY_OFFSET* in_offset, WDFMEMORY out,
                                                    qs_WDFMEMORY_OFFSET* out_offset) {
  const char* me = "WdfIoTargetFormatRequestForInternalIoctl";
  return format_call(ApiFn::WdfIoTargetFormatRequestForInternalIoctl, file, line, target, request,
                     RequestType::InternalControl, range_of(in, in_offset, me),
                     range_of(out, out_offset, me), code, nullptr, me);
}

// --- synchronous sends: format, send, wait, with a request of their own when none is given ---

namespace {

struct SyncSend {
  ApiFn fn;
  Called what;
  RequestType type;
  qs_WDF_MEMORY_DESCRIPTOR* in;
  qs_WDF_MEMORY_DESCRIPTOR* out;
  uint32_t code;
  int64_t* offset;
};

// NTSTATUS; a buffer or MDL gets a memory object for the time of the call.
int32_t describe(const qs_WDF_MEMORY_DESCRIPTOR* d, MemoryRange* range, Memory** made) {
  *made = nullptr;
  if (!d) return QS_STATUS_SUCCESS;
  switch (d->Type) {
    case qs_WdfMemoryDescriptorTypeBuffer:
      *made = make_memory(d->u.BufferType.Buffer, d->u.BufferType.Length);
      break;
    case qs_WdfMemoryDescriptorTypeMdl: {
      const qs_MDL* mdl = d->u.MdlType.Mdl;
      if (!mdl) return QS_STATUS_INVALID_PARAMETER;
      *made = make_memory(mdl->MappedSystemVa,
                          d->u.MdlType.BufferLength ? d->u.MdlType.BufferLength : mdl->ByteCount);
      break;
    }
    case qs_WdfMemoryDescriptorTypeHandle:
      range->memory = checked<Memory>(d->u.HandleType.Memory, ObjectKind::Memory, "send");
      range->offset = d->u.HandleType.Offsets;
      return QS_STATUS_SUCCESS;
    default: return QS_STATUS_INVALID_PARAMETER;
  }
  range->memory = *made;
  return QS_STATUS_SUCCESS;
}

int32_t check_sync_options(const qs_WDF_REQUEST_SEND_OPTIONS* o) {
  if (!o) return QS_STATUS_SUCCESS;
  constexpr uint32_t allowed = qs_WDF_REQUEST_SEND_OPTION_TIMEOUT |
                               qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS |
                               qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE;
  if (o->Size != sizeof(*o)) return QS_STATUS_INFO_LENGTH_MISMATCH;
  return o->Flags & ~allowed ? QS_STATUS_INVALID_PARAMETER : QS_STATUS_SUCCESS;
}

int32_t send_and_wait(IoTarget* t, Request* r, const SyncSend& s,
                      const qs_WDF_REQUEST_SEND_OPTIONS* options, uintptr_t* bytes) {
  MemoryRange in, out;
  Memory* made[2] = {};
  int32_t status = describe(s.in, &in, &made[0]);
  if (NT_OK(status)) status = describe(s.out, &out, &made[1]);
  if (NT_OK(status))
    status = format_request(r, t, s.type, in, out, s.code, s.offset ? *s.offset : 0);
  if (NT_OK(status)) {
    uint32_t flags = (options ? options->Flags : 0) | qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS;
    add_ref(r);
    int64_t timeout = options ? options->Timeout : 0;
    if (submit(r, t, flags, timeout)) wait_for_sent(r, flags, timeout);
    status = r->send_status;
    if (bytes) *bytes = NT_OK(status) ? uintptr_t(work_of(r).information) : 0;
    release(r);
  }
  drop_target_format(r);
  for (Memory* m : made)
    if (m) delete_object(m);
  return status;
}

int32_t sync_call(const SyncSend& s, QS_SITE, WDFIOTARGET target, WDFREQUEST request,
                  const qs_WDF_REQUEST_SEND_OPTIONS* options, uintptr_t* bytes) {
  IoTarget* t = target_of(target, s.what);
  Request* given = request ? request_of(request, s.what) : nullptr;
  ApiCall call(s.fn, file, line, given ? given->id : t->id, t->id, s.code);
  if (bytes) *bytes = 0;
  if (!irql_allows(sched::kPassiveLevel, t->id))
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  int32_t status = check_sync_options(options);
  if (!NT_OK(status)) return call.status(status);
  if (given) {
    check_not_sent(given, t);
    return call.status(send_and_wait(t, given, s, options, bytes));
  }
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  Request* own = make_driver_request(t);
  status = send_and_wait(t, own, s, options, bytes);
  delete_object(own);
  return call.status(status);
}

}  // namespace

int32_t qs_WdfIoTargetSendReadSynchronously(QS_SITE, WDFIOTARGET target, WDFREQUEST request,
                                            qs_WDF_MEMORY_DESCRIPTOR* out, int64_t* offset,
                                            qs_WDF_REQUEST_SEND_OPTIONS* options,
                                            uintptr_t* bytes) {
  return sync_call({ApiFn::WdfIoTargetSendReadSynchronously,
                    {"WdfIoTargetSendReadSynchronously", file, line},
                    RequestType::Read,
                    nullptr,
                    out,
                    0,
                    offset},
                   file, line, target, request, options, bytes);
}

int32_t qs_WdfIoTargetSendWriteSynchronously(QS_SITE, WDFIOTARGET target, WDFREQUEST request,
                                             qs_WDF_MEMORY_DESCRIPTOR* in, int64_t* offset,
                                             qs_WDF_REQUEST_SEND_OPTIONS* options,
                                             uintptr_t* bytes) {
  return sync_call({ApiFn::WdfIoTargetSendWriteSynchronously,
                    {"WdfIoTargetSendWriteSynchronously", file, line},
                    RequestType::Write,
                    in,
                    nullptr,
                    0,
                    offset},
                   file, line, target, request, options, bytes);
}

int32_t qs_WdfIoTargetSendIoctlSynchronously(QS_SITE, WDFIOTARGET target, WDFREQUEST request,
                                             uint32_t code, qs_WDF_MEMORY_DESCRIPTOR* in,
                                             qs_WDF_MEMORY_DESCRIPTOR* out,
                                             qs_WDF_REQUEST_SEND_OPTIONS* options,
                                             uintptr_t* bytes) {
  return sync_call({ApiFn::WdfIoTargetSendIoctlSynchronously,
                    {"WdfIoTargetSendIoctlSynchronously", file, line},
                    RequestType::DeviceControl,
                    in,
                    out,
                    code,
                    nullptr},
                   file, line, target, request, options, bytes);
}

int32_t qs_WdfIoTargetSendInternalIoctlSynchronously(
    QS_SITE, WDFIOTARGET target, WDFREQUEST request, uint32_t code, qs_WDF_MEMORY_DESCRIPTOR* in,
    qs_WDF_MEMORY_DESCRIPTOR* out, qs_WDF_REQUEST_SEND_OPTIONS* options, uintptr_t* bytes) {
  return sync_call({ApiFn::WdfIoTargetSendInternalIoctlSynchronously,
                    "WdfIoTargetSendInternalIoctlSynchronously", RequestType::InternalControl, in,
                    out, code, nullptr},
                   file, line, target, request, options, bytes);
}
