#include "ui/panes/timeline/facts.h"

#include <algorithm>

namespace qs::ui {

using trace::EventCode;

namespace {
constexpr uint32_t kForEver = 0xFFFFFFFFu;

// What happens to every request that the framework completes by itself at once.
bool is_usual(EventCode code) {
  switch (code) {
    case EventCode::Create:
    case EventCode::Send:
    case EventCode::Arrive:
    case EventCode::Completing:
    case EventCode::Completed:
    case EventCode::Refs:
    case EventCode::Delete: return true;
    default: return false;
  }
}
}  // namespace

bool TraceFacts::update(const trace::Trace& trace) {
  if (trace_ == &trace && size_ == trace.size()) return false;
  if (trace_ != &trace || size_ > trace.size()) *this = {};
  trace_ = &trace;
  for (size_t i = size_; i < trace.size(); ++i) add(uint32_t(i), trace[i]);
  size_ = trace.size();
  count_hops(trace);
  return true;
}

void TraceFacts::add_life(uint32_t i, const trace::Event& e) {
  if (e.s.kind() == ObjectKind::Request) {
    const auto [it, fresh] = request_at_.try_emplace(e.s.raw, uint32_t(requests_.size()));
    if (fresh) requests_.push_back({e.s, i, kForEver, uint8_t(trace::RequestType::Create), true});
    Life& life = requests_[it->second];
    if (e.code == EventCode::Send) life.type = uint8_t(e.a);
    if (life.type != uint8_t(trace::RequestType::Create)) life.plain = false;
    if (e.code == EventCode::Completed) life.to = i;
    const bool failed = e.code == EventCode::Completed && int32_t(e.a) < 0;
    const bool is_step =
        trace::event_level(e.code) <= trace::EventLevel::Call || e.code == EventCode::CancelFlag;
    if (failed || (is_step && !is_usual(e.code))) life.plain = false;
  } else if (e.s.kind() == ObjectKind::Thread) {
    Thread& t = threads_[e.s.serial()];
    if (t.life == kForEver) {
      t.life = uint32_t(thread_lives_.size());
      thread_lives_.push_back({e.s, i, kForEver, uint8_t(e.a)});
    }
    t.raised |= (e.code == EventCode::ThreadStart && e.c) || (e.code == EventCode::Irql && e.a);
    if (e.code == EventCode::ThreadEnd) thread_lives_[t.life].to = i;
  }
}

void TraceFacts::add(uint32_t i, const trace::Event& e) {
  add_life(i, e);
  switch (e.code) {
    case EventCode::Choice:
      if (e.b > 1) decisions_.push_back(i);
      break;
    case EventCode::CallbackEnter: {
      Thread& t = threads_[e.thread];
      t.most = std::max(t.most, ++t.depth);
      break;
    }
    case EventCode::CallbackLeave: {
      Thread& t = threads_[e.thread];
      t.depth = std::max(0, t.depth - 1);
      break;
    }
    case EventCode::Insert: {
      Queue& q = queues_[e.o.raw];
      q.most = std::max(q.most, ++q.waiting + q.owned);
      break;
    }
    case EventCode::Remove: {
      Queue& q = queues_[e.o.raw];
      q.waiting -= q.waiting > 0;
      break;
    }
    case EventCode::Charge:
    case EventCode::Uncharge: {
      Queue& q = queues_[e.o.raw];
      q.owned = e.a;
      q.most = std::max(q.most, q.waiting + q.owned);
      break;
    }
    default: break;
  }
}

void TraceFacts::count_hops(const trace::Trace& trace) {
  hops_.assign(kBuckets, 0);
  most_hops_ = 0;
  for (size_t i = 0; i < size_; ++i) {
    if (trace::event_level(trace[i].code) != trace::EventLevel::Hop) continue;
    uint32_t& n = hops_[i * kBuckets / size_];
    most_hops_ = std::max(most_hops_, ++n);
  }
}

int TraceFacts::depth_of(ObjectId thread) const {
  const auto it = threads_.find(thread.serial());
  return it == threads_.end() ? 0 : it->second.most;
}

bool TraceFacts::raised(ObjectId thread) const {
  const auto it = threads_.find(thread.serial());
  return it != threads_.end() && it->second.raised;
}

uint32_t TraceFacts::most_of(ObjectId queue) const {
  const auto it = queues_.find(queue.raw);
  return it == queues_.end() ? 0 : it->second.most;
}

}  // namespace qs::ui
