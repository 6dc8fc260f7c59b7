// Where the driver last had to do with an object, read from a trace in one pass. Owns: Places. Made
// by Run once, when it has settled.
#pragma once
#include <map>
#include <set>

#include "trace/trace.h"

namespace qs {

class Places {
 public:
  // Threads that a finding has told of before are stuck, and stay in what they are in.
  explicit Places(const Trace& trace);

  // The last line of the last callback or call about the object that has ended; of the last
  // WdfObjectReference. No line: none.
  Site left(ObjectId object) const { return find(left_, object); }
  Site referenced(ObjectId object) const { return find(referenced_, object); }
  // The last callback that was given the object and has returned; CallbackKind::Count: none.
  CallbackKind last_callback(ObjectId object) const {
    const auto found = callbacks_.find(object);
    return found == callbacks_.end() ? CallbackKind::Count : found->second;
  }
  // A stuck thread is in a callback or call about it: what becomes of it needs no second finding.
  bool in_stuck_thread(ObjectId object) const { return busy_.count(object) > 0; }

 private:
  static Site find(const std::map<ObjectId, Site>& sites, ObjectId object) {
    const auto found = sites.find(object);
    return found == sites.end() ? Site() : found->second;
  }

  std::map<ObjectId, Site> left_, referenced_;
  std::map<ObjectId, CallbackKind> callbacks_;
  std::set<ObjectId> busy_;
};

}  // namespace qs
