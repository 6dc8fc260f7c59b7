// One program at a time. Owns: FileLock. Whoever reads a file, changes it and writes it back holds
// its lock meanwhile, so that what others wrote in between is not lost. Called by progress and
// settings; any thread. A lock ends with its program, however that ends.
#pragma once
#include <string>

#include "base/result.h"

namespace qs {

class FileLock {
 public:
  // Locks PATH.lock, beside the file that `path` leads to; it is made when it is missing and stays.
  // Waits three seconds at most: the error says that another program holds it, or what the system
  // said. Where a file system has no locks there is nothing to wait for.
  static Result<FileLock> take(const std::string& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace qs
