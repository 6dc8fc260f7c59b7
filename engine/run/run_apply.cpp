// Turns inputs into calls: what applications, the PnP manager and the order giver do.
#include <algorithm>

#include "kmdf/ask/ask.h"
#include "kmdf/core/limits.h"
#include "kmdf/device/hardware.h"
#include "kmdf/target/io_target.h"
#include "run/run_impl.h"

namespace qs::run {

using sched::InputKind;
using sched::VThread;

VThread* Run::Impl::app_thread(const App* a, uint8_t irql, std::function<void()> body) {
  return world.spawn(trace::ThreadKind::App, a ? a->name : "app", a ? a->id : ObjectId(), irql,
                     std::move(body));
}

VThread* Run::Impl::apply(const PendingInput& p) {
  std::string problem;
  // Its outcome comes first: what the input does (an interrupt) may lead to decisions, at which
  // other inputs come in.
  const size_t index = outcomes.size();
  note_outcome(p, {});
  outcomes[index].event = uint32_t(world.trace->size());
  world.scheduler.emit(trace::EventCode::Input, {}, {}, uint32_t(index),
                       world.trace->intern(outcomes[index].words));
  ruled = {};
  VThread* made = apply_checked(*p.input, problem);
  outcomes[index].rule = ruled.rule;
  outcomes[index].why = ruled.why;
  outcomes[index].applied = problem.empty();
  outcomes[index].problem = problem;
  if (!problem.empty()) not_possible(problem);
  return made;
}

void Run::Impl::not_possible(const std::string& why) {
  world.scheduler.emit(trace::EventCode::Note, {}, {},
                       world.trace->intern("Not possible here: " + why));
}

VThread* Run::Impl::apply_checked(const sched::Input& input, std::string& problem) {
  const bool of_driver = input.kind == InputKind::Order || input.kind == InputKind::QueueOrder ||
                         input.kind == InputKind::TargetOrder;
  const bool of_device = input.kind == InputKind::Button || input.kind == InputKind::Lower;
  if ((of_driver || of_device) && (!device() || not_loaded)) {
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
    case InputKind::Power:
    case InputKind::Pnp: return ask_device(input, problem);
    case InputKind::Timers:
      if (may(trace::Act::FireIdleTimers, outside_facts(nullptr), problem))
        device()->expire_idle_timer();
      return nullptr;
    case InputKind::Order: order(input, trace::ActSubject::Request, problem); return nullptr;
    case InputKind::QueueOrder: order(input, trace::ActSubject::Queue, problem); return nullptr;
    case InputKind::TargetOrder: order(input, trace::ActSubject::Target, problem); return nullptr;
    case InputKind::Button: {
      auto times = parse_presses(input);
      if (!times)
        problem = times.error().message;
      else if (!kmdf::press_button(device(), *times))
        problem = "this device has no button";
      return nullptr;
    }
    case InputKind::Memory: memory(input, problem); return nullptr;
    case InputKind::Lower: lower(input, problem); return nullptr;
    default: problem = "settings come before the run"; return nullptr;
  }
}

void Run::Impl::memory(const sched::Input& input, std::string& problem) {
  auto text = parse_memory(input.text);
  if (!text) {
    problem = text.error().message;
    return;
  }
  world.scheduler.touch_other(sched::Footprint::kWorld);
  world.framework.memory = text->mode;
  world.framework.memory_nth = text->nth;
  world.scheduler.emit(trace::EventCode::MemoryShort, {}, {}, uint32_t(text->mode), text->nth);
}

// Applies to what is sent from now on.
void Run::Impl::lower(const sched::Input& input, std::string& problem) {
  auto text = parse_lower(input.text);
  kmdf::IoTarget* target = device()->local_target;
  if (!text || !target || !program.lower.present) {
    problem = text ? "there is no lower driver" : text.error().message;
    return;
  }
  world.scheduler.touch(target->id);
  kmdf::LowerDriver now = target->lower;
  now.delay = text->delay.value_or(now.delay);
  now.deaf = text->deaf.value_or(now.deaf);
  now.status = text->status.value_or(now.status);
  kmdf::configure_lower_driver(device(), now);
  kmdf::configure_lower_driver(device(), now, true);
}

namespace {

void sender_done(kmdf::Irp* irp, void* context) { static_cast<Run::Impl*>(context)->irp_done(irp); }

char letter_of(trace::RequestType type) {
  switch (type) {
    case trace::RequestType::Read: return 'R';
    case trace::RequestType::Write: return 'W';
    case trace::RequestType::DeviceControl: return 'C';
    case trace::RequestType::InternalControl: return 'I';
    default: return 'O';
  }
}

}  // namespace

VThread* Run::Impl::send(const sched::Input& input, std::string& problem) {
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
  std::string handle_name = text->file;
  for (const AppSpec& spec : program.apps)
    if (handle_name.empty() && spec.name == a->name && !spec.files.empty())
      handle_name = spec.files.front();
  File* f = handle_name.empty() ? nullptr : file(handle_name);
  law::Facts facts = outside_facts(a);
  if (!handle_name.empty()) facts.handle = facts_of(f);
  if (!may(trace::Act::Send, facts, problem)) return nullptr;
  if (f && f->synchronous && text->at_dispatch) {
    problem = handle_name + " is synchronous: its calls wait, so they are made at PASSIVE_LEVEL";
    return nullptr;
  }
  if (!kmdf::may_take(std::max(text->length, text->out_length))) {
    problem = "a request of that length is longer than a run may allocate at once";
    return nullptr;
  }
  kmdf::Irp* irp =
      kmdf::make_irp(text->type, text->length, text->out_length, nullptr, a->id, text->data);
  irp->code = text->code;
  irp->done = sender_done;
  irp->done_context = this;
  if (text->precancel) irp->cancel_flag = true;
  world.trace->set_name(irp->id,
                        letter_of(text->type) + std::to_string(++numbers[size_t(text->type) & 31]));
  note_irp(irp, f);
  if (f) count_pending(*f, +1);
  const bool waits = f && f->opening;
  const uint8_t irql = text->at_dispatch ? sched::kDispatchLevel : sched::kPassiveLevel;
  return app_thread(a, waits ? sched::kPassiveLevel : irql, [this, irp, f, a, waits, irql] {
    irp->from_user = irp->type != trace::RequestType::InternalControl;
    if ((f && !wait_for_open(*f)) || (waits && is_exiting(a))) {
      not_possible(world.trace->name(irp->id) + " is not sent: " +
                   (is_exiting(a) ? a->name + " exits" : "handle " + f->name + " did not open"));
      return forget_irp(irp);
    }
    if (f) irp->file = f->object;
    if (f && f->synchronous) return send_alone(*f, *a, irp);
    if (waits) world.scheduler.raise_irql(irql);
    kmdf::send_irp(device(), irp);
  });
}

// The thread that opens a file, and applications that exit, wait for their IRPs.
void Run::Impl::irp_done(kmdf::Irp* irp) { forget_irp(irp); }

void Run::Impl::forget_irp(kmdf::Irp* irp) {
  const auto sent = irps.find(irp->id.raw);
  File* f = sent == irps.end() ? nullptr : sent->second.file;
  on_its_way(irp->app, sched::Use::Counts);
  if (irp->type != trace::RequestType::Create)  // an outcome is the answers in their order
    world.scheduler.touch_other(sched::Footprint::kAnswers);
  if (sent != irps.end()) {
    --irps_of_app[irp->app];
    irps.erase(sent);
  }
  sched::Scheduler& s = world.scheduler;
  std::vector<VThread*> waiting = s.waiting_for(trace::WaitReason::CreatePending, irp->id);
  for (VThread* t : s.waiting_for(trace::WaitReason::AppIo, irp->app)) waiting.push_back(t);
  for (VThread* t : s.waiting_for(trace::WaitReason::AppIo, irp->id)) waiting.push_back(t);
  std::sort(waiting.begin(), waiting.end(), sched::ByCreation());
  for (VThread* t : waiting) s.wake(t, irp->id);
  if (!f) return;
  if (f->call == irp->id) f->status = irp->status;
  count_pending(*f, -1);
  close_if_unused(*f);
}

void Run::Impl::wake_waiting(trace::WaitReason reason, ObjectId object, ObjectId by) {
  for (VThread* t : world.scheduler.waiting_for(reason, object)) world.scheduler.wake(t, by);
}

namespace {

template <class H>
H handle_of(ObjectId id) {
  return reinterpret_cast<H>(uintptr_t(id.raw));
}

}  // namespace

ObjectId Run::Impl::target_named(std::string_view name) const {
  for (const kmdf::Object* o : world.framework.alive(ObjectKind::IoTarget))
    if (world.trace->name(o->id) == name) return o->id;
  return {};
}

void Run::Impl::order(const sched::Input& input, trace::ActSubject about, std::string& problem) {
  auto parsed = parse_order(input.text, about);
  if (!parsed) {
    problem = parsed.error().message;
    return;
  }
  const ObjectKind kind = about == trace::ActSubject::Queue     ? ObjectKind::Queue
                          : about == trace::ActSubject::Request ? ObjectKind::Request
                                                                : ObjectKind::IoTarget;
  // Targets have no name of their own.
  const ObjectId subject = kind == ObjectKind::IoTarget ? target_named(input.subject)
                                                        : world.trace->named(input.subject, kind);
  if (!subject) {
    problem = std::string("there is no ") + kind_name(kind) + " " + input.subject;
    return;
  }
  qs_ORDER o{};
  o.Verb = int32_t(parsed->act);
  o.Status = parsed->status;
  o.Information = parsed->information;
  // The other objects that the order names.
  auto take = [&](const std::string& name, ObjectKind k, ObjectId own) {
    if (own || name.empty()) return own;
    const ObjectId id = world.trace->named(name, k);
    if (!id) problem = std::string("there is no ") + kind_name(k) + " " + name;
    return id;
  };
  auto own = [&](ObjectKind k) { return k == kind ? subject : ObjectId(); };
  o.Queue = handle_of<WDFQUEUE>(take(parsed->queue, ObjectKind::Queue, own(ObjectKind::Queue)));
  o.Request =
      handle_of<WDFREQUEST>(take(parsed->request, ObjectKind::Request, own(ObjectKind::Request)));
  kmdf::IoTarget* below = device()->local_target;  // what sends go to
  o.Target = handle_of<WDFIOTARGET>(kind == ObjectKind::IoTarget ? subject
                                    : below                      ? below->id
                                                                 : ObjectId());
  o.FileObject = handle_of<WDFFILEOBJECT>(take(parsed->file, ObjectKind::FileObject, {}));
  if (!problem.empty()) return;
  if (!kmdf::deliver_order(subject, o)) problem = "the driver is not asking about " + input.subject;
}

}  // namespace qs::run
