// Another program, with limits. Owns: Process. Called by compile; any thread.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace qs::own {

struct ProcessLimits {
  uint32_t cpu_seconds = 20, wall_seconds = 40;
  uint64_t bytes = 3072ull << 20;  // of memory
  uint64_t file_bytes = 256u << 20;
};

class Process {
 public:
  // Starts it in that folder. It may write below `writable` only (where the kernel has Landlock).
  // `words`: the program, looked up in $PATH, and its arguments.
  Process(const std::vector<std::string>& words, const std::string& folder,
          const std::string& writable, const ProcessLimits& limits = {});
  ~Process();
  Process(const Process&) = delete;

  // Waits for its end. "" when all went well; "exit" when it said itself that it failed (what it
  // printed says why); else a sentence.
  std::string finish();
  // What it has printed, on both streams; at most a few megabytes of it.
  std::string printed() const;

 private:
  pid_t id_ = -1;
  int printed_ = -1;  // memory
  int error_ = 0;
  std::string name_;
  ProcessLimits limits_;
};

}  // namespace qs::own
