#include "conform/runner.h"

#include <algorithm>
#include <sstream>

#include "conform/client.h"
#include "run/end_report.h"
#include "trace/words.h"

namespace qs::conform {

using namespace kmdf;

std::vector<std::string> words(const std::string& text) {
  std::stringstream in(text);
  std::vector<std::string> out;
  for (std::string w; in >> w;) out.push_back(w);
  return out;
}

int32_t status_of(const std::string& word) {
  static const std::map<std::string, int32_t> known = {{"ok", QS_STATUS_SUCCESS},
                                                       {"cancelled", QS_STATUS_CANCELLED},
                                                       {"ioerr", QS_STATUS_IO_DEVICE_ERROR},
                                                       {"overflow", QS_STATUS_BUFFER_OVERFLOW},
                                                       {"pending", QS_STATUS_PENDING},
                                                       {"unsuccessful", QS_STATUS_UNSUCCESSFUL},
                                                       {"invalid", QS_STATUS_INVALID_PARAMETER}};
  auto it = known.find(word);
  return it != known.end() ? it->second : int32_t(std::stoul(word, nullptr, 16));
}

namespace {

// The value of "key=value" among the words; `missing` when it is not there.
std::string option(const std::vector<std::string>& w, const std::string& key,
                   const std::string& missing = "") {
  for (const std::string& s : w)
    if (s.compare(0, key.size() + 1, key + "=") == 0) return s.substr(key.size() + 1);
  return missing;
}

bool flag(const std::vector<std::string>& w, const char* name) {
  return std::find(w.begin(), w.end(), name) != w.end();
}

void sender_done(Irp* irp, void* context) { static_cast<Runner*>(context)->irp_done(irp); }

}  // namespace

Runner::Runner(const Scenario& scenario, bool stop_at_undefined, bool name_rules)
    : scenario_(scenario), name_rules_(name_rules) {
  for (const std::string& line : scenario.script) {
    std::vector<std::string> w = words(line);
    if (w.empty() || w[0] != "option") continue;
    for (size_t i = 1; i < w.size(); ++i)
      if (size_t eq = w[i].find('='); eq != std::string::npos)
        options_[w[i].substr(0, eq)] = w[i].substr(eq + 1);
  }
  Options o;
  o.verifier = options_["verifier"] == "on";
  o.break_on_error = o.verifier;
  o.stop_at_undefined = stop_at_undefined;
  o.client_minor = options_.count("minor") ? std::stoi(options_["minor"]) : 33;
  o.record_lines = false;
  world_ = std::make_unique<World>(o, std::make_shared<Trace>());
  world_->framework.observer = this;
  // A script that goes round for ever ends as the run of a program does (U-11).
  constexpr uint64_t kMostDecisions = 400'000;
  world_->scheduler.ordinal_limit = kMostDecisions;
  world_->scheduler.set_stop_at(kMostDecisions);
}

void Runner::set_watcher(Watcher* watcher) {
  watcher_ = watcher;
  world_->scheduler.set_stop_at(0);
  world_->scheduler.on_decision = [this](uint64_t) -> VThread* {
    watcher_->at_decision(*world_);
    return nullptr;
  };
}

Played Runner::play() {
  set_runner(this);
  world_->enter();
  world_->spawn(ThreadKind::Setup, "setup", {}, kPassiveLevel,
                [this] { world_->load_driver([this](void*, void*) { return driver_entry(); }); });
  world_->settle();
  for (const std::string& line : scenario_.script) {
    if (world_->ended()) break;
    if (words(line).empty()) continue;
    if (line[0] == '#') {
      played_.lines.push_back(line);
      continue;
    }
    run_command(line);
  }
  if (!world_->ended() && name_rules_) report_waits(world_->scheduler, world_->framework);
  if (!world_->ended()) {
    std::vector<std::string> left;
    for (auto& [name, r] : requests_)
      if (r.id && (r.is_create || !r.finished)) left.push_back(name);
    std::sort(left.begin(), left.end());
    std::string names;
    for (const std::string& n : left) names += (names.empty() ? "" : ",") + n;
    played_.lines.push_back("END outstanding=" + (names.empty() ? "none" : names));
  }
  world_->scheduler.request_stop();
  for (size_t i = 0; i < world_->trace->size(); ++i) {
    const Event& e = (*world_->trace)[i];
    if (e.code == EventCode::ThreadStart && ThreadKind(e.a) != ThreadKind::App &&
        ThreadKind(e.a) != ThreadKind::Setup)
      played_.most_threads = std::max(played_.most_threads, size_t(2));
  }
  played_.trace = world_->trace;
  return played_;
}

void Runner::print(const std::string& text) {
  VThread* t = world_->scheduler.current();
  played_.lines.push_back(std::string(4 * (t ? t->level : 0), ' ') + text);
}

void Runner::result(int32_t status) { print("= " + status_text(status)); }

//
void Runner::run_command(const std::string& text) {
  std::vector<std::string> w = words(text);
  const std::string& verb = w[0];
  if (verb == "option") return;
  static const char* const per_request[] = {"on",         "oncancel", "onstop", "onresume",
                                            "oncanceled", "oncaller", "onback", "oncreate"};
  for (const char* kind : per_request)
    if (verb == kind) {
      size_t at = text.find(w[1]) + w[1].size();
      requests_[w[1]].name = w[1];
      requests_[w[1]].reactions[verb].push_back(text.substr(std::min(text.size(), at + 1)));
      return;
    }
  if (verb == "onq" || verb == "onready" || verb == "onstate") {
    size_t at = text.find(w[1], verb.size()) + w[1].size();
    queue_reactions_[verb + " " + w[1]] = text.substr(std::min(text.size(), at + 1));
    return;
  }
  commands_.push_back({text});
  Command& c = commands_.back();
  c.thread = world_->spawn(ThreadKind::App, "command", {}, kPassiveLevel, [this, &c] {
    execute(c.text);
    c.ended = true;
  });
  c.thread->level = 0;
  world_->settle();
  played_.most_threads = std::max(played_.most_threads, world_->scheduler.live().size() + 1);
  if (world_->ended()) return;
  if (watcher_) watcher_->at_rest(*world_);
  if (!c.ended) {
    played_.lines.push_back("  (blocked: " + text + " has not returned)");
    c.reported = true;
  }
  for (Command& earlier : commands_)
    if (earlier.reported && earlier.ended) {
      played_.lines.push_back("  (unblocked: " + earlier.text + ")");
      earlier.reported = false;
    }
}

void Runner::execute(const std::string& text) {
  std::vector<std::string> w = words(text);
  const std::string verb = w[0];
  print("> " + text);
  if (verb == "queue") return do_queue(w);
  if (verb == "dispatch") return do_dispatch(w[1], w[2], false);
  if (verb == "arrive") return do_arrive(w);
  if (verb == "open") return do_open(w[1]);
  if (verb == "block") return do_block(w[1]);
  if (verb == "release") {
    Block& b = blocks_[w[1]];
    b.released = true;
    world_->scheduler.wake_all(b.waiters, {});
    return;
  }
  if (verb == "retrieveall") return do_retrieve_all(w);
  if (verb.compare(0, 8, "retrieve") == 0 || verb == "find") return do_retrieval(verb, w);
  if (verb[0] == 'q' || verb == "ready" || verb == "state" || verb == "delete")
    return do_queue_state_call(verb, w);
  static const char* const device_verbs[] = {"start", "s0idle",  "timers", "power",
                                             "pnp",   "cleanup", "close"};
  for (const char* v : device_verbs)
    if (verb == v) return do_device(verb, w);
  if (do_more(verb, w, text)) return;
  do_request_call(verb, w);
}

// operations one after the other, `$` the request, `$q` the queue.
void Runner::react(const std::string& operations, const std::string& request,
                   const std::string& queue) {
  std::stringstream in(operations);
  for (std::string op; std::getline(in, op, ';');) {
    std::string text;
    for (const std::string& word : words(op)) {
      std::string s = word == "$" ? request : word == "$q" ? queue : word;
      text += (text.empty() ? "" : " ") + s;
    }
    if (!text.empty()) execute(text);
  }
}

std::string Runner::take_reaction(const std::string& name, const char* kind) {
  auto& list = requests_[name].reactions[kind];
  if (list.empty()) return {};
  std::string ops = list.front();
  list.pop_front();
  return ops.empty() ? " " : ops;
}

// The state of a request that a callback was called for; takes the client's reference at the first
// sight.
Runner::RequestState& Runner::seen(WDFREQUEST handle) {
  uint32_t raw = uint32_t(reinterpret_cast<uintptr_t>(handle));
  auto it = request_names_.find(raw);
  if (it == request_names_.end()) {  // a reserved request goes by the name of the IRP it carries
    auto* r = static_cast<Request*>(world_->framework.find(ObjectId(raw)));
    if (r && r->reserved && r->irp) it = request_names_.find(r->irp->id.raw);
  }
  if (it == request_names_.end()) {
    std::string name = "IRP" + std::to_string(++creates_);
    it = request_names_.emplace(raw, name).first;
    requests_[name].name = name;
    requests_[name].id = ObjectId(raw);
    requests_[name].is_create = true;
  }
  RequestState& r = requests_[it->second];
  r.handle = handle;
  if (!r.referenced) {
    r.referenced = true;
    qs_WdfObjectReference(nullptr, 0, handle, nullptr);
  }
  return r;
}

void Runner::note_address(const std::string& name) {
  for (size_t i = finished_order_.size(); i-- > 0;) {
    RequestState& old = requests_[finished_order_[i]];
    Object* o = old.referenced ? world_->framework.find(old.id) : nullptr;
    if (o && o->refs.load() > 1) continue;  // somebody else keeps it
    reused_by_[finished_order_[i]] = name;
    finished_order_.erase(finished_order_.begin() + long(i));
    return;
  }
}

WDFREQUEST Runner::handle_of(const std::string& asked) {
  std::string name = asked;
  for (auto next = reused_by_.find(name); next != reused_by_.end(); next = reused_by_.find(name))
    name = next->second;
  auto it = requests_.find(name);
  if (it == requests_.end()) return nullptr;
  RequestState& r = it->second;
  if (r.handle) return r.handle;
  if (name != asked && r.irp && r.irp->request) return h(r.irp->request);
  return nullptr;
}

std::string Runner::queue_name(WDFQUEUE q) const {
  auto it = queue_names_.find(reinterpret_cast<uintptr_t>(q));
  return it == queue_names_.end() ? "?" : it->second;
}

WDFQUEUE Runner::queue(const std::string& name) const {
  auto it = queues_.find(name);
  return it == queues_.end() ? nullptr : it->second;
}

// --- callbacks ---

namespace {

std::string irql_suffix() {
  return rt::irql() == 0 ? std::string() : " irql=" + std::to_string(rt::irql());
}

}  // namespace

void Runner::handler(WDFQUEUE q, WDFREQUEST r, const char* name, const std::string& args) {
  RequestState& state = seen(r);
  std::string queue = queue_name(q);
  print(std::string("- ") + name + " queue=" + queue + " req=" + state.name + args + irql_suffix());
  std::string ops = take_reaction(state.name, "on");
  if (ops.empty() && queue_reactions_.count("onq " + queue)) ops = queue_reactions_["onq " + queue];
  ++world_->scheduler.current()->level;
  react(ops, state.name, queue);
  --world_->scheduler.current()->level;
}

void Runner::queue_callback(WDFQUEUE q, const std::string& line, bool ready) {
  std::string queue = queue_name(q);
  print("- " + line + " queue=" + queue + irql_suffix());
  ++world_->scheduler.current()->level;
  react(queue_reactions_[(ready ? "onready " : "onstate ") + queue], "", queue);
  --world_->scheduler.current()->level;
}

void Runner::request_cancelled(WDFREQUEST r) {
  RequestState& state = seen(r);
  print("- EvtRequestCancel req=" + state.name + irql_suffix());
  std::string ops = take_reaction(state.name, "oncancel");
  ++world_->scheduler.current()->level;
  react(ops.empty() ? "complete $ cancelled 0" : ops, state.name, "");
  --world_->scheduler.current()->level;
}

void Runner::canceled_on_queue(WDFQUEUE q, WDFREQUEST r) {
  RequestState& state = seen(r);
  print("- EvtIoCanceledOnQueue queue=" + queue_name(q) + " req=" + state.name + irql_suffix());
  std::string ops = take_reaction(state.name, "oncanceled");
  ++world_->scheduler.current()->level;
  react(ops.empty() ? "complete $ cancelled 0" : ops, state.name, queue_name(q));
  --world_->scheduler.current()->level;
}

void Runner::io_stop(WDFQUEUE q, WDFREQUEST r, uint32_t flags) {
  RequestState& state = seen(r);
  std::string text = flags & 1 ? "Suspend" : "Purge";
  if (flags & 0x10000000) text += "|RequestCancelable";
  print("- EvtIoStop queue=" + queue_name(q) + " req=" + state.name + " flags=" + text +
        irql_suffix());
  ++world_->scheduler.current()->level;
  react(take_reaction(state.name, "onstop"), state.name, queue_name(q));
  --world_->scheduler.current()->level;
}

void Runner::io_resume(WDFQUEUE q, WDFREQUEST r) {
  RequestState& state = seen(r);
  print("- EvtIoResume queue=" + queue_name(q) + " req=" + state.name + irql_suffix());
  ++world_->scheduler.current()->level;
  react(take_reaction(state.name, "onresume"), state.name, queue_name(q));
  --world_->scheduler.current()->level;
}

void Runner::device_callback(const std::string& line) { print("- " + line + irql_suffix()); }

// --- driver set-up ---

int32_t Runner::driver_entry() {
  qs_WDF_DRIVER_CONFIG config{};
  config.Size = sizeof(config);
  config.EvtDriverDeviceAdd = client_device_add;
  return qs_WdfDriverCreate(nullptr, 0, nullptr, nullptr, nullptr, &config, nullptr);
}

int32_t Runner::device_add(WDFDRIVER, PWDFDEVICE_INIT init) {
  qs_WDF_PNPPOWER_EVENT_CALLBACKS power = client_power_callbacks();
  qs_WdfDeviceInitSetPnpPowerEventCallbacks(nullptr, 0, init, &power);
  if (options_["fileobj"] != "off") {
    qs_WDF_FILEOBJECT_CONFIG files{};
    files.Size = sizeof(files);
    files.EvtFileCleanup = client_file_cleanup;
    files.EvtFileClose = client_file_close;
    if (options_["create"] == "on") files.EvtDeviceFileCreate = client_file_create;
    files.AutoForwardCleanupClose = qs_WdfUseDefault;
    files.FileObjectClass = qs_WdfFileObjectWdfCannotUseFsContexts;
    qs_WdfDeviceInitSetFileObjectConfig(nullptr, 0, init, &files, nullptr);
  }
  init_more(init);
  qs_WDF_OBJECT_ATTRIBUTES a{};
  a.Size = sizeof(a);
  a.ExecutionLevel = options_["devexec"] == "passive"    ? qs_WdfExecutionLevelPassive
                     : options_["devexec"] == "dispatch" ? qs_WdfExecutionLevelDispatch
                                                         : qs_WdfExecutionLevelInheritFromParent;
  const std::string& sync = options_["devsync"];
  a.SynchronizationScope = sync == "queue"    ? qs_WdfSynchronizationScopeQueue
                           : sync == "device" ? qs_WdfSynchronizationScopeDevice
                           : sync == "none"   ? qs_WdfSynchronizationScopeNone
                                              : qs_WdfSynchronizationScopeInheritFromParent;
  WDFDEVICE device = nullptr;
  int32_t status = qs_WdfDeviceCreate(nullptr, 0, &init, &a, &device);
  if (status >= 0) device_ = world_->framework.devices.front();
  return status;
}

// --- the sender's side ---

void Runner::irp_done(Irp* irp) {
  auto it = request_names_.find(irp->id.raw);
  bool create = irp->type == RequestType::Create;
  if (it != request_names_.end()) {
    RequestState& r = requests_[it->second];
    if (!create) {
      r.finished = true;
      finished_order_.push_back(r.name);
      print("* COMPLETED " + r.name + " status=" + status_text(irp->status) +
            " info=" + std::to_string(irp->information));
    }
    r.irp = nullptr;
  }
  if (create)
    for (VThread* t : world_->scheduler.live())
      if (t->waiting == WaitReason::CreatePending && t->waits_for == irp->id)
        world_->scheduler.wake(t, irp->id);
}

void Runner::do_arrive(const std::vector<std::string>& w) {
  static const std::map<std::string, RequestType> types = {
      {"read", RequestType::Read},
      {"write", RequestType::Write},
      {"ioctl", RequestType::DeviceControl},
      {"iioctl", RequestType::InternalControl}};
  std::string file = option(w, "file");
  Irp* irp = make_irp(types.at(w[2]), uint32_t(std::stoul(w[3])),
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
  if (flag(w, "precancel")) irp->cancel_flag.store(1);
  Scheduler& s = world_->scheduler;
  bool high = option(w, "irql") == "2";
  if (high) s.raise_irql(kDispatchLevel);
  int32_t status = send_irp(device_, irp);
  if (high) s.lower_irql(kPassiveLevel);
  print("= dispatch routine returned " + status_text(status));
}

void Runner::do_open(const std::string& name) {
  FileObject* f = make_file(device_);
  files_[name] = f;
  Irp* irp = make_irp(RequestType::Create, 0, 0, f, {});
  irp->done = sender_done;
  irp->done_context = this;
  device_->file_create(f, irp);
  if (!irp->completed) world_->scheduler.wait(WaitReason::CreatePending, irp->id);
  result(irp->status);
}

// --- violations ---

void Runner::on_break(std::string_view rule) {
  print(name_rules_ ? "!! break " + std::string(rule) : "!! DbgBreakPoint (verifier break)");
}

void Runner::on_bugcheck(uint32_t code, uint64_t p2, uint64_t p3, bool p2_pointer,
                         bool p3_pointer) {
  auto hex = [](uint64_t v, bool pointer) {
    if (pointer) return std::string("<ptr>");
    std::stringstream s;
    s << "0x" << std::hex << v;
    return s.str();
  };
  print("!! BUGCHECK 0x10d (" + hex(code, false) + ", " + hex(p2, p2_pointer) + ", " +
        hex(p3, p3_pointer) + ")");
}

void Runner::on_finding(std::string_view rule) {
  if (name_rules_) print("!! finding " + std::string(rule));
}

void Runner::on_undefined(std::string_view rule) {
  if (name_rules_) print("!! undefined " + std::string(rule));
  if (played_.undefined_at == size_t(-1)) played_.undefined_at = played_.lines.size();
}

Played play(const Scenario& scenario, bool stop_at_undefined) {
  Runner r(scenario, stop_at_undefined);
  return r.play();
}

Played play_watched(const Scenario& scenario, bool stop_at_undefined, Watcher& watcher) {
  Runner r(scenario, stop_at_undefined);
  r.set_watcher(&watcher);
  return r.play();
}

Played play_with_rules(const Scenario& scenario, bool stop_at_undefined) {
  Runner r(scenario, stop_at_undefined, true);
  return r.play();
}

}  // namespace qs::conform
