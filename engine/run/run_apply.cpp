// Inputs made into calls: what applications, the PnP manager and the order giver do.
#include <algorithm>

#include "kmdf/ask.h"
#include "kmdf/hardware.h"
#include "kmdf/io_target.h"
#include "run/run_impl.h"

namespace qs {

using namespace kmdf;

Run::Impl::File* Run::Impl::file(std::string_view name) {
  const auto it = file_names.find(name);
  return it != file_names.end() && !it->second->closed ? it->second : nullptr;
}

Run::Impl::App* Run::Impl::app(std::string_view name) {
  for (App& a : apps)
    if (a.name == name) return &a;
  return nullptr;
}

VThread* Run::Impl::app_thread(const App* a, uint8_t irql, std::function<void()> body) {
  return world.spawn(ThreadKind::App, a ? a->name : "app", a ? a->id : ObjectId(), irql,
                     std::move(body));
}

VThread* Run::Impl::apply(const PendingInput& p) {
  std::string problem;
  Trace& t = *world.trace;
  VThread* made = nullptr;
  uint32_t index = uint32_t(outcomes.size());
  world.scheduler.emit(EventCode::Input, {}, {}, index, t.intern(input_text(p.input)));
  made = apply_checked(p.input, problem);
  note_outcome(p, problem);
  outcomes.back().event = outcomes.back().event ? outcomes.back().event - 1 : 0;
  if (!problem.empty())
    world.scheduler.emit(EventCode::Note, {}, {}, t.intern("Not possible here: " + problem));
  return made;
}

VThread* Run::Impl::apply_checked(const Input& input, std::string& problem) {
  if (!device() && input.kind != InputKind::Memory) {
    problem = "there is no device";
    return nullptr;
  }
  switch (input.kind) {
    case InputKind::Send: return send(input, problem);
    case InputKind::Cancel: return cancel(input, problem);
    case InputKind::OpenFile: return open_file(input, problem);
    case InputKind::CloseHandle:
    case InputKind::CloseFile: return close_handle(input, problem);
    case InputKind::AppExit: return app_exit(input, problem);
    case InputKind::Power: return power(input, problem);
    case InputKind::Pnp: return pnp(input, problem);
    case InputKind::Timers:
      if (!device()->expire_idle_timer()) problem = "no idle timer is running";
      return nullptr;
    case InputKind::Order: order(input, false, problem); return nullptr;
    case InputKind::QueueOrder: order(input, true, problem); return nullptr;
    case InputKind::Button: {
      auto times = parse_presses(input);
      if (!times)
        problem = times.error().message;
      else if (!press_button(device(), *times))
        problem = "this device has no button";
      return nullptr;
    }
    case InputKind::Memory: memory(input, problem); return nullptr;
    case InputKind::Lower: lower(input, problem); return nullptr;
    default: problem = "settings come before the run"; return nullptr;
  }
}

void Run::Impl::memory(const Input& input, std::string& problem) {
  auto text = parse_memory(input.text);
  if (!text) {
    problem = text.error().message;
    return;
  }
  world.framework.memory = text->mode;
  world.framework.memory_nth = text->nth;
  world.scheduler.emit(EventCode::MemoryShort, {}, {}, uint32_t(text->mode), text->nth);
}

// Holds for what is sent from now on.
void Run::Impl::lower(const Input& input, std::string& problem) {
  auto text = parse_lower(input.text);
  IoTarget* target = device()->local_target;
  if (!text || !target || !program.lower.present) {
    problem = text ? "there is no lower driver" : text.error().message;
    return;
  }
  LowerDriver now = target->lower;
  now.delay = text->delay.value_or(now.delay);
  now.deaf = text->deaf.value_or(now.deaf);
  now.status = text->status.value_or(now.status);
  configure_lower_driver(device(), now);
  configure_lower_driver(device(), now, true);
}

namespace {

void sender_done(Irp* irp, void* context) { static_cast<Run::Impl*>(context)->irp_done(irp); }

char letter_of(RequestType type) {
  switch (type) {
    case RequestType::Read: return 'R';
    case RequestType::Write: return 'W';
    case RequestType::DeviceControl: return 'C';
    case RequestType::InternalControl: return 'I';
    default: return 'O';
  }
}

}  // namespace

VThread* Run::Impl::send(const Input& input, std::string& problem) {
  auto text = parse_send(input.text);
  if (!text) {
    problem = text.error().message;
    return nullptr;
  }
  App* a = app(input.subject);
  if (input.subject.empty()) {  // whoever opened the handle; without one, the first application
    const File* named = file(text->file);
    for (App& candidate : apps)
      if (!a && (!named || candidate.id == named->app)) a = &candidate;
  }
  if (!a) {
    problem = "there is no application '" + input.subject + "'";
    return nullptr;
  }
  if (a->exiting) {
    problem = a->name + " is exiting";
    return nullptr;
  }
  std::string handle_name = text->file;
  for (const AppSpec& spec : program.apps)
    if (handle_name.empty() && spec.name == a->name && !spec.files.empty())
      handle_name = spec.files.front();
  File* f = handle_name.empty() ? nullptr : file(handle_name);
  if (!handle_name.empty() && (!f || f->cleaned)) {
    problem = "handle " + handle_name + " is not open";
    return nullptr;
  }
  Irp* irp = make_irp(text->type, text->length, text->out_length, f ? f->object : nullptr, a->id);
  irp->code = text->code;
  irp->done = sender_done;
  irp->done_context = this;
  if (text->precancel) irp->cancel_flag.store(1);
  world.trace->set_name(irp->id,
                        letter_of(text->type) + std::to_string(++numbers[size_t(text->type) & 31]));
  irps[irp->id.raw] = irp;
  ++irps_of_app[irp->app];
  if (f) {
    ++f->pending;
    irp_files[irp->id.raw] = f;
  }
  return app_thread(a, text->at_dispatch ? kDispatchLevel : kPassiveLevel, [this, irp] {
    irp->from_user = irp->type != RequestType::InternalControl;
    send_irp(device(), irp);
  });
}

void Run::Impl::irp_done(Irp* irp) {
  if (irps.erase(irp->id.raw)) --irps_of_app[irp->app];
  auto it = irp_files.find(irp->id.raw);
  File* f = it == irp_files.end() ? nullptr : it->second;
  if (it != irp_files.end()) irp_files.erase(it);
  Scheduler& s = world.scheduler;
  std::vector<VThread*> waiting = s.waiting_for(WaitReason::CreatePending, irp->id);
  for (VThread* t : s.waiting_for(WaitReason::AppIo, irp->app)) waiting.push_back(t);
  std::sort(waiting.begin(), waiting.end(), ByCreation());
  for (VThread* t : waiting) s.wake(t, irp->id);
  if (!f) return;
  --f->pending;
  close_if_unused(*f);
}

VThread* Run::Impl::cancel(const Input& input, std::string& problem) {
  ObjectId id = world.trace->named(input.subject, ObjectKind::Request);
  auto it = irps.find(id.raw);
  if (it == irps.end()) {
    problem = id ? input.subject + " is already complete" : "there is no request " + input.subject;
    return nullptr;
  }
  App* a = nullptr;
  for (App& candidate : apps)
    if (candidate.id == it->second->app) a = &candidate;
  return app_thread(a, kPassiveLevel, [this, id] {
    auto live = irps.find(id.raw);
    if (live == irps.end()) return;
    ApiCall call(ApiFn::IoCancelIrp, nullptr, 0, id);
    call.value(cancel_irp(live->second));
  });
}

VThread* Run::Impl::open_file(const Input& input, std::string& problem) {
  if (file(input.subject)) {
    problem = input.subject + " is open already";
    return nullptr;
  }
  App* a = app(input.text);
  if (!a && !apps.empty()) a = &apps.front();
  files.push_back(std::make_unique<File>());
  File* f = files.back().get();
  f->name = input.subject;
  file_names.insert_or_assign(f->name, f);
  f->app = a ? a->id : ObjectId();
  auto body = [this, f, a] {
    f->object = make_file(device());
    world.trace->set_name(f->object->id, f->name);
    world.scheduler.emit(EventCode::FileOpen, f->object->id, f->app, world.trace->intern(f->name));
    Irp* irp = make_irp(RequestType::Create, 0, 0, f->object, f->app);
    ObjectId id = irp->id;
    world.trace->set_name(id, "O" + std::to_string(++numbers[0]));
    irp->done = sender_done;
    irp->done_context = this;
    irps[id.raw] = irp;
    ++irps_of_app[irp->app];
    device()->file_create(f->object, irp);
    if (!irp->completed) world.scheduler.wait(WaitReason::CreatePending, id);
    if (irp->status < 0) f->closed = f->cleaned = true;
    (void)a;
  };
  return app_thread(a, kPassiveLevel, body);
}

// The last reference goes when no request of the file is on its way any more (L-08).
void Run::Impl::close_if_unused(File& f) {
  if (!f.cleaned || f.closed || f.pending > 0) return;
  f.closed = true;
  FileObject* object = f.object;
  world.spawn(ThreadKind::App, "close", f.app, kPassiveLevel,
              [this, object] { device()->file_close(object); });
}

VThread* Run::Impl::close_handle(const Input& input, std::string& problem) {
  File* f = file(input.subject);
  if (!f || f->cleaned) {
    problem = "handle " + input.subject + " is not open";
    return nullptr;
  }
  f->cleaned = true;
  App* a = nullptr;
  for (App& candidate : apps)
    if (candidate.id == f->app) a = &candidate;
  return app_thread(a, kPassiveLevel, [this, f] {
    {
      ApiCall call(ApiFn::CloseHandle, nullptr, 0, f->object->id);
      device()->file_cleanup(f->object);
    }
    close_if_unused(*f);
  });
}

// Windows cancels what the process has sent, waits for all of it to come back, and only then closes
// its handles.
VThread* Run::Impl::app_exit(const Input& input, std::string& problem) {
  App* a = app(input.subject);
  if (!a || a->exiting) {
    problem =
        a ? a->name + " is exiting already" : "there is no application '" + input.subject + "'";
    return nullptr;
  }
  a->exiting = true;
  return app_thread(a, kPassiveLevel, [this, a] {
    std::vector<uint32_t> mine;
    for (auto& [raw, irp] : irps)
      if (irp->app == a->id) mine.push_back(raw);
    for (uint32_t raw : mine)
      if (auto it = irps.find(raw); it != irps.end()) cancel_irp(it->second);
    while (irps_of_app[a->id] > 0) world.scheduler.wait(WaitReason::AppIo, a->id);
    for (auto& f : files) {
      bool shared = false;
      for (const AppSpec& spec : program.apps)
        if (spec.name != a->name && app(spec.name) && !app(spec.name)->exiting)
          for (const std::string& name : spec.files) shared = shared || name == f->name;
      if (f->app != a->id || f->cleaned || shared) continue;
      f->cleaned = true;
      device()->file_cleanup(f->object);
      close_if_unused(*f);
    }
    world.scheduler.emit(EventCode::AppExit, a->id);
  });
}

VThread* Run::Impl::power(const Input& input, std::string& problem) {
  bool down = input.text == "down" || input.subject == "down";
  if (device()->init.control) {
    problem = "a control device has no power states";
    return nullptr;
  }
  return world.spawn(ThreadKind::Pnp, "power", device()->id, kPassiveLevel, [this, down] {
    if (down)
      device()->system_power_down();
    else
      device()->system_power_up();
  });
}

VThread* Run::Impl::pnp(const Input& input, std::string& problem) {
  const std::string what = input.text.empty() ? input.subject : input.text;
  static const char* const known[] = {"start",       "stop",     "querystop", "cancelstop",
                                      "queryremove", "surprise", "remove"};
  if (std::find(std::begin(known), std::end(known), what) == std::end(known)) {
    problem = "'" + what + "' is no PnP request";
    return nullptr;
  }
  if (device()->removed) {
    problem = "the device is gone";
    return nullptr;
  }
  return world.spawn(ThreadKind::Pnp, "pnp", device()->id, kPassiveLevel, [this, what] {
    Device* d = device();
    if (what == "start") d->pnp_start();
    if (what == "stop") d->pnp_stop();
    if (what == "querystop") d->pnp_query(DevicePnp::QueryStop);
    if (what == "queryremove") d->pnp_query(DevicePnp::QueryRemove);
    if (what == "cancelstop") d->pnp_cancel();
    if (what == "surprise") d->pnp_surprise_removal();
    if (what == "remove") d->pnp_remove();
  });
}

void Run::Impl::order(const Input& input, bool for_queue, std::string& problem) {
  auto text = parse_order(input.text, for_queue);
  if (!text) {
    problem = text.error().message;
    return;
  }
  ObjectKind kind = for_queue ? ObjectKind::Queue : ObjectKind::Request;
  ObjectId subject = world.trace->named(input.subject, kind);
  if (!subject) {
    problem = std::string("there is no ") + kind_name(kind) + " " + input.subject;
    return;
  }
  auto named = [&](const std::string& name, ObjectKind k) {
    return name.empty() ? ObjectId() : world.trace->named(name, k);
  };
  qs_ORDER o{};
  o.Verb = text->verb;
  o.Status = text->status;
  o.Information = text->information;
  ObjectId queue = for_queue ? subject : named(text->queue, ObjectKind::Queue);
  ObjectId request = for_queue ? named(text->request, ObjectKind::Request) : subject;
  ObjectId f = named(text->file, ObjectKind::FileObject);
  if (!text->queue.empty() && !queue) {
    problem = "there is no queue " + text->queue;
    return;
  }
  o.Queue = reinterpret_cast<WDFQUEUE>(uintptr_t(queue.raw));
  o.Request = reinterpret_cast<WDFREQUEST>(uintptr_t(request.raw));
  o.FileObject = reinterpret_cast<WDFFILEOBJECT>(uintptr_t(f.raw));
  if (!deliver_order(subject, o)) problem = "the driver is not asking about " + input.subject;
}

}  // namespace qs
