#include "explore/search.h"

#include <algorithm>

#include "base/must.h"
#include "base/visible.h"
#include "explore/ending.h"
#include "explore/route.h"
#include "explore/search_impl.h"
#include "trace/rules/verdict.h"
#include "verify/explain.h"

namespace qs::explore {

sched::Ask times_of(const Limits& limits) {
  return limits.any_time ? sched::Ask::AnyTime : sched::Ask::GivenTimes;
}

run::Program without_lines(const run::Program& program) {
  run::Program out = program;
  out.settings.record_lines = false;
  out.settings.races = true;
  return out;
}

Search::Impl::Impl(const run::Program& p, sched::Schedule b, Limits l, sched::FiberKind f)
    : program(p), quick(without_lines(p)), base(std::move(b)), limits(l), fibers(f) {
  there.place = run::workplace_of(p);
  base.picks.clear();
  begin();
}

void Search::Impl::begin() {
  reduced_player.reset();
  bounded_player.reset();
  reduced.reset();
  if (limits.switches == Limits::kAnySwitches) reduced.emplace(times()).fail(failing);
  next_bound = 0;
  turn = false;
  complete = false;
  bound = -1;
  begin_bounded();
}

void Search::Impl::begin_bounded() { bounded.emplace(times(), next_bound).fail(failing); }

void Search::Impl::execute(Strategy& strategy, std::optional<Player>& player) {
  if (!player) player.emplace(quick, base, strategy, fibers);
  const uint64_t saved = player->saved(), made = player->copies(), bytes = player->copied();
  const run::Run& run = player->play();
  steps_saved += player->saved() - saved;
  copies += player->copies() - made;
  copied += player->copied() - bytes;
  ++executions;
  steps += strategy.choices();
  allocations = std::max(allocations, strategy.allocations());
  tally.note(strategy, run.trace(), !run.given_up(), &strategy == &*bounded);
  done = done || strategy.astray() || (limits.stop_at_first && !tally.ways().empty());
}

// With all schedules known: may a way to go wrong still be met with fewer switches, or with as many
// and fewer steps?
bool Search::Impl::worth_more_switches() const {
  return std::any_of(tally.ways().begin(), tally.ways().end(),
                     [this](const Tally::Way& w) { return w.shortest.switches >= next_bound; });
}

void Search::Impl::one() {
  turn = !turn && reduced;
  turn ? one_reduced() : one_bounded();
}

void Search::Impl::one_reduced() {
  execute(*reduced, reduced_player);
  if (reduced->another()) return;
  reduced_player.reset();
  reduced.reset();
  complete = true;
  bound = Limits::kAnySwitches;
  if (!helping && !worth_more_switches()) is_through();
}

void Search::Impl::one_bounded() {
  execute(*bounded, bounded_player);
  if (bounded->another()) return;
  const bool all = !bounded->cut();
  if (!complete) bound = all ? Limits::kAnySwitches : next_bound;
  if (all || next_bound == limits.switches) complete = true;
  ++next_bound;
  if (all || next_bound > limits.switches || (complete && !worth_more_switches()))
    is_through();
  else
    begin_bounded();
}

// The next allocation fails, if there is one.
void Search::Impl::is_through() {
  if (helping) {  // the other process sees to that
    done = true;
    return;
  }
  if (!limits.failing || failing >= allocations) {
    done = true;
    return;
  }
  least = std::min(least, bound);
  ++failing;
  begin();
}

bool Search::done() const { return impl_->done; }
const std::vector<Kept>& Search::kept() const { return impl_->tally.kept(); }
const sched::Schedule& Search::base() const { return impl_->base; }
uint64_t Search::steps() const { return impl_->steps; }
uint64_t Search::steps_saved() const { return impl_->steps_saved; }
uint64_t Search::copies() const { return impl_->copies; }
uint64_t Search::copied() const { return impl_->copied; }

// Of allocations that are still to fail nothing has been tried.
Progress Search::Impl::progress() const {
  const Impl& s = *this;
  const bool last = !s.limits.failing || s.failing >= s.allocations;
  Progress p;
  p.schedules = s.tally.schedules();
  p.executions = s.executions;
  p.wrong = s.tally.wrong();
  p.ways = s.tally.ways().size();
  p.complete = last && s.complete;
  p.bound = last ? std::min(s.bound, s.least) : -1;
  const double here = s.complete ? 1 : s.reduced ? s.reduced->share() : s.bounded->share();
  const double each = s.limits.failing ? s.allocations + 1 : 1;
  p.share = s.done ? 1 : !s.there.state.empty() ? s.there.share : (s.failing + here) / each;
  return p;
}

Progress Search::progress() const { return impl_->progress(); }

// Nothing is reported from the search alone: it is played again, with its lines. Nothing: it does
// not come out so, and the search was made elsewhere.
std::optional<Finding> Search::Impl::shown(const Tally::Way& way) const {
  Finding f;
  f.rule = way.rule;
  if (const verify::Explanation* e = verify::explain(way.rule)) f.text = e->title;
  f.way = uint32_t(&way - tally.ways().data());
  f.schedules = way.schedules;
  f.steps = way.shortest.steps;
  f.switches = way.shortest.switches;
  f.shares = shares_along(way.shortest.steps_taken, tally.kept());
  if (complete && tally.all_kept()) f.no_return = no_return(f.shares);
  f.schedule = base;
  if (way.rule == "U-08")  // which an ordinary run does not look for
    f.schedule.inputs.insert(f.schedule.inputs.begin(), look_for_races());
  f.schedule.picks = way.shortest.picks;
  const run::Execution again = run::execute(program, f.schedule, fibers);
  size_t found = SIZE_MAX;
  for (const ReportAt& v : reports_in(*again.trace))
    if (v.rule == way.rule && (found == SIZE_MAX || v.site == way.site)) found = v.event;
  if (found == SIZE_MAX && there.place) return {};
  QS_MUST("X-02", {}, found != SIZE_MAX);
  if (const std::string reason = trace::reason_of(*again.trace, found); !reason.empty())
    f.text += ": " + reason;
  f.where = again.trace->site_text((*again.trace)[found].site);
  f.lines = lines_at(*again.trace, found);
  return f;
}

SearchReport Search::report() const {
  const Impl& s = *impl_;
  const Progress now = progress();
  SearchReport out;
  out.schedules = now.schedules;
  out.executions = now.executions;
  out.steps = s.steps;
  out.wrong = now.wrong;
  out.complete = now.complete;
  out.bound = now.bound;
  out.lost = s.there.lost;
  for (const Tally::Way& w : s.tally.ways()) {
    auto finding = s.shown(w);
    if (finding)
      out.findings.push_back(std::move(*finding));
    else
      ++out.not_again;
  }
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const auto& a, const auto& b) {
    return std::pair(a.switches, a.steps) < std::pair(b.switches, b.steps);
  });
  for (const auto& [key, sort] : s.tally.sorts()) {
    Outcome o{s.there.place ? visible(sort.text) : sort.text, sort.schedules, s.base};
    o.schedule.picks = sort.shortest.picks;
    out.outcomes.push_back(std::move(o));
  }
  std::sort(out.outcomes.begin(), out.outcomes.end(), [](const auto& a, const auto& b) {
    return a.schedules != b.schedules ? a.schedules > b.schedules : a.text < b.text;
  });
  return out;
}

Search::Search(const run::Program& program, sched::Schedule base, Limits limits,
               sched::FiberKind fibers)
    : impl_(std::make_unique<Impl>(program, std::move(base), limits, fibers)) {}
Search::~Search() = default;

bool Search::step(uint64_t executions) {
  constexpr double kLong = 20;  // seconds; then what there is has to do
  Impl& s = *impl_;
  if (s.there.place && !s.done) {
    if (!s.there.work) s.begin_piece(executions, kLong);
    while (!s.end_piece(kLong)) {}
    return !s.done;
  }
  for (; executions > 0 && !impl_->done; --executions) impl_->one();
  return !impl_->done;
}

bool Search::go_on(double wait) {
  constexpr double kLongest = 1;
  Impl& s = *impl_;
  if (!s.there.place) return step(1);
  if (s.done) return false;
  if (!s.there.work) {
    s.begin_piece(UINT64_MAX, s.there.seconds);
    s.there.seconds = std::min(2 * s.there.seconds, kLongest);
  }
  s.end_piece(wait);
  return !s.done;
}

}  // namespace qs::explore
