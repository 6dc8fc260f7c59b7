#include "tests/kmdf/bench_driver.h"

#include <doctest/doctest.h>

#include <cstring>

#include "kmdf/core/overrides.h"

namespace qs::test {

using namespace qs::kmdf;

Bench* bench = nullptr;

namespace {

struct Watcher final : Observer {
  Bench* b = nullptr;
  void on_debug_text(std::string_view text) override { b->debug.emplace_back(text); }
} watcher;

int32_t d0_entry(WDFDEVICE d, qs_WDF_POWER_DEVICE_STATE) {
  return bench->on_d0_entry ? bench->on_d0_entry(d) : QS_STATUS_SUCCESS;
}

int32_t d0_exit(WDFDEVICE d, qs_WDF_POWER_DEVICE_STATE) {
  return bench->on_d0_exit ? bench->on_d0_exit(d) : QS_STATUS_SUCCESS;
}

int32_t add_device(WDFDRIVER, PWDFDEVICE_INIT init) {
  qs_WDF_PNPPOWER_EVENT_CALLBACKS pnp{};
  pnp.Size = sizeof pnp;
  pnp.EvtDeviceD0Entry = d0_entry;
  pnp.EvtDeviceD0Exit = d0_exit;
  qs_WdfDeviceInitSetPnpPowerEventCallbacks(AT, init, &pnp);
  if (bench->on_init) bench->on_init(init);
  int32_t status = qs_WdfDeviceCreate(AT, &init, &bench->device_attributes, &bench->device);
  if (status < 0) return status;
  qs_WDF_IO_QUEUE_CONFIG c{};
  c.Size = sizeof c;
  c.DispatchType = bench->dispatch;
  c.PowerManaged = qs_WdfUseDefault;
  c.DefaultQueue = 1;
  if (c.DispatchType == qs_WdfIoQueueDispatchParallel)
    c.Settings.Parallel.NumberOfPresentedRequests = 0xFFFFFFFFu;
  if (bench->on_read) c.EvtIoRead = read_handler;
  if (bench->on_stop) c.EvtIoStop = stop_handler;
  if (bench->on_write) c.EvtIoWrite = write_handler;
  if (bench->on_control) c.EvtIoDeviceControl = c.EvtIoInternalDeviceControl = control_handler;
  if (c.EvtIoRead || c.EvtIoWrite || c.EvtIoDeviceControl) {
    status = qs_WdfIoQueueCreate(AT, bench->device, &c, &bench->queue_attributes, &bench->queue);
    if (status < 0) return status;
  }
  if (bench->on_add) bench->on_add(bench->device);
  return QS_STATUS_SUCCESS;
}

void back(Irp* irp, void* context) {
  auto* s = static_cast<Bench::Sent*>(context);
  s->done = true;
  s->status = irp->status;
  s->information = irp->information;
  if (irp->buffer && irp->information)
    s->data.assign(static_cast<char*>(irp->buffer), size_t(irp->information));
  s->irp = nullptr;
}

}  // namespace

Bench::Bench() {
  bench = this;
  trace = std::make_shared<trace::Trace>();
  for (auto* a : {&device_attributes, &queue_attributes}) {
    a->Size = sizeof *a;
    a->ExecutionLevel = qs_WdfExecutionLevelInheritFromParent;
    a->SynchronizationScope = qs_WdfSynchronizationScopeInheritFromParent;
  }
  scheduler =
      std::make_unique<sched::Scheduler>(*trace, sched::fiber_backend(sched::default_fiber_kind()));
  framework = std::make_unique<Framework>(Options());
  kmdf::rt::tls_scheduler = scheduler.get();
  set_fw(framework.get());
  watcher.b = this;
  framework->observer = &watcher;
}

Bench::~Bench() {
  scheduler->request_stop();
  framework.reset();
  scheduler.reset();
  if (bench == this) bench = nullptr;
}

void Bench::start() {
  framework->options.verifier = verifier;
  framework->options.break_on_error = verifier;
  framework->options.stop_at_undefined = stop_at_undefined;
  run_now([this] {
    qs_WDF_DRIVER_CONFIG config{};
    config.Size = sizeof config;
    config.EvtDriverDeviceAdd = add_device;
    qs_WdfDriverCreate(AT, nullptr, nullptr, nullptr, &config, nullptr);
    DriverCall call(trace::CallbackKind::EvtDriverDeviceAdd, framework->driver->id, {});
    int32_t status = add_device(handle<WDFDRIVER>(framework->driver),
                                reinterpret_cast<PWDFDEVICE_INIT>(make_device_init()));
    if (status < 0) std::abort();
  });
  run_now([this] { the_device()->pnp_start(); });
}

void Bench::run_now(std::function<void()> body, uint8_t irql) {
  kmdf::rt::tls_scheduler = scheduler.get();
  set_fw(framework.get());
  scheduler->spawn(trace::ThreadKind::App, "test", {}, irql, kmdf::rt::bind_to_run([this, body] {
                     body();
                     if (scheduler->irql() >= sched::kDispatchLevel)
                       scheduler->lower_irql(sched::kPassiveLevel);
                   }));
  scheduler->run_ready();
}

void Bench::settle() {
  scheduler->run_ready();
  for (int i = 0; i < 100000 && !scheduler->stopped() && scheduler->has_live_clock_entry(); ++i) {
    scheduler->advance_clock(UINT32_MAX - 1);
    scheduler->run_ready();
  }
}

void Bench::run(std::function<void()> body, uint8_t irql) {
  auto returned = std::make_shared<bool>(false);
  run_now(
      [returned, body = std::move(body)] {
        body();
        *returned = true;
      },
      irql);
  settle();
  CHECK_MESSAGE((*returned || ended() || hangs), "the body of run() waits for ever");
}

void Bench::advance(uint32_t microseconds) {
  uint32_t limit = scheduler->now() + microseconds;
  while (!scheduler->stopped() && scheduler->advance_clock(limit)) scheduler->run_ready();
  scheduler->move_clock_to(limit);
}

namespace {

Bench::Sent* send(Bench* b, trace::RequestType type, const std::string& in, uint32_t length,
                  uint32_t out_length, uint32_t code) {
  Bench::Sent* s = b->sent.emplace_back(std::make_unique<Bench::Sent>()).get();
  b->run_now([=] {
    Irp* irp = make_irp(type, length, out_length, nullptr, {}, in);
    irp->code = code;
    irp->done = back;
    irp->done_context = s;
    s->irp = irp;
    s->id = irp->id;
    send_irp(b->the_device(), irp);
  });
  return s;
}

}  // namespace

Bench::Sent* Bench::read(uint32_t length, bool now) {
  Sent* s = send(this, trace::RequestType::Read, "", length, 0, 0);
  if (!now) settle();
  return s;
}

Bench::Sent* Bench::write(const std::string& data) {
  Sent* s = send(this, trace::RequestType::Write, data, uint32_t(data.size()), 0, 0);
  settle();
  return s;
}

Bench::Sent* Bench::control(uint32_t code, const std::string& in, uint32_t out_length,
                            trace::RequestType type) {
  Sent* s = send(this, type, in, uint32_t(in.size()), out_length, code);
  settle();
  return s;
}

bool Bench::cancel(Sent* s) {
  bool taken = false;
  run_now([&] {
    if (s->irp) taken = cancel_irp(s->irp);
  });
  return taken;
}

WDFIOTARGET Bench::local_target() { return handle<WDFIOTARGET>(the_device()->local_target); }

size_t Bench::count(trace::EventCode code) const {
  size_t n = 0;
  for (size_t i = 0; i < trace->size(); ++i) n += (*trace)[i].code == code;
  return n;
}

size_t Bench::calls_of(trace::CallbackKind kind) const {
  size_t n = 0;
  for (size_t i = 0; i < trace->size(); ++i)
    n += (*trace)[i].code == trace::EventCode::CallbackEnter && (*trace)[i].a == uint32_t(kind);
  return n;
}

std::vector<std::string> Bench::rules() const {
  std::vector<std::string> out;
  for (size_t i = 0; i < trace->size(); ++i) {
    const trace::Event& e = (*trace)[i];
    if (e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding)
      out.emplace_back(trace->string(e.a));
  }
  return out;
}

size_t Bench::index_of(trace::EventCode code) const {
  for (size_t i = 0; i < trace->size(); ++i)
    if ((*trace)[i].code == code) return i;
  return SIZE_MAX;
}

const trace::Event* Bench::first(trace::EventCode code) const {
  size_t i = index_of(code);
  return i == SIZE_MAX ? nullptr : &(*trace)[i];
}

// --- what the framework calls ---

void read_handler(WDFQUEUE q, WDFREQUEST r, size_t n) { bench->on_read(q, r, n); }
void write_handler(WDFQUEUE q, WDFREQUEST r, size_t n) { bench->on_write(q, r, n); }
void control_handler(WDFQUEUE q, WDFREQUEST r, size_t out, size_t in, uint32_t code) {
  bench->on_control(q, r, out, in, code);
}
void completion_routine(WDFREQUEST r, WDFIOTARGET t, qs_WDF_REQUEST_COMPLETION_PARAMS* p, void* c) {
  bench->on_back(r, t, p, c);
}
void cancel_handler(WDFREQUEST r) { bench->on_cancel(r); }
void stop_handler(WDFQUEUE q, WDFREQUEST r, uint32_t flags) { bench->on_stop(q, r, flags); }
void timer_handler(WDFTIMER t) { bench->on_timer(t); }
void dpc_handler(WDFDPC d) { bench->on_dpc(d); }
void work_handler(WDFWORKITEM w) { bench->on_work(w); }

qs_WDF_OBJECT_ATTRIBUTES child_of(void* parent, bool passive) {
  qs_WDF_OBJECT_ATTRIBUTES a{};
  a.Size = sizeof a;
  a.ExecutionLevel = passive ? qs_WdfExecutionLevelPassive : qs_WdfExecutionLevelInheritFromParent;
  a.SynchronizationScope = qs_WdfSynchronizationScopeInheritFromParent;
  a.ParentObject = parent;
  return a;
}

int32_t make_timer(void* parent, WDFTIMER* out, uint32_t period, bool serialized, bool passive) {
  qs_WDF_TIMER_CONFIG c{};
  c.Size = sizeof c;
  c.EvtTimerFunc = timer_handler;
  c.Period = period;
  c.AutomaticSerialization = serialized;
  auto a = child_of(parent, passive);
  return qs_WdfTimerCreate(AT, &c, &a, out);
}

int32_t make_dpc(void* parent, WDFDPC* out, bool serialized) {
  qs_WDF_DPC_CONFIG c{};
  c.Size = sizeof c;
  c.EvtDpcFunc = dpc_handler;
  c.AutomaticSerialization = serialized;
  auto a = child_of(parent);
  return qs_WdfDpcCreate(AT, &c, &a, out);
}

int32_t make_work_item(void* parent, WDFWORKITEM* out, bool serialized) {
  qs_WDF_WORKITEM_CONFIG c{};
  c.Size = sizeof c;
  c.EvtWorkItemFunc = work_handler;
  c.AutomaticSerialization = serialized;
  auto a = child_of(parent);
  return qs_WdfWorkItemCreate(AT, &c, &a, out);
}

qs_WDF_REQUEST_SEND_OPTIONS send_options(uint32_t flags, int64_t timeout) {
  qs_WDF_REQUEST_SEND_OPTIONS o{};
  o.Size = sizeof o;
  o.Flags = flags;
  o.Timeout = timeout;
  return o;
}

}  // namespace qs::test
