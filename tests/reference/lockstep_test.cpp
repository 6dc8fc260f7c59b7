// The engine and the reference account of tests/reference/reference_queue.h do the same random
// things, one after the other, and must say the same after each: callbacks in order, results,
// completions, and the state of every queue.
#include <doctest/doctest.h>

#include "conform/scenario.h"
#include "support/seed.h"
#include "tests/reference/reference_queue.h"

using namespace qs;
using qs::test::Random;
using qs::test::Reference;

namespace {

// Draws a set-up and then operations that are legal in the state that the reference is in. What is
// undefined in the original is left out: both sides would only show their own taste.
class Story {
 public:
  explicit Story(uint64_t seed) : random_(seed) {}

  conform::Scenario tell(int operations) {
    set_up();
    for (int i = 0; i < operations && !reference_.ended; ++i) {
      std::string op = draw();
      if (op.empty()) continue;
      play(op);
      for (const auto& q : reference_.queues)
        if (!reference_.ended) play("state " + q.name);
    }
    conform::Scenario s;
    s.name = "lockstep";
    s.script = script_;
    s.trace = reference_.lines;
    return s;
  }

 private:
  static constexpr unsigned kFiles = 2;

  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[random_.below(uint32_t(list.size()))];
  }
  bool maybe() { return random_.one_in(2); }
  std::string number(uint32_t below) { return std::to_string(random_.below(below)); }
  std::string file() { return one_of<std::string>({"F", "G"}); }

  void play(const std::string& command) {
    script_.push_back(command);
    reference_.play(command);
  }

  // A line of the set-up, with the trace that it has.
  void line(const std::string& command, const std::vector<std::string>& trace) {
    script_.push_back(command);
    reference_.lines.push_back("> " + command);
    for (const std::string& t : trace) reference_.lines.push_back(t);
  }

  void set_up() {
    unsigned count = 2 + random_.below(2);
    for (unsigned i = 0; i < count; ++i) add_queue(i);
    line("start", {"- EvtDeviceD0Entry previous=D3Final", "= STATUS_SUCCESS"});
    line("open F", {"= STATUS_SUCCESS"});
    line("open G", {"= STATUS_SUCCESS"});
  }

  void add_queue(unsigned i) {
    Reference::Queue q;
    q.name = "Q" + std::to_string(i);
    q.kind = one_of<char>({'s', 'p', 'm'});
    q.is_default = i == 0;
    q.zero = maybe();
    q.managed = maybe();
    q.stop = maybe();
    q.resume = maybe();
    q.canceled = maybe();
    std::string kind = q.kind == 's' ? "seq" : q.kind == 'p' ? "par" : "man", callbacks;
    std::string text = "queue " + q.name + " " + kind;
    auto add = [&](bool there, const char* word) {
      if (there) callbacks += (callbacks.empty() ? "" : ",") + std::string(word);
    };
    if (q.is_default) text += " default";
    if (q.kind == 'p' && maybe()) {
      q.limit = random_.below(4);
      text += " n=" + std::to_string(q.limit);
    }
    if (q.zero) text += " zero";
    text += q.managed ? " power=on" : " power=off";
    if (q.kind != 'm') {
      q.read = maybe();
      q.write = maybe();
      q.control = maybe();
      q.any = maybe() || !(q.read || q.write || q.control);
    }
    add(q.read, "read");
    add(q.write, "write");
    add(q.control, "ioctl");
    add(q.any, "default");
    add(q.stop, "stop");
    add(q.resume, "resume");
    add(q.canceled, "canceled");
    if (!callbacks.empty()) text += " cb=" + callbacks;
    reference_.add_queue(q);
    line(text, {"= STATUS_SUCCESS"});
    if (q.kind == 'm') script_.push_back("onready " + q.name + " retrieve $q");
  }

  // --- operations ---

  std::string draw() {
    switch (random_.below(12)) {
      case 0:
      case 1:
      case 2: return arrival();
      case 3:
      case 4:
      case 5:
      case 6: return to_request();
      case 7:
      case 8: return to_manual_queue();
      case 9:
      case 10: return to_queue();
      default: return power_or_cleanup();
    }
  }

  std::string queue_name() { return one_of(reference_.queues).name; }

  // What a handler does with its request: each is legal whatever queue it is on.
  std::string handler() {
    std::string other = queue_name();
    switch (random_.below(16)) {
      case 0:
      case 1: return "complete $ ok " + number(4);
      case 2: return "forward $ " + other;
      case 3: return "markex $";
      case 4: return "mark $";
      case 5: return "mark $; unmark $";
      case 6: return "mark $; cancel $";
      case 7: return "markex $; cancel $; iscanceled $";
      case 8: return "complete $ ioerr; arrive " + fresh() + " read 16 file=F";
      case 9: return "arrive " + fresh() + " write 16 file=G; complete $ ok 2";
      case 10: return "cancel $; " + one_of<std::string>({"mark $", "markex $", "iscanceled $"});
      case 11:
        return one_of<std::string>({"qstart ", "qstop ", "qdrain ", "qpurge "}) + other +
               " nocb; iscanceled $";
      case 12:
        return one_of<std::string>({"qstop ", "qdrain ", "qpurge ", "qstoppurge "}) + other +
               "; complete $ ok 1";
      case 13: return "qstoppurge " + other + " nocb; iscanceled $";
      default: return "cancel $; forward $ " + other;
    }
  }

  std::string fresh() { return "R" + std::to_string(++last_); }

  void prepare(const std::string& kind, int r, const std::string& ops) {
    auto& request = reference_.requests[size_t(r)];
    script_.push_back(kind + " " + request.name + " " + ops);
    request.reactions[kind].push_back(ops);
  }

  std::string arrival() {
    std::string name = fresh();
    int r = reference_.add_request(name);
    if (maybe()) prepare("on", r, handler());
    if (random_.one_in(4))
      prepare("oncancel", r, one_of<std::string>({"unmark $", "complete $ ok 1"}));
    if (random_.one_in(4)) prepare("oncanceled", r, "iscanceled $");
    if (maybe())
      prepare("onstop", r,
              one_of<std::string>({"stopack $ norequeue", "stopack $ requeue", "complete $ ok 3"}));
    static const std::vector<std::string> types = {"read", "write", "ioctl"};
    std::string text = "arrive " + name + " " + one_of(types) + " " +
                       one_of<std::string>({"0", "16", "16", "16"}) + " file=" + file();
    return random_.one_in(10) ? text + " precancel" : text;
  }

  std::vector<int> those(bool (*want)(const Reference::Request&)) {
    std::vector<int> out;
    for (size_t i = 0; i < reference_.requests.size(); ++i)
      if (reference_.requests[i].arrived && want(reference_.requests[i])) out.push_back(int(i));
    return out;
  }

  std::string to_request() {
    if (random_.one_in(4)) {
      auto live = those([](const Reference::Request& r) { return !r.done; });
      return live.empty() ? "" : "cancel " + reference_.requests[size_t(one_of(live))].name;
    }
    auto owned = those([](const Reference::Request& r) { return r.owned && r.seen; });
    if (owned.empty()) return "";
    const auto& r = reference_.requests[size_t(one_of(owned))];
    if (r.due || r.queue_due) return "";
    if (r.marked) return "unmark " + r.name;
    std::string done =
        "complete " + r.name + " " + one_of<std::string>({"ok 4", "ioerr", "cancelled 0"});
    if (r.told) return maybe() ? done : "unmark " + r.name;
    if (r.queue_told) return maybe() ? done : "iscanceled " + r.name;
    switch (random_.below(8)) {
      case 0:
      case 1: return done;
      case 2:
      case 3: {
        const auto& to = one_of(reference_.queues);
        return reference_.queue(to.name) == r.queue ? "" : "forward " + r.name + " " + to.name;
      }
      case 4: return "requeue " + r.name;
      case 5: return "mark " + r.name;
      case 6: return "markex " + r.name;
      default: return one_of<std::string>({"unmark ", "iscanceled "}) + r.name;
    }
  }

  std::string to_manual_queue() {
    const auto& q = one_of(reference_.queues);
    std::string tag;
    for (int r : q.waiting)
      if (reference_.requests[size_t(r)].seen && maybe()) tag = reference_.requests[size_t(r)].name;
    switch (random_.below(7)) {
      case 0:
      case 1: return "retrieve " + q.name;
      case 2: return "retrievefile " + q.name + " " + file();
      case 3: return "find " + q.name + (maybe() ? " file=" + file() : "");
      case 4: return tag.empty() ? "" : "find " + q.name + " after=" + tag;
      case 5: return tag.empty() ? "" : "retrievefound " + q.name + " " + tag;
      default: return "ready " + q.name + (maybe() ? " on" : " off");
    }
  }

  std::string to_queue() {
    const auto& q = one_of(reference_.queues);
    if (maybe()) return "qstart " + q.name;
    std::string verb = one_of<std::string>({"qstop", "qdrain", "qpurge", "qstoppurge"});
    bool stops = verb == "qstop" || verb == "qstoppurge";
    bool busy = !(stops ? q.idle_slot : q.purge_slot).empty();
    return verb + " " + q.name + (busy || maybe() ? " nocb" : "");
  }

  // The power may go down when every request that would hold it up answers its EvtIoStop.
  bool may_sleep() {
    for (const auto& q : reference_.queues) {
      if (!q.managed) continue;
      for (int i : q.owned) {
        auto& r = reference_.requests[size_t(i)];
        auto& answers = r.reactions["onstop"];
        if (!q.stop || r.bit || answers.empty()) return false;
        if (r.marked && answers.front() != "stopack $ norequeue") return false;
      }
    }
    return true;
  }

  std::string power_or_cleanup() {
    if (random_.one_in(3)) return "cleanup " + file();
    if (reference_.asleep) return "power up";
    return may_sleep() ? "power down" : "";
  }

  Random random_;
  Reference reference_;
  std::vector<std::string> script_;
  int last_ = 0;
};

std::string script_of(const conform::Scenario& s) {
  std::string out;
  for (const std::string& line : s.script)
    if (line.compare(0, 6, "state ") != 0) out += line + "\n";
  return out;
}

}  // namespace

TEST_CASE(
    "queues do what the reference does, after every one of a thousand times forty operations") {
  QS_TEST_SEED(seed, 20240601);
  constexpr int kRuns = 1000, kOperations = 40;
  for (int i = 0; i < kRuns; ++i) {
    conform::Scenario s = Story(seed + uint64_t(i)).tell(kOperations);
    conform::Played played = conform::play(s, true);
    REQUIRE(!played.lines.empty());
    if (played.lines.back().compare(0, 4, "END ") == 0) played.lines.pop_back();
    conform::TraceComparison c = conform::compare(s, played);
    INFO("repeat only this one with QS_SEED=", seed + uint64_t(i), "; the script:\n", script_of(s));
    bool as_told = c.equal && !c.stopped;
    REQUIRE_MESSAGE(as_told, c.difference);
  }
}
