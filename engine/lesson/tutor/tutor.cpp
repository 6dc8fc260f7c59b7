#include "lesson/tutor/tutor.h"

#include <algorithm>

namespace qs::lesson {

Tutor::Tutor(std::shared_ptr<const Lesson> lesson) : lesson_(std::move(lesson)), judge_(*lesson_) {
  answers_.assign(beats(), -1);
  start_beat(0);
}

Scene Tutor::scene() {
  const Beat& b = beat();
  if (state_.chosen >= 0 && b.judge != b.run) {  // the run that decides is shown after the answer
    const Judge::Span decided = judge_.span_of_judge(b);
    return {lesson_->run(b.judge), decided.from, decided.until};
  }
  size_t first = state_.beat;  // of the beats in a row that tell the same run
  while (first > 0 && lesson_->beats[first - 1].run == b.run) --first;
  Judge::Span span;
  size_t end = 0;
  for (size_t i = first; i <= state_.beat; ++i) {
    span = judge_.span(lesson_->beats[i], end);
    if (span.until != Story::kNone) end = span.until;
  }
  return {lesson_->run(b.run), span.from == Story::kNone ? 0 : span.from, end};
}

const BeatOption* Tutor::answer() const {
  return state_.chosen < 0 ? nullptr : &beat().options[size_t(state_.chosen)];
}

size_t Tutor::shown_by_answer() {
  const BeatOption* o = answer();
  return o && o->show ? judge_.story(beat().judge).find(*o->show) : Story::kNone;
}

// A card or a setting makes the run again from its start, and so does another choice of who goes
// on: nothing that has happened is final.
bool Tutor::begins_again() const {
  const BeatMode mode = beat().mode;
  if (mode == BeatMode::Patch || mode == BeatMode::Prove || mode == BeatMode::Race) return true;
  if (mode != BeatMode::Do || !beat().goal) return false;
  for (const Term& c : beat().goal->check.all)
    for (const StateTest& t : c.state)
      if (c.kind == Term::End && (t.kind == StateTest::Limit || t.kind == StateTest::Mode))
        return true;
  return false;
}

bool Tutor::lost() const {
  return !begins_again() && std::any_of(ticks_.begin(), ticks_.end(),
                                        [](const Tick& t) { return t.truth == Truth::Broken; });
}

bool Tutor::may_go_on() const { return state_.done || beat().mode == BeatMode::Watch; }

bool Tutor::asks_ahead() const {
  if (finished_) return false;
  for (size_t i = state_.beat; i < beats(); ++i) {
    const Beat& b = lesson_->beats[i];
    const bool about = b.run == beat().run || b.judge == beat().run;
    if (b.mode == BeatMode::Predict && about && answers_[i] < 0) return true;
  }
  return false;
}

void Tutor::look_at(const std::shared_ptr<const trace::Trace>& trace) {
  if (trace == trace_ && story_ && story_->trace().size() == trace->size()) return;
  trace_ = trace;
  story_ = std::make_unique<Story>(trace);
}

size_t Tutor::rests_at(const std::shared_ptr<const trace::Trace>& trace, size_t from) {
  if (!beat().pause || !trace) return Story::kNone;
  look_at(trace);
  return story_->find(*beat().pause, from);
}

namespace {

// Is the term a promise, which holds until it is broken? It is kept only once all is over.
bool is_promise(const Term& c) {
  switch (c.kind) {
    case Term::Never:
    case Term::Always:
    case Term::Clean:
    case Term::MaxWait:
    case Term::EndTime: return true;
    case Term::Count:
      return c.compare == Compare::Less || c.compare == Compare::LessEqual ||
             (c.compare == Compare::Equal && c.number == 0);
    default: return false;
  }
}

}  // namespace

void Tutor::observe(const std::shared_ptr<const trace::Trace>& trace, size_t events, bool settled) {
  const Beat& b = beat();
  if (!b.goal || !trace) return;
  look_at(trace);
  View view;
  view.events = events;
  view.settled = settled;
  view.chosen = state_.card;
  view.marked = state_.marked;
  if (proof_) view.proved = proof_->truth();
  ticks_.clear();
  bool all = true, achieved = true;
  for (size_t i = 0; i < b.goal->check.all.size(); ++i) {
    const Term& c = b.goal->check.all[i];
    Tick tick{i < b.goal->ticks.size() ? b.goal->ticks[i] : c.text, evaluate(c, *story_, view)};
    all &= tick.truth == Truth::Holds;
    achieved &= is_promise(c) || tick.truth == Truth::Holds;
    ticks_.push_back(std::move(tick));
  }
  for (size_t i = 0; i < ticks_.size(); ++i)
    if (is_promise(b.goal->check.all[i]) && ticks_[i].truth == Truth::Holds &&
        !(settled && achieved))
      ticks_[i].truth = Truth::Open;
  if (all && settled) arrive();
}

void Tutor::arrive() {
  if (state_.done) return;
  state_.done = true;
  skipped_.erase(state_.beat);
  if (beat().goal && !state_.helped) well_done_.insert(state_.beat);
}

void Tutor::choose(int option) {
  if (beat().mode != BeatMode::Predict || option < 0 || option >= int(beat().options.size()))
    return;
  const bool first = answers_[state_.beat] < 0;
  state_.chosen = option;
  state_.done = true;
  skipped_.erase(state_.beat);
  if (!first && !lesson_->last_answers) return;
  answers_[state_.beat] = option;
  if (option == right_option()) well_done_.insert(state_.beat);
}

void Tutor::hint() {
  if (beat().goal) state_.hints = std::min(state_.hints + 1, int(beat().goal->hints.size()));
}

void Tutor::pick_card(std::string id) {
  state_.card = std::move(id);
  search();
}

void Tutor::search() {
  const bool proves = beat().mode == BeatMode::Prove;
  const LessonRun* card = proves ? lesson_->run(state_.card) : nullptr;
  proof_ = card ? std::make_unique<Proof>(card->program) : nullptr;
}

bool Tutor::next() {
  if (!may_go_on()) return false;
  if (state_.beat + 1 >= beats()) {
    finished_ = true;
    return false;
  }
  start_beat(state_.beat + 1);
  return true;
}

bool Tutor::back() {
  if (finished_) {
    finished_ = false;
    return true;
  }
  if (state_.beat == 0) return false;
  start_beat(state_.beat - 1);
  return true;
}

bool Tutor::skip() {
  if (!may_go_on()) skipped_.insert(state_.beat);
  state_.done = true;
  return next();
}

void Tutor::start_beat(size_t index) {
  state_ = TutorState{};
  state_.beat = std::min(index, beats() - 1);
  finished_ = false;
  proof_.reset();
  ticks_.clear();
  if (beat().goal)
    for (size_t i = 0; i < beat().goal->check.all.size(); ++i)
      ticks_.push_back(
          {i < beat().goal->ticks.size() ? beat().goal->ticks[i] : beat().goal->check.all[i].text,
           Truth::Open});
}

void Tutor::resume(const LessonProgress& earlier) {
  if (!earlier.begun) return;
  for (size_t i = 0; i < std::min(beats(), earlier.answers.size()); ++i) {
    const bool fits = earlier.answers[i] < int(lesson_->beats[i].options.size());
    answers_[i] = fits ? earlier.answers[i] : -1;
  }
  for (size_t i : earlier.well)
    if (i < beats()) well_done_.insert(i);
  for (size_t i : earlier.skipped)
    if (i < beats()) skipped_.insert(i);
  if (!earlier.finished && earlier.beat < beats()) start_beat(earlier.beat);
}

LessonProgress Tutor::record(LessonProgress p) const {
  p.beat = state_.beat;
  p.finished |= finished_;
  p.beats = beats();
  p.answers = answers_;
  p.skipped = skipped_;
  for (size_t i = 0; i < state_.beat; ++i)
    if (!skipped_.count(i)) p.done.insert(i);
  p.well.insert(well_done_.begin(), well_done_.end());
  return p;
}

const LessonRun* Tutor::show_me() {
  if (!beat().goal) return nullptr;
  state_.helped = true;
  const LessonRun* run = lesson_->run(beat().goal->solution);
  if (!run) return nullptr;
  state_.card = run->card;
  search();
  if (run->mark) state_.marked = judge_.story(run->id).find(*run->mark);
  return run;
}

void Tutor::replace(std::shared_ptr<const Lesson> lesson) {
  const size_t at = state_.beat;
  proof_.reset();
  lesson_ = std::move(lesson);
  judge_ = Judge(*lesson_);
  answers_.resize(beats(), -1);
  start_beat(at);
}

}  // namespace qs::lesson
