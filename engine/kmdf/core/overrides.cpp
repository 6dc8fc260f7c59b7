#include "kmdf/core/overrides.h"

#include <set>
#include <utility>

#include "kmdf/core/framework.h"

namespace qs::kmdf {

namespace {

struct Naming {
  Overrides overrides;
  std::vector<std::string> names;
  size_t next = 0;
  int numbered = 1;
  std::string variable;                // of the next queue
  std::set<std::string> of_variables;  // names that queues got so
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

void note_queue_variable(std::string_view expression) { naming().variable = expression; }

namespace {

// "Waiting" of "&context->Waiting", "Queues" of "&Queues[i]"; "" when the text is no name: a
// constant, a cast of one, or just "queue".
std::string last_name(std::string_view expression) {
  std::string name;
  int brackets = 0;
  bool fresh = true;  // the next letter begins a name
  for (const char c : expression) {
    brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
    const bool letter = c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    if (brackets > 0 || !letter) {
      fresh = true;
      continue;
    }
    if (std::exchange(fresh, false)) name.clear();
    name += c;
  }
  const bool generic = name.size() == 5 && (name[0] | 32) == 'q' && name.substr(1) == "ueue";
  return generic || name == "NULL" || name == "WDF_NO_HANDLE" || name == "nullptr" ? "" : name;
}

}  // namespace

std::string name_for_queue(Device*, const qs_WDF_IO_QUEUE_CONFIG& c) {
  Naming& n = naming();
  const std::string variable = last_name(std::exchange(n.variable, {}));
  if (n.next < n.names.size()) return n.names[n.next++];
  if (c.DefaultQueue) return "default";
  if (!variable.empty()) {
    std::string name = variable;
    for (int i = 2; !n.of_variables.insert(name).second; ++i)
      name = variable + " " + std::to_string(i);
    return name;
  }
  return "queue " + std::to_string(n.numbered++);
}

void set_queue_name(Queue* q, const std::string& name) {
  rt::sched().trace().set_name(q->id, name);
}

void apply_override(const std::string& name, qs_WDF_IO_QUEUE_CONFIG& c, trace::SyncScope& scope,
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
