// Lanes of threads and of queues.
#include <algorithm>
#include <cmath>

#include "trace/events/words.h"
#include "ui/panes/code/function_names.h"
#include "ui/panes/timeline/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::timeline {

using model::ThreadSpan;

// From a span's events to pixels inside the canvas; false when nothing of it can be seen.
bool stretch(const TimelineFrame& f, uint32_t from, uint32_t to, Stretch& out) {
  const double end = to == model::kOpenEnd ? double(f.events()) : position_of_event(to);
  double last = end;
  const double first = position_of_event(from);
  if (!f.st.show_future) {
    if (first > f.playhead) return false;
    last = std::min(end, f.playhead);
  }
  const float left = f.axis.left - 4, right = f.axis.right() + 4;
  out.x0 = std::clamp(f.axis.x(first), left, right);
  out.x1 = std::clamp(f.axis.x(last), left, right);
  if (out.x1 < f.axis.left || out.x0 > f.axis.right()) return false;
  out.x1 = std::max(out.x1, out.x0 + 1);
  return true;
}

// A text inside a bar, when there is room for it.
void bar_text(TimelineFrame& f, const Rect& bar, Color ground, std::string_view text) {
  Ui& ui = f.ui;
  const Rect seen = intersect(bar, f.at.canvas);
  if (text.empty() || seen.h < ui.px(11) || seen.w < ui.px(26)) return;
  const Font& font = seen.h > ui.px(17) ? ui.fonts->small : ui.fonts->caption;
  if (text_width(font, text) > seen.w - ui.px(10)) return;
  // Capitals and small letters together look too low in the middle of so small a bar.
  draw_text(ui, moved(inset(seen, ui.px(5), 0), 0, -ui.px(1)), font, ink_on(*ui.theme, ground),
            text);
}

namespace {

void callback_bar(TimelineFrame& f, const ThreadSpan& s, const Rect& bar) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  fill(ui, bar, s.depth % 2 ? t.lane_driver_after : t.lane_driver,
       bar.w > ui.px(10) ? ui.px(3) : 0);
  if (s.merged > 1)
    fill(ui, {bar.x, bar.y + bar.h * 0.4f, bar.w, bar.h * 0.2f}, t.panel.faded(0.45f));
}

// The callback that a wait began in: the innermost one, -1 outside any.
int depth_of_wait(const std::vector<ThreadSpan>& spans, const ThreadSpan& wait) {
  int depth = -1;
  for (const ThreadSpan& s : spans)
    if (s.kind == ThreadSpan::Callback && s.from <= wait.from && s.to > wait.from)
      depth = std::max(depth, std::min<int>(s.depth, 5));
  return depth;
}

// Waiting inside a callback hatches the bar of that callback; a thread that only waits has a bar of
// its own.
void wait_bar(TimelineFrame& f, bool inside, const Rect& bar) {
  Ui& ui = f.ui;
  // All lanes together get so many stripes that drawing them stays cheap.
  constexpr size_t kStripes = 800;
  const size_t most = std::max<size_t>(6, kStripes / std::max<size_t>(1, f.st.spans.rows));
  const int stripes = bar.w > ui.px(10) ? int(most) : 0;
  if (!inside) return lane_segment(ui, bar, ui.theme->lane_held, stripes);
  fill(ui, bar, ui.theme->panel.faded(0.35f));
  lane_segment(ui, bar, {0, 0, 0, 0}, stripes);
}

// Names of callbacks, then what is waited for where there is still room.
void thread_texts(TimelineFrame& f, const std::vector<ThreadSpan>& spans, float top, float h) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const Font& font = ui.fonts->caption;
  float end = -1e9f;  // of the last name in the first row
  for (const ThreadSpan& s : spans) {
    Stretch at;
    const bool has_name =
        s.merged == 1 && (s.kind == ThreadSpan::Callback || s.kind == ThreadSpan::Wait);
    if (!has_name || !stretch(f, s.from, s.to, at)) continue;
    const bool wait = s.kind == ThreadSpan::Wait;
    const int depth = wait ? 0 : std::min<int>(s.depth, 5);
    Rect bar = intersect({at.x0, top + h * float(depth), at.x1 - at.x0, h - ui.px(1)}, f.at.canvas);
    const std::string text = wait ? trf("timeline.waits", trace::words(trace::WaitReason(s.value)))
                                  : callback_text(f.shared.functions, trace::CallbackKind(s.value));
    const float left = wait ? std::max(bar.x, end + ui.px(6)) : bar.x;
    const float need = text_width(font, text) + ui.px(10);
    if (bar.h < ui.px(11) || left + need > bar.right()) continue;
    const Rect plate{left + ui.px(2), bar.y + 1, need - ui.px(4), bar.h - 2};
    const Color ground = s.depth % 2 ? t.lane_driver_after : t.lane_driver;
    if (wait)
      fill(ui, plate, t.panel, ui.px(3));
    else
      fill(ui, plate, ground);  // over the hatching
    draw_text(ui, moved(inset(plate, ui.px(3), 0), 0, -ui.px(1)), font,
              wait ? t.text : ink_on(t, ground), text);
    if (depth == 0) end = plate.right();
  }
}

// The level in words under the callbacks, where a raised one begins.
void irql_texts(TimelineFrame& f, const LaneRow& row, const std::vector<ThreadSpan>& spans,
                float base) {
  Ui& ui = f.ui;
  const Font& font = ui.fonts->caption;
  float end = -1e9f;
  for (const ThreadSpan& s : spans) {
    Stretch at;
    if (s.kind != ThreadSpan::Irql || s.merged > 1 || !stretch(f, s.from, s.to, at)) continue;
    std::string_view text = trace::irql_words(s.value);
    const float x = std::max(at.x0, f.at.canvas.x) + ui.px(3);
    const float room = std::min(at.x1, f.at.canvas.right()) - x;
    if (text_width(font, text) > room) text = text.substr(0, text.find("_LEVEL"));
    const float w = text_width(font, text);
    if (x < end || w > room) continue;
    const Rect r{x, base - font.size - ui.px(4), w, font.size};
    draw_text(ui, r, font, ui.theme->prompt, text);
    ui.note(intersect(r, f.at.canvas), f.trace().name(row.id) + ": " + std::string(text), false,
            true);
    end = x + w + ui.px(6);
  }
}

}  // namespace

void draw_thread(TimelineFrame& f, const LaneRow& row, const Rect& lane,
                 const std::vector<ThreadSpan>& spans) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const float top = lane.y + ui.px(7), h = std::round(ui.px(14)), base = lane.bottom() - ui.px(3);
  Stretch at;
  for (const ThreadSpan& s : spans) {
    if (!stretch(f, s.from, s.to, at)) continue;
    const float w = at.x1 - at.x0;
    if (s.kind == ThreadSpan::Life) {
      hline(ui, at.x0, at.x1, base, t.control, ui.line());
      vline(ui, at.x0, base - ui.px(4), base, t.control, ui.line());
    } else if (s.kind == ThreadSpan::Callback) {
      callback_bar(f, s, {at.x0, top + h * float(std::min<int>(s.depth, 5)), w, h - ui.px(1)});
    } else if (s.kind == ThreadSpan::Irql) {
      hline(ui, at.x0, at.x1, lane.y + ui.px(3), t.prompt, ui.line(s.value >= 2 ? 3.f : 1.5f));
    }
  }
  for (const ThreadSpan& s : spans)
    if (s.kind == ThreadSpan::Wait && stretch(f, s.from, s.to, at)) {
      const int depth = depth_of_wait(spans, s);
      wait_bar(f, depth >= 0,
               {at.x0, top + h * float(std::max(0, depth)), at.x1 - at.x0, h - ui.px(1)});
    }
  thread_texts(f, spans, top, h);
  irql_texts(f, row, spans, base);
  for (const auto& r : f.st.spans.ran) {
    if (r.thread != row.id.serial()) continue;
    if (stretch(f, r.from, r.to, at))
      fill(ui, {at.x0, base - ui.px(1.5f), at.x1 - at.x0, ui.px(3)}, t.accent);
  }
}

// ---- queues

void draw_queue(TimelineFrame& f, const LaneRow& row, const Rect& lane,
                const std::vector<model::QueueSample>& samples) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const Rect plot = inset(lane, 0, ui.px(5));
  const float most = float(std::max(1u, f.st.facts.most_of(row.id)));
  hline(ui, plot.x, plot.right(), plot.bottom(), t.grid);
  Stretch at;
  for (size_t i = 0; i < samples.size(); ++i) {
    const model::QueueSample& s = samples[i];
    const uint32_t to = i + 1 < samples.size() ? samples[i + 1].at : model::kOpenEnd;
    if (!stretch(f, s.at, to, at)) continue;
    const float w = at.x1 - at.x0, unit = (plot.h - ui.px(4)) / most;
    const float waiting = unit * float(s.waiting), owned = unit * float(s.owned);
    // The driver's stand on the ground, the waiting ones on top of them.
    if (owned > 0) fill(ui, {at.x0, plot.bottom() - owned, w, owned}, t.lane_driver);
    if (waiting > 0) {
      const Rect r{at.x0, plot.bottom() - owned - waiting, w, waiting};
      fill(ui, r, t.lane_waiting);
      hline(ui, r.x, r.right(), r.y, t.text, ui.line());  // the edge, for eyes without color
    }
    const bool held = !(s.bits & model::QueueSample::kPowerOn);
    const bool shut =
        !(s.bits & model::QueueSample::kAccepting) || !(s.bits & model::QueueSample::kDispatching);
    if (i > 0 && (held || shut)) {  // the first sample is only its being made
      const Color c = held ? t.warning : t.danger;
      fill(ui, {at.x0, plot.y - ui.px(3), w, ui.px(3)}, c);
      const char* text = held ? tr("timeline.power_hold")
                         : !(s.bits & model::QueueSample::kAccepting)
                             ? tr("timeline.not_accepting")
                             : tr("timeline.not_dispatching");
      if (text_width(ui.fonts->caption, text) + ui.px(8) < w)
        draw_text(ui, Point{at.x0 + ui.px(4), plot.y}, ui.fonts->caption, c, text);
    }
  }
}

}  // namespace qs::ui::timeline
