// Drivers that take orders: who asks, and what they are told (qsask.h). Owns: AskState, PendingAsk.
// The driver's side is qs_AskNext; run delivers orders between decisions, outside any virtual
// thread or on one.
#pragma once
#include <vector>

#include "base/ids.h"
#include "include/qs/abi.h"

namespace qs::kmdf {

struct PendingAsk {
  ObjectId thread;
  ObjectId queue,
      request;  // of the asking callback; both empty: a worker, which serves any request
  bool worker() const { return !queue && !request; }
};

// The parked askers, the oldest thread first.
std::vector<PendingAsk> pending_asks();

// Gives an order about that request or queue. The callback that was called with this request takes
// it first, then a worker; an order about a queue goes to a worker first, then to a callback of
// that queue. Return goes to the callback only. False: nobody who could take it is asking now.
bool deliver_order(ObjectId request_or_queue, const qs_ORDER& order);

// The deletion of this work item has begun and waits for its callback: where that asks as a worker,
// it is told to return (O-12a).
void end_asks_of(ObjectId work_item);

// The results of the orders (QsAskResult), oldest first; removed when read.
struct OrderResult {
  qs_ORDER order{};
  int32_t status = 0;
  uint64_t value = 0;
};
std::vector<OrderResult> take_order_results();

}  // namespace qs::kmdf
