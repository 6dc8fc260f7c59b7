// The virtual hardware of a device: channels that work for a while on the virtual clock and then queue a DPC, and
// event sources such as a button. Owns: VirtualHardware, Channel. Called by qsdevice.h's functions (driver
// side), by device_power (the hardware loses power) and by run (set-up, button presses, bytes that come in).
#pragma once
#include <deque>
#include <string_view>
#include <vector>

#include "kmdf/device.h"

namespace qs::kmdf {

struct Dpc;

struct Channel {
  ObjectId id;
  bool busy = false;
  void* context = nullptr;   // what the driver gave: the operation's own
  ObjectId request;          // the request that context stands for, when it is one
  Dpc* dpc = nullptr;        // queued when the operation is done
  uint64_t clock = 0;
  uint32_t duration = 0;     // default, in virtual microseconds
};

// Something that reports events on its own: a button, a receive line.
struct EventSource {
  ObjectId id;
  Dpc* dpc = nullptr;
  std::deque<uint32_t> values;
  uint32_t count = 0;  // events since the driver connected or the device was reset
};

struct VirtualHardware {
  Device* device = nullptr;
  std::vector<Channel> channels;
  std::vector<EventSource> sources;
  struct Finished {
    uint32_t channel;
    void* context;
  };
  std::deque<Finished> finished;
};

// --- for run ---
// `kind`: none, slot, slots(n), echo, uart, button (curriculum's virtual devices). `duration` in virtual
// microseconds, 0 = the kind's own. False: no such kind. Call it before the device starts, once.
bool configure_hardware(Device* device, std::string_view kind, uint32_t duration);
// Event number `value` of source `source` happens now; outside or inside a virtual thread. False: no such
// source, or the device is not in D0.
bool hardware_event(Device* device, uint32_t source, uint32_t value);
// Presses the button `n` times.
bool press_button(Device* device, uint32_t n);

// --- for the framework ---
// The device left D0: running operations are lost, nothing finishes any more.
void hardware_power_lost(Device* device);

}  // namespace qs::kmdf
