// Objects coming and going, and how they are set up.
#include "model/apply/apply.h"
#include "model/find.h"
#include "trace/events/acts.h"

namespace qs::model {

using trace::Act;
using trace::Event;
using trace::EventCode;

namespace {

void create(Model& m, const Event& e) {
  switch (e.s.kind()) {
    case ObjectKind::Device: find_or_add(m.devices, e.s); break;
    case ObjectKind::Queue: {
      QueueView& q = find_or_add(m.queues, e.s);
      if (e.o.kind() == ObjectKind::Device) q.device = e.o;
      break;
    }
    case ObjectKind::Request: {
      // Made by the driver or for a queue's reserve: never sent by an app.
      bool known = find_in(m.requests, e.s) != nullptr;
      RequestView& r = find_or_add(m.requests, e.s);
      if (known) break;
      r.place = Place::Device;
      r.owner = Owner::Framework;
      r.refs = 1;
      r.sent_at = r.changed_at = m.events;
      break;
    }
    case ObjectKind::SpinLock:
    case ObjectKind::WaitLock:
    case ObjectKind::CallbackLock: find_or_add(m.locks, e.s).of = e.o; break;
    case ObjectKind::Timer: find_or_add(m.timers, e.s).parent = e.o; break;
    case ObjectKind::IoTarget: find_or_add(m.targets, e.s).device = e.o; break;
    default: break;
  }
}

void destroy(Model& m, const Event& e) {
  switch (e.s.kind()) {
    case ObjectKind::Request: apply_request(m, e); break;
    case ObjectKind::Queue:
      if (QueueView* q = find_in(m.queues, e.s)) q->deleted = true;
      break;
    case ObjectKind::SpinLock:
    case ObjectKind::WaitLock:
    case ObjectKind::CallbackLock: erase_id(m.locks, e.s); break;
    case ObjectKind::Timer: erase_id(m.timers, e.s); break;
    case ObjectKind::FileObject: erase_id(m.files, e.s); break;
    case ObjectKind::IoTarget:
      if (TargetView* t = find_in(m.targets, e.s)) t->state = trace::TargetState::Deleted;
      break;
    case ObjectKind::Dpc:
    case ObjectKind::WorkItem: erase_value(m.posted, e.s); break;
    default: break;
  }
}

int route_slot(trace::RequestType type) {
  switch (type) {
    case trace::RequestType::Create: return 0;
    case trace::RequestType::Read: return 1;
    case trace::RequestType::Write: return 2;
    case trace::RequestType::DeviceControl: return 3;
    case trace::RequestType::InternalControl: return 4;
    default: return -1;
  }
}

void route(Model& m, const Event& e) {
  DeviceView* d = find_in(m.devices, e.s);
  int slot = route_slot(trace::RequestType(e.a));
  if (d && slot >= 0) d->routes[slot] = e.o;
}

void channel(Model& m, const Event& e) {
  if (e.s.kind() != ObjectKind::Channel) return;
  ChannelView& c = find_or_add(m.channels, e.s);
  c.device = e.o;
  c.index = e.a;
  c.kind = e.b;
  c.duration = e.c;
}

void target(Model& m, const Event& e) {
  if (e.s.kind() != ObjectKind::IoTarget) return;
  TargetView& t = find_or_add(m.targets, e.s);
  t.device = e.o;
  t.delay = e.a;
  t.bits = e.b;
}

void queue_config(Model& m, const Event& e) {
  if (e.s.kind() != ObjectKind::Queue) return;
  QueueView& q = find_or_add(m.queues, e.s);
  q.device = e.o;
  q.config = e.a;
  q.limit = e.b;
  q.callbacks = e.c;
}

// What others do, from the moment it is asked for.
void outside(Model& m, const Event& e) {
  const bool begins = e.code == EventCode::ActBegins;
  const Act act = Act(e.a);
  if (DeviceView* d = find_in(m.devices, e.s)) {
    if (act == Act::PowerDown && begins)
      d->asleep = true;
    else if (act == Act::PowerUp && begins)
      d->asleep = false;
    else if (act != Act::PowerDown && act != Act::PowerUp)
      d->pnp_busy = begins;
  }
  if (AppView* a = find_in(m.apps, e.s); a && act == Act::AppExit) a->exiting = true;
  if (FileView* f = find_in(m.files, e.s)) {
    if (act == Act::CloseHandle) f->closing = true;
    if (act == Act::OpenHandle) f->state = e.b ? 0 : 2;
  }
}

}  // namespace

void apply_object(Model& m, const Event& e) {
  switch (e.code) {
    case EventCode::Create: create(m, e); break;
    case EventCode::Delete: destroy(m, e); break;
    case EventCode::QueueConfig: queue_config(m, e); break;
    case EventCode::Route: route(m, e); break;
    case EventCode::DeviceConfig:
      if (e.s.kind() == ObjectKind::Device) find_or_add(m.devices, e.s).config = e.a;
      break;
    case EventCode::ChannelConfig: channel(m, e); break;
    case EventCode::TargetConfig: target(m, e); break;
    case EventCode::AppStart:
      if (e.s.kind() == ObjectKind::App) find_or_add(m.apps, e.s).running = true;
      break;
    case EventCode::AppExit:
      if (AppView* a = find_in(m.apps, e.s)) a->running = false;
      break;
    case EventCode::FileOpen:
      if (e.s.kind() == ObjectKind::FileObject) {
        FileView& f = find_or_add(m.files, e.s);
        f.app = e.o;
        f.synchronous = e.b != 0;
      }
      break;
    case EventCode::HandleTaken:
      if (FileView* f = find_in(m.files, e.s)) f->call = e.o;
      break;
    case EventCode::FileCleanup:
      if (FileView* f = find_in(m.files, e.s)) f->state = 1;
      break;
    case EventCode::FileClose:
      if (FileView* f = find_in(m.files, e.s)) f->state = 2;
      break;
    case EventCode::ActBegins:
    case EventCode::ActEnds: outside(m, e); break;
    default: break;
  }
}

}  // namespace qs::model
