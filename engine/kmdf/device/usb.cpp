#include "kmdf/device/usb.h"

#include <algorithm>
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/memory.h"
#include "kmdf/core/run_state.h"
#include "kmdf/device/hardware.h"
#include "trace/events/board.h"

namespace qs::kmdf {

struct UsbState {
  std::vector<std::unique_ptr<UsbDevice>> made;
};

namespace {

static_assert(uint32_t(ChannelKind::Source) == trace::kSourceChannel);

constexpr int32_t kBulk = 3, kInterrupt = 4;  // WDF_USB_PIPE_TYPE
constexpr size_t kMostReports = 64;
enum Control : uint8_t {
  kReadDigit = 0xD4,
  kReadSwitches = 0xD6,
  kReadBars = 0xD7,
  kSetBars = 0xD8,
  kIsHighSpeed = 0xD9,
  kReenumerate = 0xDA,
  kSetDigit = 0xDB,
};

ObjectId show(UsbDevice* usb, trace::BoardPart part, const char* name) {
  const ObjectId id = fw().next_id(ObjectKind::Channel);
  rt::sched().trace().set_name(id, name);
  rt::emit(trace::EventCode::ChannelConfig, id, usb->device->id, uint32_t(part),
           uint32_t(ChannelKind::Source));
  return id;
}

void changed(UsbDevice* usb, trace::BoardPart part, ObjectId shown, uint8_t value) {
  rt::emit(trace::EventCode::HwEvent, shown, usb->device->id, value, uint32_t(part));
}

std::deque<uint8_t>& data_of(UsbPipe* pipe) {
  return pipe->type == kInterrupt ? pipe->usb->reports : pipe->usb->loop;
}

size_t take(UsbPipe* pipe, uint8_t* to, size_t room) {
  std::deque<uint8_t>& data = data_of(pipe);
  const size_t most = pipe->type == kInterrupt ? std::min<size_t>(room, 1) : room;
  const size_t n = std::min(most, data.size());
  std::copy_n(data.begin(), n, to);
  data.erase(data.begin(), data.begin() + long(n));
  return n;
}

// The oldest request that waits at the pipe gets what is there.
void feed(UsbPipe* pipe) {
  while (!pipe->waiting.empty() && !data_of(pipe).empty()) {
    const ObjectId next = pipe->waiting.front();
    pipe->waiting.pop_front();
    if (finish_in_lower_driver(next, QS_STATUS_SUCCESS, UINT64_MAX)) return;
  }
}

// The framework's own reads: each thing that comes in is a call of the driver.
void deliver(UsbPipe* pipe) {
  if (!pipe->has_reader || !pipe->reads || pipe->delivering || data_of(pipe).empty()) return;
  pipe->delivering = true;
  rt::post_dpc("continuous reader", pipe->target->id, rt::bind_to_run([pipe] {
                 pipe->delivering = false;
                 while (pipe->reads && !data_of(pipe).empty()) {
                   const size_t room = pipe->reader.TransferLength;
                   auto* buffer = static_cast<uint8_t*>(
                       fw().driver_memory.allocate(std::max<size_t>(room, 1)));
                   const size_t n = take(pipe, buffer, room);
                   if (n == 0) return;
                   Memory* memory = make_memory(buffer, room);
                   {
                     DriverCall call(trace::CallbackKind::EvtUsbTargetPipeReadComplete,
                                     pipe->target->id, memory->id, uint32_t(n));
                     pipe->reader.EvtUsbTargetPipeReadComplete(
                         handle<WDFUSBPIPE>(pipe->target), handle<WDFMEMORY>(memory), n,
                         pipe->reader.EvtUsbTargetPipeReadCompleteContext);
                   }
                   delete_object(memory);
                 }
               }));
}

void came_in(UsbPipe* pipe) {
  if (pipe->has_reader)
    deliver(pipe);
  else
    feed(pipe);
}

UsbPipe* bulk_in(UsbDevice* usb) { return &usb->pipes[2]; }

}  // namespace

UsbDevice* usb_of(Device* device) {
  for (const auto& usb : part(run_state().usb).made)
    if (usb->device == device) return usb.get();
  return nullptr;
}

UsbDevice* make_usb(Device* device) {
  if (hardware_kind() != "fx2") return nullptr;
  if (UsbDevice* there = usb_of(device)) return there;
  UsbDevice* usb = part(run_state().usb).made.emplace_back(std::make_unique<UsbDevice>()).get();
  usb->device = device;
  usb->target = make_target(device, false);
  rt::sched().trace().set_name(usb->target->id, "USB device");
  link_child(device, usb->target);
  usb->interface = fw().make<UsbInterface>(ObjectKind::Generic);
  usb->interface->usb = usb;
  link_child(usb->target, usb->interface);
  usb->shown_switches = show(usb, trace::BoardPart::Switches, "switches");
  usb->shown_bars = show(usb, trace::BoardPart::BarGraph, "bar graph");
  usb->shown_digit = show(usb, trace::BoardPart::Digit, "digit");
  return usb;
}

void configure_usb(UsbDevice* usb) {
  if (usb->configured) return;
  usb->configured = true;
  static constexpr struct {
    uint8_t address;
    int32_t type;
    uint32_t packet;
    const char* name;
  } kinds[kUsbPipes] = {{0x81, kInterrupt, 64, "interrupt pipe"},
                        {0x06, kBulk, 512, "bulk out pipe"},
                        {0x88, kBulk, 512, "bulk in pipe"}};
  for (uint32_t i = 0; i < kUsbPipes; ++i) {
    UsbPipe& pipe = usb->pipes[i];
    pipe.usb = usb;
    pipe.address = kinds[i].address;
    pipe.type = kinds[i].type;
    pipe.packet = kinds[i].packet;
    pipe.target = make_target(usb->device, false);
    pipe.target->pipe = &pipe;
    rt::sched().trace().set_name(pipe.target->id, kinds[i].name);
    link_child(usb->device, pipe.target);
    LowerDriver below;
    below.delay = kUsbDelay;
    below.stays = pipe.is_in();
    pipe.target->lower = below;
  }
}

int32_t usb_control(UsbDevice* usb, uint8_t code, uint8_t* data, size_t length, uint32_t* bytes) {
  *bytes = 0;
  if (code == kReenumerate) return QS_STATUS_SUCCESS;
  if (!data || length == 0) return QS_STATUS_UNSUCCESSFUL;  // the board stalls
  *bytes = 1;
  switch (code) {
    case kReadDigit: *data = usb->digit; return QS_STATUS_SUCCESS;
    case kReadSwitches: *data = usb->switches; return QS_STATUS_SUCCESS;
    case kReadBars: *data = usb->bars; return QS_STATUS_SUCCESS;
    case kIsHighSpeed: *data = 1; return QS_STATUS_SUCCESS;
    case kSetBars:
      changed(usb, trace::BoardPart::BarGraph, usb->shown_bars, usb->bars = *data);
      return QS_STATUS_SUCCESS;
    case kSetDigit:
      changed(usb, trace::BoardPart::Digit, usb->shown_digit, usb->digit = *data);
      return QS_STATUS_SUCCESS;
    default: *bytes = 0; return QS_STATUS_UNSUCCESSFUL;
  }
}

bool usb_switch(Device* device, uint32_t n) {
  UsbDevice* usb = usb_of(device);
  if (!usb || n == 0) return false;
  usb->switches = uint8_t(usb->switches ^ 1u << (n - 1) % 8);
  changed(usb, trace::BoardPart::Switches, usb->shown_switches, usb->switches);
  if (!usb->configured || !device->in_d0()) return true;              // nobody is told
  if (usb->reports.size() == kMostReports) usb->reports.pop_front();  // no reader takes them
  usb->reports.push_back(usb->switches);
  came_in(&usb->pipes[0]);
  return true;
}

void usb_arrived(UsbPipe* pipe, ObjectId request) {
  if (!pipe->is_in()) return;
  pipe->waiting.push_back(request);
  feed(pipe);
}

uint64_t usb_transfer(UsbPipe* pipe, uint8_t* data, size_t length) {
  if (!data) return 0;
  if (pipe->is_in()) {
    const size_t n = take(pipe, data, length);
    feed(pipe);
    return n;
  }
  pipe->usb->loop.insert(pipe->usb->loop.end(), data, data + length);
  came_in(bulk_in(pipe->usb));
  return length;
}

void usb_canceled(UsbPipe* pipe, ObjectId request) {
  std::erase(pipe->waiting, request);
  feed(pipe);
}

void usb_reader(UsbPipe* pipe, bool reads) {
  pipe->reads = reads;
  deliver(pipe);
}

void usb_completion(Request* r, const UsbPipe* pipe, int32_t status) {
  constexpr int32_t kPipeWrite = 5, kPipeRead = 6;    // WDF_USB_REQUEST_TYPE
  constexpr int32_t kCanceled = int32_t(0xC0010000);  // USBD_STATUS_CANCELED
  constexpr int32_t kStalled = int32_t(0xC0000004);   // USBD_STATUS_STALL_PID
  TargetWork& w = work_of(r);
  constexpr size_t kWhole = 128;  // the kit's structure is longer: its union has room for more
  void* memory = fw().driver_memory.allocate(kWhole);
  auto* said = new (memory) qs_USB_COMPLETION;
  *said = {};
  said->UsbdStatus = NT_OK(status) ? 0 : status == QS_STATUS_CANCELLED ? kCanceled : kStalled;
  said->Type = pipe->is_in() ? kPipeRead : kPipeWrite;
  said->Length = size_t(w.information);
  const auto& p = w.params.Parameters.Read;
  said->Buffer = p.Buffer;
  said->Offset = p.Offset;
  w.params.Type = qs_WdfRequestTypeUsb;
  w.params.Parameters.Usb.Completion = static_cast<qs_WDF_USB_REQUEST_COMPLETION_PARAMS*>(memory);
}

}  // namespace qs::kmdf
