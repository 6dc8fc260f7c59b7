// Owns what a student is told about a violation or finding: what happened, why Windows forbids it,
// how a driver avoids it; and the names that lessons and checks use for rules. Called by the lesson
// checker, the command line and the window. Constant data, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace qs::verify {

struct Explanation {
  std::string_view rule;   // "V-07"; its severity and code: find_rule() in trace/rules/rules.h
  std::string_view name;   // "complete-while-cancelable"
  std::string_view also;   // further names and rule ids, separated by spaces
  std::string_view title;  // at most 60 characters, for a heading
  std::string_view what;   // these three with blanks, see fill()
  std::string_view why;
  std::string_view how;
};

/// All explanations, one for each rule that a report can carry.
std::span<const Explanation> all_explanations();

/// The explanation for a rule id ("V-07"), a name ("complete-while-cancelable") or one of the
/// further names. A rule id of its own comes before a name, a name before a further name; nullptr
/// if none.
const Explanation* explain(std::string_view rule_or_name);

/// Does a report under `rule` answer to `name` in a check? True for the id itself, the name of its
/// explanation and the further names; "*" is true for every rule, "hang" for all that never end.
bool is_called(std::string_view rule, std::string_view name);

/// What the blanks of an explanation stand for. Empty ones become "the request", "the queue" and
/// "the call".
struct Blanks {
  std::string_view request;   // {R}, for example "R2"
  std::string_view queue;     // {Q}, for example "reads"
  std::string_view function;  // {fn}, for example "WdfRequestComplete"
};

/// `text` with {R}, {Q} and {fn} filled in. Anything else in braces stays as it is.
std::string fill(std::string_view text, const Blanks& blanks);

}  // namespace qs::verify
