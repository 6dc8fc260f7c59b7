// Driver and device creation, device settings (1.5, L-01, P-04).
#include <algorithm>
#include <cstring>

#include "kmdf/core/framework.h"
#include "kmdf/device/child_list.h"
#include "kmdf/target/io_target.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

DeviceInit* init_of(PWDFDEVICE_INIT init) {
  if (!init) bugcheck("V-04", 0x4, 0, 0);
  return reinterpret_cast<DeviceInit*>(init);
}

// L-03: the manual, never power-managed queue that a create waits in before EvtDeviceFileCreate.
void make_create_queue(Device* d) {
  qs_WDF_IO_QUEUE_CONFIG c{};
  c.Size = sizeof(c);
  c.DispatchType = qs_WdfIoQueueDispatchManual;
  c.PowerManaged = qs_WdfFalse;
  d->create_queue = make_queue(d, c, trace::SyncScope::None, false, true);
  link_child(d, d->create_queue);
}

// D-32, of a driver or a device; what is not given stays.
template <class T>
void apply_constraints(T* of, const qs_WDF_OBJECT_ATTRIBUTES* a) {
  if (!a) return;
  if (a->SynchronizationScope == qs_WdfSynchronizationScopeDevice)
    of->scope = trace::SyncScope::Device;
  if (a->SynchronizationScope == qs_WdfSynchronizationScopeQueue)
    of->scope = trace::SyncScope::Queue;
  if (a->SynchronizationScope == qs_WdfSynchronizationScopeNone) of->scope = trace::SyncScope::None;
  if (a->ExecutionLevel == qs_WdfExecutionLevelPassive) of->passive = true;
  if (a->ExecutionLevel == qs_WdfExecutionLevelDispatch) of->passive = false;
}

}  // namespace

namespace qs::kmdf {

DeviceInit* make_device_init() {
  return new (fw().arena.allocate(sizeof(DeviceInit), alignof(DeviceInit))) DeviceInit;
}

}  // namespace qs::kmdf

namespace {

// A copy in the run's memory, zero-terminated.
uint16_t* copy_of(const qs_UNICODE_STRING* text) {
  size_t bytes = text && text->Buffer ? text->Length : 0;
  auto* out = static_cast<uint16_t*>(fw().driver_memory.allocate(bytes + 2));
  if (bytes) std::memcpy(out, text->Buffer, bytes);
  return out;
}

}  // namespace

void qs_DriverIsUserMode(QS_SITE) {
  (void)file;
  (void)line;
  fw().user_mode = true;
}

int32_t qs_WdfDriverCreate(QS_SITE, qs_DRIVER_OBJECT* object, const qs_UNICODE_STRING* path,
                           qs_WDF_OBJECT_ATTRIBUTES* attributes, qs_WDF_DRIVER_CONFIG* config,
                           WDFDRIVER* driver) {
  ApiCall call(trace::ApiFn::WdfDriverCreate, file, line);
  if (!config) bugcheck("V-04", 0x4, 0, 0);
  int32_t status = check_attributes(attributes, kMaySetLevel | kMaySetScope);
  if (!NT_OK(status)) return call.status(status);
  if (config->Size < 20) return call.status(QS_STATUS_INFO_LENGTH_MISMATCH);
  if (fw().driver) return call.status(QS_STATUS_UNSUCCESSFUL);
  bool non_pnp = config->DriverInitFlags & qs_WdfDriverInitNonPnpDriver;
  if (!non_pnp && !config->EvtDriverDeviceAdd) return call.status(QS_STATUS_INVALID_PARAMETER);
  auto* d = fw().make<Driver>(ObjectKind::Driver);
  d->config = *config;
  d->wdm = object;
  d->registry_path = copy_of(path);
  d->passive = fw().user_mode;
  apply_constraints(d, attributes);
  fw().driver = d;
  attach_context(d, attributes, nullptr, false);
  rt::emit(trace::EventCode::Create, d->id);
  if (driver) *driver = handle<WDFDRIVER>(d);
  return call.status(QS_STATUS_SUCCESS);
}

WDFDRIVER qs_WdfGetDriver(QS_SITE) {
  (void)file;
  (void)line;
  return handle<WDFDRIVER>(fw().driver);
}

uint8_t qs_WdfDriverIsVersionAvailable(QS_SITE, WDFDRIVER,
                                       qs_WDF_DRIVER_VERSION_AVAILABLE_PARAMS* p) {
  ApiCall call(trace::ApiFn::WdfDriverIsVersionAvailable, file, line);
  if (!p) bugcheck("V-04", 0x4, 0, 0);
  return call.value(uint8_t(p->MajorVersion == 1 && p->MinorVersion <= 33));
}

// --- device init ---

void qs_WdfDeviceInitFree(QS_SITE, PWDFDEVICE_INIT init) {
  (void)file;
  (void)line;
  init_of(init);
}
void qs_WdfDeviceInitSetPnpPowerEventCallbacks(QS_SITE, PWDFDEVICE_INIT init,
                                               qs_WDF_PNPPOWER_EVENT_CALLBACKS* callbacks) {
  (void)file;
  (void)line;
  if (!callbacks) bugcheck("V-04", 0x4, 0, 0);
  init_of(init)->pnp = *callbacks;
}
void qs_WdfDeviceInitSetExclusive(QS_SITE, PWDFDEVICE_INIT init, uint8_t exclusive) {
  (void)file;
  (void)line;
  init_of(init)->exclusive = exclusive;
}
void qs_WdfDeviceInitSetIoType(QS_SITE, PWDFDEVICE_INIT init, qs_WDF_DEVICE_IO_TYPE type) {
  (void)file;
  (void)line;
  init_of(init)->io_type = int(type);
}
void qs_WdfDeviceInitSetIoTypeEx(QS_SITE, PWDFDEVICE_INIT init, qs_WDF_IO_TYPE_CONFIG* config) {
  (void)file;
  (void)line;
  if (!config) bugcheck("V-04", 0x4, 0, 0);
  init_of(init)->io_type = config->ReadWriteIoType;
}
int32_t qs_WdfDeviceInitAssignName(QS_SITE, PWDFDEVICE_INIT init, const qs_UNICODE_STRING* name) {
  (void)file;
  (void)line;
  DeviceInit* i = init_of(init);
  i->name = copy_of(name);
  i->name_length = name && name->Buffer ? name->Length : 0;
  return QS_STATUS_SUCCESS;
}
void qs_WdfDeviceInitSetFileObjectConfig(QS_SITE, PWDFDEVICE_INIT init,
                                         qs_WDF_FILEOBJECT_CONFIG* config,
                                         qs_WDF_OBJECT_ATTRIBUTES* attributes) {
  (void)file;
  (void)line;
  if (!config) bugcheck("V-04", 0x4, 0, 0);
  DeviceInit* i = init_of(init);
  i->file_config = *config;
  i->file_objects =
      (uint32_t(config->FileObjectClass) & 0x7FFFFFFFu) != uint32_t(qs_WdfFileObjectNotRequired);
  i->file_attributes_set = attributes != nullptr;
  if (attributes) i->file_attributes = *attributes;
}
void qs_WdfDeviceInitSetRequestAttributes(QS_SITE, PWDFDEVICE_INIT init,
                                          qs_WDF_OBJECT_ATTRIBUTES* attributes) {
  (void)file;
  (void)line;
  if (!attributes) bugcheck("V-04", 0x4, 0, 0);
  DeviceInit* i = init_of(init);
  i->request_attributes_set = true;
  i->request_attributes = *attributes;
}
void qs_WdfDeviceInitSetIoInCallerContextCallback(QS_SITE, PWDFDEVICE_INIT init,
                                                  qs_EVT_WDF_IO_IN_CALLER_CONTEXT* fn) {
  (void)file;
  (void)line;
  if (!fn) bugcheck("V-04", 0x4, 0, 0);
  init_of(init)->in_caller_context = fn;
}
void qs_WdfFdoInitSetFilter(QS_SITE, PWDFDEVICE_INIT init) {
  (void)file;
  (void)line;
  init_of(init)->filter = true;
}
void qs_WdfPdoInitAllowForwardingRequestToParent(QS_SITE, PWDFDEVICE_INIT init) {
  (void)file;
  (void)line;
  init_of(init)->forward_to_parent = true;
}
PWDFDEVICE_INIT qs_WdfPdoInitAllocate(QS_SITE, WDFDEVICE parent) {
  (void)file;
  (void)line;
  DeviceInit* i = make_device_init();
  i->parent = device_arg(parent, {"WdfPdoInitAllocate", file, line});
  return reinterpret_cast<PWDFDEVICE_INIT>(i);
}
PWDFDEVICE_INIT qs_WdfControlDeviceInitAllocate(QS_SITE, WDFDRIVER, const qs_UNICODE_STRING*) {
  (void)file;
  (void)line;
  DeviceInit* i = make_device_init();
  i->control = true;
  return reinterpret_cast<PWDFDEVICE_INIT>(i);
}
void qs_WdfControlDeviceInitSetShutdownNotification(QS_SITE, PWDFDEVICE_INIT init,
                                                    qs_EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION* fn,
                                                    uint8_t) {
  (void)file;
  (void)line;
  init_of(init)->shutdown = fn;
}

// --- device ---

int32_t qs_WdfDeviceCreate(QS_SITE, PWDFDEVICE_INIT* init, qs_WDF_OBJECT_ATTRIBUTES* attributes,
                           WDFDEVICE* device) {
  ApiCall call(trace::ApiFn::WdfDeviceCreate, file, line);
  if (!init || !*init || !device) bugcheck("V-04", 0x4, 0, 0);
  int32_t status = check_attributes(attributes, kMaySetLevel | kMaySetScope);
  if (!NT_OK(status)) return call.status(status);
  auto* d = fw().make<Device>(ObjectKind::Device);
  d->init = *init_of(*init);
  *init = nullptr;  // the framework has it now
  d->power_policy_owner = !d->init.filter && !d->init.control;
  d->parent_device = d->init.parent;
  d->scope = fw().driver->scope;
  d->passive = fw().driver->passive;
  apply_constraints(d, attributes);
  link_child(d->init.parent ? static_cast<Object*>(d->init.parent) : fw().driver, d);
  attach_context(d, attributes, nullptr, false);
  d->callback_lock = make_callback_lock(d, d->passive);
  fw().devices.push_back(d);
  rt::sched().trace().set_name(d->id, fw().devices.size() == 1
                                          ? std::string("Device")
                                          : "Device " + std::to_string(fw().devices.size()));
  rt::emit(trace::EventCode::DeviceConfig, d->id, {}, d->config_bits(), uint32_t(d->scope),
           d->passive);
  if (d->init.control) {  // no power: like a device that is always in D0
    d->power = trace::DevicePower::D0;
    rt::emit(trace::EventCode::DevicePower, d->id, {}, uint32_t(d->power));
  } else if (!d->init.parent) {
    make_local_target(d);  // T-01
  }
  if (d->init.file_objects && d->init.file_config.EvtDeviceFileCreate) make_create_queue(d);
  if (d->init.child_list) make_child_list(d, *d->init.child_list);
  *device = h(d);
  return call.status(QS_STATUS_SUCCESS);
}

void qs_WdfControlFinishInitializing(QS_SITE, WDFDEVICE device) {
  Device* d = device_arg(device, {"WdfControlFinishInitializing", file, line});
  ApiCall call(trace::ApiFn::WdfControlFinishInitializing, file, line, d->id);
  d->finished_init = true;
  d->started = true;
}

int32_t qs_WdfDeviceCreateDeviceInterface(QS_SITE, WDFDEVICE device, const qs_GUID*,
                                          const qs_UNICODE_STRING*) {
  Device* d = device_arg(device, {"WdfDeviceCreateDeviceInterface", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceCreateDeviceInterface, file, line, d->id);
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfDeviceCreateSymbolicLink(QS_SITE, WDFDEVICE device, const qs_UNICODE_STRING*) {
  Device* d = device_arg(device, {"WdfDeviceCreateSymbolicLink", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceCreateSymbolicLink, file, line, d->id);
  return call.status(QS_STATUS_SUCCESS);
}

WDFQUEUE qs_WdfDeviceGetDefaultQueue(QS_SITE, WDFDEVICE device) {
  Device* d = device_arg(device, {"WdfDeviceGetDefaultQueue", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceGetDefaultQueue, file, line, d->id);
  return h(d->default_queue);
}

WDFDRIVER qs_WdfDeviceGetDriver(QS_SITE, WDFDEVICE device) {
  (void)file;
  (void)line;
  device_arg(device, {"WdfDeviceGetDriver", file, line});
  return handle<WDFDRIVER>(fw().driver);
}

WDFIOTARGET qs_WdfDeviceGetIoTarget(QS_SITE, WDFDEVICE device) {
  Device* d = device_arg(device, {"WdfDeviceGetIoTarget", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceGetIoTarget, file, line, d->id);
  return handle<WDFIOTARGET>(reinterpret_cast<Object*>(d->local_target));
}

int32_t qs_WdfDeviceEnqueueRequest(QS_SITE, WDFDEVICE device, WDFREQUEST request) {
  Device* d = device_arg(device, {"WdfDeviceEnqueueRequest", file, line});
  auto* r = checked<Request>(request, ObjectKind::Request, {"WdfDeviceEnqueueRequest", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceEnqueueRequest, file, line, r->id, d->id);
  return call.status(d->enqueue_from_caller_context(r));
}

int32_t qs_WdfDeviceAssignS0IdleSettings(QS_SITE, WDFDEVICE device,
                                         qs_WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS* settings) {
  Device* d = device_arg(device, {"WdfDeviceAssignS0IdleSettings", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceAssignS0IdleSettings, file, line, d->id);
  if (!settings) bugcheck("V-04", 0x4, 0, 0, d->id);
  if (!d->power_policy_owner) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  // Milliseconds; 0 is the framework's own choice, which is what the system's is taken for, too.
  constexpr uint32_t kDefaultIdleMs = 5000;
  const bool own = settings->IdleTimeoutType != qs_SystemManagedIdleTimeout;
  const uint32_t ms = own && settings->IdleTimeout ? settings->IdleTimeout : kDefaultIdleMs;
  d->set_idle_settings(settings->Enabled != qs_WdfFalse,
                       uint32_t(std::min<uint64_t>(uint64_t(ms) * 1000, UINT32_MAX - 1)));
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfDeviceStopIdle(QS_SITE, WDFDEVICE device, uint8_t wait, void*) {
  Device* d = device_arg(device, {"WdfDeviceStopIdle", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceStopIdle, file, line, d->id, {}, wait);
  return call.status(d->idle_reference(wait));
}

void qs_WdfDeviceResumeIdle(QS_SITE, WDFDEVICE device, void*) {
  Device* d = device_arg(device, {"WdfDeviceResumeIdle", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceResumeIdle, file, line, d->id);
  d->drop_power_ref(nullptr);
}

void qs_WdfDeviceSetFailed(QS_SITE, WDFDEVICE device, qs_WDF_DEVICE_FAILED_ACTION action) {
  Device* d = device_arg(device, {"WdfDeviceSetFailed", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceSetFailed, file, line, d->id, {}, uint32_t(action));
  rt::spawn(trace::ThreadKind::Pnp, "surprise removal", d->id, [d] { d->pnp_surprise_removal(); });
}

WDFDEVICE qs_WdfFileObjectGetDevice(QS_SITE, WDFFILEOBJECT object) {
  auto* f =
      checked<FileObject>(object, ObjectKind::FileObject, {"WdfFileObjectGetDevice", file, line});
  ApiCall call(trace::ApiFn::WdfFileObjectGetDevice, file, line, f->id);
  return h(f->device);
}

WDFDEVICE qs_WdfPdoGetParent(QS_SITE, WDFDEVICE device) {
  (void)file;
  (void)line;
  return h(device_arg(device, {"WdfPdoGetParent", file, line})->parent_device);
}
