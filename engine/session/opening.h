// Opens a long recording on a thread of its own, so that the window stays responsive and shows
// progress. Owns: Opening. Called by ui on the window's thread.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "session/programs.h"
#include "session/session.h"

namespace qs::session {

// A trace file that takes longer to open than a frame may.
bool opens_slowly(std::string_view what);

class Opening {
 public:
  // What to open, as open_run() takes it.
  explicit Opening(std::string what);
  // Abandons it when it is not done.
  ~Opening();
  Opening(const Opening&) = delete;

  const std::string& what() const { return what_; }
  bool done() const { return done_; }
  // 0 .. 1: the share of events that are read; 0 while the file is being read.
  double fraction() const { return fraction_; }

  struct Made {
    Opened opened;
    std::unique_ptr<Session> session;  // null: `opened` decides how it is shown
  };
  // Once, when it is done. The error names the file.
  Result<Made> take() { return std::move(made_); }

 private:
  void work();
  Result<Made> make();

  std::string what_;
  std::atomic<bool> done_ = false, given_up_ = false;
  std::atomic<double> fraction_ = 0;
  Result<Made> made_ = Error{};
  std::thread thread_;  // last: it uses the members above
};

}  // namespace qs::session
