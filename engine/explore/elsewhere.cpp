#include "explore/elsewhere.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "explore/search_impl.h"

namespace qs::explore {

namespace {

using WallClock = std::chrono::steady_clock;

constexpr uint64_t kAny32 = UINT32_MAX;
constexpr uint64_t kMostMilliseconds = 3'600'000;

void put_move(Writer& to, sched::Move move) {
  to.number(uint64_t(move.mover));
  to.number(move.number);
}

sched::Move get_move(Reader& from) {
  const auto mover = sched::Mover(from.number(uint64_t(sched::Mover::Memory)));
  return {mover, uint32_t(from.number(kAny32))};
}

void put_steps(Writer& to, const std::vector<RouteStep>& steps) {
  to.number(steps.size());
  for (const RouteStep& s : steps) {
    for (uint64_t x : {uint64_t(s.at.ordinal), uint64_t(s.at.after), uint64_t(s.at.begun),
                       uint64_t(s.at.op), uint64_t(s.at.object.raw), uint64_t(s.chosen),
                       uint64_t(s.is_switch), s.hash, uint64_t(s.from), uint64_t(s.to)})
      to.number(x);
    to.number(s.open.size());
    for (const sched::Move& move : s.open) put_move(to, move);
  }
}

// `events`: of the run that they are of.
std::vector<RouteStep> get_steps(Reader& from, size_t events) {
  std::vector<RouteStep> out(from.count());
  for (RouteStep& s : out) {
    s.at.ordinal = uint32_t(from.number(kAny32));
    s.at.after = uint32_t(from.number(kAny32));
    s.at.begun = from.flag();
    s.at.op = sched::Op(from.number(uint64_t(sched::Op::DriverLock)));
    s.at.object = ObjectId(uint32_t(from.number(kAny32)));
    s.chosen = uint32_t(from.number(kAny32));
    s.is_switch = from.flag();
    s.hash = from.number();
    s.from = size_t(from.number(events));
    s.to = size_t(from.number(events));
    s.open.resize(from.count());
    for (sched::Move& move : s.open) move = get_move(from);
    if (s.chosen >= s.open.size() || s.from > s.to) from.refuse();
    if (!from.good()) return {};
  }
  return out;
}

// --- where the driver is ---

// Here the whole of it is known, and in the end it is for the other side to say what it is worth.
bool search_here(const run::Program& program, const sched::Schedule& base, Reader& from,
                 const Answers& answers) {
  constexpr uint64_t kFirstSaid = 64;  // then each time that there are twice as many
  const Limits limits = get_limits(from);
  const uint64_t executions = from.number(), milliseconds = from.number(kMostMilliseconds);
  const std::string state = from.text();
  if (!from.good() || !from.at_end()) return false;
  Search::Impl search(program, base, limits, sched::FiberKind::Context);
  Reader saved(state);
  search.load(saved);
  if (!saved.good() || !saved.at_end()) return false;
  const auto end = WallClock::now() + std::chrono::milliseconds(milliseconds);
  uint64_t next_said = kFirstSaid;
  for (uint64_t made = 0; made < executions && !search.done && WallClock::now() < end;) {
    search.one();
    if (++made < next_said) continue;
    next_said *= 2;
    answers.say(search.piece());
  }
  answers.say(search.piece());
  return true;
}

bool route_here(const run::Program& program, const sched::Schedule& schedule, Reader& from,
                const Answers& answers) {
  Route route;
  route.schedule = schedule;
  route.any_time = from.flag();
  route.looks_for_races = from.flag();
  Guide guide;
  guide.then_stop = from.flag();
  guide.moves.resize(from.count());
  for (sched::Move& move : guide.moves) move = get_move(from);
  if (!from.good() || !from.at_end()) return false;
  route = execute_guided(program, std::move(route), guide, sched::FiberKind::Context, answers.show);
  Writer to;
  put_steps(to, route.steps);
  answers.say(to.bytes());
  return true;
}

bool luck_here(const run::Program& program, const sched::Schedule& base, Reader& from,
               const Answers& answers) {
  const Limits limits = get_limits(from);
  const uint64_t schedules = from.number(), seed = from.number();
  if (!from.good() || !from.at_end()) return false;
  const Luck luck = by_luck(program, base, limits, schedules, seed, sched::FiberKind::Context);
  Writer to;
  for (uint64_t x : {luck.schedules, luck.different, luck.wrong, luck.first}) to.number(x);
  to.number(luck.ways.size());
  for (const Luck::Way& way : luck.ways) {
    to.text(way.rule);
    to.text(way.where);
    to.number(way.met);
    to.number(way.first);
  }
  to.number(luck.outcomes.size());
  for (const auto& [text, schedules_so] : luck.outcomes) {
    to.text(text);
    to.number(schedules_so);
  }
  answers.say(to.bytes());
  return true;
}

}  // namespace

bool work(const run::Program& program, const sched::Schedule& schedule, std::string_view asked,
          const Answers& answers) {
  Reader from(asked);
  switch (Asked(from.number(uint64_t(Asked::Luck)))) {
    case Asked::Search: return search_here(program, schedule, from, answers);
    case Asked::Route: return route_here(program, schedule, from, answers);
    case Asked::Luck: return luck_here(program, schedule, from, answers);
  }
  return false;
}

void put_limits(Writer& to, const Limits& limits) {
  for (uint64_t x : {uint64_t(limits.switches), uint64_t(limits.any_time),
                     uint64_t(limits.stop_at_first), uint64_t(limits.failing)})
    to.number(x);
}

Limits get_limits(Reader& from) {
  Limits out;
  out.switches = uint32_t(from.number(kAny32));
  out.any_time = from.flag();
  out.stop_at_first = from.flag();
  out.failing = from.flag();
  return out;
}

// --- outside ---

namespace {

constexpr double kSecondsForOne = 10;  // run, or a thousand of them

run::Work::Outcome outcome_of(const run::Workplace& there, const run::Program& program,
                              const sched::Schedule& schedule, Writer& asked) {
  const auto work = there.begin(program, schedule, asked.bytes(), kSecondsForOne);
  while (!work->ended(1)) {}
  return work->take();
}

}  // namespace

Route guided_elsewhere(const run::Workplace& there, const run::Program& program, Route out,
                       const Guide& guide) {
  Writer asked;
  asked.number(uint64_t(Asked::Route));
  for (bool x : {out.any_time, out.looks_for_races, guide.then_stop}) asked.number(x);
  asked.number(guide.moves.size());
  for (const sched::Move& move : guide.moves) put_move(asked, move);
  run::Work::Outcome said = outcome_of(there, program, out.schedule, asked);
  out.execution = std::move(said.seen);
  Reader from(said.answer);
  std::vector<RouteStep> steps = get_steps(from, out.execution.trace->size());
  if (from.good() && from.at_end()) out.steps = std::move(steps);
  return out;
}

Luck luck_elsewhere(const run::Workplace& there, const run::Program& program,
                    const sched::Schedule& base, const Limits& limits, uint64_t schedules,
                    uint64_t seed) {
  Writer asked;
  asked.number(uint64_t(Asked::Luck));
  put_limits(asked, limits);
  asked.number(schedules);
  asked.number(seed);
  const run::Work::Outcome said = outcome_of(there, program, base, asked);
  Reader from(said.answer);
  Luck out;
  for (uint64_t* x : {&out.schedules, &out.different, &out.wrong, &out.first}) *x = from.number();
  out.ways.resize(from.count());
  for (Luck::Way& way : out.ways) {
    way.rule = from.text();
    way.where = from.text();
    way.met = from.number();
    way.first = from.number();
  }
  for (size_t n = from.count(); n > 0; --n) {
    std::string text = from.text();
    out.outcomes[std::move(text)] = from.number();
  }
  return from.good() && from.at_end() ? out : Luck();
}

// --- pieces of a search ---

std::string Search::Impl::piece() const {
  Writer state, to;
  save(state);
  to.text(state.bytes());
  const Progress now = progress();
  for (uint64_t x : {uint64_t(done), uint64_t(failing), uint64_t(allocations), uint64_t(complete),
                     uint64_t(bound + 1), uint64_t(least), executions, steps, steps_saved,
                     uint64_t(now.share * 1000)})
    to.number(x);
  tally.save(to);
  return std::move(to.bytes());
}

bool Search::Impl::take_piece(std::string_view bytes) {
  Reader from(bytes);
  std::string state = from.text();
  const bool is_done = from.flag();
  const auto failed = uint32_t(from.number(kAny32)), most = uint32_t(from.number(kAny32));
  const bool whole = from.flag();
  const auto covered = int64_t(from.number(kAny32 + 1)) - 1, lowest = int64_t(from.number(kAny32));
  const uint64_t made = from.number(), stepped = from.number(), spared = from.number(),
                 thousandths = from.number(1000);
  Tally found(kKept);
  found.load(from);
  if (!from.good() || !from.at_end()) return false;
  there.state = std::move(state);
  there.share = double(thousandths) / 1000;
  done = is_done;
  failing = failed;
  allocations = most;
  complete = whole;
  bound = covered;
  least = lowest;
  executions = made;
  steps = stepped;
  steps_saved += spared;  // of this piece
  tally = std::move(found);
  return true;
}

void Search::Impl::begin_piece(uint64_t most, double seconds) {
  constexpr double kLongest = 60;  // what is found is to be seen now and then
  seconds = std::min(seconds, kLongest);
  Writer asked, state;
  save(state);
  asked.number(uint64_t(Asked::Search));
  put_limits(asked, limits);
  asked.number(most);
  asked.number(uint64_t(seconds * 1000) + 1);
  asked.text(state.bytes());
  there.work = there.place->begin(program, base, asked.bytes(), seconds);
}

// False: it goes on.
bool Search::Impl::end_piece(double wait) {
  if (!there.work->ended(wait)) return false;
  const run::Work::Outcome said = there.work->take();
  there.work.reset();
  const bool read = !said.answer.empty() && take_piece(said.answer);
  there.lost = said.why;
  if (there.lost.empty() && !read) there.lost = "what it had found could not be read";
  if (!there.lost.empty()) done = true, complete = false;
  return true;
}

}  // namespace qs::explore
