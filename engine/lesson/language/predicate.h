// Checks over a run: "seen(complete(R1, STATUS_SUCCESS)) and always: default.owned <= 1 and clean".
// Owns: StateTest, Term, Check, and what they come to in a Story. Called by lesson, check and
// tutor; any thread.
//
//   check      condition and condition and ...
//   condition  seen(EVENT)  never(EVENT)  count(EVENT) = N (also < <= > >= !=)
//              before(EVENT, EVENT)         both happened, the first before the second
//              between(EVENT, EVENT): never(EVENT)
//              at(EVENT): STATE             holds just after the first such event
//              always: STATE    end: STATE    config: STATE (the same as end:)
//              clean      no violation, finding or hang, and all that was sent is done at the end
//              any(check; check ...)        one of them holds
//              max_wait(EVENT, EVENT) <= MS   from each first kind to the next of the second
//              seen_overlap(STATE, STATE)   both held at one moment
//              share(STATE) >= PERCENT      of the virtual time
//              end_time <= MS
//              chosen = CARD    marked: STATE   what the student picked; the moment they marked
//              proved     all schedules were searched, and none goes wrong (tutor/proof.h)
//   state      test and test ...; a test may begin with "not"
//   test       Q.queued Q.owned Q.limit  (compared with a number)
//              Q.accepting Q.dispatching Q.held   Q.mode = seq|par|man
//              owner(R) = app|framework|driver|target|nobody or a queue that it waits in
//              running(CALLBACK) = N   power = D0   exists(Q)
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lesson/language/story.h"

namespace qs::lesson {

enum class Compare : uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

struct StateTest {
  enum Kind : uint8_t {
    Queued,
    Owned,
    Limit,
    Accepting,
    Dispatching,
    Held,
    Mode,
    OwnerIs,
    Running,
    Power,
    Exists
  };
  bool negate = false;
  Kind kind{};
  std::string subject;  // queue, request or callback
  Compare compare = Compare::Equal;
  uint64_t number = 0;
  std::string word;  // Mode, OwnerIs, Power
};
using StateTests = std::vector<StateTest>;

struct Check;

struct Term {
  enum Kind : uint8_t {
    Seen,
    Never,
    Count,
    Before,
    Between,
    At,
    Always,
    End,
    Clean,
    Any,
    MaxWait,
    Overlap,
    Share,
    EndTime,
    Chosen,
    Marked,
    Proved
  };
  Kind kind{};
  Pattern a, b, c;
  StateTests state, other;
  Compare compare = Compare::Equal;
  double number = 0;
  std::string word;
  std::vector<Check> any;
  std::string text;  // as it was written
};

struct Check {
  std::vector<Term> all;
  std::string text;
};

// The error says what was found, where, and what was expected.
Result<Check> parse_check(std::string_view text);
Result<StateTests> parse_state(std::string_view text);

// Open: not yet, but it may still come. Broken: whatever comes, it cannot hold anymore.
enum class Truth : uint8_t { Holds, Open, Broken };

// How far a run may be looked at, and what only the student's side knows.
struct View {
  size_t events = Story::kNone;  // so many are known; kNone: the whole run
  bool settled = true;           // nothing more will come by itself
  std::string chosen;            // the card that the student picked
  size_t marked = Story::kNone;  // the moment that was marked, in events
  Truth proved = Truth::Open;    // does it go right under every schedule?
};

Truth evaluate(const Term& condition, const Story& story, const View& view);
// All of them: Broken if one is, else Open if one is.
Truth evaluate(const Check& check, const Story& story, const View& view);
// Is there such a condition in it?
bool mentions(const Check& check, Term::Kind kind);
bool holds(const StateTests& tests, const model::Model& model, const trace::Trace& trace);

// A name that a check or an event speaks of, so that a checker can see whether it exists.
struct NameUse {
  ArgKind kind{};
  std::string name;
  bool operator==(const NameUse&) const = default;
};
// Without those that have a '*', each once; the words of the vocabulary are not among them.
std::vector<NameUse> names_in(const Check& check);
std::vector<NameUse> names_in(const Pattern& pattern);

}  // namespace qs::lesson
