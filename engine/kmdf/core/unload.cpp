// The end of the driver: EvtDriverUnload, the driver object, and what is left of the driver
// when its code is unloaded.
#include "kmdf/core/waits.h"
#include "trace/events/words.h"
#include "trace/rules/verdict.h"

namespace qs::kmdf {

namespace {

// A thread that can go on would run code that is no longer there; one that cannot stays forever,
// with the memory of its stack.
void report_thread_left(const KernelThread& t) {
  const rt::Thread& thread = *t.thread;
  const trace::Trace& trace = rt::sched().trace();
  rt::Thread* me = rt::self();
  me->site = thread.site;  // where it is, not where the driver was unloaded
  const bool goes_on = thread.runnable || thread.limited;
  because("EvtDriverUnload has not waited for " + trace.name(t.id) + ", which " +
          (thread.runnable ? std::string("is running")
                           : "waits " + std::string(trace::words(thread.waiting))) +
          (goes_on ? " and goes on in code that is not there anymore"
                   : " and is never let go: its stack stays forever"));
  constexpr uint32_t kUnloadedWithoutCancelling = 0xCE;
  if (goes_on) bugcheck("U-15", kUnloadedWithoutCancelling, 0, 0, t.id, {});
  finding("U-15", t.id, t.id);
}

void report_thread_kept(const KernelThread& t) {
  const std::string name = rt::sched().trace().name(t.id);
  rt::Thread* me = rt::self();
  if (t.handles > 0) {
    me->site = t.created;
    because("nobody has called ZwClose for the handle of " + name);
    finding("U-10", t.id);
  }
  if (t.references > 0) {
    me->site = t.referenced;
    because("nobody has called ObDereferenceObject for the thread object of " + name);
    finding("U-10", t.id);
  }
}

}  // namespace

bool has_made_threads() {
  return fw().state && fw().state->waits && !fw().state->waits->threads.empty();
}

void unload_driver(bool entered, bool had_devices) {
  Driver* driver = fw().driver;
  if (driver && entered && driver->config.EvtDriverUnload) {
    DriverCall call(trace::CallbackKind::EvtDriverUnload, driver->id, {});
    driver->config.EvtDriverUnload(handle<WDFDRIVER>(driver));
  }
  if (driver && had_devices) {
    delete_object(driver);
    fw().driver = nullptr;
  }
  if (!fw().state || !fw().state->waits) return;
  for (const auto& [raw, t] : fw().state->waits->threads)
    if (!t.ended) report_thread_left(t);
  for (const auto& [raw, t] : fw().state->waits->threads)
    if (t.ended) report_thread_kept(t);
}

}  // namespace qs::kmdf
