// The registry and the device properties that a program gives its driver, from tables of its TOML
// file. Owns: read_registry, read_properties. Called by program_file; any thread.
//
//   [program.registry.parameters]         # WdfDriverOpenParametersRegistryKey
//   BufferSize = 4096                     # REG_DWORD; above 32 bits REG_QWORD
//   Name = "left"                         # REG_SZ
//   Names = ["left", "right"]             # REG_MULTI_SZ
//   Key = [1, 2, 255]                     # REG_BINARY, a byte each
//   Sub = { Depth = 1 }                   # a key below
//
//   [program.registry.device]             # WdfDeviceOpenRegistryKey, PLUGPLAY_REGKEY_DEVICE
//   [program.registry.driver]             # the same, PLUGPLAY_REGKEY_DRIVER
//   [program.registry.service]            # the path that DriverEntry is given
//   [program.registry.devicemap]          # WdfDeviceOpenDevicemapKey
//
//   [program.properties]                  # WdfDeviceAllocAndQueryProperty and its kin
//   FriendlyName = "A toaster"
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "base/result.h"
#include "run/program.h"

namespace qs::lesson {

// Errors name file and line and say what is allowed.
Result<bool> read_registry(std::vector<run::RegistryEntry>& out, const toml::node& node,
                           std::string_view file);
Result<bool> read_properties(std::vector<std::pair<std::string, std::string>>& out,
                             const toml::node& node, std::string_view file);

}  // namespace qs::lesson
