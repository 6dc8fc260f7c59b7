// What came of one execution. Owns: ReportAt. Called by Search for every execution,
// so it makes no text before it is asked to.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "trace/events/trace.h"

namespace qs::explore {

// A report in a trace: what makes two of them the same way to go wrong.
struct ReportAt {
  std::string_view rule;
  trace::Site site;
  size_t event = 0;  // its number
};

// Violations and findings, in order; of equal ones the first. Hints are not among them.
std::vector<ReportAt> reports_in(const trace::Trace& trace);
// Of the requests' statuses and the order in which they came.
uint64_t outcome_key(const trace::Trace& trace);
// "R1 STATUS_SUCCESS 16, R2 STATUS_CANCELLED 0, R3 is not completed; the run ends: bug check"
std::string outcome_text(const trace::Trace& trace);
// Where the threads that have not ended stand at that event: "driver.c:94", the reporting one's
// first, each once; if none does, where one stood last.
std::vector<std::string> lines_at(const trace::Trace& trace, size_t event);

}  // namespace qs::explore
