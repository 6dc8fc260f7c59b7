#include "session/compare.h"

#include <fmt/format.h>

#include "trace/events/words.h"

namespace qs::session {

std::string mode_title(const ComparedMode& mode, bool lower) {
  std::string word = trace::words(mode.dispatch);
  if (!lower) word[0] -= 'a' - 'A';
  const bool limited = mode.dispatch == trace::Dispatch::Parallel && mode.limit != trace::kNoLimit;
  return limited ? fmt::format("{} ({})", word, mode.limit) : word;
}

std::vector<ComparableQueue> comparable_queues(const Session& session) {
  std::vector<ComparableQueue> out;
  if (session.view_only()) return out;
  const trace::Trace& trace = *session.branch().execution.trace;
  for (const model::QueueView& q : session.branch().timeline->at(session.ready()).queues) {
    if (q.deleted || (q.config & trace::kConfigInternal)) continue;
    ComparableQueue c{q.id, trace.name(q.id), "", {q.dispatch(), q.limit}};
    if (q.dispatch() != trace::Dispatch::Parallel) c.now.limit = trace::kNoLimit;
    if (!session.has_handlers(c.name))
      c.reason = "it has no handler in this driver, so it can only be manual (O-07)";
    out.push_back(std::move(c));
  }
  return out;
}

namespace {

Result<ComparedRun> run_under(const Session& session, const std::string& queue,
                              const ComparedMode& mode, bool present) {
  ComparedRun run;
  run.mode = mode;
  run.present = present;
  if (present) {
    run.schedule = session.branch().schedule;
    run.execution = session.branch().execution;
  } else {
    auto schedule = session.schedule_with_dispatch(queue, mode.dispatch, mode.limit);
    if (!schedule) return schedule.error();
    run.schedule = std::move(*schedule);
    run.execution = run::execute(session.program(), run.schedule);
  }
  run.timeline =
      std::make_unique<model::Timeline>(std::shared_ptr<const trace::Trace>(run.execution.trace));
  for (const run::InputOutcome& o : run.execution.outcomes)
    if (!o.applied) run.impossible.push_back({o.words, o.problem});
  return run;
}

}  // namespace

Result<Comparison> compare_modes(const Session& session, const std::string& queue,
                                 const std::vector<ComparedMode>& modes) {
  Comparison c;
  c.queue = queue;
  ComparedMode now;
  for (const ComparableQueue& q : comparable_queues(session))
    if (q.name == queue) now = q.now;
  std::vector<model::SharedClock::Source> sources;
  std::vector<model::Timeline*> timelines;
  std::vector<std::string> names;
  for (const ComparedMode& mode : modes) {
    auto run = run_under(session, queue, mode, mode == now);
    if (!run) return run.error();
    const trace::Trace& trace = *run->execution.trace;
    sources.push_back({&trace, ready_of(trace)});
    timelines.push_back(run->timeline.get());
    names.push_back(mode_title(mode, true));
    c.runs.push_back(std::move(*run));
  }
  c.clock = model::SharedClock(sources);
  c.difference = model::first_difference(c.clock, timelines);
  if (c.difference) c.sentence = model::difference_sentence(*c.difference, names);
  return c;
}

}  // namespace qs::session
