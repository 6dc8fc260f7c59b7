// WdfIoQueueCreate and WdfDeviceConfigureRequestDispatching: checks in the order of O-07 and A-05.
#include "kmdf/core/facts.h"
#include "kmdf/core/framework.h"
#include "kmdf/core/overrides.h"

using namespace qs;
using namespace qs::kmdf;

uint32_t config_bits_of(const Queue* q);

namespace {

constexpr size_t kSize17 = sizeof(qs_WDF_IO_QUEUE_CONFIG) - 16;  // before Settings and Driver
constexpr size_t kSize19 = sizeof(qs_WDF_IO_QUEUE_CONFIG) - 8;   // before Driver

bool any_handler(const qs_WDF_IO_QUEUE_CONFIG& c) {
  return c.EvtIoDefault || c.EvtIoRead || c.EvtIoWrite || c.EvtIoDeviceControl ||
         c.EvtIoInternalDeviceControl;
}

struct Resolved {
  trace::SyncScope scope = trace::SyncScope::None;
  bool passive = false;
};

// D-32: a queue inherits from its device, whatever its parent object is.
Resolved resolve(const Device* d, const qs_WDF_OBJECT_ATTRIBUTES* a) {
  Resolved r{d->scope, d->passive};
  if (!a) return r;
  if (a->SynchronizationScope == qs_WdfSynchronizationScopeDevice)
    r.scope = trace::SyncScope::Device;
  if (a->SynchronizationScope == qs_WdfSynchronizationScopeQueue) r.scope = trace::SyncScope::Queue;
  if (a->SynchronizationScope == qs_WdfSynchronizationScopeNone) r.scope = trace::SyncScope::None;
  if (a->ExecutionLevel == qs_WdfExecutionLevelPassive) r.passive = true;
  if (a->ExecutionLevel == qs_WdfExecutionLevelDispatch) r.passive = false;
  return r;
}

// What the law asks of the configuration itself.
int32_t check_config(Device* d, const qs_WDF_IO_QUEUE_CONFIG& c, const Resolved& r) {
  law::QueueCreateFacts f;
  f.dispatch = uint32_t(c.DispatchType);
  f.any_handler = any_handler(c);
  f.limit = c.Settings.Parallel.NumberOfPresentedRequests;
  f.scope = r.scope;
  f.passive = r.passive;
  f.device_passive = d->passive;
  f.is_default = c.DefaultQueue;
  f.default_taken = d->default_queue != nullptr;
  return law::on_create_queue(f).status;
}

CallbackLock* make_lock(Object* of, bool passive) {
  auto* lock = new (fw().arena.allocate(sizeof(CallbackLock), alignof(CallbackLock))) CallbackLock;
  lock->id = fw().next_id(ObjectKind::CallbackLock);
  lock->of = of->id;
  lock->passive = passive;
  rt::emit(trace::EventCode::Create, lock->id, of->id);
  return lock;
}

}  // namespace

namespace qs::kmdf {

CallbackLock* make_callback_lock(Object* of, bool passive) { return make_lock(of, passive); }

// A queue as the configuration says; the checks are done.
Queue* make_queue(Device* d, const qs_WDF_IO_QUEUE_CONFIG& c, trace::SyncScope scope, bool passive,
                  bool internal) {
  Queue* q = fw().make<Queue>(ObjectKind::Queue);
  q->device = d;
  q->config = c;
  q->dispatch_type = trace::Dispatch(c.DispatchType);
  q->limit = c.Settings.Parallel.NumberOfPresentedRequests;
  q->is_default = c.DefaultQueue;
  q->internal = internal;
  q->scope = scope;
  q->passive = passive;
  bool managed =
      c.PowerManaged == qs_WdfTrue || (c.PowerManaged == qs_WdfUseDefault && !d->init.filter);
  q->power_managed = managed && !d->init.control && !internal;
  q->own_lock = make_lock(q, passive);
  q->callback_lock = scope == trace::SyncScope::Queue    ? q->own_lock
                     : scope == trace::SyncScope::Device ? d->callback_lock
                                                         : nullptr;
  rt::emit(trace::EventCode::QueueConfig, q->id, d->id, config_bits_of(q), q->limit,
           uint32_t(q->callback_bits()));
  if (q->power_managed && !d->queues_on) q->set_power(trace::QueuePower::Off);  // O-08
  if (d->queues_purged)
    q->set_flags(trace::kShutdown | trace::kDispatch, 0);
  else
    q->set_flags(trace::kAccept | trace::kDispatch, 0);
  if (!internal) d->queues.push_back(q);
  return q;
}

}  // namespace qs::kmdf

int32_t qs_WdfIoQueueCreate(QS_SITE, WDFDEVICE device, qs_WDF_IO_QUEUE_CONFIG* config,
                            qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFQUEUE* queue) {
  auto* d = checked<Device>(device, ObjectKind::Device, {"WdfIoQueueCreate", file, line});
  ApiCall call(trace::ApiFn::WdfIoQueueCreate, file, line, d->id);
  if (!config) bugcheck("V-04", 0x4, 0, 0, d->id);
  if (queue) *queue = nullptr;
  int32_t status = check_attributes(attributes, kMaySetLevel | kMaySetScope);  // 1
  if (!NT_OK(status)) return call.status(status);
  if (config->Size != sizeof(*config) && config->Size != kSize17 && config->Size != kSize19)
    return call.status(QS_STATUS_INFO_LENGTH_MISMATCH);  // 2
  qs_WDF_IO_QUEUE_CONFIG c = *config;
  if (config->Size < sizeof(*config)) c.Driver = nullptr;
  if (config->Size == kSize17)
    c.Settings.Parallel.NumberOfPresentedRequests =
        c.DispatchType == qs_WdfIoQueueDispatchParallel ? trace::kNoLimit : 0;
  if (!c.DefaultQueue && !queue) return call.status(QS_STATUS_INVALID_PARAMETER_4);  // 3
  if (c.DefaultQueue && (d->init.control ? d->finished_init : d->started))
    return call.status(QS_STATUS_INVALID_DEVICE_STATE);  // 4
  Object* parent = d;
  if (attributes && attributes->ParentObject) {
    parent = object_of(attributes->ParentObject, {"WdfIoQueueCreate", file, line});
    if (device_of(parent) != d) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);  // 5
  }
  if (!takes_children(parent)) return call.status(QS_STATUS_DELETE_PENDING);
  Resolved r = resolve(d, attributes);
  std::string name = name_for_queue(d, c);
  apply_override(name, c, r.scope, r.passive);
  status = check_config(d, c, r);
  if (!NT_OK(status)) return call.status(status);
  Queue* q = make_queue(d, c, r.scope, r.passive, false);
  set_queue_name(q, name);
  link_child(parent, q);
  attach_context(q, attributes, nullptr, false);
  if (c.DefaultQueue) {
    d->default_queue = q;
    for (size_t slot = 1; slot < kRoutes; ++slot)
      if (!d->routes[slot]) {
        d->routes[slot] = q;
        static const trace::RequestType types[] = {
            trace::RequestType::Create, trace::RequestType::Read, trace::RequestType::Write,
            trace::RequestType::DeviceControl, trace::RequestType::InternalControl};
        rt::emit(trace::EventCode::Route, d->id, q->id, uint32_t(types[slot]));
      }
  }
  if (queue) *queue = h(q);
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfIoQueueCreateInto(QS_SITE, WDFDEVICE device, qs_WDF_IO_QUEUE_CONFIG* config,
                                qs_WDF_OBJECT_ATTRIBUTES* attributes, WDFQUEUE* queue,
                                const char* into) {
  note_queue_variable(into);
  return qs_WdfIoQueueCreate(file, line, device, config, attributes, queue);
}

int32_t qs_WdfDeviceConfigureRequestDispatching(QS_SITE, WDFDEVICE device, WDFQUEUE queue,
                                                qs_WDF_REQUEST_TYPE type) {
  auto* d = checked<Device>(device, ObjectKind::Device,
                            {"WdfDeviceConfigureRequestDispatching", file, line});
  auto* q = checked<Queue>(queue, ObjectKind::Queue,
                           {"WdfDeviceConfigureRequestDispatching", file, line});
  ApiCall call(trace::ApiFn::WdfDeviceConfigureRequestDispatching, file, line, d->id, q->id,
               uint32_t(type));
  size_t slot = route_slot(trace::RequestType(type));
  if (slot == kRoutes) return call.status(QS_STATUS_INVALID_PARAMETER);
  if (q->device != d) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  if (d->init.control ? d->finished_init : d->started)
    return call.status(QS_STATUS_INVALID_DEVICE_STATE);
  law::RouteFacts facts;
  facts.create = slot == 0;
  facts.handles =
      q->dispatch_type == trace::Dispatch::Manual ||
      (facts.create ? q->config.EvtIoDefault != nullptr : q->can_handle(trace::RequestType(type)));
  facts.is_default = q == d->default_queue;
  facts.taken = d->route_set[slot];
  const law::Ruling ruling = law::on_route(facts);
  if (!carry_out(ruling, q->id, d->id)) return call.status(ruling.status);
  d->route_set[slot] = true;
  d->routes[slot] = q;
  if (!facts.create) q->routed = true;
  rt::emit(trace::EventCode::Route, d->id, q->id, uint32_t(type));
  return call.status(QS_STATUS_SUCCESS);
}
