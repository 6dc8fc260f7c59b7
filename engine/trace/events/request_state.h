// The states of a request (docs/rules, section 2), one enumeration for the live object, which
// asserts that it is in one of them (kmdf/core/validate.h), and for the fold of its events, which
// tells people about it (model/queries/queries.h). Owns: RequestState and its codes. Any thread.
#pragma once
#include <cstdint>

namespace qs::trace {

enum class RequestState : uint8_t {
  Sent,                  // not at the device yet
  New,                   // S0
  CallerContext,         // S1
  Waiting,               // S2
  WaitingClaimed,        // S2c
  Owned,                 // S3
  Cancelable,            // S4
  CancelClaimed,         // S4c
  CancelPending,         // S5
  CancelDelivered,       // S6
  QueueCancelPending,    // S7
  QueueCancelDelivered,  // S8
  AtTarget,              // S9
  PendedInTarget,        // S10
  Completing,            // S11
  Done,                  // S12
  Released,              // S13
  PendedIrp,             // waits for a reserved request
  Pool,                  // a reserved request that is not in use
  Count
};

// "S3"; "" for the ones without a number.
const char* state_code(RequestState state);

}  // namespace qs::trace
