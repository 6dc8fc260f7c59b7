// Owns the check of what users read against a list of words that must not come back (words.txt).
// Called by words_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidy/tidy.h"

namespace qs::tidy {

// One line of the list.
struct BadWords {
  std::vector<std::string> words;  // in lower case unless it is a name; a last '*': any ending
  std::string text;                // the words as they stand in the list
  std::string instead;
  std::string why;
  bool only_lessons = false;
};

// The list; a line that cannot be read, or that stands there twice, becomes a complaint.
std::vector<BadWords> read_bad_words(std::string_view path, std::string_view list,
                                     Complaints& complaints);

// Every place where one of them stands, also across the end of a line and the marks of a comment.
Complaints check_words(std::string_view path, std::string_view text,
                       const std::vector<BadWords>& list);

}  // namespace qs::tidy
