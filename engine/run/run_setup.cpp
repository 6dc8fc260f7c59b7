// Loading the driver and making the world around it; what is left when nothing moves anymore.
#include "kmdf/core/registry.h"
#include "kmdf/core/setup.h"
#include "kmdf/device/hardware.h"
#include "kmdf/device/properties.h"
#include "kmdf/target/io_target.h"
#include "run/end_report.h"
#include "run/run_impl.h"
#include "trace/events/words.h"

namespace qs::run {

namespace {

void apply_override_words(kmdf::QueueOverride& o, const std::string& text) {
  for (const Word& w : split_words(text)) {
    bool on = w.value == "on";
    if (w.key == "dispatch")
      o.dispatch = trace::dispatch_of(w.value).value_or(trace::Dispatch::Sequential);
    if (w.key == "limit")
      o.limit =
          uint32_t(std::min(std::strtoul(std::string(w.value).c_str(), nullptr, 10), 0xFFFFFFFFul));
    if (w.key == "scope")
      o.scope = w.value == "queue"    ? trace::SyncScope::Queue
                : w.value == "device" ? trace::SyncScope::Device
                                      : trace::SyncScope::None;
    if (w.key == "exec") o.passive = w.value == "passive";
    if (w.key == "zero") o.zero_length = on;
    if (w.key == "coq") o.canceled_on_queue = on;
    if (w.key == "power") o.power_managed = on;
  }
}

// The kit's values: WDF_SYNCHRONIZATION_SCOPE, WDF_EXECUTION_LEVEL.
int32_t abi_of(SetupScope scope) {
  switch (scope) {
    case SetupScope::None: return qs_WdfSynchronizationScopeNone;
    case SetupScope::Queue: return qs_WdfSynchronizationScopeQueue;
    case SetupScope::Device: return qs_WdfSynchronizationScopeDevice;
    default: return qs_WdfSynchronizationScopeInheritFromParent;
  }
}
int32_t abi_of(SetupLevel level) {
  switch (level) {
    case SetupLevel::Dispatch: return qs_WdfExecutionLevelDispatch;
    case SetupLevel::Passive: return qs_WdfExecutionLevelPassive;
    default: return qs_WdfExecutionLevelInheritFromParent;
  }
}

qs_QUEUE_SETUP abi_of(const QueueSetup& q) {
  qs_QUEUE_SETUP out{};
  out.DispatchType = int32_t(q.dispatch);
  out.DefaultQueue = q.is_default;
  out.AllowZeroLengthRequests = q.zero_length;
  out.Handlers = q.handlers;
  out.Routes = q.routes;
  out.NumberOfPresentedRequests =
      q.limit.value_or(q.dispatch == trace::Dispatch::Parallel ? trace::kNoLimit : 0);
  out.PowerManaged = q.power == SetupPower::On    ? qs_WdfTrue
                     : q.power == SetupPower::Off ? qs_WdfFalse
                                                  : qs_WdfUseDefault;
  out.SynchronizationScope = abi_of(q.scope);
  out.ExecutionLevel = abi_of(q.level);
  return out;
}

}  // namespace

kmdf::Device* Run::Impl::device() const {
  return world.framework.devices.empty() ? nullptr : world.framework.devices.front();
}

void Run::Impl::set_up() {
  world.enter();
  sched::Scheduler& s = world.scheduler;
  trace::Trace& t = *world.trace;
  s.emit(trace::EventCode::Program, {}, {}, t.intern(program.name));
  const kmdf::Options& o = world.framework.options;
  s.emit(trace::EventCode::Option, {}, {}, uint32_t(trace::RunOption::Verifier), o.verifier);
  s.emit(trace::EventCode::Option, {}, {}, uint32_t(trace::RunOption::ClientMinor),
         uint32_t(o.client_minor));
  s.emit(trace::EventCode::Option, {}, {}, uint32_t(trace::RunOption::StopAtUndefined),
         o.stop_at_undefined);
  set_up_queues();
  kmdf::configure_hardware(nullptr, program.hardware, program.hardware_us);
  for (const RegistryEntry& e : program.registry)
    kmdf::set_registry_value(e.key, e.name, e.type, e.bytes);
  for (const auto& [name, text] : program.properties) kmdf::set_device_property(name, text);
  for (const AppSpec& spec : program.apps) {
    ObjectId id = world.framework.next_id(ObjectKind::App);
    t.set_name(id, spec.name);
    apps.push_back({spec.name, id, false});
    s.emit(trace::EventCode::AppStart, id, {}, t.intern(spec.name));
  }
  world.spawn(trace::ThreadKind::Setup, "system", {}, sched::kPassiveLevel, [this] { load(); });
}

// A driver that asks gets its queues with the changes already applied, so that its own lines say
// what is created; for any other driver they are applied at WdfIoQueueCreate.
void Run::Impl::set_up_queues() {
  std::vector<sched::Input> changes;
  const bool asks = program.asks_setup();
  const QueueGraph graph = asks ? effective_graph(program.graph, settings, &changes) : QueueGraph();
  if (asks) {
    std::vector<qs_QUEUE_SETUP> queues;
    std::vector<std::string> names;
    for (const QueueSetup& q : graph.queues) {
      queues.push_back(abi_of(q));
      names.push_back(q.name);
    }
    const DeviceSetup& d = graph.device;
    kmdf::set_setup({d.filter, d.caller_context, abi_of(d.scope), abi_of(d.level)},
                    std::move(queues));
    kmdf::set_queue_names(std::move(names));
  } else {
    changes = settings;
    kmdf::set_queue_names(program.queue_names);
  }
  for (const sched::Input& input : changes)
    if (input.kind == sched::InputKind::Override)
      apply_override_words(kmdf::overrides().queues[input.subject], input.text);
}

void Run::Impl::load() {
  trace::Trace& t = *world.trace;
  int32_t status = QS_STATUS_UNSUCCESSFUL;
  std::string problem = "The driver has created no device.";
  if (program.driver && program.driver->entry)
    status = world.load_driver([this](void* o, void* p) { return program.driver->entry(o, p); },
                               &problem);
  if (status < 0 || !device()) {
    not_loaded = true;
    world.scheduler.emit(trace::EventCode::Note, {}, {}, t.intern(problem));
    return;
  }
  added = true;
  if (program.lower.present) {
    kmdf::LowerDriver lower;
    lower.delay = program.lower.delay;
    lower.deaf = program.lower.deaf;
    lower.status = program.lower.status;
    kmdf::configure_lower_driver(device(), lower);
    kmdf::configure_lower_driver(device(), lower, true);
  }
  if (program.settings.start_device)
    for (size_t i = 0; i < world.framework.devices.size(); ++i) {
      kmdf::Device* d = world.framework.devices[i];
      if (!d->init.control && !d->init.parent) d->pnp_start();
    }
  for (const AppSpec& spec : program.apps)
    for (const std::string& name : spec.files) {
      if (file(name)) continue;  // the same handle, inherited by another application
      sched::Input open;
      open.kind = sched::InputKind::OpenFile;
      open.subject = name;
      open.text = spec.name + (spec.synchronous ? std::string(" ") + kSynchronous : "");
      std::string refused;
      open_file(open, refused);
      if (!refused.empty()) not_possible("handle " + name + " cannot be opened: " + refused);
    }
}

// Threads and queues that wait forever (end_report.h), then driver-owned requests that no thread,
// timer, DPC or hardware will touch.
void Run::Impl::report_hangs() {
  sched::Scheduler& s = world.scheduler;
  const bool may_act = program.takes_orders || s.has_live_clock_entry() || !s.clock_empty();
  Places places(*world.trace);
  report_waits(s, world.framework, may_act, places);
  report_leftovers(world.framework, places);
  if (may_act) return;
  for (auto& [raw, sent] : irps) {
    const kmdf::Irp* irp = sent.irp;
    kmdf::Request* r = irp->request;
    if (!r || r->completed || !r->has(kmdf::kVDriverOwned) || r->target) continue;
    if (irp->slot == kmdf::Slot::Cancelable) continue;  // the sender can still end it
    report_abandoned(r, places);
  }
}

// What tests compare with the folded model: queues and requests as the live objects have them.
model::Model Run::Impl::observe() const {
  model::Model m;
  for (const kmdf::Device* d : world.framework.devices)
    for (const kmdf::Queue* q : d->queues) {
      model::QueueView v;
      v.id = q->id;
      v.device = d->id;
      v.limit = q->limit;
      v.flags = q->flags;
      v.slots = (q->idle.used ? uint32_t(trace::kSlotIdle) : 0) |
                (q->purge.used ? uint32_t(trace::kSlotPurge) : 0) |
                (q->ready.used ? uint32_t(trace::kSlotReady) : 0);
      v.power = q->power;
      v.power_ref = q->power_ref;
      v.depth = q->depth;
      v.owned_count = q->owned_count;
      for (kmdf::Node<kmdf::Request>* n = q->waiting.first(); n; n = q->waiting.after(n))
        v.waiting.push_back(n->item->id);
      m.queues.push_back(v);
    }
  for (auto& [raw, sent] : irps) {
    const kmdf::Irp* irp = sent.irp;
    const kmdf::Request* r = irp->request;
    if (!r) continue;
    model::RequestView v;
    v.id = r->id;
    v.type = irp->type;
    v.queue = r->queue ? r->queue->id : ObjectId();
    if (r->completed) v.place = model::Place::Completing;
    v.flags = (r->presented ? uint32_t(model::kPresented) : 0) |
              (irp->cancelled() ? uint32_t(model::kCancelFlag) : 0) |
              (r->canceled_bit ? uint32_t(model::kCanceledBit) : 0) |
              (r->bound ? uint32_t(model::kCharged) : 0);
    m.requests.push_back(v);
  }
  return m;
}

}  // namespace qs::run
