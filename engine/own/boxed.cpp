// The outside of the box: the runner's process, what it is asked, and what is made of its record.
#include "own/boxed.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "lesson/file/program_file.h"
#include "own/runner.h"
#include "trace/rules/rules.h"
#include "trace/rules/verdict.h"

namespace qs::own {
namespace {

std::string& runner_path() {
  static std::string path = "/proc/self/exe";
  return path;
}

// Between fork and exec: nothing here may allocate.
[[noreturn]] void become_runner(char* const* words, int socket, int record, int object) {
  setpgid(0, 0);
  personality(ADDR_NO_RANDOMIZE);  // a driver that prints an address prints the same one each time
  const int null = open("/dev/null", O_RDWR);
  for (int standard = 0; standard <= 2; ++standard) dup2(null, standard);
  // Out of the way first: one of them may have the number of another.
  const int kept[3] = {fcntl(socket, F_DUPFD_CLOEXEC, 64), fcntl(record, F_DUPFD_CLOEXEC, 64),
                       fcntl(object, F_DUPFD_CLOEXEC, 64)};
  dup2(kept[0], kRunnerSocket), dup2(kept[1], kRunnerRecord), dup2(kept[2], kRunnerObject);
  for (int other = kRunnerObject + 1; other < 64; ++other) close(other);
  execv(words[0], words);
  _exit(127);
}

// What became of a run, in words: "" when it came to its end.
std::string sentence_of(const BoxAnswer& answer, const RecordedRun& seen, const BoxLimits& limits) {
  if (answer.timed_out)
    return fmt::format("it took longer than {} s by the clock", limits.wall_seconds);
  switch (seen.how) {
    case BoxEnd::Finished: return {};
    case BoxEnd::Full: return "more happened than a recording can hold";
    case BoxEnd::NotLoaded: return seen.why;
    case BoxEnd::EngineWrong:
      return "the engine is wrong, not your driver: " + seen.why +
             "; please report this line together with the run";
    case BoxEnd::Vanished: break;
  }
  if (!answer.whole) return "its process could not be started, or was ended from outside";
  if (!WIFSIGNALED(answer.status)) return "it ended the process that it runs in";
  const int signal = WTERMSIG(answer.status);
  if (signal == SIGXCPU || signal == SIGKILL)
    return fmt::format("it took more than {} s of the processor, or all memory it may have",
                       limits.cpu_seconds);
  return fmt::format("it damaged memory that is not its own ({})", strsignal(signal));
}

// A run that could not say itself how it ended. The last words are ours.
void tell_end(run::Execution& execution, const std::string& why, bool engine_wrong) {
  trace::Trace& t = *execution.trace;
  trace::Event e;
  if (!t.empty()) {
    const trace::Event& last = t.back();
    e.time = last.time, e.irql = last.irql, e.thread = last.thread, e.site = last.site;
  }
  const auto add = [&](trace::EventCode code, uint32_t a, uint32_t b) {
    e.code = code, e.a = a, e.b = b;
    t.push(e);
  };
  add(trace::EventCode::Note, t.intern(why), trace::kReasonNote);
  if (!engine_wrong)
    add(trace::EventCode::Violation, t.intern("U-12"), uint32_t(trace::Severity::Undefined));
  const auto end = engine_wrong ? trace::RunEnd::UndefinedMisuse : trace::RunEnd::DriverCrash;
  add(trace::EventCode::RunEnd, uint32_t(end), 0);
  execution.ended = true;
}

}  // namespace

struct Boxed::Seat {
  explicit Seat(int driver) : object(driver) {}
  ~Seat() { end_runner(); }
  Seat(const Seat&) = delete;

  // Asks for a run, or for more. False: there is no runner to be had.
  bool ask(const BoxLimits& limits) {
    // A runner that was ended meanwhile (it goes with the thread that made it) is made again, once.
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (id > 0 && answered(0)) end_runner();  // nobody has asked it: it is gone
      if (id <= 0 && !begin_runner()) return false;
      if (send(socket, &limits, sizeof limits, MSG_NOSIGNAL) == sizeof limits) return true;
      end_runner();
    }
    return false;
  }

  // Has it answered, within so many milliseconds?
  bool answered(int milliseconds) const {
    pollfd ready{socket, POLLIN, 0};
    int got;
    do {
      got = poll(&ready, 1, milliseconds);
    } while (got < 0 && errno == EINTR);
    return got != 0;
  }

  // Not whole: the runner is gone.
  BoxAnswer answer() {
    BoxAnswer out;
    out.whole = read(socket, &out.status, sizeof out.status) == sizeof out.status;
    if (!out.whole) end_runner();
    return out;
  }

  bool begin_runner() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
    std::string path = runner_path(), word = kRunnerWord;
    char* const words[] = {path.data(), word.data(), nullptr};
    id = fork();
    if (id == 0) become_runner(words, ends[1], record.fd(), object);
    close(ends[1]);
    socket = ends[0];
    return id > 0;
  }
  void end_runner() {
    if (socket >= 0) close(socket);
    socket = -1;
    if (id <= 0) return;
    kill(-id, SIGKILL);
    kill(id, SIGKILL);
    while (waitpid(id, nullptr, 0) < 0 && errno == EINTR) {}
    id = -1;
  }

  RunRecord record;
  int object;
  pid_t id = -1;
  int socket = -1;
};

// One run in the box, or what else was asked for, while it goes on.
class Boxed::Job final : public run::Work {
 public:
  Job(const Boxed& boxed, const run::Program& program, const sched::Schedule& schedule,
      const std::string& more, const BoxLimits& limits)
      : boxed_(boxed), limits_(limits), seat_(boxed.take_seat()) {
    const bool fits =
        seat_->record.ok() &&
        seat_->record.ask({program.name, lesson::print_program(program), schedule.print(),
                           std::to_string(program.settings.event_limit), more});
    if (!fits)
      refused_ = "there is no memory for what happens";
    else if (!seat_->ask(limits))
      refused_ = "its process could not be started";
    end_ = WallClock::now() + std::chrono::seconds(limits.wall_seconds);
  }
  ~Job() override {
    if (!has_ended_ && refused_.empty()) seat_->end_runner();
    boxed_.give_back(std::move(seat_));
  }

  bool ended(double seconds) override {
    if (has_ended_ || !refused_.empty()) return true;
    const double left = std::chrono::duration<double>(end_ - WallClock::now()).count();
    const double wait = std::clamp(std::min(seconds, left), 0.0, 1e6);
    if (seat_->answered(int(wait * 1000)))
      answer_ = seat_->answer();
    else if (WallClock::now() >= end_)
      answer_.timed_out = true, seat_->end_runner();
    else
      return false;
    has_ended_ = true;
    return true;
  }

  Outcome take() override {
    Outcome out;
    out.seen.trace = std::make_shared<trace::Trace>();
    out.why = refused_;
    if (!refused_.empty()) return out;
    auto read = read_record(seat_->record);
    if (!read) {
      out.why = "it wrote into what is recorded of it, so nothing of this run can be shown (" +
                read.error().message + ")";
      return out;
    }
    out.why = sentence_of(answer_, *read, limits_);
    out.engine_wrong = read->how == BoxEnd::EngineWrong;
    out.answer = std::move(read->answer);
    out.seen = std::move(read->execution);
    return out;
  }

 private:
  using WallClock = std::chrono::steady_clock;
  const Boxed& boxed_;
  BoxLimits limits_;
  std::unique_ptr<Seat> seat_;
  std::string refused_;
  WallClock::time_point end_;
  bool has_ended_ = false;
  BoxAnswer answer_;
};

Boxed::Boxed(SharedObject object, BoxLimits limits) : object_(std::move(object)), limits_(limits) {}
Boxed::~Boxed() = default;

std::unique_ptr<Boxed::Seat> Boxed::take_seat() const {
  const std::lock_guard alone(seats_lock_);
  if (seats_.empty()) return std::make_unique<Seat>(object_.fd());
  std::unique_ptr<Seat> seat = std::move(seats_.back());
  seats_.pop_back();
  return seat;
}

void Boxed::give_back(std::unique_ptr<Seat> seat) const {
  const std::lock_guard alone(seats_lock_);
  seats_.push_back(std::move(seat));
}

run::Execution Boxed::execute(const run::Program& program, const sched::Schedule& schedule) const {
  Job job(*this, program, schedule, "", limits_);
  while (!job.ended(limits_.wall_seconds)) {}
  run::Work::Outcome out = job.take();
  if (!out.why.empty()) tell_end(out.seen, out.why, out.engine_wrong);
  return std::move(out.seen);
}

std::unique_ptr<run::Work> Boxed::begin(const run::Program& program,
                                        const sched::Schedule& schedule, const std::string& asked,
                                        double seconds) const {
  BoxLimits limits = limits_;
  limits.cpu_seconds += uint32_t(seconds);
  limits.wall_seconds += 2 * uint32_t(seconds);
  return std::make_unique<Job>(*this, program, schedule, asked, limits);
}

void use_runner(std::string path) { runner_path() = std::move(path); }

}  // namespace qs::own
