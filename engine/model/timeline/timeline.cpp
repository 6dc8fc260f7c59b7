#include "model/timeline/timeline.h"

#include <algorithm>

#include "model/timeline/index.h"

namespace qs::model {

Timeline::Timeline(const trace::Trace& trace) : Timeline(trace, Options()) {}
Timeline::Timeline(const trace::Trace& trace, Options options)
    : trace_(&trace), options_(options), spacing_(std::max(options.spacing, 1u)) {
  if (options_.indices) indices_ = std::make_unique<Indices>();
}
Timeline::Timeline(std::shared_ptr<const trace::Trace> trace)
    : Timeline(std::move(trace), Options()) {}
Timeline::Timeline(std::shared_ptr<const trace::Trace> trace, Options options)
    : Timeline(*trace, options) {
  owned_ = std::move(trace);
}
Timeline::~Timeline() = default;
Timeline::Timeline(Timeline&&) noexcept = default;
Timeline& Timeline::operator=(Timeline&&) noexcept = default;

// Leaves 64 - 32 bytes an event for keyframes and indices together; the indices take most of it.
// Keyframes share what stays the same, so those of a run with very many requests alive take little
// more than all the requests once.
size_t Timeline::budget() const {
  return options_.keyframe_budget
             ? options_.keyframe_budget
             : (64u << 10) + 6 * size_t(head_.events) + 2 * most_alive_ * sizeof(RequestView);
}

void Timeline::add_keyframe() {
  Keyframe k{head_.events, head_};
  most_alive_ = std::max(most_alive_, head_.requests.size());
  keyframe_bytes_ +=
      sizeof(Keyframe) - sizeof(Model) + qs::model::memory_bytes(k.model, keyframe_pieces_);
  keyframes_.push_back(std::move(k));
  while (keyframe_bytes_ > budget() && !keyframes_.empty() && spacing_ < (1u << 30)) thin_out();
}

// Keeps every other keyframe, and counts again: pieces go with the last one that has them.
void Timeline::thin_out() {
  spacing_ *= 2;
  std::erase_if(keyframes_, [&](const Keyframe& f) { return f.at % spacing_ != 0; });
  keyframe_pieces_.clear();
  keyframe_bytes_ = 0;
  for (const Keyframe& f : keyframes_)
    keyframe_bytes_ +=
        sizeof(Keyframe) - sizeof(Model) + qs::model::memory_bytes(f.model, keyframe_pieces_);
}

bool Timeline::read_on(size_t events) {
  const trace::Trace& t = *trace_;
  const size_t left = t.size() - head_.events, n = head_.events + std::min(events, left);
  for (size_t i = head_.events; i < n; ++i) {
    const trace::Event& e = t[i];
    apply(head_, e);
    if (indices_) indices_->add(uint32_t(i), e, head_);
    if (head_.events % spacing_ == 0) add_keyframe();
  }
  return events < left;
}

const Timeline::Keyframe* Timeline::keyframe_before(size_t event_count) const {
  auto it = std::upper_bound(keyframes_.begin(), keyframes_.end(), event_count,
                             [](size_t n, const Keyframe& k) { return n < k.at; });
  return it == keyframes_.begin() ? nullptr : &*(it - 1);
}

// Folding an event costs about as much as copying this many bytes.
static constexpr size_t kBytesPerFold = 100;

Timeline::Cursor& Timeline::cursor_for(size_t n) {
  Cursor* victim = &cursors_[0];
  for (Cursor& c : cursors_) {
    if (c.used && c.at == n) return c;
    if (c.used < victim->used) victim = &c;
  }
  // Cheapest way to n: go on with the cursor that is given up, or copy a keyframe or another cursor
  // first.
  const Model* source = nullptr;
  size_t best = victim->used && victim->at <= n ? n - victim->at : n + 1;
  auto offer = [&](const Model& model, size_t at) {
    if (at > n || n - at >= best) return;
    size_t cost = n - at + copy_bytes(model) / kBytesPerFold;
    if (cost >= best) return;
    best = cost;
    source = &model;
  };
  if (const Keyframe* k = keyframe_before(n)) offer(k->model, k->at);
  for (const Cursor& c : cursors_)
    if (c.used && &c != victim) offer(*c.model, c.at);
  offer(head_, head_.events);
  if (!source && victim->used && victim->at <= n) source = victim->model.get();
  // A model that somebody keeps is not changed under them.
  if (victim->model.use_count() > 1)
    victim->model = source ? std::make_shared<Model>(*source) : std::make_shared<Model>();
  else if (!source)
    *victim->model = Model();
  else if (source != victim->model.get())
    *victim->model = *source;
  for (size_t i = victim->model->events; i < n; ++i) apply(*victim->model, (*trace_)[i]);
  victim->at = uint32_t(n);
  return *victim;
}

const Model& Timeline::at(size_t event_count) {
  catch_up();
  Cursor& c = cursor_for(std::min(event_count, size()));
  c.used = ++clock_;
  return *c.model;
}

std::shared_ptr<const Model> Timeline::keep(size_t event_count) {
  catch_up();
  Cursor& c = cursor_for(std::min(event_count, size()));
  c.used = ++clock_;
  return c.model;
}

size_t Timeline::event_at_time(uint32_t time) const {
  size_t first = 0, n = size();
  while (n > 0) {
    size_t half = n / 2;
    if ((*trace_)[first + half].time < time) {
      first += half + 1;
      n -= half + 1;
    } else {
      n = half;
    }
  }
  return first;
}

Timeline::Stats Timeline::stats() const {
  return {keyframes_.size(), keyframe_bytes_, indices_ ? indices_->memory_bytes() : 0, spacing_};
}

size_t Timeline::memory_bytes() const {
  std::unordered_set<const void*> counted = keyframe_pieces_;
  size_t total = trace_->size() * sizeof(trace::Event) + keyframe_bytes_ + stats().index_bytes +
                 qs::model::memory_bytes(head_, counted);
  for (const Cursor& c : cursors_) total += qs::model::memory_bytes(*c.model, counted);
  return total;
}

}  // namespace qs::model
