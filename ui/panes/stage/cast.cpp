#include "ui/panes/stage/cast.h"

#include <algorithm>

#include "ui/panes/stage/place.h"

namespace qs::ui {

using trace::CallbackKind;
using trace::EventCode;

namespace {

uint64_t bit(CallbackKind kind) { return uint64_t(1) << unsigned(kind); }

void add(std::vector<ObjectId>& list, ObjectId id) {
  if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

// Callbacks that take no request: worth showing only while a thread is inside.
bool is_backstage(CallbackKind kind) {
  switch (kind) {
    case CallbackKind::DriverEntry:
    case CallbackKind::EvtDriverDeviceAdd:
    case CallbackKind::EvtDriverUnload:
    case CallbackKind::EvtDevicePrepareHardware:
    case CallbackKind::EvtDeviceReleaseHardware:
    case CallbackKind::EvtDeviceD0Entry:
    case CallbackKind::EvtDeviceD0EntryPostInterruptsEnabled:
    case CallbackKind::EvtDeviceD0ExitPreInterruptsDisabled:
    case CallbackKind::EvtDeviceD0Exit:
    case CallbackKind::EvtDeviceSelfManagedIoInit:
    case CallbackKind::EvtDeviceSelfManagedIoSuspend:
    case CallbackKind::EvtDeviceSelfManagedIoRestart:
    case CallbackKind::EvtDeviceSelfManagedIoFlush:
    case CallbackKind::EvtDeviceSelfManagedIoCleanup:
    case CallbackKind::EvtDeviceSurpriseRemoval:
    case CallbackKind::EvtDeviceQueryStop:
    case CallbackKind::EvtDeviceQueryRemove:
    case CallbackKind::EvtDeviceShutdownNotification:
    case CallbackKind::EvtFileClose:
    case CallbackKind::EvtCleanupCallback:
    case CallbackKind::EvtDestroyCallback: return true;
    default: return false;
  }
}

class Finder {
 public:
  explicit Finder(const trace::Trace& trace) : trace_(trace) {}

  StageCast find() {
    for (size_t i = 0; i < trace_.size(); ++i) {
      look(trace_[i]);
      line(trace_[i], uint32_t(i));
      cast_.workers.add(trace_[i]);
      cast_.holds.add(trace_[i], uint32_t(i));
    }
    std::sort(cast_.queues.begin(), cast_.queues.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    add_handlers();
    add_others();
    add_uses();
    return std::move(cast_);
  }

 private:
  void look(const trace::Event& e) {
    switch (e.code) {
      case EventCode::AppStart: add(cast_.apps, e.s); break;
      case EventCode::DeviceConfig: add(cast_.devices, e.s); break;
      case EventCode::ChannelConfig: add(cast_.channels, e.s); break;
      // Every device has a target below it; it is shown when the program sets its behavior or when
      // something is sent to it.
      case EventCode::TargetConfig:
        if (e.a || e.b) add(cast_.targets, e.s);
        break;
      case EventCode::SendTarget:
      case EventCode::PendTarget:
      case EventCode::Forget:
        if (e.o.kind() == ObjectKind::IoTarget) add(cast_.targets, e.o);
        break;
      case EventCode::Create:
        if (e.s.kind() == ObjectKind::Device) add(cast_.devices, e.s);
        break;
      case EventCode::QueueConfig:
        if (!(e.a & trace::kConfigInternal)) add_queue(e.s, e.c);
        break;
      case EventCode::CallbackEnter: entered_ |= bit(CallbackKind(e.a)); break;
      case EventCode::Own:
        // Taken by code outside any callback: a worker thread of the driver.
        if ((trace::OwnReason(e.a) == trace::OwnReason::Retrieved ||
             trace::OwnReason(e.a) == trace::OwnReason::DriverCreated) &&
            inside_[e.thread].empty())
          own_code_ = true;
        break;
      default: break;
    }
  }

  // The first line of a callback is the first that its thread runs inside it; a callback that has
  // run none yet when it causes another callback keeps waiting for its own.
  void line(const trace::Event& e, uint32_t number) {
    std::vector<Call>& inside = inside_[e.thread];
    std::vector<StageCast::Entry>& entries = cast_.entries[e.thread];
    if (e.code == EventCode::ThreadStart) {
      inside_[e.s.serial()].clear();
    } else if (e.code == EventCode::CallbackEnter) {
      const ObjectId queue = e.o.kind() == ObjectKind::Queue   ? e.o
                             : e.s.kind() == ObjectKind::Queue ? e.s
                                                               : ObjectId();
      entries.push_back({number, int(inside.size()), {}});
      inside.push_back({CallbackKind(e.a), queue, entries.size() - 1});
      calls_.push_back({number, CallbackKind(e.a), queue});
    } else if (e.code == EventCode::CallbackLeave) {
      if (!inside.empty()) inside.pop_back();
    } else if ((e.code == EventCode::Line || e.code == EventCode::CallEnter) && e.site) {
      if (inside.empty() || entries[inside.back().entry].first) return;
      entries[inside.back().entry].first = e.site;
      const StageCast::FirstLine first{inside.back().kind, inside.back().queue, e.site};
      auto& known = cast_.first_lines;
      if (std::find(known.begin(), known.end(), first) == known.end()) known.push_back(first);
    }
  }

  void add_uses() {
    cast_.used.resize(cast_.rooms.size());
    for (const Use& use : calls_)
      if (const int room = room_index(cast_, use.kind, use.queue); room >= 0)
        cast_.used[size_t(room)].push_back(use.event);
  }

  void add_queue(ObjectId id, uint64_t callbacks) {
    for (StageCast::Queue& q : cast_.queues)
      if (q.id == id) {
        q.callbacks = callbacks;
        return;
      }
    cast_.queues.push_back({id, callbacks});
  }

  // A handler that several queues share gets a room for each while there are few queues.
  void add_handlers() {
    size_t total = 0;
    for (const StageCast::Queue& q : cast_.queues)
      for (unsigned k = 0; k < unsigned(CallbackKind::Count); ++k)
        total += trace::is_handler(CallbackKind(k)) && (q.callbacks >> k & 1);
    for (const StageCast::Queue& q : cast_.queues)
      for (unsigned k = 0; k < unsigned(CallbackKind::Count); ++k) {
        const auto kind = CallbackKind(k);
        if (!trace::is_handler(kind) || !(q.callbacks & bit(kind))) continue;
        RoomKey room{kind, q.id, true, false};
        if (total > 6 || shared(kind) == 1) room.queue = {};
        if (std::find(cast_.rooms.begin(), cast_.rooms.end(), room) == cast_.rooms.end())
          cast_.rooms.push_back(room);
      }
  }
  size_t shared(CallbackKind kind) const {
    size_t n = 0;
    for (const StageCast::Queue& q : cast_.queues) n += (q.callbacks & bit(kind)) != 0;
    return n;
  }

  void add_others() {
    uint64_t registered = 0;
    for (const StageCast::Queue& q : cast_.queues) registered |= q.callbacks;
    bool backstage = false;
    for (unsigned k = 0; k < unsigned(CallbackKind::Count); ++k) {
      const auto kind = CallbackKind(k);
      if (trace::is_handler(kind) || !((registered | entered_) & bit(kind))) continue;
      if (is_backstage(kind))
        backstage = true;
      else
        cast_.rooms.push_back({kind, {}, false, false});
    }
    if (own_code_ || cast_.rooms.empty()) cast_.rooms.push_back({});
    if (backstage) cast_.rooms.push_back({CallbackKind::Count, {}, false, true});
  }

  const trace::Trace& trace_;
  StageCast cast_;
  uint64_t entered_ = 0;
  struct Call {
    CallbackKind kind;
    ObjectId queue;
    size_t entry;  // of the thread's entries
  };
  std::map<uint32_t, std::vector<Call>> inside_;  // by thread: the callbacks that it is in
  struct Use {
    uint32_t event;
    CallbackKind kind;
    ObjectId queue;
  };
  std::vector<Use> calls_;
  bool own_code_ = false;
};

}  // namespace

CallbackKind handler_for(uint64_t callbacks, trace::RequestType type) {
  const auto or_default = [&](CallbackKind kind) {
    if (callbacks & bit(kind)) return kind;
    return callbacks & bit(CallbackKind::EvtIoDefault) ? CallbackKind::EvtIoDefault
                                                       : CallbackKind::Count;
  };
  switch (type) {
    case trace::RequestType::Read: return or_default(CallbackKind::EvtIoRead);
    case trace::RequestType::Write: return or_default(CallbackKind::EvtIoWrite);
    case trace::RequestType::DeviceControl: return or_default(CallbackKind::EvtIoDeviceControl);
    case trace::RequestType::InternalControl:
      return or_default(CallbackKind::EvtIoInternalDeviceControl);
    default: return or_default(CallbackKind::EvtIoDefault);
  }
}

uint32_t StageCast::last_use(size_t room, uint32_t events) const {
  const auto end = std::lower_bound(used[room].begin(), used[room].end(), events);
  return end == used[room].begin() ? 0 : *(end - 1) + 1;
}

StageCast find_cast(const trace::Trace& trace) { return Finder(trace).find(); }

const StageCast& CastMemory::of(const trace::Trace& trace) {
  uint64_t mark = 0;
  if (!trace.empty()) {
    const trace::Event& e = trace.back();
    mark = uint64_t(e.code) ^ uint64_t(e.time) << 8 ^ uint64_t(e.s.raw) << 24 ^ uint64_t(e.a) << 40;
  }
  if (trace_ != &trace || size_ != trace.size() || mark_ != mark) {
    const uint32_t version = cast_.version + 1;
    cast_ = find_cast(trace);
    cast_.version = version;
    trace_ = &trace;
    size_ = trace.size();
    mark_ = mark;
  }
  return cast_;
}

}  // namespace qs::ui
