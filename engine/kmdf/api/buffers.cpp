// WdfRequestRetrieve*: the buffers of a request as addresses, WDFMEMORY objects and MDLs; user
// addresses (1.4, V-26).
#include "kmdf/request/buffers.h"
#include "kmdf/api/common.h"
#include "kmdf/core/facts.h"
#include "kmdf/core/memory.h"
#include "kmdf/request/wdm_view.h"
#include "trace/events/words.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace {

void note_asked(Request* r, Direction direction) {
  (direction == Direction::Input ? r->irp->asked_input : r->irp->asked_output) = true;
}

// V-05, R-07: only the owner may look into the buffers. False: refused.
bool may_touch(Request* r) {
  if (r->completed || !r->irp) {
    tell_not_owned(r);
    if (verifier())
      verifier_break("R-07", r->id);
    else
      undefined_misuse("R-07", r->id);
    return false;
  }
  if (!verifier() || r->has(kVDriverOwned)) return true;
  tell_not_owned(r);
  verifier_break("V-05", r->id);
  return false;
}

// STATUS_BUFFER_TOO_SMALL when the buffer is empty or shorter than `required`.
int32_t usable(Request* r, Direction direction, size_t required, BufferRange* range) {
  if (!may_touch(r)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  int32_t status = request_buffer(r, direction, range);
  if (!NT_OK(status)) return status;
  if (range->length == 0 || range->length < required) return QS_STATUS_BUFFER_TOO_SMALL;
  lend_buffer(r, range->at, range->length);
  note_asked(r, direction);
  return QS_STATUS_SUCCESS;
}

int32_t retrieve_buffer(ApiFn fn, QS_SITE, WDFREQUEST request, Direction direction, size_t required,
                        void** buffer, size_t* length, Called what) {
  Request* r = request_of(request, what);
  ApiCall call(fn, file, line, r->id, {}, uint32_t(required));
  require(buffer, r->id);
  *buffer = nullptr;
  if (length) *length = 0;
  BufferRange range;
  int32_t status = usable(r, direction, required, &range);
  if (NT_OK(status)) {
    *buffer = range.at;
    if (length) *length = range.length;
  }
  return call.status(status);
}

// One object per request and direction, a child of the request: it goes at completion (K-05 step 4,
// V-10).
int32_t retrieve_memory(ApiFn fn, QS_SITE, WDFREQUEST request, Direction direction, WDFMEMORY* out,
                        Called what) {
  Request* r = request_of(request, what);
  ApiCall call(fn, file, line, r->id);
  require(out, r->id);
  *out = nullptr;
  BufferRange range;
  int32_t status = usable(r, direction, 0, &range);
  if (!NT_OK(status)) return call.status(status);
  Object*& slot = direction == Direction::Input ? r->in_memory : r->out_memory;
  if (!slot) {
    Memory* m = make_memory(range.at, range.length);
    m->preallocated = false;
    m->of_request = r;
    m->read_only = r->irp->type == trace::RequestType::Write;
    settle_new_object(m, r, nullptr);
    slot = m;
  }
  *out = handle<WDFMEMORY>(slot);
  return call.status(QS_STATUS_SUCCESS);
}

int32_t retrieve_mdl(ApiFn fn, QS_SITE, WDFREQUEST request, Direction direction, qs_MDL** mdl,
                     Called what) {
  Request* r = request_of(request, what);
  ApiCall call(fn, file, line, r->id);
  require(mdl, r->id);
  *mdl = nullptr;
  BufferRange range;
  int32_t status = usable(r, direction, 0, &range);
  if (NT_OK(status)) *mdl = wdm_mdl(range.at, range.length);
  return call.status(status);
}

// V-26.
int32_t retrieve_user(ApiFn fn, QS_SITE, WDFREQUEST request, Direction direction, size_t required,
                      void** buffer, size_t* length, Called what) {
  Request* r = request_of(request, what);
  ApiCall call(fn, file, line, r->id, {}, uint32_t(required));
  require(buffer, r->id);
  *buffer = nullptr;
  if (length) *length = 0;
  irql_allows(sched::kPassiveLevel, r->id);
  if (!may_touch(r)) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  bool outside = verifier() && !r->has(kVInCallerContext);
  if (outside || !is_neither(*r->irp)) {
    because(!outside ? "its transfer method is not METHOD_NEITHER"
            : is_neither(*r->irp)
                ? "this is not EvtIoInCallerContext"
                : "this is not EvtIoInCallerContext, and its transfer method is not "
                  "METHOD_NEITHER either");
    verifier_break("V-26", r->id);
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  }
  BufferRange range = user_buffer(r->irp, direction);
  if (!range.at && !range.length && r->irp->length)  // a read has no input, a write no output
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  if (range.length == 0 || range.length < required) return call.status(QS_STATUS_BUFFER_TOO_SMALL);
  *buffer = range.at;
  if (length) *length = range.length;
  note_asked(r, direction);
  return call.status(QS_STATUS_SUCCESS);
}

// V-26a: who may lock the sender's buffer: the owner, at PASSIVE_LEVEL, in the sender's context.
int32_t may_lock_user_buffer(Request* r) {
  int32_t status = QS_STATUS_SUCCESS;
  const Irp* irp = r->irp;
  if (rt::irql() > sched::kPassiveLevel || !r->has(kVDriverOwned) || !irp)
    status = QS_STATUS_INVALID_DEVICE_REQUEST;
  else if (irp->from_user && irp->sent_by != rt::self())
    status = QS_STATUS_ACCESS_VIOLATION;
  if (NT_OK(status)) return status;
  if (!irp || !r->has(kVDriverOwned))
    tell_not_owned(r);
  else
    because(rt::irql() > sched::kPassiveLevel
                ? std::string("this thread is at ") + trace::irql_words(rt::irql())
                : "this is not the thread that sent the request");
  verifier() ? verifier_break("V-26a", r->id) : undefined_misuse("V-26a", r->id);
  return status;
}

int32_t probe_and_lock(ApiFn fn, QS_SITE, WDFREQUEST request, void* buffer, size_t length,
                       WDFMEMORY* out, Called what) {
  Request* r = request_of(request, what);
  ApiCall call(fn, file, line, r->id, {}, uint32_t(length));
  require(out, r->id);
  *out = nullptr;
  int32_t status = may_lock_user_buffer(r);
  if (!NT_OK(status)) return call.status(status);
  if (!buffer || !length) return call.status(QS_STATUS_INVALID_USER_BUFFER);
  Memory* m = make_memory(buffer, length);
  m->preallocated = false;
  m->of_request = r;
  settle_new_object(m, r, nullptr);
  lend_buffer(r, buffer, length);
  *out = handle<WDFMEMORY>(m);
  return call.status(QS_STATUS_SUCCESS);
}

}  // namespace

int32_t qs_WdfRequestRetrieveInputBuffer(QS_SITE, WDFREQUEST request, size_t required,
                                         void** buffer, size_t* length) {
  return retrieve_buffer(ApiFn::WdfRequestRetrieveInputBuffer, file, line, request,
                         Direction::Input, required, buffer, length,
                         "WdfRequestRetrieveInputBuffer");
}

int32_t qs_WdfRequestRetrieveOutputBuffer(QS_SITE, WDFREQUEST request, size_t required,
                                          void** buffer, size_t* length) {
  return retrieve_buffer(ApiFn::WdfRequestRetrieveOutputBuffer, file, line, request,
                         Direction::Output, required, buffer, length,
                         "WdfRequestRetrieveOutputBuffer");
}

int32_t qs_WdfRequestRetrieveInputMemory(QS_SITE, WDFREQUEST request, WDFMEMORY* memory) {
  return retrieve_memory(ApiFn::WdfRequestRetrieveInputMemory, file, line, request,
                         Direction::Input, memory, {"WdfRequestRetrieveInputMemory", file, line});
}

int32_t qs_WdfRequestRetrieveOutputMemory(QS_SITE, WDFREQUEST request, WDFMEMORY* memory) {
  return retrieve_memory(ApiFn::WdfRequestRetrieveOutputMemory, file, line, request,
                         Direction::Output, memory, {"WdfRequestRetrieveOutputMemory", file, line});
}

int32_t qs_WdfRequestRetrieveInputWdmMdl(QS_SITE, WDFREQUEST request, qs_MDL** mdl) {
  return retrieve_mdl(ApiFn::WdfRequestRetrieveInputWdmMdl, file, line, request, Direction::Input,
                      mdl, {"WdfRequestRetrieveInputWdmMdl", file, line});
}

int32_t qs_WdfRequestRetrieveOutputWdmMdl(QS_SITE, WDFREQUEST request, qs_MDL** mdl) {
  return retrieve_mdl(ApiFn::WdfRequestRetrieveOutputWdmMdl, file, line, request, Direction::Output,
                      mdl, {"WdfRequestRetrieveOutputWdmMdl", file, line});
}

int32_t qs_WdfRequestRetrieveUnsafeUserInputBuffer(QS_SITE, WDFREQUEST request, size_t required,
                                                   void** buffer, size_t* length) {
  return retrieve_user(ApiFn::WdfRequestRetrieveUnsafeUserInputBuffer, file, line, request,
                       Direction::Input, required, buffer, length,
                       "WdfRequestRetrieveUnsafeUserInputBuffer");
}

int32_t qs_WdfRequestRetrieveUnsafeUserOutputBuffer(QS_SITE, WDFREQUEST request, size_t required,
                                                    void** buffer, size_t* length) {
  return retrieve_user(ApiFn::WdfRequestRetrieveUnsafeUserOutputBuffer, file, line, request,
                       Direction::Output, required, buffer, length,
                       "WdfRequestRetrieveUnsafeUserOutputBuffer");
}

int32_t qs_WdfRequestProbeAndLockUserBufferForRead(QS_SITE, WDFREQUEST request, void* buffer,
                                                   size_t length, WDFMEMORY* memory) {
  return probe_and_lock(ApiFn::WdfRequestProbeAndLockUserBufferForRead, file, line, request, buffer,
                        length, memory, {"WdfRequestProbeAndLockUserBufferForRead", file, line});
}

int32_t qs_WdfRequestProbeAndLockUserBufferForWrite(QS_SITE, WDFREQUEST request, void* buffer,
                                                    size_t length, WDFMEMORY* memory) {
  return probe_and_lock(ApiFn::WdfRequestProbeAndLockUserBufferForWrite, file, line, request,
                        buffer, length, memory,
                        {"WdfRequestProbeAndLockUserBufferForWrite", file, line});
}
