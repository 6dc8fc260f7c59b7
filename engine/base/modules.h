// Parts of the program that are loaded when they are needed: what stands on a large library and is
// used by few. Owns: module_function. Used by ui/platform for windows and by serve.
#pragma once
#include <string>

namespace qs {

// The function of that name in a module ("queuescope-sdl2.so") that lies beside the program, as it
// is built, or in ../lib/queuescope, as it is installed; null, and a reason, if there is none.
// Modules stay loaded: the libraries below them cannot be unloaded safely.
void* module_function(const std::string& module, const char* function, std::string& why);

}  // namespace qs
