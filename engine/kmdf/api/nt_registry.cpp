// The registry without the framework: Rtl*Registry*, Zw*Key, IoOpenDeviceRegistryKey.
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/api/registry.h"
#include "kmdf/core/nt.h"

using namespace qs;
using namespace qs::kmdf;

namespace qs::kmdf {

void* zw_handle(RegistryKey* key) {
  NtState& nt = part(run_state().nt);
  const uintptr_t number = nt.next_handle;
  nt.next_handle += 4;
  registry().open[number] = key;
  return reinterpret_cast<void*>(number);
}

}  // namespace qs::kmdf

namespace {

constexpr uint32_t kRelative = 0xFF, kHandle = 0x40000000;  // RTL_REGISTRY_*
// RTL_QUERY_REGISTRY_*
constexpr uint32_t kSubkey = 0x1, kTopKey = 0x2, kRequired = 0x4, kNoValue = 0x8, kDirect = 0x20,
                   kDelete = 0x40;

std::u16string zero_terminated(const uint16_t* text) {
  std::u16string out;
  while (text && *text) out += char16_t(*text++);
  return out;
}

RegistryKey* behind(void* handle) {
  auto found = registry().open.find(reinterpret_cast<uintptr_t>(handle));
  return found == registry().open.end() ? nullptr : found->second;
}

// The key that RelativeTo and Path name.
RegistryKey* relative_key(uint32_t relative, const uint16_t* path, bool create) {
  if (relative & kHandle) return behind(const_cast<uint16_t*>(path));
  const std::u16string name = zero_terminated(path);
  switch (relative & kRelative) {
    case 0: return registry_at(name, create);  // RTL_REGISTRY_ABSOLUTE
    case 1:                                    // RTL_REGISTRY_SERVICES
      return registry_at(u"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\" + name,
                         create);
    case 4: {  // RTL_REGISTRY_DEVICEMAP
      RegistryKey& map = registry_root(RegistryRoot::DeviceMap);
      return create ? map.create(name) : map.find(name);
    }
    default: return nullptr;
  }
}

// RTL_QUERY_REGISTRY_DIRECT: where the value goes depends on its type.
int32_t store_directly(QS_SITE, const RegistryValue& value, void* to) {
  if (is_text(value.type) || value.type == kRegMultiSz) {
    auto* s = static_cast<qs_UNICODE_STRING*>(to);
    const auto bytes = uint16_t(std::min<size_t>(value.bytes.size(), 0xFFFE));
    if (!s->Buffer) {
      s->Buffer = static_cast<uint16_t*>(
          qs_ExAllocatePoolWithTag(file, line, 1, std::max<size_t>(bytes, 2), 0x67655251));
      if (!s->Buffer) return QS_STATUS_INSUFFICIENT_RESOURCES;
      s->MaximumLength = bytes;
    } else if (s->MaximumLength < bytes) {
      return QS_STATUS_BUFFER_TOO_SMALL;
    }
    std::memcpy(s->Buffer, value.bytes.data(), bytes);
    s->Length = uint16_t(bytes >= 2 ? bytes - 2 : 0);
    return QS_STATUS_SUCCESS;
  }
  if (value.bytes.size() <= sizeof(uint32_t)) {
    std::memcpy(to, value.bytes.data(), value.bytes.size());
    return QS_STATUS_SUCCESS;
  }
  // Negative size of the buffer, or size and type before the bytes.
  int32_t room;
  std::memcpy(&room, to, sizeof room);
  if (room < 0) {
    if (value.bytes.size() > size_t(-int64_t(room))) return QS_STATUS_BUFFER_TOO_SMALL;
    std::memcpy(to, value.bytes.data(), value.bytes.size());
    return QS_STATUS_SUCCESS;
  }
  const auto size = uint32_t(value.bytes.size());
  if (uint32_t(room) < size) return QS_STATUS_BUFFER_TOO_SMALL;
  std::memcpy(to, &size, 4);
  std::memcpy(static_cast<char*>(to) + 4, &value.type, 4);
  std::memcpy(static_cast<char*>(to) + 8, value.bytes.data(), size);
  return QS_STATUS_SUCCESS;
}

// One row of RtlQueryRegistryValues.
int32_t query_row(QS_SITE, RegistryKey* key, const qs_RTL_QUERY_REGISTRY_TABLE& row,
                  void* context) {
  if (row.Flags & kNoValue) {
    return row.QueryRoutine ? row.QueryRoutine(nullptr, 0, nullptr, 0, context, row.EntryContext)
                            : QS_STATUS_SUCCESS;
  }
  const std::u16string name = zero_terminated(row.Name);
  const RegistryValue* found = key->value(name);
  RegistryValue value;
  if (found) {
    value = *found;
  } else {
    if (row.Flags & kRequired) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
    const uint32_t type = row.DefaultType & 0xFFFFFF;
    if (type == 0) return QS_STATUS_SUCCESS;
    size_t length = row.DefaultLength;
    if (!length && row.DefaultData && is_text(type))
      length = zero_terminated(static_cast<uint16_t*>(row.DefaultData)).size() * 2 + 2;
    value = {type, std::string(static_cast<const char*>(row.DefaultData), length)};
  }
  int32_t status = QS_STATUS_SUCCESS;
  if (row.Flags & kDirect) {
    if (row.EntryContext) status = store_directly(file, line, value, row.EntryContext);
  } else if (row.QueryRoutine) {
    auto* data = fw().driver_memory.allocate(value.bytes.size() + 2);
    std::memcpy(data, value.bytes.data(), value.bytes.size());
    status = row.QueryRoutine(row.Name, value.type, data, uint32_t(value.bytes.size()), context,
                              row.EntryContext);
  }
  if (NT_OK(status) && found && row.Flags & kDelete) key->values.erase(lower_case(name));
  return status;
}

RegistryKey* key_named(const qs_OBJECT_ATTRIBUTES* a, bool create) {
  if (!a || !a->ObjectName) return nullptr;
  const std::u16string name = text_of(a->ObjectName);
  if (!a->RootDirectory) return registry_at(name, create);
  RegistryKey* below = behind(a->RootDirectory);
  if (!below) return nullptr;
  return create ? below->create(name) : below->find(name);
}

}  // namespace

int32_t qs_RtlQueryRegistryValues(QS_SITE, uint32_t relative, const uint16_t* path,
                                  qs_RTL_QUERY_REGISTRY_TABLE* table, void* context, void*) {
  ApiCall call(trace::ApiFn::RtlQueryRegistryValues, file, line);
  require(table);
  if (!irql_allows(sched::kPassiveLevel)) return call.status(QS_STATUS_UNSUCCESSFUL);
  RegistryKey* const top = relative_key(relative, path, false);
  if (!top) return call.status(QS_STATUS_OBJECT_NAME_NOT_FOUND);
  RegistryKey* key = top;
  for (auto* row = table; row->QueryRoutine || row->Name || row->Flags & (kSubkey | kDirect);
       ++row) {
    if (row->Flags & (kTopKey | kSubkey)) key = top;
    int32_t status = QS_STATUS_SUCCESS;
    if (row->Flags & kSubkey) {
      RegistryKey* below = top->find(zero_terminated(row->Name));
      if (below)
        key = below;
      else if (row->Flags & kRequired)
        status = QS_STATUS_OBJECT_NAME_NOT_FOUND;
    } else {
      status = query_row(file, line, key, *row, context);
    }
    if (!NT_OK(status)) return call.status(status);
  }
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_RtlWriteRegistryValue(QS_SITE, uint32_t relative, const uint16_t* path,
                                 const uint16_t* name, uint32_t type, void* data, uint32_t length) {
  SiteScope site(file, line);
  RegistryKey* key = relative_key(relative, path, true);  // it makes the key that is missing
  if (!key) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
  return assign_value(key, zero_terminated(name), type, data, data ? length : 0);
}

int32_t qs_RtlDeleteRegistryValue(QS_SITE, uint32_t relative, const uint16_t* path,
                                  const uint16_t* name) {
  SiteScope site(file, line);
  RegistryKey* key = relative_key(relative, path, false);
  if (!key || !key->values.erase(lower_case(zero_terminated(name))))
    return QS_STATUS_OBJECT_NAME_NOT_FOUND;
  return QS_STATUS_SUCCESS;
}

int32_t qs_RtlCheckRegistryKey(QS_SITE, uint32_t relative, uint16_t* path) {
  SiteScope site(file, line);
  return relative_key(relative, path, false) ? QS_STATUS_SUCCESS : QS_STATUS_OBJECT_NAME_NOT_FOUND;
}

int32_t qs_RtlCreateRegistryKey(QS_SITE, uint32_t relative, uint16_t* path) {
  SiteScope site(file, line);
  return relative_key(relative, path, true) ? QS_STATUS_SUCCESS : QS_STATUS_OBJECT_NAME_NOT_FOUND;
}

int32_t qs_ZwOpenKey(QS_SITE, void** out, uint32_t, qs_OBJECT_ATTRIBUTES* attributes) {
  SiteScope site(file, line);
  require(out);
  *out = nullptr;
  if (!irql_allows(sched::kPassiveLevel)) return QS_STATUS_UNSUCCESSFUL;
  RegistryKey* key = key_named(attributes, false);
  if (!key) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
  *out = zw_handle(key);
  return QS_STATUS_SUCCESS;
}

int32_t qs_ZwCreateKey(QS_SITE, void** out, uint32_t, qs_OBJECT_ATTRIBUTES* attributes, uint32_t,
                       qs_UNICODE_STRING*, uint32_t, uint32_t* disposition) {
  SiteScope site(file, line);
  require(out);
  *out = nullptr;
  if (!irql_allows(sched::kPassiveLevel)) return QS_STATUS_UNSUCCESSFUL;
  const bool there = key_named(attributes, false) != nullptr;
  RegistryKey* key = key_named(attributes, true);
  if (!key) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
  if (disposition) *disposition = there ? 2 : 1;  // REG_OPENED_EXISTING_KEY, REG_CREATED_NEW_KEY
  *out = zw_handle(key);
  return QS_STATUS_SUCCESS;
}

int32_t qs_ZwQueryValueKey(QS_SITE, void* handle, qs_UNICODE_STRING* name, int32_t info_class,
                           void* to, uint32_t room, uint32_t* needed) {
  SiteScope site(file, line);
  require(needed);
  RegistryKey* key = behind(handle);
  if (!key) return QS_STATUS_INVALID_HANDLE;
  const RegistryValue* value = key->value(text_of(name));
  if (!value) return QS_STATUS_OBJECT_NAME_NOT_FOUND;
  const std::u16string text = text_of(name);
  const auto data = uint32_t(value->bytes.size());
  // KEY_VALUE_BASIC, _FULL, _PARTIAL_INFORMATION: TitleIndex and Type first.
  uint32_t head[5] = {0, value->type, 0, 0, 0};
  std::string bytes;
  const std::string named(reinterpret_cast<const char*>(text.data()), text.size() * 2);
  if (info_class == 0) {
    head[2] = uint32_t(named.size());
    bytes.assign(reinterpret_cast<const char*>(head), 12);
    bytes += named;
  } else if (info_class == 1) {
    head[2] = uint32_t((20 + named.size() + 7) & ~size_t(7));
    head[3] = data;
    head[4] = uint32_t(named.size());
    bytes.assign(reinterpret_cast<const char*>(head), 20);
    bytes += named;
    bytes.resize(head[2], '\0');
    bytes += value->bytes;
  } else if (info_class == 2) {
    head[2] = data;
    bytes.assign(reinterpret_cast<const char*>(head), 12);
    bytes += value->bytes;
  } else {
    return QS_STATUS_INVALID_PARAMETER;
  }
  *needed = uint32_t(bytes.size());
  if (room < 12) return QS_STATUS_BUFFER_TOO_SMALL;
  std::memcpy(to, bytes.data(), std::min<size_t>(room, bytes.size()));
  return room < bytes.size() ? QS_STATUS_BUFFER_OVERFLOW : QS_STATUS_SUCCESS;
}

int32_t qs_ZwSetValueKey(QS_SITE, void* handle, qs_UNICODE_STRING* name, uint32_t, uint32_t type,
                         void* data, uint32_t length) {
  SiteScope site(file, line);
  RegistryKey* key = behind(handle);
  if (!key) return QS_STATUS_INVALID_HANDLE;
  return assign_value(key, text_of(name), type, data, data ? length : 0);
}

int32_t qs_ZwDeleteValueKey(QS_SITE, void* handle, qs_UNICODE_STRING* name) {
  SiteScope site(file, line);
  RegistryKey* key = behind(handle);
  if (!key) return QS_STATUS_INVALID_HANDLE;
  return key->values.erase(lower_case(text_of(name))) ? QS_STATUS_SUCCESS
                                                      : QS_STATUS_OBJECT_NAME_NOT_FOUND;
}

int32_t qs_ZwDeleteKey(QS_SITE, void* handle) {
  SiteScope site(file, line);
  RegistryKey* key = behind(handle);
  return key ? remove_key(key) : QS_STATUS_INVALID_HANDLE;
}

int32_t qs_IoOpenDeviceRegistryKey(QS_SITE, qs_DEVICE_OBJECT* device, uint32_t type, uint32_t,
                                   void** out) {
  SiteScope site(file, line);
  require(device);
  require(out);
  RegistryKey* key = device_key(type);
  if (!key) return QS_STATUS_INVALID_PARAMETER;
  *out = zw_handle(key);
  return QS_STATUS_SUCCESS;
}
