// The inside of Run: the world, the inputs still to come, and the applications outside the driver.
// Owns: Run::Impl.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kmdf/core/overrides.h"
#include "kmdf/request/io_manager.h"
#include "law/law.h"
#include "run/inputs.h"
#include "run/memory_watch.h"
#include "run/pending_inputs.h"
#include "run/reminders.h"
#include "run/run.h"
#include "run/world.h"

namespace qs::run {

struct Run::Impl {
  struct File {
    std::string name;
    kmdf::FileObject* object = nullptr;  // set once its open is under way
    ObjectId app;
    bool opening = true;  // its open has not returned yet
    bool opened = false;
    int pending = 0;  // IRPs and calls pending on it
    bool synchronous = false;
    bool taken = false;    // a call has the synchronous handle: a request's, or its close
    ObjectId call;         // the request
    int32_t status = 0;    // the status of the last request that had it
    bool cleaned = false;  // its last handle is closed, or about to be
    bool closed = false;   // nothing is left of it, or it never opened
  };
  struct Sent {
    kmdf::Irp* irp = nullptr;
    File* file = nullptr;  // none: not through a handle, or its open
  };
  struct App {
    std::string name;
    ObjectId id;
    bool exiting = false;
  };

  Impl(const Program& program, const sched::Schedule& schedule, sched::Chooser* chooser,
       sched::Footprint* footprint, sched::FiberBackend& fibers);

  // --- run.cpp ---
  bool step();
  bool idle_step();
  bool finish_up();
  sched::VThread* decide(uint64_t ordinal);
  const PendingInput* next_at_once();
  // --- choices.cpp: who goes on, where more than one could ---
  sched::VThread* choose_at_decision(uint64_t ordinal, sched::VThread* usual);
  bool choose_between();
  bool choose_idle(sched::Move usual, uint32_t time);
  // A choice: who goes on by itself, and up to when the clock may go on meanwhile.
  struct Asked {
    sched::ChoicePoint at;
    sched::Move usual;
    uint32_t time = 0;
    enum Where : uint8_t { Decision, Between, Idle } where{};
    sched::Ask ask{};
    sched::VThread* interrupted = nullptr;  // who made the decision
  };
  std::optional<sched::Move> choose(Asked a);
  std::optional<sched::Move> choose_now(const Asked& a);
  bool answered();
  void note_driver_memory();
  bool do_idle(sched::Move move, uint32_t time);
  void make_move(sched::Move move, sched::VThread* interrupted);
  sched::ChoicePoint next_point();
  void list_inputs(std::vector<sched::Move>& open, sched::Ask ask, uint32_t time);
  bool can_come(const sched::Input& input);
  std::vector<uint32_t> streams_of_inputs() const;
  bool moved_since(size_t from) const;
  bool remind_before(uint32_t time);
  void note_outcome(const PendingInput& p, std::string problem);
  // --- run_setup.cpp ---
  void set_up();
  void set_up_queues();
  void load();
  bool devices_gone() const;
  bool unload();
  void report_hangs();
  model::Model observe() const;
  // --- run_apply.cpp: one input; the thread that was made for it, if any ---
  sched::VThread* apply(const PendingInput& p);
  sched::VThread* apply_checked(const sched::Input& input, std::string& problem);
  sched::VThread* send(const sched::Input& input, std::string& problem);
  sched::VThread* cancel(const sched::Input& input, std::string& problem);        // run_outside.cpp
  sched::VThread* open_file(const sched::Input& input, std::string& problem);     // run_files.cpp
  sched::VThread* close_handle(const sched::Input& input, std::string& problem);  // run_files.cpp
  void close_file(File& f);                                                       // run_files.cpp
  sched::VThread* app_exit(const sched::Input& input, std::string& problem);      // run_files.cpp
  sched::VThread* ask_device(const sched::Input& input, std::string& problem);    // run_outside.cpp
  void power_in_turn(trace::Act act, ObjectId id, uint32_t turn);                 // on its thread
  void memory(const sched::Input& input, std::string& problem);
  void lower(const sched::Input& input, std::string& problem);
  void order(const sched::Input& input, trace::ActSubject about, std::string& problem);
  ObjectId target_named(std::string_view name) const;
  void not_possible(const std::string& why);
  void irp_done(kmdf::Irp* irp);
  void forget_irp(kmdf::Irp* irp);
  void wake_waiting(trace::WaitReason reason, ObjectId object, ObjectId by);
  // --- run_outside.cpp: what the law says of outside acts ---
  law::Facts outside_facts(const App* a) const;
  law::HandleFacts facts_of(const File* f) const;
  // Keeps the ruling for the outcome. False: it cannot be done; `problem` says why.
  bool may(trace::Act act, const law::Facts& facts, std::string& problem);
  void begins(trace::Act act, ObjectId object);
  void ends(trace::Act act, ObjectId object);
  void note_irp(kmdf::Irp* irp, File* file = nullptr);
  void on_its_way(ObjectId of, sched::Use use) const;
  bool is_exiting(const App* a) const;
  // --- run_files.cpp: handles and the applications that have them ---
  void open(File& f);
  bool wait_for_open(File& f);
  void close_if_unused(File& f);
  void count_pending(File& f, int change);
  // --- run_sync.cpp: synchronous handles ---
  void send_alone(File& f, const App& a, kmdf::Irp* irp);
  bool take_handle(File& f, const App* a, ObjectId caller);
  void give_handle_back(File& f);
  bool waits_for_handle(ObjectId request) const;
  bool has_io(const App& a) const;
  bool shared(const File& f, const App& a);
  void exit_app(const App& a);

  kmdf::Device* device() const;
  File* file(std::string_view name);
  App* app(std::string_view name);
  App* app(ObjectId id);
  sched::VThread* app_thread(const App* a, uint8_t irql, std::function<void()> body);

  const Program& program;
  World world;
  PendingInputs pending;
  std::vector<PendingInput> by_ordinal;
  std::vector<sched::Input> settings;
  size_t next_by_ordinal = 0;
  sched::PicksChooser recorded;  // the picks of the schedule
  sched::Chooser* chooser;       // those, or somebody else
  sched::Footprint* footprint;   // what steps touch; null: nobody wants to know
  std::unique_ptr<MemoryWatch> memory_watch;  // outside of every region
  sched::ChoicePoint point;  // where the last choice was
  bool begun = false;        // it has come to rest once: the driver is loaded
  bool given_up = false;     // by the chooser
  int applying = 0;          // inputs at decisions, one inside the other
  bool decided = false;      // at a decision, for another thread: that one goes on
  struct Left {
    sched::Move move;
    sched::VThread* interrupted;
  };
  std::optional<Left> left;       // what comes now that the running thread has stopped
  std::optional<Asked> asked;     // the next step begins with it
  std::vector<uint32_t> streams;  // of each input in `pending`: who makes it; made when needed
  std::vector<InputOutcome> outcomes;
  Decisions decisions;
  bool finished = false, not_loaded = false, unloading = false;
  bool added = false;  // EvtDriverDeviceAdd has returned: before that no power or PnP request comes
  bool pnp_busy = false, asleep = false;
  // Power requests come one at a time, in the order in which they were asked for (P-36): a thread
  // that is faster to start does not overtake.
  uint32_t power_asked = 0, power_served = 0;
  kmdf::rt::Gate power_turn;
  law::Ruling ruled;  // of the input that is being applied
  uint32_t settled_since = UINT32_MAX, periods = 0;
  size_t quiet_size = 0;
  std::vector<App> apps;
  std::vector<std::unique_ptr<File>> files;
  std::map<std::string, File*, std::less<>> file_names;  // the newest of each name
  std::map<uint32_t, Sent> irps;                         // on their way, by request id
  std::vector<bool> sent_ever;  // of each request by its serial: an application made it
  std::map<ObjectId, uint32_t> irps_of_app;  // how many of them each application waits for
  std::set<ObjectId> at_handle;              // requests whose call waits for a synchronous handle
  Reminders reminders;                       // V-28
  uint32_t numbers[32] = {};                 // names R1, W1, C1 ... per type
};

}  // namespace qs::run
