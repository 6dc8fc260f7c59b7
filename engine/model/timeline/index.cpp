#include "model/timeline/index.h"

namespace qs::model {

using trace::EventCode;

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

// Callbacks deeper than this share a lane: one byte numbers the lanes of a thread.
constexpr size_t kDeepest = 200;

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
  if (q->flags & trace::kAccept) s.bits |= QueueSample::kAccepting;
  if (q->flags & trace::kDispatch) s.bits |= QueueSample::kDispatching;
  if (q->power == trace::QueuePower::On) s.bits |= QueueSample::kPowerOn;
  QueueRow& row = queues.add(id).items;
  if (!row.samples.empty()) {
    const QueueSample& last = row.samples.back();
    if (last.waiting == s.waiting && last.owned == s.owned && last.activations == s.activations &&
        last.bits == s.bits)
      return;
  }
  row.samples.push_back(s);
  row.most.raise(row.samples.size() - 1, [&](size_t k) { return row.most_of(k); });
}

void Timeline::Indices::open_item(ObjectId thread, uint32_t i, ThreadSpan::Kind kind,
                                  uint16_t value) {
  auto& unfinished = open[thread];
  auto& lanes = threads.add(thread).items;
  size_t depth = 0;
  if (kind == ThreadSpan::Callback)
    for (const OpenItem& o : unfinished) depth += lanes[o.lane].kind == ThreadSpan::Callback;
  depth = std::min<size_t>(depth, kDeepest);
  auto lane = std::find_if(lanes.begin(), lanes.end(),
                           [&](const Lane& l) { return l.kind == kind && l.depth == depth; });
  if (lane == lanes.end()) lane = lanes.insert(lane, Lane{kind, uint8_t(depth), {}, {}, {}});
  unfinished.push_back({uint8_t(lane - lanes.begin()), uint32_t(lane->items.size())});
  lane->items.push_back({i, kOpenEnd});
  lane->values.push_back(value);
  const auto length = [&](size_t k) { return lane->length_of(k); };
  lane->lengths.raise(lane->items.size() - 1, length);  // length 0 so far
}

void Timeline::Indices::end_item(Lane& lane, uint32_t item, uint32_t i) {
  lane.items[item].to = i;
  lane.lengths.raise(item, [&](size_t k) { return lane.length_of(k); });
}

// Closes the newest unfinished item of that kind (and value); with ThreadSpan::Life everything.
void Timeline::Indices::close_item(ObjectId thread, uint32_t i, ThreadSpan::Kind kind,
                                   uint16_t value, bool any_value) {
  const auto it = open.find(thread);
  auto* row = threads.find(thread);
  if (it == open.end() || !row) return;
  auto& lanes = row->items;
  auto& unfinished = it->second;
  if (kind == ThreadSpan::Life) {
    for (const OpenItem& o : unfinished) end_item(lanes[o.lane], o.item, i);
    for (Lane& lane : lanes)
      if (lane.items.size() <= kSmall) lane.items.shrink_to_fit(), lane.values.shrink_to_fit();
    lanes.shrink_to_fit();
    open.erase(it);
    return;
  }
  for (size_t k = unfinished.size(); k-- > 0;) {
    Lane& lane = lanes[unfinished[k].lane];
    const uint32_t item = unfinished[k].item;
    if (lane.kind != kind || (!any_value && lane.values[item] != value)) continue;
    end_item(lane, item, i);
    unfinished.erase(unfinished.begin() + ptrdiff_t(k));
    return;
  }
}

void Timeline::Indices::add_thread(uint32_t i, const trace::Event& e) {
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

void Timeline::Indices::add(uint32_t i, const trace::Event& e, const Model& model) {
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
  size_t total = requests.memory_bytes([](const auto& spans) { return list_bytes(spans); });
  total += queues.memory_bytes(
      [](const QueueRow& row) { return list_bytes(row.samples) + row.most.memory_bytes(); });
  total += threads.memory_bytes([](const std::vector<Lane>& lanes) {
    size_t bytes = list_bytes(lanes);
    for (const Lane& l : lanes)
      bytes += list_bytes(l.items) + list_bytes(l.values) + l.lengths.memory_bytes();
    return bytes;
  });
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

// Neighbors whose visible beginning falls into the same of `max` equal parts of [e0, e1) become
// one.
struct Buckets {
  uint32_t e0, width;
  Buckets(uint32_t first, uint32_t end, size_t max)
      : e0(first), width(uint32_t((uint64_t(end - first) + max - 1) / max)) {
    if (width == 0) width = 1;
  }
  uint32_t of(uint32_t from) const { return (std::max(from, e0) - e0) / width; }
  // The first event after that part.
  uint32_t end_of(uint32_t part) const {
    return uint32_t(std::min<uint64_t>(e0 + (uint64_t(part) + 1) * width, kOpenEnd));
  }
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

ThreadSpan Timeline::Indices::Lane::merged(size_t i, size_t j, uint32_t e0, uint32_t e1) const {
  ThreadSpan out = span(i);
  if (j - i == 1) return out;
  // Only the first and the last may reach out of sight or go on.
  const auto seen = [&](size_t k) {
    return Longest{std::min(items[k].to, e1) - std::min(std::max(items[k].from, e0), e1),
                   uint32_t(k)};
  };
  Longest longest = seen(i);
  longest.take(lengths.of(i + 1, j - 1, [&](size_t k) { return length_of(k); }));
  longest.take(seen(j - 1));
  out.value = values[longest.item];
  out.to = items[j - 1].to;
  out.merged = uint32_t(j - i);
  return out;
}

namespace {

// Of items in order of `from`: the first that begins at `event` or later.
template <class Items, class From>
size_t first_from(const Items& items, uint32_t event, From from) {
  return size_t(std::partition_point(items.begin(), items.end(),
                                     [&](const auto& item) { return from(item) < event; }) -
                items.begin());
}

}  // namespace

std::vector<ThreadSpan> Timeline::thread_spans(ObjectId thread, ThreadSpan::Kind kind, uint32_t e0,
                                               uint32_t e1, size_t max_spans) {
  catch_up();
  e1 = std::min(e1, uint32_t(size()));
  std::vector<ThreadSpan> out;
  auto* row = indices_ ? indices_->threads.find(thread) : nullptr;
  if (!row || e1 <= e0) return out;
  const auto from = [](const Indices::Item& item) { return item.from; };
  for (const Indices::Lane& lane : row->items) {
    if (lane.kind != kind) continue;
    size_t i = first_from(lane.items, e0, from);
    if (i > 0 && lane.items[i - 1].to > e0) --i;
    const size_t end = first_from(lane.items, e1, from);
    const bool all = max_spans == 0 || end - i <= max_spans;
    const Buckets buckets(e0, e1, all ? 1 : max_spans);
    while (i < end) {
      const uint32_t next = buckets.end_of(buckets.of(lane.items[i].from));
      const size_t j = all ? i + 1 : std::min(end, first_from(lane.items, next, from));
      out.push_back(lane.merged(i, j, e0, e1));
      i = j;
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const ThreadSpan& a, const ThreadSpan& b) {
    return a.from != b.from ? a.from < b.from : a.depth < b.depth;
  });
  return out;
}

std::vector<QueueSample> Timeline::queue_samples(ObjectId queue, uint32_t e0, uint32_t e1,
                                                 size_t max_samples) {
  catch_up();
  e1 = std::min(e1, uint32_t(size()));
  std::vector<QueueSample> out;
  auto* row = indices_ ? indices_->queues.find(queue) : nullptr;
  if (!row) return out;
  const auto& samples = row->items.samples;
  const auto at = [](const QueueSample& s) { return s.at; };
  size_t i = first_from(samples, e0, at);
  if (i > 0 && (i == samples.size() || samples[i].at > e0)) --i;
  const size_t end = std::max(i, first_from(samples, e1, at));
  if (max_samples == 0 || end - i <= max_samples || e1 <= e0)
    return {samples.begin() + ptrdiff_t(i), samples.begin() + ptrdiff_t(end)};
  const Buckets buckets(e0, e1, max_samples);
  while (i < end) {
    const size_t j =
        std::min(end, first_from(samples, buckets.end_of(buckets.of(samples[i].at)), at));
    const Indices::QueuePart most =
        row->items.most.of(i, j, [&](size_t k) { return row->items.most_of(k); });
    out.push_back({samples[i].at, most.waiting, most.owned, most.activations, samples[j - 1].bits});
    i = j;
  }
  return out;
}

std::span<const uint32_t> Timeline::line_hits(trace::Site site) {
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
    trace::Site site(raw);
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
  uint32_t thread = object.kind() == ObjectKind::Thread ? object.serial() : 0;
  for (; it->scanned < size(); ++it->scanned) {
    const trace::Event& e = (*trace_)[it->scanned];
    if (e.s == object || e.o == object || (thread && e.thread == thread))
      it->events.push_back(uint32_t(it->scanned));
  }
  return it->events;
}

}  // namespace qs::model
