// Where the driver last dealt with an object, read from a trace in one pass. Owns: Places. Made
// by Run once, when it has settled; the pass is made at the first query, which few runs make.
#pragma once
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "trace/events/trace.h"

namespace qs::run {

// A callback or call that a thread is in.
struct OpenFrame {
  bool callback = false;
  uint16_t what = 0;  // CallbackKind or ApiFn
  ObjectId s, o;
};
// Of each thread that has not ended, the outermost first; by the thread's number.
using OpenFrames = std::map<uint32_t, std::vector<OpenFrame>>;
OpenFrames open_frames(const trace::Trace& trace);

class Places {
 public:
  // `stuck`: numbers of threads that a finding has reported as stuck; those that a finding of the
  // trace names are included anyway.
  explicit Places(const trace::Trace& trace, std::set<uint32_t> stuck = {})
      : trace_(trace), size_(trace.size()), stuck_(std::move(stuck)) {}

  // The last line of the last callback or call about the object that has ended; the line
  // of the last WdfObjectReference. No line: none.
  trace::Site left(ObjectId object) { return find(read().left_, object); }
  trace::Site referenced(ObjectId object) { return find(read().referenced_, object); }
  // The last callback that was given the object and has returned; CallbackKind::Count: none.
  trace::CallbackKind last_callback(ObjectId object) {
    const auto found = read().callbacks_.find(object);
    return found == callbacks_.end() ? trace::CallbackKind::Count : found->second;
  }
  // A stuck thread is in a callback or call about it, so it needs no second finding.
  bool in_stuck_thread(ObjectId object) { return read().busy_.count(object) > 0; }

 private:
  const Places& read();
  static trace::Site find(const std::map<ObjectId, trace::Site>& sites, ObjectId object) {
    const auto found = sites.find(object);
    return found == sites.end() ? trace::Site() : found->second;
  }

  const trace::Trace& trace_;
  const size_t size_;  // of the trace when made: findings are appended to it later
  std::set<uint32_t> stuck_;
  bool is_read_ = false;
  std::map<ObjectId, trace::Site> left_, referenced_;
  std::map<ObjectId, trace::CallbackKind> callbacks_;
  std::set<ObjectId> busy_;
};

}  // namespace qs::run
