#include "session/races.h"

#include <algorithm>
#include <chrono>

#include "base/must.h"

namespace qs::session {

namespace {

using WallClock = std::chrono::steady_clock;

double seconds_since(WallClock::time_point begin) {
  return std::chrono::duration<double>(WallClock::now() - begin).count();
}

// The first invariant that did not hold while it was looked at.
std::string* first_broken = nullptr;

void note_broken(const Broken& broken) {
  if (first_broken->empty()) *first_broken = broken.text();
}

class Looking {
 public:
  explicit Looking(std::string& first) : before_(on_broken(note_broken)) { first_broken = &first; }
  ~Looking() {
    on_broken(before_);
    first_broken = nullptr;
  }
  Looking(const Looking&) = delete;

 private:
  BrokenHandler before_;
};

}  // namespace

std::string Races::refusal(const Session& session) {
  if (session.view_only())
    return "This is a recording without its program: there are no other schedules of it.";
  return {};
}

Races::Races(const Session& session, explore::Limits limits)
    : program_(session.program()),
      base_(session.unpicked()),
      limits_(limits),
      search_(program_, base_, limits) {
  look(true);
}

Races::~Races() = default;

bool Races::is_of(const Session& session) const {
  return session.program().driver == program_.driver && session.program().name == program_.name &&
         session.unpicked() == base_;
}

bool Races::knows_all() const {
  return report_.complete && report_.bound == explore::Limits::kAnySwitches &&
         kept().size() == report_.schedules;
}

void Races::search(double seconds) {
  const auto begin = WallClock::now();
  if (state_ != State::Going) {
    while (goes_on() && seconds_since(begin) < seconds) try_luck(1);
    return;
  }
  const double before = spent_;
  do {
    step();
    spent_ = before + seconds_since(begin);
    rest_if_due();
  } while (state_ == State::Going && spent_ - before < seconds);
  look(state_ != State::Going);
}

void Races::search_executions(uint64_t executions) {
  for (; executions > 0 && state_ == State::Going; --executions) {
    step();
    rest_if_due();
  }
  look(true);
}

bool Races::goes_on() const {
  return state_ == State::Going || (state_ != State::Broken && !luck_ && !program_.elsewhere);
}

void Races::try_luck(uint64_t schedules) {
  if (luck_ || program_.elsewhere) return;
  std::string seen;  // the search stops at it, if it meets it
  const Looking looking(seen);
  if (!random_) random_ = std::make_unique<explore::RandomRuns>(program_, base_, limits_);
  random_->step(std::min(schedules, kRandom - random_->made()));
  if (random_->made() < kRandom) return;
  luck_ = random_->met();
  random_.reset();
}

// Somebody explores what nobody has run before: what is wrong in the engine must not end the
// program with all that the person has done in it.
void Races::step() {
  const Looking looking(broken_);
  constexpr double kWait = 0.002;  // seconds, for a driver that is in another process
  search_.go_on(kWait);
}

void Races::rest_if_due() {
  if (!broken_.empty())
    state_ = State::Broken;
  else if (search_.done())
    state_ = State::Done;
  else if (spent_ >= allowed_)
    state_ = State::OutOfTime;
  else if (search_.progress().schedules >= allowed_schedules_)
    state_ = State::OutOfMemory;
}

// A report plays each finding again: seldom, so that most of the time goes into the search.
void Races::look(bool now) {
  constexpr double kShareOfSearch = 15;
  if (!now && spent_ - looked_at_ < 0.3 + kShareOfSearch * look_took_) return;
  const auto begin = WallClock::now();
  const Looking looking(broken_);
  report_ = search_.report();
  look_took_ = seconds_since(begin);
  looked_at_ = spent_;
}

void Races::stop() {
  if (state_ != State::Going) return;
  state_ = State::Stopped;
  look(true);
}

void Races::go_on() {
  if (state_ == State::Going || state_ == State::Done || state_ == State::Broken) return;
  if (state_ != State::Stopped) allowed_ = spent_ + kSeconds;
  if (state_ == State::OutOfMemory) allowed_schedules_ += kSchedules;
  state_ = State::Going;
}

// An ordinary run does not look for races in memory.
sched::Schedule Races::schedule_of(const explore::Kept& kept) const {
  sched::Schedule out = search_.base();
  const auto& findings = report_.findings;
  const bool looks = std::any_of(kept.ways.begin(), kept.ways.end(), [&](uint32_t way) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const explore::Finding& f) { return f.way == way && f.rule == "U-08"; });
  });
  if (looks) out.inputs.insert(out.inputs.begin(), explore::look_for_races());
  out.picks = kept.picks;
  return out;
}

std::shared_ptr<const explore::Route> Races::route(const sched::Schedule& schedule) const {
  std::string seen;  // the search has told it, if it was met there
  const Looking looking(seen);
  return std::make_shared<explore::Route>(explore::follow(program_, schedule, limits_.any_time));
}

std::shared_ptr<const explore::Route> route_of(const Session& session) {
  return std::make_shared<explore::Route>(
      explore::follow(session.program(), session.branch().schedule, true, false));
}

std::vector<explore::Road> Races::roads(const explore::Route& route, size_t step) const {
  std::string seen;
  const Looking looking(seen);
  return explore::roads_at(program_, route, step, kept());
}

}  // namespace qs::session
