// A test of a rule as one transcript: what is done, by whom, and everything that then happens. Owns
// check_transcript(); used by the rules_*_test.cpp files. The driver is the generic one of
// engine/conform, whose callbacks do what the transcript tells them to; it calls the public C API
// and nothing else.
#pragma once
#include <string>

namespace qs::test {

// Plays a transcript and compares. Its lines:
//   "option ...", "queue ...", "start", "on R1 ..."  set-up and reactions, in the words of scripts
//                     (engine/conform); what set-up prints is not compared
//   "> ..."           one call, on a virtual thread of its own
//   anything else     what must happen then, in this order: callbacks, results, completions, and
//                     "!! break V-05" with the rule; indented as the calls are nested
// A line "!! ..." names the rule: break, finding, undefined (the run goes on if the option says
// undefined=continue), BUGCHECK with code and parameters.
// "" when all is equal, else the first difference and the transcript as it really went.
std::string check_transcript(const std::string& text);
// Plays the calls of a transcript; only the lines "!! ..." of what happened, one below the other.
std::string reports_of(const std::string& text);

}  // namespace qs::test

#define TRANSCRIPT(text) CHECK(qs::test::check_transcript(text) == "")
