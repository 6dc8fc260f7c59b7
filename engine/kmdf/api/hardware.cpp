// qsdevice.h: the driver's side of the virtual hardware. A QSDEVICE is the id of its device.
#include "kmdf/device/hardware.h"
#include "kmdf/api/common.h"
#include "kmdf/async/timers.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

VirtualHardware* hardware_arg(QSDEVICE handle, Called what) {
  auto* d = checked<Device>(handle, ObjectKind::Device, what);
  VirtualHardware* hw = hardware_of(d);
  if (!hw) bugcheck("V-04", 0x5, d->id.raw, 0, d->id);
  return hw;
}

Dpc* dpc_arg(WDFDPC handle, Called what) {
  return handle ? checked<Dpc>(handle, ObjectKind::Dpc, what) : nullptr;
}

ObjectId channel_id(const VirtualHardware* hw, uint32_t channel) {
  return channel < hw->channels.size() ? hw->channels[channel].id : ObjectId();
}

}  // namespace

QSDEVICE qs_QsDeviceOpen(QS_SITE, WDFDEVICE device) {
  (void)file, (void)line;
  auto* d = checked<Device>(device, ObjectKind::Device, {"QsDeviceOpen", file, line});
  return hardware_of(d) ? handle<QSDEVICE>(d) : nullptr;
}

void qs_QsDeviceReset(QS_SITE, QSDEVICE hardware) {
  (void)file, (void)line;
  reset_hardware(hardware_arg(hardware, {"QsDeviceReset", file, line}));
}

uint32_t qs_QsDeviceChannelCount(QS_SITE, QSDEVICE hardware) {
  (void)file, (void)line;
  return uint32_t(hardware_arg(hardware, {"QsDeviceChannelCount", file, line})->channels.size());
}

int32_t qs_QsChannelStart(QS_SITE, QSDEVICE hardware, uint32_t channel, void* context,
                          uint32_t microseconds, WDFDPC dpc) {
  VirtualHardware* hw = hardware_arg(hardware, {"QsChannelStart", file, line});
  Dpc* d = dpc_arg(dpc, {"QsChannelStart", file, line});
  ApiCall call(trace::ApiFn::QsChannelStart, file, line, channel_id(hw, channel), {}, microseconds);
  irql_allows(sched::kDispatchLevel, hw->device->id);
  return call.status(start_channel(hw, channel, context, microseconds, d));
}

uint8_t qs_QsChannelCancel(QS_SITE, QSDEVICE hardware, uint32_t channel) {
  VirtualHardware* hw = hardware_arg(hardware, {"QsChannelCancel", file, line});
  ApiCall call(trace::ApiFn::QsChannelCancel, file, line, channel_id(hw, channel));
  irql_allows(sched::kDispatchLevel, hw->device->id);
  return call.value(uint8_t(cancel_channel(hw, channel)));
}

uint8_t qs_QsChannelIsFree(QS_SITE, QSDEVICE hardware, uint32_t channel) {
  (void)file, (void)line;
  VirtualHardware* hw = hardware_arg(hardware, {"QsChannelIsFree", file, line});
  rt::sched().touch(channel_id(hw, channel), sched::Use::Reads);
  return channel < hw->channels.size() && !hw->channels[channel].busy;
}

void* qs_QsChannelBusyContext(QS_SITE, QSDEVICE hardware, uint32_t channel) {
  (void)file, (void)line;
  VirtualHardware* hw = hardware_arg(hardware, {"QsChannelBusyContext", file, line});
  rt::sched().touch(channel_id(hw, channel), sched::Use::Reads);
  bool busy = channel < hw->channels.size() && hw->channels[channel].busy;
  return busy ? hw->channels[channel].context : nullptr;
}

uint8_t qs_QsChannelTakeFinished(QS_SITE, QSDEVICE hardware, uint32_t* channel, void** context) {
  (void)file, (void)line;
  VirtualHardware* hw = hardware_arg(hardware, {"QsChannelTakeFinished", file, line});
  require(channel, hw->device->id);
  require(context, hw->device->id);
  return take_finished(hw, channel, context);
}

int32_t qs_QsEventConnect(QS_SITE, QSDEVICE hardware, uint32_t source, WDFDPC dpc) {
  (void)file, (void)line;
  VirtualHardware* hw = hardware_arg(hardware, {"QsEventConnect", file, line});
  return connect_event(hw, source, dpc_arg(dpc, {"QsEventConnect", file, line}));
}

uint32_t qs_QsEventCount(QS_SITE, QSDEVICE hardware, uint32_t source) {
  (void)file, (void)line;
  VirtualHardware* hw = hardware_arg(hardware, {"QsEventCount", file, line});
  if (source < kEventSources) rt::sched().touch(hw->sources[source].id, sched::Use::Reads);
  return source < kEventSources ? uint32_t(hw->sources[source].values.size()) : 0;
}

uint8_t qs_QsEventTake(QS_SITE, QSDEVICE hardware, uint32_t source, uint32_t* value) {
  (void)file, (void)line;
  VirtualHardware* hw = hardware_arg(hardware, {"QsEventTake", file, line});
  require(value, hw->device->id);
  return take_event(hw, source, value);
}
