// Work on untrusted input, in a process of its own. Owns: run_apart. Whatever the work does
// (runs forever, takes all memory, crashes), the caller goes on and knows what happened. Called by
// the command line for each receipt; only where the program has one thread.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"

namespace qs {

struct ApartLimits {
  uint32_t seconds = 20;           // of the processor; three times as long by the clock
  uint64_t bytes = 2048ull << 20;  // of memory, besides what the program has already
};

// What `work` returned (16 MiB at most). The error is a sentence: it took longer than allowed,
// needed more memory, or how it ended.
Result<std::string> run_apart(const std::function<std::string()>& work, const ApartLimits& limits);

}  // namespace qs
