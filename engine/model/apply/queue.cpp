// Queues: their lists, flags, power and dispatch loop.
#include "model/apply/apply.h"
#include "model/find.h"

namespace qs::model {

using trace::EventCode;

void apply_queue(Model& m, const trace::Event& e) {
  const bool of_request = e.code == EventCode::Insert || e.code == EventCode::Remove ||
                          e.code == EventCode::Charge || e.code == EventCode::Uncharge;
  QueueView* found = find_in(m.queues, of_request ? e.o : e.s);
  if (!found) return;
  QueueView& q = *found;
  switch (e.code) {
    case EventCode::Insert:
      if (e.a)
        q.waiting.insert(q.waiting.begin().spot(), e.s);
      else
        q.waiting.push_back(e.s);
      break;
    case EventCode::Remove: erase_value(q.waiting, e.s); break;
    case EventCode::Charge:
      q.owned.push_back(e.s);
      q.owned_count = e.a;
      break;
    case EventCode::Uncharge:
      erase_value(q.owned, e.s);
      q.owned_count = e.a;
      break;
    case EventCode::QueueFlags:
      q.flags = e.a;
      q.slots = e.b;
      if (e.a & trace::kDeleted) q.deleted = true;
      break;
    case EventCode::QueuePower: q.power = trace::QueuePower(e.a); break;
    case EventCode::QueueDepth:
      if (e.a > q.depth) q.deferred = 0;
      q.depth = e.a;
      break;
    case EventCode::PowerRef: q.power_ref = e.a != 0; break;
    case EventCode::LoopLeave:
      q.left_at_step = e.a;
      q.deferred = 0;
      break;
    case EventCode::Defer:
      q.deferred = e.a ? 2 : 1;
      q.defer_reason = trace::DeferReason(e.b);
      break;
    default: break;
  }
}

}  // namespace qs::model
