// Who goes on, where more than one could: what is listed for the chooser, and what is done with its
// answer. explore/README.md says what is a choice and what is not.
#include <algorithm>
#include <utility>

#include "kmdf/ask/ask.h"
#include "kmdf/core/accesses.h"
#include "run/run_impl.h"

namespace qs::run {

using sched::Ask;
using sched::ChoicePoint;
using sched::InputKind;
using sched::Move;
using sched::Mover;
using sched::VThread;

namespace {

// Who makes each input: what one of them does keeps its order, whatever the others do.
class Streams {
 public:
  explicit Streams(const Program& program) {
    for (const AppSpec& app : program.apps) {
      for (const std::string& name : app.files) opened_.emplace(name, app.name);
      if (first_.empty()) first_ = app.name;
    }
  }

  uint32_t of(const sched::Input& input) {
    const std::string who = maker(input);
    return streams_.emplace(who, uint32_t(streams_.size())).first->second;
  }

 private:
  std::string maker(const sched::Input& input) {
    switch (input.kind) {
      case InputKind::Send: return sender(input);
      case InputKind::Cancel: {
        const auto sent = sent_.find(input.subject);
        return sent == sent_.end() ? first_ : sent->second;
      }
      case InputKind::OpenFile: {
        const OpenText text = parse_open(input.text);
        opened_[input.subject] = text.app.empty() ? first_ : text.app;
        return opened_[input.subject];
      }
      case InputKind::CloseHandle:
      case InputKind::CloseFile: {
        const auto opened = opened_.find(input.subject);
        return opened == opened_.end() ? first_ : opened->second;
      }
      case InputKind::AppExit: return input.subject;
      case InputKind::Power:
      case InputKind::Pnp:
      case InputKind::Timers: return "(system)";
      case InputKind::Order:
      case InputKind::QueueOrder:
      case InputKind::TargetOrder: return "(orders)";
      default: return std::string("(") + sched::input_word(input.kind) + ")";
    }
  }

  // Requests are named by type, in the order in which they are sent.
  std::string sender(const sched::Input& input) {
    const auto text = parse_send(input.text);
    std::string app = input.subject;
    if (app.empty() && text) {
      const auto opened = opened_.find(text->file);
      app = opened == opened_.end() ? first_ : opened->second;
    }
    const std::string word = input.text.substr(0, input.text.find(' '));
    const char letter = word == "read" ? 'R' : word == "write" ? 'W' : word == "ioctl" ? 'C' : 'I';
    sent_.emplace(letter + std::to_string(++numbers_[letter]), app);
    return app;
  }

  std::string first_;
  std::map<std::string, std::string> opened_, sent_;  // handles, requests; of which application
  std::map<char, uint32_t> numbers_;
  std::map<std::string, uint32_t> streams_;
};

}  // namespace

std::vector<uint32_t> Run::Impl::streams_of_inputs() const {
  Streams makers(program);
  std::vector<uint32_t> out;
  for (const PendingInput& p : pending.all()) out.push_back(makers.of(*p.input));
  return out;
}

// Before its time an input comes only where it can do something: not a cancel of what was not sent.
bool Run::Impl::can_come(const sched::Input& input) {
  switch (input.kind) {
    case InputKind::Cancel: return bool(world.trace->named(input.subject, ObjectKind::Request));
    case InputKind::CloseHandle:
    case InputKind::CloseFile: return file(input.subject) != nullptr;
    case InputKind::Order: {
      const ObjectId about = world.trace->named(input.subject, ObjectKind::Request);
      for (const kmdf::PendingAsk& ask : kmdf::pending_asks())
        if (about && (ask.request == about || ask.worker())) return true;
      return false;
    }
    case InputKind::QueueOrder:
    case InputKind::TargetOrder: return !kmdf::pending_asks().empty();
    default: return true;
  }
}

// The next input of each stream, and what the clock has for us; `time`: what is due by then.
void Run::Impl::list_inputs(std::vector<Move>& open, Ask ask, uint32_t time) {
  const auto add = [&open](Mover mover, uint32_t number) {
    if (open.front() != Move{mover, number}) open.push_back({mover, number});
  };
  pending.look(*world.trace);
  if (streams.empty()) streams = streams_of_inputs();
  std::vector<uint32_t> seen;
  for (const PendingInputs::Coming& c : pending.coming()) {
    if (std::find(seen.begin(), seen.end(), streams[c.place]) != seen.end()) continue;
    seen.push_back(streams[c.place]);
    const bool early = c.time > time;
    if (early && (ask == Ask::GivenTimes || !can_come(*pending.all()[c.place].input))) continue;
    add(Mover::Input, c.place);
  }
  for (uint64_t id : world.scheduler.due_by(time, ask == Ask::AnyTime ? UINT32_MAX : time))
    add(Mover::Clock, uint32_t(id));
}

// Nothing: the run is given up, or the chooser is asked when the next step begins.
std::optional<Move> Run::Impl::choose(Asked a) {
  note_driver_memory();
  a.ask = chooser->asks(a.at);
  if (a.ask == Ask::No) return a.usual;
  if (!chooser->at_rest()) return choose_now(a);
  asked = a;
  return {};
}

// What the driver does with its memory is known by the compiler's hooks; what the framework has
// written for it can be seen.
void Run::Impl::note_driver_memory() {
  if (!footprint) return;
  for (const char* at : memory_watch->changed(world.framework.driver_memory))
    kmdf::touch_memory(at, MemoryWatch::kPiece, sched::Use::Changes);
}

std::optional<Move> Run::Impl::choose_now(const Asked& a) {
  std::vector<Move> open{a.usual};
  for (const VThread* t : world.scheduler.runnable())
    if (const Move move{Mover::Thread, t->id.serial()}; move != a.usual) open.push_back(move);
  if (begun) list_inputs(open, a.ask, a.time);
  const std::optional<Move> chosen = chooser->next(a.at, open);
  if (!chosen) given_up = true;
  return chosen;
}

// What was asked at the end of the last step. False: something from outside came, or the run is
// given up; else a thread goes next.
bool Run::Impl::answered() {
  const Asked a = *std::exchange(asked, std::nullopt);
  sched::Scheduler& s = world.scheduler;
  const auto move = choose_now(a);
  if (!move) return finished = true, false;
  if (a.where == Asked::Idle) return do_idle(*move, a.time), false;
  if (move->mover != Mover::Thread) return make_move(*move, a.interrupted), false;
  VThread* const next = s.runnable(move->number);
  s.goes_next(next);
  if (a.where == Asked::Decision && next != a.interrupted) (void)next_point();
  return true;
}

VThread* Run::Impl::choose_at_decision(uint64_t ordinal, VThread* usual) {
  sched::Scheduler& s = world.scheduler;
  VThread* const me = s.current();
  point = {uint32_t(ordinal), 0, begun, me->next_op, me->next_object};
  const VThread* first = usual ? usual : me;
  const auto move =
      choose({point, {Mover::Thread, first->id.serial()}, s.now(), Asked::Decision, {}, me});
  if (!move) return s.leave(), nullptr;
  if (move->mover == Mover::Thread) {
    decided = move->number != me->id.serial();
    return move->number == first->id.serial() ? usual : s.runnable(move->number);
  }
  left = Left{*move, me};
  s.leave();
  return nullptr;
}

// Decisions that no thread makes (an interrupt while nobody runs) are no points.
ChoicePoint Run::Impl::next_point() {
  const auto ordinal = uint32_t(world.scheduler.ordinal());
  if (point.ordinal != ordinal) point = {ordinal, 0};
  return point = {ordinal, point.after + 1, begun};
}

// No thread runs. False: something from outside came, or the run is given up; else the thread that
// was chosen, if there is one, goes next.
bool Run::Impl::choose_between() {
  sched::Scheduler& s = world.scheduler;
  const ChoicePoint at = next_point();
  VThread* const usual = s.usual();
  if (std::exchange(decided, false) || !usual) return true;
  const auto move = choose({at, {Mover::Thread, usual->id.serial()}, s.now(), Asked::Between});
  if (!move) return finished = given_up, false;
  if (move->mover != Mover::Thread) return make_move(*move, nullptr), false;
  s.goes_next(s.runnable(move->number));
  return true;
}

// Nobody can run. `usual`: what comes next by itself, at `time`.
bool Run::Impl::choose_idle(Move usual, uint32_t time) {
  ChoicePoint at = point;
  at.idle = true;
  const auto move = choose({at, usual, time, Asked::Idle});
  if (!move) return !(finished = given_up);
  return do_idle(*move, time);
}

bool Run::Impl::do_idle(Move move, uint32_t time) {
  sched::Scheduler& s = world.scheduler;
  const uint32_t due =
      move.mover == Mover::Clock ? s.due_of(move.number) : pending.comes_at(move.number);
  if (due <= time) s.move_clock_to(due);
  make_move(move, nullptr);
  return true;
}

void Run::Impl::make_move(Move move, VThread* interrupted) {
  sched::Scheduler& s = world.scheduler;
  if (move.mover == Mover::Clock) {
    s.fire_now(move.number);
    if (interrupted) s.goes_next(interrupted);
    return;
  }
  settled_since = UINT32_MAX;
  if (!streams.empty()) s.touch_other(sched::Footprint::kStreams + streams[move.number]);
  VThread* const made = apply(*pending.take_at(move.number));
  if (made && interrupted) made->resume_after = interrupted;
  if (interrupted) s.goes_next(made ? made : interrupted);
}

}  // namespace qs::run
