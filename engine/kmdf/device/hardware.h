// The virtual hardware of a device: channels that work for a while on the virtual clock and then
// queue a DPC, and event sources such as a button. Owns: VirtualHardware, Channel. Called by
// qsdevice.h's functions (driver side), by device/power.cpp (the hardware loses power) and by run
// (set-up, button presses, bytes that come in).
#pragma once
#include <deque>
#include <string_view>
#include <vector>

#include "kmdf/device/device.h"

namespace qs::kmdf {

struct Dpc;

enum class ChannelKind : uint8_t { Operation, ByteReader, Source };  // argument b of ChannelConfig

struct Channel {
  ObjectId id;
  ChannelKind kind{};
  bool busy = false;
  void* context = nullptr;  // what the driver gave: the operation's own
  ObjectId request;         // the request that context stands for, when it is one
  Dpc* dpc = nullptr;       // queued when the operation is done
  uint64_t clock = 0;
  uint32_t duration = 0;  // default, in virtual microseconds; byte readers end when a byte comes in
};

// The numbers of qsdevice.h (QS_EVENT_*, QS_UART_*), which only drivers include.
enum EventSourceNumber : uint32_t { kEventButton, kEventReceived, kEventStatus, kEventSources };
constexpr uint32_t kUartRead = 0, kUartWrite = 1;

// Something that reports events on its own: a button, a receive line.
struct EventSource {
  ObjectId id;
  bool present = false;
  Dpc* dpc = nullptr;
  std::deque<uint32_t> values;
};

struct VirtualHardware {
  Device* device = nullptr;
  bool powered = false;
  std::deque<Channel> channels;
  EventSource sources[kEventSources];
  struct Finished {
    uint32_t channel;
    void* context;
  };
  std::deque<Finished> finished;
  rt::Lock lock;
};

// --- for run ---
// `kind`: none, slot, slots(n), echo, uart, button, fx2. `duration` in
// virtual microseconds, 0 = the kind's own. False: no such kind. Null device: for every device that
// will be made; its hardware exists from QsDeviceOpen, or from the device's start, on.
constexpr uint32_t kMostSlots = 64;
bool hardware_known(std::string_view kind);
std::string_view hardware_kind();  // of this run
bool configure_hardware(Device* device, std::string_view kind, uint32_t duration);
// Event number `value` of source `source` happens now; outside or inside a virtual thread. False:
// no such source, or the device is not in D0.
bool hardware_event(Device* device, uint32_t source, uint32_t value);
// Presses the button `n` times.
bool press_button(Device* device, uint32_t n);

// --- for the C surface; NTSTATUS or BOOLEAN as qsdevice.h says ---
VirtualHardware* hardware_of(Device* device);  // null: it has none
int32_t start_channel(VirtualHardware* hw, uint32_t channel, void* context, uint32_t duration,
                      Dpc* dpc);
bool cancel_channel(VirtualHardware* hw, uint32_t channel);
bool take_finished(VirtualHardware* hw, uint32_t* channel, void** context);
int32_t connect_event(VirtualHardware* hw, uint32_t source, Dpc* dpc);
bool take_event(VirtualHardware* hw, uint32_t source, uint32_t* value);
void reset_hardware(VirtualHardware* hw);

// --- for the framework ---
// It interrupts: the driver gets an interrupt among its resources.
bool has_interrupt(Device* device);
// Power is there, EvtDeviceD0Entry comes next.
void hardware_power_on(Device* device);
// The device left D0: running operations are lost and will not finish.
void hardware_power_lost(Device* device);

}  // namespace qs::kmdf
