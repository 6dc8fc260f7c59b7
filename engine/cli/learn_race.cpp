#include "cli/learn_race.h"

#include <fmt/format.h>

#include "base/visible.h"

namespace qs::cli {

std::string choice_lines(const std::optional<session::Choice>& choice) {
  if (!choice) return "No choice is left in this run; go plays to its end, reset begins again.\n";
  std::string out = "Who goes on?\n";
  for (const session::Choice::Way& way : choice->ways)
    out += fmt::format("  let {:<12} {}\n", visible(way.name),
                       way.where.empty() ? "" : "is at " + visible(way.where));
  return out;
}

std::optional<size_t> way_of(const std::optional<session::Choice>& choice, std::string_view name) {
  for (size_t i = 0; choice && i < choice->ways.size(); ++i)
    if (choice->ways[i].name == name) return i;
  return {};
}

}  // namespace qs::cli
