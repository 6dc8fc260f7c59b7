// Who is in the driver's code: one activation for each callback on each thread's stack, and what
// the driver holds since which line. Owns: Activation, HoldIndex. Pure; called by the stage and by
// tests, from any thread that owns the model and the trace.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/model.h"
#include "trace/events/trace.h"
#include "trace/export/narrate.h"

namespace qs::model {

// A callback that a thread is in, or is about to enter. Two threads in one callback are two.
struct Activation {
  enum class State : uint8_t {
    Runs,     // its thread is here
    Waits,    // its thread is here and waits
    Below,    // on the stack under another callback, which must return first
    Entering  // its thread has not entered it yet: it waits for the callback's lock
  };
  ObjectId thread;
  int depth = -1;  // of the callback among those of its thread, 0 = outermost; -1: own code
  // Count: a thread of the driver, outside any callback
  trace::CallbackKind kind = trace::CallbackKind::Count;
  ObjectId queue, about;  // about: what it was called for: a request, a timer, a DPC
  trace::Site site;       // the line it is at; none before its first
  State state = State::Runs;
  bool operator==(const Activation&) const = default;
};
// By thread, the outermost first.
std::vector<Activation> activations(const Model& model);

// The thread that holds the lock which a thread waits for. 0: it waits for something else, or for
// nobody known.
ObjectId held_up_by(const Model& model, const ThreadView& thread);
// "waits for callback lock 2, which notepad has"; "" when it does not wait.
std::string wait_words(const Model& model, const trace::Trace& trace, const ThreadView& thread,
                       const trace::ShownNames* names = nullptr);

// What a change of power waits for: "going down: waits for R2 (EvtIoStop?)", "coming up"; "" when
// none goes on (P-10, P-12).
std::string power_pending(const Model& model, const trace::Trace& trace, const DeviceView& device);

// Something the driver did with a request that it holds.
struct Hold {
  enum class Kind : uint8_t { Taken, Cancelable, Started, Sent };
  Kind kind{};
  uint32_t event = 0;    // its number, from 0
  uint32_t entered = 0;  // of the callback it was done in: how many events came before its entry
  ObjectId thread, at;   // at: the channel or target
  trace::Site site;
  bool operator==(const Hold&) const = default;
};

// All of them in a trace, found in one pass and followed while the trace grows.
class HoldIndex {
 public:
  void add(const trace::Event& event, uint32_t number);

  // What holds at a moment of the trace, in order: cancelable since, started at, sent at.
  std::vector<Hold> of(const Model& model, const RequestView& request) const;
  // The last taking of a request before the model's moment; nullptr: it was never taken.
  const Hold* taken(const Model& model, ObjectId request) const;
  // Was the request taken by this activation?
  bool took(const Model& model, const Activation& activation, const RequestView& request) const;

 private:
  struct Entry {
    uint32_t event;
    int depth;
  };
  const Hold* last(const Model& model, ObjectId request, Hold::Kind kind) const;
  uint32_t entered(uint32_t thread, int depth, uint32_t events) const;

  std::unordered_map<ObjectId, std::vector<Hold>> holds_;
  std::unordered_map<uint32_t, std::vector<Entry>> entries_;    // by thread: callbacks entered
  std::unordered_map<uint32_t, std::vector<uint32_t>> inside_;  // by thread: those it is in
};

}  // namespace qs::model
