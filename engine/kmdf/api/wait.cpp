// Events, and waiting for events and threads. Waits need PASSIVE_LEVEL (U-04) and run on the
// virtual clock.
#include <algorithm>

#include "kmdf/api/common.h"
#include "kmdf/core/waits.h"

using namespace qs;
using namespace qs::kmdf;

namespace qs::kmdf {

KernelEvent& event_at(qs_KEVENT* e) {
  auto& events = part(run_state().waits).events;
  auto [it, fresh] = events.try_emplace(e);
  if (fresh) {  // a static initializer, or an event that was never initialized: what its memory
                // says
    it->second.id = fw().next_id(ObjectKind::Event);
    it->second.notification = e->Type == 0;
  }
  return it->second;
}

}  // namespace qs::kmdf

// --- events ---

void qs_KeInitializeEvent(QS_SITE, qs_KEVENT* event, int32_t type, uint8_t state) {
  (void)file, (void)line;
  require(event);
  *event = {};
  event->Type = uint8_t(type);
  event->SignalState = state ? 1 : 0;
  // Threads that wait for the old event are forgotten along with its list head.
  part(run_state().waits).events[event] = {fw().next_id(ObjectKind::Event), type == 0, {}};
}

int32_t qs_KeSetEvent(QS_SITE, qs_KEVENT* event, int32_t, uint8_t) {
  require(event);
  KernelEvent& e = event_at(event);
  ApiCall call(trace::ApiFn::KeSetEvent, file, line, e.id);
  const int32_t old = event->SignalState;
  event->SignalState = 1;
  rt::sched().wake_all(e.waiters, e.id);
  return call.value(old);
}

int32_t qs_KeResetEvent(QS_SITE, qs_KEVENT* event) {
  require(event);
  ApiCall call(trace::ApiFn::KeClearEvent, file, line, event_at(event).id);
  const int32_t old = event->SignalState;
  event->SignalState = 0;
  return call.value(old);
}

void qs_KeClearEvent(QS_SITE, qs_KEVENT* event) { qs_KeResetEvent(file, line, event); }

int32_t qs_KeReadStateEvent(QS_SITE, qs_KEVENT* event) {
  (void)file, (void)line;
  require(event);
  return event->SignalState;
}

// --- waiting ---

namespace {

constexpr int32_t kWaitAll = 0;
constexpr uint32_t kMostObjects = 64;  // MAXIMUM_WAIT_OBJECTS

// One of the objects that a thread waits for. Looked up again after each wait: the driver may have
// initialized an event again meanwhile.
struct Waitable {
  qs_KEVENT* memory = nullptr;
  KernelEvent* event = nullptr;
  KernelThread* thread = nullptr;

  ObjectId id() const { return thread ? thread->id : event->id; }
  sched::WaitList& waiters() const { return thread ? thread->waiters : event->waiters; }
  bool signaled() const { return thread ? thread->ended : memory->SignalState != 0; }
  void take() const {
    if (event && !event->notification) memory->SignalState = 0;
  }
};

// Handles and ids have 32 bits; where addresses have no more, those of events are known.
bool may_be_event(void* object) {
  if constexpr (sizeof(void*) > sizeof(uint32_t))
    return reinterpret_cast<uintptr_t>(object) > UINT32_MAX;
  return part(run_state().waits).events.count(static_cast<qs_KEVENT*>(object)) != 0;
}

// Not a dispatcher object: nothing to look up.
bool is_bad_object(void* object) {
  const auto raw = reinterpret_cast<uintptr_t>(object);
  if (may_be_event(object) || thread_at(object)) return false;
  const ObjectId id = ObjectId(uint32_t(raw));
  const ObjectId of_handle = thread_of_handle(object);
  const trace::Trace& trace = rt::sched().trace();
  if (of_handle)
    because("that is the handle of " + trace.name(of_handle) +
            ", not the object: ObReferenceObjectByHandle gives it");
  else if (id.kind() == ObjectKind::Thread)
    because("the thread object of " + trace.name(id) + " is gone: " + trace.name(id) +
            " has ended, and no handle or reference keeps it");
  else
    because("only events and threads that the driver has made can be waited for here");
  undefined_misuse("U-12", {});
  return true;
}

Waitable waitable(void* object) {
  if (KernelThread* t = thread_at(object)) return {nullptr, nullptr, t};
  auto* memory = static_cast<qs_KEVENT*>(object);
  return {memory, &event_at(memory), nullptr};
}

// Takes what is signaled: the index of the first one that is signaled; of all, 0 when they all are.
// -1: not yet.
int take(std::span<const Waitable> objects, bool all) {
  auto signaled = [](const Waitable& w) { return w.signaled(); };
  if (all) {
    if (!std::all_of(objects.begin(), objects.end(), signaled)) return -1;
    for (const Waitable& w : objects) w.take();
    return 0;
  }
  const auto first = std::find_if(objects.begin(), objects.end(), signaled);
  if (first == objects.end()) return -1;
  first->take();
  return int(first - objects.begin());
}

struct Wanted {
  std::span<void* const> objects;
  bool all = false;
  std::vector<Waitable> look() const {
    std::vector<Waitable> out;
    for (void* o : objects) out.push_back(waitable(o));
    return out;
  }
};

trace::WaitReason reason_for(const Wanted& wanted, const Waitable& first) {
  if (wanted.objects.size() > 1)
    return wanted.all ? trace::WaitReason::AllOf : trace::WaitReason::AnyOf;
  return first.thread ? trace::WaitReason::ThreadEnd : trace::WaitReason::Event;
}

// STATUS_WAIT_0 and the index, or STATUS_TIMEOUT.
int32_t wait_for(const Wanted& wanted, const qs_LARGE_INTEGER* timeout) {
  const bool waits = !timeout || timeout->QuadPart != 0;
  const uint32_t due = !timeout ? kNever : waits ? due_of(timeout->QuadPart) : 0;
  for (;;) {
    const std::vector<Waitable> objects = wanted.look();
    if (const int index = take(objects, wanted.all); index >= 0) return QS_STATUS_SUCCESS + index;
    if (!waits || due <= rt::now()) return QS_STATUS_TIMEOUT;
    const auto blame = std::find_if(objects.begin(), objects.end(),
                                    [](const Waitable& w) { return !w.signaled(); });
    std::vector<sched::WaitList*> lists;
    for (const Waitable& w : objects)
      if (!w.signaled()) lists.push_back(&w.waiters());
    wait_in(lists, reason_for(wanted, objects.front()), blame->id(), due);
  }
}

int32_t checked_wait(ApiCall& call, const Wanted& wanted, const qs_LARGE_INTEGER* timeout,
                     ObjectId first) {
  const bool waits = !timeout || timeout->QuadPart != 0;
  if (waits && !may_wait(first)) return call.status(QS_STATUS_UNSUCCESSFUL);
  return call.status(wait_for(wanted, timeout));
}

}  // namespace

int32_t qs_KeWaitForSingleObject(QS_SITE, void* object, int32_t, char, uint8_t,
                                 qs_LARGE_INTEGER* timeout) {
  require(object);
  const bool is_one = may_be_event(object) || thread_at(object);
  const ObjectId id = is_one ? waitable(object).id() : ObjectId();
  ApiCall call(trace::ApiFn::KeWaitForSingleObject, file, line, id);
  if (is_bad_object(object)) return call.status(QS_STATUS_UNSUCCESSFUL);
  return checked_wait(call, {{&object, 1}, false}, timeout, id);
}

int32_t qs_KeWaitForMultipleObjects(QS_SITE, uint32_t count, void** objects, int32_t type, int32_t,
                                    char, uint8_t, qs_LARGE_INTEGER* timeout, void* blocks) {
  require(objects);
  ApiCall call(trace::ApiFn::KeWaitForMultipleObjects, file, line, {}, {}, count);
  constexpr uint32_t kWithoutBlocks = 3;  // THREAD_WAIT_OBJECTS
  if (count == 0 || count > (blocks ? kMostObjects : kWithoutBlocks)) {
    because("it may wait for 1 to " + std::to_string(blocks ? kMostObjects : kWithoutBlocks) +
            " objects" + (blocks ? "" : " without wait blocks of its own") + ", not for " +
            std::to_string(count));
    undefined_misuse("U-12", {});
    return call.status(QS_STATUS_INVALID_PARAMETER);
  }
  for (uint32_t i = 0; i < count; ++i) {
    require(objects[i]);
    if (is_bad_object(objects[i])) return call.status(QS_STATUS_UNSUCCESSFUL);
  }
  return checked_wait(call, {{objects, count}, type == kWaitAll}, timeout, {});
}

int32_t qs_ZwWaitForSingleObject(QS_SITE, void* handle, uint8_t, qs_LARGE_INTEGER* timeout) {
  const ObjectId id = thread_of_handle(handle);
  ApiCall call(trace::ApiFn::ZwWaitForSingleObject, file, line, id);
  if (!id) return call.status(QS_STATUS_INVALID_HANDLE);
  void* object = reinterpret_cast<void*>(uintptr_t(id.raw));
  return checked_wait(call, {{&object, 1}, false}, timeout, id);
}

int32_t qs_KeDelayExecutionThread(QS_SITE, char, uint8_t, qs_LARGE_INTEGER* interval) {
  require(interval);
  const uint32_t due = due_of(interval->QuadPart);
  ApiCall call(trace::ApiFn::KeDelayExecutionThread, file, line, {}, {}, due);
  if (!may_wait()) return call.status(QS_STATUS_UNSUCCESSFUL);
  sleep_until(due, trace::WaitReason::Delay, {});
  return call.status(QS_STATUS_SUCCESS);
}
