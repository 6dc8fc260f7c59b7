#include "base/ids.h"

namespace qs {

const char* kind_name(ObjectKind kind) {
  static const char* const names[] = {
      "nothing",    "driver",        "device",     "queue",     "request",   "file object",
      "I/O target", "timer",         "DPC",        "work item", "spin lock", "wait lock",
      "memory",     "string",        "collection", "thread",    "app",       "hardware channel",
      "event",      "callback lock", "object"};
  static_assert(sizeof(names) / sizeof(names[0]) == size_t(ObjectKind::Count));
  return size_t(kind) < size_t(ObjectKind::Count) ? names[size_t(kind)] : "unknown object";
}

}  // namespace qs
