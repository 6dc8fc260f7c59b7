#include "model/timeline/tally.h"

#include <algorithm>
#include <map>

namespace qs::model {
namespace {

bool counts(const RequestView& r) {
  return r.type != trace::RequestType::Create && !r.has(kPool) && !r.has(kDriverCreated);
}

void count_places(const Model& m, Tally& t) {
  for (const RequestView& r : m.requests) {
    if (!counts(r)) continue;
    t.kept += r.owner == Owner::Driver && r.place == Place::Driver;
    t.waiting += r.place == Place::Waiting || r.place == Place::PendedIrp;
    t.at_target += r.place == Place::Target;
  }
  for (const Verdict& v : m.verdicts) t.broken += !v.finding;
}

}  // namespace

Tally tally(const Model& model, const trace::Trace& trace, size_t events) {
  Tally t;
  count_places(model, t);
  struct Sent {
    uint32_t time = 0, event = 0;
  };
  std::map<ObjectId, Sent> open;
  auto waited = [&](ObjectId id, Sent from, uint32_t time, size_t event) {
    const uint32_t wait = time - from.time, steps = uint32_t(event) - from.event;
    const bool longer = wait != t.longest_wait ? wait > t.longest_wait : steps > t.longest_steps;
    if (t.longest && !longer) return;
    t.longest_wait = wait;
    t.longest_steps = steps;
    t.longest = id;
  };
  for (size_t i = 0; i < std::min(events, trace.size()); ++i) {
    const trace::Event& e = trace[i];
    if (e.code == trace::EventCode::Send && trace::RequestType(e.a) != trace::RequestType::Create) {
      ++t.sent;
      open[e.s] = {e.time, uint32_t(i)};
    } else if (e.code == trace::EventCode::Completed || e.code == trace::EventCode::Forget) {
      const auto sent = open.find(e.s);
      if (sent == open.end()) continue;
      if (e.code == trace::EventCode::Completed) {
        ++t.done;
        t.failed += int32_t(e.a) < 0;
      }
      waited(e.s, sent->second, e.time, i);
      open.erase(sent);
    } else if (e.code == trace::EventCode::GiveUp &&
               trace::GiveUpReason(e.a) == trace::GiveUpReason::Forward) {
      ++t.forwarded;
    }
  }
  for (const auto& [id, from] : open)
    waited(id, from, std::max(from.time, model.time), std::min(events, trace.size()));
  return t;
}

uint32_t last_done_time(const trace::Trace& trace) {
  for (size_t i = trace.size(); i > 0; --i)
    if (trace[i - 1].code == trace::EventCode::Completed) return trace[i - 1].time;
  return 0;
}

}  // namespace qs::model
