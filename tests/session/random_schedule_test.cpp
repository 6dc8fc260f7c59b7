// Every schedule is survived: thousands of random ones over every program, lesson and ready-made
// set-up. `QS_RUNS=100000` makes more of them, `QS_SCHEDULE='sandbox :: qs1:…'` plays one.
#include <unistd.h>
#include <csignal>
#include <cstring>

#include "session/presets.h"
#include "tests/session/support.h"
#include "tests/support/random_schedule.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;
using sched::Schedule;

namespace {

struct Stage {
  std::string name;  // "sandbox", "cancel-in-the-queue/with-card"
  run::Program program;
  Schedule base;
  uint32_t decisions = 0, end = 0;
};

constexpr uint32_t kMostEvents = 20'000;

void add(std::vector<Stage>& out, std::string name, run::Program program, Schedule base = {}) {
  program.settings.event_limit = kMostEvents;
  run::Execution alone = run::execute(program, base);
  uint32_t decisions = alone.ordinals.empty() ? 0 : uint32_t(alone.ordinals.back().second);
  uint32_t end = alone.trace->empty() ? 0 : alone.trace->back().time;
  out.push_back({std::move(name), std::move(program), std::move(base), decisions, end});
}

std::vector<Stage> stages() {
  std::vector<Stage> out;
  for (const session::ProgramInfo& info : session::list_programs()) {
    add(out, info.name, program(info.name));
    if (info.number.empty()) continue;
    auto lesson = session::load_lesson(info.name);
    REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
    for (const lesson::LessonRun& run : (*lesson)->runs)
      add(out, info.name + "/" + run.id, run.program);
  }
  auto presets = session::load_presets();
  REQUIRE_MESSAGE(presets.ok(), presets.error().text());
  for (const session::Preset& p : *presets)
    add(out, "preset " + std::to_string(p.key), program(p.program), p.schedule);
  return out;
}

// The schedule under way, for whoever sees a crash.
char under_way[16 * 1024];
struct sigaction before_us[NSIG];

void tell(int signal) {
  const char* lead = "\nplaying QS_SCHEDULE='";
  (void)!write(2, lead, std::strlen(lead));
  (void)!write(2, under_way, std::strlen(under_way));
  (void)!write(2, "'\n", 2);
  // What comes again goes where it went before; but not back and forth between us and the engine.
  static int times = 0;
  if (times++ > 8)
    std::signal(signal, SIG_DFL);
  else
    sigaction(signal, &before_us[signal], nullptr);
  if (signal == SIGTERM) raise(signal);
}

struct TellOfCrash {
  static constexpr int kSignals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM};
  TellOfCrash() {
    struct sigaction ours = {};
    ours.sa_handler = tell;
    ours.sa_flags = SA_ONSTACK | SA_NODEFER;
    for (int s : kSignals) sigaction(s, &ours, &before_us[s]);
  }
  ~TellOfCrash() {
    for (int s : kSignals) sigaction(s, &before_us[s], nullptr);
  }
};

// Not kCharged: a forward lets go of the old queue before that one stops counting the request.
// How many a queue counts is compared.
constexpr uint32_t kLiveBits = model::kPresented | model::kCancelFlag | model::kCanceledBit;

// What differs between the live objects and the folded model; "" when nothing does.
std::string difference(const model::Model& live, const model::Model& folded,
                       const trace::Trace& trace) {
  for (const model::QueueView& q : live.queues) {
    const model::QueueView* f = folded.queue(q.id);
    if (!f) return trace.name(q.id) + " is not in the model";
    if (f->flags != q.flags || f->slots != q.slots) return "flags of " + trace.name(q.id);
    if (f->power != q.power || f->power_ref != q.power_ref) return "power of " + trace.name(q.id);
    if (f->depth != q.depth) return "depth of " + trace.name(q.id);
    if (f->owned_count != q.owned_count) return "owned by the driver of " + trace.name(q.id);
    if (f->waiting != q.waiting) return "waiting in " + trace.name(q.id);
  }
  for (const model::RequestView& r : live.requests) {
    const model::RequestView* f = folded.request(r.id);
    if (!f && r.type == trace::RequestType::Create) continue;  // opens have no place on the stage
    if (!f) return trace.name(r.id) + " is not in the model";
    // The queue of one that completes is still shown.
    if (f->queue != r.queue && r.place != model::Place::Completing)
      return "queue of " + trace.name(r.id);
    if ((f->flags & kLiveBits) != (r.flags & kLiveBits))
      return "marks of " + trace.name(r.id) + ": " + std::to_string(r.flags & kLiveBits) +
             " live, " + std::to_string(f->flags & kLiveBits) + " folded";
  }
  return {};
}

// Plays it step by step beside a model that is folded from its trace.
std::string play_beside_model(const Stage& stage, const Schedule& schedule,
                              std::shared_ptr<trace::Trace>& trace) {
  run::Run run(stage.program, schedule);
  model::Model folded;
  bool more = true;
  while (more) {
    more = run.step();
    while (folded.events < run.trace().size()) model::apply(folded, run.trace()[folded.events]);
    std::string what = difference(run.observe(), folded, run.trace());
    if (!what.empty()) return "at event " + std::to_string(run.trace().size()) + ": " + what;
  }
  trace = run.shared_trace();
  if (trace->size() > kMostEvents + kMostEvents / 4) return "too many events";
  const trace::EventCode last = trace->back().code;
  if (last != (run.ended() ? trace::EventCode::RunEnd : trace::EventCode::Settled))
    return "it has no end";
  return {};
}

std::string differing_event(const trace::Trace& a, const trace::Trace& b) {
  for (size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (std::memcmp(&a[i], &b[i], sizeof(trace::Event)) != 0)
      return "event " + std::to_string(i) +
             " differs the second time: " + trace::event_name(a[i].code);
  if (a.size() != b.size()) return "the second time it has another number of events";
  return bytes(a) == bytes(b) ? "" : "the second time its texts differ";
}

std::string play(const Stage& stage, const Schedule& schedule) {
  auto again = Schedule::parse(schedule.print());
  if (!again.ok()) return "it does not parse: " + again.error().message;
  if (!(*again == schedule)) return "it parses to another schedule";
  std::shared_ptr<trace::Trace> trace;
  std::string what = play_beside_model(stage, schedule, trace);
  return what.empty() ? differing_event(*trace, *run::execute(stage.program, schedule).trace)
                      : what;
}

// A smaller schedule that goes wrong as well.
Schedule smallest(const Stage& stage, Schedule s) {
  for (size_t i = s.inputs.size(); i-- > 0;) {
    Schedule less = s;
    less.inputs.erase(less.inputs.begin() + long(i));
    if (!play(stage, less).empty()) s = less;
  }
  for (size_t i = s.picks.size(); i-- > 0;) {
    Schedule less = s;
    less.picks.erase(less.picks.begin() + long(i));
    if (!play(stage, less).empty()) s = less;
  }
  return s;
}

std::string line(const Stage& stage, const Schedule& schedule) {
  return stage.name + " :: " + schedule.print();
}

}  // namespace

TEST_CASE("every schedule is survived, and gives the same run again") {
  QS_TEST_SEED(seed, 20261130);
  const char* wanted = std::getenv("QS_RUNS");
  const uint32_t runs = wanted && *wanted ? uint32_t(std::atoi(wanted)) : 3000;
  const std::vector<Stage> all = stages();
  std::vector<RandomSchedule> makers;
  for (const Stage& s : all) makers.emplace_back(s.program, s.decisions, s.end);
  TellOfCrash guard;
  Random random(seed);
  int failures = 0;
  for (uint32_t i = 0; i < runs && failures < 5; ++i) {
    const uint32_t which = random.below(uint32_t(all.size()));
    const Stage& stage = all[which];
    Schedule schedule = makers[which].draw(random, stage.base);
    std::string text = line(stage, schedule);
    std::strncpy(under_way, text.c_str(), sizeof under_way - 1);
    if (play(stage, schedule).empty()) continue;
    ++failures;
    schedule = smallest(stage, schedule);
    FAIL_CHECK(play(stage, schedule), " in ", line(stage, schedule));
  }
}

TEST_CASE("the schedule that QS_SCHEDULE gives is survived") {
  const char* wanted = std::getenv("QS_SCHEDULE");
  if (!wanted || !*wanted) return;
  const std::string text = wanted;
  const size_t at = text.find(" :: ");
  REQUIRE(at != std::string::npos);
  auto schedule = Schedule::parse(text.substr(at + 4));
  REQUIRE_MESSAGE(schedule.ok(), schedule.error().message);
  for (const Stage& stage : stages())
    if (stage.name == text.substr(0, at)) CHECK(play(stage, *schedule) == "");
}
