// What NT itself keeps for a driver during a run: pool and files. Owns: NtState. Called by
// api/nt.cpp and api/file.cpp; run asks for leaks when the driver is gone.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "kmdf/core/run_state.h"

namespace qs::kmdf {

struct MemoryFile {
  std::vector<uint8_t> bytes;
};
struct OpenFile {
  std::shared_ptr<MemoryFile> file;
  uint64_t position = 0;
};

struct NtState {
  std::vector<const MemoryBlock*> pool;  // in order of allocation, for reports
  std::map<std::u16string, std::shared_ptr<MemoryFile>> files;
  std::map<uintptr_t, OpenFile> open;
  uintptr_t next_handle = 4;
};

// U-10: pool blocks that were never freed, one text each. Called when the driver has been unloaded.
void report_pool_leaks();

// A call that has no name of its own in the trace still has a line.
struct SiteScope {
  SiteScope(const char* file, int line);
  ~SiteScope();
  SiteScope(const SiteScope&) = delete;
};

}  // namespace qs::kmdf
