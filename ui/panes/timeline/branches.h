// The branches of a session as a small tree on the axis of events: each a row, leaving its parent
// where they first differ. Owns: what a view must know about a run besides its Moment (RunInfo),
// the layout of the tree and its drawing. Called by the timeline's overview bar; main thread only.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "session/session.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

struct BranchInfo {
  size_t id = 0, parent = 0;
  uint32_t fork_event = 0;  // the first event that differs from the parent's
  std::string label;
  size_t events = 0;
};

struct RunInfo {
  uint32_t seed = 0;
  size_t current = 0;  // index into branches
  size_t ready = 0;    // events of the set-up, before which nobody acts
  std::vector<BranchInfo> branches;
  std::vector<session::BookmarkAt> bookmarks;
  size_t limit = SIZE_MAX;  // of the current branch nothing after so many events is to be seen
};

inline RunInfo run_info(const session::Session& session) {
  RunInfo info;
  info.seed = session.branch().schedule.seed;
  info.current = session.current_branch();
  info.ready = session.ready();
  for (const auto& b : session.branches())
    info.branches.push_back(
        {b->id, b->parent, b->fork_event, b->label,
         b->execution.trace ? std::min(b->execution.trace->size(), b->limit) : 0});
  info.limit = session.limit();
  info.bookmarks = session.bookmarks();
  return info;
}

// A row of the tree. Children stand below their parent, in the order in which they were made.
struct BranchRow {
  size_t branch = 0;             // index into RunInfo::branches
  int row = 0, parent_row = -1;  // -1: the root
  uint32_t from = 0, to = 0;     // events that are its own
};
std::vector<BranchRow> branch_rows(std::span<const BranchInfo> branches);
// At most `most` rows of them: the current branch, its ancestors, then its neighbors.
std::vector<BranchRow> rows_that_fit(std::span<const BranchRow> rows, size_t current, size_t most);

// Rows of the tree that a bar for this session has (1 when there is only one branch).
int tree_rows(const RunInfo& run, int most);

// Draws the tree into `rect`, one row `row_height` pixels; x is proportional to events, `events`
// wide. Clicking a row asks for that branch. The row of the current branch is left for the caller
// to fill: its rectangle is returned.
Rect draw_branches(Ui& ui, const Rect& rect, const RunInfo& run, size_t events, float row_height,
                   int most_rows, std::vector<session::Command>& out);

}  // namespace qs::ui
