// Schedules drawn at random: inputs of every kind with words that are usual, borderline or
// nonsense, at any decision and any time, and picks of any thread. Owns: RandomSchedule. Called by
// tests of whatever must survive every schedule.
#pragma once
#include <string>
#include <vector>

#include "run/program.h"
#include "sched/schedule.h"
#include "tests/support/random.h"

namespace qs::test {

class RandomSchedule {
 public:
  // `decisions`, `end`: how many decisions the program takes by itself, and its last moment.
  RandomSchedule(const run::Program& program, uint32_t decisions, uint32_t end)
      : decisions_(decisions), end_(end) {
    for (const run::AppSpec& app : program.apps) {
      apps_.push_back(app.name);
      for (const std::string& file : app.files) files_.push_back(file);
    }
    for (const char* file : {"A", "B", "C"}) files_.push_back(file);
    queues_ = program.queue_names;
    for (const run::QueueSetup& q : program.graph.queues) queues_.push_back(q.name);
    queues_.push_back("default");
  }

  // `base` with up to 12 inputs and up to 6 picks more.
  sched::Schedule draw(Random& random, sched::Schedule base) const {
    sched::Schedule s = std::move(base);
    s.seed = random.below(100);
    for (uint32_t n = 1 + random.below(random.one_in(4) ? 12 : 4); n; --n)
      s.inputs.push_back(input(random));
    for (uint32_t n = random.one_in(2) ? random.below(7) : 0; n; --n)
      s.picks.push_back({random.below(decisions_ + decisions_ / 2 + 8), random.below(14)});
    return s;
  }

 private:
  using Words = std::vector<std::string>;

  static const std::string& one_of(Random& r, const Words& words) {
    return words[r.below(uint32_t(words.size()))];
  }
  static std::string number(Random& r) {
    static const Words numbers{"0",   "1",    "2",     "3",  "7", "16",
                               "100", "4096", "65536", "-1", "x", ""};
    return one_of(r, numbers);
  }
  std::string request(Random& r) const {
    static const Words letters{"R", "R", "R", "W", "C", "I", "O", "O"};
    return one_of(r, letters) + std::to_string(1 + r.below(4));
  }
  std::string nonsense(Random& r) const {
    static const Words words{"",  "nobody",   "default", "R1",        "A",       "=",      "\x01",
                             "%", "\xff\xfe", "*",       "request 1", "notepad", "queue 2"};
    return one_of(r, words);
  }
  std::string file(Random& r) const { return r.one_in(12) ? nonsense(r) : one_of(r, files_); }
  std::string app(Random& r) const {
    if (r.one_in(12)) return nonsense(r);
    return apps_.empty() || r.one_in(4) ? std::string() : one_of(r, apps_);
  }
  std::string queue(Random& r) const { return r.one_in(12) ? nonsense(r) : one_of(r, queues_); }

  sched::Input input(Random& r) const {
    sched::Input in;
    in.kind = sched::InputKind(r.below(uint32_t(sched::InputKind::Option) + 1));
    if (r.one_in(3)) in.kind = sched::InputKind::Send;  // without requests little happens
    say(in, r);
    if (r.one_in(20)) in.subject = nonsense(r);
    if (r.one_in(20)) in.text = nonsense(r);
    if (in.subject.empty() && !in.text.empty() && r.one_in(30)) std::swap(in.subject, in.text);
    moment(in, r);
    return in;
  }

  void moment(sched::Input& in, Random& r) const {
    switch (r.below(8)) {
      case 0: in.time = r.below(end_ + 2000); break;
      case 1: in.time = end_ + r.below(200'000'000); break;
      case 2: anchor(in, r); break;
      case 3: break;  // at once
      default: in.time = r.below(1000); in.ordinal = r.below(decisions_ + decisions_ / 4 + 8);
    }
  }
  void anchor(sched::Input& in, Random& r) const {
    static const Words codes{"Own",         "Send",     "Insert",     "CallbackEnter", "Completed",
                             "ThreadStart", "FileOpen", "QueuePower", "nothing",       "Input"};
    static const Words words{"own(*)",  "moves(*)", "enter(*)",  "arrive(*,*)",     "input()",
                             "line(*)", "call(*)",  "time(1ms)", "owner(*,driver)", "forward()"};
    const std::string object = r.one_in(2) ? request(r) : r.one_in(2) ? queue(r) : std::string();
    in.anchor = r.one_in(2)
                    ? "event(" + one_of(r, codes) + (object.empty() ? "" : ",") + object + ")"
                    : one_of(r, words);
    in.anchor_count = r.below(4);
    if (r.one_in(3))
      in.at_once = true;
    else if (r.one_in(3))
      in.anchor_delay = r.one_in(5) ? 4'294'967'295u : r.below(20'000);
  }

  void say(sched::Input& in, Random& r) const {
    switch (in.kind) {
      case sched::InputKind::Send: in.subject = app(r), in.text = send(r); break;
      case sched::InputKind::Cancel: in.subject = request(r); break;
      case sched::InputKind::OpenFile: in.subject = file(r), in.text = app(r); break;
      case sched::InputKind::CloseHandle:
      case sched::InputKind::CloseFile: in.subject = file(r); break;
      case sched::InputKind::AppExit: in.subject = app(r); break;
      case sched::InputKind::Power: in.subject = one_of(r, {"down", "up"}); break;
      case sched::InputKind::Pnp:
        in.text = one_of(
            r, {"start", "stop", "querystop", "cancelstop", "queryremove", "surprise", "remove"});
        break;
      case sched::InputKind::Order: in.subject = request(r), in.text = order(r); break;
      case sched::InputKind::QueueOrder: in.subject = queue(r), in.text = queue_order(r); break;
      case sched::InputKind::Button: in.text = number(r); break;
      case sched::InputKind::Memory:
        in.text = one_of(r, {"plenty", "none", "sometimes", "nth=1", "nth=3", "nth=0"});
        break;
      case sched::InputKind::Lower:
        in.text = one_of(r, {"delay_us=0", "delay_us=300", "delay_ms=5000000", "deaf=on",
                             "deaf=off", "status=STATUS_SUCCESS", "status=0xC0000001"});
        break;
      case sched::InputKind::Setup:
        in.subject = r.one_in(4) ? "*" : queue(r), in.text = setup(r);
        break;
      case sched::InputKind::Override: in.subject = queue(r), in.text = setup(r); break;
      case sched::InputKind::Option:
        in.text = one_of(r, {"verifier=off", "verifier=on", "minor=9", "minor=1", "minor=33",
                             "undefined=continue", "undefined=stop", "breaks=off"});
        break;
      default: break;  // timers
    }
  }

  std::string send(Random& r) const {
    std::string out = one_of(r, {"read ", "read ", "write ", "ioctl ", "iioctl "}) + number(r);
    if (r.one_in(2)) out += " file=" + file(r);
    if (r.one_in(4)) out += " out=" + number(r);
    if (r.one_in(6)) out += " code=" + one_of(r, {"0", "0x222003", "0x22e000", "3"});
    if (r.one_in(4))
      out +=
          " data=" + one_of(r, {"\"AT\\r\"", "0x00FF0D", "\"a b, c\"", "\"open", "0x4", "AT", ""});
    if (r.one_in(8)) out += " precancel";
    if (r.one_in(8)) out += " irql=2";
    return out;
  }
  std::string order(Random& r) const {
    switch (r.below(6)) {
      case 0: return "complete " + one_of(r, {"ok", "cancelled", "pending", "0xC0000001"});
      case 1: return "complete ok " + number(r);
      case 2: return "forward " + queue(r);
      case 3: return "return";
      default:
        return one_of(r, {"requeue", "mark", "markex", "unmark", "iscanceled", "send", "sendsync",
                          "forget", "cancelsent", "enqueue", "setinfo 5", "stopack requeue",
                          "stopack norequeue", "delete"});
    }
  }
  std::string queue_order(Random& r) const {
    switch (r.below(8)) {
      case 0: return "retrievefile " + file(r);
      case 1: return "find" + (r.one_in(2) ? " after=" + request(r) : std::string());
      case 2: return "retrievefound " + request(r);
      case 3: return "retrieve";
      default:
        return one_of(r, {"start", "stop", "stopsync", "drain", "drainsync", "purge", "purgesync",
                          "stoppurge", "stoppurgesync", "ready on", "ready off", "state", "delete",
                          "return"});
    }
  }
  std::string setup(Random& r) const {
    std::string out;
    for (uint32_t n = 1 + r.below(4); n; --n)
      out += (out.empty() ? "" : " ") + one_of(r, {"dispatch=seq",
                                                   "dispatch=par",
                                                   "dispatch=man",
                                                   "limit=0",
                                                   "limit=1",
                                                   "limit=2",
                                                   "scope=none",
                                                   "scope=queue",
                                                   "scope=device",
                                                   "exec=passive",
                                                   "exec=dispatch",
                                                   "zero=on",
                                                   "coq=off",
                                                   "power=on",
                                                   "power=off",
                                                   "default",
                                                   "handlers=read+write+stop",
                                                   "handlers=default+canceled",
                                                   "routes=write",
                                                   "routes=create",
                                                   "filter=on",
                                                   "caller=on",
                                                   "limit=x",
                                                   "routes=fly"});
    return out;
  }

  uint32_t decisions_, end_;
  Words apps_, files_, queues_;
};

}  // namespace qs::test
