#include "kmdf/device/resources.h"

#include <cstring>

#include "kmdf/core/framework.h"
#include "kmdf/device/device.h"
#include "kmdf/device/hardware.h"

namespace qs::kmdf {

namespace {

constexpr uint8_t kInterruptResource = 2,
                  kShared = 3;  // CmResourceTypeInterrupt, CmResourceShareShared

}  // namespace

ResourceList* resources_of(Device* d) {
  if (d->resources) return d->resources;
  auto* list = fw().make<ResourceList>(ObjectKind::Generic);
  link_child(d, list);
  d->resources = list;
  if (!has_interrupt(d)) return list;
  list->count = 1;
  list->descriptors =
      static_cast<ResourceDescriptor*>(fw().driver_memory.allocate(sizeof(ResourceDescriptor)));
  std::memset(list->descriptors, 0, sizeof(ResourceDescriptor));
  list->descriptors->type = kInterruptResource;
  list->descriptors->share = kShared;
  // Level, vector, affinity.
  list->descriptors->words[0] = 9;
  list->descriptors->words[1] = 0x51;
  list->descriptors->words[2] = 1;
  return list;
}

}  // namespace qs::kmdf
