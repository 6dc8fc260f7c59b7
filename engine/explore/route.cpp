#include "explore/route.h"

#include <algorithm>
#include <utility>

#include "base/must.h"
#include "explore/elsewhere.h"
#include "explore/strategy.h"

namespace qs::explore {

using sched::Move;
using sched::Mover;

namespace {

// Goes one given way: by moves as long as there are some, then by picks.
class Guided final : public Strategy {
 public:
  Guided(sched::Ask times, const std::vector<sched::Pick>& picks)
      : Strategy(times), picks_(picks) {
    for (const sched::Pick& p : picks)
      if (p.mover == Mover::Memory) fail(p.thread);
  }

  void moves_first(std::vector<Move> moves, bool then_stop) {
    moves_ = std::move(moves);
    stops_ = then_stop;
  }
  void watch(const run::Run& run) { run_ = &run; }
  bool at_rest() const override { return false; }  // its events are those of an ordinary run

  std::optional<Move> next(const sched::ChoicePoint& at, const std::vector<Move>& open) override {
    const auto move = Strategy::next(at, open);
    if (move) begins_.push_back(run_->trace().size());
    return move;
  }

  bool fails(uint32_t allocation) override {
    Strategy::fails(allocation);
    return picks_.fails(allocation);
  }

  std::vector<RouteStep> taken() const {
    std::vector<RouteStep> out;
    for (size_t i = 0; i < nodes_.size(); ++i) {
      const Node& n = nodes_[i];
      RouteStep s;
      s.at = n.at;
      for (const Way& w : n.open) s.open.push_back(w.move);
      s.chosen = n.chosen;
      s.is_switch = n.is_switch(n.chosen);
      s.hash = path_.steps()[i].hash;
      s.from = begins_[i];
      s.to = i + 1 < nodes_.size() ? begins_[i + 1] : run_->trace().size();
      out.push_back(std::move(s));
    }
    return out;
  }

 protected:
  bool enter(Node& node) override {
    const size_t at = nodes_.size() - 1;
    std::vector<Move> open;
    for (const Way& w : node.open) open.push_back(w.move);
    Move wanted = open.front();
    if (at < moves_.size())
      wanted = moves_[at];
    else if (stops_)
      return false;
    else if (picks_.asks(node.at) != sched::Ask::No)
      wanted = *picks_.next(node.at, open);
    const auto found = std::find(open.begin(), open.end(), wanted);
    QS_MUST("X-02", node.at.object, found != open.end());
    node.chosen = uint32_t(found - open.begin());
    return true;
  }
  void learn(size_t, bool) override {}
  bool take_another(Node&) override { return false; }
  bool is_left(const Node&, const Way&) const override { return false; }

 private:
  sched::PicksChooser picks_;
  std::vector<Move> moves_;
  bool stops_ = false;
  const run::Run* run_ = nullptr;
  std::vector<size_t> begins_;
};

}  // namespace

// What `out` says it is, filled in.
Route execute_guided(const run::Program& program, Route out, const Guide& guide,
                     sched::FiberKind fibers, const std::function<void(const run::Run&)>& show) {
  if (const run::Workplace* there = run::workplace_of(program))
    return guided_elsewhere(*there, program, std::move(out), guide);
  run::Program looking = program;
  looking.settings.races = looking.settings.races || out.looks_for_races;
  Guided guided(out.any_time ? sched::Ask::AnyTime : sched::Ask::GivenTimes, out.schedule.picks);
  guided.moves_first(guide.moves, guide.then_stop);
  guided.begin();
  run::Run run(looking, out.schedule, guided, guided.footprint(), fibers);
  guided.watch(run);
  run.finish();
  guided.end(run.ended());
  out.steps = guided.taken();
  if (show) show(run);
  out.execution = run.take();
  return out;
}

namespace {

std::vector<const Kept*> beginning_so(const Route& route, size_t steps,
                                      std::span<const Kept> kept) {
  std::vector<const Kept*> out;
  for (const Kept& k : kept) {
    const auto has = [&k](const RouteStep& s) { return k.has(s.hash); };
    // The last steps first: most schedules differ from the route at its end.
    const auto end = route.steps.begin() + long(std::min(steps, route.steps.size()));
    if (std::all_of(std::make_reverse_iterator(end), route.steps.rend(), has)) out.push_back(&k);
  }
  return out;
}

}  // namespace

sched::Input look_for_races() {
  sched::Input look;
  look.kind = sched::InputKind::Option;
  look.text = "races=on";
  return look;
}

uint32_t Route::switches() const {
  return uint32_t(
      std::count_if(steps.begin(), steps.end(), [](const auto& s) { return s.is_switch; }));
}

Route follow(const run::Program& program, const sched::Schedule& schedule, bool any_time,
             bool looks_for_races, sched::FiberKind fibers) {
  Route out;
  out.schedule = schedule;
  out.any_time = any_time;
  out.looks_for_races = looks_for_races;
  return execute_guided(program, std::move(out), {}, fibers);
}

Route follow_to(const run::Program& program, const Route& route, size_t steps, Move then,
                sched::FiberKind fibers) {
  std::vector<Move> moves;
  for (size_t i = 0; i < steps; ++i) moves.push_back(route.steps[i].move());
  moves.push_back(then);
  Route out;
  out.schedule = route.schedule;
  out.any_time = route.any_time;
  out.looks_for_races = route.looks_for_races;
  return execute_guided(program, std::move(out), {std::move(moves), true}, fibers);
}

sched::Schedule turned(const Route& route, size_t step, Move instead) {
  sched::Schedule out = route.schedule;
  std::erase_if(out.picks, [](const sched::Pick& p) { return p.mover != Mover::Memory; });
  const auto pick = [&out](const RouteStep& s, Move move) {
    if (move != s.open.front())
      out.picks.push_back({s.at.ordinal, move.number, s.at.after, move.mover});
  };
  for (size_t i = 0; i < step; ++i) pick(route.steps[i], route.steps[i].move());
  pick(route.steps[step], instead);
  return out;
}

std::vector<Share> shares_along(const Route& route, std::span<const Kept> kept) {
  std::vector<uint64_t> steps;
  for (const RouteStep& s : route.steps) steps.push_back(s.hash);
  return shares_along(steps, kept);
}

std::vector<Road> roads_at(const run::Program& program, const Route& route, size_t step,
                           std::span<const Kept> kept, sched::FiberKind fibers) {
  std::vector<Road> out;
  const RouteStep& at = route.steps[step];
  const std::vector<const Kept*> begun = beginning_so(route, step, kept);
  for (uint32_t i = 0; i < at.open.size(); ++i) {
    Road road;
    road.move = at.open[i];
    road.taken = i == at.chosen;
    road.is_switch = i != 0 && (at.at.after == 0 || road.move.mover != sched::Mover::Thread);
    road.shown = follow_to(program, route, step, road.move, fibers);
    if (road.shown.steps.empty()) continue;  // of a driver elsewhere, which said nothing of it
    const uint64_t hash = road.shown.steps.back().hash;
    for (const Kept* k : begun) {
      if (!k->has(hash)) continue;
      ++road.share.all;
      road.share.well += !k->wrong();
      for (uint32_t way : k->ways)
        if (std::find(road.ways.begin(), road.ways.end(), way) == road.ways.end())
          road.ways.push_back(way);
    }
    std::sort(road.ways.begin(), road.ways.end());
    out.push_back(std::move(road));
  }
  return out;
}

std::optional<uint32_t> switches_to_wrong(const Route& route, size_t steps,
                                          std::span<const Kept> kept) {
  uint32_t made = 0;
  for (size_t i = 0; i < steps; ++i) made += route.steps[i].is_switch;
  std::optional<uint32_t> out;
  for (const Kept* k : beginning_so(route, steps, kept)) {
    if (!k->wrong()) continue;
    const uint32_t left = k->switches > made ? k->switches - made : 0;
    out = std::min(out.value_or(left), left);
  }
  return out;
}

}  // namespace qs::explore
