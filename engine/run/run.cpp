#include "run/run.h"

#include <algorithm>

#include "kmdf/core/accesses.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/validate.h"
#include "kmdf/core/waits.h"
#include "run/end_report.h"
#include "run/run_impl.h"

namespace qs::run {

Run::Run(const Program& program, const sched::Schedule& schedule, sched::FiberKind fibers)
    : impl_(std::make_unique<Impl>(program, schedule, nullptr, nullptr,
                                   sched::fiber_backend(fibers))) {}
Run::Run(const Program& program, const sched::Schedule& schedule, sched::Chooser& chooser,
         sched::Footprint* footprint, sched::FiberKind fibers)
    : Run(program, schedule, chooser, footprint, sched::fiber_backend(fibers)) {}
Run::Run(const Program& program, const sched::Schedule& schedule, sched::Chooser& chooser,
         sched::Footprint* footprint, sched::FiberBackend& fibers)
    : impl_(std::make_unique<Impl>(program, schedule, &chooser, footprint, fibers)) {}
Run::~Run() = default;

bool Run::step() { return impl_->step(); }
void Run::finish() {
  while (impl_->step()) {}
}
const trace::Trace& Run::trace() const { return *impl_->world.trace; }
std::shared_ptr<trace::Trace> Run::shared_trace() const { return impl_->world.trace; }
const std::vector<InputOutcome>& Run::outcomes() const { return impl_->outcomes; }
bool Run::ended() const { return impl_->world.ended(); }
bool Run::given_up() const { return impl_->given_up; }
bool Run::asks() const { return impl_->asked.has_value(); }
void Run::was_set_back() {
  if (impl_->memory_watch) impl_->memory_watch->look_again(impl_->world.framework.driver_memory);
}
model::Model Run::observe() const { return impl_->observe(); }

Execution execute(const Program& program, const sched::Schedule& schedule,
                  sched::FiberKind fibers) {
  if (program.elsewhere) return program.elsewhere->execute(program, schedule);
  Run run(program, schedule, fibers);
  run.finish();
  return run.take();
}

const Decisions& Run::decisions() const { return impl_->decisions; }

Execution Run::take() {
  return Execution{shared_trace(), std::move(impl_->outcomes), ended(),
                   std::move(impl_->decisions)};
}

namespace {

kmdf::Options options_of(const Program& program, const sched::Schedule& schedule) {
  kmdf::Options o;
  const RunSettings& s = program.settings;
  o.verifier = s.verifier;
  o.stop_at_undefined = s.stop_at_undefined;
  o.client_minor = s.client_minor;
  o.record_lines = s.record_lines;
  o.races = s.races;
  o.event_limit = s.event_limit;
  for (const sched::Input& input : schedule.inputs) {
    if (input.kind != sched::InputKind::Option) continue;
    for (const Word& w : split_words(input.text)) {
      if (w.key == "verifier") o.verifier = w.value != "off";
      if (w.key == "races") o.races = w.value == "on";
      if (w.key == "undefined") o.stop_at_undefined = w.value != "continue";
      if (w.key == "minor")
        o.client_minor =
            int(std::clamp(std::strtol(std::string(w.value).c_str(), nullptr, 10), 1l, 999'999l));
    }
  }
  o.break_on_error = o.verifier;
  return o;
}

}  // namespace

Run::Impl::Impl(const Program& p, const sched::Schedule& schedule, sched::Chooser* who,
                sched::Footprint* touched, sched::FiberBackend& fibers)
    : program(p),
      world(options_of(p, schedule), std::make_shared<trace::Trace>(), fibers),
      recorded(schedule.picks),
      chooser(who ? who : &recorded),
      footprint(touched) {
  if (world.framework.options.races) kmdf::follow_accesses();
  if (footprint) {
    const Region::Outside outside;
    memory_watch = std::make_unique<MemoryWatch>();
  }
  world.scheduler.watch(footprint);
  world.framework.chooser = chooser;
  world.framework.memory_dice = schedule.seed;
  std::vector<PendingInput> timed;
  for (const sched::Input& input : p.script)
    if (sched::is_setting(input.kind))
      settings.push_back(input);
    else
      timed.push_back({&input, false});
  for (const sched::Input& input : schedule.inputs) {
    if (sched::is_setting(input.kind))
      settings.push_back(input);
    else if (input.ordinal != sched::Input::kNoOrdinal)
      by_ordinal.push_back({&input, true});
    else
      timed.push_back({&input, true});
  }
  outcomes.reserve(timed.size() + by_ordinal.size());
  world.trace->reserve_names(timed.size() + by_ordinal.size());  // most inputs are a request's
  pending = PendingInputs(std::move(timed));
  std::stable_sort(by_ordinal.begin(), by_ordinal.end(), [](const auto& a, const auto& b) {
    return a.input->ordinal < b.input->ordinal;
  });
  world.scheduler.set_stop_at(0);
  world.scheduler.on_decision = [this](uint64_t ordinal) { return decide(ordinal); };
  set_up();
}

// A decision: recorded for the session, and the point where inputs and picks of the schedule apply.
// What an input does there takes locks of tables on the running thread: those are no decisions, and
// must not be taken for what the thread is about to do.
sched::VThread* Run::Impl::decide(uint64_t ordinal) {
  sched::VThread* const me = world.scheduler.current();
  const sched::Op op = me->next_op;
  const ObjectId object = me->next_object;
  if (applying > 0 && op == sched::Op::FrameworkLock && !object) return nullptr;
  if (!chooser->at_rest()) decisions.emplace_back(uint32_t(world.trace->size()), uint32_t(ordinal));
  kmdf::check_limits();
  sched::VThread* chosen = nullptr;
  ++applying;
  while (next_by_ordinal < by_ordinal.size() &&
         by_ordinal[next_by_ordinal].input->ordinal <= ordinal) {
    sched::VThread* t = apply(by_ordinal[next_by_ordinal++]);
    if (!t) continue;
    t->resume_after = chosen ? chosen : world.scheduler.current();
    chosen = t;
  }
  while (const PendingInput* p = next_at_once()) {
    sched::VThread* t = apply(*p);
    if (!t) continue;
    t->resume_after = chosen ? chosen : world.scheduler.current();
    chosen = t;
  }
  --applying;
  me->next_op = op;
  me->next_object = object;
  return choose_at_decision(ordinal, chosen);
}

// An input whose moment has just come and that does not wait until nothing moves.
const PendingInput* Run::Impl::next_at_once() {
  if (!pending.any_at_once()) return nullptr;
  pending.look(*world.trace);
  return pending.take_at_once(world.scheduler.now());
}

bool Run::Impl::step() {
  if (finished) return false;
  world.enter();
  try {
    kmdf::check_limits();
    if (left) {
      const Left now = *left;
      left.reset();
      make_move(now.move, now.interrupted);
      return true;
    }
    if (asked ? !answered() : !given_up && !choose_between()) return !given_up;
    if (given_up) return finished = true, false;
    if (world.scheduler.run_one()) return !given_up || !(finished = true);
    if (!world.ended()) return idle_step();
  } catch (const sched::Scheduler::Stopped&) {}  // by an input or a moment of the clock
  return finish_up();
}

// Nothing can move: the next input that is due, or the next moment of the clock.
bool Run::Impl::idle_step() {
  sched::Scheduler& s = world.scheduler;
  kmdf::validate_at_rest();
  begun = point.begun = true;
  pending.look(*world.trace);
  if (const std::optional<uint32_t> ready = pending.peek(s.now()))
    return choose_idle({sched::Mover::Input, *ready}, s.now());
  const uint32_t next_input = pending.next_due();
  uint32_t limit = std::min(next_input, program.settings.time_limit);
  if (next_input == UINT32_MAX && !s.has_live_clock_entry()) {
    // Only periodic timers are left: each may come once more (the run ends one period later).
    if (settled_since == UINT32_MAX || world.trace->size() != quiet_size) {
      if (moved_since(quiet_size)) settled_since = s.now(), periods = s.longest_wait();
    }
    if (settled_since == UINT32_MAX) settled_since = s.now(), periods = s.longest_wait();
    limit = std::min(limit, settled_since + periods);
  } else {
    settled_since = UINT32_MAX;
  }
  quiet_size = world.trace->size();
  bool due = s.next_due() <= limit;
  bool input_next = next_input != UINT32_MAX && next_input <= program.settings.time_limit;
  if ((due || input_next) && remind_before(due ? s.next_due() : next_input)) return true;
  if (due) return choose_idle({sched::Mover::Clock, uint32_t(s.next_entry())}, s.next_due());
  if (input_next) return choose_idle({sched::Mover::Input, *pending.peek(next_input)}, next_input);
  return unload() || finish_up();
}

// Nothing keeps the driver loaded: it had a device of the PnP manager, and all of those are
// removed; control devices are deleted; nobody waits for an IRP.
bool Run::Impl::devices_gone() const {
  bool pnp = false;
  for (const kmdf::Device* d : world.framework.devices) {
    if (d->init.control ? !d->delete_called : !d->removed) return false;
    pnp = pnp || !d->init.control;
  }
  return pnp && irps.empty();
}

// The last thing that happens in a run: the system unloads a driver that has no device anymore.
// False: it does not, or already has.
bool Run::Impl::unload() {
  const bool gone = world.framework.driver && devices_gone();
  // A driver that did not load and made nothing goes silently.
  if (unloading || (!gone && !(not_loaded && kmdf::has_made_threads()))) return false;
  unloading = true;
  world.scheduler.watch(nullptr);  // nobody else is left
  const ObjectId driver = world.framework.driver ? world.framework.driver->id : ObjectId();
  world.spawn(trace::ThreadKind::Setup, "system", driver, sched::kPassiveLevel,
              [this, gone] { kmdf::unload_driver(world.driver_entered, gone); });
  return true;
}

// V-28: the clock is about to move to `time`. True: a wait of the framework turns a minute old
// before that; the clock is now there, and the text was printed.
bool Run::Impl::remind_before(uint32_t time) {
  const std::optional<uint32_t> due = reminders.next(world.scheduler);
  if (!due || *due > time) return false;
  sched::Footprint* const watched = world.scheduler.watch(nullptr);  // no thread's step
  world.scheduler.move_clock_to(*due);
  reminders.print(*due);
  world.scheduler.watch(watched);
  return true;
}

// Has a request changed its place since event number `from`?
bool Run::Impl::moved_since(size_t from) const {
  const trace::Trace& t = *world.trace;
  for (size_t i = from; i < t.size(); ++i)
    if (trace::event_level(t[i].code) == trace::EventLevel::Hop) return true;
  return false;
}

bool Run::Impl::finish_up() {
  finished = true;
  note_driver_memory();
  world.scheduler.watch(nullptr);
  for (const PendingInput* p : pending.left())
    note_outcome(*p, "what it reacts to never happens in this run");
  for (; next_by_ordinal < by_ordinal.size(); ++next_by_ordinal)
    note_outcome(by_ordinal[next_by_ordinal], "this run is over before its moment comes");
  if (!world.ended()) {
    (void)reminders.next(world.scheduler);  // those that are over
    report_hangs();
    world.scheduler.emit(trace::EventCode::Settled);
  }
  return false;
}

void Run::Impl::note_outcome(const PendingInput& p, std::string problem) {
  InputOutcome o;
  o.index = outcomes.size();
  o.from_schedule = p.from_schedule;
  o.words = sched::input_text(*p.input);
  o.applied = problem.empty();
  o.problem = std::move(problem);
  o.event = uint32_t(world.trace->size());
  outcomes.push_back(std::move(o));
}

}  // namespace qs::run
