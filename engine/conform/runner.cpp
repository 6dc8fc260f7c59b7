#include "conform/runner.h"

#include <algorithm>
#include <sstream>

#include "conform/client.h"
#include "kmdf/core/validate.h"
#include "run/end_report.h"
#include "trace/events/words.h"

namespace qs::conform {

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

std::string option(const std::vector<std::string>& w, const std::string& key,
                   const std::string& missing) {
  for (const std::string& s : w)
    if (s.compare(0, key.size() + 1, key + "=") == 0) return s.substr(key.size() + 1);
  return missing;
}

bool flag(const std::vector<std::string>& w, const char* name) {
  return std::find(w.begin(), w.end(), name) != w.end();
}

Runner::Runner(const Scenario& scenario, bool stop_at_undefined, bool name_rules)
    : scenario_(scenario), name_rules_(name_rules) {
  for (const std::string& line : scenario.script) {
    std::vector<std::string> w = words(line);
    if (w.empty() || w[0] != "option") continue;
    for (size_t i = 1; i < w.size(); ++i)
      if (size_t eq = w[i].find('='); eq != std::string::npos)
        options_[w[i].substr(0, eq)] = w[i].substr(eq + 1);
  }
  kmdf::Options o;
  o.verifier = options_["verifier"] == "on";
  o.break_on_error = o.verifier;
  o.stop_at_undefined = stop_at_undefined;
  o.client_minor = options_.count("minor") ? std::stoi(options_["minor"]) : 33;
  o.record_lines = false;
  world_ = std::make_unique<run::World>(o, std::make_shared<trace::Trace>());
  world_->framework.observer = this;
  // A script that goes round forever ends as the run of a program does (U-11).
  constexpr uint64_t kMostDecisions = 400'000;
  world_->scheduler.ordinal_limit = kMostDecisions;
  world_->scheduler.set_stop_at(kMostDecisions);
}

void Runner::set_watcher(Watcher* watcher) {
  watcher_ = watcher;
  world_->scheduler.set_stop_at(0);
  world_->scheduler.on_decision = [this](uint64_t) -> sched::VThread* {
    watcher_->at_decision(*world_);
    return nullptr;
  };
}

Played Runner::play() {
  set_runner(this);
  world_->enter();
  world_->spawn(trace::ThreadKind::Setup, "setup", {}, sched::kPassiveLevel,
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
  if (!world_->ended() && name_rules_) {
    run::Places places(*world_->trace);
    run::report_waits(world_->scheduler, world_->framework, true, places);
  }
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
    const trace::Event& e = (*world_->trace)[i];
    if (e.code == trace::EventCode::ThreadStart &&
        trace::ThreadKind(e.a) != trace::ThreadKind::App &&
        trace::ThreadKind(e.a) != trace::ThreadKind::Setup)
      played_.most_threads = std::max(played_.most_threads, size_t(2));
  }
  played_.trace = world_->trace;
  return played_;
}

void Runner::print(const std::string& text) {
  sched::VThread* t = world_->scheduler.current();
  played_.lines.push_back(std::string(4 * (t ? t->level : 0), ' ') + text);
}

void Runner::result(int32_t status) { print("= " + trace::status_text(status)); }

// what the driver will do when a callback comes. False: not such a word.
bool Runner::set_reaction(const std::string& verb, const std::vector<std::string>& w,
                          const std::string& text) {
  static const char* const per_request[] = {"on",         "oncancel", "onstop", "onresume",
                                            "oncanceled", "oncaller", "onback", "oncreate"};
  for (const char* kind : per_request)
    if (verb == kind) {
      size_t at = text.find(w[1], verb.size()) + w[1].size();
      requests_[w[1]].name = w[1];
      requests_[w[1]].reactions[verb].push_back(text.substr(std::min(text.size(), at + 1)));
      return true;
    }
  static const char* const per_object[] = {"oncleanup", "ondestroy",  "ontimer", "onwork",
                                           "ondpc",     "onfcleanup", "onfclose"};
  for (const char* kind : per_object)
    if (verb == kind) {
      size_t at = text.find(w[1], verb.size()) + w[1].size();
      reactions_[verb + " " + w[1]].push_back(text.substr(std::min(text.size(), at + 1)));
      return true;
    }
  for (const char* kind : {"ond0entry", "ond0exit", "onsurprise"})
    if (verb == kind) {
      reactions_[verb + " "].push_back(text.substr(std::min(text.size(), verb.size() + 1)));
      return true;
    }
  if (verb == "onq" || verb == "onready" || verb == "onstate") {
    size_t at = text.find(w[1], verb.size()) + w[1].size();
    queue_reactions_[verb + " " + w[1]] = text.substr(std::min(text.size(), at + 1));
    return true;
  }
  return false;
}

//
void Runner::run_command(const std::string& text) {
  std::vector<std::string> w = words(text);
  const std::string& verb = w[0];
  if (verb == "option") return;
  if (set_reaction(verb, w, text)) return;
  commands_.push_back({text});
  Command& c = commands_.back();
  c.thread = world_->spawn(trace::ThreadKind::App, "command", {}, sched::kPassiveLevel, [this, &c] {
    execute(c.text);
    c.ended = true;
  });
  c.thread->level = 0;
  world_->settle();
  while (!world_->ended() && !tickers_.threads.empty()) {
    world_->scheduler.wake_all(tickers_, {});
    world_->settle();
  }
  played_.most_threads = std::max(played_.most_threads, world_->scheduler.live().size() + 1);
  if (world_->ended()) return;
  kmdf::validate_at_rest();
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
  if (set_reaction(verb, w, text)) return;
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
  if (verb[0] == 'q' || verb == "ready" || verb == "state") return do_queue_state_call(verb, w);
  static const char* const device_verbs[] = {"start",   "s0idle", "timers",   "power",     "pnp",
                                             "cleanup", "close",  "stopidle", "resumeidle"};
  for (const char* v : device_verbs)
    if (verb == v) return do_device(verb, w);
  if (do_object_word(verb, w) || do_target_word(verb, w) || do_more(verb, w, text)) return;
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
    auto* r = static_cast<kmdf::Request*>(world_->framework.find(ObjectId(raw)));
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
  if (!r.referenced && options_["ref"] != "off") {
    r.referenced = true;
    qs_WdfObjectReference(nullptr, 0, handle, nullptr);
  }
  return r;
}

void Runner::note_address(const std::string& name) {
  // From here on the name is that of another request: what it stood for has none any more.
  reused_by_.erase(name);
  for (auto it = reused_by_.begin(); it != reused_by_.end();)
    it = it->second == name ? reused_by_.erase(it) : std::next(it);
  finished_order_.erase(std::remove(finished_order_.begin(), finished_order_.end(), name),
                        finished_order_.end());
  for (size_t i = finished_order_.size(); i-- > 0;) {
    RequestState& old = requests_[finished_order_[i]];
    ObjectId id = old.handle ? ObjectId(uint32_t(reinterpret_cast<uintptr_t>(old.handle))) : old.id;
    kmdf::Object* o = world_->framework.find(id);
    if (o && o->refs > (old.referenced ? 1 : 0)) continue;  // somebody else keeps it
    reused_by_[finished_order_[i]] = name;
    finished_order_.erase(finished_order_.begin() + long(i));
    return;
  }
}

WDFREQUEST Runner::handle_of(const std::string& asked) {
  if (auto own = objects_.find(asked); own != objects_.end())
    return static_cast<WDFREQUEST>(static_cast<void*>(own->second));
  std::string name = asked;
  for (auto next = reused_by_.find(name); next != reused_by_.end(); next = reused_by_.find(name))
    name = next->second;
  auto it = requests_.find(name);
  if (it == requests_.end()) return nullptr;
  RequestState& r = it->second;
  if (r.handle) return r.handle;
  if (name != asked && r.irp && r.irp->request) return kmdf::h(r.irp->request);
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
