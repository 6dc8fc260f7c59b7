// WDFKEY: keys of the registry (core/registry.h) and their values.
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/api/registry.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/memory.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace qs::kmdf {

bool is_text(uint32_t type) { return type == kRegSz || type == kRegExpandSz; }

RegistryValue text_value(std::u16string_view text) {
  std::string bytes(text.size() * 2 + 2, '\0');
  std::memcpy(bytes.data(), text.data(), text.size() * 2);
  return {kRegSz, std::move(bytes)};
}

int32_t copy_out(const RegistryValue& value, uint32_t room, void* to, uint32_t* needed) {
  const auto size = uint32_t(value.bytes.size());
  if (needed) *needed = size;
  if (to) std::memcpy(to, value.bytes.data(), std::min(room, size));
  return room < size ? QS_STATUS_BUFFER_OVERFLOW : QS_STATUS_SUCCESS;
}

int32_t assign_value(RegistryKey* key, std::u16string_view name, uint32_t type, const void* data,
                     size_t length) {
  if (key->removed) return QS_STATUS_KEY_DELETED;
  if (!may_take(length)) return QS_STATUS_INSUFFICIENT_RESOURCES;
  key->values[lower_case(name)] = {type, std::string(static_cast<const char*>(data), length)};
  return QS_STATUS_SUCCESS;
}

RegistryKey* device_key(uint32_t type) {
  constexpr uint32_t kDevice = 1, kDriver = 2;  // PLUGPLAY_REGKEY_*; subkeys 0x100, 0x200
  if (type & kDevice) return &registry_root(RegistryRoot::Device);
  if (type & kDriver) return &registry_root(RegistryRoot::Driver);
  return nullptr;
}

}  // namespace qs::kmdf

namespace {

struct Key final : Object {
  explicit Key(ObjectId i) : Object(i) {}
  RegistryKey* at = nullptr;
};

RegistryKey* key_of(WDFKEY handle, Called what) {
  Object* o = object_of(handle, what, ObjectKind::Generic);
  auto* key = dynamic_cast<Key*>(o);
  if (!key) bugcheck("V-04", 0x5, o->id.raw, 0, o->id);
  return key->at;
}

std::string shown_name(const RegistryKey* key) {
  std::string out = "key ";
  for (char16_t c : key->name) out += c < 0x7F && c >= 0x20 ? char(c) : '?';
  return out;
}

// A handle to that key, or STATUS_OBJECT_NAME_NOT_FOUND when there is none.
int32_t open_key(RegistryKey* at, qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFKEY* out, Called what) {
  require(out);
  *out = nullptr;
  if (!irql_allows(sched::kPassiveLevel)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return status;
  Object* parent = parent_from(attributes, fw().driver, what);
  if (!at) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
  if (at->removed) return QS_STATUS_KEY_DELETED;
  if (fw().allocation_fails()) return QS_STATUS_INSUFFICIENT_RESOURCES;
  auto* key = fw().make<Key>(ObjectKind::Generic);
  key->at = at;
  rt::sched().trace().set_name(key->id, shown_name(at));
  settle_new_object(key, parent, attributes);
  *out = handle<WDFKEY>(key);
  return QS_STATUS_SUCCESS;
}

// The value of that name; its status.
int32_t find_value(RegistryKey* key, const qs_UNICODE_STRING* name, RegistryValue** out) {
  require(name);
  if (!irql_allows(sched::kPassiveLevel)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  if (key->removed) return QS_STATUS_KEY_DELETED;
  *out = key->value(text_of(name));
  return *out ? QS_STATUS_SUCCESS : QS_STATUS_OBJECT_NAME_NOT_FOUND;
}

int32_t assign(RegistryKey* key, const qs_UNICODE_STRING* name, uint32_t type, const void* data,
               size_t length) {
  require(name);
  if (!irql_allows(sched::kPassiveLevel)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  return assign_value(key, text_of(name), type, data, length);
}

// The text of a value without the zero at its end.
std::u16string text_in(const RegistryValue& value) {
  std::u16string text(value.bytes.size() / 2, u'\0');
  std::memcpy(text.data(), value.bytes.data(), text.size() * 2);
  if (!text.empty() && text.back() == u'\0') text.pop_back();
  return text;
}

}  // namespace

// --- opening ---

int32_t qs_WdfDriverOpenParametersRegistryKey(QS_SITE, WDFDRIVER driver, uint32_t,
                                              qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFKEY* out) {
  const Called what("WdfDriverOpenParametersRegistryKey", file, line);
  auto* d = checked<Driver>(driver, ObjectKind::Driver, what);
  ApiCall call(ApiFn::WdfDriverOpenParametersRegistryKey, file, line, d->id);
  // The framework makes it when there is none.
  return call.status(
      open_key(registry_root(RegistryRoot::Service).create(u"Parameters"), attributes, out, what));
}

int32_t qs_WdfDeviceOpenRegistryKey(QS_SITE, WDFDEVICE device, uint32_t type, uint32_t,
                                    qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFKEY* out) {
  const Called what("WdfDeviceOpenRegistryKey", file, line);
  Device* d = device_arg(device, what);
  ApiCall call(ApiFn::WdfDeviceOpenRegistryKey, file, line, d->id);
  RegistryKey* key = device_key(type);
  if (!key) return call.status(QS_STATUS_INVALID_PARAMETER);
  return call.status(open_key(key, attributes, out, what));
}

int32_t qs_WdfDeviceOpenDevicemapKey(QS_SITE, WDFDEVICE device, const qs_UNICODE_STRING* name,
                                     uint32_t, qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFKEY* out) {
  const Called what("WdfDeviceOpenDevicemapKey", file, line);
  Device* d = device_arg(device, what);
  ApiCall call(ApiFn::WdfDeviceOpenRegistryKey, file, line, d->id);
  require(name, d->id);
  return call.status(open_key(registry_root(RegistryRoot::DeviceMap).create(text_of(name)),
                              attributes, out, what));
}

int32_t qs_WdfFdoInitOpenRegistryKey(QS_SITE, PWDFDEVICE_INIT init, uint32_t type, uint32_t,
                                     qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFKEY* out) {
  const Called what("WdfFdoInitOpenRegistryKey", file, line);
  ApiCall call(ApiFn::WdfDeviceOpenRegistryKey, file, line);
  require(init);
  RegistryKey* key = device_key(type);
  if (!key) return call.status(QS_STATUS_INVALID_PARAMETER);
  return call.status(open_key(key, attributes, out, what));
}

int32_t qs_WdfRegistryOpenKey(QS_SITE, WDFKEY parent, const qs_UNICODE_STRING* name, uint32_t,
                              qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFKEY* out) {
  const Called what("WdfRegistryOpenKey", file, line);
  ApiCall call(ApiFn::WdfRegistryOpenKey, file, line);
  require(name);
  RegistryKey* at =
      parent ? key_of(parent, what)->find(text_of(name)) : registry_at(text_of(name), false);
  return call.status(open_key(at, attributes, out, what));
}

int32_t qs_WdfRegistryCreateKey(QS_SITE, WDFKEY parent, const qs_UNICODE_STRING* name, uint32_t,
                                uint32_t, uint32_t* disposition,
                                qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFKEY* out) {
  const Called what("WdfRegistryCreateKey", file, line);
  ApiCall call(ApiFn::WdfRegistryCreateKey, file, line);
  require(name);
  RegistryKey* below = parent ? key_of(parent, what) : nullptr;
  RegistryKey* there = below ? below->find(text_of(name)) : registry_at(text_of(name), false);
  constexpr uint32_t kCreated = 1, kOpened = 2;
  if (disposition) *disposition = there ? kOpened : kCreated;
  if (!there) there = below ? below->create(text_of(name)) : registry_at(text_of(name), true);
  return call.status(open_key(there, attributes, out, what));
}

void qs_WdfRegistryClose(QS_SITE, WDFKEY key) {
  const Called what("WdfRegistryClose", file, line);
  Object* o = object_of(key, what, ObjectKind::Generic);
  key_of(key, what);
  ApiCall call(ApiFn::WdfRegistryClose, file, line, o->id);
  delete_object(o);
}

void* qs_WdfRegistryWdmGetHandle(QS_SITE, WDFKEY key) {
  SiteScope site(file, line);
  return zw_handle(key_of(key, {"WdfRegistryWdmGetHandle", file, line}));
}

int32_t qs_WdfRegistryRemoveKey(QS_SITE, WDFKEY key) {
  const Called what("WdfRegistryRemoveKey", file, line);
  Object* o = object_of(key, what, ObjectKind::Generic);
  RegistryKey* at = key_of(key, what);
  ApiCall call(ApiFn::WdfRegistryRemoveKey, file, line, o->id);
  const int32_t status = remove_key(at);
  if (NT_OK(status)) delete_object(o);
  return call.status(status);
}

// --- reading ---

int32_t qs_WdfRegistryQueryValue(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name, uint32_t room,
                                 void* to, uint32_t* needed, uint32_t* type) {
  RegistryKey* at = key_of(key, {"WdfRegistryQueryValue", file, line});
  ApiCall call(ApiFn::WdfRegistryQueryValue, file, line, handle_id(key));
  RegistryValue* value = nullptr;
  const int32_t status = find_value(at, name, &value);
  if (!NT_OK(status)) return call.status(status);
  if (type) *type = value->type;
  return call.status(copy_out(*value, to ? room : 0, to, needed));
}

int32_t qs_WdfRegistryQueryMemory(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name, int32_t pool,
                                  qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFMEMORY* out,
                                  uint32_t* type) {
  RegistryKey* at = key_of(key, {"WdfRegistryQueryMemory", file, line});
  ApiCall call(ApiFn::WdfRegistryQueryMemory, file, line, handle_id(key));
  require(out);
  *out = nullptr;
  RegistryValue* value = nullptr;
  int32_t status = find_value(at, name, &value);
  if (!NT_OK(status)) return call.status(status);
  if (value->bytes.empty()) return call.status(QS_STATUS_RESOURCE_DATA_NOT_FOUND);
  if (type) *type = value->type;
  void* buffer = nullptr;
  status = qs_WdfMemoryCreate(file, line, attributes, pool, 0, value->bytes.size(), out, &buffer);
  if (NT_OK(status)) std::memcpy(buffer, value->bytes.data(), value->bytes.size());
  return call.status(status);
}

int32_t qs_WdfRegistryQueryMultiString(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                       qs_WDF_OBJECT_ATTRIBUTES* attributes,
                                       WDFCOLLECTION collection) {
  RegistryKey* at = key_of(key, {"WdfRegistryQueryMultiString", file, line});
  ApiCall call(ApiFn::WdfRegistryQueryMultiString, file, line, handle_id(key));
  RegistryValue* value = nullptr;
  int32_t status = find_value(at, name, &value);
  if (!NT_OK(status)) return call.status(status);
  if (value->type != kRegMultiSz) return call.status(QS_STATUS_OBJECT_TYPE_MISMATCH);
  const std::u16string all = text_in(*value);
  for (size_t from = 0; from < all.size() && all[from];) {
    const size_t end = std::min(all.find(u'\0', from), all.size());
    std::u16string text = all.substr(from, end - from);
    const auto bytes = uint16_t(text.size() * 2);
    const qs_UNICODE_STRING s{bytes, bytes, reinterpret_cast<uint16_t*>(text.data())};
    WDFSTRING string = nullptr;
    status = qs_WdfStringCreate(file, line, &s, attributes, &string);
    if (NT_OK(status)) status = qs_WdfCollectionAdd(file, line, collection, string);
    if (!NT_OK(status)) break;
    from = end + 1;
  }
  return call.status(status);
}

int32_t qs_WdfRegistryQueryUnicodeString(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                         uint16_t* length, qs_UNICODE_STRING* out) {
  RegistryKey* at = key_of(key, {"WdfRegistryQueryUnicodeString", file, line});
  ApiCall call(ApiFn::WdfRegistryQueryUnicodeString, file, line, handle_id(key));
  if (out && out->MaximumLength == 0) return call.status(QS_STATUS_INVALID_PARAMETER);
  RegistryValue* value = nullptr;
  int32_t status = find_value(at, name, &value);
  if (!NT_OK(status)) return call.status(status);
  uint32_t bytes = 0;
  status = copy_out(*value, out ? out->MaximumLength : 0, out ? out->Buffer : nullptr, &bytes);
  if (NT_OK(status) && !is_text(value->type)) status = QS_STATUS_OBJECT_TYPE_MISMATCH;
  if (length && (NT_OK(status) || status == QS_STATUS_BUFFER_OVERFLOW)) *length = uint16_t(bytes);
  if (NT_OK(status) && out) out->Length = uint16_t(text_in(*value).size() * 2);
  return call.status(status);
}

int32_t qs_WdfRegistryQueryString(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                  WDFSTRING string) {
  const Called what("WdfRegistryQueryString", file, line);
  RegistryKey* at = key_of(key, what);
  auto* s = checked<String>(string, ObjectKind::String, what);
  ApiCall call(ApiFn::WdfRegistryQueryString, file, line, handle_id(key), s->id);
  RegistryValue* value = nullptr;
  const int32_t status = find_value(at, name, &value);
  if (!NT_OK(status)) return call.status(status);
  if (!is_text(value->type)) return call.status(QS_STATUS_OBJECT_TYPE_MISMATCH);
  const std::u16string text = text_in(*value);
  set_text(s, reinterpret_cast<const uint16_t*>(text.data()), uint16_t(text.size() * 2));
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfRegistryQueryULong(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                 uint32_t* out) {
  RegistryKey* at = key_of(key, {"WdfRegistryQueryULong", file, line});
  ApiCall call(ApiFn::WdfRegistryQueryULong, file, line, handle_id(key));
  require(out);
  RegistryValue* value = nullptr;
  const int32_t status = find_value(at, name, &value);
  if (!NT_OK(status)) return call.status(status);
  if (value->type != kRegDword || value->bytes.size() != sizeof(uint32_t))
    return call.status(QS_STATUS_OBJECT_TYPE_MISMATCH);
  std::memcpy(out, value->bytes.data(), sizeof(uint32_t));
  return call.status(QS_STATUS_SUCCESS);
}

// --- writing ---

int32_t qs_WdfRegistryAssignValue(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name, uint32_t type,
                                  uint32_t length, void* data) {
  RegistryKey* at = key_of(key, {"WdfRegistryAssignValue", file, line});
  ApiCall call(ApiFn::WdfRegistryAssignValue, file, line, handle_id(key));
  require(data);
  return call.status(assign(at, name, type, data, length));
}

int32_t qs_WdfRegistryAssignMemory(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                   uint32_t type, WDFMEMORY memory, qs_WDFMEMORY_OFFSET* offset) {
  const Called what("WdfRegistryAssignMemory", file, line);
  RegistryKey* at = key_of(key, what);
  auto* m = checked<Memory>(memory, ObjectKind::Memory, what);
  ApiCall call(ApiFn::WdfRegistryAssignValue, file, line, handle_id(key), m->id);
  size_t from = offset ? offset->BufferOffset : 0;
  size_t length = offset && offset->BufferLength ? offset->BufferLength : m->size - from;
  if (from > m->size || length > m->size - from) return call.status(QS_STATUS_INTEGER_OVERFLOW);
  return call.status(assign(at, name, type, static_cast<char*>(m->buffer) + from, length));
}

int32_t qs_WdfRegistryAssignMultiString(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                        WDFCOLLECTION collection) {
  const Called what("WdfRegistryAssignMultiString", file, line);
  RegistryKey* at = key_of(key, what);
  auto* c = checked<Collection>(collection, ObjectKind::Collection, what);
  ApiCall call(ApiFn::WdfRegistryAssignValue, file, line, handle_id(key), c->id);
  if (c->items.empty()) return call.status(QS_STATUS_INVALID_PARAMETER);
  std::string bytes;
  for (Object* o : c->items) {
    if (o->kind() != ObjectKind::String) return call.status(QS_STATUS_INVALID_PARAMETER);
    const auto* s = static_cast<const String*>(o);
    bytes.append(reinterpret_cast<const char*>(s->buffer), s->length);
    bytes.append(2, '\0');
  }
  bytes.append(2, '\0');
  return call.status(assign(at, name, kRegMultiSz, bytes.data(), bytes.size()));
}

int32_t qs_WdfRegistryAssignUnicodeString(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                          const qs_UNICODE_STRING* text) {
  RegistryKey* at = key_of(key, {"WdfRegistryAssignUnicodeString", file, line});
  ApiCall call(ApiFn::WdfRegistryAssignValue, file, line, handle_id(key));
  require(text);
  const RegistryValue value = text_value(text_of(text));
  return call.status(assign(at, name, value.type, value.bytes.data(), value.bytes.size()));
}

int32_t qs_WdfRegistryAssignString(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                   WDFSTRING string) {
  const Called what("WdfRegistryAssignString", file, line);
  auto* s = checked<String>(string, ObjectKind::String, what);
  const qs_UNICODE_STRING text{s->length, uint16_t(s->length + 2), s->buffer};
  return qs_WdfRegistryAssignUnicodeString(file, line, key, name, &text);
}

int32_t qs_WdfRegistryAssignULong(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name,
                                  uint32_t value) {
  RegistryKey* at = key_of(key, {"WdfRegistryAssignULong", file, line});
  ApiCall call(ApiFn::WdfRegistryAssignValue, file, line, handle_id(key));
  return call.status(assign(at, name, kRegDword, &value, sizeof value));
}

int32_t qs_WdfRegistryRemoveValue(QS_SITE, WDFKEY key, const qs_UNICODE_STRING* name) {
  RegistryKey* at = key_of(key, {"WdfRegistryRemoveValue", file, line});
  ApiCall call(ApiFn::WdfRegistryRemoveValue, file, line, handle_id(key));
  RegistryValue* value = nullptr;
  const int32_t status = find_value(at, name, &value);
  if (NT_OK(status)) at->values.erase(lower_case(text_of(name)));
  return call.status(status);
}
