// Owns a program that is killed while it saves. Called by tests of what is written, one for each
// kind of file: whenever the end comes, there is the last version that was saved or the one after
// it, whole.
#pragma once
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include <doctest/doctest.h>

#include "tests/support/random.h"

namespace qs::test {

// How often; QS_KILL_ROUNDS=200 for a long one.
inline int kill_rounds() {
  const char* text = std::getenv("QS_KILL_ROUNDS");
  return text && *text ? std::atoi(text) : 15;
}

// save(version) -> whether that went well; holds(version) -> whether just this is in the file.
template <class Save, class Holds>
void kill_while_saving(Random& random, Save save, Holds holds) {
  int version = 1, most = 0;
  REQUIRE(save(version));
  REQUIRE(holds(version));
  for (int round = 0; round < kill_rounds(); ++round) {
    CAPTURE(round);
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      for (int next = version + 1; save(next); ++next)
        if (write(ends[1], &next, sizeof(next)) != sizeof(next)) break;
      _exit(1);
    }
    close(ends[1]);
    // Sometimes in the first save, sometimes later; the moment within a save is chance as well.
    int saved = version;
    for (uint32_t n = random.below(3); n > 0; --n)
      REQUIRE(read(ends[0], &saved, sizeof(saved)) == sizeof(saved));
    usleep(random.below(4000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    while (read(ends[0], &saved, sizeof(saved)) == sizeof(saved)) {}
    close(ends[0]);
    const bool next = holds(saved + 1), last = !next && holds(saved);
    REQUIRE_MESSAGE((next || last), "version ", saved, " was saved, and is not there");
    version = next ? saved + 1 : saved;
    most += next;
  }
  MESSAGE(kill_rounds(), " ends, ", version, " versions; ", most, " times one more than was told");
}

}  // namespace qs::test
