#include "base/modules.h"

#include <dlfcn.h>

#include <filesystem>

namespace qs {

namespace fs = std::filesystem;

void* module_function(const std::string& module, const char* function, std::string& why) {
  std::error_code none;
  const fs::path here = fs::read_symlink("/proc/self/exe", none).parent_path();
  why = "it is neither beside the program nor in ../lib/queuescope";
  for (const fs::path& folder : {here, here / "../lib/queuescope"}) {
    const fs::path file = folder / module;
    if (!fs::exists(file, none)) continue;
    void* loaded = dlopen(file.c_str(), RTLD_LAZY | RTLD_LOCAL);
    void* found = loaded ? dlsym(loaded, function) : nullptr;
    if (!found) why = dlerror();
    return found;
  }
  return nullptr;
}

}  // namespace qs
