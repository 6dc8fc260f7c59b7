// A schedule as a sequence over its threads: a row for what somebody does until something else
// worth telling happens, a column for each of them. Owns: RaceRow, RaceSequence. Pure; called by
// the races pane, the list of roads not taken, and tests.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "session/races.h"
#include "trace/export/functions.h"

namespace qs::ui {

struct RaceRow {
  size_t first = 0, end = 0;  // steps
  size_t column = 0;
  std::string text;
  trace::Site site;
  bool switched = false;  // its first step is one: somebody else could have gone on
  bool wrong = false;     // the verdict is in it
};

struct RaceSequence {
  static constexpr size_t kNone = size_t(-1);
  std::vector<std::string> columns;  // names of threads, from left to right as they appear
  std::vector<RaceRow> rows;
  size_t verdict = kNone;  // its event: of the rule that was asked for, else the first
  std::string rule;

  // The row that the step is in; the last one for what comes after all.
  size_t row_of(size_t step) const;
};

// `rule`: whose report is meant, of several ("": any). `names` as UiState::names.
RaceSequence sequence_of(const explore::Route& route, const trace::ShownNames& names,
                         std::string_view rule);

// Who makes that step: a thread by its name, an application whose input comes in.
std::string mover_name(const explore::Route& route, const explore::RouteStep& step,
                       const trace::ShownNames& names);
// What it does, in a few words: "cancel R1", "R1 is done". "" when nothing of it is worth telling.
std::string deed_of(const explore::Route& route, const explore::RouteStep& step,
                    const trace::ShownNames& names);
// Of the names that are known of another run that begins so: those that are good at that step, too.
// A thread that begins in it is not the one that has its number there.
trace::ShownNames known_before(const explore::Route& there, const explore::RouteStep& step,
                               trace::ShownNames names);

}  // namespace qs::ui
