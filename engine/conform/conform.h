// What the command line asks of this folder. Owns: the entry of `queuescope conform`.
#pragma once
#include <string>
#include <vector>

#include "conform/scenario.h"

namespace qs::conform {

// Plays each file, prints its trace (one scenario) or the first differences; exit code 0, 1 or 2.
inline int conform_main(const std::vector<std::string>& files) {
  return conform::conform_main(files, false);
}

}  // namespace qs::conform
