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
  std::map<ObjectId, uint32_t> open;  // when they were sent
  auto waited = [&](ObjectId id, uint32_t from, uint32_t to) {
    if (t.longest && to - from <= t.longest_wait) return;
    t.longest_wait = to - from;
    t.longest = id;
  };
  for (size_t i = 0; i < std::min(events, trace.size()); ++i) {
    const trace::Event& e = trace[i];
    if (e.code == trace::EventCode::Send && trace::RequestType(e.a) != trace::RequestType::Create) {
      ++t.sent;
      open[e.s] = e.time;
    } else if (e.code == trace::EventCode::Completed || e.code == trace::EventCode::Forget) {
      const auto sent = open.find(e.s);
      if (sent == open.end()) continue;
      if (e.code == trace::EventCode::Completed) {
        ++t.done;
        t.failed += int32_t(e.a) < 0;
      }
      waited(e.s, sent->second, e.time);
      open.erase(sent);
    } else if (e.code == trace::EventCode::GiveUp &&
               trace::GiveUpReason(e.a) == trace::GiveUpReason::Forward) {
      ++t.forwarded;
    }
  }
  for (const auto& [id, from] : open) waited(id, from, std::max(from, model.time));
  return t;
}

uint32_t last_done_time(const trace::Trace& trace) {
  for (size_t i = trace.size(); i > 0; --i)
    if (trace[i - 1].code == trace::EventCode::Completed) return trace[i - 1].time;
  return 0;
}

}  // namespace qs::model
