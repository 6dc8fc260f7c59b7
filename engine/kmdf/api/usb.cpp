// WdfUsb*: the virtual USB device (device/usb.h). Pipes are targets, so sending to them and
// canceling there are rules T.
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/memory.h"
#include "kmdf/core/nt.h"
#include "kmdf/device/usb.h"
#include "kmdf/target/format.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;
using trace::RequestType;

namespace {

UsbDevice* usb_arg(WDFUSBDEVICE handle, Called what) {
  auto* t = checked<IoTarget>(handle, ObjectKind::IoTarget, what);
  UsbDevice* usb = t->device ? usb_of(t->device) : nullptr;
  if (!usb || usb->target != t) bugcheck("V-04", 0x5, t->id.raw, 0, t->id);
  return usb;
}

UsbDevice* interface_arg(WDFUSBINTERFACE handle, Called what) {
  Object* o = object_of(handle, what, ObjectKind::Generic);
  auto* i = dynamic_cast<UsbInterface*>(o);
  if (!i) bugcheck("V-04", 0x5, o->id.raw, 0, o->id);
  return i->usb;
}

UsbPipe* pipe_arg(WDFUSBPIPE handle, Called what) {
  auto* t = checked<IoTarget>(handle, ObjectKind::IoTarget, what);
  if (!t->pipe) bugcheck("V-04", 0x5, t->id.raw, 0, t->id);
  return t->pipe;
}

WDFUSBINTERFACE h_interface(const UsbDevice* usb) {
  return handle<WDFUSBINTERFACE>(usb->interface);
}

void describe_pipe(const UsbPipe& pipe, qs_USB_PIPE_INFORMATION* info) {
  if (!info) return;
  *info = {info->Size, pipe.packet, pipe.address, uint8_t(pipe.type == 4 ? 10 : 0),
           0,          pipe.type,   0x400000};
}

// Device, configuration with one interface, three endpoints; as the board describes itself.
constexpr uint8_t kDeviceDescriptor[18] = {18,   1,    0x00, 0x02, 0xFF, 0, 0, 64, 0x47,
                                           0x05, 0x02, 0x10, 0x00, 0x00, 0, 1, 0,  1};
constexpr uint8_t kConfiguration[39] = {9, 2, 39,   0, 1,  1,    0,  0xA0, 50,  // configuration
                                        9, 4, 0,    0, 3,  0xFF, 0,  0,    0,   // interface
                                        7, 5, 0x81, 3, 64, 0,    10,            // interrupt in
                                        7, 5, 0x06, 2, 0,  2,    0,             // bulk out
                                        7, 5, 0x88, 2, 0,  2,    0};            // bulk in

int32_t format_pipe(ApiFn fn, QS_SITE, WDFUSBPIPE pipe, WDFREQUEST request, RequestType type,
                    WDFMEMORY memory, const qs_WDFMEMORY_OFFSET* offset, Called what) {
  UsbPipe* p = pipe_arg(pipe, what);
  Request* r = request_of(request, what);
  ApiCall call(fn, file, line, r->id, p->target->id);
  if (p->is_in() != (type == RequestType::Read))
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  MemoryRange range;
  if (memory) range.memory = checked<Memory>(memory, ObjectKind::Memory, what);
  range.offset = offset;
  const bool read = type == RequestType::Read;
  return call.status(format_request(r, p->target, type, read ? MemoryRange() : range,
                                    read ? range : MemoryRange(), 0, 0));
}

}  // namespace

int32_t qs_WdfUsbTargetDeviceCreate(QS_SITE, WDFDEVICE device, qs_WDF_OBJECT_ATTRIBUTES* attributes,
                                    WDFUSBDEVICE* out) {
  Device* d = device_arg(device, {"WdfUsbTargetDeviceCreate", file, line});
  ApiCall call(ApiFn::WdfUsbTargetDeviceCreate, file, line, d->id);
  require(out, d->id);
  *out = nullptr;
  if (!irql_allows(sched::kPassiveLevel)) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  const int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  UsbDevice* usb = make_usb(d);
  if (!usb) {
    qs_not_simulated(file, line, "WdfUsbTargetDeviceCreate without hardware = \"fx2\"");
    return call.status(QS_STATUS_NOT_SUPPORTED);
  }
  if (fw().user_mode) configure_usb(usb);  // a UMDF driver finds it configured
  attach_context(usb->target, attributes, nullptr, false);
  *out = handle<WDFUSBDEVICE>(usb->target);
  return call.status(QS_STATUS_SUCCESS);
}

void qs_WdfUsbTargetDeviceGetDeviceDescriptor(QS_SITE, WDFUSBDEVICE device, void* out) {
  SiteScope site(file, line);
  UsbDevice* usb = usb_arg(device, {"WdfUsbTargetDeviceGetDeviceDescriptor", file, line});
  require(out, usb->target->id);
  std::memcpy(out, kDeviceDescriptor, sizeof kDeviceDescriptor);
}

int32_t qs_WdfUsbTargetDeviceRetrieveConfigDescriptor(QS_SITE, WDFUSBDEVICE device, void* out,
                                                      uint16_t* length) {
  SiteScope site(file, line);
  UsbDevice* usb = usb_arg(device, {"WdfUsbTargetDeviceRetrieveConfigDescriptor", file, line});
  require(length, usb->target->id);
  const uint16_t room = *length;
  *length = sizeof kConfiguration;
  if (!out || room < sizeof kConfiguration) return QS_STATUS_BUFFER_TOO_SMALL;
  std::memcpy(out, kConfiguration, sizeof kConfiguration);
  return QS_STATUS_SUCCESS;
}

int32_t qs_usb_traits(QS_SITE, WDFUSBDEVICE device, uint32_t* traits) {
  SiteScope site(file, line);
  usb_arg(device, {"WdfUsbTargetDeviceRetrieveInformation", file, line});
  *traits = 2 | 4;  // remote wake capable, at high speed
  return QS_STATUS_SUCCESS;
}

int32_t qs_usb_select_config(QS_SITE, WDFUSBDEVICE device, WDFUSBINTERFACE* interface,
                             uint8_t* pipes) {
  UsbDevice* usb = usb_arg(device, {"WdfUsbTargetDeviceSelectConfig", file, line});
  ApiCall call(ApiFn::WdfUsbTargetDeviceSelectConfig, file, line, usb->target->id);
  if (!irql_allows(sched::kPassiveLevel)) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  configure_usb(usb);
  *interface = h_interface(usb);
  *pipes = kUsbPipes;
  return call.status(QS_STATUS_SUCCESS);
}

uint8_t qs_WdfUsbTargetDeviceGetNumInterfaces(QS_SITE, WDFUSBDEVICE device) {
  SiteScope site(file, line);
  usb_arg(device, {"WdfUsbTargetDeviceGetNumInterfaces", file, line});
  return 1;
}

WDFUSBINTERFACE qs_WdfUsbTargetDeviceGetInterface(QS_SITE, WDFUSBDEVICE device, uint8_t index) {
  SiteScope site(file, line);
  UsbDevice* usb = usb_arg(device, {"WdfUsbTargetDeviceGetInterface", file, line});
  return index == 0 ? h_interface(usb) : nullptr;
}

int32_t qs_WdfUsbTargetDeviceSendControlTransferSynchronously(
    QS_SITE, WDFUSBDEVICE device, WDFREQUEST, qs_WDF_REQUEST_SEND_OPTIONS*, void* setup,
    qs_WDF_MEMORY_DESCRIPTOR* memory, uint32_t* transferred) {
  const Called what("WdfUsbTargetDeviceSendControlTransferSynchronously", file, line);
  UsbDevice* usb = usb_arg(device, what);
  require(setup, usb->target->id);
  const uint8_t code = static_cast<const uint8_t*>(setup)[1];
  ApiCall call(ApiFn::WdfUsbTargetDeviceSendControlTransferSynchronously, file, line,
               usb->target->id, {}, code);
  if (transferred) *transferred = 0;
  if (!irql_allows(sched::kPassiveLevel, usb->target->id))
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  if (usb->target->state != trace::TargetState::Started)
    return call.status(QS_STATUS_INVALID_DEVICE_STATE);
  sleep_until(due_of(-int64_t(kUsbDelay) * 10), trace::WaitReason::SyncSend, usb->target->id);
  uint8_t* data = nullptr;
  size_t length = 0;
  if (memory && memory->Type == qs_WdfMemoryDescriptorTypeBuffer) {
    data = static_cast<uint8_t*>(memory->u.BufferType.Buffer);
    length = memory->u.BufferType.Length;
  } else if (memory && memory->Type == qs_WdfMemoryDescriptorTypeHandle) {
    auto* m = checked<Memory>(memory->u.HandleType.Memory, ObjectKind::Memory, what);
    const auto* offsets = memory->u.HandleType.Offsets;
    const size_t from = offsets ? std::min(offsets->BufferOffset, m->size) : 0;
    data = static_cast<uint8_t*>(m->buffer) + from;
    length = m->size - from;
  }
  uint32_t bytes = 0;
  const int32_t status = usb_control(usb, code, data, length, &bytes);
  if (transferred) *transferred = bytes;
  return call.status(status);
}

int32_t qs_WdfUsbTargetDeviceIsConnectedSynchronous(QS_SITE, WDFUSBDEVICE device) {
  SiteScope site(file, line);
  UsbDevice* usb = usb_arg(device, {"WdfUsbTargetDeviceIsConnectedSynchronous", file, line});
  return usb->device->removed ? QS_STATUS_DEVICE_DOES_NOT_EXIST : QS_STATUS_SUCCESS;
}

int32_t qs_WdfUsbTargetDeviceResetPortSynchronously(QS_SITE, WDFUSBDEVICE device) {
  UsbDevice* usb = usb_arg(device, {"WdfUsbTargetDeviceResetPortSynchronously", file, line});
  ApiCall call(ApiFn::WdfUsbTargetDeviceResetPortSynchronously, file, line, usb->target->id);
  usb->loop.clear();
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfUsbTargetDeviceCyclePortSynchronously(QS_SITE, WDFUSBDEVICE device) {
  return qs_WdfUsbTargetDeviceResetPortSynchronously(file, line, device);
}

// --- the interface ---

uint8_t qs_WdfUsbInterfaceGetInterfaceNumber(QS_SITE, WDFUSBINTERFACE interface) {
  SiteScope site(file, line);
  interface_arg(interface, {"WdfUsbInterfaceGetInterfaceNumber", file, line});
  return 0;
}

uint8_t qs_WdfUsbInterfaceGetNumSettings(QS_SITE, WDFUSBINTERFACE interface) {
  SiteScope site(file, line);
  interface_arg(interface, {"WdfUsbInterfaceGetNumSettings", file, line});
  return 1;
}

uint8_t qs_WdfUsbInterfaceGetNumEndpoints(QS_SITE, WDFUSBINTERFACE interface, uint8_t) {
  SiteScope site(file, line);
  interface_arg(interface, {"WdfUsbInterfaceGetNumEndpoints", file, line});
  return kUsbPipes;
}

void qs_WdfUsbInterfaceGetEndpointInformation(QS_SITE, WDFUSBINTERFACE interface, uint8_t,
                                              uint8_t index, qs_USB_PIPE_INFORMATION* info) {
  SiteScope site(file, line);
  UsbDevice* usb = interface_arg(interface, {"WdfUsbInterfaceGetEndpointInformation", file, line});
  if (index < kUsbPipes && usb->configured) describe_pipe(usb->pipes[index], info);
}

uint8_t qs_WdfUsbInterfaceGetConfiguredSettingIndex(QS_SITE, WDFUSBINTERFACE interface) {
  SiteScope site(file, line);
  interface_arg(interface, {"WdfUsbInterfaceGetConfiguredSettingIndex", file, line});
  return 0;
}

uint8_t qs_WdfUsbInterfaceGetNumConfiguredPipes(QS_SITE, WDFUSBINTERFACE interface) {
  SiteScope site(file, line);
  return interface_arg(interface, {"WdfUsbInterfaceGetNumConfiguredPipes", file, line})->configured
             ? kUsbPipes
             : 0;
}

WDFUSBPIPE qs_WdfUsbInterfaceGetConfiguredPipe(QS_SITE, WDFUSBINTERFACE interface, uint8_t index,
                                               qs_USB_PIPE_INFORMATION* info) {
  SiteScope site(file, line);
  UsbDevice* usb = interface_arg(interface, {"WdfUsbInterfaceGetConfiguredPipe", file, line});
  if (index >= kUsbPipes || !usb->configured) return nullptr;
  describe_pipe(usb->pipes[index], info);
  return handle<WDFUSBPIPE>(usb->pipes[index].target);
}

// --- pipes ---

void qs_WdfUsbTargetPipeGetInformation(QS_SITE, WDFUSBPIPE pipe, qs_USB_PIPE_INFORMATION* info) {
  SiteScope site(file, line);
  describe_pipe(*pipe_arg(pipe, {"WdfUsbTargetPipeGetInformation", file, line}), info);
}

uint8_t qs_WdfUsbTargetPipeIsInEndpoint(QS_SITE, WDFUSBPIPE pipe) {
  SiteScope site(file, line);
  return pipe_arg(pipe, {"WdfUsbTargetPipeIsInEndpoint", file, line})->is_in();
}

uint8_t qs_WdfUsbTargetPipeIsOutEndpoint(QS_SITE, WDFUSBPIPE pipe) {
  SiteScope site(file, line);
  return !pipe_arg(pipe, {"WdfUsbTargetPipeIsOutEndpoint", file, line})->is_in();
}

void qs_WdfUsbTargetPipeSetNoMaximumPacketSizeCheck(QS_SITE, WDFUSBPIPE pipe) {
  SiteScope site(file, line);
  pipe_arg(pipe, {"WdfUsbTargetPipeSetNoMaximumPacketSizeCheck", file, line});
}

int32_t qs_WdfUsbTargetPipeFormatRequestForRead(QS_SITE, WDFUSBPIPE pipe, WDFREQUEST request,
                                                WDFMEMORY memory, qs_WDFMEMORY_OFFSET* offset) {
  return format_pipe(ApiFn::WdfUsbTargetPipeFormatRequestForRead, file, line, pipe, request,
                     RequestType::Read, memory, offset,
                     {"WdfUsbTargetPipeFormatRequestForRead", file, line});
}

int32_t qs_WdfUsbTargetPipeFormatRequestForWrite(QS_SITE, WDFUSBPIPE pipe, WDFREQUEST request,
                                                 WDFMEMORY memory, qs_WDFMEMORY_OFFSET* offset) {
  return format_pipe(ApiFn::WdfUsbTargetPipeFormatRequestForWrite, file, line, pipe, request,
                     RequestType::Write, memory, offset,
                     {"WdfUsbTargetPipeFormatRequestForWrite", file, line});
}

int32_t qs_WdfUsbTargetPipeReadSynchronously(QS_SITE, WDFUSBPIPE pipe, WDFREQUEST request,
                                             qs_WDF_REQUEST_SEND_OPTIONS* options,
                                             qs_WDF_MEMORY_DESCRIPTOR* memory, uint32_t* read) {
  UsbPipe* p = pipe_arg(pipe, {"WdfUsbTargetPipeReadSynchronously", file, line});
  uintptr_t bytes = 0;
  const int32_t status = qs_WdfIoTargetSendReadSynchronously(
      file, line, handle<WDFIOTARGET>(p->target), request, memory, nullptr, options, &bytes);
  if (read) *read = uint32_t(bytes);
  return status;
}

int32_t qs_WdfUsbTargetPipeWriteSynchronously(QS_SITE, WDFUSBPIPE pipe, WDFREQUEST request,
                                              qs_WDF_REQUEST_SEND_OPTIONS* options,
                                              qs_WDF_MEMORY_DESCRIPTOR* memory, uint32_t* written) {
  UsbPipe* p = pipe_arg(pipe, {"WdfUsbTargetPipeWriteSynchronously", file, line});
  uintptr_t bytes = 0;
  const int32_t status = qs_WdfIoTargetSendWriteSynchronously(
      file, line, handle<WDFIOTARGET>(p->target), request, memory, nullptr, options, &bytes);
  if (written) *written = uint32_t(bytes);
  return status;
}

int32_t qs_WdfUsbTargetPipeConfigContinuousReader(QS_SITE, WDFUSBPIPE pipe,
                                                  qs_USB_CONTINUOUS_READER_CONFIG* config) {
  UsbPipe* p = pipe_arg(pipe, {"WdfUsbTargetPipeConfigContinuousReader", file, line});
  ApiCall call(ApiFn::WdfUsbTargetPipeConfigContinuousReader, file, line, p->target->id);
  require(config, p->target->id);
  if (!p->is_in()) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  if (p->has_reader) return call.status(QS_STATUS_INVALID_DEVICE_STATE);
  if (!config->EvtUsbTargetPipeReadComplete || config->TransferLength == 0)
    return call.status(QS_STATUS_INVALID_PARAMETER);
  p->reader = *config;
  p->has_reader = true;
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfUsbTargetPipeAbortSynchronously(QS_SITE, WDFUSBPIPE pipe, WDFREQUEST,
                                              qs_WDF_REQUEST_SEND_OPTIONS*) {
  UsbPipe* p = pipe_arg(pipe, {"WdfUsbTargetPipeAbortSynchronously", file, line});
  ApiCall call(ApiFn::WdfUsbTargetPipeAbortSynchronously, file, line, p->target->id);
  if (!irql_allows(sched::kPassiveLevel)) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  while (!p->waiting.empty()) {
    const ObjectId next = p->waiting.front();
    p->waiting.pop_front();
    finish_in_lower_driver(next, QS_STATUS_CANCELLED, 0);
  }
  return call.status(QS_STATUS_SUCCESS);
}

// The pipe is not halted here; what its host side holds stays.
int32_t qs_WdfUsbTargetPipeResetSynchronously(QS_SITE, WDFUSBPIPE pipe, WDFREQUEST,
                                              qs_WDF_REQUEST_SEND_OPTIONS*) {
  UsbPipe* p = pipe_arg(pipe, {"WdfUsbTargetPipeResetSynchronously", file, line});
  ApiCall call(ApiFn::WdfUsbTargetPipeResetSynchronously, file, line, p->target->id);
  if (!irql_allows(sched::kPassiveLevel)) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  return call.status(QS_STATUS_SUCCESS);
}
