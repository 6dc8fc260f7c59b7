// The framework device: routing table, file objects, power and PnP. Owns: Device, FileObject. Its
// power code runs on the PnP thread (or on extra threads for wake and idle).
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "kmdf/core/object.h"

namespace qs::kmdf {

struct Queue;
struct Request;
struct Irp;
struct IoTarget;
struct VirtualHardware;
struct ChildList;
struct Interrupt;
struct ResourceList;

struct FileObject final : Object {
  Device* device = nullptr;
  void* identity =
      nullptr;  // the underlying file object: what cleanup and by-file retrieval compare
  bool has_handle = false;  // a WDFFILEOBJECT exists (L-01)
  bool create_failed = false;
  qs_FILE_OBJECT* wdm = nullptr;  // WDM's view of it, made when first asked for (api/wdm.cpp)
  explicit FileObject(ObjectId i) : Object(i) {}
};

// What a driver prepares before WdfDeviceCreate.
struct DeviceInit {
  qs_DEVICE_OBJECT* physical = nullptr;  // made when it is asked for (wdm_view.h)
  bool filter = false, control = false, exclusive = false, forward_to_parent = false;
  int32_t power_policy_owner = -1;  // -1: default
  qs_WDF_PNPPOWER_EVENT_CALLBACKS pnp{};
  bool file_objects = false;
  qs_WDF_FILEOBJECT_CONFIG file_config{};
  void (*in_caller_context)(WDFDEVICE, WDFREQUEST) = nullptr;
  bool request_attributes_set = false;
  qs_WDF_OBJECT_ATTRIBUTES request_attributes{};
  bool file_attributes_set = false;
  qs_WDF_OBJECT_ATTRIBUTES file_attributes{};
  int io_type = 0;
  void (*shutdown)(WDFDEVICE) = nullptr;
  uint16_t* name = nullptr;  // WdfDeviceInitAssignName, in the run's memory
  uint16_t name_length = 0;  // bytes
  Device* parent = nullptr;
  const qs_CHILD_LIST_CONFIG* child_list =
      nullptr;  // of its default child list, in the run's memory
  bool used = false;
};

// A fresh one for EvtDriverDeviceAdd, in the run's memory; its address is the PWDFDEVICE_INIT.
DeviceInit* make_device_init();

constexpr size_t kRoutes = 5;
// Slot of the routing table: create, read, write, control, internal control; kRoutes = none.
size_t route_slot(trace::RequestType type);

struct Device final : Object {
  DeviceInit init;
  std::vector<Queue*> queues;  // in creation order
  Queue* routes[kRoutes] = {};
  bool route_set[kRoutes] = {};
  Queue* default_queue = nullptr;
  Queue* create_queue = nullptr;  // internal (L-03)
  trace::SyncScope scope = trace::SyncScope::None;
  bool passive = false;
  CallbackLock* callback_lock = nullptr;
  std::vector<FileObject*> files;
  IoTarget* local_target = nullptr;
  VirtualHardware* hardware = nullptr;
  Device* parent_device = nullptr;
  std::vector<Device*> static_children;  // WdfFdoAddStaticChild: start and go with this device
  std::vector<Interrupt*> interrupts;    // in order of creation
  std::vector<ChildList*> child_lists;   // whose children are started and go with it as well
  ResourceList* resources = nullptr;     // made when first asked for (resources.h)
  qs_DEVICE_OBJECT* wdm = nullptr;       // WDM's view: this device and what it is attached to
  int open_count = 0;

  bool started = false;
  bool finished_init = false, ever_started = false;
  bool power_policy_owner = true;
  trace::DevicePower power = trace::DevicePower::D3Final;
  trace::DevicePnp pnp = trace::DevicePnp::Added;
  bool queues_on = false;          // a power-managed queue made now begins on (O-08)
  bool hardware_prepared = false;  // EvtDeviceReleaseHardware is due (P-30, P-36)
  bool queues_purged = false;      // P-31 has run for the managed queues
  bool system_asleep = false;      // system power is down
  bool in_low_power_idle = false, waking = false, exiting = false;
  bool s0_idle = false, idle_armed = false;
  uint32_t idle_timeout = 0;  // virtual microseconds from becoming idle to powering down (P-04)
  uint64_t idle_clock = 0;    // its entry while it is armed
  int power_refs = 0;
  bool removed = false;
  bool power_failed = false;  // EvtDeviceD0Entry failed: it goes by surprise
  rt::Gate d0_gate;           // opened whenever the device reaches D0, fails to, or is removed
  // Power changes are made one at a time, in the order requested, on the thread that is already
  // making one when the next is requested (P-26).
  struct PowerStep {
    std::function<void()> body;
    bool done = false;
  };
  std::deque<std::shared_ptr<PowerStep>> power_steps;
  bool power_busy = false;
  rt::Thread* power_thread = nullptr;  // that is making the changes
  rt::Lock power_lock;
  rt::Gate power_gate;
  // PnP requests come one at a time, each after the one before is done (P-36).
  uint32_t pnp_asked = 0, pnp_served = 0;
  rt::Thread* pnp_thread = nullptr;  // whose turn it is
  rt::Gate pnp_gate;
  bool query_ref = false;    // a query keeps the device in D0 until it is decided (P-35)
  bool idle_policy = false;  // between start and stop: the device may go idle and wake

  explicit Device(ObjectId i) : Object(i) {}

  bool in_d0() const { return power == trace::DevicePower::D0; }
  bool stays_in_d0() const { return in_d0() && !waking && !exiting; }
  bool control() const { return init.control; }
  void validate() const;  // validate.cpp
  uint32_t config_bits() const;
  // --- I/O ---
  int32_t dispatch(Irp* irp);                       // A-01 .. A-10; status of the dispatch routine
  int32_t enqueue_from_caller_context(Request* r);  // A-17..A-19
  // --- files (rules L); called on the application's thread ---
  int32_t file_create(FileObject* f, Irp* irp);
  void file_create_failed(FileObject* f);
  void file_cleanup(FileObject* f);
  void file_close(FileObject* f);
  // --- power and PnP (rules P); each on the calling thread, which may wait ---
  // Status of what failed; the device is removed then. STATUS_INVALID_DEVICE_STATE: it has started
  // already.
  int32_t pnp_start();
  void pnp_query(trace::DevicePnp state);
  void pnp_cancel();
  void pnp_stop();
  void pnp_surprise_removal();
  void pnp_remove();
  void system_power_down();
  void system_power_up();
  // WdfDeviceAssignS0IdleSettings; `timeout` in virtual microseconds, from becoming idle.
  void set_idle_settings(bool enabled, uint32_t timeout);
  // Expires the idle timer, whose own time has come or is made to come; true when it was armed.
  bool expire_idle_timer();
  void take_power_ref(Queue* q);  // P-04; may wake the device
  void drop_power_ref(Queue* q);
  void stop_idle();
  // WdfDeviceStopIdle (P-04); NTSTATUS.
  int32_t idle_reference(bool wait);
  bool may_reference_power() const { return !s0_idle || idle_policy; }

 private:
  template <class Body>
  void in_pnp_order(Body body);
  int32_t start();
  void remove();
  void undo_d0();
  void purge_managed_queues();
  int32_t call_prepare_hardware();
  void call_release_hardware();
  void in_power_order(trace::WaitReason reason, std::function<void()> body);
  void post_power(const char* name, std::function<void()> body);
  void run_power_steps();
  void wake_for_query();
  void end_query();
  void leave_d0(trace::DevicePower target);
  int32_t enter_d0();
  void power_up();
  void hold_queues();
  void check_idle();
  void arm_idle_timer(bool armed);
  bool can_wake() const;
  bool stays_idle();
  void purge_queues(bool managed);
};

}  // namespace qs::kmdf
