// Creation-time settings that the run, not the driver, decides: names of queues, and the recorded
// overrides that a student's switch of the dispatch mode makes. Owns: QueueOverride. Filled by run
// before the driver is loaded.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "kmdf/device/device.h"
#include "kmdf/queue/queue.h"

namespace qs::kmdf {

struct QueueOverride {
  std::optional<trace::Dispatch> dispatch;
  std::optional<uint32_t> limit;
  std::optional<trace::SyncScope> scope;
  std::optional<bool> passive, zero_length, canceled_on_queue, power_managed;
};

struct Overrides {
  std::map<std::string, QueueOverride> queues;  // by queue name
};

Overrides& overrides();
// The name people see: that of set_queue_names, else "default", else what the driver calls it
// (note_queue_variable), or "queue N".
std::string name_for_queue(Device* d, const qs_WDF_IO_QUEUE_CONFIG& c);
// What the next queue's handle is written to, as the driver says it: "&context->Waiting".
void note_queue_variable(std::string_view expression);
void set_queue_name(Queue* q, const std::string& name);
// Names for the queues in order of creation (from the program); extra queues get "queue N".
void set_queue_names(std::vector<std::string> names);
// Changes the configuration as recorded. A queue made manual keeps no handlers, one made sequential
// or parallel gets its handlers from the driver's own configuration; the limit is dropped when it
// is not parallel.
void apply_override(const std::string& name, qs_WDF_IO_QUEUE_CONFIG& c, trace::SyncScope& scope,
                    bool& passive);

}  // namespace qs::kmdf
