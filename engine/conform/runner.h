// Plays one scenario: commands on virtual threads of their own, reactions inside the callbacks
// . Owns: Runner. Made by play(); its client driver calls the public C API and
// nothing else.
#pragma once
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "conform/scenario.h"
#include "kmdf/request/io_manager.h"
#include "kmdf/target/io_target.h"
#include "run/world.h"

namespace qs::conform {

class Runner final : public kmdf::Observer {
 public:
  Runner(const Scenario& scenario, bool stop_at_undefined, bool name_rules = false);
  Played play();
  void set_watcher(Watcher* watcher);

  // --- called by the client driver's callbacks (client.cpp) ---
  void handler(WDFQUEUE queue, WDFREQUEST request, const char* name, const std::string& args);
  void queue_callback(WDFQUEUE queue, const std::string& line, bool ready);
  void request_cancelled(WDFREQUEST request);
  void canceled_on_queue(WDFQUEUE queue, WDFREQUEST request);
  void io_stop(WDFQUEUE queue, WDFREQUEST request, uint32_t flags);
  void io_resume(WDFQUEUE queue, WDFREQUEST request);
  void device_callback(const std::string& line, const char* kind = "");
  // Callbacks that only some options register; `kind` is the reaction's word, such as "oncaller".
  void request_callback(WDFREQUEST request, const char* kind, const std::string& line);
  std::string name_of(WDFOBJECT request);
  int examine();  // the action that the option "examine" names
  // --- the same for objects, timers, work items, DPCs and targets (commands_objects.cpp) ---
  // `kind` is the reaction's word; `line` the callback and how it calls its object.
  void object_callback(WDFOBJECT object, const char* kind, const std::string& line);
  void object_gone(WDFOBJECT object, bool destroyed);  // its cleanup or destroy callback
  void file_callback(WDFFILEOBJECT file, const char* kind, const std::string& line);
  void request_returned(WDFREQUEST request, int32_t status);  // its completion routine
  int32_t driver_entry();
  int32_t device_add(WDFDRIVER driver, PWDFDEVICE_INIT init);
  void irp_done(kmdf::Irp* irp);

  // --- Observer ---
  void on_break(std::string_view rule) override;
  void on_bugcheck(uint32_t code, uint64_t p2, uint64_t p3, bool p2_pointer,
                   bool p3_pointer) override;
  void on_undefined(std::string_view rule) override;
  void on_finding(std::string_view rule) override;
  void on_lower_receives(const kmdf::LowerView& irp) override;
  void on_lower_cancel(ObjectId request) override;
  void on_kernel_complaint(std::string_view text) override;

 private:
  struct RequestState {
    std::string name;
    ObjectId id;
    kmdf::Irp* irp = nullptr;  // null once completed
    WDFREQUEST handle = nullptr;
    bool referenced = false, is_create = false, finished = false;
    std::map<std::string, std::deque<std::string>>
        reactions;  // "on", "onstop" ... -> lists of operations
  };
  struct Command {
    std::string text;
    bool ended = false, reported = false;
    sched::VThread* thread = nullptr;
  };
  struct Block {
    bool released = false;
    sched::WaitList waiters;
  };

  void print(const std::string& text);
  void run_command(const std::string& text);
  void execute(const std::string& text);
  bool set_reaction(const std::string& verb, const std::vector<std::string>& w,
                    const std::string& text);
  void react(const std::string& operations, const std::string& request, const std::string& queue);
  std::string take_reaction(const std::string& request, const char* kind);
  RequestState& request(const std::string& name) { return requests_[name]; }
  WDFREQUEST handle_of(const std::string& name);
  WDFOBJECT object(const std::string& name);  // anything that a script can name; null: unknown
  std::string lower_name(ObjectId request);   // "-" for one without a name
  std::string take_named(const std::string& name, const char* kind);
  void run_reaction(const std::string& operations, const std::string& request,
                    const std::string& queue);
  RequestState& seen(WDFREQUEST handle);
  std::string queue_name(WDFQUEUE queue) const;
  WDFQUEUE queue(const std::string& name) const;
  void result(int32_t status);

  void do_queue(const std::vector<std::string>& w);
  void do_dispatch(const std::string& q, const std::string& type, bool prefixed);
  void do_arrive(const std::vector<std::string>& w);
  void do_open(const std::string& name);
  void do_queue_state_call(const std::string& verb, const std::vector<std::string>& w);
  void do_request_call(const std::string& verb, const std::vector<std::string>& w);
  void do_retrieval(const std::string& verb, const std::vector<std::string>& w);
  void do_device(const std::string& verb, const std::vector<std::string>& w);
  void do_retrieve_all(const std::vector<std::string>& w);
  void do_block(const std::string& name);
  // The words that recordings do not use (commands_more.cpp); false: not one of them.
  bool do_more(const std::string& verb, const std::vector<std::string>& w, const std::string& text);
  bool do_request_word(const std::string& verb, const std::vector<std::string>& w);
  // Objects and time (commands_objects.cpp), targets and sends (commands_targets.cpp).
  bool do_object_word(const std::string& verb, const std::vector<std::string>& w);
  bool do_target_word(const std::string& verb, const std::vector<std::string>& w);
  void do_create(const std::string& verb, const std::vector<std::string>& w);
  void do_tick(const std::vector<std::string>& w);
  void do_timers();
  void let_others_run();
  void do_send(const std::vector<std::string>& w);
  void do_format(const std::vector<std::string>& w);
  void do_lower_mode(const std::vector<std::string>& w);
  void do_lower(const std::vector<std::string>& w);
  void do_policy(const std::vector<std::string>& w);
  WDFIOTARGET target(const std::vector<std::string>& w);
  qs_WDF_OBJECT_ATTRIBUTES attributes(const std::vector<std::string>& w, bool events);
  void remember_object(const std::string& name, WDFOBJECT object);
  void init_more(PWDFDEVICE_INIT init);

  const Scenario& scenario_;
  Played played_;
  std::unique_ptr<run::World> world_;
  kmdf::Device* device_ = nullptr;
  // Scripts go on using handles of requests that are gone. In the recordings such a handle is an
  // address that the next request may have been given (last freed, first reused); these keep the
  // same account.
  void note_address(const std::string& name);
  std::map<std::string, RequestState> requests_;
  std::vector<std::string> finished_order_;  // requests whose IRP is done, address not reused yet
  std::map<std::string, std::string> reused_by_;  // name -> the request that has its address now
  std::map<uint32_t, std::string> request_names_;
  std::map<std::string, WDFQUEUE> queues_;
  std::map<uintptr_t, std::string> queue_names_;
  std::map<std::string, kmdf::FileObject*> files_;
  std::map<std::string, std::string> queue_reactions_;  // "onq Q", "onready Q", "onstate Q"
  std::map<std::string, WDFOBJECT> objects_;            // made by the driver: O-01's other types
  std::map<uintptr_t, std::string> object_names_;       // of those, of queues and of the device
  std::map<std::string, WDFMEMORY> memories_;           // of formatted requests
  std::map<std::string, std::deque<std::string>> reactions_;  // "ontimer T", "ond0exit " ...
  kmdf::LowerDriver lower_;
  sched::WaitList tickers_;  // commands that wait until nothing else can move
  std::deque<Command> commands_;
  std::map<std::string, Block> blocks_;
  std::map<std::string, std::string> options_;
  int creates_ = 0;
  bool name_rules_ = false;
  Watcher* watcher_ = nullptr;
  struct Claim {
    kmdf::Irp* irp = nullptr;
    kmdf::Slot slot{};
  };
  std::map<std::string, Claim> claimed_;  // requests between the two parts of a cancel
};

// The status words of scripts; hex is taken too.
int32_t status_of(const std::string& word);
std::vector<std::string> words(const std::string& text);
// The value of "key=value" among the words; `missing` when it is not there.
std::string option(const std::vector<std::string>& w, const std::string& key,
                   const std::string& missing = "");
bool flag(const std::vector<std::string>& w, const char* name);
std::string irql_suffix();  // " irql=2" unless it is 0

}  // namespace qs::conform
