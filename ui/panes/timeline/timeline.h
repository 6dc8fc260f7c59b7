// The timeline: lanes per request, thread and queue over the events of a run; zoom, pan, ranges,
// the playhead, decisions that can be taken, bookmarks, and an overview with the tree of branches.
// The event log is its fourth tab; panes that have no place of their own in the window are the last
// ones. Where it is very low, only its lanes are drawn. A free function of the moment and its own
// state; acts by appending Commands. Called by the app once a frame; main thread only.
//
// Mouse: wheel zooms at the pointer (Ctrl finer, Shift pans), middle or right drag pans, left drag
// marks a range, drag in the ruler or of the playhead scrubs, click goes there and selects the
// lane, double click fits. Keys: zoom_in, zoom_out, zoom_fit, pan_*, undo_view, redo_view,
// bookmark.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "trace/export/narrate.h"
#include "ui/panes/log/log.h"
#include "ui/panes/timeline/branches.h"
#include "ui/panes/timeline/facts.h"
#include "ui/panes/timeline/geometry.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

// Another pane that lies behind a tab of this one.
struct GuestPane {
  uint8_t tab = 0;  // a TimelineState::Tab: source, inspector or roads
  std::string_view name;
  std::function<void(const Rect&)> draw;
};

struct TimelineInput {
  const session::Moment* moment = nullptr;
  const RunInfo* run = nullptr;
  std::span<const GuestPane> guests = {};
};

// One lane: y and height inside the scrolled content, pixels.
struct LaneRow {
  ObjectId id;
  float y = 0, h = 0;
  uint8_t type = 0;     // RequestType or ThreadKind
  uint32_t folded = 0;  // stands for so many creates, and has no `id`
};

struct TimelineState {
  enum Tab : uint8_t { requests, threads, queues, log, source, inspector, roads };
  static constexpr int kTabs = 7;
  Tab tab = requests;
  EventRange view;          // empty: everything
  bool creates = false;     // creates that tell nothing have lanes as well
  bool show_future = true;  // false: what has not happened yet is not drawn (lessons that ask)
  std::optional<EventRange> range;  // dragged by the student, in positions
  std::vector<EventRange> undo, redo;
  ScrollState scroll[kTabs];
  LogState log_state;

  // Between frames; for the timeline's own use.
  enum Drag : uint8_t { no_drag, scrub, pan, mark, window, window_left, window_right };
  Drag drag = no_drag;
  Point drag_from;
  EventRange drag_view;
  float drag_scroll = 0;
  bool drag_moved = false;
  double last_zoom = -1;
  size_t seen_event = 0, seen_size = 0;
  EventRange seen_home;
  const trace::Trace* seen_trace = nullptr;
  TraceFacts facts;
  struct {
    Tab tab{};
    EventRange view;
    float scale = 0;
    size_t size = 0;
    bool filtered = false, creates = false;
    float room = 0;  // height of the canvas
    std::vector<LaneRow> rows;
    float height = 0;
  } lanes;
  struct {
    const trace::Trace* trace = nullptr;
    size_t size = 0, first_row = 0, rows = 0, most = 0;
    Tab tab{};
    uint32_t e0 = 0, e1 = 0;
    std::vector<std::vector<model::RequestSpan>> requests;
    std::vector<std::vector<model::ThreadSpan>> threads;
    std::vector<std::vector<model::QueueSample>> queues;
    struct Ran {
      uint32_t from, to;
      uint32_t thread;
    };
    std::vector<Ran> ran;
  } spans;
  struct {  // what stands around the lanes
    const trace::Trace* trace = nullptr;
    size_t size = 0, known = 0;
    Axis axis;
    float scale = 0;
    std::vector<uint32_t> bookmarks;
    std::vector<Tick> ticks;
    std::vector<Mark> marks;
    std::vector<std::string> tick_texts, mark_texts;
  } around;
  struct {
    uint32_t event = 0, ordinal = 0;
    std::vector<ObjectId> threads;
    ObjectId chosen;
  } decision;  // the one whose menu is open
  struct {
    ObjectId object;
    int64_t event = kNoEvent;
  } menu_at;
};

// Where the parts of the timeline stand; pixels. Empty rectangles are not drawn.
struct TimelineLayout {
  Rect header, ruler, marks, lanes, labels, canvas, axis, overview;
  bool low = false;  // only lanes, in whatever height there is
};
TimelineLayout timeline_layout(const Rect& inner, float scale, TimelineState::Tab tab, bool marks,
                               int tree_rows);

// The lanes of a tab that have something in view (all of them while they are few), top to bottom.
// Returns the height of all, pixels.
// What was over before `ready` events is left out while the view does not show it. Beside other
// requests, plain creates are folded into one row at the end; with `creates` they have theirs too.
float lane_rows(const TraceFacts& facts, model::Timeline& timeline, TimelineState::Tab tab,
                const EventRange& view, size_t ready, float scale, std::vector<LaneRow>& out,
                bool creates = false);

// Threads that could have gone on at a decision, and the one that did.
std::vector<ObjectId> runnable_threads(const model::Model& before_decision);

void draw_timeline(Ui& ui, const Rect& rect, const TimelineInput& in, TimelineState& state,
                   UiState& shared, std::vector<session::Command>& out);

}  // namespace qs::ui
