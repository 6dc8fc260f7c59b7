#include "lesson/tutor/proof.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/number_text.h"

namespace qs::lesson {
namespace {

std::string counted_schedules(uint64_t number) {
  return grouped(number) + (number == 1 ? " schedule" : " schedules");
}

}  // namespace

Proof::Proof(const run::Program& program)
    : search_(std::make_unique<explore::Search>(program, sched::Schedule{}, explore::Limits{})) {}

bool Proof::step(uint64_t runs) {
  if (over_) return false;
  const uint64_t now = std::min(runs, kMostRuns - runs_);
  over_ = !search_->step(now);
  runs_ += now;
  over_ |= runs_ >= kMostRuns;
  if (!over_) return true;
  report_ = search_->report();
  search_.reset();
  return false;
}

Truth Proof::truth() const {
  if (!over_) return Truth::Open;
  return report_.complete && report_.findings.empty() ? Truth::Holds : Truth::Broken;
}

std::string Proof::sentence() const {
  if (!over_) return fmt::format("The search goes on: {} runs so far.", runs_);
  const std::string all = counted_schedules(report_.schedules);
  if (const explore::Finding* f = wrong()) {
    const char* tried = report_.complete ? "all of them tried" : "and there are more";
    return fmt::format("{}, {}: {} go{} wrong. The shortest takes {} switch{}: {} ({}{}).", all,
                       tried, report_.wrong, report_.wrong == 1 ? "es" : "", f->switches,
                       f->switches == 1 ? "" : "es", f->text, f->rule,
                       f->where.empty() ? "" : ", " + f->where);
  }
  if (!report_.complete)
    return fmt::format("{} tried, and none goes wrong; but there are more, so nothing is proved.",
                       all);
  return fmt::format(
      "{}, all of them tried: none goes wrong. That is complete within these inputs; what others "
      "would do is not known.",
      all);
}

const explore::Finding* Proof::wrong() const {
  return report_.findings.empty() ? nullptr : &report_.findings.front();
}

Truth proved(const run::Program& program) {
  Proof proof(program);
  while (proof.step(UINT64_MAX)) {}
  return proof.truth();
}

}  // namespace qs::lesson
