// What is shown of a search, without drawing it.
#include "ui/panes/races/races.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ui/panes/races/parts.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using explore::Limits;
using session::Races;

namespace races {

std::string percent(const explore::Share& share) {
  if (share.all == 0) return "–";
  const double all = double(share.all), well = double(share.well);
  // Only all is 100 %, and only none is 0 %.
  const int rounded = int(100 * well / all + 0.5);
  return fmt::format("{} %", share.well == share.all ? 100
                             : share.well == 0       ? 0
                                                     : std::clamp(rounded, 1, 99));
}

const explore::Finding* finding_of(const RacesState& st, uint32_t way) {
  for (const explore::Finding& f : st.races->report().findings)
    if (f.way == way) return &f;
  return nullptr;
}

}  // namespace races

namespace {

// The driver was saved meanwhile; "": it is another one.
std::string known_before(const Races& old, const session::Session& session) {
  const run::Program& now = session.program();
  const explore::Progress p = old.progress();
  const bool saved = old.program().elsewhere && now.elsewhere && old.program().name == now.name;
  if (!saved || p.schedules == 0) return {};
  return p.wrong == 0 ? trf("races.was_none", grouped(p.schedules))
                      : trf("races.was", grouped(p.wrong), grouped(p.schedules));
}

}  // namespace

void begin_races(RacesState& st, const session::Session& session) {
  st.error = Races::refusal(session);
  if (!st.error.empty()) return;
  if (st.races && st.races->is_of(session)) return;
  Limits limits;
  limits.any_time = true;
  std::string was;
  if (st.races) {
    limits = st.races->limits();
    was = known_before(*st.races, session);
  }
  restart_races(st, session, limits);
  st.was = std::move(was);
}

void restart_races(RacesState& st, const session::Session& session, Limits limits) {
  const RacesPart part = st.part;
  std::string was = std::move(st.was);
  st = RacesState();
  st.part = part;
  st.was = std::move(was);
  st.error = Races::refusal(session);
  if (st.error.empty()) st.races = std::make_unique<Races>(session, limits);
}

namespace {

// The choice that decided it; else the last switch; else the end.
size_t telling_step(const RacesShown& shown, const std::optional<size_t>& no_return) {
  const auto& steps = shown.route->steps;
  if (steps.empty()) return 0;
  if (no_return && *no_return > 0) return *no_return - 1;
  for (size_t i = steps.size(); i-- > 0;)
    if (steps[i].is_switch) return i;
  return steps.size() - 1;
}

void count(RacesState& st) {
  const uint64_t executions = st.races->report().executions;
  auto& c = st.counted;
  if (c.route == st.shown.route.get() && c.executions == executions) return;
  c.route = st.shown.route.get();
  c.executions = executions;
  c.shares = explore::shares_along(*st.shown.route, st.races->kept());
  c.no_return.reset();
  if (st.races->knows_all()) c.no_return = explore::no_return(c.shares);
  std::vector<uint64_t> steps;
  for (const explore::RouteStep& s : st.shown.route->steps) steps.push_back(s.hash);
  std::sort(steps.begin(), steps.end());
  const auto& kept = st.races->kept();
  const auto same = std::find_if(kept.begin(), kept.end(),
                                 [&](const explore::Kept& k) { return k.steps == steps; });
  c.kept = same == kept.end() ? size_t(-1) : size_t(same - kept.begin());
}

void show(RacesState& st, const sched::Schedule& schedule, int way) {
  RacesShown next;
  next.route = st.races->route(schedule);
  next.timeline = std::make_shared<model::Timeline>(
      std::shared_ptr<const trace::Trace>(next.route->execution.trace));
  if (const auto* driver = st.races->program().driver)
    next.names = trace::worker_names(*next.route->execution.trace, driver->sources());
  std::string_view rule;
  if (const explore::Finding* f = way < 0 ? nullptr : races::finding_of(st, uint32_t(way)))
    rule = f->rule;
  next.sequence = sequence_of(*next.route, next.names, rule);
  next.way = way;
  st.shown = std::move(next);
  count(st);
  st.shown.at = telling_step(st.shown, st.counted.no_return);
  st.seen_row = size_t(-1);
}

void remember(RacesState& st) {
  constexpr size_t kMost = 64;
  if (!st.shown.route) return;
  st.before.push_back(st.shown);
  if (st.before.size() > kMost) st.before.erase(st.before.begin());
}

void put_in_order(RacesState& st) {
  const auto& kept = st.races->kept();
  st.ordered = st.races->report().executions;
  st.order.resize(kept.size());
  for (uint32_t i = 0; i < st.order.size(); ++i) st.order[i] = i;
  std::sort(st.order.begin(), st.order.end(), [&](uint32_t a, uint32_t b) {
    const auto key = [&](uint32_t i) {
      return std::tuple(kept[i].switches, kept[i].steps.size(), i);
    };
    return key(a) < key(b);
  });
}

}  // namespace

// Until somebody chooses: the shortest way it goes wrong that is known, else what happens by
// itself.
void refresh_races(RacesState& st) {
  const explore::SearchReport& report = st.races->report();
  if (st.ordered != report.executions) put_in_order(st);
  if (!st.chosen && !report.findings.empty()) {
    const explore::Finding& first = report.findings.front();
    if (!st.shown.route || st.shown.way != int(first.way) ||
        st.shown.route->schedule != first.schedule)
      show(st, first.schedule, int(first.way));
  } else if (!st.shown.route && !st.order.empty()) {
    show(st, st.races->schedule_of(st.races->kept()[st.order.front()]), -1);
  }
  if (st.shown.route) count(st);
}

bool tick_races(RacesState& st, double seconds) {
  if (!st.races || !st.races->goes_on()) return false;
  const bool going = st.races->state() == Races::State::Going;
  st.races->search(seconds);
  if (going) refresh_races(st);
  return true;
}

void show_way(RacesState& st, size_t finding) {
  remember(st);
  st.chosen = true;
  const explore::Finding& f = st.races->report().findings[finding];
  show(st, f.schedule, int(f.way));
}

void show_kept(RacesState& st, size_t kept) {
  remember(st);
  st.chosen = true;
  show(st, st.races->schedule_of(st.races->kept()[kept]), -1);
}

void show_outcome(RacesState& st, size_t outcome) {
  remember(st);
  st.chosen = true;
  show(st, st.races->report().outcomes[outcome].schedule, -1);
}

void show_schedule(RacesState& st, const sched::Schedule& schedule) { show(st, schedule, -1); }

void take_road(RacesState& st, size_t road) {
  if (road >= st.roads.list.size()) return;
  const size_t at = st.shown.at;
  const bool game = st.game.on;
  st.game.hint = false;
  if (st.roads.list[road].road.taken) {
    if (!game) return look_at_step(st, at + 1);
    remember(st);
    return look_at_choice(st, at + 1);
  }
  const sched::Schedule schedule =
      explore::turned(*st.shown.route, at, st.roads.list[road].road.move);
  remember(st);
  st.chosen = true;
  show(st, schedule, -1);
  st.shown.mine = true;
  game ? look_at_choice(st, at + 1) : look_at_step(st, at + 1);
}

bool show_before(RacesState& st) {
  if (st.before.empty()) return false;
  st.shown = std::move(st.before.back());
  st.before.pop_back();
  st.seen_row = size_t(-1);
  count(st);
  return true;
}

void look_at_step(RacesState& st, size_t at) {
  if (!st.shown.route) return;
  st.shown.at = std::min(at, st.shown.route->steps.size());
  st.shown.at_verdict = false;
}

// --- words ---

std::string races_verdict(const Races& r) {
  const bool going = r.state() == Races::State::Going;
  const explore::SearchReport& report = r.report();
  const explore::Progress now = r.progress();
  const uint64_t all = now.schedules, wrong = now.wrong;
  if (wrong == 0) {
    if (going) return trf("races.none_yet", grouped(all));
    if (all == 1 && report.complete) return tr("races.only_one");
    return trf(report.complete ? "races.none" : "races.none_found", grouped(all));
  }
  if (wrong == all && all > 1)
    return trf(now.ways == 1 ? "races.all_wrong_one_way" : "races.all_wrong", grouped(all),
               now.ways);
  if (now.ways == 1)
    return trf(wrong == 1 ? "races.one_wrong" : "races.wrong_one_way", grouped(wrong),
               grouped(all));
  return trf("races.wrong", grouped(wrong), grouped(all), now.ways);
}

namespace {

std::string bound_words(int64_t bound) {
  return bound == 1 ? std::string(tr("races.bounded_one")) : trf("races.bounded", bound);
}

}  // namespace

std::string races_luck(const Races& r) {
  const explore::Luck* const luck = r.luck();
  if (!luck) return {};
  const std::string all = grouped(luck->schedules);
  if (luck->wrong == 0) return trf("races.luck_none", all);
  return trf(luck->wrong == 1 ? "races.luck_one" : "races.luck", all, grouped(luck->wrong),
             grouped(luck->first));
}

std::string races_coverage(const Races& r) {
  const explore::SearchReport& report = r.report();
  const std::string time = r.seconds() > 0 ? fmt::format("{:.2f} s", r.seconds()) : std::string();
  if (r.state() == Races::State::Going) return trf("races.going", time);
  if (!report.lost.empty()) return trf("races.lost", report.lost);
  if (report.not_again > 0) return trf("races.not_again", report.not_again);
  if (report.complete && report.bound == Limits::kAnySwitches)
    return time.empty() ? tr("races.all_tried") : trf("races.all_tried_in", time);
  if (report.complete) return bound_words(report.bound);
  std::string why;
  switch (r.state()) {
    case Races::State::OutOfTime: why = trf("races.out_of_time", time); break;
    case Races::State::Broken: return trf("races.broken", r.broken());
    case Races::State::OutOfMemory: why = tr("races.out_of_memory"); break;
    default: why = tr("races.stopped");
  }
  if (report.bound >= 0) why += " " + bound_words(report.bound);
  return why;
}

std::string races_below_verdict(const RacesState& st) {
  return (st.was.empty() ? std::string() : st.was + "  ") + races_coverage(*st.races);
}

}  // namespace qs::ui
