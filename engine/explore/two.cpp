// A search in two processes, for as long as there is time: this one goes through every schedule
// once, the other through those with few switches. They share nothing; in the end the other writes
// down where it stands and what it has found, and that is put together (Tally::merge).
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <string>

#include "explore/search_impl.h"

namespace qs::explore {

namespace {

constexpr int kTurns = 64;  // between two looks at the other process

class Pipe {
 public:
  Pipe() { made_ = pipe(ends_.data()) == 0; }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  bool made() const { return made_; }
  int from() const { return ends_[0]; }
  int to() const { return ends_[1]; }
  void close_end(size_t which) {
    if (ends_[which] >= 0) close(ends_[which]);
    ends_[which] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool made_;
};

// Is there something to read, or nobody left who would write?
bool has_something(int file) {
  pollfd asked{file, POLLIN, 0};
  return poll(&asked, 1, 0) > 0;
}

void write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(file, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return;
    if (n > 0) bytes.remove_prefix(size_t(n));
  }
}

std::string read_all(int file) {
  std::string out;
  std::array<char, 65536> piece;
  for (;;) {
    const ssize_t n = read(file, piece.data(), piece.size());
    if (n == 0 || (n < 0 && errno != EINTR)) return out;
    if (n > 0) out.append(piece.data(), size_t(n));
  }
}

}  // namespace

// In the other process: what it has found by itself.
void Search::Impl::help(int stop, int results) {
  helping = true;
  tally = Tally(kKept);
  executions = steps = steps_saved = 0;
  while (!done && !has_something(stop))
    for (int i = 0; i < kTurns && !done; ++i) one_bounded();
  Writer to;
  to.number(next_bound);
  bounded->save(to);
  for (uint64_t x : {uint64_t(done), uint64_t(complete), uint64_t(bound + 1), uint64_t(allocations),
                     executions, steps, steps_saved})
    to.number(x);
  tally.save(to);
  write_all(results, to.bytes());
}

// Half of what was said is as good as nothing: then its turns are taken here.
void Search::Impl::take_over(std::string_view bytes) {
  Reader from(bytes);
  const auto their_bound = uint32_t(from.number(UINT32_MAX));
  Bounded theirs(times(), their_bound);
  theirs.load(from);
  const bool through = from.flag(), whole = from.flag();
  const int64_t covered = int64_t(from.number(uint64_t(Limits::kAnySwitches) + 1)) - 1;
  const auto most = uint32_t(from.number(UINT32_MAX));
  const uint64_t their_executions = from.number(), their_steps = from.number(),
                 their_saved = from.number();
  Tally found(kKept);
  found.load(from);
  if (!from.good() || !from.at_end()) return;
  bounded_player.reset();
  bounded.emplace(std::move(theirs));
  next_bound = their_bound;
  allocations = std::max(allocations, most);
  executions += their_executions;
  steps += their_steps;
  steps_saved += their_saved;
  tally.merge(found);
  if (!complete) {
    complete = whole;
    bound = covered;
  }
  if (limits.stop_at_first && !tally.ways().empty())
    done = true;
  else if (through || (complete && !worth_more_switches()))
    is_through();
}

// False: there is no other process.
bool Search::Impl::on_two(double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  Pipe stop, results;
  if (fibers != sched::FiberKind::Context || !stop.made() || !results.made()) return false;
  const pid_t other = fork();
  if (other < 0) return false;
  if (other == 0) {
    stop.close_end(1);
    results.close_end(0);
    help(stop.from(), results.to());
    _exit(0);
  }
  results.close_end(1);
  helping = true;
  while (reduced && !done && Clock::now() < end && !has_something(results.from()))
    for (int i = 0; i < kTurns && reduced && !done; ++i) one_reduced();
  helping = false;
  stop.close_end(1);
  take_over(read_all(results.from()));
  waitpid(other, nullptr, 0);
  return true;
}

bool Search::step_on_two(double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto left = [&] {
    return seconds - std::chrono::duration<double>(Clock::now() - begin).count();
  };
  Impl& s = *impl_;
  while (s.there.place && !s.done && left() > 0) {
    if (!s.there.work) s.begin_piece(UINT64_MAX, left());
    s.end_piece(left());
  }
  while (!s.done && left() > 0)
    if (!s.reduced || !s.on_two(left())) step(kTurns);
  return !s.done;
}

}  // namespace qs::explore
