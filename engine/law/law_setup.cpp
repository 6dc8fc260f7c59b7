// What queues a device may have (sections 1 and 3 of the rules).
#include "include/qs/abi_status.h"
#include "law/law.h"

namespace qs::law {
namespace {

using K = ReportKind;

Ruling create(int32_t status, const char* why) {
  Ruling out = Ruling::fine("O-07", why);
  return out.refuse(status);
}

// V-45: a break, verifier or not.
Ruling misuse(int32_t status, const char* why) {
  Ruling out = Ruling::fine("A-05");
  return out.report(K::Break, "V-45", why).refuse(status);
}

}  // namespace

// The order is that of O-07.
Ruling on_create_queue(const QueueCreateFacts& q) {
  const bool manual = q.dispatch == uint32_t(trace::Dispatch::Manual);
  if (q.scope == trace::SyncScope::Device && q.passive != q.device_passive)
    return create(QS_STATUS_INVALID_PARAMETER,
                  "with scope Device the queue needs the execution level of the device");
  if (q.dispatch < uint32_t(trace::Dispatch::Sequential) ||
      q.dispatch > uint32_t(trace::Dispatch::Manual))
    return create(QS_STATUS_INVALID_PARAMETER, "there is no such dispatch type");
  if (!manual && !q.any_handler)
    return create(QS_STATUS_WDF_NO_CALLBACK,
                  "a sequential or parallel queue needs a handler to present requests to");
  if (manual && q.any_handler)
    return create(QS_STATUS_INVALID_PARAMETER,
                  "a manual queue presents nothing, so it may have no such handler");
  if (q.dispatch != uint32_t(trace::Dispatch::Parallel) && q.limit != 0)
    return create(QS_STATUS_INVALID_PARAMETER, "only a parallel queue has a limit");
  if (q.is_default && q.default_taken)
    return create(QS_STATUS_UNSUCCESSFUL, "the device has a default queue already");
  return Ruling::fine("O-07");
}

Ruling on_route(const RouteFacts& r) {
  if (!r.handles)
    return misuse(QS_STATUS_INVALID_DEVICE_REQUEST, "the queue has no handler for such requests");
  if (!r.create && r.is_default)
    return misuse(QS_STATUS_INVALID_DEVICE_REQUEST,
                  "the default queue gets what no other queue is configured for; it cannot be "
                  "configured itself");
  if (!r.taken) return Ruling::fine("A-05");
  const char* why = "such requests go to another queue already";
  if (!r.create) return misuse(QS_STATUS_WDF_BUSY, why);
  Ruling out = Ruling::fine("A-05", why);
  return out.refuse(QS_STATUS_INVALID_PARAMETER);
}

}  // namespace qs::law
