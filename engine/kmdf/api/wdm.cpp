// What drivers ask about the WDM side of their objects, and child devices.
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/memory.h"
#include "kmdf/core/nt.h"
#include "kmdf/request/wdm_view.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

FileObject* file_arg(WDFFILEOBJECT f, Called what) {
  return checked<FileObject>(f, ObjectKind::FileObject, what);
}

Driver* driver_arg(WDFDRIVER d, Called what) {
  return checked<Driver>(d, ObjectKind::Driver, what);
}

qs_DEVICE_OBJECT* below(Device* d) {
  return static_cast<qs_DEVICE_OBJECT*>(wdm_view(d)->DeviceExtension);
}

}  // namespace

// --- driver ---

qs_DRIVER_OBJECT* qs_WdfDriverWdmGetDriverObject(QS_SITE, WDFDRIVER driver) {
  SiteScope site(file, line);
  return wdm_view(driver_arg(driver, {"WdfDriverWdmGetDriverObject", file, line}));
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
  return wdm_view(device_arg(device, {"WdfDeviceWdmGetDeviceObject", file, line}));
}

qs_DEVICE_OBJECT* qs_WdfDeviceWdmGetAttachedDevice(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  return below(device_arg(device, {"WdfDeviceWdmGetAttachedDevice", file, line}));
}

qs_DEVICE_OBJECT* qs_WdfDeviceWdmGetPhysicalDevice(QS_SITE, WDFDEVICE device) {
  SiteScope site(file, line);
  Device* d = device_arg(device, {"WdfDeviceWdmGetPhysicalDevice", file, line});
  return d->init.parent ? wdm_view(d) : below(d);
}

qs_DEVICE_OBJECT* qs_WdfFdoInitWdmGetPhysicalDevice(QS_SITE, PWDFDEVICE_INIT init) {
  SiteScope site(file, line);
  require(init);
  return physical_device(reinterpret_cast<DeviceInit*>(init));
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
  return &wdm_view(file_arg(object, {"WdfFileObjectGetFileName", file, line}))->FileName;
}

uint32_t qs_WdfFileObjectGetFlags(QS_SITE, WDFFILEOBJECT object) {
  SiteScope site(file, line);
  return wdm_view(file_arg(object, {"WdfFileObjectGetFlags", file, line}))->Flags;
}

uint32_t qs_WdfFileObjectGetInitiatorProcessId(QS_SITE, WDFFILEOBJECT object) {
  SiteScope site(file, line);
  file_arg(object, {"WdfFileObjectGetInitiatorProcessId", file, line});
  return 400;  // the first application; senders are told apart by their requests
}

qs_FILE_OBJECT* qs_WdfFileObjectWdmGetFileObject(QS_SITE, WDFFILEOBJECT object) {
  SiteScope site(file, line);
  return wdm_view(file_arg(object, {"WdfFileObjectWdmGetFileObject", file, line}));
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
