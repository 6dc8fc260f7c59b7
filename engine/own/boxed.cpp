// The outside of the box: the runner's process, what it is asked, and what is made of its record.
#include "own/boxed.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
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
void tell_end(run::Execution& execution, const std::string& why) {
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
  add(trace::EventCode::Violation, t.intern("U-12"), uint32_t(trace::Severity::Undefined));
  add(trace::EventCode::RunEnd, uint32_t(trace::RunEnd::DriverCrash), 0);
  execution.ended = true;
}

}  // namespace

struct Boxed::Runner {
  pid_t id = -1;
  int socket = -1;

  Runner(int record, int object) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
    std::string path = runner_path(), word = kRunnerWord;
    char* const words[] = {path.data(), word.data(), nullptr};
    id = fork();
    if (id == 0) become_runner(words, ends[1], record, object);
    close(ends[1]);
    socket = ends[0];
  }
  ~Runner() {
    if (socket >= 0) close(socket);
    if (id <= 0) return;
    kill(-id, SIGKILL);
    kill(id, SIGKILL);
    while (waitpid(id, nullptr, 0) < 0 && errno == EINTR) {}
  }
  Runner(const Runner&) = delete;

  // One run. Not whole: the runner is gone, or had to be.
  BoxAnswer run(const BoxLimits& limits) {
    BoxAnswer answer;
    if (id <= 0 || send(socket, &limits, sizeof limits, MSG_NOSIGNAL) != sizeof limits)
      return answer;
    pollfd ready{socket, POLLIN, 0};
    int got;
    do {
      got = poll(&ready, 1, int(limits.wall_seconds * 1000));
    } while (got < 0 && errno == EINTR);
    answer.timed_out = got == 0;
    answer.whole =
        got > 0 && read(socket, &answer.status, sizeof answer.status) == sizeof answer.status;
    return answer;
  }
};

Boxed::Boxed(SharedObject object, BoxLimits limits) : object_(std::move(object)), limits_(limits) {}
Boxed::~Boxed() = default;

run::Execution Boxed::execute(const run::Program& program, const sched::Schedule& schedule) const {
  const std::lock_guard alone(one_at_a_time_);
  RecordedRun seen;
  seen.execution.trace = std::make_shared<trace::Trace>();
  const auto broken = [&](const std::string& why) {
    tell_end(seen.execution, why);
    return std::move(seen.execution);
  };
  if (!record_.ok() || !record_.ask({program.name, lesson::print_program(program), schedule.print(),
                                     std::to_string(program.settings.event_limit)}))
    return broken("there is no memory for what happens");
  BoxAnswer answer;
  // A runner that was ended meanwhile (it goes with the thread that made it) is made again, once.
  for (int attempt = 0; attempt < 2 && !answer.whole && !answer.timed_out; ++attempt) {
    if (!runner_) runner_ = std::make_unique<Runner>(record_.fd(), object_.fd());
    answer = runner_->run(limits_);
    if (!answer.whole) runner_.reset();
  }
  auto read = read_record(record_);
  if (!read)
    return broken("it wrote into what is recorded of it, so nothing of this run can be shown (" +
                  read.error().message + ")");
  seen = std::move(*read);
  const std::string why = sentence_of(answer, seen, limits_);
  if (!why.empty()) tell_end(seen.execution, why);
  return std::move(seen.execution);
}

void use_runner(std::string path) { runner_path() = std::move(path); }

}  // namespace qs::own
