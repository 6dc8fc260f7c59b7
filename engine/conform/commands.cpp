// The commands of a script, each made through the public C API.
#include <algorithm>
#include <sstream>

#include "conform/client.h"
#include "trace/events/words.h"

namespace qs::conform {

namespace {

qs_WDF_REQUEST_TYPE request_type(const std::string& word) {
  if (word == "read") return qs_WdfRequestTypeRead;
  if (word == "write") return qs_WdfRequestTypeWrite;
  if (word == "ioctl") return qs_WdfRequestTypeDeviceControl;
  if (word == "iioctl") return qs_WdfRequestTypeDeviceControlInternal;
  return qs_WdfRequestTypeCreate;
}

void sender_done(kmdf::Irp* irp, void* context) { static_cast<Runner*>(context)->irp_done(irp); }

const char* const kState[] = {"AcceptRequests", "DispatchRequests", "NoRequests",
                              "DriverNoRequests", "PnpHeld"};

std::string state_words(uint32_t bits) {
  std::string out;
  for (int i = 0; i < 5; ++i)
    if (bits & (1u << i)) out += (out.empty() ? "" : "|") + std::string(kState[i]);
  return out;
}

}  // namespace

// --- the sender's side ---

void Runner::irp_done(kmdf::Irp* irp) {
  auto it = request_names_.find(irp->id.raw);
  bool create = irp->type == trace::RequestType::Create;
  if (it != request_names_.end()) {
    RequestState& r = requests_[it->second];
    if (!create) {
      r.finished = true;
      finished_order_.push_back(r.name);
      print("* COMPLETED " + r.name + " status=" + trace::status_text(irp->status) +
            " info=" + std::to_string(irp->information));
    }
    r.irp = nullptr;
  }
  if (create)
    for (sched::VThread* t : world_->scheduler.live())
      if (t->waiting == trace::WaitReason::CreatePending && t->waits_for == irp->id)
        world_->scheduler.wake(t, irp->id);
}

void Runner::do_arrive(const std::vector<std::string>& w) {
  static const std::map<std::string, trace::RequestType> types = {
      {"read", trace::RequestType::Read},
      {"write", trace::RequestType::Write},
      {"ioctl", trace::RequestType::DeviceControl},
      {"iioctl", trace::RequestType::InternalControl}};
  std::string file = option(w, "file");
  kmdf::Irp* irp = kmdf::make_irp(types.at(w[2]), uint32_t(std::stoul(w[3])),
                                  uint32_t(std::stoul(option(w, "out", "0"))),
                                  file.empty() ? nullptr : files_[file], {});
  note_address(w[1]);
  RequestState& r = requests_[w[1]];
  r.name = w[1];
  r.id = irp->id;
  r.irp = irp;
  request_names_[irp->id.raw] = w[1];
  world_->trace->set_name(irp->id, w[1]);
  irp->done = sender_done;
  irp->done_context = this;
  irp->paging = option(w, "paging") == "on";
  if (flag(w, "precancel")) irp->cancel_flag = true;
  sched::Scheduler& s = world_->scheduler;
  bool high = option(w, "irql") == "2";
  if (high) s.raise_irql(sched::kDispatchLevel);
  int32_t status = kmdf::send_irp(device_, irp);
  if (high) s.lower_irql(sched::kPassiveLevel);
  print("= dispatch routine returned " + trace::status_text(status));
}

void Runner::do_open(const std::string& name) {
  kmdf::FileObject* f = kmdf::make_file(device_);
  files_[name] = f;
  kmdf::Irp* irp = kmdf::make_irp(trace::RequestType::Create, 0, 0, f, {});
  irp->done = sender_done;
  irp->done_context = this;
  device_->file_create(f, irp);
  if (!irp->completed) world_->scheduler.wait(trace::WaitReason::CreatePending, irp->id);
  result(irp->status);
}

void Runner::do_queue(const std::vector<std::string>& w) {
  qs_WDF_IO_QUEUE_CONFIG c{};
  c.Size = sizeof(c);
  c.DispatchType =
      qs_WDF_IO_QUEUE_DISPATCH_TYPE(trace::dispatch_of(w[2]).value_or(trace::Dispatch::Manual));
  if (c.DispatchType == qs_WdfIoQueueDispatchParallel)
    c.Settings.Parallel.NumberOfPresentedRequests = trace::kNoLimit;
  std::string n = option(w, "n");
  if (!n.empty()) c.Settings.Parallel.NumberOfPresentedRequests = uint32_t(std::stoul(n));
  c.DefaultQueue = flag(w, "default");
  c.AllowZeroLengthRequests = flag(w, "zero");
  std::string power = option(w, "power");
  c.PowerManaged = power == "on" ? qs_WdfTrue : power == "off" ? qs_WdfFalse : qs_WdfUseDefault;
  register_callbacks(c, option(w, "cb"));
  qs_WDF_OBJECT_ATTRIBUTES a = attributes(w, flag(w, "events"));
  WDFQUEUE q = nullptr;
  int32_t status = qs_WdfIoQueueCreate(nullptr, 0, kmdf::h(device_), &c, &a, &q);
  if (status >= 0) {
    queues_[w[1]] = q;
    queue_names_[reinterpret_cast<uintptr_t>(q)] = w[1];
    object_names_[reinterpret_cast<uintptr_t>(q)] = w[1];
  }
  result(status);
  if (status < 0) return;
  std::stringstream types(option(w, "types"));
  for (std::string type; std::getline(types, type, ',');) do_dispatch(w[1], type, true);
}

void Runner::do_dispatch(const std::string& q, const std::string& type, bool prefixed) {
  int32_t status = qs_WdfDeviceConfigureRequestDispatching(nullptr, 0, kmdf::h(device_), queue(q),
                                                           request_type(type));
  print("= " + (prefixed ? "dispatch " + type + " " : std::string()) + trace::status_text(status));
}

void Runner::do_queue_state_call(const std::string& verb, const std::vector<std::string>& w) {
  WDFQUEUE q = queue(w[1]);
  if (verb == "state") {
    uint32_t queued = 0, driver = 0;
    uint32_t bits = uint32_t(qs_WdfIoQueueGetState(nullptr, 0, q, &queued, &driver));
    return print("= state " + state_words(bits) + " queued=" + std::to_string(queued) +
                 " driver=" + std::to_string(driver));
  }
  if (verb == "ready") {
    bool on = w.size() < 3 || w[2] == "on";
    return result(qs_WdfIoQueueReadyNotify(nullptr, 0, q, on ? client_ready : nullptr, nullptr));
  }
  if (verb == "qstart") return qs_WdfIoQueueStart(nullptr, 0, q);
  bool nocb = flag(w, "nocb");
  auto* cb = nocb ? nullptr : client_state;
  auto name = [](const char* s) { return const_cast<char*>(s); };
  if (verb == "qstop") return qs_WdfIoQueueStop(nullptr, 0, q, cb, name("Stop"));
  if (verb == "qdrain") return qs_WdfIoQueueDrain(nullptr, 0, q, cb, name("Drain"));
  if (verb == "qpurge") return qs_WdfIoQueuePurge(nullptr, 0, q, cb, name("Purge"));
  if (verb == "qstoppurge")
    return qs_WdfIoQueueStopAndPurge(nullptr, 0, q, cb, name("StopAndPurge"));
  if (verb == "qstopsync") qs_WdfIoQueueStopSynchronously(nullptr, 0, q);
  if (verb == "qdrainsync") qs_WdfIoQueueDrainSynchronously(nullptr, 0, q);
  if (verb == "qpurgesync") qs_WdfIoQueuePurgeSynchronously(nullptr, 0, q);
  if (verb == "qstoppurgesync") qs_WdfIoQueueStopAndPurgeSynchronously(nullptr, 0, q);
  print("= returned");
}

void Runner::do_request_call(const std::string& verb, const std::vector<std::string>& w) {
  const std::string& name = w[1];
  if (verb == "cancel") {
    RequestState& r = requests_[name];
    bool taken = r.irp && kmdf::cancel_irp(r.irp);
    return print(std::string("= IoCancelIrp returned ") + (taken ? "TRUE" : "FALSE"));
  }
  WDFREQUEST r = handle_of(name);
  if (verb == "complete") {
    if (w.size() > 3)
      return qs_WdfRequestCompleteWithInformation(nullptr, 0, r, status_of(w[2]), std::stoul(w[3]));
    return qs_WdfRequestComplete(nullptr, 0, r, status_of(w[2]));
  }
  if (verb == "requeue") return result(qs_WdfRequestRequeue(nullptr, 0, r));
  if (verb == "forward") return result(qs_WdfRequestForwardToIoQueue(nullptr, 0, r, queue(w[2])));
  if (verb == "mark") return qs_WdfRequestMarkCancelable(nullptr, 0, r, client_request_cancel);
  if (verb == "markex")
    return result(qs_WdfRequestMarkCancelableEx(nullptr, 0, r, client_request_cancel));
  if (verb == "unmark") return result(qs_WdfRequestUnmarkCancelable(nullptr, 0, r));
  if (verb == "iscanceled")
    return print(qs_WdfRequestIsCanceled(nullptr, 0, r) ? "= TRUE" : "= FALSE");
  if (verb == "enqueue") return result(qs_WdfDeviceEnqueueRequest(nullptr, 0, kmdf::h(device_), r));
  if (verb == "stopack") return qs_WdfRequestStopAcknowledge(nullptr, 0, r, w[2] == "requeue");
  print("(unknown command)");
}

void Runner::do_retrieval(const std::string& verb, const std::vector<std::string>& w) {
  WDFQUEUE q = queue(w[1]);
  WDFREQUEST out = nullptr;
  int32_t status;
  auto file = [&](const std::string& name) {
    return name.empty() ? nullptr : handle<WDFFILEOBJECT>(files_[name]);
  };
  if (verb == "retrieve") {
    status = qs_WdfIoQueueRetrieveNextRequest(nullptr, 0, q, &out);
  } else if (verb == "retrievefile") {
    status = qs_WdfIoQueueRetrieveRequestByFileObject(nullptr, 0, q, file(w[2]), &out);
  } else if (verb == "retrievefound") {
    status = qs_WdfIoQueueRetrieveFoundRequest(nullptr, 0, q, handle_of(w[2]), &out);
  } else {
    std::string after = option(w, "after");
    status = qs_WdfIoQueueFindRequest(nullptr, 0, q, after.empty() ? nullptr : handle_of(after),
                                      file(option(w, "file")), nullptr, &out);
  }
  std::string text = "= " + trace::status_text(status);
  if (out) text += " -> " + seen(out).name;
  print(text);
}

void Runner::do_retrieve_all(const std::vector<std::string>& w) {
  for (;;) {
    WDFREQUEST out = nullptr;
    int32_t status = qs_WdfIoQueueRetrieveNextRequest(nullptr, 0, queue(w[1]), &out);
    if (status < 0) return result(status);
    std::string name = seen(out).name;
    print("= " + trace::status_text(status) + " -> " + name);
    if (w.size() > 2) execute("complete " + name + " " + w[2] + (w.size() > 3 ? " " + w[3] : ""));
  }
}

void Runner::do_block(const std::string& name) {
  Block& b = blocks_[name];
  if (!b.released) world_->scheduler.wait_on(b.waiters, trace::WaitReason::Parked, {});
  print("= " + name + " released");
}

void Runner::do_device(const std::string& verb, const std::vector<std::string>& w) {
  if (verb == "start") return result(device_->pnp_start());
  if (verb == "s0idle") {
    qs_WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS s{};
    s.Size = sizeof(s);
    s.IdleCaps = qs_IdleCannotWakeFromS0;
    s.Enabled = qs_WdfTrue;
    return result(qs_WdfDeviceAssignS0IdleSettings(nullptr, 0, kmdf::h(device_), &s));
  }
  if (verb == "timers") return do_timers();
  if (verb == "stopidle")
    return result(qs_WdfDeviceStopIdle(nullptr, 0, kmdf::h(device_), 0, nullptr));
  if (verb == "resumeidle") return qs_WdfDeviceResumeIdle(nullptr, 0, kmdf::h(device_), nullptr);
  if (verb == "cleanup" || verb == "close") {
    kmdf::FileObject* f = files_[w[1]];
    if (!f) return print("(not open)");
    if (verb == "cleanup")
      device_->file_cleanup(f);
    else
      device_->file_close(f);
    return result(QS_STATUS_SUCCESS);
  }
  if (verb == "power") {
    if (w[1] == "down")
      device_->system_power_down();
    else
      device_->system_power_up();
    return result(QS_STATUS_SUCCESS);
  }
  if (w[1] == "surprise") device_->pnp_surprise_removal();
  if (w[1] == "remove") device_->pnp_remove();
  if (w[1] == "stop") device_->pnp_stop();
  if (w[1] == "querystop") device_->pnp_query(trace::DevicePnp::QueryStop);
  if (w[1] == "queryremove") device_->pnp_query(trace::DevicePnp::QueryRemove);
  if (w[1] == "cancelstop" || w[1] == "cancelremove") device_->pnp_cancel();
  if (w[1] == "start") return result(device_->pnp_start());
  result(QS_STATUS_SUCCESS);
}

}  // namespace qs::conform
