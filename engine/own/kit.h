// Where the kit headers lie, and which compiler there is. Owns: Kit. Called by compile; any thread.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"

namespace qs::own {

struct Kit {
  std::string include;  // engine/include, or what was installed of it
  std::string overlay;  // the script that makes .tmh files; "" when it is missing
  std::string
      dialect;  // awk: makes what only Microsoft's compiler takes fit for others; "": missing
  std::string c, cpp;  // compilers; cpp "" when there is only one for C
  // The flags of drivers, in order: of C, and of C++.
  std::vector<std::string> c_flags, cpp_flags;
  bool clang = false;
};
// Looked for once. The error says what to install.
const Result<Kit>& find_kit();

}  // namespace qs::own
