// A page has no second thread, and nothing to compile with: that is said at once.
#include "session/remaking.h"

namespace qs::session {

Remaking::Remaking(Make make) : make_(std::move(make)), done_(true), made_(make_()) {}
Remaking::~Remaking() = default;

}  // namespace qs::session
