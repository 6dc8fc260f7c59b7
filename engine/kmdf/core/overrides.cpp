#include "kmdf/core/overrides.h"

#include "kmdf/core/framework.h"

namespace qs::kmdf {

namespace {

struct Naming {
  Overrides overrides;
  std::vector<std::string> names;
  size_t next = 0;
  int numbered = 1;
};

Naming& naming() {
  if (!fw().naming) fw().naming = std::make_shared<Naming>();
  return *static_cast<Naming*>(fw().naming.get());
}

}  // namespace

Overrides& overrides() { return naming().overrides; }

void set_queue_names(std::vector<std::string> names) {
  naming().names = std::move(names);
  naming().next = 0;
}

std::string name_for_queue(Device*, const qs_WDF_IO_QUEUE_CONFIG& c) {
  Naming& n = naming();
  if (n.next < n.names.size()) return n.names[n.next++];
  if (c.DefaultQueue) return "default";
  return "queue " + std::to_string(n.numbered++);
}

void set_queue_name(Queue* q, const std::string& name) {
  rt::sched().trace().set_name(q->id, name);
}

void apply_override(const std::string& name, qs_WDF_IO_QUEUE_CONFIG& c, trace::Scope& scope,
                    bool& passive) {
  auto it = naming().overrides.queues.find(name);
  if (it == naming().overrides.queues.end()) return;
  const QueueOverride& o = it->second;
  if (o.dispatch) {
    if (*o.dispatch == trace::Dispatch::Manual) {
      c.EvtIoDefault = nullptr;
      c.EvtIoRead = nullptr;
      c.EvtIoWrite = nullptr;
      c.EvtIoDeviceControl = nullptr;
      c.EvtIoInternalDeviceControl = nullptr;
    }
    c.DispatchType = int32_t(*o.dispatch);
    c.Settings.Parallel.NumberOfPresentedRequests =
        *o.dispatch == trace::Dispatch::Parallel ? trace::kNoLimit : 0;
  }
  if (o.limit && c.DispatchType == int32_t(trace::Dispatch::Parallel))
    c.Settings.Parallel.NumberOfPresentedRequests = *o.limit;
  if (o.scope) scope = *o.scope;
  if (o.passive) passive = *o.passive;
  if (o.zero_length) c.AllowZeroLengthRequests = *o.zero_length;
  if (o.power_managed) c.PowerManaged = *o.power_managed ? qs_WdfTrue : qs_WdfFalse;
  if (o.canceled_on_queue && !*o.canceled_on_queue) c.EvtIoCanceledOnQueue = nullptr;
}

}  // namespace qs::kmdf
