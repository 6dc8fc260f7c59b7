// The queues that a driver is asked to create: what QsDeviceSetup and QsNextQueue hand out
// (engine/include/qsask.h). Owns: QueueGraph and its words in a schedule. A graph is data: it
// stands in a program, in a schedule (inputs of kind Setup) or in a file, so that a run replays.
// Whether it is legal is for the framework to decide; faults_of predicts its answer.
//
//   setup * filter=on caller=on scope=device exec=passive       the device
//   setup writes dispatch=par limit=2 handlers=write+stop routes=write zero=on scope=queue
//         exec=passive power=off                                a queue; `default` makes it so
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sched/schedule.h"
#include "trace/events/event.h"

namespace qs::run {

// The callbacks a queue may have; bits of qs_QUEUE_SETUP::Handlers, in this order.
enum class SetupHandler : uint8_t {
  Read,
  Write,
  Control,
  Internal,
  Default,
  Stop,
  Resume,
  Canceled,
  Count
};
// The types that can be sent to a queue of their own; bits of qs_QUEUE_SETUP::Routes.
enum class SetupRoute : uint8_t { Create, Read, Write, Control, Internal, Count };
constexpr uint32_t setup_bit(SetupHandler h) { return 1u << unsigned(h); }
constexpr uint32_t setup_bit(SetupRoute r) { return 1u << unsigned(r); }
// The handlers that requests are presented to; the other callbacks are notifications.
constexpr uint32_t kPresentHandlers = 0x1F;
constexpr uint32_t kAllHandlers = 0xFF;

enum class SetupScope : uint8_t { Inherit, None, Queue, Device };
enum class SetupLevel : uint8_t { Inherit, Dispatch, Passive };
enum class SetupPower : uint8_t { ByDefault, On, Off };

struct QueueSetup {
  std::string name;
  trace::Dispatch dispatch = trace::Dispatch::Sequential;
  bool is_default = false, zero_length = false;
  std::optional<uint32_t> limit;  // not given: none
  uint32_t handlers = 0, routes = 0;
  SetupScope scope = SetupScope::Inherit;
  SetupLevel level = SetupLevel::Inherit;
  SetupPower power = SetupPower::ByDefault;
  bool has(SetupHandler h) const { return (handlers & setup_bit(h)) != 0; }
  bool has(SetupRoute r) const { return (routes & setup_bit(r)) != 0; }
  bool operator==(const QueueSetup&) const = default;
};

struct DeviceSetup {
  bool filter = false, caller_context = false;
  SetupScope scope = SetupScope::Inherit;
  SetupLevel level = SetupLevel::Inherit;
  bool operator==(const DeviceSetup&) const = default;
};

struct QueueGraph {
  DeviceSetup device;
  std::vector<QueueSetup> queues;  // in order of creation

  bool empty() const { return queues.empty() && device == DeviceSetup(); }
  QueueSetup* find(std::string_view name);
  const QueueSetup* find(std::string_view name) const;
  bool operator==(const QueueGraph&) const = default;
};

constexpr size_t kMostQueues = 12;

// "EvtIoRead" and so on.
const char* handler_callback(SetupHandler handler);
// The words of schedules and files: "read", "canceled".
const char* handler_word(SetupHandler handler);
const char* route_word(SetupRoute route);
const char* setup_word(SetupScope scope);
const char* setup_word(SetupLevel level);
const char* setup_word(SetupPower power);
// Can a request of that type be presented by this queue (or taken from it, when manual)?
bool can_take(const QueueSetup& queue, SetupRoute route);

// A graph as inputs of a schedule: one for the device if it has settings, one for each queue.
std::vector<sched::Input> graph_inputs(const QueueGraph& graph);
// Applies one input of kind Setup (adds the queue or device) or Override (changes an
// existing queue). The error names the word and what is allowed.
Result<bool> apply_setup(QueueGraph& graph, const sched::Input& input);
// What a run creates: the schedule's own graph, else the program's, with the overrides of the
// schedule. `left` (may be null) gets the overrides of queues that are not in the graph.
QueueGraph effective_graph(const QueueGraph& program, const std::vector<sched::Input>& inputs,
                           std::vector<sched::Input>* left = nullptr);

// What the framework will refuse, in the order in which the driver makes its calls: the first one
// ends the set-up of the device.
struct SetupFault {
  size_t queue = 0;
  const char* rule = "";  // O-07, A-05
  const char* call = "";  // WdfIoQueueCreate
  int32_t status = 0;     // NTSTATUS that it returns
  std::string sentence;
};
std::vector<SetupFault> faults_of(const QueueGraph& graph);

}  // namespace qs::run
