// The student as the scheduler, in the terminal. Called by learn_command.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "session/choice.h"

namespace qs::cli {

// Who could go on there, a line each, as `let` takes them.
std::string choice_lines(const std::optional<session::Choice>& choice);
// The way of the thread of that name.
std::optional<size_t> way_of(const std::optional<session::Choice>& choice, std::string_view name);

}  // namespace qs::cli
