// What a driver that asks is to create (qsask.h). Owns: SetupState. Filled by run before the driver
// is loaded; the driver's side is qs_DeviceSetup and qs_NextQueue.
#pragma once
#include <vector>

#include "include/qs/abi.h"

namespace qs::kmdf {

// The queues are handed out in this order; their names are given with set_queue_names
// (overrides.h).
void set_setup(const qs_DEVICE_SETUP& device, std::vector<qs_QUEUE_SETUP> queues);

}  // namespace qs::kmdf
