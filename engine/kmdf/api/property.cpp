// What drivers ask about their device: properties, the names of its interfaces, interfaces of other
// drivers, hardware resources.
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/memory.h"
#include "kmdf/core/nt.h"
#include "kmdf/device/properties.h"
#include "kmdf/device/resources.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace {

// STATUS_BUFFER_TOO_SMALL with the size that is needed, as the PnP manager answers.
int32_t query(int32_t property, uint32_t room, void* to, uint32_t* needed) {
  require(needed);
  if (!irql_allows(sched::kPassiveLevel)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  *needed = 0;
  const auto bytes = device_property(property);
  if (!bytes) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
  *needed = uint32_t(bytes->size());
  if (room < bytes->size()) return QS_STATUS_BUFFER_TOO_SMALL;
  std::memcpy(to, bytes->data(), bytes->size());
  return QS_STATUS_SUCCESS;
}

int32_t query_memory(QS_SITE, int32_t property, int32_t pool, qs_WDF_OBJECT_ATTRIBUTES* attributes,
                     WDFMEMORY* out) {
  require(out);
  *out = nullptr;
  if (!irql_allows(sched::kPassiveLevel)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  const auto bytes = device_property(property);
  if (!bytes) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
  void* buffer = nullptr;
  const int32_t status =
      qs_WdfMemoryCreate(file, line, attributes, pool, 0, bytes->size(), out, &buffer);
  if (NT_OK(status)) std::memcpy(buffer, bytes->data(), bytes->size());
  return status;
}

// {XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}
std::u16string words_of(const qs_GUID& guid) {
  static constexpr char16_t digits[] = u"0123456789abcdef";
  std::u16string out = u"{";
  const auto put = [&out](uint32_t value, int width) {
    for (int shift = (width - 1) * 4; shift >= 0; shift -= 4) out += digits[value >> shift & 15];
  };
  put(guid.Data1, 8);
  out += u'-';
  put(guid.Data2, 4);
  out += u'-';
  put(guid.Data3, 4);
  for (int i = 0; i < 8; ++i) {
    if (i == 0 || i == 2) out += u'-';
    put(guid.Data4[i], 2);
  }
  return out + u"}";
}

}  // namespace

int32_t qs_WdfDeviceQueryProperty(QS_SITE, WDFDEVICE device, int32_t property, uint32_t room,
                                  void* to, uint32_t* needed) {
  Device* d = device_arg(device, {"WdfDeviceQueryProperty", file, line});
  ApiCall call(ApiFn::WdfDeviceQueryProperty, file, line, d->id, {}, uint32_t(property));
  return call.status(query(property, room, to, needed));
}

int32_t qs_WdfDeviceAllocAndQueryProperty(QS_SITE, WDFDEVICE device, int32_t property, int32_t pool,
                                          qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFMEMORY* out) {
  Device* d = device_arg(device, {"WdfDeviceAllocAndQueryProperty", file, line});
  ApiCall call(ApiFn::WdfDeviceQueryProperty, file, line, d->id, {}, uint32_t(property));
  return call.status(query_memory(file, line, property, pool, attributes, out));
}

int32_t qs_WdfFdoInitQueryProperty(QS_SITE, PWDFDEVICE_INIT init, int32_t property, uint32_t room,
                                   void* to, uint32_t* needed) {
  ApiCall call(ApiFn::WdfDeviceQueryProperty, file, line, {}, {}, uint32_t(property));
  require(init);
  return call.status(query(property, room, to, needed));
}

int32_t qs_WdfFdoInitAllocAndQueryProperty(QS_SITE, PWDFDEVICE_INIT init, int32_t property,
                                           int32_t pool, qs_WDF_OBJECT_ATTRIBUTES* attributes,
                                           WDFMEMORY* out) {
  ApiCall call(ApiFn::WdfDeviceQueryProperty, file, line, {}, {}, uint32_t(property));
  require(init);
  return call.status(query_memory(file, line, property, pool, attributes, out));
}

int32_t qs_IoGetDeviceProperty(QS_SITE, qs_DEVICE_OBJECT* device, int32_t property, uint32_t room,
                               void* to, uint32_t* needed) {
  ApiCall call(ApiFn::WdfDeviceQueryProperty, file, line, {}, {}, uint32_t(property));
  require(device);
  return call.status(query(property, room, to, needed));
}

int32_t qs_WdfDeviceRetrieveDeviceInterfaceString(QS_SITE, WDFDEVICE device, const qs_GUID* guid,
                                                  const qs_UNICODE_STRING* reference,
                                                  WDFSTRING string) {
  SiteScope site(file, line);
  const Called what("WdfDeviceRetrieveDeviceInterfaceString", file, line);
  Device* d = device_arg(device, what);
  auto* s = checked<String>(string, ObjectKind::String, what);
  require(guid, d->id);
  std::u16string name = u"\\??\\" + device_instance_name() + u"#" + words_of(*guid);
  if (reference && reference->Length) name += u"\\" + text_of(reference);
  set_text(s, reinterpret_cast<const uint16_t*>(name.data()), uint16_t(name.size() * 2));
  return QS_STATUS_SUCCESS;
}

// The drivers below the device, of which none offers an interface, are asked.
int32_t qs_WdfFdoQueryForInterface(QS_SITE, WDFDEVICE device, const qs_GUID* type, void* out,
                                   uint16_t, uint16_t, void*) {
  SiteScope site(file, line);
  device_arg(device, {"WdfFdoQueryForInterface", file, line});
  require(type);
  require(out);
  return QS_STATUS_NOT_SUPPORTED;
}

// --- hardware resources ---

namespace {

ResourceList* list_of(WDFCMRESLIST handle, Called what) {
  Object* o = object_of(handle, what, ObjectKind::Generic);
  auto* list = dynamic_cast<ResourceList*>(o);
  if (!list) bugcheck("V-04", 0x5, o->id.raw, 0, o->id);
  return list;
}

}  // namespace

uint32_t qs_WdfCmResourceListGetCount(QS_SITE, WDFCMRESLIST handle) {
  SiteScope site(file, line);
  return list_of(handle, {"WdfCmResourceListGetCount", file, line})->count;
}

void* qs_WdfCmResourceListGetDescriptor(QS_SITE, WDFCMRESLIST handle, uint32_t index) {
  SiteScope site(file, line);
  ResourceList* list = list_of(handle, {"WdfCmResourceListGetDescriptor", file, line});
  return index < list->count ? list->descriptors + index : nullptr;
}
