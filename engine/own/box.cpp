#include "own/box.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "base/region.h"
#include "base/sanitizer.h"
#include "own/landlock.h"

namespace qs::own {
namespace {

// What the engine and the C library ask of the kernel while a run goes on: memory, and signals.
constexpr int kInside[] = {
    SCMP_SYS(mmap),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
    SCMP_SYS(mprotect),       SCMP_SYS(madvise),      SCMP_SYS(brk),
    SCMP_SYS(futex),          SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(sigaltstack),  SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),  SCMP_SYS(gettimeofday), SCMP_SYS(restart_syscall)};
// What loading takes besides: the driver is in memory, and the path leads there.
constexpr int kLoading[] = {SCMP_SYS(openat),     SCMP_SYS(read),  SCMP_SYS(pread64),
                            SCMP_SYS(newfstatat), SCMP_SYS(fstat), SCMP_SYS(close),
                            SCMP_SYS(getcwd),     SCMP_SYS(prctl), SCMP_SYS(seccomp)};

// Bytes of addresses, and of memory that can be written, before any driver was there.
uint64_t addresses_before = 0, data_before = 0;

void look_at_memory() {
  uint64_t all = 0, data = 0, other = 0;
  std::ifstream statm("/proc/self/statm");
  statm >> all >> other >> other >> other >> other >> data;
  const auto page = uint64_t(sysconf(_SC_PAGESIZE));
  addresses_before = all * page;
  data_before = data * page;
}

void limit_resource(int what, uint64_t most) {
  rlimit now{};
  getrlimit(what, &now);
  now.rlim_cur = now.rlim_max = std::min<rlim_t>(now.rlim_max, most);
  setrlimit(what, &now);
}

}  // namespace

struct Box::Filters {
  scmp_filter_ctx loading = make(true), inside = make(false);

  static scmp_filter_ctx make(bool loading) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    if (!filter) return nullptr;
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 1);
    for (const int call : kInside) seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    if (loading)
      for (const int call : kLoading) seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    // To ask for a limit, not to set one.
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, SCMP_A0(SCMP_CMP_EQ, 0),
                     SCMP_A2(SCMP_CMP_EQ, 0));
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(exit_group), 1,
                     SCMP_A0(SCMP_CMP_EQ, scmp_datum_t(kDone)));
    return filter;
  }
  ~Filters() {
    if (loading) seccomp_release(loading);
    if (inside) seccomp_release(inside);
  }
};

Box::Box() : filters_(std::make_unique<Filters>()) {}
Box::~Box() = default;

void Box::shut_files() { Landlock(false, "").apply(); }

void Box::prepare() {
  Region::reserve_addresses();  // which takes none of the machine's memory
  look_at_memory();
  constexpr std::string_view kFirst = "1000";  // of all processes
  const int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (score < 0) return;
  [[maybe_unused]] const ssize_t done = write(score, kFirst.data(), kFirst.size());
  close(score);
}

void Box::limit(uint32_t cpu_seconds, uint32_t regions) {
  constexpr uint64_t kMemory = uint64_t(2) << 30;  // besides what the program has already
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit_resource(RLIMIT_CORE, 0);
  limit_resource(RLIMIT_CPU, cpu_seconds);
  limit_resource(RLIMIT_FSIZE, 0);
  limit_resource(RLIMIT_NPROC, 0);
#if !QS_ADDRESS_SANITIZER  // whose shadow takes all addresses there are
  limit_resource(RLIMIT_AS, addresses_before + kMemory);
  limit_resource(RLIMIT_DATA, data_before + kMemory + regions * Region::kMostBytes);
#else
  (void)kMemory, (void)regions;
#endif
}

#if !QS_ADDRESS_SANITIZER
bool Box::close_in() { return filters_->loading && seccomp_load(filters_->loading) == 0; }
bool Box::shut() { return filters_->inside && seccomp_load(filters_->inside) == 0; }
#else  // its runtime makes calls of its own
bool Box::close_in() { return true; }
bool Box::shut() { return true; }
#endif

std::string system_call_name(int number) {
  char* name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
  const std::string out = name ? name : "number " + std::to_string(number);
  std::free(name);
  return out;
}

}  // namespace qs::own
