// Makes a driver that is not compiled in once more, on a thread of its own, while the window shows
// the last run that it made. Owns: Remaking. Called by ui on the window's thread.
#pragma once
#include <atomic>
#include <functional>
#include <thread>

#include "base/result.h"
#include "own/own.h"

namespace qs::session {

class Remaking {
 public:
  using Make = std::function<Result<own::OwnProgram>()>;
  // `make` is called on the other thread.
  explicit Remaking(Make make);
  ~Remaking();
  Remaking(const Remaking&) = delete;

  bool done() const { return done_; }
  // Once, when it is done.
  Result<own::OwnProgram> take() { return std::move(made_); }

 private:
  Make make_;
  std::atomic<bool> done_ = false;
  Result<own::OwnProgram> made_ = Error{};
  std::thread thread_;  // last: it uses the members above
};

}  // namespace qs::session
