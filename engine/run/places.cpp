#include "run/places.h"

#include <vector>

namespace qs::run {

using trace::EventCode;

namespace {

bool enters(EventCode code) {
  return code == EventCode::CallEnter || code == EventCode::CallbackEnter;
}
bool leaves(EventCode code) {
  return code == EventCode::CallLeave || code == EventCode::CallbackLeave;
}

void follow(OpenFrames& open, const trace::Event& e) {
  if (enters(e.code)) {
    open[e.thread].push_back({e.code == EventCode::CallbackEnter, uint16_t(e.a), e.s, e.o});
  } else if (leaves(e.code)) {
    auto& frames = open[e.thread];
    if (!frames.empty()) frames.pop_back();
  } else if (e.code == EventCode::ThreadEnd) {
    open.erase(e.s.serial());
  }
}

}  // namespace

OpenFrames open_frames(const trace::Trace& trace) {
  OpenFrames open;
  for (size_t i = 0; i < trace.size(); ++i) follow(open, trace[i]);
  return open;
}

const Places& Places::read() {
  if (is_read_) return *this;
  is_read_ = true;
  for (size_t i = 0; i < size_; ++i) {
    const trace::Event& e = trace_[i];
    follow(open_, e);
    if (enters(e.code)) {
      if (e.code == EventCode::CallEnter && trace::ApiFn(e.a) == trace::ApiFn::WdfObjectReference)
        referenced_[e.s] = e.site;
    } else if (leaves(e.code)) {
      for (ObjectId id : {e.s, e.o})
        if (id.kind() == ObjectKind::Request && e.site) left_[id] = e.site;
      if (e.code == EventCode::CallbackLeave && e.s.kind() == ObjectKind::Request)
        callbacks_[e.s] = trace::CallbackKind(e.a);
    } else if (e.code == EventCode::Finding && e.o.kind() == ObjectKind::Thread) {
      report_thread(e.o);
    }
  }
  return *this;
}

bool Places::is_reported(ObjectId object) {
  read();
  if (reported_.count(object) > 0) return true;
  for (uint32_t thread : reported_threads_)
    if (const auto open = open_.find(thread); open != open_.end())
      for (const OpenFrame& f : open->second)
        if (f.s == object || f.o == object) return true;
  return false;
}

}  // namespace qs::run
