// What views, checks and lessons ask of a model. Owns: the questions and their answers in words,
// each with its rule. Pure functions of a Model (and the Trace for names and history); called from
// any thread that owns both.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/model.h"
#include "trace/events/acts.h"
#include "trace/events/loop_step.h"
#include "trace/events/request_state.h"
#include "trace/events/trace.h"

namespace qs::model {

// --- states ---

trace::RequestState request_state(const RequestView& request);
const char* state_words(trace::RequestState state);
// state_words plus what else holds: "owned by the driver, not cancelable; told about the power
// change".
std::string state_name(const RequestView& request);

// The diagram of a request's life (inspector). Edges are legal transitions, each with the call that
// makes it.
enum class LifeNode : uint8_t {
  App,
  InQueue,
  DriverOwns,
  Cancelable,
  CancelComing,
  AtTarget,
  Completed,
  Released,
  Count
};
LifeNode life_node(const RequestView& request);
const char* life_node_words(LifeNode node);
struct LifeEdge {
  LifeNode from, to;
  const char* words;  // "dispatch or retrieve", "WdfRequestComplete"
  const char* rule;
};
const std::vector<LifeEdge>& life_edges();

// --- why does this queue give the driver nothing? ---

struct WhyNot {
  bool delivering = false;  // true: the next full run of the loop will deliver
  trace::LoopStep step = trace::LoopStep::MayNotRunHere;  // of the dispatch loop (D-05)
  const char* rule = "";
  std::string sentence;  // "Queue default is sequential and R2 is still owned by the driver."
  ObjectId blame;        // request, thread or queue that is in the way, if any
};
WhyNot why_not_delivering(const Model& model, const trace::Trace& trace, ObjectId queue);

// --- what may be done now ---

enum class Legality : uint8_t {
  Legal,
  Discouraged,  // works, but breaks a rule of good behavior
  Illegal,      // refused, reported or undefined: "do it anyway" shows what happens
  Impossible    // there is nothing to call it on; no "do it anyway"
};

struct LegalCall {
  trace::Act act{};  // its call, label and key: act_row()
  Legality legality = Legality::Legal;
  std::string reason;     // why not, or what will happen (short; "" when nothing need be said)
  const char* rule = "";  // rule of the reason, or the rule that describes the call
  bool legal() const { return legality <= Legality::Discouraged; }
};

// Actions on a request, queue, device, app or file object, in menu order. Unknown object: empty.
// `only`: just these, unless it is empty.
std::vector<LegalCall> legal_calls(const Model& model, ObjectId object,
                                   std::span<const trace::Act> only = {});
// Destinations of "Forward to": every queue but deleted ones, the current one with its reason.
struct ForwardChoice {
  ObjectId queue;
  Legality legality = Legality::Legal;
  std::string reason;
  const char* rule = "";
};
std::vector<ForwardChoice> forward_choices(const Model& model, ObjectId request);

// The most that a sender can get, in bytes: a control has an output buffer beside its input.
uint32_t answer_room(const RequestView& request);
// What "Complete", "Requeue" ... without more words means for that request: complete it with
// STATUS_SUCCESS and all that its sender can get.
trace::Order typical_order(trace::Act act, const RequestView& request);

// --- who holds, who will touch ---

struct Keeper {
  ObjectId who;          // queue, target, thread, driver ...
  std::string sentence;  // "queue default counts it among the driver's requests"
};
// what keeps the object alive. Empty when it is gone.
std::vector<Keeper> who_keeps_alive(const Model& model, const trace::Trace& trace,
                                    ObjectId request);

// Why a call has not reached the device yet (L-12): "waits: this handle is synchronous, R1 is not
// complete". "": it does not wait for a handle.
std::string handle_wait(const Model& model, const trace::Trace& trace, const RequestView& request);

// Requests the driver owns that no thread, timer, hardware, DPC, target or order will touch, in a
// model where nothing more can happen; plus threads that wait forever. Empty unless model.settled
// or model.ended.
struct Hang {
  ObjectId s, o;  // request (or thread), and its queue or what it waits for
  const char* rule = "";
  std::string sentence;
};
std::vector<Hang> hangs(const Model& model, const trace::Trace& trace);

// --- history ---

// Why did this happen? The event first, then its cause, and so on back to an input or the program.
struct Cause {
  size_t event = 0;
  std::string sentence;
};
std::vector<Cause> cause_chain(const trace::Trace& trace, size_t event, size_t max_steps = 12);

// The call that broke the rule, for example "WdfRequestComplete", or the function that is not
// simulated (U-13). Of what is found at the end about a thread that waits: the call that it waits
// in. "" when the driver was in no call. The verdict is one of the model's: apply() noted its call,
// so the trace need not be searched.
std::string call_of(const trace::Trace& trace, const Verdict& verdict);

// The lines of the kernel debugger's queue dump.
std::string queue_dump(const Model& model, const trace::Trace& trace, ObjectId queue);

}  // namespace qs::model
