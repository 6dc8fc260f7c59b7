// Owns the rule table: every numbered rule of the framework's behavior, with one or two sentences
// for a student and how hard breaking it is. Called by whoever cites a rule: the verifier funnel of
// kmdf, verify/explain, the command line's `explain` and the window. Constant data, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace qs::trace {

/// The sections of the rules, in reading order. Each has its own letter, see section_letter().
enum class Section : std::uint8_t {
  Objects,     // O  objects and the calls on them
  Requests,    // R  states and owners of a request
  Arrival,     // A  from the sender to the queue
  Dispatch,    // D  from the queue to the handler
  Queues,      // Q  start, stop, drain, purge, ready-notify
  Retrieval,   // G  retrieve and find
  Forward,     // F  forward, requeue, stop-acknowledge
  Cancel,      // C
  Complete,    // K
  Power,       // P
  Files,       // L
  Targets,     // T
  Progress,    // S  guaranteed forward progress
  Verifier,    // V
  Races,       // N  what may happen in either order
  Invariants,  // I  what always holds
  Errata,      // E  documentation against source
  Recordings,  // X  how recorded scenarios run
  Findings,    // U  reports of this program's own, beyond the framework's rules
  Hints,       // H  what is legal and cannot have been meant
};

inline constexpr int section_count = 20;

/// What a report under a rule does to the run (V-01). A rule that is only ever cited has None.
enum class Severity : std::uint8_t {
  None,       // nothing is reported
  Finding,    // noted; the run goes on: a hang, a self-deadlock, a busy device
  Break,      // pauses with its explanation and a Continue; then as the V rule says
  Bugcheck,   // ends the run, as the system would stop
  Undefined,  // ends the run: a real system would go on with damaged memory (V-02)
  Hint,       // below Finding: no rule is broken, and no check fails (its number is in recordings)
};

struct Rule {
  std::string_view id;  // "C-22", "Q-06a"
  Section section;
  Severity severity;      // with the verifier on, the default
  Severity severity_off;  // with the verifier off
  std::string_view text;  // at most 320 characters, plain words
  std::string_view code;  // "0x10D/0xA" or "0x10D/0x6/3" when a bug check, else empty
};

/// All rules, in reading order.
std::span<const Rule> all_rules();

/// The rule with exactly this id, or nullptr.
const Rule* find_rule(std::string_view id);

/// The severity of a report under this rule, given the verifier's switch.
constexpr Severity severity_of(const Rule& rule, bool verifier_on) {
  return verifier_on ? rule.severity : rule.severity_off;
}

/// The letter that the ids of a section begin with.
char section_letter(Section section);

/// "Canceling requests" and the like, for headings.
std::string_view section_title(Section section);

/// "none", "finding", "break", "bug check", "undefined misuse", "hint".
std::string_view severity_name(Severity severity);

}  // namespace qs::trace
