// A driver of one's own needs a C compiler, and a process that it cannot get out of. In a browser
// there is neither.
#include <utility>

#include "own/compile.h"

namespace qs::own {

SharedObject& SharedObject::operator=(SharedObject&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
SharedObject::~SharedObject() = default;

Result<Compiled> compile_own(const OwnSource& source) {
  return Error{source.what, 0,
               "a driver of your own needs a C compiler, which a web page does not have: open it "
               "with the program. The cards of a lesson and the sandbox work here"};
}

}  // namespace qs::own
