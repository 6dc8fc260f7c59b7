// A page has no second thread: every recording is opened at once.
#include "session/opening.h"

namespace qs::session {

bool opens_slowly(std::string_view) { return false; }

Opening::Opening(std::string what) : what_(std::move(what)) { work(); }
Opening::~Opening() = default;

void Opening::work() {
  made_ = make();
  done_ = true;
}

Result<Opening::Made> Opening::make() {
  auto opened = open_run(what_);
  if (!opened) return opened.error();
  return Made{std::move(*opened), nullptr};
}

}  // namespace qs::session
