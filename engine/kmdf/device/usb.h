// A virtual USB device of the kind that courses on KMDF use, the OSR FX2: eight switches that an
// interrupt pipe reports, a bar graph and a digit that vendor controls set, and two bulk pipes of
// which one gives back what the other got. Owns: UsbDevice, UsbPipe. Called by api/usb.cpp, by the
// lower driver, which the pipes' requests come to, and by hardware.cpp (a button is a switch).
//
// Its numbers are the board's: endpoints 0x81, 0x06, 0x88; controls 0xD4 to 0xDB.
#pragma once
#include <deque>
#include <string_view>

#include "kmdf/target/io_target.h"

namespace qs::kmdf {

struct UsbDevice;

struct UsbPipe {
  UsbDevice* usb = nullptr;
  IoTarget* target = nullptr;
  uint8_t address = 0;
  int32_t type = 0;  // WDF_USB_PIPE_TYPE
  uint32_t packet = 0;
  std::deque<ObjectId> waiting;  // requests of an IN pipe that found nothing
  qs_USB_CONTINUOUS_READER_CONFIG reader{};
  bool has_reader = false, reads = false, delivering = false;

  bool is_in() const { return address & 0x80; }
};

// What WDFUSBINTERFACE stands for.
struct UsbInterface final : Object {
  explicit UsbInterface(ObjectId i) : Object(i) {}
  UsbDevice* usb = nullptr;
};

constexpr uint32_t kUsbPipes = 3;
constexpr uint32_t kUsbDelay = 100;  // virtual microseconds of a transfer

struct UsbDevice {
  Device* device = nullptr;
  IoTarget* target = nullptr;  // for controls; its handle is the WDFUSBDEVICE
  UsbInterface* interface = nullptr;
  bool configured = false;
  UsbPipe pipes[kUsbPipes];
  std::deque<uint8_t> loop;     // written, not read yet
  std::deque<uint8_t> reports;  // of the switches, not read yet
  uint8_t switches = 0, bars = 0, digit = 0;
  ObjectId shown_switches, shown_bars, shown_digit;  // Channels, for whoever draws them
};

// Null: the device's hardware is no FX2.
UsbDevice* make_usb(Device* device);
UsbDevice* usb_of(Device* device);  // null: WdfUsbTargetDeviceCreate was not called
// Its pipes become targets.
void configure_usb(UsbDevice* usb);
// A vendor control; NTSTATUS. `bytes`: what was moved.
int32_t usb_control(UsbDevice* usb, uint8_t code, uint8_t* data, size_t length, uint32_t* bytes);
// Somebody moves switch `n`, from 1 on. False: there is no such device. Without power it moves, and
// nothing is reported.
bool usb_switch(Device* device, uint32_t n);

// --- for the lower driver ---
// A request has come to it: it is answered by data that waits there or comes later.
void usb_arrived(UsbPipe* pipe, ObjectId request);
// Moves the bytes of a request whose time is over; returns how many were moved.
uint64_t usb_transfer(UsbPipe* pipe, uint8_t* data, size_t length);
// A request ended without taking the data: the next one may have it.
void usb_canceled(UsbPipe* pipe, ObjectId request);
// The continuous reader is started and stopped with its target.
void usb_reader(UsbPipe* pipe, bool reads);
// What the completion routine of that request finds in Parameters.Usb.
void usb_completion(Request* r, const UsbPipe* pipe, int32_t status);

}  // namespace qs::kmdf
