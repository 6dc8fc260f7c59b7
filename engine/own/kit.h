// Where the kit headers lie, and which compiler there is. Owns: Kit. Called by compile; any thread.
#pragma once
#include <string>

#include "base/result.h"

namespace qs::own {

struct Kit {
  std::string include;  // engine/include, or what was installed of it
  std::string overlay;  // the script that makes .tmh files; "" when it is missing
  std::string c, cpp;   // compilers; cpp "" when there is only one for C
  bool clang = false;
};
// Looked for once. The error says what to install.
const Result<Kit>& find_kit();

}  // namespace qs::own
