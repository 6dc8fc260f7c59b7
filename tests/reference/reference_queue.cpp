#include "tests/reference/reference_queue.h"

#include <algorithm>
#include <sstream>

namespace qs::test {

namespace {

std::vector<std::string> split(const std::string& text) {
  std::stringstream in(text);
  std::vector<std::string> out;
  for (std::string w; in >> w;) out.push_back(w);
  return out;
}

void drop(std::deque<int>& list, int item) {
  list.erase(std::remove(list.begin(), list.end(), item), list.end());
}

int take(std::deque<int>& list) {
  int item = list.front();
  list.pop_front();
  return item;
}

std::string value(const std::vector<std::string>& w, const std::string& key) {
  for (const std::string& s : w)
    if (s.compare(0, key.size() + 1, key + "=") == 0) return s.substr(key.size() + 1);
  return "";
}

std::string status_of(const std::string& word) {
  if (word == "ok") return "STATUS_SUCCESS";
  if (word == "cancelled") return "STATUS_CANCELLED";
  return "STATUS_IO_DEVICE_ERROR";
}

}  // namespace

int Reference::add_queue(Queue q) {
  queues.push_back(std::move(q));
  return int(queues.size()) - 1;
}

int Reference::add_request(const std::string& name) {
  requests.emplace_back();
  requests.back().name = name;
  return int(requests.size()) - 1;
}

int Reference::request(const std::string& name) const {
  for (size_t i = 0; i < requests.size(); ++i)
    if (requests[i].name == name) return int(i);
  return -1;
}

int Reference::queue(const std::string& name) const {
  for (size_t i = 0; i < queues.size(); ++i)
    if (queues[i].name == name) return int(i);
  return -1;
}

void Reference::play(const std::string& command) {
  level_ = 0;
  execute(command);
}

void Reference::print(const std::string& text) {
  if (ended) return;
  lines.push_back(std::string(size_t(4 * level_), ' ') + text);
}

void Reference::result(const std::string& status) { print("= " + status); }

std::string Reference::reaction(int r, const char* kind) {
  auto& list = requests[size_t(r)].reactions[kind];
  if (list.empty()) return "";
  std::string ops = list.front();
  list.pop_front();
  return ops;
}

void Reference::callback(const std::string& line, const std::string& ops, int r, int q) {
  print("- " + line);
  ++level_;
  react(ops, r < 0 ? "" : requests[size_t(r)].name, queues[size_t(q)].name);
  --level_;
}

void Reference::react(const std::string& ops, const std::string& r, const std::string& q) {
  std::stringstream in(ops);
  for (std::string op; std::getline(in, op, ';');) {
    std::string text;
    for (const std::string& w : split(op))
      text += (text.empty() ? "" : " ") + (w == "$" ? r : w == "$q" ? q : w);
    if (!text.empty()) execute(text);
  }
}

// --- how a queue gives its driver things (rules D) ---

// A request that has to wait goes to the tail, unless its IRP is already cancelled.
bool Reference::put_tail(int q, int r) {
  Request& request = requests[size_t(r)];
  if (request.flag) {
    request.bit = true;
    finish(r, "STATUS_CANCELLED", "0", false);
    return false;
  }
  request.waiting = true;
  request.queue = q;
  queues[size_t(q)].waiting.push_back(r);
  announce(q);
  return true;
}

void Reference::announce(int q) {
  Queue& queue = queues[size_t(q)];
  if (queue.waiting.size() == 1) queue.ready = true;
}

void Reference::charge(int q, int r) {
  Queue& queue = queues[size_t(q)];
  ++queue.charged;
  queue.owned.push_back(r);
  requests[size_t(r)].owned = true;
  requests[size_t(r)].queue = q;
}

void Reference::uncharge(int q, int r) {
  Queue& queue = queues[size_t(q)];
  --queue.charged;
  for (auto* list : {&queue.owned, &queue.to_ask, &queue.asked}) drop(*list, r);
  requests[size_t(r)].owned = false;
}

void Reference::enter(int q, int fresh) {
  ++queues[size_t(q)].depth;
  while (step(q, fresh)) {}
  --queues[size_t(q)].depth;
}

void Reference::enter_guarded(int q) {  // D-03
  if (queues[size_t(q)].depth == 0) enter(q);
}

// What comes next on this queue: the first of D-05 that applies. False: nothing.
bool Reference::step(int q, int& fresh) {
  auto at = [&]() -> Queue& { return queues[size_t(q)]; };
  bool asking = at().power == Asking;
  size_t total = at().waiting.size() + at().charged + (fresh >= 0);
  auto wait_with_it = [&] {  // false: it was cancelled instead, and the turn begins again
    if (fresh < 0) return true;
    int r = fresh;
    fresh = -1;
    return put_tail(q, r);
  };
  if (!at().due.empty() && !asking) {
    if (!wait_with_it()) return true;
    int r = take(at().due);
    requests[size_t(r)].due = false;
    requests[size_t(r)].told = true;
    std::string ops = reaction(r, "oncancel");
    callback("EvtRequestCancel req=" + requests[size_t(r)].name,
             ops.empty() ? "complete $ cancelled 0" : ops, r, q);
    return true;
  }
  if (!at().queue_due.empty() && !asking) {
    if (!wait_with_it()) return true;
    int r = take(at().queue_due);
    requests[size_t(r)].queue_due = false;
    requests[size_t(r)].queue_told = requests[size_t(r)].seen = true;
    std::string ops = reaction(r, "oncanceled");
    callback("EvtIoCanceledOnQueue queue=" + at().name + " req=" + requests[size_t(r)].name,
             ops.empty() ? "complete $ cancelled 0" : ops, r, q);
    return true;
  }
  if (!at().idle_slot.empty() && at().depth == 1 && at().charged == 0) {
    wait_with_it();
    at().latch = false;
    std::string word = at().idle_slot;
    at().idle_slot.clear();
    callback("EvtQueueState(" + word + ") queue=" + at().name, "", -1, q);
    return true;
  }
  if (!at().purge_slot.empty() && at().depth == 1 && total == 0) {
    at().latch = false;
    std::string word = at().purge_slot;
    at().purge_slot.clear();
    callback("EvtQueueState(" + word + ") queue=" + at().name, "", -1, q);
    return true;
  }
  bool open = at().power == On && at().dispatch;
  bool manual = at().kind == 'm';
  bool full =
      (at().kind == 's' && at().charged > 0) || (at().kind == 'p' && at().charged >= at().limit);
  if (!open || manual || full) {
    if (!wait_with_it()) return true;
    if (at().power != On && at().power != Off) return power_step(q);
    if (!open || !manual || !at().ready_cb || !at().ready) return false;
    at().ready = false;
    callback("EvtQueueReady queue=" + at().name, "retrieve $q", -1, q);
    return true;
  }
  int next = -1;
  if (!at().waiting.empty()) {
    next = take(at().waiting);
    requests[size_t(next)].waiting = false;
    charge(q, next);
    wait_with_it();
  } else if (fresh >= 0) {
    next = fresh;
    fresh = -1;
    at().ready = true;
    charge(q, next);
  } else {
    return false;
  }
  deliver(q, next);
  return true;
}

bool Reference::silent_zero(const Queue& q, const Request& r) const {
  return r.length == 0 && r.type != 'c' && !q.zero;
}

void Reference::deliver(int q, int r) {  // D-20
  const Queue& queue = queues[size_t(q)];
  Request& request = requests[size_t(r)];
  std::string number = std::to_string(request.length), handler;
  if (request.type == 'r' && queue.read)
    handler = "EvtIoRead";
  else if (request.type == 'w' && queue.write)
    handler = "EvtIoWrite";
  else if (request.type == 'c' && queue.control)
    handler = "EvtIoDeviceControl";
  else if (queue.any)
    handler = "EvtIoDefault";
  if (handler.empty()) return finish(r, "STATUS_INVALID_DEVICE_REQUEST", "0", true);
  if (silent_zero(queue, request)) return finish(r, "STATUS_SUCCESS", "0", true);
  request.presented = request.seen = true;
  std::string more = handler == "EvtIoDefault"         ? ""
                     : handler == "EvtIoDeviceControl" ? " in=" + number + " out=0"
                                                       : " length=" + number;
  callback(handler + " queue=" + queue.name + " req=" + request.name + more, reaction(r, "on"), r,
           q);
}

// --- how requests end (rules C and K) ---

void Reference::finish(int r, const std::string& status, const std::string& information,
                       bool charged) {
  Request& request = requests[size_t(r)];
  int q = request.queue;
  request.done = true;
  print("* COMPLETED " + request.name + " status=" + status + " info=" + information);
  if (!charged) return;
  uncharge(q, r);
  enter_guarded(q);
}

void Reference::cancelled_in_queue(int q, int r) {  // C-05, C-07
  Request& request = requests[size_t(r)];
  request.bit = true;
  request.queue = q;
  if (request.presented && queues[size_t(q)].canceled) {
    charge(q, r);
    request.queue_due = true;
    queues[size_t(q)].queue_due.push_back(r);
  } else {
    finish(r, "STATUS_CANCELLED", "0", false);
  }
  enter_guarded(q);
}

void Reference::claim_marked(int q, int r) {  // C-10
  Request& request = requests[size_t(r)];
  drop(queues[size_t(q)].marks, r);
  request.marked = false;
  request.bit = request.due = true;
  queues[size_t(q)].due.push_back(r);
  enter_guarded(q);
}

void Reference::cancel(int r) {
  Request& request = requests[size_t(r)];
  bool taken = !request.done && (request.waiting || request.marked);
  if (!request.done) request.flag = true;
  if (taken && request.waiting) {
    request.waiting = false;
    drop(queues[size_t(request.queue)].waiting, r);
    cancelled_in_queue(request.queue, r);
  } else if (taken) {
    claim_marked(request.queue, r);
  }
  result(std::string("IoCancelIrp returned ") + (taken ? "TRUE" : "FALSE"));
}

void Reference::mark(int r, bool ex) {  // C-20 to C-22
  Request& request = requests[size_t(r)];
  Queue& queue = queues[size_t(request.queue)];
  bool late = request.flag || queue.latch;
  if (!late) {
    request.marked = true;
    queue.marks.push_back(r);
  } else if (!ex) {
    claim_marked(request.queue, r);
  }
  if (ex) result(late ? "STATUS_CANCELLED" : "STATUS_SUCCESS");
}

// --- how requests move (sections 3, 6, 7) ---

void Reference::arrive(const std::vector<std::string>& w) {
  int r = request(w[1]);
  if (r < 0) r = add_request(w[1]);
  Request& request = requests[size_t(r)];
  request.type = w[2] == "read" ? 'r' : w[2] == "write" ? 'w' : 'c';
  request.length = std::stoi(w[3]);
  request.file = value(w, "file");
  request.arrived = true;
  request.flag = std::find(w.begin(), w.end(), "precancel") != w.end();
  int q = 0;  // the first queue is the default one
  if (!queues[size_t(q)].accept) {
    finish(r, "STATUS_INVALID_DEVICE_STATE", "0", false);
    return result("dispatch routine returned STATUS_INVALID_DEVICE_STATE");
  }
  request.queue = q;
  enter(q, r);
  result("dispatch routine returned STATUS_PENDING");
}

void Reference::forward(int r, int to) {  // F-12
  int from = requests[size_t(r)].queue;
  Queue& source = queues[size_t(from)];
  for (auto* list : {&source.owned, &source.to_ask, &source.asked}) drop(*list, r);
  if (!queues[size_t(to)].accept) {
    source.owned.push_back(r);
    return result("STATUS_WDF_BUSY");
  }
  Request& request = requests[size_t(r)];
  request.owned = false;
  request.queue = to;
  if (request.flag) {
    cancelled_in_queue(to, r);
  } else {
    request.waiting = true;
    queues[size_t(to)].waiting.push_back(r);
    announce(to);
  }
  enter(to);
  --queues[size_t(from)].charged;
  enter_guarded(from);
  result("STATUS_SUCCESS");
}

void Reference::requeue(int r) {  // F-03, F-04
  int q = requests[size_t(r)].queue;
  if (queues[size_t(q)].kind != 'm') return result("STATUS_INVALID_DEVICE_REQUEST");
  uncharge(q, r);
  if (queues[size_t(q)].latch || requests[size_t(r)].flag) {
    cancelled_in_queue(q, r);
  } else {
    requests[size_t(r)].waiting = true;
    queues[size_t(q)].waiting.push_front(r);
    announce(q);
  }
  enter(q);
  result("STATUS_SUCCESS");
}

// `tag`: exactly that one; else the first, of `file` if one is given (G-01 to G-05).
void Reference::retrieve(int q, const std::string& file, int tag) {
  if (queues[size_t(q)].kind == 'p') return result("STATUS_INVALID_DEVICE_STATE");
  for (;;) {
    Queue& queue = queues[size_t(q)];
    if (queue.power == Off || !queue.dispatch) return result("STATUS_WDF_PAUSED");
    auto wanted = [&](int r) {
      return tag >= 0 ? r == tag : file.empty() || requests[size_t(r)].file == file;
    };
    auto it = std::find_if(queue.waiting.begin(), queue.waiting.end(), wanted);
    if (it == queue.waiting.end())
      return result(tag >= 0 ? "STATUS_NOT_FOUND" : "STATUS_NO_MORE_ENTRIES");
    int r = *it;
    queue.waiting.erase(it);
    requests[size_t(r)].waiting = false;
    if (silent_zero(queue, requests[size_t(r)])) {
      finish(r, "STATUS_SUCCESS", "0", false);
      continue;
    }
    charge(q, r);
    requests[size_t(r)].presented = requests[size_t(r)].seen = true;
    return result("STATUS_SUCCESS -> " + requests[size_t(r)].name);
  }
}

void Reference::find(int q, int after, const std::string& file) {  // G-08, G-09
  const Queue& queue = queues[size_t(q)];
  if (queue.kind != 'm') return result("STATUS_INVALID_DEVICE_REQUEST");
  bool met = after < 0;
  for (int r : queue.waiting) {
    if (!met) {
      met = r == after;
    } else if (file.empty() || requests[size_t(r)].file == file) {
      requests[size_t(r)].seen = true;
      return result("STATUS_SUCCESS -> " + requests[size_t(r)].name);
    }
  }
  result(met ? "STATUS_NO_MORE_ENTRIES" : "STATUS_NOT_FOUND");
}

// --- the states of a queue (rules Q) ---

// Everything that waits, from the head (with `only_marked` what waited when it began), then
// everything that is cancelable.
void Reference::purge(int q, bool only_marked) {
  if (only_marked)
    for (int r : queues[size_t(q)].waiting) requests[size_t(r)].bit = true;
  for (;;) {
    Queue& queue = queues[size_t(q)];
    if (queue.waiting.empty()) break;
    if (only_marked && !requests[size_t(queue.waiting.front())].bit) break;
    int r = take(queue.waiting);
    requests[size_t(r)].waiting = false;
    cancelled_in_queue(q, r);
  }
  while (!queues[size_t(q)].marks.empty()) claim_marked(q, queues[size_t(q)].marks.front());
}

void Reference::queue_call(const std::string& verb, int q, bool callback) {
  Queue& queue = queues[size_t(q)];
  bool stops = verb == "qstop" || verb == "qstoppurge";
  bool purges = verb == "qpurge" || verb == "qstoppurge";
  if (callback) {
    std::string word = verb == "qstop"    ? "Stop"
                       : verb == "qdrain" ? "Drain"
                       : verb == "qpurge" ? "Purge"
                                          : "StopAndPurge";
    std::string& slot = stops ? queue.idle_slot : queue.purge_slot;
    if (!slot.empty()) {
      print("!! BUGCHECK 0x10d (0xa, <ptr>, 0x0)");
      ended = true;
    }
    slot = word;
  }
  queue.accept = stops;
  if (stops) queue.dispatch = false;
  if (purges) {
    queue.latch = true;
    purge(q, stops);
  }
  enter(q);
}

void Reference::ready(int q, bool on) {
  Queue& queue = queues[size_t(q)];
  if (queue.kind != 'm' || queue.ready_cb == on || (!on && queue.dispatch))
    return result("STATUS_INVALID_DEVICE_REQUEST");
  queue.ready_cb = on;
  enter(q);
  result("STATUS_SUCCESS");
}

void Reference::cleanup(const std::string& file) {  // L-06
  print("- EvtFileCleanup");
  for (size_t q = 0; q < queues.size(); ++q) {
    for (;;) {
      auto& waiting = queues[q].waiting;
      auto it = std::find_if(waiting.begin(), waiting.end(),
                             [&](int r) { return requests[size_t(r)].file == file; });
      if (it == waiting.end()) break;
      int r = *it;
      waiting.erase(it);
      requests[size_t(r)].waiting = false;
      cancelled_in_queue(int(q), r);
    }
    enter(int(q));
  }
  result("STATUS_SUCCESS");
}

void Reference::state(int q) {
  const Queue& queue = queues[size_t(q)];
  std::string bits;
  auto add = [&](bool set, const char* word) {
    if (set) bits += (bits.empty() ? "" : "|") + std::string(word);
  };
  add(queue.accept, "AcceptRequests");
  add(queue.dispatch, "DispatchRequests");
  add(queue.waiting.empty(), "NoRequests");
  add(queue.charged == 0, "DriverNoRequests");
  add(queue.managed && queue.power != On, "PnpHeld");
  result("state " + bits + " queued=" + std::to_string(queue.waiting.size()) +
         " driver=" + std::to_string(queue.charged));
}

// --- power (rules P) ---

bool Reference::power_step(int q) {
  Queue& queue = queues[size_t(q)];
  if (queue.power == Asking) {
    if (queue.to_ask.empty()) {
      queue.power = Asked;
      return true;
    }
    int r = take(queue.to_ask);
    queue.asked.push_back(r);
    if (!queue.stop || requests[size_t(r)].bit) return true;
    callback("EvtIoStop queue=" + queue.name + " req=" + requests[size_t(r)].name +
                 " flags=Suspend" + (requests[size_t(r)].marked ? "|RequestCancelable" : ""),
             reaction(r, "onstop"), r, q);
    return true;
  }
  if (queue.power != Asked) return false;
  std::deque<int> answered;
  for (int r : queue.asked)
    if (requests[size_t(r)].ack) answered.push_back(r);
  for (int r : answered) {
    drop(queue.asked, r);
    queue.owned.push_back(r);
    bool back = requests[size_t(r)].ack == 2;
    requests[size_t(r)].ack = 0;
    if (!back) continue;
    uncharge(q, r);
    if (queue.latch || requests[size_t(r)].flag) {
      cancelled_in_queue(q, r);
    } else {
      requests[size_t(r)].waiting = true;
      queue.waiting.push_front(r);
      announce(q);
    }
  }
  if (queue.asked.empty() && queue.depth == 1) {
    queue.power = Off;
    return true;
  }
  return !answered.empty();
}

void Reference::power_down() {
  for (size_t q = 0; q < queues.size(); ++q)
    if (queues[q].managed) {
      queues[q].power = Starting;
      enter(int(q));
    }
  for (size_t q = 0; q < queues.size(); ++q)
    if (queues[q].managed) {
      queues[q].to_ask = std::move(queues[q].owned);
      queues[q].owned.clear();
      queues[q].power = Asking;
      enter(int(q));
    }
  asleep = true;
  print("- EvtDeviceD0Exit target=D3");
  result("STATUS_SUCCESS");
}

void Reference::power_up() {
  asleep = false;
  result("STATUS_SUCCESS");
  level_ = 1;  // on a thread of its own
  print("- EvtDeviceD0Entry previous=D3");
  for (size_t q = 0; q < queues.size(); ++q) {
    if (!queues[q].managed) continue;
    queues[q].power = Resuming;
    std::deque<int> owned = std::move(queues[q].owned);
    queues[q].owned.clear();
    for (int r : owned) {
      queues[q].owned.push_back(r);
      if (queues[q].resume && !requests[size_t(r)].bit)
        callback("EvtIoResume queue=" + queues[q].name + " req=" + requests[size_t(r)].name, "", r,
                 int(q));
    }
    queues[q].power = On;
  }
  for (size_t q = 0; q < queues.size(); ++q)
    if (queues[q].managed) {
      if (!queues[q].waiting.empty()) queues[q].ready = true;
      enter(int(q));
    }
}

// --- the words ---

void Reference::execute(const std::string& text) {
  print("> " + text);
  std::vector<std::string> w = split(text);
  const std::string& verb = w[0];
  if (verb == "arrive") return arrive(w);
  if (verb == "cleanup") return cleanup(w[1]);
  if (verb == "power") return w[1] == "down" ? power_down() : power_up();
  if (int q = queue(w[1]); q >= 0) {
    if (verb == "state") return state(q);
    if (verb == "ready") return ready(q, w[2] == "on");
    if (verb == "retrieve") return retrieve(q, "", -1);
    if (verb == "retrievefile") return retrieve(q, w[2], -1);
    if (verb == "retrievefound") return retrieve(q, "", request(w[2]));
    if (verb == "find")
      return find(q, value(w, "after").empty() ? -1 : request(value(w, "after")), value(w, "file"));
    if (verb == "qstart") {
      Queue& queue = queues[size_t(q)];
      queue.accept = queue.dispatch = true;
      queue.latch = false;
      if (!queue.waiting.empty()) queue.ready = true;
      return enter(q);
    }
    return queue_call(verb, q, w.size() < 3);
  }
  int r = request(w[1]);
  Request& it = requests[size_t(r)];
  if (verb == "complete") return finish(r, status_of(w[2]), w.size() > 3 ? w[3] : "0", true);
  if (verb == "cancel") return cancel(r);
  if (verb == "forward") return forward(r, queue(w[2]));
  if (verb == "requeue") return requeue(r);
  if (verb == "mark" || verb == "markex") return mark(r, verb == "markex");
  if (verb == "iscanceled") return result(it.flag || it.bit ? "TRUE" : "FALSE");
  if (verb == "stopack") {
    it.ack = w[2] == "requeue" ? 2 : 1;
    return;
  }
  if (verb == "unmark") {  // C-30 to C-32
    bool won = it.marked;
    if (won) drop(queues[size_t(it.queue)].marks, r);
    it.marked = false;
    result(won ? "STATUS_SUCCESS" : "STATUS_CANCELLED");
  }
}

}  // namespace qs::test
