// Which files a process may still open, by the kernel's Landlock. Owns: Landlock. Called between
// fork and exec as well: everything that allocates is in the constructor. Where the kernel has
// none, it does nothing.
#pragma once
#include <string>

namespace qs::own {

class Landlock {
 public:
  // Reading stays allowed, if asked for; writing only below the folder ("": nowhere).
  Landlock(bool reading, const std::string& writable);
  ~Landlock();
  Landlock(const Landlock&) = delete;
  // From now on, for this process and those that it makes.
  void apply() const;

 private:
  int rules_ = -1;
};

}  // namespace qs::own
