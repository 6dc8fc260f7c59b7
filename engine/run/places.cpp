#include "run/places.h"

#include <vector>

namespace qs {
namespace {

bool enters(EventCode code) {
  return code == EventCode::CallEnter || code == EventCode::CallbackEnter;
}
bool leaves(EventCode code) {
  return code == EventCode::CallLeave || code == EventCode::CallbackLeave;
}

}  // namespace

const Places& Places::read() {
  if (is_read_) return *this;
  is_read_ = true;
  std::map<uint32_t, std::vector<std::pair<ObjectId, ObjectId>>> open;  // by thread
  std::set<uint32_t> stuck;
  for (size_t i = 0; i < size_; ++i) {
    const Event& e = trace_[i];
    if (enters(e.code)) {
      open[e.thread].push_back({e.s, e.o});
      if (e.code == EventCode::CallEnter && ApiFn(e.a) == ApiFn::WdfObjectReference)
        referenced_[e.s] = e.site;
    } else if (leaves(e.code)) {
      auto& frames = open[e.thread];
      if (!frames.empty()) frames.pop_back();
      for (ObjectId id : {e.s, e.o})
        if (id.kind() == ObjectKind::Request && e.site) left_[id] = e.site;
      if (e.code == EventCode::CallbackLeave && e.s.kind() == ObjectKind::Request)
        callbacks_[e.s] = CallbackKind(e.a);
    } else if (e.code == EventCode::ThreadEnd) {
      open.erase(e.s.serial());
    } else if (e.code == EventCode::Finding && e.o.kind() == ObjectKind::Thread) {
      stuck.insert(e.o.serial());
    }
  }
  for (uint32_t thread : stuck)
    for (const auto& [s, o] : open[thread]) busy_.insert({s, o});
  return *this;
}

}  // namespace qs
