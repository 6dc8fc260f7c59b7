// The commands that make, reference and delete objects, timers, work items and DPCs, and the one
// that lets time go on.
#include "conform/client.h"
#include "trace/events/words.h"

namespace qs::conform {

qs_WDF_OBJECT_ATTRIBUTES Runner::attributes(const std::vector<std::string>& w, bool events) {
  qs_WDF_OBJECT_ATTRIBUTES a{};
  a.Size = sizeof(a);
  std::string sync = option(w, "sync"), exec = option(w, "exec"), parent = option(w, "parent");
  a.SynchronizationScope = sync == "queue"    ? qs_WdfSynchronizationScopeQueue
                           : sync == "device" ? qs_WdfSynchronizationScopeDevice
                           : sync == "none"   ? qs_WdfSynchronizationScopeNone
                                              : qs_WdfSynchronizationScopeInheritFromParent;
  a.ExecutionLevel = exec == "passive"    ? qs_WdfExecutionLevelPassive
                     : exec == "dispatch" ? qs_WdfExecutionLevelDispatch
                                          : qs_WdfExecutionLevelInheritFromParent;
  if (!parent.empty()) a.ParentObject = object(parent);
  if (events) {
    a.EvtCleanupCallback = client_cleanup;
    a.EvtDestroyCallback = client_destroy;
  }
  return a;
}

WDFOBJECT Runner::object(const std::string& name) {
  if (name == "DEVICE") return kmdf::h(device_);
  if (name == "LOCAL") return qs_WdfDeviceGetIoTarget(nullptr, 0, kmdf::h(device_));
  if (auto it = objects_.find(name); it != objects_.end()) return it->second;
  if (auto it = queues_.find(name); it != queues_.end()) return it->second;
  if (auto it = files_.find(name); it != files_.end()) return handle<WDFFILEOBJECT>(it->second);
  return handle_of(name);
}

void Runner::remember_object(const std::string& name, WDFOBJECT object) {
  objects_[name] = object;
  object_names_[reinterpret_cast<uintptr_t>(object)] = name;
  world_->trace->set_name(ObjectId(uint32_t(reinterpret_cast<uintptr_t>(object))), name);
}

void Runner::do_create(const std::string& verb, const std::vector<std::string>& w) {
  qs_WDF_OBJECT_ATTRIBUTES a = attributes(w, true);
  WDFOBJECT made = nullptr;
  int32_t status = QS_STATUS_SUCCESS;
  bool serial = option(w, "serial") != "off";
  if (verb == "object") status = qs_WdfObjectCreate(nullptr, 0, &a, &made);
  if (verb == "timer") {
    qs_WDF_TIMER_CONFIG c{};
    c.Size = sizeof c;
    c.EvtTimerFunc = client_timer;
    c.Period = uint32_t(std::stoul(option(w, "period", "0")));
    c.AutomaticSerialization = serial;
    WDFTIMER timer = nullptr;
    status = qs_WdfTimerCreate(nullptr, 0, &c, &a, &timer);
    made = timer;
  }
  if (verb == "workitem") {
    qs_WDF_WORKITEM_CONFIG c{};
    c.Size = sizeof c;
    c.EvtWorkItemFunc = client_work_item;
    c.AutomaticSerialization = serial;
    WDFWORKITEM item = nullptr;
    status = qs_WdfWorkItemCreate(nullptr, 0, &c, &a, &item);
    made = item;
  }
  if (verb == "dpc") {
    qs_WDF_DPC_CONFIG c{};
    c.Size = sizeof c;
    c.EvtDpcFunc = client_dpc;
    c.AutomaticSerialization = serial;
    WDFDPC dpc = nullptr;
    status = qs_WdfDpcCreate(nullptr, 0, &c, &a, &dpc);
    made = dpc;
  }
  if (verb == "target") {
    WDFIOTARGET target = nullptr;
    status = qs_WdfIoTargetCreate(nullptr, 0, kmdf::h(device_), &a, &target);
    made = target;
  }
  if (verb == "newreq") {
    WDFREQUEST request = nullptr;
    status = qs_WdfRequestCreate(nullptr, 0, &a, target(w), &request);
    made = request;
  }
  if (status >= 0) remember_object(w[1], made);
  result(status);
}

bool Runner::do_object_word(const std::string& verb, const std::vector<std::string>& w) {
  for (const char* kind : {"object", "timer", "workitem", "dpc", "target", "newreq"})
    if (verb == kind) return do_create(verb, w), true;
  if (verb == "tick") return do_tick(w), true;
  bool known = false;
  for (const char* word : {"delete", "ref", "deref", "lock", "unlock", "tstart", "tstop",
                           "wenqueue", "wflush", "denqueue", "dcancel"})
    known = known || verb == word;
  if (!known) return false;
  WDFOBJECT o = object(w[1]);
  auto* raw = static_cast<void*>(o);
  auto truth = [this](bool value) { print(value ? "= TRUE" : "= FALSE"); };
  bool wait = flag(w, "wait");
  if (verb == "delete") qs_WdfObjectDelete(nullptr, 0, o);
  if (verb == "ref") qs_WdfObjectReference(nullptr, 0, o, nullptr);
  if (verb == "deref") qs_WdfObjectDereference(nullptr, 0, o, nullptr);
  if (verb == "lock") qs_WdfObjectAcquireLock(nullptr, 0, o);
  if (verb == "unlock") qs_WdfObjectReleaseLock(nullptr, 0, o);
  constexpr int64_t kPerMs = 10'000;  // Windows times are in units of 100 ns
  if (verb == "tstart")
    truth(qs_WdfTimerStart(nullptr, 0, static_cast<WDFTIMER>(raw), -std::stol(w[2]) * kPerMs));
  if (verb == "tstop") truth(qs_WdfTimerStop(nullptr, 0, static_cast<WDFTIMER>(raw), wait));
  if (verb == "wenqueue") qs_WdfWorkItemEnqueue(nullptr, 0, static_cast<WDFWORKITEM>(raw));
  if (verb == "wflush") {
    qs_WdfWorkItemFlush(nullptr, 0, static_cast<WDFWORKITEM>(raw));
    print("= returned");
  }
  if (verb == "denqueue") truth(qs_WdfDpcEnqueue(nullptr, 0, static_cast<WDFDPC>(raw)));
  if (verb == "dcancel") truth(qs_WdfDpcCancel(nullptr, 0, static_cast<WDFDPC>(raw), wait));
  return true;
}

// --- time ---

// Every other thread runs until nothing can move.
void Runner::let_others_run() {
  world_->scheduler.wait_on(tickers_, trace::WaitReason::Parked, {});
}

// Timers that fall due fire on this thread; who waits with a limit is only woken.
void Runner::do_tick(const std::vector<std::string>& w) {
  sched::Scheduler& s = world_->scheduler;
  uint32_t until = s.now() + 1000 * uint32_t(std::stoul(w[1]));
  int fired = 0;
  while (s.next_due() <= until) {
    bool timer = s.next_is_timer();
    s.advance_clock(until);
    if (!timer) continue;
    ++fired;
    let_others_run();
  }
  s.move_clock_to(until);
  print("= fired " + std::to_string(fired));
}

// Every armed timer fires once, whatever its due time; time stands still.
void Runner::do_timers() {
  int fired = 0;
  for (sched::Scheduler::ClockId id : world_->scheduler.timers())
    if (world_->scheduler.fire_now(id)) {
      ++fired;
      let_others_run();
    }
  if (device_->expire_idle_timer()) ++fired;
  print("= fired " + std::to_string(fired));
}

}  // namespace qs::conform
