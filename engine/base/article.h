// The indefinite article before a noun in a sentence. Called by whoever words a report.
#pragma once
#include <string>
#include <string_view>

namespace qs {

// "an object", "a queue".
inline std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeioIu").find(noun[0]) != noun.npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

}  // namespace qs
