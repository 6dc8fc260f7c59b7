// What the runner's process and its maker agree on. Owns nothing. Included by boxed.cpp and
// runner.cpp.
#pragma once

namespace qs::own {

inline constexpr const char* kRunnerWord = "--runner";
// Descriptors that the runner is born with: where it is asked, the record, the driver.
inline constexpr int kRunnerSocket = 3, kRunnerRecord = 4, kRunnerObject = 5;

// What every such driver is called among drivers; no asset of ours has a folder of that name.
inline constexpr const char* kOwnDriverName = "own/driver";

struct BoxAnswer {
  bool whole = false, timed_out = false;
  int status = 0;  // of the child, as waitpid() says it
};

}  // namespace qs::own
