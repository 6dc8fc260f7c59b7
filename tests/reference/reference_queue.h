// A second, small account of what I/O queues do, written from the rules and without the engine's
// code: one processor, one thread, scope None, verifier off. Owns: Reference. It plays the words of
// scripts (engine/conform) and writes the trace that a framework ought to give; lockstep_test.cpp
// compares the two line by line.
#pragma once
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace qs::test {

class Reference {
 public:
  struct Request {
    std::string name, file;
    char type = 'r';  // r read, w write, c control
    int length = 16, queue = -1;
    bool arrived = false, seen = false, done = false, presented = false;
    bool flag = false, bit = false;       // IRP cancelled; the framework's own mark
    bool waiting = false, owned = false;  // S2; S3 to S8
    bool marked = false, due = false, told = false;  // S4, S5, S6
    bool queue_due = false, queue_told = false;      // S7, S8
    int ack = 0;                                     // 1 acknowledged, 2 with requeue
    std::map<std::string, std::deque<std::string>> reactions;
  };
  enum Power { On, Starting, Asking, Asked, Off, Resuming };
  struct Queue {
    std::string name;
    char kind = 'p';  // s sequential, p parallel, m manual
    unsigned limit = 0xFFFFFFFFu;
    bool is_default = false, zero = false, managed = false;
    bool read = false, write = false, control = false, any = false;  // handlers
    bool stop = false, resume = false, canceled = false;             // other callbacks
    bool accept = true, dispatch = true, latch = false, ready = false, ready_cb = false;
    std::string idle_slot, purge_slot;  // the word of the pending callback, "" when free
    std::deque<int> waiting, owned, to_ask, asked, marks, due, queue_due;
    unsigned charged = 0, depth = 0;
    Power power = On;
  };

  std::vector<Queue> queues;
  std::deque<Request> requests;
  std::vector<std::string> lines;  // the trace so far
  bool asleep = false;
  bool ended = false;  // by a bug check: nothing is told any more

  int add_queue(Queue q);
  int add_request(const std::string& name);
  int request(const std::string& name) const;  // -1: none
  int queue(const std::string& name) const;
  // Plays one command of a script.
  void play(const std::string& command);

 private:
  void print(const std::string& text);
  void result(const std::string& status);
  void execute(const std::string& text);
  void react(const std::string& ops, const std::string& request, const std::string& queue);
  std::string reaction(int r, const char* kind);
  void callback(const std::string& line, const std::string& ops, int r, int q);

  bool step(int q, int& fresh);
  bool power_step(int q);
  void enter(int q, int fresh = -1);
  void enter_guarded(int q);
  bool put_tail(int q, int r);
  void announce(int q);
  void deliver(int q, int r);
  void charge(int q, int r);
  void uncharge(int q, int r);
  void finish(int r, const std::string& status, const std::string& information, bool charged);
  void cancelled_in_queue(int q, int r);
  void claim_marked(int q, int r);

  void arrive(const std::vector<std::string>& w);
  void cancel(int r);
  void forward(int r, int to);
  void requeue(int r);
  void mark(int r, bool ex);
  void retrieve(int q, const std::string& file, int tag);
  void find(int q, int after, const std::string& file);
  void purge(int q, bool only_marked);
  void queue_call(const std::string& verb, int q, bool callback);
  void ready(int q, bool on);
  void cleanup(const std::string& file);
  void power_down();
  void power_up();
  void state(int q);
  bool silent_zero(const Queue& q, const Request& r) const;

  int level_ = 0;
};

}  // namespace qs::test
