// The variables of a driver that has some. A driver that is compiled in has none; one that is
// loaded into a process of its own may (engine/own), and is the only one there. Owns:
// DriverVariables.
#pragma once
#include <cstddef>

namespace qs::kmdf {

struct DriverVariables {
  char* begin = nullptr;
  size_t bytes = 0;
};

// Called when the driver has been loaded and nothing of it has run.
void use_variables(DriverVariables variables);
DriverVariables driver_variables();
// At the beginning of a run: as they were when the driver was loaded, and followed like the rest of
// its memory.
void begin_with_variables();

}  // namespace qs::kmdf
