#include "trace/rules/verdict.h"

namespace qs::trace {
std::string open_call(const Trace& trace, size_t before, uint32_t thread) {
  size_t returned = 0;  // calls and callbacks to step over
  for (size_t i = before; i > 0; --i) {
    const Event& e = trace[i - 1];
    if (e.thread != thread) continue;
    if (e.code == EventCode::CallLeave || e.code == EventCode::CallbackLeave) {
      ++returned;
    } else if (e.code == EventCode::CallEnter || e.code == EventCode::CallbackEnter) {
      if (returned == 0) return e.code == EventCode::CallEnter ? fn_name(ApiFn(e.a)) : "";
      --returned;
    }
  }
  return {};
}

size_t open_callback(const Trace& trace, size_t before, uint32_t thread) {
  size_t returned = 0;
  for (size_t i = before; i > 0; --i) {
    const Event& e = trace[i - 1];
    if (e.thread != thread) continue;
    if (e.code == EventCode::CallbackLeave) {
      ++returned;
    } else if (e.code == EventCode::CallbackEnter) {
      if (returned == 0) return i;
      --returned;
    }
  }
  return 0;
}

std::string stack_of(const Trace& trace, size_t before, uint32_t thread) {
  std::string out;
  size_t returned = 0;
  for (size_t i = before; i > 0; --i) {
    const Event& e = trace[i - 1];
    const bool call = e.code == EventCode::CallEnter;
    if (e.code == EventCode::ThreadStart && e.s.serial() == thread) break;
    if (e.thread != thread) continue;
    if (e.code == EventCode::CallLeave || e.code == EventCode::CallbackLeave) {
      ++returned;
    } else if (call || e.code == EventCode::CallbackEnter) {
      if (returned > 0) {
        --returned;
        continue;
      }
      const std::string name = call ? fn_name(ApiFn(e.a)) : callback_name(CallbackKind(e.a));
      out = out.empty() ? name : name + " > " + out;
    }
  }
  return out;
}

std::string reason_of(const Trace& trace, size_t verdict) {
  if (verdict == 0) return {};
  const Event& before = trace[verdict - 1];
  const bool reason = before.code == EventCode::Note && before.b == kReasonNote;
  return reason ? std::string(trace.string(before.a)) : std::string();
}

std::vector<RingLink> ring_of(const Trace& trace, size_t verdict) {
  const size_t end = reason_of(trace, verdict).empty() ? verdict : verdict - 1;
  size_t begin = end;
  while (begin > 0 && trace[begin - 1].code == EventCode::RingLink) --begin;
  std::vector<RingLink> ring;
  for (size_t i = begin; i < end; ++i) {
    const Event& e = trace[i];
    ring.push_back({e.s, e.o, WaitReason(e.a), ObjectId(ObjectKind::Thread, e.c), e.site});
  }
  return ring;
}

}  // namespace qs::trace
