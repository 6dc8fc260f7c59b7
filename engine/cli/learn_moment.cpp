#include "cli/learn_moment.h"

#include <fmt/format.h>

#include "lesson/language/story.h"

namespace qs::cli {

WhenWords split_when(std::string_view line) {
  constexpr std::string_view kWord = "when ";
  if (line.substr(0, kWord.size()) == kWord) return {"", std::string(line.substr(kWord.size()))};
  const size_t at = line.rfind(" when ");
  if (at == line.npos) return {std::string(line), ""};
  return {std::string(line.substr(0, at)), std::string(line.substr(at + 1 + kWord.size()))};
}

Result<size_t> moment_of(session::Session& session, std::string_view when) {
  auto pattern = lesson::parse_pattern(when);
  if (!pattern) return pattern.error();
  const session::Moment m = session.moment();
  const lesson::Story story(session.branch().execution.trace);
  size_t at = story.find(*pattern, m.event);
  if (at == lesson::Story::kNone) at = story.find(*pattern, session.ready());
  if (at == lesson::Story::kNone)
    return Error{"", 0, fmt::format("{} does not come in this run, as it is.", pattern->text())};
  return at;
}

}  // namespace qs::cli
