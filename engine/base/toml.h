// The one way in which TOML is read. Owns: parse_toml. Called by every reader of our files; any
// thread.
#pragma once
#include <string_view>

#include <toml++/toml.h>

#include "base/result.h"

namespace qs {

// Parses the whole text of a file. The error has file and line. A text that would take the parser's
// stack or the machine's memory (limits::kTextFile, kTomlDepth, kTomlValues) is refused before the
// parser sees it.
Result<toml::table> parse_toml(std::string_view text, std::string_view file);

// The whole number that stands there, or `otherwise`. Not value_or(): that casts any number with a
// point to see whether it is whole, also one that no int64_t can hold.
template <class Node>
int64_t whole_number(const Node& node, int64_t otherwise = 0) {
  return node.template value_exact<int64_t>().value_or(otherwise);
}

}  // namespace qs
