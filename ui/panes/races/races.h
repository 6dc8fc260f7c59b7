// Races: can this run go wrong, under any schedule? What was found, every schedule as a dot, one of
// them as a sequence over its threads, who else could have gone on at each of its steps, and the
// code with each thread's line. Owns: RacesState. A free function of that state; called by the
// screen once a frame, main thread only. The search itself is session/races.h.
//
// What there is room for stands side by side; in a medium window schedule and code lie behind tabs,
// in a small one everything does.
//
// Names in the registry: "races/…": verdict/search, verdict/bounds, verdict/leave, way/0,
// dots/grid, rows/row/3, share, roads/road/0, outcomes/outcome/0, play, undo, rule, parts/Schedule,
// scheduler, game/hint.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "session/races.h"
#include "ui/panes/code/code.h"
#include "ui/panes/races/sequence.h"
#include "ui/panes/stage/explain_banner.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

// The schedule that is looked at.
struct RacesShown {
  std::shared_ptr<const explore::Route> route;
  std::shared_ptr<model::Timeline> timeline;
  trace::ShownNames names;
  RaceSequence sequence;
  int way = -1;            // it is the shortest of Finding::way; -1: of none
  bool mine = false;       // somebody chose who goes on
  size_t at = 0;           // so many of its steps have been made
  bool at_verdict = true;  // the code shows where it breaks, until a step is chosen
};

enum class RacesPart : uint8_t { ways, schedule, roads, code };

struct RacesState {
  std::unique_ptr<session::Races> races;
  std::string error;  // why there is nothing to search
  std::string was;    // a sentence: what was known of the driver before it was saved; ""
  RacesShown shown;
  std::vector<RacesShown> before;  // the ones that were shown, for going back
  bool chosen = false;             // by somebody; else the shortest known is shown
  RacesPart part = RacesPart::ways;
  bool outcomes = false;  // below the schedule: what becomes of the requests
  struct {                // be the scheduler
    bool on = false;
    bool hint = false;  // it was asked how far it is
  } game;

  // Of the schedule that is shown, in those kept when so many were.
  struct {
    const explore::Route* route = nullptr;
    uint64_t executions = 0;
    std::vector<explore::Share> shares;
    std::optional<size_t> no_return;
    size_t kept = size_t(-1);  // which of them it is; none: it was not kept
  } counted;
  struct Road {
    std::string who, deed;
    explore::Road road;
  };
  struct {
    const explore::Route* route = nullptr;
    size_t at = 0;
    uint64_t executions = 0;
    std::vector<Road> list;
  } roads;
  std::vector<uint32_t> order;  // the kept ones, shortest first
  uint64_t ordered = 0;         // executions that were made then
  CodeState code;
  ScrollState ways, dots, rows, list, why, small;
  size_t seen_row = size_t(-1);  // that was scrolled to
  size_t lit_dot = 0;
};

// Searches what the session shows, unless that is what was searched before.
void begin_races(RacesState& state, const session::Session& session);
// From the beginning, under these limits.
void restart_races(RacesState& state, const session::Session& session, explore::Limits limits);
// A frame's share of the search; shows what was found. True while it goes on.
bool tick_races(RacesState& state, double seconds);
// After the search has gone on in any other way.
void refresh_races(RacesState& state);

// Shows the shortest schedule of a finding (its index in the report); a kept one; one of the
// outcomes; the one that goes another way from the step that is looked at.
void show_way(RacesState& state, size_t finding);
void show_kept(RacesState& state, size_t kept);
void show_outcome(RacesState& state, size_t outcome);
void take_road(RacesState& state, size_t road);
bool show_before(RacesState& state);
// Any schedule; nobody is asked whether it was chosen.
void show_schedule(RacesState& state, const sched::Schedule& schedule);
// Be the scheduler (races/game.cpp): from the start, and back to what was found.
void begin_game(RacesState& state);
void end_game(RacesState& state);
// At this step or the first after it at which there is a choice.
void look_at_choice(RacesState& state, size_t at);
// Looks at another step of it.
void look_at_step(RacesState& state, size_t at);

// What the search says, in one sentence, and how far that goes.
std::string races_verdict(const session::Races& races);
std::string races_coverage(const session::Races& races);
// The coverage, and before it what was known of the driver as it was before it was saved.
std::string races_below_verdict(const RacesState& state);
// What a thousand random schedules have met; "" until they were tried.
std::string races_luck(const session::Races& races);

// What was pressed.
struct RacesAct {
  bool leave = false, play = false;
  std::optional<explore::Limits> search;  // again, under these
};
RacesAct draw_races(Ui& ui, const Rect& page, RacesState& state, UiState& shared, bool projector);

}  // namespace qs::ui
