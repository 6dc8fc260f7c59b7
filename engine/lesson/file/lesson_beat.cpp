// What a beat of each mode needs, and what it has no use for.
#include <fmt/format.h>

#include <algorithm>

#include "lesson/file/lesson.h"

namespace qs::lesson {
namespace {

std::optional<BeatFault> fault_of_question(const Beat& b) {
  const bool question = b.mode == BeatMode::Predict;
  if (question && (b.question.empty() || b.options.size() < 2))
    return BeatFault{b.lines.table,
                     "a predict beat has a question and at least two [[beats.options]]"};
  if (!question && !b.options.empty())
    return BeatFault{b.lines.table, "only predict beats have options"};
  for (const BeatOption& o : b.options)
    if (mentions(o.holds, Term::Proved))
      return BeatFault{o.lines.of("holds"), "holds: proved is a condition of prove beats only"};
  return {};
}

// A drop is an answer: one place, one option.
std::optional<BeatFault> fault_of_drops(const Beat& b) {
  bool any = false;
  for (const BeatOption& o : b.options) {
    if (o.drop.empty()) continue;
    any = true;
    if (b.drags.empty())
      return BeatFault{o.lines.of("drop"),
                       "drop: the beat does not say which request is dragged: drags = \"R1\""};
    for (const BeatOption& other : b.options)
      if (&other != &o && other.drop == o.drop)
        return BeatFault{
            o.lines.of("drop"),
            fmt::format("drop: two options have \"{}\"; a drop there would not say which "
                        "of them is meant, so neither may have it",
                        o.drop)};
  }
  if (!b.drags.empty() && !any)
    return BeatFault{b.lines.of("drags"), "drags: no option has drop = \"a place\""};
  return {};
}

std::optional<BeatFault> fault_of_goal(const Beat& b) {
  const bool goal = b.mode != BeatMode::Predict && b.mode != BeatMode::Watch;
  if (goal && (!b.goal || b.goal->check.all.empty() || b.goal->solution.empty()))
    return BeatFault{b.lines.table,
                     fmt::format("a {} beat has goal, check and solution", beat_mode_word(b.mode))};
  if (!goal && b.goal)
    return BeatFault{b.lines.table,
                     "watch and predict beats have no goal, check, hints and solution"};
  if (goal && !b.goal->ticks.empty() && b.goal->ticks.size() != b.goal->check.all.size())
    return BeatFault{b.lines.of("ticks"),
                     fmt::format("ticks: {} sentences for {} conditions", b.goal->ticks.size(),
                                 b.goal->check.all.size())};
  if ((b.mode == BeatMode::Patch || b.mode == BeatMode::Prove) && b.cards.empty())
    return BeatFault{b.lines.table,
                     fmt::format("a {} beat has cards to choose from", beat_mode_word(b.mode))};
  const bool proves = b.goal && mentions(b.goal->check, Term::Proved);
  if (proves != (b.mode == BeatMode::Prove))
    return BeatFault{b.lines.of("check"),
                     "check: a prove beat, and no other, has the condition proved"};
  return {};
}

// Which card the student's own driver begins with.
std::optional<BeatFault> fault_of_write(const Beat& b) {
  if (b.write.empty()) return {};
  if (std::find(b.cards.begin(), b.cards.end(), b.write) == b.cards.end())
    return BeatFault{b.lines.of("write"),
                     fmt::format("write: \"{}\" is none of the cards of this beat", b.write)};
  if (b.mode == BeatMode::Prove)
    return BeatFault{b.lines.of("write"), "write: a prove beat searches its cards only"};
  if (b.write == b.goal->solution)
    return BeatFault{b.lines.of("write"),
                     "write: this card is the solution; there would be nothing to write"};
  return {};
}

}  // namespace

std::optional<BeatFault> fault_of(const Beat& beat) {
  if (auto fault = fault_of_question(beat)) return fault;
  if (auto fault = fault_of_drops(beat)) return fault;
  if (auto fault = fault_of_goal(beat)) return fault;
  return fault_of_write(beat);
}

}  // namespace qs::lesson
