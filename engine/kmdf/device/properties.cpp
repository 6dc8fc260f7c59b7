#include "kmdf/device/properties.h"

#include <cstring>
#include <map>

namespace qs::kmdf {

struct PropertyState {
  std::map<int32_t, std::string> set;  // UTF-8
};

namespace {

enum Kind : uint8_t { kText, kTexts, kNumber, kGuid };
struct Property {
  int32_t number;  // DEVICE_REGISTRY_PROPERTY
  const char* name;
  Kind kind;
  const char* usual;  // of text; empty: there is none
  uint32_t value = 0;
};
// A device on a bus of its own, as a root-enumerated one is: InterfaceType PNPBus.
constexpr Property kProperties[] = {
    {0x0, "DeviceDescription", kText, "QueueScope virtual device"},
    {0x1, "HardwareID", kTexts, "ROOT\\QueueScope"},
    {0x2, "CompatibleIDs", kTexts, ""},
    {0x5, "ClassName", kText, "System"},
    {0x6, "ClassGuid", kText, "{4d36e97d-e325-11ce-bfc1-08002be10318}"},
    {0x7, "DriverKeyName", kText, "{4d36e97d-e325-11ce-bfc1-08002be10318}\\0001"},
    {0x8, "Manufacturer", kText, "QueueScope"},
    {0x9, "FriendlyName", kText, "QueueScope virtual device"},
    {0xa, "LocationInformation", kText, "Virtual bus, slot 1"},
    {0xb, "PhysicalDeviceObjectName", kText, "\\Device\\00000001"},
    {0xc, "BusTypeGuid", kGuid, ""},
    {0xd, "LegacyBusType", kNumber, "", 15},
    {0xe, "BusNumber", kNumber, "", 0},
    {0xf, "EnumeratorName", kText, "ROOT"},
    {0x10, "Address", kNumber, "", 1},
    {0x11, "UINumber", kNumber, "", 1},
    {0x12, "InstallState", kNumber, "", 0},
    {0x13, "RemovalPolicy", kNumber, "", 1},
};
// GUID_BUS_TYPE_INTERNAL.
constexpr uint8_t kInternalBus[16] = {0x73, 0xea, 0x30, 0x15, 0x6b, 0x08, 0xd1, 0x11,
                                      0xa0, 0x9f, 0x00, 0xc0, 0x4f, 0xc3, 0x40, 0xb1};

bool has_text(const Property& p) { return p.kind == kText || p.kind == kTexts; }

std::string bytes_of(std::u16string_view text, size_t zeros) {
  std::string out((text.size() + zeros) * 2, '\0');
  std::memcpy(out.data(), text.data(), text.size() * 2);
  return out;
}

}  // namespace

bool set_device_property(std::string_view name, std::string_view text) {
  for (const Property& p : kProperties)
    if (has_text(p) && name == p.name) {
      part(run_state().properties).set[p.number] = text;
      return true;
    }
  return false;
}

std::string device_property_names() {
  std::string out;
  for (const Property& p : kProperties)
    if (has_text(p)) out += (out.empty() ? "" : ", ") + std::string(p.name);
  return out;
}

std::optional<std::string> device_property(int32_t property) {
  const auto& set = part(run_state().properties).set;
  for (const Property& p : kProperties) {
    if (p.number != property) continue;
    if (p.kind == kNumber) return std::string(reinterpret_cast<const char*>(&p.value), 4);
    if (p.kind == kGuid)
      return std::string(reinterpret_cast<const char*>(kInternalBus), sizeof kInternalBus);
    auto own = set.find(p.number);
    const std::string_view text = own == set.end() ? std::string_view(p.usual) : own->second;
    if (text.empty()) return std::nullopt;
    return bytes_of(from_utf8(text), p.kind == kTexts ? 2 : 1);
  }
  return std::nullopt;
}

std::u16string device_instance_name() { return u"ROOT#QueueScope#0000"; }

}  // namespace qs::kmdf
