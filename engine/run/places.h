// Where the driver last dealt with an object, read from a trace in one pass. Owns: Places. Made by
// Run once, when it has settled. The pass is made at the first query; few runs need it.
#pragma once
#include <map>
#include <set>
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
  explicit Places(const trace::Trace& trace) : trace_(trace), size_(trace.size()) {}

  // The last line of the last callback or call about the object that has ended; the line
  // of the last WdfObjectReference. No line: none.
  trace::Site left(ObjectId object) { return find(read().left_, object); }
  trace::Site referenced(ObjectId object) { return find(read().referenced_, object); }
  // The last callback that was given the object and has returned; CallbackKind::Count: none.
  trace::CallbackKind last_callback(ObjectId object) {
    const auto found = read().callbacks_.find(object);
    return found == callbacks_.end() ? trace::CallbackKind::Count : found->second;
  }
  // One cause, one finding: notes that a finding covers this thread, or this object.
  void report_thread(ObjectId thread) { reported_threads_.insert(thread.serial()); }
  void report(ObjectId object) { reported_.insert(object); }
  // It is covered itself, or a covered thread is in a callback or call about it. A thread that a
  // finding in the trace names is covered, too.
  bool is_reported(ObjectId object);

 private:
  const Places& read();
  static trace::Site find(const std::map<ObjectId, trace::Site>& sites, ObjectId object) {
    const auto found = sites.find(object);
    return found == sites.end() ? trace::Site() : found->second;
  }

  const trace::Trace& trace_;
  const size_t size_;  // of the trace when made: findings are appended to it later
  std::set<uint32_t> reported_threads_;
  std::set<ObjectId> reported_;
  bool is_read_ = false;
  std::map<ObjectId, trace::Site> left_, referenced_;
  std::map<ObjectId, trace::CallbackKind> callbacks_;
  OpenFrames open_;
};

}  // namespace qs::run
