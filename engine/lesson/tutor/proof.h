// Does a driver go right under every schedule? Owns: Proof. Made by tutor for the card that a
// student has chosen in a prove beat, by checker and receipts for the solution; any one thread.
//
// What is searched is the run's own script, at its times: whether other inputs go right is not
// known.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "explore/search.h"
#include "lesson/language/predicate.h"

namespace qs::lesson {

class Proof {
 public:
  // A search that takes more runs than these is given up: then nothing is proved. A number, not a
  // time: what a student has proved on one computer is proved on every other.
  static constexpr uint64_t kMostRuns = 50'000;

  explicit Proof(const run::Program& program);  // which outlives it
  // Makes up to so many runs. False: it is over.
  bool step(uint64_t runs);
  bool over() const { return over_; }
  // Holds: every schedule was tried, and none goes wrong. Broken: one does, or there are too many.
  Truth truth() const;
  // What is known, as a sentence or two for the student.
  std::string sentence() const;
  // Of the shortest schedule that goes wrong; nullptr: there is none, or the search goes on.
  const explore::Finding* wrong() const;

 private:
  std::unique_ptr<explore::Search> search_;
  explore::SearchReport report_;  // once it is over
  uint64_t runs_ = 0;
  bool over_ = false;
};

// To its end.
Truth proved(const run::Program& program);

}  // namespace qs::lesson
