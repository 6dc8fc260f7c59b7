#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "base/write_file.h"

namespace qs {

Result<FileLock> FileLock::take(const std::string& path) {
  const std::string name = behind_links(path) + ".lock";
  FileLock lock(open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOCTTY, 0600));
  if (lock.file_ < 0) return Error{name, 0, std::string("cannot be made: ") + std::strerror(errno)};
  // Held for as long as it takes to write a small file; one that is stopped must not stop others.
  for (int tries = 0; tries < 300; ++tries) {
    if (flock(lock.file_, LOCK_EX | LOCK_NB) == 0) return Result<FileLock>(std::move(lock));
    if (errno == ENOLCK || errno == EOPNOTSUPP || errno == EINVAL)
      return Result<FileLock>(std::move(lock));
    if (errno != EWOULDBLOCK && errno != EINTR)
      return Error{name, 0, std::string("cannot be locked: ") + std::strerror(errno)};
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return Error{path, 0, "another program that changes this file does not come to an end"};
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace qs
