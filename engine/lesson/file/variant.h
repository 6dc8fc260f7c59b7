// Variants of a lesson: neighbors in an examination get other numbers, names and orders, and so
// other right answers. Owns: Variant, VariantText. Called by lesson.cpp, checker and cli; any
// thread.
//
//   shuffle = true          # the options of each question change places
//   [[vary]]                # one row is chosen from each such list; {limit} and {waits} stand for
//   rows = [                # what it says, wherever they are in the file
//     { limit = "2", waits = "R3" },
//     { limit = "3", waits = "R4" },
//   ]
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace qs::lesson {

struct Variant {
  std::string id;            // of the student; "": the lesson as it is written, first rows
  std::vector<size_t> rows;  // not empty: these, whatever the id says (a checker tries all)
  bool plain() const { return id.empty() && rows.empty(); }
};

struct VariantText {
  std::string text;           // with one row of each list put in
  std::vector<size_t> rows;   // how many each list has
  std::vector<size_t> taken;  // which one was taken
};

// Errors name file and line: rows that differ in their names, and names that stand nowhere.
Result<VariantText> vary(std::string_view text, std::string_view lesson, std::string_view file,
                         const Variant& variant);

// A number that follows from the id, the lesson and a place in it, the same on every machine.
uint64_t variant_number(std::string_view id, std::string_view lesson, size_t place);

// 64 bits of a text, as 16 hex digits: tells one version of a file from another, and no more.
std::string text_hash(std::string_view text);

}  // namespace qs::lesson
