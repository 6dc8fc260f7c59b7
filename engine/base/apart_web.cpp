// A page has but one process: what cannot be trusted is not looked at in it.
#include "base/apart.h"

namespace qs {

Result<std::string> run_apart(const std::function<std::string()>&, const ApartLimits&) {
  return Error{"", 0, "this needs a process of its own, which a web page cannot have"};
}

}  // namespace qs
