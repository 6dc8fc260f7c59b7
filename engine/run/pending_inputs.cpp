#include "run/pending_inputs.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace qs::run {

using trace::EventCode;

namespace {

EventCode code_named(std::string_view name) {
  static const auto codes = [] {
    std::unordered_map<std::string_view, EventCode> all;
    for (uint32_t c = 0; c < uint32_t(EventCode::Count); ++c)
      all.emplace(trace::event_name(EventCode(c)), EventCode(c));
    return all;
  }();
  const auto found = codes.find(name);
  return found == codes.end() ? EventCode::Count : found->second;
}

uint32_t anchor_hash(EventCode code, std::string_view object) {
  return uint32_t(std::hash<std::string_view>()(object)) + FlatIndex::hash_of(uint64_t(code));
}

}  // namespace

PendingInputs::PendingInputs(std::vector<PendingInput> inputs) : inputs_(std::move(inputs)) {
  std::stable_sort(inputs_.begin(), inputs_.end(),
                   [](const auto& a, const auto& b) { return a.input->time < b.input->time; });
  taken_.resize(inputs_.size());
  from_.resize(inputs_.size(), UINT32_MAX);
  for (uint32_t i = 0; i < inputs_.size(); ++i) {
    const sched::Input& input = *inputs_[i].input;
    if (input.anchor_event.empty()) {
      timed_.push_back(i);
      from_[i] = input.time;
    }
    if (input.anchor_event.empty()) continue;
    if (input.anchor_count == 0)
      is_due(i, input.anchor_delay);
    else if (const EventCode code = code_named(input.anchor_event); code != EventCode::Count)
      waiting_.push_back({anchor_of(code, input.anchor_object), input.anchor_count, i});
  }
  std::sort(waiting_.begin(), waiting_.end());
  for (uint32_t i = uint32_t(waiting_.size()); i-- > 0;) {
    Anchor& anchor = anchors_[waiting_[i].anchor];
    anchor.next = i;
    if (anchor.end == 0) anchor.end = i + 1;
  }
}

uint32_t PendingInputs::find_anchor(EventCode code, std::string_view object) const {
  return anchor_index_.find(anchor_hash(code, object), [&](uint32_t at) {
    return anchors_[at].code == code && anchors_[at].object == object;
  });
}

uint32_t PendingInputs::anchor_of(EventCode code, std::string_view object) {
  if (const uint32_t known = find_anchor(code, object); known != FlatIndex::kNone) return known;
  wanted_[size_t(code)] = true;
  anchors_.push_back({code, object});
  anchor_index_.add(anchor_hash(code, object), uint32_t(anchors_.size() - 1));
  return uint32_t(anchors_.size() - 1);
}

void PendingInputs::is_due(uint32_t input, uint64_t after) {
  from_[input] = uint32_t(std::min<uint64_t>(after, UINT32_MAX - 1));
  due_.emplace(from_[input], input);
}

void PendingInputs::happened(EventCode code, std::string_view object, uint32_t time) {
  const uint32_t found = find_anchor(code, object);
  if (found == FlatIndex::kNone) return;
  Anchor& anchor = anchors_[found];
  ++anchor.seen;
  for (; anchor.next < anchor.end && waiting_[anchor.next].count == anchor.seen; ++anchor.next) {
    const uint32_t input = waiting_[anchor.next].input;
    is_due(input, uint64_t(time) + inputs_[input].input->anchor_delay);
  }
}

void PendingInputs::look(const trace::Trace& trace) {
  if (anchors_.empty()) return;
  for (; looked_ < trace.size(); ++looked_) {
    const trace::Event& e = trace[looked_];
    if (!wanted_[size_t(e.code)]) continue;
    happened(e.code, {}, e.time);
    if (trace.has_name(e.s)) {
      if (const std::string_view name = trace.given_name(e.s); !name.empty())
        happened(e.code, name, e.time);
    } else {
      happened(e.code, trace.name(e.s), e.time);
    }
  }
}

// Inputs may be taken out of their order (take_at): they are dropped when their turn comes.
void PendingInputs::pass_taken() {
  while (next_timed_ < timed_.size() && taken_[timed_[next_timed_]]) ++next_timed_;
  while (!due_.empty() && taken_[due_.top().second]) due_.pop();
  while (!ready_.empty() && taken_[ready_.top()]) ready_.pop();
}

std::optional<uint32_t> PendingInputs::peek(uint32_t now) {
  for (; !due_.empty() && due_.top().first <= now; due_.pop()) ready_.push(due_.top().second);
  pass_taken();
  const bool timed = next_timed_ < timed_.size() && inputs_[timed_[next_timed_]].input->time <= now;
  if (!timed && ready_.empty()) return {};
  if (timed && (ready_.empty() || timed_[next_timed_] < ready_.top())) return timed_[next_timed_];
  return ready_.top();
}

const PendingInput* PendingInputs::take_at(uint32_t place) {
  taken_[place] = true;
  return &inputs_[place];
}

const PendingInput* PendingInputs::take(uint32_t now) {
  const std::optional<uint32_t> chosen = peek(now);
  return chosen ? take_at(*chosen) : nullptr;
}

std::vector<PendingInputs::Coming> PendingInputs::coming() const {
  std::vector<Coming> out;
  for (uint32_t i = 0; i < inputs_.size(); ++i)
    if (!taken_[i] && from_[i] != UINT32_MAX) out.push_back({i, from_[i]});
  return out;
}

uint32_t PendingInputs::next_due() {
  pass_taken();
  const uint32_t timed =
      next_timed_ < timed_.size() ? inputs_[timed_[next_timed_]].input->time : UINT32_MAX;
  return due_.empty() ? timed : std::min(timed, due_.top().first);
}

std::vector<const PendingInput*> PendingInputs::left() const {
  std::vector<const PendingInput*> out;
  for (size_t i = 0; i < inputs_.size(); ++i)
    if (!taken_[i]) out.push_back(&inputs_[i]);
  return out;
}

}  // namespace qs::run
