// What the parts of the timeline hand to each other within one frame. Included by the files
// of this folder only.
#pragma once
#include "ui/panes/timeline/timeline.h"
#include "ui/symbols/token.h"

namespace qs::ui::timeline {

struct TimelineFrame {
  Ui& ui;
  const TimelineInput& in;
  TimelineState& st;
  UiState& shared;
  std::vector<session::Command>& out;
  TimelineLayout at;
  Axis axis;
  double playhead = 0;

  const trace::Trace& trace() const { return *in.moment->trace; }
  model::Timeline& timeline() const { return *in.moment->timeline; }
  // As far as the run may be seen: its length must not tell how it goes on.
  size_t events() const { return std::min(in.moment->trace->size(), in.run->limit); }
  // How many of them may be seen: while a question is open, only what has happened.
  size_t known() const { return st.show_future ? events() : in.moment->event; }
  EventRange view() const { return axis.view; }
  // Everything; when that is shown already, with the set-up too.
  EventRange whole() const;
  void set_view(EventRange view, bool remember);
  void seek(double position) const;
  // The mouse rests on this event: its line of code lights up, and with `thing` what it is about.
  void point_at(int64_t event, bool thing) const;
};

// Dark or light ink, whichever is read better on `ground`.
Color ink_on(const Theme& theme, Color ground);
// "12 events · 3.4 ms" between two positions.
std::string length_text(const model::Timeline& timeline, const EventRange& range);
const char* owner_words(const model::RequestSpan& span);

// A span inside the canvas, pixels.
struct Stretch {
  float x0 = 0, x1 = 0;
};
// False when nothing of the events [from, to) can be seen.
bool stretch(const TimelineFrame& f, uint32_t from, uint32_t to, Stretch& out);
// A text inside a bar, when there is room for it.
void bar_text(TimelineFrame& f, const Rect& bar, Color ground, std::string_view text);
void draw_thread(TimelineFrame& f, const LaneRow& row, const Rect& lane,
                 const std::vector<model::ThreadSpan>& spans);
void draw_queue(TimelineFrame& f, const LaneRow& row, const Rect& lane,
                const std::vector<model::QueueSample>& samples);

void draw_lanes(TimelineFrame& f, const Rect& content, float scroll_y);
const LaneRow* lane_at(const TimelineFrame& f, const Rect& content, float y);
std::string lane_words(const TimelineFrame& f, const LaneRow& row, int64_t event);
void act_on_keys(TimelineFrame& f);
void act_on_canvas(TimelineFrame& f, const Hit& canvas, const Rect& content);
void canvas_menu(TimelineFrame& f, Id owner);
// Ticks, signs and their words, rebuilt when the view or the run has changed; before draw_grid().
void look_around(TimelineFrame& f);
void draw_grid(TimelineFrame& f);
void draw_forks(TimelineFrame& f);
void draw_range(TimelineFrame& f);
void draw_hover_line(TimelineFrame& f);
void draw_line_runs(TimelineFrame& f);
void draw_ruler(TimelineFrame& f);
void draw_playhead(TimelineFrame& f);
void draw_future(TimelineFrame& f);
void draw_marks(TimelineFrame& f);
void draw_decision_menu(TimelineFrame& f);
void draw_overview(TimelineFrame& f);

}  // namespace qs::ui::timeline
