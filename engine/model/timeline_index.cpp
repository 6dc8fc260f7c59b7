#include "model/timeline_index.h"

namespace qs {
namespace {

uint8_t marks_of(const RequestView& r) {
  uint8_t marks = 0;
  if (r.has(kCancelable)) marks |= RequestSpan::kMarkCancelable;
  if (r.has(kCancelFlag)) marks |= RequestSpan::kMarkCancelFlag;
  if (r.has(kCancelPending | kCoqPending | kCancelClaimed)) marks |= RequestSpan::kMarkCancelDue;
  if (r.has(kToNotify | kNotified)) marks |= RequestSpan::kMarkPowerNotify;
  if (r.place == Place::Done) {
    constexpr int32_t kCancelled = int32_t(0xC0000120);
    if (r.status == kCancelled)
      marks |= RequestSpan::kMarkCanceled;
    else if (r.status < 0)
      marks |= RequestSpan::kMarkFailed;
  }
  return marks;
}

// Lists up to this long give their spare room back when their object ends: there are many of them.
constexpr size_t kSmall = 64;

bool about_request(EventCode code) {
  return (code >= EventCode::Send && code <= EventCode::PendIrp) || code == EventCode::Reuse;
}

bool about_queue(EventCode code) {
  switch (code) {
    case EventCode::Insert:
    case EventCode::Remove:
    case EventCode::Charge:
    case EventCode::Uncharge: return true;
    default: return false;
  }
}

}  // namespace

void Timeline::Indices::add_request(uint32_t i, ObjectId id, const Model& model) {
  const RequestView* r = model.request(id);
  if (!r) return;
  Span span{i, r->queue, r->owner, r->place, marks_of(*r), r->room};
  auto& items = requests.add(id).items;
  if (items.empty()) items.reserve(6);
  if (!items.empty() && items.back().same(span)) return;
  items.push_back(span);
  if (r->place == Place::Done && items.size() <= kSmall) items.shrink_to_fit();
}

void Timeline::Indices::add_queue(uint32_t i, ObjectId id, const Model& model) {
  const QueueView* q = model.queue(id);
  if (!q) return;
  QueueSample s;
  s.at = i;
  s.waiting = uint16_t(std::min<size_t>(q->waiting.size(), 0xFFFF));
  s.owned = uint16_t(std::min<uint32_t>(q->owned_count, 0xFFFF));
  s.activations = uint8_t(std::min<uint32_t>(q->depth, 0xFF));
  if (q->flags & kAccept) s.bits |= QueueSample::kAccepting;
  if (q->flags & kDispatch) s.bits |= QueueSample::kDispatching;
  if (q->power == QueuePower::On) s.bits |= QueueSample::kPowerOn;
  auto& items = queues.add(id).items;
  if (!items.empty()) {
    const QueueSample& last = items.back();
    if (last.waiting == s.waiting && last.owned == s.owned && last.activations == s.activations &&
        last.bits == s.bits)
      return;
  }
  items.push_back(s);
}

void Timeline::Indices::open_item(ObjectId thread, uint32_t i, ThreadSpan::Kind kind,
                                  uint16_t value) {
  auto it = std::find_if(open.begin(), open.end(),
                         [&](const OpenItems& o) { return o.thread == thread; });
  if (it == open.end()) it = open.insert(open.end(), OpenItems{thread, {}});
  auto& items = threads.add(thread).items;
  size_t depth = 0;
  if (kind == ThreadSpan::Callback)
    for (uint32_t n : it->items) depth += items[n].kind == ThreadSpan::Callback;
  it->items.push_back(uint32_t(items.size()));
  items.push_back({i, kOpenEnd, value, uint8_t(kind), uint8_t(std::min<size_t>(depth, 255))});
}

// Closes the newest unfinished item of that kind (and value); with ThreadSpan::Life everything.
void Timeline::Indices::close_item(ObjectId thread, uint32_t i, ThreadSpan::Kind kind,
                                   uint16_t value, bool any_value) {
  auto it = std::find_if(open.begin(), open.end(),
                         [&](const OpenItems& o) { return o.thread == thread; });
  auto* row = threads.find(thread);
  if (it == open.end() || !row) return;
  if (kind == ThreadSpan::Life) {
    for (uint32_t n : it->items) row->items[n].to = i;
    if (row->items.size() <= kSmall) row->items.shrink_to_fit();
    open.erase(it);
    return;
  }
  for (size_t k = it->items.size(); k-- > 0;) {
    ThreadItem& item = row->items[it->items[k]];
    if (item.kind != kind || (!any_value && item.value != value)) continue;
    item.to = i;
    it->items.erase(it->items.begin() + ptrdiff_t(k));
    return;
  }
}

void Timeline::Indices::add_thread(uint32_t i, const Event& e) {
  ObjectId self(ObjectKind::Thread, e.thread);
  switch (e.code) {
    case EventCode::ThreadStart:
      open_item(e.s, i, ThreadSpan::Life, uint16_t(e.a));
      if (e.c) open_item(e.s, i, ThreadSpan::Irql, uint16_t(e.c));  // a DPC starts raised
      break;
    case EventCode::ThreadEnd: close_item(e.s, i, ThreadSpan::Life, 0, true); break;
    case EventCode::ThreadWait: open_item(e.s, i, ThreadSpan::Wait, uint16_t(e.a)); break;
    case EventCode::ThreadWake: close_item(e.s, i, ThreadSpan::Wait, 0, true); break;
    case EventCode::CallbackEnter: open_item(self, i, ThreadSpan::Callback, uint16_t(e.a)); break;
    case EventCode::CallbackLeave:
      close_item(self, i, ThreadSpan::Callback, uint16_t(e.a), false);
      break;
    case EventCode::Irql:
      close_item(e.s, i, ThreadSpan::Irql, 0, true);
      if (e.a) open_item(e.s, i, ThreadSpan::Irql, uint16_t(e.a));
      break;
    default: break;
  }
}

void Timeline::Indices::add(uint32_t i, const Event& e, const Model& model) {
  switch (e.code) {
    case EventCode::Line: lines[e.site.raw].push_back(i); return;
    case EventCode::ThreadStart:
    case EventCode::ThreadEnd:
    case EventCode::ThreadWait:
    case EventCode::ThreadWake:
    case EventCode::Irql:
    case EventCode::CallbackLeave: return add_thread(i, e);
    case EventCode::CallbackEnter:
      add_thread(i, e);
      if (e.s.kind() == ObjectKind::Request) add_request(i, e.s, model);
      return;
    case EventCode::Create:
    case EventCode::Delete:
      if (e.s.kind() == ObjectKind::Request) add_request(i, e.s, model);
      return;
    case EventCode::QueueConfig:
    case EventCode::QueueFlags:
    case EventCode::QueuePower:
    case EventCode::QueueDepth: return add_queue(i, e.s, model);
    case EventCode::Violation:
    case EventCode::Finding: verdicts.push_back(i); return;
    default: break;
  }
  if (about_queue(e.code)) add_queue(i, e.o, model);
  if (about_request(e.code)) add_request(i, e.s, model);
}

size_t Timeline::Indices::memory_bytes() const {
  size_t total = requests.memory_bytes() + threads.memory_bytes() + queues.memory_bytes();
  for (const auto& [site, hits] : lines) total += 64 + hits.capacity() * 4;
  for (const auto& o : objects) total += sizeof(o) + o.events.capacity() * 4;
  return total + verdicts.capacity() * 4;
}

// --- questions ---

const std::vector<ObjectId>& Timeline::requests() {
  catch_up();
  static const std::vector<ObjectId> none;
  return indices_ ? indices_->requests.order : none;
}
const std::vector<ObjectId>& Timeline::threads() {
  catch_up();
  static const std::vector<ObjectId> none;
  return indices_ ? indices_->threads.order : none;
}
const std::vector<ObjectId>& Timeline::queues() {
  catch_up();
  static const std::vector<ObjectId> none;
  return indices_ ? indices_->queues.order : none;
}
const std::vector<uint32_t>& Timeline::verdicts() {
  catch_up();
  static const std::vector<uint32_t> none;
  return indices_ ? indices_->verdicts : none;
}

namespace {

// Neighbours whose visible beginning falls into the same of `max` equal parts of [e0, e1) become
// one.
struct Buckets {
  uint32_t e0, width;
  Buckets(uint32_t first, uint32_t end, size_t max)
      : e0(first), width(uint32_t((uint64_t(end - first) + max - 1) / max)) {
    if (width == 0) width = 1;
  }
  uint32_t of(uint32_t from) const { return (std::max(from, e0) - e0) / width; }
};

template <class S>
std::vector<S> merge(std::vector<S> in, uint32_t e0, uint32_t e1, size_t max) {
  if (max == 0 || in.size() <= max || e1 <= e0) return in;
  Buckets buckets(e0, e1, max);
  std::vector<S> out;
  uint32_t bucket = 0;
  uint64_t longest = 0;
  for (const S& s : in) {
    uint32_t b = buckets.of(s.from);
    uint64_t length = uint64_t(std::min(s.to, e1)) - std::max(std::min(s.from, e1), e0);
    if (out.empty() || b != bucket) {
      out.push_back(s);
      bucket = b;
      longest = length;
      continue;
    }
    S& last = out.back();
    uint32_t from = last.from, merged = last.merged + s.merged;
    if (length > longest) {
      last = s;
      longest = length;
    }
    last.from = from;
    last.to = s.to;
    last.merged = merged;
  }
  return out;
}

}  // namespace

std::vector<RequestSpan> Timeline::request_spans(ObjectId request, uint32_t e0, uint32_t e1,
                                                 size_t max_spans) {
  catch_up();
  e1 = std::min(e1, uint32_t(size()));
  std::vector<RequestSpan> out;
  auto* row = indices_ ? indices_->requests.find(request) : nullptr;
  if (!row) return out;
  const auto& items = row->items;
  auto it = std::upper_bound(items.begin(), items.end(), e0,
                             [](uint32_t e, const Indices::Span& s) { return e < s.from; });
  if (it != items.begin()) --it;
  for (; it != items.end() && it->from < e1; ++it) {
    RequestSpan s;
    s.from = it->from;
    s.to = it + 1 == items.end() ? kOpenEnd : (it + 1)->from;
    s.queue = it->queue;
    s.owner = it->owner;
    s.place = it->place;
    s.marks = it->marks;
    s.room = it->room;
    if (s.to > e0) out.push_back(s);
  }
  return merge(std::move(out), e0, e1, max_spans);
}

std::vector<ThreadSpan> Timeline::thread_spans(ObjectId thread, ThreadSpan::Kind kind, uint32_t e0,
                                               uint32_t e1, size_t max_spans) {
  catch_up();
  e1 = std::min(e1, uint32_t(size()));
  std::vector<ThreadSpan> out;
  auto* row = indices_ ? indices_->threads.find(thread) : nullptr;
  if (!row) return out;
  std::vector<std::vector<ThreadSpan>> levels;
  for (const auto& item : row->items) {
    if (item.from >= e1) break;
    if (item.kind != kind || item.to <= e0) continue;
    ThreadSpan s;
    s.from = item.from;
    s.to = item.to;
    s.kind = kind;
    s.depth = item.depth;
    s.value = item.value;
    if (levels.size() <= s.depth) levels.resize(s.depth + 1u);
    levels[s.depth].push_back(s);
  }
  for (auto& level : levels)
    for (ThreadSpan& s : merge(std::move(level), e0, e1, max_spans)) out.push_back(s);
  std::stable_sort(out.begin(), out.end(),
                   [](const ThreadSpan& a, const ThreadSpan& b) { return a.from < b.from; });
  return out;
}

std::vector<QueueSample> Timeline::queue_samples(ObjectId queue, uint32_t e0, uint32_t e1,
                                                 size_t max_samples) {
  catch_up();
  e1 = std::min(e1, uint32_t(size()));
  std::vector<QueueSample> out;
  auto* row = indices_ ? indices_->queues.find(queue) : nullptr;
  if (!row) return out;
  const auto& items = row->items;
  auto it = std::upper_bound(items.begin(), items.end(), e0,
                             [](uint32_t e, const QueueSample& s) { return e < s.at; });
  if (it != items.begin()) --it;
  for (; it != items.end() && it->at < e1; ++it) out.push_back(*it);
  if (max_samples == 0 || out.size() <= max_samples || e1 <= e0) return out;
  Buckets buckets(e0, e1, max_samples);
  std::vector<QueueSample> kept;
  uint32_t bucket = 0;
  for (const QueueSample& s : out) {
    uint32_t b = buckets.of(s.at);
    if (kept.empty() || b != bucket) {
      kept.push_back(s);
      bucket = b;
      continue;
    }
    QueueSample& last = kept.back();
    last.waiting = std::max(last.waiting, s.waiting);
    last.owned = std::max(last.owned, s.owned);
    last.activations = std::max(last.activations, s.activations);
    last.bits = s.bits;
  }
  return kept;
}

std::span<const uint32_t> Timeline::line_hits(Site site) {
  catch_up();
  if (!indices_) return {};
  auto it = indices_->lines.find(site.raw);
  return it == indices_->lines.end() ? std::span<const uint32_t>()
                                     : std::span<const uint32_t>(it->second);
}

std::vector<Timeline::LineCount> Timeline::line_counts(uint32_t file, size_t event_count) {
  catch_up();
  std::vector<LineCount> out;
  if (!indices_) return out;
  for (const auto& [raw, hits] : indices_->lines) {
    Site site(raw);
    if (site.file() != file) continue;
    size_t n = size_t(std::lower_bound(hits.begin(), hits.end(), event_count) - hits.begin());
    if (n > 0) out.push_back({site.line(), uint32_t(n)});
  }
  std::sort(out.begin(), out.end(),
            [](const LineCount& a, const LineCount& b) { return a.line < b.line; });
  return out;
}

std::span<const uint32_t> Timeline::events_of(ObjectId object) {
  catch_up();
  if (!indices_ || !object) return {};
  auto& kept = indices_->objects;
  kept.reserve(Indices::kObjectsKept);
  auto it = std::find_if(kept.begin(), kept.end(), [&](const auto& o) { return o.id == object; });
  if (it == kept.end()) {
    if (kept.size() == Indices::kObjectsKept) {
      it = std::min_element(kept.begin(), kept.end(),
                            [](const auto& a, const auto& b) { return a.used < b.used; });
      *it = {};
    } else {
      it = kept.insert(kept.end(), Indices::ObjectEvents());
    }
    it->id = object;
  }
  it->used = ++indices_->clock;
  uint16_t thread = object.kind() == ObjectKind::Thread ? uint16_t(object.serial()) : 0;
  for (; it->scanned < size(); ++it->scanned) {
    const Event& e = (*trace_)[it->scanned];
    if (e.s == object || e.o == object || (thread && e.thread == thread))
      it->events.push_back(uint32_t(it->scanned));
  }
  return it->events;
}

}  // namespace qs
