// What the parts of the C surface that are not queues keep for one run: lock owners, events, pool,
// files, askers. Owns: RunState. Made when first needed and dropped with the Framework; used by the
// files of kmdf/api and their helpers.
#pragma once
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "kmdf/core/framework.h"

namespace qs::kmdf {

struct NtState;       // nt.h: pool, files
struct WaitState;     // waits.h: events, spin locks by address
struct AskState;      // ask.h
struct LineState;     // lines.cpp: the blocks that have run
struct BufferState;   // memory.h: buffers of completed requests
struct AddressState;  // addresses.cpp: how addresses are shown

struct HardwareState;  // hardware.cpp: set-ups for devices that do not exist yet
struct LowerState;     // lower_driver.cpp: what the drivers below hold

struct RegistryState;  // registry.h: keys and values
struct UsbState;       // usb.cpp: the virtual USB device
struct PropertyState;  // properties.cpp: what the program says of the device
struct AccessState;    // accesses.cpp: who accessed which memory of the driver
struct SetupState;     // setup.cpp: what a driver that asks creates
struct DisposalState;  // object.cpp: objects that wait for PASSIVE_LEVEL to go

struct RunState {
  std::unordered_map<uint32_t, rt::Thread*> lock_owners;
  std::unordered_set<uint64_t> later;  // clock entries of call_later that are still to come
  std::shared_ptr<LowerState> lower;
  std::shared_ptr<HardwareState> hardware;
  std::shared_ptr<NtState> nt;
  std::shared_ptr<WaitState> waits;
  std::shared_ptr<AskState> ask;
  std::shared_ptr<SetupState> setup;
  std::shared_ptr<LineState> lines;
  std::shared_ptr<BufferState> buffers;
  std::shared_ptr<AddressState> addresses;
  std::shared_ptr<RegistryState> registry;
  std::shared_ptr<PropertyState> properties;
  std::shared_ptr<UsbState> usb;
  std::shared_ptr<AccessState> accesses;
  std::shared_ptr<DisposalState> disposals;
};

// This run's state.
inline RunState& run_state() {
  Framework& f = fw();
  if (!f.state) f.state = std::make_shared<RunState>();
  return *f.state;
}

// One of its parts, made when first needed.
template <class T>
T& part(std::shared_ptr<T>& p) {
  if (!p) p = std::make_shared<T>();
  return *p;
}

}  // namespace qs::kmdf
