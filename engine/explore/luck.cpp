#include "explore/luck.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "explore/elsewhere.h"
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

struct RandomRuns::Impl {
  struct Sort {
    std::string text;
    uint64_t schedules = 0;
  };
  const run::Program quick;
  const sched::Schedule plain;
  Lucky strategy;
  Player player;
  Luck luck;
  std::unordered_set<uint64_t> known;
  std::unordered_map<uint64_t, Sort> sorts;

  Impl(const run::Program& program, sched::Schedule base, Limits limits, uint64_t seed,
       sched::FiberKind fibers)
      : quick(without_lines(program)),
        plain(std::move(base)),
        strategy(times_of(limits), seed),
        player(quick, plain, strategy, fibers) {}

  void one() {
    const trace::Trace& trace = player.play().trace();
    ++luck.schedules;
    note_wrong(luck, trace);
    known.insert(strategy.schedule_hash());
    Sort& sort = sorts[outcome_key(trace)];
    if (sort.schedules++ == 0) sort.text = outcome_text(trace);
    (void)strategy.another();  // which there is not: the next one begins at the beginning
  }
};

namespace {

sched::Schedule without_picks(sched::Schedule schedule) {
  schedule.picks.clear();
  return schedule;
}

}  // namespace

RandomRuns::RandomRuns(const run::Program& program, sched::Schedule base, Limits limits,
                       uint64_t seed, sched::FiberKind fibers)
    : impl_(std::make_unique<Impl>(program, without_picks(std::move(base)), limits, seed, fibers)) {
}
RandomRuns::~RandomRuns() = default;

void RandomRuns::step(uint64_t schedules) {
  for (; schedules > 0; --schedules) impl_->one();
}

uint64_t RandomRuns::made() const { return impl_->luck.schedules; }

Luck RandomRuns::met() const {
  Luck out = impl_->luck;
  out.different = impl_->known.size();
  for (const auto& [key, sort] : impl_->sorts) out.outcomes[sort.text] += sort.schedules;
  return out;
}

Luck by_luck(const run::Program& program, const sched::Schedule& base, Limits limits,
             uint64_t schedules, uint64_t seed, sched::FiberKind fibers) {
  if (const run::Workplace* there = run::workplace_of(program))
    return luck_elsewhere(*there, program, base, limits, schedules, seed);
  RandomRuns runs(program, base, limits, seed, fibers);
  runs.step(schedules);
  return runs.met();
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
