#include "explore/luck.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "explore/ending.h"
#include "explore/search_impl.h"

namespace qs::explore {

namespace {

void note_wrong(Luck& luck, const trace::Trace& trace) {
  const std::vector<ReportAt> verdicts = reports_in(trace);
  if (verdicts.empty()) return;
  if (luck.wrong++ == 0) luck.first = luck.schedules;
  for (const ReportAt& v : verdicts) {
    const std::string where = trace.site_text(v.site);
    auto way = std::find_if(luck.ways.begin(), luck.ways.end(), [&](const Luck::Way& w) {
      return w.rule == v.rule && w.where == where;
    });
    if (way == luck.ways.end())
      way = luck.ways.insert(way, {std::string(v.rule), where, 0, luck.schedules});
    ++way->met;
  }
}

}  // namespace

Luck by_luck(const run::Program& program, const sched::Schedule& base, Limits limits,
             uint64_t schedules, uint64_t seed, sched::FiberKind fibers) {
  Luck luck;
  const run::Program quick = without_lines(program);
  sched::Schedule plain = base;
  plain.picks.clear();
  Lucky strategy(times_of(limits), seed);
  Player player(quick, plain, strategy, fibers);
  std::unordered_set<uint64_t> known;
  struct Sort {
    std::string text;
    uint64_t schedules = 0;
  };
  std::unordered_map<uint64_t, Sort> sorts;
  while (luck.schedules < schedules) {
    const trace::Trace& trace = player.play().trace();
    ++luck.schedules;
    note_wrong(luck, trace);
    known.insert(strategy.schedule_hash());
    Sort& sort = sorts[outcome_key(trace)];
    if (sort.schedules++ == 0) sort.text = outcome_text(trace);
    (void)strategy.another();  // which there is not: the next one begins at the beginning
  }
  luck.different = known.size();
  for (const auto& [key, sort] : sorts) luck.outcomes[sort.text] += sort.schedules;
  return luck;
}

std::map<uint64_t, std::string> enumerate(const run::Program& program, const sched::Schedule& base,
                                          Limits limits, uint64_t most_executions,
                                          uint64_t* executions) {
  std::map<uint64_t, std::string> out;
  const run::Program quick = without_lines(program);
  Bounded all(times_of(limits), limits.switches, true);
  uint64_t made = 0;
  do {
    all.begin();
    run::Run run(quick, base, all, all.footprint());
    run.finish();
    all.end(run.ended());
    std::string text = outcome_text(run.trace());
    for (const ReportAt& v : reports_in(run.trace()))
      text += "; " + std::string(v.rule) + " " + run.trace().site_text(v.site);
    out.emplace(all.path().hash(), std::move(text));
  } while (++made < most_executions && all.another());
  if (executions) *executions = made;
  return out;
}

}  // namespace qs::explore
