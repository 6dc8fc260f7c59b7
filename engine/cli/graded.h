// A receipt that has been graded, and which of them are alike. Owns: Graded, alike. Called by
// receipts.cpp; one thread.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "lesson/tutor/receipt.h"

namespace qs::cli {

struct Graded {
  std::string file, student, lesson, variant, date, program, error;
  uint32_t seconds = 0;
  double mark = 1;  // what it needs
  lesson::Grade grade;
  std::vector<std::string> own;  // what tells it from others: wrong answers, and inputs

  bool passed() const { return error.empty() && grade.passed(mark); }
  std::string reasons() const;  // why it has not passed, and what else there is to say
  std::string time() const;     // "14 min"; "" when it does not say
};

// What the process that graded it has to tell the one that asked.
std::string packed(const Graded& g);
bool unpack(const std::string& bytes, Graded& g);

// Wrong answers and inputs of a receipt: whoever copies copies these.
std::vector<std::string> own_of(const lesson::Lesson& lesson, const lesson::Receipt& receipt);

// Receipts of one lesson, and variant, that have the same wrong answers and inputs, or nearly so.
struct Alike {
  std::vector<size_t> receipts;  // places in the list
  size_t same = 0, of = 0;       // so many of so many
  std::string sentence(const std::vector<Graded>& all) const;
};
std::vector<Alike> alike(const std::vector<Graded>& all);

}  // namespace qs::cli
