// A serial port in C++ whose line is looped back: what is written can be read. Reads that find
// nothing wait in a manual queue; its settings are those of a real port.
#include <ntddk.h>
#include <initguid.h>
#include <ntddser.h>
#include <wdf.h>

namespace {

class LoopBuffer {
 public:
  void Clear() { first_ = count_ = 0; }
  size_t Put(const UCHAR* from, size_t bytes) {
    size_t taken = 0;
    while (taken < bytes && count_ < sizeof(bytes_)) {
      bytes_[(first_ + count_) % sizeof(bytes_)] = from[taken++];
      ++count_;
    }
    return taken;
  }
  size_t Take(UCHAR* to, size_t bytes) {
    size_t taken = 0;
    while (taken < bytes && count_ > 0) {
      to[taken++] = bytes_[first_];
      first_ = (first_ + 1) % sizeof(bytes_);
      --count_;
    }
    return taken;
  }

 private:
  size_t first_, count_;
  UCHAR bytes_[64];
};

}  // namespace

struct PortContext {
  LoopBuffer line;
  WDFQUEUE waiting;
  ULONG baud;
};
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(PortContext, GetPort)

extern "C" DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD PortDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ PortRead;
EVT_WDF_IO_QUEUE_IO_WRITE PortWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL PortControl;

// Completes a read with what there is; false: there is nothing.
static bool Answer(PortContext* port, WDFREQUEST request, size_t length)
{
  PVOID buffer = nullptr;
  NTSTATUS status = WdfRequestRetrieveOutputBuffer(request, length, &buffer, nullptr);
  if (!NT_SUCCESS(status)) {
    WdfRequestComplete(request, status);
    return true;
  }
  const size_t taken = port->line.Take(static_cast<UCHAR*>(buffer), length);
  if (taken == 0) return false;
  WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, taken);
  return true;
}

VOID PortRead(WDFQUEUE queue, WDFREQUEST request, size_t length)
{
  PortContext* port = GetPort(WdfIoQueueGetDevice(queue));
  if (Answer(port, request, length)) return;
  const NTSTATUS status = WdfRequestForwardToIoQueue(request, port->waiting);
  if (!NT_SUCCESS(status)) WdfRequestComplete(request, status);
}

VOID PortWrite(WDFQUEUE queue, WDFREQUEST request, size_t length)
{
  PortContext* port = GetPort(WdfIoQueueGetDevice(queue));
  PVOID buffer = nullptr;
  const NTSTATUS status = WdfRequestRetrieveInputBuffer(request, length, &buffer, nullptr);
  if (!NT_SUCCESS(status)) {
    WdfRequestComplete(request, status);
    return;
  }
  const size_t taken = port->line.Put(static_cast<const UCHAR*>(buffer), length);
  WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, taken);
  WDFREQUEST reader = nullptr;
  if (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(port->waiting, &reader))) {
    WDF_REQUEST_PARAMETERS parameters;
    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(reader, &parameters);
    Answer(port, reader, parameters.Parameters.Read.Length);
  }
}

VOID PortControl(WDFQUEUE queue, WDFREQUEST request, size_t, size_t, ULONG code)
{
  PortContext* port = GetPort(WdfIoQueueGetDevice(queue));
  NTSTATUS status = STATUS_NOT_SUPPORTED;
  ULONG_PTR information = 0;
  if (code == IOCTL_SERIAL_SET_BAUD_RATE) {
    SERIAL_BAUD_RATE* rate = nullptr;
    status = WdfRequestRetrieveInputBuffer(request, sizeof(*rate),
                                           reinterpret_cast<PVOID*>(&rate), nullptr);
    if (NT_SUCCESS(status)) port->baud = rate->BaudRate;
  } else if (code == IOCTL_SERIAL_GET_BAUD_RATE) {
    SERIAL_BAUD_RATE* rate = nullptr;
    status = WdfRequestRetrieveOutputBuffer(request, sizeof(*rate),
                                            reinterpret_cast<PVOID*>(&rate), nullptr);
    if (NT_SUCCESS(status)) {
      rate->BaudRate = port->baud;
      information = sizeof(*rate);
    }
  }
  WdfRequestCompleteWithInformation(request, status, information);
}

// The port's name in the map of serial ports, as its class wants it.
static NTSTATUS TellName(WDFDEVICE device)
{
  DECLARE_CONST_UNICODE_STRING(map, L"SERIALCOMM");
  DECLARE_CONST_UNICODE_STRING(place, L"\\Device\\Loop0");
  DECLARE_CONST_UNICODE_STRING(portName, L"PortName");
  DECLARE_UNICODE_STRING_SIZE(name, 16);
  WDFKEY key = nullptr;
  NTSTATUS status = WdfDeviceOpenRegistryKey(device, PLUGPLAY_REGKEY_DEVICE, KEY_QUERY_VALUE,
                                             WDF_NO_OBJECT_ATTRIBUTES, &key);
  if (!NT_SUCCESS(status)) return status;
  status = WdfRegistryQueryUnicodeString(key, &portName, nullptr, &name);
  WdfRegistryClose(key);
  if (!NT_SUCCESS(status)) return status;
  status = WdfDeviceOpenDevicemapKey(device, &map, KEY_SET_VALUE, WDF_NO_OBJECT_ATTRIBUTES, &key);
  if (!NT_SUCCESS(status)) return status;
  status = WdfRegistryAssignUnicodeString(key, &place, &name);
  WdfRegistryClose(key);
  KdPrint(("the port is called %wZ\n", &name));
  return status;
}

NTSTATUS PortDeviceAdd(WDFDRIVER, PWDFDEVICE_INIT init)
{
  WDF_OBJECT_ATTRIBUTES attributes;
  WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, PortContext);
  attributes.SynchronizationScope = WdfSynchronizationScopeDevice;
  WDFDEVICE device = nullptr;
  NTSTATUS status = WdfDeviceCreate(&init, &attributes, &device);
  if (!NT_SUCCESS(status)) return status;
  GetPort(device)->line.Clear();
  GetPort(device)->baud = 9600;
  status = WdfDeviceCreateDeviceInterface(device, &GUID_DEVINTERFACE_COMPORT, nullptr);
  if (NT_SUCCESS(status)) status = TellName(device);
  if (!NT_SUCCESS(status)) return status;
  WDF_IO_QUEUE_CONFIG config;
  WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
  config.EvtIoRead = PortRead;
  config.EvtIoWrite = PortWrite;
  config.EvtIoDeviceControl = PortControl;
  status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, nullptr);
  if (!NT_SUCCESS(status)) return status;
  WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
  return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &GetPort(device)->waiting);
}

extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT object, PUNICODE_STRING path)
{
  WDF_DRIVER_CONFIG config;
  WDF_DRIVER_CONFIG_INIT(&config, PortDeviceAdd);
  return WdfDriverCreate(object, path, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
