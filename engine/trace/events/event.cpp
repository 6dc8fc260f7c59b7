#include "trace/events/event.h"

namespace qs::trace {
namespace {

struct EventInfo {
  const char* name;
  EventLevel level;
  const char* text;
};

constexpr EventInfo kEvents[] = {
#define QS_EVENT(name, level, text) {#name, EventLevel::level, text},
#include "trace/events/events.inc"
#undef QS_EVENT
};

constexpr const char* kCallbacks[] = {
#define QS_CALLBACK(name) #name,
#include "trace/events/callbacks.inc"
#undef QS_CALLBACK
};

constexpr const char* kFunctions[] = {
#define QS_FN(name) #name,
#include "trace/events/apifns.inc"
#undef QS_FN
};

template <size_t N>
const char* pick(const char* const (&table)[N], size_t index) {
  return index < N ? table[index] : "?";
}

}  // namespace

EventLevel event_level(EventCode code) {
  return code < EventCode::Count ? kEvents[size_t(code)].level : EventLevel::Meta;
}
const char* event_name(EventCode code) {
  return code < EventCode::Count ? kEvents[size_t(code)].name : "?";
}
const char* event_template(EventCode code) {
  return code < EventCode::Count ? kEvents[size_t(code)].text : "";
}
const char* callback_name(CallbackKind kind) { return pick(kCallbacks, size_t(kind)); }
const char* fn_name(ApiFn fn) { return pick(kFunctions, size_t(fn)); }

}  // namespace qs::trace
