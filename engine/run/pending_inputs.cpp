#include "run/pending_inputs.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

namespace qs::run {

using language::ArgKind;
using language::Fact;

namespace {

// Is every argument the name of something, so that it is found by its text?
bool is_exact(const language::Pattern& p) {
  for (size_t i = 0; i < p.args.size(); ++i) {
    const ArgKind kind = p.kind->args[i];
    if (kind == ArgKind::Line || kind == ArgKind::Time || kind == ArgKind::Rule) return false;
    if (p.args[i].find('*') != std::string::npos) return false;
  }
  return true;
}

uint32_t hash_of(std::string_view text) { return uint32_t(std::hash<std::string_view>()(text)); }

void append_key(std::string& key, std::string_view arg) { key.append(1, '\n').append(arg); }

}  // namespace

PendingInputs::PendingInputs(std::vector<PendingInput> inputs) : inputs_(std::move(inputs)) {
  std::stable_sort(inputs_.begin(), inputs_.end(),
                   [](const auto& a, const auto& b) { return a.input->time < b.input->time; });
  taken_.resize(inputs_.size());
  from_.resize(inputs_.size(), UINT32_MAX);
  FlatIndex texts;
  for (uint32_t i = 0; i < inputs_.size(); ++i) {
    const sched::Input& input = *inputs_[i].input;
    if (input.anchor.empty()) {
      timed_.push_back(i);
      from_[i] = input.time;
    } else if (input.anchor_count == 0) {
      is_due(i, input.anchor_delay);
    } else {
      wait_for(i, texts);
    }
  }
  std::sort(waiting_.begin(), waiting_.end());
  for (uint32_t i = uint32_t(waiting_.size()); i-- > 0;) {
    Anchor& anchor = anchors_[waiting_[i].anchor];
    anchor.next = i;
    if (anchor.end == 0) anchor.end = i + 1;
  }
}

// The anchor that the input waits for; kNone: its text is no pattern, so it never happens.
// Schedules with such an anchor are refused when they are read.
uint32_t PendingInputs::anchor_of(uint32_t input) {
  auto pattern = language::parse_pattern(inputs_[input].input->anchor);
  if (!pattern) return FlatIndex::kNone;
  const size_t id = size_t(pattern->kind->id);
  wanted_.set(id);
  after_ |= pattern->kind->after;
  if (!is_exact(*pattern)) {
    loose_[id].push_back({std::move(*pattern), uint32_t(anchors_.size())});
    anchors_.emplace_back();
    return uint32_t(anchors_.size() - 1);
  }
  lengths_[id] |= uint8_t(1u << pattern->args.size());
  std::string key = pattern->kind->name;
  for (const std::string& arg : pattern->args) append_key(key, arg);
  return exact_anchor(std::move(key));
}

uint32_t PendingInputs::exact_anchor(std::string key) {
  const uint32_t hash = hash_of(key);
  const uint32_t known =
      exact_.find(hash, [&](uint32_t anchor) { return anchors_[anchor].key == key; });
  if (known != FlatIndex::kNone) return known;
  const auto anchor = uint32_t(anchors_.size());
  exact_.add(hash, anchor);
  anchors_.push_back({std::move(key)});
  return anchor;
}

// `texts`: places of waiting_, by the text of their input's anchor.
void PendingInputs::wait_for(uint32_t input, FlatIndex& texts) {
  const sched::Input& of = *inputs_[input].input;
  const uint32_t hash = hash_of(of.anchor);
  const uint32_t alike = texts.find(
      hash, [&](uint32_t at) { return inputs_[waiting_[at].input].input->anchor == of.anchor; });
  const uint32_t anchor = alike == FlatIndex::kNone ? anchor_of(input) : waiting_[alike].anchor;
  if (anchor == FlatIndex::kNone) return;
  if (alike == FlatIndex::kNone) texts.add(hash, uint32_t(waiting_.size()));
  any_at_once_ |= of.at_once;
  waiting_.push_back({anchor, of.anchor_count, input});
}

void PendingInputs::is_due(uint32_t input, uint64_t after) {
  from_[input] = uint32_t(std::min<uint64_t>(after, UINT32_MAX - 1));
  due_.emplace(from_[input], input);
}

void PendingInputs::happened(Anchor& anchor, uint32_t time) {
  ++anchor.seen;
  for (; anchor.next < anchor.end && waiting_[anchor.next].count == anchor.seen; ++anchor.next) {
    const uint32_t input = waiting_[anchor.next].input;
    is_due(input, uint64_t(time) + inputs_[input].input->anchor_delay);
  }
}

void PendingInputs::look_up(const std::string& key, const trace::Trace& trace, const Fact& fact) {
  const uint32_t found =
      exact_.find(hash_of(key), [&](uint32_t anchor) { return anchors_[anchor].key == key; });
  if (found != FlatIndex::kNone) happened(anchors_[found], trace[fact.event].time);
}

void PendingInputs::look_at(const trace::Trace& trace, const Fact& fact) {
  const size_t id = size_t(fact.kind->id), most = fact.kind->args.size();
  std::string key = fact.kind->name;
  const auto looked_up = [&](size_t n) { return lengths_[id] >> n & 1; };
  if (looked_up(0)) look_up(key, trace, fact);
  for (size_t n = 1; n <= most && lengths_[id] >> n; ++n) {
    // An anchor may name either of the two objects of the event.
    const bool two = fact.kind->args[n - 1] == ArgKind::Any && n < Fact::kMostArgs &&
                     fact.args[n].form == language::Arg::Form::Object &&
                     fact.args[n].object != fact.args[n - 1].object;
    if (two && looked_up(n)) {
      std::string other = key;
      append_key(other, language::arg_text(trace, fact.args[n]));
      look_up(other, trace, fact);
    }
    append_key(key, language::arg_text(trace, fact.args[n - 1]));
    if (looked_up(n)) look_up(key, trace, fact);
  }
  for (const Loose& loose : loose_[id])
    if (loose.pattern.matches(trace, fact))
      happened(anchors_[loose.anchor], trace[fact.event].time);
}

void PendingInputs::look(const trace::Trace& trace) {
  if (anchors_.empty()) return;
  if (!reader_) {
    reader_ = std::make_unique<language::Reader>(
        trace, 0, after_ ? language::Reader::History::Yes : language::Reader::History::No);
    reader_->only(wanted_);
  }
  while (reader_->more())
    for (const Fact& fact : reader_->next()) look_at(trace, fact);
}

void PendingInputs::make_ready(uint32_t now) {
  for (; !due_.empty() && due_.top().first <= now; due_.pop()) {
    const uint32_t input = due_.top().second;
    (inputs_[input].input->at_once ? ready_at_once_ : ready_).push(input);
  }
}

// Inputs may be taken out of their order (take_at): they are dropped when their turn comes.
void PendingInputs::pass_taken() {
  while (next_timed_ < timed_.size() && taken_[timed_[next_timed_]]) ++next_timed_;
  while (!due_.empty() && taken_[due_.top().second]) due_.pop();
  while (!ready_.empty() && taken_[ready_.top()]) ready_.pop();
  while (!ready_at_once_.empty() && taken_[ready_at_once_.top()]) ready_at_once_.pop();
}

std::optional<uint32_t> PendingInputs::peek(uint32_t now) {
  make_ready(now);
  pass_taken();
  constexpr uint32_t kNone = UINT32_MAX;
  const bool timed = next_timed_ < timed_.size() && inputs_[timed_[next_timed_]].input->time <= now;
  const uint32_t by_time = timed ? timed_[next_timed_] : kNone;
  const uint32_t by_anchor = ready_.empty() ? kNone : ready_.top();
  const uint32_t at_once = ready_at_once_.empty() ? kNone : ready_at_once_.top();
  const uint32_t chosen = std::min({by_time, by_anchor, at_once});
  if (chosen == kNone) return {};
  return chosen;
}

const PendingInput* PendingInputs::take_at_once(uint32_t now) {
  make_ready(now);
  pass_taken();
  return ready_at_once_.empty() ? nullptr : take_at(ready_at_once_.top());
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
