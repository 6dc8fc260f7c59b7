// The event log: every event of the run as one sentence, filtered by kind, object and text; click
// to go there, copy to take along. A free function of the moment and its own state. Called by the
// timeline (its fourth tab) or by the app in a pane of its own; main thread only.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "session/session.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

// Which events are listed.
constexpr uint8_t level_bit(trace::EventLevel level) { return uint8_t(1u << unsigned(level)); }

struct LogFilter {
  static constexpr uint8_t kUsual =
      uint8_t(level_bit(trace::EventLevel::Hop) | level_bit(trace::EventLevel::Callback) |
              level_bit(trace::EventLevel::Call) | level_bit(trace::EventLevel::State) |
              level_bit(trace::EventLevel::Meta));
  static constexpr uint8_t kAll = 0x7F;
  uint8_t levels = kUsual;  // one bit per EventLevel
  ObjectId object;          // only events about it, or made by it (threads); 0: all
  ObjectId thread;          // only events made by this thread; 0: all
  std::string text;         // every word must occur in the line; case does not matter
  bool operator==(const LogFilter&) const = default;
};
bool passes(const LogFilter& filter, const trace::Trace& trace, size_t event,
            const trace::ShownNames* names = nullptr);

// The line as it is shown and copied: "17  5.3 ms  T1  R1 waits in queue waiting, …".
std::string log_line(const trace::Trace& trace, size_t event,
                     const trace::ShownNames* names = nullptr);

// The events that pass, found a few thousand at a time so that no frame takes long.
class LogRows {
 public:
  // Looks at up to `budget` more events (fewer with a text to search). True while there is more to
  // do.
  // Events from `known` on are left out.
  bool update(const trace::Trace& trace, const LogFilter& filter, size_t budget,
              size_t known = SIZE_MAX, const trace::ShownNames* names = nullptr);
  const std::vector<uint32_t>& rows() const { return rows_; }
  bool done() const { return done_; }
  // Index of the last row at or before `event`, -1 when there is none.
  int row_at(size_t event) const;

 private:
  const trace::Trace* trace_ = nullptr;
  LogFilter filter_;
  std::vector<uint32_t> rows_;
  size_t next_ = 0;
  bool done_ = false;
};

struct LogState {
  LogFilter filter;
  bool only_selected = false;  // follow the selection with filter.object
  bool show_future = true;     // false: what has not happened yet is not listed
  ObjectId about;              // chosen in the menu: filter.object while only_selected is off
  FieldState field;
  ScrollState scroll;
  LogRows rows;
  bool focus_search = false;  // put the keyboard into the search field with the next frame
  // For the log's own use.
  size_t seen_event = size_t(-1), seen_rows = 0;
  float thread_width = 0;  // design pixels, of the longest name of a thread that was listed
  int64_t menu_event = kNoEvent;
};

void draw_log(Ui& ui, const Rect& rect, const session::Moment& moment, LogState& state,
              UiState& shared, std::vector<session::Command>& out);

}  // namespace qs::ui
