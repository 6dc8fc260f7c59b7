// What a device is called and where it is plugged in, as drivers ask for it:
// DEVICE_REGISTRY_PROPERTY. Owns: PropertyState. Called by api/property.cpp and by run, before the
// driver is loaded.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "kmdf/core/registry.h"

namespace qs::kmdf {

// Gives every device of the run that property instead of the usual one. `name` is the one in
// program.toml: "FriendlyName" for DevicePropertyFriendlyName. False: no text of that name.
bool set_device_property(std::string_view name, std::string_view text);
std::string device_property_names();

// Its bytes, as a driver's buffer gets them. Nothing: the device has no such property.
std::optional<std::string> device_property(int32_t property);

// The place of a device on its bus, as the interfaces of it are named by.
std::u16string device_instance_name();

}  // namespace qs::kmdf
