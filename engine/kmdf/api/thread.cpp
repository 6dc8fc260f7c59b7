// Threads of the driver: Ps*, Ob* and handles. A thread is a virtual thread like any other, at
// PASSIVE_LEVEL when it starts; its name is that of the driver's function.
#include <algorithm>
#include <cctype>
#include <string>

#include "kmdf/api/common.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/nt.h"
#include "kmdf/core/waits.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

constexpr size_t kKernelStack = 24 * 1024;   // bytes, as on x64
constexpr size_t kMostDriverThreads = 1000;  // of the driver, at once

WaitState& waits() { return part(run_state().waits); }

// The function in "(PKSTART_ROUTINE)ThreadMain", "&ThreadMain", "context->Routine".
std::string last_word(std::string_view text) {
  auto in_word = [](char c) { return std::isalnum(uint8_t(c)) || c == '_'; };
  size_t end = text.size();
  while (end > 0 && !in_word(text[end - 1])) --end;
  size_t begin = end;
  while (begin > 0 && in_word(text[begin - 1])) --begin;
  return begin < end ? std::string(text.substr(begin, end - begin)) : "driver thread";
}

// Two threads of one function are told apart by their number.
std::string thread_name(std::string_view routine) {
  const trace::Trace& trace = rt::sched().trace();
  const std::string word = last_word(routine);
  std::string name = word;
  for (int n = 2; trace.named(name, ObjectKind::Thread); ++n) name = word + " " + std::to_string(n);
  return name;
}

void has_ended(KernelThread& t) {
  t.ended = true;
  rt::sched().wake_all(t.waiters, t.id);
}

KernelThread* running_thread() {
  const rt::Thread* me = rt::self();
  auto it = waits().threads.find(me->id.raw);
  return it == waits().threads.end() ? nullptr : &it->second;
}

void* object_of_thread(ObjectId id) { return reinterpret_cast<void*>(uintptr_t(id.raw)); }

void tell_client(void* client, ObjectId id) {
  if (!client) return;
  auto* ids = static_cast<uintptr_t*>(client);  // CLIENT_ID
  ids[0] = 4;                                   // the system process
  ids[1] = uintptr_t(id.serial()) * 4;
}

}  // namespace

namespace qs::kmdf {

KernelThread* thread_at(const void* object) {
  const auto raw = reinterpret_cast<uintptr_t>(object);
  if (raw > UINT32_MAX) return nullptr;
  auto it = waits().threads.find(uint32_t(raw));
  return it != waits().threads.end() && it->second.exists() ? &it->second : nullptr;
}

ObjectId thread_of_handle(const void* handle) {
  auto it = waits().thread_handles.find(reinterpret_cast<uintptr_t>(handle));
  return it == waits().thread_handles.end() ? ObjectId() : it->second;
}

bool close_thread_handle(QS_SITE, void* handle) {
  const ObjectId id = thread_of_handle(handle);
  if (!id) return false;
  ApiCall call(trace::ApiFn::ZwClose, file, line, id);
  irql_allows(sched::kPassiveLevel, id);
  waits().thread_handles.erase(reinterpret_cast<uintptr_t>(handle));
  --waits().threads[id.raw].handles;
  call.status(QS_STATUS_SUCCESS);
  return true;
}

}  // namespace qs::kmdf

int32_t qs_PsCreateSystemThread(QS_SITE, void** handle, uint32_t, qs_OBJECT_ATTRIBUTES*, void*,
                                void* client, void (*routine)(void*), void* context,
                                const char* words) {
  ApiCall call(trace::ApiFn::PsCreateSystemThread, file, line);
  require(handle);
  require(reinterpret_cast<const void*>(routine));
  *handle = nullptr;
  if (!irql_allows(sched::kPassiveLevel)) return call.status(QS_STATUS_UNSUCCESSFUL);
  const auto& all = waits().threads;
  const auto live = std::count_if(all.begin(), all.end(), [](auto& t) { return !t.second.ended; });
  if (size_t(live) >= kMostDriverThreads || !may_take(kKernelStack) || fw().allocation_fails())
    return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  rt::Thread* t = rt::sched().spawn(
      trace::ThreadKind::Driver, thread_name(words), fw().driver ? fw().driver->id : ObjectId(),
      sched::kPassiveLevel, rt::bind_to_run([routine, context] {
        KernelThread* me = running_thread();
        {
          DriverCall in(trace::CallbackKind::StartRoutine, me->id, {});
          routine(context);
        }
        has_ended(*me);
      }));
  KernelThread& made = waits().threads[t->id.raw];
  made.thread = t;
  made.id = t->id;
  made.handles = 1;
  made.created = rt::self()->site;
  NtState& nt = part(run_state().nt);
  waits().thread_handles[nt.next_handle] = t->id;
  *handle = reinterpret_cast<void*>(nt.next_handle);
  nt.next_handle += 4;
  tell_client(client, t->id);
  return call.status(QS_STATUS_SUCCESS);
}

// Does not return on a thread of the driver.
int32_t qs_PsTerminateSystemThread(QS_SITE, int32_t status) {
  ApiCall call(trace::ApiFn::PsTerminateSystemThread, file, line, {}, {}, uint32_t(status));
  KernelThread* me = running_thread();
  if (!me) {
    if (rt::self()->kind == trace::ThreadKind::App) return call.status(QS_STATUS_INVALID_PARAMETER);
    because("this is a thread of the system, which PsCreateSystemThread did not make");
    undefined_misuse("U-12", {});
    return call.status(QS_STATUS_INVALID_PARAMETER);
  }
  if (!irql_allows(sched::kPassiveLevel)) return call.status(QS_STATUS_UNSUCCESSFUL);
  has_ended(*me);
  rt::sched().end_thread();
}

int32_t qs_ObReferenceObjectByHandle(QS_SITE, void* handle, uint32_t, const void* type, char,
                                     void** object, void*) {
  require(object);
  *object = nullptr;
  const ObjectId id = thread_of_handle(handle);
  ApiCall call(trace::ApiFn::ObReferenceObjectByHandle, file, line, id);
  if (!irql_allows(sched::kPassiveLevel, id)) return call.status(QS_STATUS_UNSUCCESSFUL);
  if (!id) return call.status(QS_STATUS_INVALID_HANDLE);
  if (type && reinterpret_cast<uintptr_t>(type) != QS_THREAD_TYPE)
    return call.status(QS_STATUS_OBJECT_TYPE_MISMATCH);
  KernelThread& t = waits().threads[id.raw];
  ++t.references;
  t.referenced = rt::self()->site;
  *object = object_of_thread(id);
  return call.status(QS_STATUS_SUCCESS);
}

namespace {

// Only thread objects are simulated.
KernelThread* referenced(QS_SITE, void* object, const char* name) {
  require(object);
  KernelThread* t = thread_at(object);
  if (t) return t;
  const auto raw = reinterpret_cast<uintptr_t>(object);
  constexpr uintptr_t kRegistration = 0x51;  // as qs/nt_none.h hands it out: nothing to count
  if (raw == kRegistration) return nullptr;
  if (raw <= UINT32_MAX && waits().threads.count(uint32_t(raw))) {
    const ObjectId id = ObjectId(uint32_t(raw));
    because("the thread object of " + rt::sched().trace().name(id) + " is gone already");
    undefined_misuse("U-12", id);
  } else {
    qs_not_simulated(file, line, name);
  }
  return nullptr;
}

}  // namespace

intptr_t qs_ObReferenceObject(QS_SITE, void* object) {
  KernelThread* t = referenced(file, line, object, "ObReferenceObject");
  if (!t) return 0;
  ApiCall call(trace::ApiFn::ObReferenceObject, file, line, t->id);
  t->referenced = rt::self()->site;
  return call.value(intptr_t(++t->references));
}

intptr_t qs_ObDereferenceObject(QS_SITE, void* object) {
  KernelThread* t = referenced(file, line, object, "ObDereferenceObject");
  if (!t) return 0;
  ApiCall call(trace::ApiFn::ObDereferenceObject, file, line, t->id);
  if (t->references == 0) {
    because("no reference to " + rt::sched().trace().name(t->id) + " is left to be dropped");
    undefined_misuse("U-12", t->id);
    return call.value(intptr_t(0));
  }
  return call.value(intptr_t(--t->references));
}
