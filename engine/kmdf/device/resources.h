// What hardware a device is given: its registers and its interrupt, when its virtual hardware has
// them. Owns: ResourceList, a WDFCMRESLIST. Called by device/power.cpp, which hands the lists to
// the driver, and api/property.cpp.
#pragma once
#include "kmdf/core/object.h"

namespace qs::kmdf {

struct Device;

// CM_PARTIAL_RESOURCE_DESCRIPTOR, packed to 4 bytes.
struct ResourceDescriptor {
  uint8_t type, share;
  uint16_t flags;
  uint32_t words[4];
};
static_assert(sizeof(ResourceDescriptor) == 20);

struct ResourceList final : Object {
  explicit ResourceList(ObjectId i) : Object(i) {}
  ResourceDescriptor* descriptors = nullptr;  // in the driver's memory
  uint32_t count = 0;
};

// The device's resources; raw and translated ones are the same here. They live as long as the
// device.
ResourceList* resources_of(Device* device);

}  // namespace qs::kmdf
