#include "model/queries/activations.h"

#include <algorithm>

#include <fmt/format.h>

#include "trace/events/words.h"

namespace qs::model {

using trace::CallbackKind;
using trace::EventCode;
using trace::WaitReason;

namespace {

// The callback that a thread of this kind exists for.
CallbackKind purpose(trace::ThreadKind kind) {
  switch (kind) {
    case trace::ThreadKind::Timer: return CallbackKind::EvtTimerFunc;
    case trace::ThreadKind::Dpc: return CallbackKind::EvtDpcFunc;
    case trace::ThreadKind::WorkItem: return CallbackKind::EvtWorkItem;
    default: return CallbackKind::Count;
  }
}

ObjectId queue_of(const Model& m, const StackFrame& frame) {
  if (frame.o.kind() == ObjectKind::Queue) return frame.o;
  if (frame.s.kind() == ObjectKind::Queue) return frame.s;
  const RequestView* r = m.request(frame.s);
  return r ? r->queue : ObjectId();
}

// A thread outside every callback: one of the driver's own, or one at the door of a callback.
void add_outside(const ThreadView& t, std::vector<Activation>& out) {
  Activation a;
  a.thread = t.id;
  a.site = t.site;
  const bool waits = t.waiting != WaitReason::None;
  if (t.kind == trace::ThreadKind::Driver) {
    a.state = waits ? Activation::State::Waits : Activation::State::Runs;
    out.push_back(a);
  } else if (t.waiting == WaitReason::LockHeld && purpose(t.kind) != CallbackKind::Count) {
    a.kind = purpose(t.kind);
    a.about = t.on_behalf_of;
    a.state = Activation::State::Entering;
    out.push_back(a);
  }
}

}  // namespace

std::vector<Activation> activations(const Model& m) {
  std::vector<Activation> out;
  for (const ThreadView& t : m.threads) {
    const size_t first = out.size();
    for (const StackFrame& frame : t.stack) {
      if (!frame.callback) continue;
      Activation a;
      a.thread = t.id;
      a.depth = int(out.size() - first);
      a.kind = CallbackKind(frame.what);
      a.queue = queue_of(m, frame);
      a.about = frame.s;
      a.site = frame.site;
      a.state = Activation::State::Below;
      out.push_back(a);
    }
    if (out.size() == first)
      add_outside(t, out);
    else
      out.back().state =
          t.waiting != WaitReason::None ? Activation::State::Waits : Activation::State::Runs;
  }
  return out;
}

ObjectId held_up_by(const Model& m, const ThreadView& t) {
  if (t.waiting == WaitReason::None) return {};
  if (t.waits_for.kind() == ObjectKind::Thread) return t.waits_for;
  const LockView* lock = m.lock(t.waits_for);
  if (lock) return lock->owner == t.id ? ObjectId() : lock->owner;
  if (t.waiting != WaitReason::LockHeld) return {};
  for (const LockView& l : m.locks)  // the lock of what it waits for
    if (l.of == t.waits_for && l.owner && l.owner != t.id) return l.owner;
  return {};
}

std::string wait_words(const Model& m, const trace::Trace& trace, const ThreadView& t,
                       const trace::ShownNames* names) {
  if (t.waiting == WaitReason::None) return {};
  const ObjectId holder = held_up_by(m, t);
  if (holder && t.waits_for && t.waits_for != holder) {
    const auto shown = names ? names->find(holder) : trace::ShownNames::const_iterator();
    const bool own = names && shown != names->end();
    return fmt::format("waits for {}, which {} has", trace::spoken_name(trace, t.waits_for),
                       own ? shown->second : trace.name(holder));
  }
  std::string text = fmt::format("waits {}", trace::words(t.waiting));
  if (t.waits_for) text += fmt::format(" ({})", trace::spoken_name(trace, t.waits_for));
  return text;
}

std::string power_pending(const Model& m, const trace::Trace& trace, const DeviceView& d) {
  bool down = false, up = false, pnp = false;
  for (const ThreadView& t : m.threads) {
    pnp = pnp || t.kind == trace::ThreadKind::Pnp;
    down = down || t.waiting == WaitReason::PowerDown;
    up = up || t.waiting == WaitReason::PowerUp;
  }
  const auto phase = trace::PowerPhase(d.phase);
  std::vector<std::string> names;
  bool asked_to_stop = false;
  for (const QueueView& q : m.queues) {
    const bool stops = q.power == trace::QueuePower::Stopping ||
                       q.power == trace::QueuePower::StoppingNotifyingDriver ||
                       q.power == trace::QueuePower::StoppingDriverNotified ||
                       q.power == trace::QueuePower::Purge ||
                       q.power == trace::QueuePower::PurgeNotifyingDriver ||
                       q.power == trace::QueuePower::PurgeDriverNotified;
    if (q.device != d.id || q.deleted || !stops) continue;
    for (const ObjectId id : q.owned) {
      const RequestView* r = m.request(id);
      if (!r || r->has(kStopAcked)) continue;
      names.push_back(trace.name(id));
      asked_to_stop = asked_to_stop || (q.callbacks >> unsigned(CallbackKind::EvtIoStop) & 1);
    }
  }
  // Holding is also what a device says that has never changed its power.
  const bool going = (phase == trace::PowerPhase::HoldingQueues && pnp) ||
                     phase == trace::PowerPhase::StoppingQueues ||
                     phase == trace::PowerPhase::PurgingQueues;
  if (going && !names.empty()) {
    if (names.size() > 3) {
      const size_t more = names.size() - 2;
      names.resize(2);
      names.push_back(fmt::format("{} more", more));
    }
    return fmt::format("going down: waits for {}{}", fmt::join(names, ", "),
                       asked_to_stop ? " (EvtIoStop?)" : "");
  }
  if (going) return "going down";
  if (phase == trace::PowerPhase::ResumingQueues || phase == trace::PowerPhase::Waking)
    return "coming up";
  if (down && d.power == trace::DevicePower::D0) return "going down";
  return up && d.power != trace::DevicePower::D0 ? "coming up" : "";
}

void HoldIndex::add(const trace::Event& e, uint32_t number) {
  const auto put = [&](Hold::Kind kind, ObjectId request, ObjectId at) {
    const auto in = inside_.find(e.thread);
    const uint32_t entered = in == inside_.end() || in->second.empty() ? 0 : in->second.back();
    holds_[request].push_back(
        {kind, number, entered, ObjectId(ObjectKind::Thread, e.thread), at, e.site});
  };
  switch (e.code) {
    case EventCode::CallbackEnter: {
      std::vector<uint32_t>& in = inside_[e.thread];
      entries_[e.thread].push_back({number, int(in.size())});
      in.push_back(number);
      break;
    }
    case EventCode::CallbackLeave:
      if (const auto in = inside_.find(e.thread); in != inside_.end() && !in->second.empty())
        in->second.pop_back();
      break;
    case EventCode::ThreadStart: inside_.erase(e.s.serial()); break;
    case EventCode::Own: put(Hold::Kind::Taken, e.s, e.o); break;
    case EventCode::Cancelable: put(Hold::Kind::Cancelable, e.s, e.o); break;
    case EventCode::HwStart:
      if (e.o) put(Hold::Kind::Started, e.o, e.s);
      break;
    case EventCode::SendTarget:
    case EventCode::Forget: put(Hold::Kind::Sent, e.s, e.o); break;
    default: break;
  }
}

const Hold* HoldIndex::last(const Model& m, ObjectId request, Hold::Kind kind) const {
  const auto found = holds_.find(request);
  if (found == holds_.end()) return nullptr;
  for (size_t i = found->second.size(); i-- > 0;) {
    const Hold& h = found->second[i];
    if (h.kind == kind && h.event < m.events) return &h;
  }
  return nullptr;
}

const Hold* HoldIndex::taken(const Model& m, ObjectId request) const {
  return last(m, request, Hold::Kind::Taken);
}

uint32_t HoldIndex::entered(uint32_t thread, int depth, uint32_t events) const {
  const auto found = entries_.find(thread);
  if (found == entries_.end()) return 0;
  const auto& all = found->second;
  auto it = std::partition_point(all.begin(), all.end(),
                                 [&](const Entry& x) { return x.event < events; });
  while (it != all.begin())
    if ((--it)->depth == depth) return it->event;
  return 0;
}

bool HoldIndex::took(const Model& m, const Activation& a, const RequestView& r) const {
  if (r.room != a.kind) return false;
  if (a.about == r.id) return true;
  const Hold* taking = taken(m, r.id);
  if (!taking || taking->thread != a.thread || a.depth < 0) return false;
  const uint32_t from = entered(a.thread.serial(), a.depth, m.events);
  return taking->entered == from && taking->event > from;
}

std::vector<Hold> HoldIndex::of(const Model& m, const RequestView& r) const {
  std::vector<Hold> out;
  const auto put = [&](bool holds, Hold::Kind kind) {
    const Hold* h = holds ? last(m, r.id, kind) : nullptr;
    if (h && h->site) out.push_back(*h);
  };
  if (r.place == Place::Done) return out;
  put(r.has(kCancelable), Hold::Kind::Cancelable);
  const ChannelView* channel = m.channel(r.channel);
  put(channel && channel->request == r.id, Hold::Kind::Started);
  put(r.place == Place::Target || r.place == Place::Released, Hold::Kind::Sent);
  std::sort(out.begin(), out.end(), [](const Hold& a, const Hold& b) { return a.event < b.event; });
  return out;
}

}  // namespace qs::model
