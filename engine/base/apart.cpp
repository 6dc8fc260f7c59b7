#include "base/apart.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <new>
#include <thread>

#include <fmt/format.h>

namespace qs {
namespace {

constexpr int kNoMemory = 77, kThrew = 78;  // exit codes of the process
constexpr size_t kMostBytes = 16u << 20;

using Clock = std::chrono::steady_clock;

// Of the whole program, in bytes.
uint64_t address_space() {
  uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * uint64_t(sysconf(_SC_PAGESIZE));
}

void limit(int what, uint64_t most) {
  rlimit now{};
  getrlimit(what, &now);
  now.rlim_cur = now.rlim_max == RLIM_INFINITY ? most : std::min<rlim_t>(now.rlim_max, most);
  setrlimit(what, &now);
}

[[noreturn]] void do_work(const std::function<std::string()>& work, const ApartLimits& limits,
                          int to) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // nobody would read what it says
  for (const int s : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM, SIGXCPU})
    signal(s, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, limits.seconds);
  limit(RLIMIT_AS, address_space() + limits.bytes);
  std::set_new_handler([] { _exit(kNoMemory); });
  std::string out;
  try {
    out = work();
  } catch (...) {
    _exit(kThrew);
  }
  const char* data = out.data();
  for (size_t left = out.size(); left > 0;) {
    const ssize_t done = write(to, data, left);
    if (done < 0 && errno != EINTR) _exit(kThrew);
    if (done > 0) data += done, left -= size_t(done);
  }
  _exit(0);
}

// Until the process has said all; false when there was no end to it.
bool listen(int from, std::string& said, Clock::time_point until) {
  char piece[1 << 14];
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd p{from, POLLIN, 0};
    if (poll(&p, 1, int(std::min<long>(left, 1000))) <= 0) continue;
    const ssize_t got = read(from, piece, sizeof(piece));
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return true;
    if (got > 0) said.append(piece, size_t(got));
    if (said.size() > kMostBytes) return false;
  }
}

// Of a process that has said all, or is killed because it does not end.
int status_of(pid_t process, Clock::time_point until) {
  int status = 0;
  while (waitpid(process, &status, WNOHANG) == 0) {
    if (Clock::now() > until) kill(process, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return status;
}

std::string how_it_ended(int status, const ApartLimits& limits) {
  if (WIFSIGNALED(status)) {
    if (WTERMSIG(status) == SIGXCPU) return fmt::format("it took longer than {} s", limits.seconds);
    return fmt::format("the program crashed at it ({})", strsignal(WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) == kNoMemory)
    return fmt::format("it needs more than {} MiB of memory", limits.bytes >> 20);
  return fmt::format("the program ended at it with code {}", WEXITSTATUS(status));
}

}  // namespace

Result<std::string> run_apart(const std::function<std::string()>& work, const ApartLimits& limits) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return Error{"", 0, std::string("no process could be started: ") + std::strerror(errno)};
  std::fflush(nullptr);
  const pid_t process = fork();
  if (process == 0) {
    close(ends[0]);
    do_work(work, limits, ends[1]);
  }
  const int error = errno;
  close(ends[1]);
  std::string said;
  const auto until = Clock::now() + std::chrono::seconds(3ull * limits.seconds + 1);
  const bool whole = process > 0 && listen(ends[0], said, until);
  close(ends[0]);
  if (process < 0)
    return Error{"", 0, std::string("no process could be started: ") + std::strerror(error)};
  if (!whole) {
    kill(process, SIGKILL);
    status_of(process, until);
    if (said.size() > kMostBytes) return Error{"", 0, "there was no end to what it said"};
    return Error{"", 0, fmt::format("it took longer than {} s", limits.seconds)};
  }
  const int status = status_of(process, until);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return Error{"", 0, how_it_ended(status, limits)};
  return said;
}

}  // namespace qs
