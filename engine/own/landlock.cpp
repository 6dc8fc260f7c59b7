#include "own/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace qs::own {
namespace {

constexpr uint64_t kReads =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr uint64_t kWrites = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                             LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                             LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                             LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                             LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

void allow_below(int rules, const char* path, uint64_t what) {
  landlock_path_beneath_attr below{};
  below.allowed_access = what;
  below.parent_fd = open(path, O_PATH | O_CLOEXEC);
  if (below.parent_fd < 0) return;
  syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
  close(below.parent_fd);
}

}  // namespace

Landlock::Landlock(bool reading, const std::string& writable) {
  landlock_ruleset_attr handled{};
  handled.handled_access_fs = kWrites | (reading ? 0 : kReads);
  rules_ = int(syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
  if (rules_ < 0) return;
  fcntl(rules_, F_SETFD, FD_CLOEXEC);
  if (writable.empty()) return;
  allow_below(rules_, writable.c_str(), kWrites);
  landlock_path_beneath_attr null{};  // which compilers write to
  null.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE;
  null.parent_fd = open("/dev/null", O_PATH | O_CLOEXEC);
  syscall(SYS_landlock_add_rule, rules_, LANDLOCK_RULE_PATH_BENEATH, &null, 0);
  close(null.parent_fd);
}

Landlock::~Landlock() {
  if (rules_ >= 0) close(rules_);
}

void Landlock::apply() const {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (rules_ >= 0) syscall(SYS_landlock_restrict_self, rules_, 0);
}

}  // namespace qs::own
