// The registry that a driver sees in a run: a few roots with keys and values below them, as the
// program says (run/program.h), and what the driver itself writes. Owns: RegistryKey,
// RegistryState. Called by api/registry.cpp and api/nt_registry.cpp, and by run before the driver
// is loaded. It lives as long as the run; names are compared without case.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "kmdf/core/run_state.h"

namespace qs::kmdf {

struct RegistryValue {
  uint32_t type = 0;  // REG_*
  std::string bytes;  // little-endian; text is UTF-16 with a zero at its end
};

struct RegistryKey {
  std::u16string name;  // as it was first written
  RegistryKey* parent = nullptr;
  // By lower-case name. A key that was removed stays in `gone`, for handles that are still open.
  std::map<std::u16string, std::unique_ptr<RegistryKey>> keys;
  std::map<std::u16string, RegistryValue> values;
  bool removed = false;

  RegistryKey* find(std::u16string_view path);    // null: no such key
  RegistryKey* create(std::u16string_view path);  // every part that is missing
  RegistryValue* value(std::u16string_view value_name);
};

// Where a driver begins: its own service key, of which "Parameters" is the key for its settings;
// the device's hardware key and its software key (PLUGPLAY_REGKEY_DEVICE, _DRIVER), and the map of
// devices by name.
enum class RegistryRoot : uint8_t { Service, Device, Driver, DeviceMap };

struct RegistryState {
  RegistryKey roots[4];
  std::vector<std::unique_ptr<RegistryKey>> gone;
  std::map<uintptr_t, RegistryKey*> open;  // Zw* handles
};

RegistryState& registry();
RegistryKey& registry_root(RegistryRoot root);
// The key of a full path (\Registry\Machine\...\Services\driver\Parameters), as far as one of the
// roots lies on it; null: none does, or there is no such key.
RegistryKey* registry_at(std::u16string_view path, bool create);
// The path of the driver's service key, as DriverEntry is given it.
std::u16string_view service_path();

// A key by the name it has in program.toml, "parameters\sub"; its first part is one of the names
// that registry_root_names() lists.
bool set_registry_value(std::string_view key, std::string_view name, uint32_t type,
                        std::string bytes);
std::string_view registry_root_names();

// NTSTATUS of removing a key; one with keys below it stays.
int32_t remove_key(RegistryKey* key);

std::u16string lower_case(std::u16string_view text);
std::u16string from_utf8(std::string_view text);
std::u16string text_of(const qs_UNICODE_STRING* s);

}  // namespace qs::kmdf
