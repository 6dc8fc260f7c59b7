// Owns the way from a rule's id to its whole text in docs/rules, which is compiled in. Called by
// the command line and the window. Read once, then constant; any thread. Whoever calls it links the
// assets (base/embedded.h).
#pragma once

#include <string_view>

#include "trace/rules/rule_text.h"

namespace qs::verify {

/// The text of the rule with exactly this id, or nullptr. Every rule of trace/rules/rules.h has
/// one.
const trace::RuleText* whole_rule(std::string_view id);

}  // namespace qs::verify
