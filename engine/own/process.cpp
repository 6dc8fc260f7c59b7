#include "own/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include <fmt/format.h>

#include "own/landlock.h"

namespace qs::own {
namespace {

void limit_to(int what, uint64_t most) {
  const rlimit value{most, most};
  setrlimit(what, &value);
}

// Between fork and exec: nothing here may allocate.
[[noreturn]] void become(char* const* words, char* const* environment, const char* folder, int out,
                         const Landlock& files, const ProcessLimits& limits, int tell) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // whoever waits for it may be ended
  const int in = open("/dev/null", O_RDONLY);
  dup2(in, 0), dup2(out, 1), dup2(out, 2);
  limit_to(RLIMIT_CPU, limits.cpu_seconds);
  limit_to(RLIMIT_AS, limits.bytes);
  limit_to(RLIMIT_FSIZE, limits.file_bytes);
  limit_to(RLIMIT_CORE, 0);
  files.apply();
  if (out >= 0 && chdir(folder) == 0) execvpe(words[0], words, environment);
  const int error = errno;
  (void)!write(tell, &error, sizeof error);
  _exit(127);
}

// Ours, with messages in English and a folder for temporary files where it may write.
std::vector<std::string> environment_for(const std::string& writable) {
  std::vector<std::string> out = {"LC_ALL=C", "TMPDIR=" + writable};
  for (char** one = environ; *one; ++one) {
    const std::string_view text = *one;
    if (!text.starts_with("LC_") && !text.starts_with("LANG") && !text.starts_with("TMPDIR="))
      out.emplace_back(text);
  }
  return out;
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

}  // namespace

Process::Process(const std::vector<std::string>& words, const std::string& folder,
                 const std::string& writable, const ProcessLimits& limits)
    : printed_(memfd_create("printed", MFD_CLOEXEC)), name_(words.front()), limits_(limits) {
  const std::vector<std::string> environment = environment_for(writable);
  const std::vector<char*> arguments = pointers_to(words), settings = pointers_to(environment);
  const Landlock files(true, writable);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    error_ = errno;
    return;
  }
  id_ = fork();
  if (id_ == 0)
    become(arguments.data(), settings.data(), folder.c_str(), printed_, files, limits_, ends[1]);
  error_ = id_ < 0 ? errno : 0;
  close(ends[1]);
  int failed = 0;
  if (id_ > 0 && read(ends[0], &failed, sizeof failed) == sizeof failed) error_ = failed;
  close(ends[0]);
}

Process::~Process() {
  if (id_ > 0) finish();
  if (printed_ >= 0) close(printed_);
}

std::string Process::printed() const {
  constexpr size_t kMost = 4u << 20;
  std::string out(kMost, '\0');
  const ssize_t got = pread(printed_, out.data(), out.size(), 0);
  out.resize(size_t(std::max<ssize_t>(got, 0)));
  return out;
}

std::string Process::finish() {
  if (id_ <= 0) return fmt::format("{} could not be started: {}", name_, std::strerror(error_));
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::seconds(limits_.wall_seconds);
  int status = 0;
  bool killed = false;
  while (waitpid(id_, &status, WNOHANG) == 0) {
    if (!killed && Clock::now() > until) killed = kill(-id_, SIGKILL) == 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  kill(-id_, SIGKILL);  // what it may have left
  id_ = -1;
  if (error_) return fmt::format("{} could not be started: {}", name_, std::strerror(error_));
  if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 ? "" : "exit";
  if (killed || WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)
    return fmt::format("{} took longer than {} s, or too much memory", name_, limits_.cpu_seconds);
  return fmt::format("{} crashed ({})", name_, strsignal(WTERMSIG(status)));
}

}  // namespace qs::own
