#include <algorithm>
#include <cmath>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "ui/panes/code/function_names.h"
#include "ui/panes/request_look.h"
#include "ui/panes/timeline/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::timeline {

using model::Place;
using model::RequestSpan;
using model::ThreadSpan;

namespace {

constexpr size_t kShapes = 1200;     // for all lanes together
constexpr size_t kRunScan = 20'000;  // events looked at for "who runs"

// ---- what is in view, kept while neither the view nor the trace changes

struct Visible {
  size_t first = 0, count = 0;
};

Visible visible_rows(const TimelineFrame& f, float scroll_y) {
  const auto& rows = f.st.lanes.rows;
  const float top = scroll_y, bottom = scroll_y + f.at.canvas.h;
  const auto first = std::partition_point(rows.begin(), rows.end(),
                                          [&](const LaneRow& r) { return r.y + r.h <= top; });
  const auto last =
      std::partition_point(first, rows.end(), [&](const LaneRow& r) { return r.y < bottom; });
  return {size_t(first - rows.begin()), size_t(last - first)};
}

void collect_runs(TimelineFrame& f) {
  auto& spans = f.st.spans;
  spans.ran.clear();
  if (spans.e1 - spans.e0 > kRunScan) return;
  for (uint32_t e = spans.e0; e < spans.e1; ++e) {
    const uint32_t t = f.trace()[e].thread;
    if (t == 0) continue;
    if (!spans.ran.empty() && spans.ran.back().thread == t && spans.ran.back().to == e)
      spans.ran.back().to = e + 1;
    else
      spans.ran.push_back({e, e + 1, t});
  }
}

void collect(TimelineFrame& f, Visible v) {
  auto& s = f.st.spans;
  const uint32_t e0 = f.axis.first_event(), e1 = f.axis.end_event(f.events());
  const size_t most = spans_a_row(f.axis.width, v.count, kShapes);
  if (s.trace == &f.trace() && s.size == f.events() && s.tab == f.st.tab && s.e0 == e0 &&
      s.e1 == e1 && s.first_row == v.first && s.rows == v.count && s.most == most)
    return;
  s = {};
  s.trace = &f.trace();
  s.size = f.events();
  s.tab = f.st.tab;
  s.e0 = e0;
  s.e1 = e1;
  s.first_row = v.first;
  s.rows = v.count;
  s.most = most;
  for (size_t i = 0; i < v.count; ++i) {
    const ObjectId id = f.st.lanes.rows[v.first + i].id;
    if (s.tab == TimelineState::requests)
      s.requests.push_back(id ? f.timeline().request_spans(id, e0, e1, most)
                              : std::vector<RequestSpan>());
    if (s.tab == TimelineState::queues)
      s.queues.push_back(f.timeline().queue_samples(id, e0, e1, most / 3 + 4));
    if (s.tab != TimelineState::threads) continue;
    std::vector<ThreadSpan> all;
    for (const auto kind :
         {ThreadSpan::Life, ThreadSpan::Callback, ThreadSpan::Wait, ThreadSpan::Irql})
      for (const ThreadSpan& t : f.timeline().thread_spans(id, kind, e0, e1, most / 3 + 4))
        all.push_back(t);
    s.threads.push_back(std::move(all));
  }
  if (s.tab == TimelineState::threads) collect_runs(f);
}

// ---- requests

struct Look {
  Color color{0, 0, 0, 0};
  bool thin = false, cancelable = false, sign = false;
  bool operator==(const Look&) const = default;
};

Look look_of(const Theme& t, const RequestSpan& s) {
  Look l;
  switch (s.place) {
    case Place::Sender: return {t.lane_held, true};
    case Place::Done: return {t.lane_done, false, false, true};
    case Place::Released: return {t.lane_target, true};
    case Place::Target: l.color = t.lane_target; break;
    case Place::Driver:
    case Place::CallerContext:
      l.color = s.owner == model::Owner::Driver ? t.lane_driver : t.lane_waiting;
      break;
    default: l.color = t.lane_waiting; break;
  }
  l.cancelable = (s.marks & RequestSpan::kMarkCancelable) != 0;
  if (l.cancelable && s.owner == model::Owner::Driver) l.color = t.lane_driver_after;
  return l;
}

std::string span_text(const TimelineFrame& f, const RequestSpan& s) {
  switch (s.place) {
    case Place::Waiting:
    case Place::PendedIrp: return s.queue ? f.trace().name(s.queue) : std::string();
    case Place::Driver:
      return s.owner == model::Owner::Driver && s.room < trace::CallbackKind::Count
                 ? callback_text(f.shared.functions, s.room, s.queue)
                 : std::string();
    case Place::Target: return tr("timeline.at_target");
    default: return {};
  }
}

void done_sign(TimelineFrame& f, Point c, float radius, const RequestSpan& s) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const float r = radius, k = r * 0.45f;
  const bool ok = !(s.marks & (RequestSpan::kMarkCanceled | RequestSpan::kMarkFailed));
  const float w = std::max(1.5f, ui.px(1.6f));
  disc(ui, c, r + ui.px(1), t.panel);
  disc(ui, c, r, ok ? t.lane_done : t.lane_cancelled);
  if (ok) {
    const Point tick[] = {
        {c.x - k, c.y}, {c.x - k * 0.2f, c.y + k * 0.8f}, {c.x + k, c.y - k * 0.7f}};
    polyline(ui, tick, t.text_on_token, w);
  } else if (s.marks & RequestSpan::kMarkCanceled) {
    line(ui, {c.x - k, c.y - k}, {c.x + k, c.y + k}, t.text_on_token, w);
    line(ui, {c.x - k, c.y + k}, {c.x + k, c.y - k}, t.text_on_token, w);
  } else {
    fill(ui, {c.x - w / 2, c.y - k * 1.1f, w, k * 1.4f}, t.text_on_token);
    disc(ui, {c.x, c.y + k}, w * 0.6f, t.text_on_token);
  }
}

void draw_bar(TimelineFrame& f, const Rect& bar, const Look& look, const std::string& text,
              bool many) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  if (look.thin) {
    const float h = ui.px(3);
    fill(ui, {bar.x, bar.center().y - h / 2, bar.w, h}, look.color, h / 2);
    return;
  }
  fill(ui, bar, look.color, bar.w > ui.px(10) ? ui.px(3) : 0);
  if (many) {  // stands for several: a band in the middle says so
    fill(ui, {bar.x, bar.y + bar.h * 0.4f, bar.w, bar.h * 0.2f}, t.panel.faded(0.45f));
  }
  if (look.cancelable && bar.w > ui.px(6)) {
    const Point ends[] = {{bar.x + 1, bar.y + ui.px(1)}, {bar.right() - 1, bar.y + ui.px(1)}};
    // All lanes together get so many dashes that drawing them stays cheap.
    constexpr size_t kDashes = 500;
    const size_t most = std::max<size_t>(4, kDashes / std::max<size_t>(1, f.st.spans.rows));
    const float dash = std::max(ui.px(5), bar.w / (1.8f * float(most)));
    dashed(ui, ends, t.text, ui.line(1.5f), dash, std::max(ui.px(4), dash * 0.8f));
  }
  if (!many) bar_text(f, bar, look.color, text);
}

void draw_request(TimelineFrame& f, const Rect& lane, const std::vector<RequestSpan>& spans) {
  Ui& ui = f.ui;
  const float h = std::round(lane.h * 0.65f);
  const Rect band{lane.x, std::round(lane.center().y - h / 2), lane.w, h};
  for (size_t i = 0; i < spans.size(); ++i) {
    const RequestSpan& s = spans[i];
    const Look look = look_of(*ui.theme, s);
    if (look.sign) {
      Stretch at;
      if (stretch(f, s.from, s.from + 1, at)) done_sign(f, {at.x0, band.center().y}, h * 0.46f, s);
      continue;
    }
    // Neighbors that look alike are one bar, unless they say different things.
    std::string text = span_text(f, s);
    uint32_t to = s.to;
    bool many = s.merged > 1;
    while (i + 1 < spans.size() && look_of(*ui.theme, spans[i + 1]) == look) {
      const std::string next = span_text(f, spans[i + 1]);
      if (!text.empty() && !next.empty() && next != text && f.axis.per_event() >= 4) break;
      if (text.empty()) text = next;
      to = spans[++i].to;
      many |= spans[i].merged > 1;
    }
    Stretch at;
    if (stretch(f, s.from, to, at))
      draw_bar(f, {at.x0, band.y, at.x1 - at.x0, band.h}, look, text, many);
    if ((s.marks & RequestSpan::kMarkCancelFlag) && at.x1 - at.x0 > ui.px(8)) {
      draw_text(ui, Point{at.x0 - ui.px(1), band.y - ui.px(5)}, ui.fonts->caption, ui.theme->danger,
                "×");
    }
  }
}

// ---- labels

void request_label(TimelineFrame& f, Rect r, const LaneRow& row) {
  Ui& ui = f.ui;
  const model::RequestView* view = f.in.moment->after->request(row.id);
  TokenStyle style;
  style.shape = shape_of(trace::RequestType(row.type));
  style.owner = view ? owner_of(*view) : TokenOwner::app;
  style.size = std::clamp(12 * r.h / ui.px(20), 4.0f, 18.0f);
  if (!view) style.alpha = 0.35f;
  draw_token(ui, {r.x + ui.px(5 + style.size / 2), r.center().y}, style);
  cut_left(r, ui.px(10 + style.size));
  if (r.h < ui.px(12)) return;  // too low for words
  // Of a long one ("request 2") the number, which is what tells it from others.
  const std::string name = f.trace().name(row.id);
  const bool all = text_width(ui.fonts->small_bold, name) <= r.w;
  bool fits = false;
  draw_text(
      ui, r, ui.fonts->small_bold, view ? ui.theme->text : ui.theme->text_faint,
      shortened(ui.fonts->small_bold, all ? name : name.substr(name.rfind(' ') + 1), r.w, fits));
}

// What a lane is called: a thread by the function that it was made for.
std::string lane_name(const TimelineFrame& f, ObjectId id) {
  return trace::shown_name(f.trace(), id, f.shared.names);
}

void thread_label(TimelineFrame& f, Rect r, const LaneRow& row) {
  Ui& ui = f.ui;
  const model::ThreadView* t = f.in.moment->after->thread(row.id);
  cut_left(r, ui.px(6));
  Rect top = cut_top(r, ui.px(18));
  bool fits = false;
  draw_text(ui, top, ui.fonts->small_bold, t ? ui.theme->text : ui.theme->text_faint,
            shortened(ui.fonts->small_bold, lane_name(f, row.id), top.w, fits));
  if (r.h < ui.px(13)) return;
  const std::string state = !t ? std::string()
                            : t->waiting != trace::WaitReason::None
                                ? std::string(tr("timeline.waiting"))
                                : trace::irql_words(t->irql);
  draw_text(ui, cut_top(r, ui.px(14)), ui.fonts->caption, ui.theme->text_dim,
            shortened(ui.fonts->caption, state, r.w, fits));
}

void queue_label(TimelineFrame& f, Rect r, const LaneRow& row) {
  Ui& ui = f.ui;
  const model::QueueView* q = f.in.moment->after->queue(row.id);
  r = inset(r, ui.px(6), ui.px(5));
  bool fits = false;
  draw_text(ui, cut_top(r, ui.px(17)), ui.fonts->small_bold, ui.theme->text,
            shortened(ui.fonts->small_bold, f.trace().name(row.id), r.w, fits));
  if (!q) return;
  const std::string waiting = trf("timeline.n_waiting", q->waiting.size());
  const std::string owned = trf("timeline.n_owned", q->owned_count);
  const Theme& t = *ui.theme;
  for (const auto& [text, color] : {std::pair{&waiting, t.lane_waiting}, {&owned, t.lane_driver}}) {
    Rect one = cut_top(r, ui.px(14));
    const float side = ui.px(8);
    fill(ui, {one.x, one.center().y - side / 2, side, side}, color, ui.px(2));
    cut_left(one, side + ui.px(5));
    draw_text(ui, one, ui.fonts->caption, t.text_dim,
              shortened(ui.fonts->caption, *text, one.w, fits));
  }
}

// "▲ +2 ▸": the creates that are folded away, or "▾" where they are shown.
void folded_label(TimelineFrame& f, const Rect& rect, const LaneRow& row_, Id group) {
  Ui& ui = f.ui;
  const std::string text =
      trf(f.st.creates ? "timeline.fold_creates" : "timeline.show_creates", row_.folded);
  if (rect.h < ui.px(11)) return;  // a low timeline
  const Hit hit = row(ui, inset(rect, 0, ui.px(1)), "creates", text, false, group);
  if (hit.hovered || hit.ring) tooltip(ui, hit, text);
  Rect r = rect;
  TokenStyle style;
  style.shape = TokenShape::create;
  style.owner = TokenOwner::done;
  style.size = 12;
  style.alpha = 0.6f;
  draw_token(ui, {r.x + ui.px(11), r.center().y}, style);
  cut_left(r, ui.px(22));
  const std::string count = f.st.creates ? "▾" : "+" + std::to_string(row_.folded) + " ▸";
  draw_text(ui, r, ui.fonts->small_bold, ui.theme->text_dim, count);
  if (hit.clicked) f.st.creates = !f.st.creates;
}

void draw_label(TimelineFrame& f, const Rect& rect, const LaneRow& row_, Id group) {
  Ui& ui = f.ui;
  if (row_.folded) return folded_label(f, rect, row_, group);
  const std::string name = f.trace().name(row_.id);
  const bool chosen = f.shared.selected == row_.id;
  // Threads may share a name: each call of an application is one.
  const bool thread = row_.id.kind() == ObjectKind::Thread;
  const std::string path = thread ? name + "#" + std::to_string(row_.id.serial()) : name;
  const Hit hit = row(ui, inset(rect, 0, ui.px(1)), path, name, chosen, group);
  if (!chosen && !hit.hovered && f.shared.hovered == row_.id)
    fill(ui, inset(rect, 0, ui.px(1)), ui.theme->hover, ui.px(4));
  if (f.st.tab == TimelineState::requests) request_label(f, rect, row_);
  if (f.st.tab == TimelineState::threads) thread_label(f, rect, row_);
  if (f.st.tab == TimelineState::queues) queue_label(f, rect, row_);
  if (hit.hovered || hit.ring) f.shared.hover(row_.id);
  if (hit.clicked) f.shared.selected = row_.id;
  if (hit.double_clicked || hit.middle_clicked) {
    const auto events = f.timeline().events_of(row_.id);
    if (events.empty()) return;
    const double from = double(events.front()), to = double(events.back()) + 2;
    const double margin = std::max(1.0, (to - from) * 0.05);
    f.set_view(kept_inside({from - margin, to + margin}, f.events()), true);
  }
}

// What a thread was in at an event, one line each, the outermost first.
std::string thread_words(const TimelineFrame& f, ObjectId thread, uint32_t e) {
  std::string out;
  for (const auto kind : {ThreadSpan::Irql, ThreadSpan::Callback, ThreadSpan::Wait})
    for (const ThreadSpan& s : f.timeline().thread_spans(thread, kind, e, e + 1)) {
      if (kind == ThreadSpan::Irql) out += std::string(" · ") + trace::irql_words(s.value);
      if (kind == ThreadSpan::Callback)
        out += "\n" + callback_text(f.shared.functions, trace::CallbackKind(s.value));
      if (kind == ThreadSpan::Wait)
        out += "\n" + trf("timeline.waits", trace::words(trace::WaitReason(s.value)));
    }
  return out;
}

}  // namespace

const LaneRow* lane_at(const TimelineFrame& f, const Rect& content, float y) {
  const auto& rows = f.st.lanes.rows;
  const float inside = y - content.y;
  const auto it = std::partition_point(rows.begin(), rows.end(),
                                       [&](const LaneRow& r) { return r.y + r.h <= inside; });
  return it != rows.end() && it->y <= inside ? &*it : nullptr;
}

std::string lane_words(const TimelineFrame& f, const LaneRow& row, int64_t event) {
  std::string text = lane_name(f, row.id);
  if (event < 0) return text;
  const uint32_t e = uint32_t(event);
  if (f.st.tab == TimelineState::requests) {
    const auto spans = f.timeline().request_spans(row.id, e, e + 1);
    if (!spans.empty()) {
      const RequestSpan& s = spans.back();
      const EventRange range{position_of_event(s.from), s.to == model::kOpenEnd
                                                            ? double(f.events())
                                                            : position_of_event(s.to)};
      text += std::string(" · ") + owner_words(s);
      const std::string where = span_text(f, s);
      if (!where.empty()) text += " · " + where;
      if (s.place != Place::Done) text += "\n" + length_text(f.timeline(), range);
    }
  } else if (f.st.tab == TimelineState::threads) {
    text += thread_words(f, row.id, e);
  } else if (f.st.tab == TimelineState::queues) {
    const auto samples = f.timeline().queue_samples(row.id, e, e + 1);
    if (!samples.empty()) {
      text += "\n" + trf("timeline.n_waiting", samples.back().waiting);
      text += " · " + trf("timeline.n_owned", samples.back().owned);
    }
  }
  return text + "\n" +
         trf("timeline.event_line", event + 1,
             trace::narrate(f.trace(), size_t(event), f.shared.names));
}

void draw_lanes(TimelineFrame& f, const Rect& content, float scroll_y) {
  Ui& ui = f.ui;
  const Visible v = visible_rows(f, scroll_y);
  collect(f, v);
  const Id group = ui.id("labels");
  for (size_t i = 0; i < v.count; ++i) {
    const LaneRow& row = f.st.lanes.rows[v.first + i];
    const float y = content.y + row.y;
    draw_label(f, {f.at.labels.x, y, f.at.labels.w, row.h}, row, group);
    const Rect lane{f.at.canvas.x, y, f.at.canvas.w, row.h};
    if (!row.id) continue;
    if (f.shared.selected == row.id)
      fill(ui, lane, ui.theme->accent_soft.faded(0.55f));
    else if (f.shared.hovered == row.id)
      fill(ui, lane, ui.theme->hover.faded(0.7f));
  }
  const Clip clip(ui, f.at.canvas);
  for (size_t i = 0; i < v.count; ++i) {
    const LaneRow& row = f.st.lanes.rows[v.first + i];
    if (!row.id) continue;
    const Rect lane{f.at.canvas.x, content.y + row.y, f.at.canvas.w, row.h};
    if (f.st.tab != TimelineState::requests && v.first + i > 0)
      hline(ui, lane.x, lane.right(), lane.y, ui.theme->grid);
    if (f.st.tab == TimelineState::requests) draw_request(f, lane, f.st.spans.requests[i]);
    if (f.st.tab == TimelineState::threads) draw_thread(f, row, lane, f.st.spans.threads[i]);
    if (f.st.tab == TimelineState::queues) draw_queue(f, row, lane, f.st.spans.queues[i]);
  }
}

}  // namespace qs::ui::timeline
