#include "lesson/tutor/judge.h"

#include <algorithm>

#include "lesson/tutor/proof.h"
#include "run/run.h"

namespace qs::lesson {
namespace {

// The events of the set-up are not part of any beat.
size_t loaded_at(const trace::Trace& trace) {
  for (size_t i = 0; i < trace.size(); ++i) {
    if (trace[i].code == trace::EventCode::Settled) return i + 1;
    if (trace[i].code == trace::EventCode::Send) return i;
  }
  return 0;
}

}  // namespace

const Story& Judge::story(std::string_view run) {
  auto found = stories_.find(run);
  if (found != stories_.end()) return *found->second;
  const LessonRun* found_run = lesson_->run(run);
  const LessonRun& r = found_run ? *found_run : lesson_->runs.front();
  run::Execution execution = run::execute(r.program, r.schedule());
  auto made = std::make_unique<Story>(std::shared_ptr<const trace::Trace>(execution.trace));
  return *stories_.emplace(std::string(run), std::move(made)).first->second;
}

View Judge::view_of(std::string_view run, const Check& check) {
  View view;
  const LessonRun* r = lesson_->run(run);
  if (!r) return view;
  view.chosen = r->card;
  if (r->mark) view.marked = story(run).find(*r->mark);
  if (mentions(check, Term::Proved)) {
    auto known = proofs_.find(run);
    if (known == proofs_.end()) known = proofs_.emplace(std::string(run), proved(r->program)).first;
    view.proved = known->second;
  }
  return view;
}

bool Judge::holds(const Check& check, std::string_view run) {
  return evaluate(check, story(run), view_of(run, check)) == Truth::Holds;
}

size_t Judge::loaded(std::string_view run) { return loaded_at(story(run).trace()); }

int Judge::right_option(const Beat& beat) {
  int right = -1;
  for (size_t i = 0; i < beat.options.size(); ++i)
    if (holds(beat.options[i].holds, beat.judge)) {
      if (right >= 0) return -1;
      right = int(i);
    }
  return right;
}

Judge::Span Judge::span(const Beat& beat, size_t before) {
  const Story& s = story(beat.run);
  Span out;
  out.from = std::max(before, loaded_at(s.trace()));
  if (beat.from_start) out.from = loaded_at(s.trace());
  if (beat.from) out.from = s.find(*beat.from);
  if (out.from == Story::kNone) return out;
  out.until = out.from;
  if (beat.until_end) out.until = std::max(out.from, s.settled_at());
  if (beat.until) out.until = s.find(*beat.until, out.from);
  return out;
}

Judge::Span Judge::span_of_judge(const Beat& beat) {
  const Story& s = story(beat.judge);
  Span out{loaded_at(s.trace()), 0};
  out.until = beat.until ? s.find(*beat.until, out.from) : Story::kNone;
  if (out.until == Story::kNone) out.until = std::max(out.from, s.settled_at());
  return out;
}

}  // namespace qs::lesson
