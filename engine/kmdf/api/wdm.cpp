// What drivers ask about the WDM side of their objects, and child devices. The WDM structures are
// views: made when first asked for, with the parts that drivers read.
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/memory.h"
#include "kmdf/core/nt.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

constexpr int16_t kTypeDevice = 3, kTypeDriver = 4, kTypeFile = 5;  // IO_TYPE_*

FileObject* file_arg(WDFFILEOBJECT f, Called what) {
  return checked<FileObject>(f, ObjectKind::FileObject, what);
}

Driver* driver_arg(WDFDRIVER d, Called what) {
  return checked<Driver>(d, ObjectKind::Driver, what);
}

template <class T>
T* new_view(int16_t type) {
  auto* view = static_cast<T*>(fw().driver_memory.allocate(sizeof(T), 16));
  std::memset(static_cast<void*>(view), 0, sizeof(T));
  view->Type = type;
  view->Size = sizeof(T);
  return view;
}

// The device's own object; for an FDO or filter with the physical device below it.
qs_DEVICE_OBJECT* view_of(Device* d) {
  if (d->wdm) return d->wdm;
  d->wdm = new_view<qs_DEVICE_OBJECT>(kTypeDevice);
  d->wdm->DriverObject = fw().driver ? fw().driver->wdm : nullptr;
  d->wdm->StackSize = d->init.control || d->init.parent ? 1 : 2;
  if (d->init.control || d->init.parent) return d->wdm;
  auto* below = new_view<qs_DEVICE_OBJECT>(kTypeDevice);
  below->StackSize = 1;
  below->AttachedDevice = d->wdm;  // who sits on top of it, as in WDM
  d->wdm->NextDevice = nullptr;
  d->wdm->DeviceExtension = below;
  return d->wdm;
}

qs_DEVICE_OBJECT* below(Device* d) {
  return static_cast<qs_DEVICE_OBJECT*>(view_of(d)->DeviceExtension);
}

qs_FILE_OBJECT* view_of(FileObject* f) {
  if (f->wdm) return f->wdm;
  f->wdm = new_view<qs_FILE_OBJECT>(kTypeFile);
  f->wdm->DeviceObject = f->device ? view_of(f->device) : nullptr;
  f->wdm->FileName.Buffer = static_cast<uint16_t*>(fw().driver_memory.allocate(2, 2));
  f->wdm->FileName.Buffer[0] = 0;
  f->wdm->FileName.MaximumLength = 2;
  return f->wdm;
}

}  // namespace

// --- driver ---

qs_DRIVER_OBJECT* qs_WdfDriverWdmGetDriverObject(QS_SITE, WDFDRIVER driver) {
  SiteScope site(file, line);
  Driver* d = driver_arg(driver, {"WdfDriverWdmGetDriverObject", file, line});
  if (!d->wdm) d->wdm = new_view<qs_DRIVER_OBJECT>(kTypeDriver);
  return d->wdm;
}

uint16_t* qs_WdfDriverGetRegistryPath(QS_SITE, WDFDRIVER driver) {
  SiteScope site(file, line);
  return driver_arg(driver, {"WdfDriverGetRegistryPath", file, line})->registry_path;
}

int32_t qs_WdfDriverRetrieveVersionString(QS_SITE, WDFDRIVER driver, WDFSTRING string) {
  SiteScope site(file, line);
  driver_arg(driver, {"WdfDriverRetrieveVersionString", file, line});
  auto* s =
      checked<String>(string, ObjectKind::String, {"WdfDriverRetrieveVersionString", file, line});
  static constexpr char16_t text[] = u"QueueScope, as KMDF 1.33";
  uint16_t copy[sizeof text / 2];
  std::memcpy(copy, text, sizeof text);
  set_text(s, copy, sizeof text - 2);
  return QS_STATUS_SUCCESS;
}

// --- device ---

qs_DEVICE_OBJECT* qs_WdfDeviceWdmGetDeviceObject(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  return view_of(device_arg(device, {"WdfDeviceWdmGetDeviceObject", file, line}));
}

qs_DEVICE_OBJECT* qs_WdfDeviceWdmGetAttachedDevice(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  return below(device_arg(device, {"WdfDeviceWdmGetAttachedDevice", file, line}));
}

qs_DEVICE_OBJECT* qs_WdfDeviceWdmGetPhysicalDevice(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfDeviceWdmGetPhysicalDevice", file, line});
  return d->init.parent ? view_of(d) : below(d);
}

WDFDEVICE qs_WdfWdmDeviceGetWdfDeviceHandle(QS_SITE, qs_DEVICE_OBJECT* object) {
  SiteScope site(file, line);
  require(object);
  for (Device* d : fw().devices)
    if (d->wdm == object) return h(d);
  return nullptr;
}

void qs_WdfDeviceGetDeviceState(QS_SITE, WDFDEVICE device, qs_WDF_DEVICE_STATE* state) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfDeviceGetDeviceState", file, line});
  require(state, d->id);
  uint32_t size = state->Size;
  *state = {size, 0, 0, 0, 0, 0, 0, 0};
  state->Removed = d->removed || d->pnp == trace::DevicePnp::SurpriseRemoved;
}

int32_t qs_WdfDeviceRetrieveDeviceName(QS_SITE, WDFDEVICE device, WDFSTRING string) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfDeviceRetrieveDeviceName", file, line});
  auto* s =
      checked<String>(string, ObjectKind::String, {"WdfDeviceRetrieveDeviceName", file, line});
  if (!d->init.name_length) return QS_STATUS_INVALID_DEVICE_REQUEST;  // it was given none
  set_text(s, d->init.name, d->init.name_length);
  return QS_STATUS_SUCCESS;
}

WDFFILEOBJECT qs_WdfDeviceGetFileObject(QS_SITE, WDFDEVICE device, qs_FILE_OBJECT* object) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfDeviceGetFileObject", file, line});
  for (FileObject* f : d->files)
    if (object && f->wdm == object && f->has_handle) return handle<WDFFILEOBJECT>(f);
  return nullptr;
}

// --- file objects ---

qs_UNICODE_STRING* qs_WdfFileObjectGetFileName(QS_SITE, WDFFILEOBJECT object) {
  SiteScope site(file, line);
  return &view_of(file_arg(object, {"WdfFileObjectGetFileName", file, line}))->FileName;
}

uint32_t qs_WdfFileObjectGetFlags(QS_SITE, WDFFILEOBJECT object) {
  SiteScope site(file, line);
  return view_of(file_arg(object, {"WdfFileObjectGetFlags", file, line}))->Flags;
}

uint32_t qs_WdfFileObjectGetInitiatorProcessId(QS_SITE, WDFFILEOBJECT object) {
  SiteScope site(file, line);
  file_arg(object, {"WdfFileObjectGetInitiatorProcessId", file, line});
  return 400;  // the first application; senders are told apart by their requests
}

qs_FILE_OBJECT* qs_WdfFileObjectWdmGetFileObject(QS_SITE, WDFFILEOBJECT object) {
  SiteScope site(file, line);
  return view_of(file_arg(object, {"WdfFileObjectWdmGetFileObject", file, line}));
}

// --- child devices ---

int32_t qs_WdfFdoAddStaticChild(QS_SITE, WDFDEVICE fdo, WDFDEVICE child) {
  SiteScope site(file, line);
  Device* d = device_arg(fdo, {"WdfFdoAddStaticChild", file, line});
  Device* c = device_arg(child, {"WdfFdoAddStaticChild", file, line});
  if (c->init.parent != d) return QS_STATUS_INVALID_PARAMETER;
  for (const Device* there : d->static_children)
    if (there == c) return QS_STATUS_INVALID_DEVICE_STATE;
  d->static_children.push_back(c);
  if (d->started) rt::spawn(trace::ThreadKind::Pnp, "child start", c->id, [c] { c->pnp_start(); });
  return QS_STATUS_SUCCESS;
}

int32_t qs_WdfPdoMarkMissing(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfPdoMarkMissing", file, line});
  if (!d->init.parent) return QS_STATUS_INVALID_DEVICE_REQUEST;
  if (d->removed || d->pnp == trace::DevicePnp::SurpriseRemoved)
    return QS_STATUS_INVALID_DEVICE_STATE;
  rt::spawn(trace::ThreadKind::Pnp, "child removal", d->id, [d] {
    d->pnp_surprise_removal();
    d->pnp_remove();
  });
  return QS_STATUS_SUCCESS;
}
