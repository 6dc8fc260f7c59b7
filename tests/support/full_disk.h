// Owns a disk that is full after so many bytes, without root rights. Called by tests of what is
// written. In a process of its own, since the limit is one of the process.
#pragma once
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace qs::test {

// Runs `work` where no file can have more than `bytes`; returns what it returned, -1 when it died.
template <class Work>
int on_full_disk(unsigned long bytes, Work work) {
  std::fflush(nullptr);
  const pid_t process = fork();
  if (process == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit most{bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &most);
    _exit(work());
  }
  int status = 0;
  waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace qs::test
