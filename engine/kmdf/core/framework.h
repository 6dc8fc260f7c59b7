// One run's framework: the object table, the driver, its devices, options, and the funnels for
// driver calls and violations. Owns: Framework. One per run; found through fw() by whatever thread
// works for the run.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kmdf/core/driver_memory.h"
#include "kmdf/core/lines.h"
#include "kmdf/device/device.h"
#include "kmdf/queue/queue.h"

namespace qs::kmdf {

// An IRP as the lower driver sees it.
struct LowerView {
  ObjectId request;
  trace::RequestType type{};
  uint32_t length = 0;  // bytes to transfer
};

// What a client of the framework may watch besides the trace. All called on the thread that does
// it.
struct Observer {
  virtual ~Observer() = default;
  virtual void on_break(std::string_view /*rule*/) {}
  virtual void on_bugcheck(uint32_t /*code*/, uint64_t /*p2*/, uint64_t /*p3*/, bool /*p2_pointer*/,
                           bool /*p3_pointer*/) {}
  virtual void on_undefined(std::string_view /*rule*/) {}
  // A finding, or a check that only prints because breaks are off (V-01).
  virtual void on_finding(std::string_view /*rule*/) {}
  virtual void on_debug_text(std::string_view /*text*/) {}
  // The kernel, not the framework, notices something wrong and goes on.
  virtual void on_kernel_complaint(std::string_view /*text*/) {}
  // The lower driver got an IRP; its cancel routine was called.
  virtual void on_lower_receives(const LowerView&) {}
  virtual void on_lower_cancel(ObjectId /*request*/) {}
};

struct Options {
  bool verifier = true;
  bool break_on_error = true;  // V-01: default on exactly when the verifier is on
  bool stop_at_undefined = true;
  int client_minor = 33;
  bool record_lines = true;
  bool races = false;                 // accesses to memory that nothing orders are reported (U-08)
  uint32_t event_limit = UINT32_MAX;  // more events than this end the run (limits.h)
};

struct Driver final : Object {
  explicit Driver(ObjectId i) : Object(i) {}
  trace::SyncScope scope = trace::SyncScope::None;  // what devices inherit (D-32)
  bool passive = false;
  qs_WDF_DRIVER_CONFIG config{};
  qs_DRIVER_OBJECT* wdm = nullptr;
  uint16_t* registry_path = nullptr;  // zero-terminated
};

struct RunState;

struct Framework {
  rt::Arena arena;
  // What drivers get addresses of: contexts, buffers, pool. Nothing of the engine's own, so that an
  // address depends only on what the driver does (addresses.h).
  DriverMemory driver_memory;
  Options options;
  Observer* observer = nullptr;
  Driver* driver = nullptr;
  bool user_mode = false;  // a UMDF driver
  std::vector<Device*> devices;
  trace::MemoryMode memory = trace::MemoryMode::Plenty;
  uint32_t memory_dice = 0;
  uint32_t memory_nth = 0;   // NthFails: so many allocations from now, the last of them fails
  uint32_t allocations = 0;  // that were asked for so far
  sched::Chooser* chooser = nullptr;  // may let any of them fail
  std::shared_ptr<void> naming;       // overrides.cpp
  std::shared_ptr<RunState>
      state;  // what the other API files keep per run (made when first needed)
  size_t file_bytes = 0, text_bytes = 0;  // of what the driver has written and printed
  size_t kept_bytes = 0;                  // of what requests carry, in the trace (data.h)
  bool ended = false;
  bool misused = false;      // undefined misuse was let pass: invariants may not hold now
  uint64_t validate_at = 0;  // the decision at which everything is checked next (validate.h)
  trace::RunEnd end = trace::RunEnd::Finished;

  explicit Framework(Options o);
  ~Framework();
  Framework(const Framework&) = delete;

  // --- objects (object_table.cpp) ---
  template <class T, class... Args>
  T* make(ObjectKind kind, Args&&... args) {
    T* o =
        new (arena.allocate(sizeof(T), alignof(T))) T(next_id(kind), std::forward<Args>(args)...);
    remember(o);
    return o;
  }
  ObjectId next_id(ObjectKind kind);
  void remember(Object* o);
  void forget(Object* o);  // the handle is invalid from now on
  Object* find(ObjectId id) const;
  Object* object_at(uintptr_t handle) const;  // null: the handle is not (or no longer) valid
  // Memory of what belongs to one object (contexts): zero-filled.
  // Memory is never freed during a run, so what a driver still points to stays readable.
  void* take_memory(size_t bytes);
  // Requests are recycled: their memory, never their ids.
  Request* new_request(ObjectId id);
  void recycle(Request* r);
  Irp* new_irp();
  void recycle(Irp* irp);

  bool allocation_fails();  // S-10
  Object* object_of_context(const void* context);
  // All of that kind that are not destroyed yet, in order of creation.
  std::vector<Object*> alive(ObjectKind kind) const;

 private:
  struct Tables;
  Tables* tables_;
};

inline constinit thread_local Framework* the_framework = nullptr;
inline Framework& fw() { return *the_framework; }
inline void set_fw(Framework* framework) { the_framework = framework; }

// --- handles ---
template <class H>
H handle(const Object* o) {
  return reinterpret_cast<H>(o ? uintptr_t(o->id.raw) : 0);
}
inline WDFQUEUE h(const Queue* q) { return handle<WDFQUEUE>(q); }
inline WDFREQUEST h(const Request* r) { return handle<WDFREQUEST>(r); }
inline WDFDEVICE h(const Device* d) { return handle<WDFDEVICE>(d); }

// --- the funnel of violations ---
// Bug check WDF_VIOLATION with parameter 1 = code (V-03); the run ends. Does not return.
[[noreturn]] void bugcheck(const char* rule, uint32_t code, uint64_t p2, uint64_t p3,
                           ObjectId s = {}, ObjectId o = {}, bool p2_pointer = false,
                           bool p3_pointer = false);
// Debug text, and a debugger break when breaks are on (V-01 K).
void verifier_break(const char* rule, ObjectId s, ObjectId o = {});
// Misuse whose effect is undefined in the original: ends the run with a diagnosis, or, with the
// option `continue`, only notes it (V-02). Returns only in the second case.
void undefined_misuse(const char* rule, ObjectId s, ObjectId o = {});
void finding(const char* rule, ObjectId s, ObjectId o = {});
// What makes this case break a rule, in a few words and without a full stop; right before the
// report (trace/rules/verdict.h reads it).
void because(std::string_view reason);
// The run is over; nothing of it moves anymore.
[[noreturn]] void end_run(trace::RunEnd why);
void debug_text(std::string_view text);
void kernel_complaint(std::string_view text);  // of the kernel's own checks; nothing stops
inline bool verifier() { return fw().options.verifier; }
constexpr bool NT_OK(int32_t status) { return status >= 0; }

// --- the funnel of driver calls ---
// Emits enter and leave around a call into the driver, and is a decision before it. The lock, if
// any, must be taken outside.
class DriverCall {
 public:
  DriverCall(trace::CallbackKind kind, ObjectId s, ObjectId o, uint32_t b = 0, uint32_t c = 0);
  ~DriverCall();
  DriverCall(const DriverCall&) = delete;

 private:
  trace::CallbackKind kind_;
  uint8_t irql_;
  uint32_t calls_around_ = 0;  // VThread::inside_calls of the callback that this one is nested in
  ObjectId s_, o_;
};

// Emits enter and leave of an API call made by the driver (or by an outside caller), and is a
// decision.
class ApiCall {
 public:
  ApiCall(trace::ApiFn fn, const char* file, int line, ObjectId s = {}, ObjectId o = {},
          uint32_t b = 0, uint32_t c = 0);
  ~ApiCall();
  ApiCall(const ApiCall&) = delete;
  int32_t status(int32_t s) {
    result_ = uint32_t(s);
    is_status_ = true;
    return s;
  }
  template <class T>
  T value(T v) {
    result_ = uint32_t(v);
    return v;
  }

 private:
  trace::ApiFn fn_;
  ObjectId s_, o_;
  uint32_t result_ = 0;
  bool is_status_ = false;
  trace::Site site_;  // of the call
};

// A call that is being checked: by name, and where it stands when that is known already.
struct Called {
  const char* fn;
  const char* file = nullptr;
  int line = 0;
  Called(const char* name) : fn(name) {}
  Called(const char* name, const char* f, int l) : fn(name), file(f), line(l) {}
  operator const char*() const { return fn; }
};
// Handle checks: bug check 0x5 / 0x4 when they fail (O-03, V-04).
Object* object_of(void* handle, Called call, ObjectKind wanted = ObjectKind::None);
template <class T>
T* checked(void* handle, ObjectKind kind, Called call) {
  return static_cast<T*>(object_of(handle, call, kind));
}
}  // namespace qs::kmdf
