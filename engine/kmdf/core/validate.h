// Invariants (rules I), checked on the live objects: Queue::validate() and the like, and
// validate_step(), which the scheduler calls at every decision. QS_HOLDS is for the borders of
// functions. Called by kmdf; the world hands validate_step() to its scheduler, run and conform call
// validate_at_rest().
#pragma once
#include "base/must.h"
#include "kmdf/core/framework.h"
#include "trace/events/request_state.h"

// As QS_MUST, for what a driver's undefined misuse may break when the run continues anyway.
#define QS_HOLDS(rule, object, ...)                                  \
  ((void)(!qs::kChecks || (__VA_ARGS__) || qs::kmdf::fw().misused || \
          (qs::broken(rule, object, #__VA_ARGS__, __FILE__, __LINE__), true)))

namespace qs::kmdf {

// Where a request is linked, or charged to its queue without being told of it (I-02).
enum RequestPlaces : uint32_t {
  kInWaiting = 1,
  kInOwned = 2,  // owned, to be notified, or notified
  kInCancelable = 4,
  kInCancelList = 8,  // canceled, or canceled on queue
  kInTarget = 16
};
uint32_t places_of(const Request* r);
// The state of 2.2 that a request is in; Count when its places, slot and marks fit none (I-02).
// CancelDelivered stands for S8 as well: once the driver is told, nothing in the object differs.
trace::RequestState state_of(const Request* r);

// Checks the objects of one decision. All objects are checked once as many decisions have passed as
// there are objects, so that a decision costs the same with long queues as with short ones; where
// there are few objects, that is after every decision.
void validate_step(ObjectId about);
void validate_all();
// When no thread can move and the clock is stopped: I-17, and all objects as often as above.
void validate_at_rest();

}  // namespace qs::kmdf
