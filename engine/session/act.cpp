// Turns what a person does at the playhead into schedules.
#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "run/inputs.h"
#include "session/session.h"
#include "session/unloading.h"
#include "trace/events/words.h"

namespace qs::session {

using sched::Input;
using sched::InputKind;
using sched::Schedule;
using trace::EventCode;
using trace::Trace;

namespace {

bool is_setting(const Input& input) { return is_setting(input.kind); }

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

// The event as a pattern of engine/language.
std::string event_about(EventCode code, const std::string& object) {
  const char* word = code == EventCode::Own    ? "own"
                     : code == EventCode::Ask  ? "ask"
                     : code == EventCode::Send ? "send"
                                               : nullptr;
  return word ? fmt::format("{}({})", word, object)
              : fmt::format("event({},{})", trace::event_name(code), object);
}

// "send read", "cancel R2", "complete R2", "retrieve from waiting".
std::string label_of(const Input& input) {
  switch (input.kind) {
    case InputKind::Send: return "send " + first_word(input.text);
    case InputKind::Order: return first_word(input.text) + " " + input.subject;
    case InputKind::QueueOrder: return first_word(input.text) + " " + input.subject;
    default: return sched::input_text(input);
  }
}

// "a=1 b=2" with `changes` applied; a change without a value removes its key.
std::string merge_words(const std::string& words, const std::string& changes) {
  std::vector<run::Word> merged = run::split_words(words);
  for (const run::Word& change : run::split_words(changes)) {
    merged.erase(std::remove_if(merged.begin(), merged.end(),
                                [&](const run::Word& w) { return w.key == change.key; }),
                 merged.end());
    if (!change.value.empty()) merged.push_back(change);
  }
  std::string out;
  for (const run::Word& w : merged)
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", w.key, w.value);
  return out;
}

constexpr size_t kNever = size_t(-1);

// Number of events until everything is over that the last input of the schedule, the first such
// input from `at` on, set off at its instant.
size_t end_of_effect(const Branch& branch, size_t at) {
  const Trace& t = *branch.execution.trace;
  const std::string text = sched::input_text(branch.schedule.inputs.back());
  size_t i = at;
  while (i < t.size() && (t[i].code != EventCode::Input || t.string(t[i].b) != text)) ++i;
  if (i == t.size()) return 0;
  const uint32_t now = t[i].time;
  size_t end = i + 1;
  while (end < t.size() && t[end].time == now && t[end].code != EventCode::Clock &&
         t[end].code != EventCode::Input && t[end].code != EventCode::Settled)
    ++end;
  return end;
}

// Bookkeeping between two bursts of activity.
bool is_pause(EventCode code) {
  return code == EventCode::Clock || code == EventCode::Settled || code == EventCode::Input ||
         code == EventCode::RunEnd;
}

}  // namespace

std::string Session::may_act() const {
  if (view_only())
    return "This is a recording without its program: you can look but not change it.";
  size_t at = size_t(std::ceil(position()));
  if (branch().timeline->at(at).ended)
    return "The run has ended here. Step back to before its end and act there.";
  return {};
}

// When an input made after `at` events comes in: at the next decision while something is going on,
// else as soon as nothing can move.
void Session::place_input(Input& input, size_t at) const {
  const Trace& t = trace();
  input.time = at > 0 ? t[at - 1].time : 0;
  input.ordinal = Input::kNoOrdinal;
  const auto& decisions = branch().execution.ordinals;
  auto next = std::lower_bound(decisions.begin(), decisions.end(), at,
                               [](const auto& d, size_t event) { return d.first < event; });
  if (next == decisions.end()) return;
  size_t pause = at;
  while (pause < t.size() && !is_pause(t[pause].code) && !begins_unloading(t[pause])) ++pause;
  // An input of the script that is due at this very moment comes first; this one comes just after
  // it.
  const auto& outcomes = branch().execution.outcomes;
  bool script_follows = pause < t.size() && pause > at && t[pause].code == EventCode::Input &&
                        t[pause].time == input.time && t[pause].a < outcomes.size() &&
                        !outcomes[t[pause].a].from_schedule;
  if (next->first <= pause || script_follows) input.ordinal = uint32_t(next->second);
}

// The Input event of each input of the schedule, kNever for settings and for those that never came
// due. Equal inputs apply in schedule order.
std::vector<size_t> Session::input_events() const {
  const Trace& t = trace();
  const auto& inputs = branch().schedule.inputs;
  const auto& outcomes = branch().execution.outcomes;
  std::vector<size_t> events(inputs.size(), kNever);
  std::unordered_map<std::string, std::vector<size_t>> same;  // inputs of one text, last first
  for (size_t k = inputs.size(); k-- > 0;)
    if (!is_setting(inputs[k])) same[sched::input_text(inputs[k])].push_back(k);
  for (size_t i = 0; i < t.size(); ++i) {
    if (t[i].code != EventCode::Input || t[i].a >= outcomes.size()) continue;
    if (!outcomes[t[i].a].from_schedule) continue;
    const auto those = same.find(std::string(t.string(t[i].b)));
    if (those == same.end() || those->second.empty()) continue;
    events[those->second.back()] = i;
    those->second.pop_back();
  }
  return events;
}

// What each input reacted to: the question it answered, or else the last move of its subject. These
// anchors place the inputs when the run is made again under other settings.
void Session::add_anchors(std::vector<std::pair<size_t, Input*>> inputs) const {
  struct Moves {  // of one request: how many of either kind so far; the last of all, and the last
                  // that is not a question
    std::map<EventCode, uint32_t> counts;
    std::pair<EventCode, uint32_t> last_of_all, last_move;
  };
  const Trace& t = trace();
  std::unordered_map<ObjectId, Moves> subjects;
  for (const auto& [at, input] : inputs)
    if (ObjectId subject = t.named(input->subject, ObjectKind::Request)) subjects[subject];
  std::stable_sort(inputs.begin(), inputs.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  size_t i = 0;
  for (const auto& [at, input] : inputs) {
    for (; i < std::min(at, t.size()); ++i) {
      const bool question = t[i].code == EventCode::Ask;
      if (!question && trace::event_level(t[i].code) != trace::EventLevel::Hop) continue;
      const auto found = subjects.find(t[i].s);
      if (found == subjects.end()) continue;
      Moves& moves = found->second;
      moves.last_of_all = {t[i].code, ++moves.counts[t[i].code]};
      if (!question) moves.last_move = moves.last_of_all;
    }
    const auto found = subjects.find(t.named(input->subject, ObjectKind::Request));
    if (found == subjects.end()) continue;
    const bool order = input->kind == InputKind::Order;
    const auto& [code, count] = order ? found->second.last_of_all : found->second.last_move;
    if (count == 0) continue;
    input->anchor = event_about(code, input->subject);
    input->anchor_count = count;
  }
}

// The settings, and the inputs and picks that had come in before.
Schedule Session::schedule_before(size_t at, uint32_t ordinal) const {
  const Schedule& all = branch().schedule;
  std::vector<size_t> events = input_events();
  uint32_t now = at > 0 ? trace()[at - 1].time : 0;
  Schedule before;
  before.seed = all.seed;
  for (size_t i = 0; i < all.inputs.size(); ++i) {
    const Input& input = all.inputs[i];
    bool kept = is_setting(input) || (events[i] == kNever ? input.time < now : events[i] < at);
    if (kept) before.inputs.push_back(input);
  }
  for (const sched::Pick& p : all.picks)
    if (p.ordinal < ordinal) before.picks.push_back(p);
  return before;
}

// Number of events up to where nothing more happens at this instant. While a run plays, pressing
// the key for another read means "and then one more", not "before this one goes on"; to interrupt
// what is going on, pause and act.
size_t Session::end_of_burst(size_t at) const {
  const Trace& t = trace();
  const size_t end = last_move();
  const uint32_t now = at > 0 ? t[at - 1].time : 0;
  while (at < end && t[at].time == now && t[at].code != EventCode::Clock) ++at;
  return at;
}

// The very same was done here before, and more after it: show that branch as it is.
bool Session::repeat(const Schedule& longer, size_t at) {
  const Schedule& known = branch().schedule;
  if (longer.inputs.size() > known.inputs.size() || longer.picks != known.picks) return false;
  if (!std::equal(longer.inputs.begin(), longer.inputs.end(), known.inputs.begin())) return false;
  seek(double(at));
  playing_ = true;
  return true;
}

std::string Session::act(const Input& given, bool answer) {
  if (std::string why = may_act(); !why.empty()) return why;
  bool order = given.kind == InputKind::Order || given.kind == InputKind::QueueOrder;
  if (order && !program_.takes_orders)
    return fmt::format("The driver of {} decides by itself; the sandbox has one that takes orders.",
                       program_.name);
  if (given.kind == InputKind::Override)
    return set_override(given.subject, given.text, label_of(given));
  if (given.kind == InputKind::Option) return set_option(given.text);
  const auto act_at = [&](size_t at) {
    Input input = given;
    input.anchor.clear();
    input.anchor_count = 1;
    input.anchor_delay = 0;
    input.at_once = false;
    place_input(input, at);
    uint32_t ordinal = input.ordinal;
    if (ordinal == Input::kNoOrdinal) {
      for (const auto& [event, number] : branch().execution.ordinals)
        if (event < at) ordinal = uint32_t(number + 1);
    }
    Schedule schedule = schedule_before(at, ordinal);
    const bool nothing_lost = schedule == branch().schedule;
    schedule.inputs.push_back(input);
    if (answer && repeat(schedule, at)) return std::string();
    const bool grows = answer && nothing_lost;
    std::string why = show_run(schedule, label_of(given), at, true, true, grows);
    if (!why.empty() && ordinal != input.ordinal) {
      // Where several clock entries are due at this instant, the input would come between them; a
      // microsecond later it comes after them.
      ++schedule.inputs.back().time;
      if (show_run(std::move(schedule), label_of(given), at, true, true, grows).empty())
        why.clear();
    }
    return why;
  };
  const double shown = position();
  const bool was_playing = playing_;
  const size_t end = last_act();
  size_t at = std::min(std::max(size_t(std::ceil(shown)), ready()), end);
  // While it plays, what is sent and ordered comes once what is going on is over; an order that is
  // refused comes at the other of the two moments: the driver may ask only then.
  bool after_burst = was_playing && (given.kind == InputKind::Send || (order && !answer));
  const size_t over = end_of_burst(at);
  std::string why = act_at(after_burst ? over : at);
  if (!why.empty() && order && !answer && over > at && act_at(after_burst ? at : over).empty()) {
    why.clear();
    after_burst = !after_burst;
  }
  if (!why.empty()) return why;
  if (after_burst) at = over;
  if (after_burst && shown < double(at)) {  // keep showing what led here
    seek(shown);
    playing_ = true;
  }
  // In the past: on to its effect, and no further, so that there is time to act again.
  if (!was_playing && !answer && at < end) stop_at_ = end_of_effect(branch(), at);
  return why;
}

// Why the last input of a schedule was not possible in its run, "" when it was.
std::string Session::refusal(const Schedule& schedule, const run::Execution& execution, size_t at) {
  const Trace& t = *execution.trace;
  std::string text = sched::input_text(schedule.inputs.back());
  for (size_t i = at; i < t.size(); ++i) {
    if (t[i].code != EventCode::Input || t.string(t[i].b) != text) continue;
    const run::InputOutcome& o = execution.outcomes[t[i].a];
    if (o.from_schedule) return o.applied ? std::string() : o.problem;
  }
  return "This is not possible here: its moment does not come.";
}

std::string Session::pick_thread(cmd::PickThread pick) {
  if (view_only()) return may_act();
  const auto& decisions = branch().execution.ordinals;
  auto found = std::find_if(decisions.begin(), decisions.end(),
                            [&](const auto& d) { return d.second == pick.ordinal; });
  if (found == decisions.end()) return fmt::format("There is no decision {} here.", pick.ordinal);
  size_t at = found->first;
  ObjectId thread(ObjectKind::Thread, pick.thread);
  if (!branch().timeline->at(at).thread(thread))
    return fmt::format("There is no thread {} at decision {}.", pick.thread, pick.ordinal);
  Schedule schedule = schedule_before(at, pick.ordinal);
  schedule.picks.push_back({pick.ordinal, pick.thread});
  return show_run(std::move(schedule), trace().name(thread) + " goes first", at, playing_, false);
}

// --- settings: the run is made again from its start ---

// The event of `other` that is where the playhead is here: the same virtual time, and as many
// inputs behind it.
size_t Session::same_moment(const Trace& other) const {
  const Trace& t = trace();
  auto is_act = [](const trace::Event& e) { return e.code == EventCode::Input; };
  size_t at = size_t(std::ceil(position())), acts = 0;
  for (size_t i = 0; i < at; ++i) acts += is_act(t[i]);
  uint32_t now = at > 0 ? t[at - 1].time : 0;
  if (at >= last_move() && at > 0) now = 0xFFFFFFFFu;
  size_t n = 0;
  for (; n < other.size() && other[n].time <= now; ++n)
    if (is_act(other[n]) && acts-- == 0) break;
  return n;
}

// What was done in this branch, without decision ordinals: each input is placed by its anchor or
// its time.
std::vector<Input> Session::unpinned_inputs() const {
  std::vector<Input> out;
  std::vector<std::pair<size_t, Input*>> reactions;
  const std::vector<size_t> events = input_events();
  out.reserve(events.size());
  for (size_t i = 0; i < events.size(); ++i) {
    const Input& input = branch().schedule.inputs[i];
    if (is_setting(input)) continue;
    out.push_back(input);
    out.back().ordinal = Input::kNoOrdinal;
    const bool reacts = input.kind == InputKind::Order || input.kind == InputKind::Cancel;
    if (reacts && events[i] != kNever && input.anchor.empty())
      reactions.emplace_back(events[i], &out.back());
  }
  add_anchors(std::move(reactions));
  return out;
}

std::vector<Input> Session::settings_but(InputKind kind) const {
  std::vector<Input> out;
  for (const Input& input : branch().schedule.inputs)
    if (is_setting(input) && input.kind != kind) out.push_back(input);
  return out;
}

Schedule Session::with_inputs(std::vector<Input> settings, std::vector<Input> inputs) const {
  Schedule schedule;
  schedule.seed = branch().schedule.seed;
  std::stable_sort(settings.begin(), settings.end(),
                   [](const Input& a, const Input& b) { return a.kind < b.kind; });
  schedule.inputs = std::move(settings);
  schedule.inputs.insert(schedule.inputs.end(), inputs.begin(), inputs.end());
  return schedule;
}

Schedule Session::with_settings(std::vector<Input> settings) const {
  return with_inputs(std::move(settings), unpinned_inputs());
}

Schedule Session::unpicked() const {
  std::vector<Input> settings, inputs = unpinned_inputs();
  for (const Input& input : branch().schedule.inputs)
    if (is_setting(input) && input.text != "races=on") settings.push_back(input);
  // A cancel answers to nobody: it may come before what it came after here.
  for (Input& input : inputs)
    if (input.kind == InputKind::Cancel) input.anchor.clear(), input.anchor_count = 1;
  return with_inputs(std::move(settings), std::move(inputs));
}

std::string Session::rerun_with_inputs(std::vector<Input> settings, std::vector<Input> inputs,
                                       const std::string& label) {
  return show_run(with_inputs(std::move(settings), std::move(inputs)), label, kSameMoment, false,
                  false);
}

std::string Session::rerun_with_settings(std::vector<Input> settings, const std::string& label) {
  return show_run(with_settings(std::move(settings)), label, kSameMoment, false, false);
}

Schedule Session::with_override(const std::string& queue, const std::string& words) const {
  std::vector<Input> settings;
  Input change;
  change.kind = InputKind::Override;
  change.subject = queue;
  for (const Input& input : branch().schedule.inputs) {
    if (input.kind == InputKind::Override && input.subject == queue)
      change.text = input.text;
    else if (is_setting(input))
      settings.push_back(input);
  }
  change.text = merge_words(change.text, words);
  if (!change.text.empty()) settings.push_back(change);
  return with_settings(std::move(settings));
}

std::string Session::set_override(const std::string& queue, const std::string& words,
                                  const std::string& label) {
  if (view_only()) return may_act();
  if (!find_object(trace(), queue, ObjectKind::Queue))
    return fmt::format("There is no queue \"{}\" in this run.", queue);
  return show_run(with_override(queue, words), label, kSameMoment, false, false);
}

std::string Session::set_option(const std::string& words) {
  if (view_only()) return may_act();
  std::vector<Input> settings;
  Input change;
  change.kind = InputKind::Option;
  for (const Input& input : branch().schedule.inputs) {
    if (input.kind == InputKind::Option)
      change.text = input.text;
    else if (is_setting(input))
      settings.push_back(input);
  }
  change.text = merge_words(change.text, words);
  if (!change.text.empty()) settings.push_back(change);
  return rerun_with_settings(std::move(settings), words);
}

// Handlers come from the driver's code, but a queue made manual has lost them: ask all branches.
bool Session::has_handlers(const std::string& queue) const {
  for (const auto& b : branches_) {
    ObjectId id = find_object(*b->execution.trace, queue, ObjectKind::Queue);
    const model::QueueView* view = b->timeline->head().queue(id);
    if (view && (view->callbacks & trace::kHandlers)) return true;
  }
  return false;
}

namespace {

// The words of the override that sets this.
std::string dispatch_words(trace::Dispatch dispatch, uint32_t limit) {
  const bool limited = dispatch == trace::Dispatch::Parallel && limit != trace::kNoLimit;
  return fmt::format("dispatch={} limit={}", trace::short_word(dispatch),
                     limited ? std::to_string(limit) : std::string());
}

std::string no_handler(const std::string& queue) {
  return fmt::format("Queue {} has no handler in this driver, so it can only be manual (O-07).",
                     queue);
}

}  // namespace

Result<Schedule> Session::schedule_with_dispatch(const std::string& queue, trace::Dispatch dispatch,
                                                 uint32_t limit) const {
  if (view_only())
    return Error{"", 0, "This is a recording without its program: it cannot be run again."};
  const ObjectId id = find_object(trace(), queue, ObjectKind::Queue);
  const model::QueueView* now = branch().timeline->head().queue(id);
  if (!now) return Error{"", 0, fmt::format("There is no queue \"{}\" in this run.", queue)};
  if (dispatch != trace::Dispatch::Manual && !has_handlers(queue))
    return Error{"", 0, no_handler(queue)};
  return with_override(queue, dispatch_words(dispatch, limit));
}

std::string Session::switch_dispatch(const cmd::SwitchDispatch& c) {
  std::string queue = trace().name(c.queue);
  const model::QueueView* now = branch().timeline->head().queue(c.queue);
  if (!now) return "There is no such queue in this run.";
  if (c.dispatch != trace::Dispatch::Manual && !has_handlers(queue)) return no_handler(queue);
  bool limited = c.dispatch == trace::Dispatch::Parallel && c.limit != trace::kNoLimit;
  if (now->dispatch() == c.dispatch &&
      (now->limit == c.limit || c.dispatch != trace::Dispatch::Parallel))
    return fmt::format("Queue {} is {} already.", queue, trace::words(c.dispatch));
  std::string label = fmt::format("what if {}", trace::words(c.dispatch));
  if (limited) label += fmt::format(", at most {}", c.limit);
  if (queue != "default") label += ": " + queue;
  return set_override(queue, dispatch_words(c.dispatch, c.limit), label);
}

// --- whole schedules ---

std::string Session::load_schedule(std::string_view text, const std::string& label) {
  if (view_only()) return may_act();
  auto schedule = run::read_schedule(text);
  if (!schedule) return schedule.error().text();
  return show_run(std::move(*schedule), label, kReady, false, false);
}

}  // namespace qs::session
