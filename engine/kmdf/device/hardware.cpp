#include "kmdf/device/hardware.h"

#include <charconv>
#include <string>

#include "kmdf/api/common.h"
#include "kmdf/async/interrupt.h"
#include "kmdf/async/timers.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/run_state.h"
#include "kmdf/device/usb.h"

namespace qs::kmdf {

using rt::emit;

struct HardwareState {
  std::string kind = "none";
  uint32_t duration = 0;
  std::vector<std::unique_ptr<VirtualHardware>> made;
};

namespace {

void name(ObjectId id, const std::string& text) { rt::sched().trace().set_name(id, text); }

void add_channel(VirtualHardware* hw, ChannelKind kind, uint32_t duration,
                 const std::string& text) {
  Channel& c = hw->channels.emplace_back();
  c.id = fw().next_id(ObjectKind::Channel);
  c.kind = kind;
  c.duration = duration;
  name(c.id, text);
  emit(trace::EventCode::ChannelConfig, c.id, hw->device->id, uint32_t(hw->channels.size() - 1),
       uint32_t(kind), duration);
}

void add_source(VirtualHardware* hw, uint32_t source, const std::string& text) {
  EventSource& s = hw->sources[source];
  s.present = true;
  s.id = fw().next_id(ObjectKind::Channel);
  name(s.id, text);
  emit(trace::EventCode::ChannelConfig, s.id, hw->device->id, source, uint32_t(ChannelKind::Source),
       0);
}

// slot -> 1, slots(n) -> n, others -> 0.
uint32_t slots_of(std::string_view kind) {
  if (kind == "slot") return 1;
  if (kind.substr(0, 6) != "slots(" || kind.back() != ')') return 0;
  uint32_t n = 0;
  const char* last = kind.data() + kind.size() - 1;
  const auto read = std::from_chars(kind.data() + 6, last, n);
  return read.ec == std::errc() && read.ptr == last && n <= kMostSlots ? n : 0;
}

void build(Device* d, const std::string& kind, uint32_t duration) {
  if (d->hardware || kind == "none" || kind == "echo" || kind == "fx2") return;
  auto& made = part(run_state().hardware).made;
  VirtualHardware* hw = made.emplace_back(std::make_unique<VirtualHardware>()).get();
  hw->device = d;
  hw->powered = d->in_d0();
  d->hardware = hw;
  uint32_t n = slots_of(kind);
  for (uint32_t i = 0; i < n; ++i)
    add_channel(hw, ChannelKind::Operation, duration ? duration : 4000,
                n == 1 ? "slot" : "slot " + std::to_string(i + 1));
  if (kind == "uart") {
    add_channel(hw, ChannelKind::ByteReader, 0, "read channel");
    add_channel(hw, ChannelKind::Operation, duration ? duration : 1000, "write channel");
    add_source(hw, kEventReceived, "receive line");
    add_source(hw, kEventStatus, "status lines");
  }
  if (kind == "button") add_source(hw, kEventButton, "button");
}

ObjectId request_in(void* context) {
  uintptr_t raw = reinterpret_cast<uintptr_t>(context);
  ObjectId id{uint32_t(raw)};
  if (raw <= 0xFFFFFFFFu && id.kind() == ObjectKind::Request && fw().find(id)) return id;
  return {};
}

// What has been done and is not taken yet.
void touch_finished(const VirtualHardware* hw) {
  rt::sched().touch_other(sched::Footprint::kFinished + hw->device->id.raw);
}

void interrupt(Dpc* dpc) {
  if (dpc && !dpc->delete_called) enqueue_dpc(dpc);
}

// The operation of a channel has finished: called by the clock, or with the byte that a reader
// waited for.
void finish_channel(VirtualHardware* hw, uint32_t index) {
  hw->lock.lock(hw->channels[index].id);
  Channel& c = hw->channels[index];
  touch_finished(hw);
  bool was = c.busy;
  c.busy = false;
  c.clock = 0;
  if (was) {
    hw->finished.push_back({index, c.context});
    emit(trace::EventCode::HwDone, c.id, c.request);
  }
  hw->lock.unlock();
  if (was) interrupt(c.dpc);
  if (was) raise_interrupts(hw->device);
}

uint64_t start_clock(VirtualHardware* hw, uint32_t index, uint32_t duration) {
  uint64_t due = uint64_t(rt::now()) + duration;
  return rt::at(uint32_t(due < kNever ? due : kNever - 1), true,
                [hw, index] { finish_channel(hw, index); });
}

void stop_clock(uint64_t clock) { rt::cancel(clock); }

// U-07.
bool powered(VirtualHardware* hw, ObjectId what) {
  rt::sched().touch(hw->device->id, sched::Use::Reads);
  if (hw->powered) return true;
  finding("U-07", hw->device->id, what);
  return false;
}

}  // namespace

bool hardware_known(std::string_view kind) {
  return kind == "none" || kind == "echo" || kind == "uart" || kind == "button" || kind == "fx2" ||
         slots_of(kind);
}

std::string_view hardware_kind() { return part(run_state().hardware).kind; }

bool configure_hardware(Device* device, std::string_view kind, uint32_t duration) {
  if (!hardware_known(kind)) return false;
  if (device) {
    build(device, std::string(kind), duration);
  } else {
    HardwareState& s = part(run_state().hardware);
    s.kind = kind;
    s.duration = duration;
  }
  return true;
}

VirtualHardware* hardware_of(Device* d) {
  const HardwareState& s = part(run_state().hardware);
  build(d, s.kind, s.duration);
  return d->hardware;
}

int32_t start_channel(VirtualHardware* hw, uint32_t index, void* context, uint32_t duration,
                      Dpc* dpc) {
  if (index >= hw->channels.size()) return QS_STATUS_INVALID_PARAMETER;
  Channel& c = hw->channels[index];
  if (!powered(hw, c.id)) return QS_STATUS_DEVICE_NOT_READY;
  hw->lock.lock(c.id);
  if (c.busy) {
    hw->lock.unlock();
    finding("U-06", c.id, request_in(context));
    return QS_STATUS_DEVICE_BUSY;
  }
  c.busy = true;
  c.context = context;
  c.request = request_in(context);
  c.dpc = dpc;
  if (!duration) duration = c.duration;
  emit(trace::EventCode::HwStart, c.id, c.request, duration);
  bool waits_for_byte = c.kind == ChannelKind::ByteReader;
  if (!waits_for_byte) c.clock = start_clock(hw, index, duration);
  hw->lock.unlock();
  if (waits_for_byte && !hw->sources[kEventReceived].values.empty()) finish_channel(hw, index);
  return QS_STATUS_SUCCESS;
}

bool cancel_channel(VirtualHardware* hw, uint32_t index) {
  if (index >= hw->channels.size()) return false;
  Channel& c = hw->channels[index];
  if (!powered(hw, c.id)) return false;
  hw->lock.lock(c.id);
  bool was = c.busy;
  c.busy = false;
  if (c.clock) stop_clock(c.clock);
  c.clock = 0;
  if (was) emit(trace::EventCode::HwCancel, c.id, c.request);
  hw->lock.unlock();
  return was;
}

bool take_finished(VirtualHardware* hw, uint32_t* channel, void** context) {
  hw->lock.lock(hw->device->id, sched::Use::Reads);
  touch_finished(hw);
  bool any = !hw->finished.empty();
  if (any) {
    *channel = hw->finished.front().channel;
    *context = hw->finished.front().context;
    hw->finished.pop_front();
  }
  hw->lock.unlock();
  return any;
}

int32_t connect_event(VirtualHardware* hw, uint32_t source, Dpc* dpc) {
  if (source >= kEventSources || !hw->sources[source].present) return QS_STATUS_INVALID_PARAMETER;
  hw->sources[source].dpc = dpc;
  if (!hw->sources[source].values.empty()) interrupt(dpc);
  return QS_STATUS_SUCCESS;
}

bool take_event(VirtualHardware* hw, uint32_t source, uint32_t* value) {
  if (source >= kEventSources) return false;
  rt::sched().touch(hw->sources[source].id, sched::Use::Reads);
  if (hw->sources[source].values.empty()) return false;
  hw->lock.lock(hw->sources[source].id);
  auto& values = hw->sources[source].values;
  bool any = !values.empty();
  if (any) {
    *value = values.front();
    values.pop_front();
  }
  hw->lock.unlock();
  return any;
}

bool hardware_event(Device* device, uint32_t source, uint32_t value) {
  VirtualHardware* hw = hardware_of(device);
  if (!hw || source >= kEventSources || !hw->sources[source].present) return false;
  rt::sched().touch(device->id, sched::Use::Reads);
  if (!hw->powered) return false;
  EventSource& s = hw->sources[source];
  hw->lock.lock(s.id);
  s.values.push_back(value);
  emit(trace::EventCode::HwEvent, s.id, device->id, value);
  hw->lock.unlock();
  if (source == kEventReceived)
    for (uint32_t i = 0; i < hw->channels.size(); ++i)
      if (hw->channels[i].kind == ChannelKind::ByteReader && hw->channels[i].busy)
        finish_channel(hw, i);
  interrupt(s.dpc);
  raise_interrupts(device);
  return true;
}

bool press_button(Device* device, uint32_t n) {
  if (usb_switch(device, n)) return true;
  bool any = n > 0;
  for (uint32_t i = 0; i < n && any; ++i) {
    any = hardware_event(device, kEventButton, 1);
    check_limits();
  }
  return any;
}

void reset_hardware(VirtualHardware* hw) {
  hw->lock.lock(hw->device->id);
  touch_finished(hw);
  for (Channel& c : hw->channels) {
    if (!c.busy) continue;
    c.busy = false;
    if (c.clock) stop_clock(c.clock);
    c.clock = 0;
    emit(trace::EventCode::HwCancel, c.id, c.request);
  }
  hw->finished.clear();
  for (EventSource& s : hw->sources) s.values.clear();
  hw->lock.unlock();
}

bool has_interrupt(Device* d) { return hardware_of(d) != nullptr; }

void hardware_power_on(Device* d) {
  rt::sched().touch(d->id);
  if (VirtualHardware* hw = hardware_of(d)) hw->powered = true;
}

void hardware_power_lost(Device* d) {
  if (!d->hardware) return;
  reset_hardware(d->hardware);
  d->hardware->powered = false;
}

}  // namespace qs::kmdf
