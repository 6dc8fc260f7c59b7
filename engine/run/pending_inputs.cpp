#include "run/pending_inputs.h"

#include <algorithm>

namespace qs {

PendingInputs::PendingInputs(std::vector<PendingInput> inputs) : inputs_(std::move(inputs)) {
  std::stable_sort(inputs_.begin(), inputs_.end(),
                   [](const auto& a, const auto& b) { return a.input.time < b.input.time; });
  taken_.resize(inputs_.size());
  std::unordered_map<std::string_view, uint32_t> codes;
  for (uint32_t c = 0; c < uint32_t(EventCode::Count); ++c)
    codes.emplace(event_name(EventCode(c)), c);
  for (size_t i = 0; i < inputs_.size(); ++i) {
    const Input& input = inputs_[i].input;
    if (input.anchor_event.empty())
      timed_.push_back(i);
    else if (input.anchor_count == 0)
      is_due(i, input.anchor_delay);
    else if (auto code = codes.find(input.anchor_event); code != codes.end())
      anchors_[code->second][input.anchor_object].waiting.emplace(input.anchor_count, i);
  }
}

void PendingInputs::is_due(size_t input, uint64_t after) {
  due_.emplace(uint32_t(std::min<uint64_t>(after, UINT32_MAX - 1)), input);
}

void PendingInputs::happened(Anchors& anchors, std::string_view object, uint32_t time) {
  const auto found = anchors.find(object);
  if (found == anchors.end()) return;
  Anchor& anchor = found->second;
  const auto [first, last] = anchor.waiting.equal_range(++anchor.seen);
  for (auto it = first; it != last; ++it)
    is_due(it->second, uint64_t(time) + inputs_[it->second].input.anchor_delay);
  anchor.waiting.erase(first, last);
}

void PendingInputs::look(const Trace& trace) {
  if (anchors_.empty()) return;
  for (; looked_ < trace.size(); ++looked_) {
    const Event& e = trace[looked_];
    const auto wanted = anchors_.find(uint32_t(e.code));
    if (wanted == anchors_.end()) continue;
    happened(wanted->second, {}, e.time);
    if (const std::string name = trace.name(e.s); !name.empty())
      happened(wanted->second, name, e.time);
  }
}

const PendingInput* PendingInputs::take(uint32_t now) {
  for (; !due_.empty() && due_.top().first <= now; due_.pop()) ready_.push(due_.top().second);
  const bool timed = next_timed_ < timed_.size() && inputs_[timed_[next_timed_]].input.time <= now;
  if (!timed && ready_.empty()) return nullptr;
  size_t chosen = 0;
  if (timed && (ready_.empty() || timed_[next_timed_] < ready_.top())) {
    chosen = timed_[next_timed_++];
  } else {
    chosen = ready_.top();
    ready_.pop();
  }
  taken_[chosen] = true;
  return &inputs_[chosen];
}

uint32_t PendingInputs::next_due() const {
  const uint32_t timed =
      next_timed_ < timed_.size() ? inputs_[timed_[next_timed_]].input.time : UINT32_MAX;
  return due_.empty() ? timed : std::min(timed, due_.top().first);
}

std::vector<const PendingInput*> PendingInputs::left() const {
  std::vector<const PendingInput*> out;
  for (size_t i = 0; i < inputs_.size(); ++i)
    if (!taken_[i]) out.push_back(&inputs_[i]);
  return out;
}

}  // namespace qs
