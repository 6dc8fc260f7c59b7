#include "session/choice.h"

#include <map>
#include <utility>

namespace qs::session {

namespace {

using trace::EventCode;

Choice::Way way_of(const trace::Trace& trace, const trace::ShownNames* names,
                   const model::ThreadView& thread) {
  return {thread.id, trace::shown_name(trace, thread.id, names), trace.site_text(thread.site)};
}

}  // namespace

std::optional<Choice> choice_from(const Session& session, size_t events,
                                  const trace::ShownNames* names) {
  const Branch& branch = session.branch();
  const trace::Trace& trace = *branch.execution.trace;
  std::map<uint32_t, trace::Site> stood;  // threads, where they stood when they could be left
  for (size_t i = 0; i < trace.size(); ++i) {
    const trace::Event& e = trace[i];
    if (e.code != EventCode::Choice || e.b < 2) continue;
    // Who brings an input goes first; it can be left at its own first decision.
    if (i > 0 && trace[i - 1].code == EventCode::ThreadStart) continue;
    const auto [at, is_new] = stood.emplace(e.thread, e.site);
    if (!is_new && std::exchange(at->second, e.site) == e.site) continue;
    if (i < events) continue;
    Choice out{e.a, i, {}};
    const ObjectId goes_on(ObjectKind::Thread, e.c);
    for (const model::ThreadView& t : branch.timeline->at(i).threads) {
      if (t.waiting != trace::WaitReason::None) continue;
      const auto place = t.id == goes_on ? out.ways.begin() : out.ways.end();
      out.ways.insert(place, way_of(trace, names, t));
    }
    if (out.ways.size() > 1) return out;
  }
  return {};
}

std::string choose(Session& session, const Choice& choice, size_t which) {
  if (which >= choice.ways.size()) return "There is no such thread here.";
  if (which > 0) {
    const ObjectId thread = choice.ways[which].thread;
    if (std::string why = session.apply(cmd::PickThread{choice.ordinal, thread.serial()});
        !why.empty())
      return why;
  }
  const auto next = choice_from(session, choice.event + 1);
  return next ? session.apply(cmd::Seek{double(next->event)}) : session.apply(cmd::End{});
}

}  // namespace qs::session
