#include "kmdf/core/setup.h"

#include "kmdf/api/common.h"
#include "kmdf/core/run_state.h"

namespace qs::kmdf {

struct SetupState {
  qs_DEVICE_SETUP device{};
  std::vector<qs_QUEUE_SETUP> queues;
  size_t next = 0;
};

namespace {

SetupState& state() { return part(run_state().setup); }

}  // namespace

void set_setup(const qs_DEVICE_SETUP& device, std::vector<qs_QUEUE_SETUP> queues) {
  state() = {device, std::move(queues), 0};
}

}  // namespace qs::kmdf

using namespace qs;
using namespace qs::kmdf;

void qs_DeviceSetup(QS_SITE, qs_DEVICE_SETUP* setup) {
  require(setup);
  ApiCall call(trace::ApiFn::QsDeviceSetup, file, line);
  *setup = state().device;
}

int32_t qs_NextQueue(QS_SITE, WDFDEVICE device, qs_QUEUE_SETUP* setup) {
  require(setup);
  auto* d = checked<Device>(device, ObjectKind::Device, "QsNextQueue");
  ApiCall call(trace::ApiFn::QsNextQueue, file, line, d->id);
  SetupState& s = state();
  *setup = {};
  if (s.next >= s.queues.size()) return call.value(0);
  *setup = s.queues[s.next++];
  return call.value(1);
}
