// Handles: opening, closing, and applications that exit. An application makes one call after the
// other: what it does with a handle waits until the open has returned (L-02), whatever the schedule
// puts in between.
#include <algorithm>

#include "run/run_impl.h"

namespace qs::run {

namespace {

void create_done(kmdf::Irp* irp, void* context) { static_cast<Run::Impl*>(context)->irp_done(irp); }

}  // namespace

Run::Impl::File* Run::Impl::file(std::string_view name) {
  const auto it = file_names.find(name);
  return it != file_names.end() && !it->second->closed ? it->second : nullptr;
}

Run::Impl::App* Run::Impl::app(std::string_view name) {
  for (App& a : apps)
    if (a.name == name) return &a;
  return nullptr;
}

Run::Impl::App* Run::Impl::app(ObjectId id) {
  for (App& a : apps)
    if (a.id == id) return &a;
  return nullptr;
}

sched::VThread* Run::Impl::open_file(const sched::Input& input, std::string& problem) {
  if (file(input.subject)) {
    problem = input.subject + " is open already";
    return nullptr;
  }
  const OpenText text = parse_open(input.text);
  App* a = app(text.app);
  if (!a && !text.app.empty()) {
    problem = "there is no application '" + text.app + "'";
    return nullptr;
  }
  if (!a && !apps.empty()) a = &apps.front();
  if (!may(trace::Act::OpenHandle, outside_facts(a), problem)) return nullptr;
  files.push_back(std::make_unique<File>());
  File* f = files.back().get();
  f->name = input.subject;
  file_names.insert_or_assign(f->name, f);
  f->app = a ? a->id : ObjectId();
  f->synchronous = text.synchronous;
  return app_thread(a, sched::kPassiveLevel, [this, f] { open(*f); });
}

void Run::Impl::open(File& f) {
  const App* a = app(f.app);
  const bool exiting = is_exiting(a);  // its threads end before they make the call
  const bool gone = device()->removed;
  if (!exiting && gone)
    not_possible("handle " + f.name + " cannot be opened: there is no such device, or no longer");
  if (!exiting && !gone) {
    f.object = kmdf::make_file(device());
    world.trace->set_name(f.object->id, f.name);
    world.scheduler.emit(trace::EventCode::FileOpen, f.object->id, f.app,
                         world.trace->intern(f.name), f.synchronous);
    kmdf::Irp* irp = kmdf::make_irp(trace::RequestType::Create, 0, 0, f.object, f.app);
    world.trace->set_name(irp->id, "O" + std::to_string(++numbers[0]));
    irp->done = create_done;
    irp->done_context = this;
    note_irp(irp);
    device()->file_create(f.object, irp);
    if (!irp->completed) world.scheduler.wait(trace::WaitReason::CreatePending, irp->id);
    f.opened = irp->status >= 0;
    // So far only its handle was known; from here on the file is open.
    if (irp->pending_marked || device()->init.filter || !f.opened)
      world.scheduler.emit(trace::EventCode::ActEnds, f.object->id, {},
                           uint32_t(trace::Act::OpenHandle), f.opened ? 1 : 0);
  }
  f.opening = false;
  world.scheduler.touch(f.app);
  on_its_way(f.app, sched::Use::Counts);
  if (f.object) world.scheduler.touch(f.object->id);
  if (!f.opened) f.closed = f.cleaned = true;
  const ObjectId by = f.object ? f.object->id : f.app;
  wake_waiting(trace::WaitReason::CreatePending, by, by);
  if (by != f.app) wake_waiting(trace::WaitReason::CreatePending, f.app, by);
  wake_waiting(trace::WaitReason::AppIo, f.app, by);
}

// False: it did not open.
bool Run::Impl::wait_for_open(File& f) {
  world.scheduler.touch(f.object ? f.object->id : f.app, sched::Use::Reads);
  while (f.opening)
    world.scheduler.wait(trace::WaitReason::CreatePending, f.object ? f.object->id : f.app);
  return f.opened;
}

sched::VThread* Run::Impl::close_handle(const sched::Input& input, std::string& problem) {
  File* f = file(input.subject);
  law::Facts facts = outside_facts(nullptr);
  facts.handle = facts_of(f);
  if (!may(trace::Act::CloseHandle, facts, problem)) return nullptr;
  f->cleaned = true;
  if (f->object) begins(trace::Act::CloseHandle, f->object->id);
  return app_thread(app(f->app), sched::kPassiveLevel, [this, f] {
    if (!wait_for_open(*f)) return not_possible("handle " + f->name + " did not open");
    kmdf::ApiCall call(trace::ApiFn::CloseHandle, nullptr, 0, f->object->id);
    close_file(*f);
  });
}

// The close of a synchronous handle waits for its turn like any other call (L-13).
void Run::Impl::close_file(File& f) {
  if (f.synchronous) take_handle(f, nullptr, f.app);
  device()->file_cleanup(f.object);
  if (f.synchronous) give_handle_back(f);
  close_if_unused(f);
}

void Run::Impl::count_pending(File& f, int change) {
  if (f.object) on_its_way(f.object->id, sched::Use::Counts);
  f.pending += change;
}

// The last reference goes when no request of the file is pending anymore (L-08).
void Run::Impl::close_if_unused(File& f) {
  if (f.object) world.scheduler.touch(f.object->id, sched::Use::Reads);
  if (!f.cleaned || f.opening || f.closed) return;
  if (f.object) on_its_way(f.object->id, sched::Use::Reads);
  if (f.pending > 0) return;
  f.closed = true;
  kmdf::FileObject* object = f.object;
  world.spawn(trace::ThreadKind::App, "close", f.app, sched::kPassiveLevel,
              [this, object] { device()->file_close(object); });
}

sched::VThread* Run::Impl::app_exit(const sched::Input& input, std::string& problem) {
  App* a = app(input.subject);
  if (!a) {
    problem = "there is no application '" + input.subject + "'";
    return nullptr;
  }
  if (!may(trace::Act::AppExit, outside_facts(a), problem)) return nullptr;
  a->exiting = true;
  begins(trace::Act::AppExit, a->id);
  return app_thread(a, sched::kPassiveLevel, [this, a] { exit_app(*a); });
}

// Windows cancels what the process has sent, waits for all of it to come back, and only then closes
// its handles.
void Run::Impl::exit_app(const App& a) {
  on_its_way(a.id, sched::Use::Reads);
  std::vector<uint32_t> mine;
  for (auto& [raw, sent] : irps)
    if (sent.irp->app == a.id) mine.push_back(raw);
  for (uint32_t raw : mine)
    if (auto it = irps.find(raw); it != irps.end() && !waits_for_handle(it->second.irp->id))
      kmdf::cancel_irp(it->second.irp);
  for (auto& f : files)
    if (f->object) wake_waiting(trace::WaitReason::SyncHandle, f->object->id, a.id);
  while (has_io(a)) world.scheduler.wait(trace::WaitReason::AppIo, a.id);
  for (size_t i = 0; i < files.size(); ++i) {  // others may open files meanwhile
    File& f = *files[i];
    if (f.app != a.id || f.cleaned || shared(f, a)) continue;
    f.cleaned = true;
    close_file(f);
  }
  world.scheduler.emit(trace::EventCode::AppExit, a.id);
}

bool Run::Impl::has_io(const App& a) const {
  on_its_way(a.id, sched::Use::Reads);
  if (const auto it = irps_of_app.find(a.id); it != irps_of_app.end() && it->second > 0)
    return true;
  for (auto& f : files)
    if (f->app == a.id && f->opening) return true;
  return false;
}

// Does another application that is still running have the same handle?
bool Run::Impl::shared(const File& f, const App& a) {
  for (const AppSpec& spec : program.apps) {
    const App* other = app(spec.name);
    if (spec.name == a.name || !other || is_exiting(other)) continue;
    if (std::find(spec.files.begin(), spec.files.end(), f.name) != spec.files.end()) return true;
  }
  return false;
}

}  // namespace qs::run
