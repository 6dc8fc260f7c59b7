// What the registry's functions with and without the framework share. Called by api/registry.cpp,
// api/nt_registry.cpp and api/property.cpp only.
#pragma once
#include "kmdf/core/registry.h"

namespace qs::kmdf {

constexpr uint32_t kRegSz = 1, kRegExpandSz = 2, kRegBinary = 3, kRegDword = 4, kRegMultiSz = 7;

bool is_text(uint32_t type);
RegistryValue text_value(std::u16string_view text);
// Copies as much as there is room for. STATUS_BUFFER_OVERFLOW: not all; `needed` has the whole.
int32_t copy_out(const RegistryValue& value, uint32_t room, void* to, uint32_t* needed);
int32_t assign_value(RegistryKey* key, std::u16string_view name, uint32_t type, const void* data,
                     size_t length);
// Of PLUGPLAY_REGKEY_DEVICE or _DRIVER; null: of neither.
RegistryKey* device_key(uint32_t type);
// A new Zw handle to that key.
void* zw_handle(RegistryKey* key);
// The id behind a handle that was checked already.
inline ObjectId handle_id(const void* handle) {
  return ObjectId(uint32_t(reinterpret_cast<uintptr_t>(handle)));
}

}  // namespace qs::kmdf
