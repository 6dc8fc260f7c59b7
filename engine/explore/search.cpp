#include "explore/search.h"

#include <algorithm>
#include <optional>

#include "base/must.h"
#include "explore/ending.h"
#include "explore/route.h"
#include "explore/strategy.h"
#include "run/run.h"
#include "trace/rules/verdict.h"
#include "verify/explain.h"

namespace qs::explore {

namespace {

sched::Ask times_of(const Limits& limits) {
  return limits.any_time ? sched::Ask::AnyTime : sched::Ask::GivenTimes;
}

run::Program without_lines(const run::Program& program) {
  run::Program out = program;
  out.settings.record_lines = false;
  out.settings.races = true;
  return out;
}

}  // namespace

struct Search::Impl {
  Impl(const run::Program& p, sched::Schedule b, Limits l, sched::FiberKind f)
      : program(p), quick(without_lines(p)), base(std::move(b)), limits(l), fibers(f) {
    base.picks.clear();
    if (limits.switches == Limits::kAnySwitches) reduced.emplace(times());
    bounded.emplace(times(), 0);
  }

  // A way to go wrong, as it is known during the search.
  struct Way {
    std::string rule;
    trace::Site site;
    uint64_t schedules = 0;
    uint32_t steps = 0, switches = 0;
    std::vector<sched::Pick> picks;
    std::vector<uint64_t> steps_taken;  // their hashes, in order
  };

  sched::Ask times() const { return times_of(limits); }
  void execute(Strategy& strategy);
  void note(const Strategy& strategy, const trace::Trace& trace, bool whole);
  void keep_shorter(const Strategy& strategy);
  void keep(const Strategy& strategy, std::vector<uint64_t> steps, std::vector<uint32_t> ways);
  bool worth_more_switches() const;
  void one();
  Finding shown(const Way& way) const;
  void count_shares(const Way& way, Finding& f) const;

  const run::Program& program;
  const run::Program quick;
  sched::Schedule base;
  Limits limits;
  sched::FiberKind fibers;

  // The two take turns: the one is quick to find what takes few switches, the other to have tried
  // all there are.
  std::optional<Reduced> reduced;
  std::optional<Bounded> bounded;
  uint32_t next_bound = 0;  // of `bounded`
  bool turn = false;        // of `reduced`
  bool done = false;

  std::vector<Kept> kept;
  std::unordered_map<uint64_t, uint32_t> kept_at;  // hashes of those kept
  std::unordered_map<uint64_t, bool> schedules;    // hash; does it go wrong?
  std::vector<Way> ways;
  struct Sort {
    std::string text;
    uint64_t schedules = 0;
    std::vector<sched::Pick> picks;
  };
  std::unordered_map<uint64_t, Sort> sorts;  // outcomes
  Report report;
};

// The shortest of each way to go wrong, and what became of the requests.
void Search::Impl::note(const Strategy& strategy, const trace::Trace& trace, bool whole) {
  const std::vector<Verdict> verdicts = verdicts_of(trace);
  if (!whole && verdicts.empty()) return;
  const bool is_new = schedules.emplace(strategy.path().hash(), !verdicts.empty()).second;
  report.wrong += is_new && !verdicts.empty();
  if (!is_new) keep_shorter(strategy);
  if (!is_new && verdicts.empty()) return;
  std::vector<uint64_t> hashes;
  std::vector<uint32_t> met;
  for (const Step& step : strategy.path().steps()) hashes.push_back(step.hash);
  for (const Verdict& v : verdicts) {
    auto way = std::find_if(ways.begin(), ways.end(),
                            [&](const Way& w) { return w.rule == v.rule && w.site == v.site; });
    if (way == ways.end()) {
      ways.push_back({std::string(v.rule), v.site, 0, UINT32_MAX, UINT32_MAX, {}, {}});
      way = ways.end() - 1;
    }
    met.push_back(uint32_t(way - ways.begin()));
    way->schedules += is_new;
    const std::pair now{strategy.switches(), strategy.choices()};
    if (now >= std::pair{way->switches, way->steps}) continue;
    way->switches = now.first;
    way->steps = now.second;
    way->picks = strategy.picks();
    way->steps_taken = hashes;
  }
  if (is_new) keep(strategy, std::move(hashes), std::move(met));
  if (!whole || !is_new) return;
  Sort& sort = sorts[outcome_key(trace)];
  if (sort.schedules++ == 0) {
    sort.text = outcome_text(trace);
    sort.picks = strategy.picks();
  }
}

void Search::Impl::keep(const Strategy& strategy, std::vector<uint64_t> steps,
                        std::vector<uint32_t> met) {
  if (kept.size() >= kKept) return;
  std::sort(steps.begin(), steps.end());
  kept_at.emplace(strategy.path().hash(), uint32_t(kept.size()));
  kept.push_back({std::move(steps), strategy.picks(), strategy.switches(), std::move(met)});
}

// The order of its steps does not matter to what it is, but to how many switches it takes.
void Search::Impl::keep_shorter(const Strategy& strategy) {
  const auto at = kept_at.find(strategy.path().hash());
  if (at == kept_at.end() || kept[at->second].switches <= strategy.switches()) return;
  kept[at->second].picks = strategy.picks();
  kept[at->second].switches = strategy.switches();
}

void Search::Impl::execute(Strategy& strategy) {
  strategy.begin();
  run::Run run(quick, base, strategy, strategy.footprint(), fibers);
  run.finish();
  strategy.end(run.ended());
  ++report.executions;
  report.steps += strategy.choices();
  note(strategy, run.trace(), !run.given_up());
}

// With all schedules known: may a way to go wrong still be met with fewer switches?
bool Search::Impl::worth_more_switches() const {
  uint32_t most = 0;
  for (const Way& w : ways) most = std::max(most, w.switches);
  return most > next_bound;
}

void Search::Impl::one() {
  turn = !turn && reduced;
  if (turn) {
    execute(*reduced);
    if (!reduced->another()) {
      reduced.reset();
      report.complete = true;
      report.bound = Limits::kAnySwitches;
      done = !worth_more_switches();
    }
  } else {
    execute(*bounded);
    if (!bounded->another()) {
      const bool all = !bounded->cut();
      if (!report.complete) report.bound = all ? Limits::kAnySwitches : next_bound;
      if (all || next_bound == limits.switches) report.complete = true;
      ++next_bound;
      done = all || next_bound > limits.switches || (report.complete && !worth_more_switches());
      if (!done) bounded.emplace(times(), next_bound);
    }
  }
  if (limits.stop_at_first && !ways.empty()) done = true;
}

bool Search::done() const { return impl_->done; }

// A schedule can begin like another when it has all of those steps: the hash of each is that of all
// it depends on, too.
void Search::Impl::count_shares(const Way& way, Finding& f) const {
  std::vector<const Kept*> open;
  for (const Kept& k : kept) open.push_back(&k);
  const auto count = [&] {
    Share share{0, open.size()};
    for (const Kept* k : open) share.well += !k->wrong();
    f.shares.push_back(share);
  };
  count();
  for (uint64_t step : way.steps_taken) {
    std::erase_if(open, [step](const Kept* k) {
      return !std::binary_search(k->steps.begin(), k->steps.end(), step);
    });
    count();
  }
  if (!report.complete || kept.size() < schedules.size()) return;
  for (size_t i = f.shares.size(); i-- > 0 && f.shares[i].well == 0;) f.no_return = int64_t(i);
}

// Nothing is reported from the search alone: it is played again, with its lines.
Finding Search::Impl::shown(const Way& way) const {
  Finding f;
  f.rule = way.rule;
  if (const verify::Explanation* e = verify::explain(way.rule)) f.text = e->title;
  f.way = uint32_t(&way - ways.data());
  f.schedules = way.schedules;
  f.steps = way.steps;
  f.switches = way.switches;
  count_shares(way, f);
  f.schedule = base;
  if (way.rule == "U-08")  // which an ordinary run does not look for
    f.schedule.inputs.insert(f.schedule.inputs.begin(), look_for_races());
  f.schedule.picks = way.picks;
  const run::Execution again = run::execute(program, f.schedule, fibers);
  size_t found = SIZE_MAX;
  for (const Verdict& v : verdicts_of(*again.trace))
    if (v.rule == way.rule && (found == SIZE_MAX || v.site == way.site)) found = v.event;
  QS_MUST("X-02", {}, found != SIZE_MAX);
  if (const std::string reason = trace::reason_of(*again.trace, found); !reason.empty())
    f.text += ": " + reason;
  f.where = again.trace->site_text((*again.trace)[found].site);
  f.lines = lines_at(*again.trace, found);
  return f;
}

Report Search::report() const {
  const Impl& s = *impl_;
  Report out = s.report;
  out.schedules = s.schedules.size();
  for (const Impl::Way& w : s.ways) out.findings.push_back(s.shown(w));
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const auto& a, const auto& b) {
    return std::pair(a.switches, a.steps) < std::pair(b.switches, b.steps);
  });
  for (const auto& [key, sort] : s.sorts) {
    Outcome o{sort.text, sort.schedules, s.base};
    o.schedule.picks = sort.picks;
    out.outcomes.push_back(std::move(o));
  }
  std::sort(out.outcomes.begin(), out.outcomes.end(), [](const auto& a, const auto& b) {
    return a.schedules != b.schedules ? a.schedules > b.schedules : a.text < b.text;
  });
  return out;
}

Progress Search::progress() const {
  const Impl& s = *impl_;
  return {s.schedules.size(), s.report.executions, s.report.wrong, s.ways.size()};
}

const std::vector<Kept>& Search::kept() const { return impl_->kept; }

const sched::Schedule& Search::base() const { return impl_->base; }

Search::Search(const run::Program& program, sched::Schedule base, Limits limits,
               sched::FiberKind fibers)
    : impl_(std::make_unique<Impl>(program, std::move(base), limits, fibers)) {}
Search::~Search() = default;

bool Search::step(uint64_t executions) {
  for (; executions > 0 && !impl_->done; --executions) impl_->one();
  return !impl_->done;
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
    for (const Verdict& v : verdicts_of(run.trace()))
      text += "; " + std::string(v.rule) + " " + run.trace().site_text(v.site);
    out.emplace(all.path().hash(), std::move(text));
  } while (++made < most_executions && all.another());
  if (executions) *executions = made;
  return out;
}

}  // namespace qs::explore
