// One run as a small stage: its queues, the driver's rooms, done; tokens in between while they
// move.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "trace/words.h"
#include "ui/views/compare_parts.h"
#include "ui/views/stage_parts.h"
#include "ui/views/stage_place.h"
#include "ui/widgets/button.h"
#include "ui/widgets/motion.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strings.h"
#include "ui/widgets/tooltip.h"

namespace qs::ui::compare {
namespace {

// A place for requests in a column.
struct Station {
  Rect rect, caption, area;
  std::string text;
  bool tube = false;
};

struct Column {
  std::vector<Station> queues, rooms;  // a last room without a name: the driver's other code
  Station target, done;
};

struct Spot {
  Point center;
  float size = 34;
  bool shown = true;
  bool coming = false;  // on its way to the device: over what waits in the tube
};
struct Places {
  std::map<ObjectId, Spot> spots;
  struct Pile {
    Point center;
    float size;
    int count;
  };
  std::vector<Pile> piles;
};

constexpr float kHead = 24, kCounters = 34, kRow = 34, kLeastRow = 26;

int rows_of(const Frame& f) {
  return int(f.st.cast.queues.size()) + 2 + (f.st.cast.target ? 1 : 0);
}

// Rows from top to bottom; the caption stands above its area where there is height for it, else
// left of it.
Column layout(const Frame& f, Rect r, const Trace& trace) {
  Ui& ui = f.ui;
  const CompareCast& cast = f.st.cast;
  const float gap = ui.px(6);
  // In a very small window the queues beside the compared one are left out.
  size_t queues = cast.queues.size();
  int rows = rows_of(f);
  const auto height = [&] { return (r.h - gap * float(rows - 1)) / float(rows); };
  while (queues > 1 && height() < ui.px(kLeastRow)) --queues, --rows;
  const float each = height();
  const bool above = each >= ui.px(54);
  const float most = above ? ui.px(132) : ui.px(53);
  Column c;
  const auto station = [&](Rect rect, std::string text, bool tube) {
    Station s;
    s.rect = rect;
    s.text = std::move(text);
    s.tube = tube;
    Rect inner = inset(rect, ui.px(8), ui.px(above ? 3 : 2));
    if (above)
      s.caption = cut_top(inner, ui.px(18));
    else
      s.caption = cut_left(inner, std::min(ui.px(92), inner.w * 0.4f), ui.px(6));
    s.area = inner;
    if (tube && inner.h > ui.px(62)) s.area = aligned(inner, inner.w, ui.px(62), 0, 0.5f);
    return s;
  };
  const auto next = [&] { return snapped(cut_top(r, std::min(each, most), gap)); };
  for (size_t i = 0; i < queues; ++i)
    c.queues.push_back(station(next(), trace.name(cast.queues[i]), true));
  const Rect rooms = next();
  std::vector<std::string> names;
  for (const CallbackKind k : cast.rooms) names.push_back(callback_name(k));
  const float shortest = rooms.w / float(std::max<size_t>(1, names.size() + cast.own_code));
  for (std::string& name : names) {  // "Read" where "EvtIoRead" does not fit
    const float room = above ? shortest - ui.px(20) : std::min(ui.px(92), shortest * 0.4f);
    if (text_width(ui.fonts->small_bold, name) > room && name.rfind("EvtIo", 0) == 0)
      name.erase(0, 5);
    if (text_width(ui.fonts->small_bold, name) > room && name.rfind("EvtRequest", 0) == 0)
      name.erase(0, 10);
  }
  if (cast.own_code || names.empty()) names.push_back(tr("compare.driver"));
  const int fit = std::max(1, std::min(int(names.size()), int(rooms.w / ui.px(110))));
  for (int i = 0; i < fit; ++i) {
    // What does not fit side by side shares the last room.
    const bool last = i + 1 == fit && fit < int(names.size());
    c.rooms.push_back(station(grid_cell(rooms, fit, 1, i, gap),
                              last ? std::string(tr("compare.driver")) : names[size_t(i)], false));
  }
  if (cast.target) c.target = station(next(), tr("compare.target"), false);
  c.done = station(next(), tr("compare.done"), false);
  return c;
}

int room_of(const Frame& f, const Column& c, const RequestView& r) {
  const auto& rooms = f.st.cast.rooms;
  const auto it = std::find(rooms.begin(), rooms.end(), r.room);
  const int last = int(c.rooms.size()) - 1;
  if (it != rooms.end()) return std::min(int(it - rooms.begin()), last);
  return r.room == CallbackKind::Count && !f.st.cast.own_code ? 0 : last;
}

void put(const Frame& f, Places& out, const Station& s, const std::vector<ObjectId>& ids) {
  if (ids.empty() || s.rect.empty()) return;
  Rect area = s.area;
  if (s.tube) area = inset(area, f.ui.px(6), 0);
  const Grid g =
      fit_grid(area, int(ids.size()), f.ui.scale, s.tube ? GridFrom::right : GridFrom::left);
  const Point pile = g.places.empty() ? area.center() : g.places.back();
  for (size_t i = 0; i < ids.size(); ++i) {
    const bool shown = int(i) < g.shown;
    out.spots[ids[i]] = {shown ? g.places[i] : pile, g.size, shown};
  }
  if (g.hidden > 0) out.piles.push_back({pile, g.size, g.hidden});
}

Places place(const Frame& f, const Column& c, const Model& m) {
  Places out;
  std::vector<std::vector<ObjectId>> queues(c.queues.size()), rooms(c.rooms.size());
  std::vector<ObjectId> target, done, coming;
  for (size_t i = 0; i < c.queues.size(); ++i)
    if (const QueueView* q = m.queue(f.st.cast.queues[i])) queues[i] = q->waiting;
  for (const RequestView& r : m.requests) {
    if (r.type == RequestType::Create || r.has(kPool)) continue;
    switch (r.place) {
      case Place::Driver:
      case Place::CallerContext: rooms[size_t(room_of(f, c, r))].push_back(r.id); break;
      case Place::Target: target.push_back(r.id); break;
      case Place::Completing:
      case Place::Done:
      case Place::Released: done.push_back(r.id); break;
      case Place::Sender:
      case Place::Device:
      case Place::PendedIrp: coming.push_back(r.id); break;
      case Place::Waiting: {
        // On its way into or out of the list: at the tail of its queue.
        const auto& ids = f.st.cast.queues;
        const auto at = std::find(ids.begin(), ids.end(), r.queue);
        if (at == ids.end()) break;
        if (size_t(at - ids.begin()) >= queues.size()) break;
        auto& list = queues[size_t(at - ids.begin())];
        if (std::find(list.begin(), list.end(), r.id) == list.end()) list.push_back(r.id);
        break;
      }
    }
  }
  // Newest first where only some fit.
  std::reverse(done.begin(), done.end());
  for (size_t i = 0; i < queues.size(); ++i) put(f, out, c.queues[i], queues[i]);
  for (size_t i = 0; i < rooms.size(); ++i) put(f, out, c.rooms[i], rooms[i]);
  put(f, out, c.target, target);
  put(f, out, c.done, done);
  // What has not been placed by the framework yet comes in at the left of the first tube.
  const Rect& tube = c.queues.front().area;
  for (const ObjectId id : coming)
    out.spots[id] = {{tube.x + f.ui.px(16), tube.center().y}, 24, true, true};
  return out;
}

void draw_station(const Frame& f, const Station& s, bool lit) {
  Ui& ui = f.ui;
  ground(ui, s.rect, lit ? PanelLook::lit : PanelLook::card, 5);
  if (s.tube) tube(ui, s.area, false, lit);
  label(ui, s.caption, s.text, {&ui.fonts->small_bold, ui.theme->text_dim, Align::left, true});
}

// The tokens of a run, moving from where they were to where they are.
void draw_tokens(const Frame& f, const Column& c, const Model& before, const Model& now,
                 const Trace& trace) {
  Ui& ui = f.ui;
  const float t = f.reduced ? 1 : ease_in_out(float(f.at.t > 0 ? f.at.t : 1));
  const Places from = place(f, c, before), to = place(f, c, now);
  for (const auto& pile : to.piles)
    token_more(ui, pile.center, fmt::format("more{}", int(pile.center.y)), pile.count, pile.size);
  const auto& difference = f.comparison().difference;
  for (const auto& [id, spot] : to.spots) {
    const RequestView* r = now.request(id);
    if (!r || !spot.shown) continue;
    const auto old = from.spots.find(id);
    const Point start = old == from.spots.end() ? spot.center : old->second.center;
    const bool moves = length(start - spot.center) > 1 && t < 1;
    const RequestView* was = before.request(id);
    TokenStyle style = request_style(now, moves && t < 0.5f && was ? *was : *r);
    const std::string name = trace.name(id);
    style.size = spot.size;
    if (old == from.spots.end()) style.alpha = t;
    const std::string text = token_label(name, spot.size);
    style.label = text;
    style.selected = difference && f.at_difference() && difference->request == name;
    style.hovered = f.shared.hovered == id;
    const Point at = moves ? hop(start, spot.center, t) : spot.center;
    const Hit hit = token(ui, at, name, style, ui.id("all"), moves || spot.coming);
    if (hit.hovered || hit.focused) f.shared.hover(id);
    if (hit.hovered || hit.ring) tooltip(ui, hit, request_tooltip(now, trace, id));
  }
}

void draw_counters(const Frame& f, Rect r, size_t run, const Model& now, const Trace& trace) {
  Ui& ui = f.ui;
  const Tally t = tally(now, trace, f.after(run));
  LabelStyle style{&ui.fonts->small, ui.theme->text_dim, Align::left, true};
  label(ui, cut_top(r, ui.px(17)), trf("compare.counters", t.done, t.waiting, t.kept), style);
  if (r.h < ui.px(10)) return;
  const uint32_t end = last_done_time(trace);
  const bool all = f.clock().stops() > 0 && t.sent > 0 && t.done == t.sent;
  std::string text = all ? trf("compare.all_done", time_text(end))
                         : trf("compare.longest", time_text(t.longest_wait));
  if (t.broken) text += " · " + trf("compare.broken", t.broken);
  style.color = t.broken ? ui.theme->danger : all ? ui.theme->ok : ui.theme->text_dim;
  label(ui, r, text, style);
}

}  // namespace

float column_height(const Frame& f) {
  return f.ui.px(kHead + kCounters + 20 + (kRow + 6) * float(rows_of(f)));
}

bool draw_column(const Frame& f, const Rect& rect, size_t run) {
  Ui& ui = f.ui;
  ComparedRun& shown = f.comparison().runs[run];
  const Trace& trace = *shown.execution.trace;
  const Model& before = shown.timeline->at(f.before(run));
  const Model& now = shown.timeline->at(f.after(run));
  const std::string name = fmt::format("run{}", run);
  Panel panel(ui, rect, name, PanelLook::panel);
  Rect r = inset(rect, ui.px(10), ui.px(8));
  Rect head = cut_top(r, ui.px(kHead));
  const bool open = button_width(ui, tr("compare.open")) + ui.px(130) <= head.w;
  bool pressed = false;
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  quiet.reason = tr("compare.open_tip");
  if (open) {
    const float w = button_width(ui, tr("compare.open"));
    pressed = button(ui, cut_right(head, w, ui.px(4)), "open", tr("compare.open"), quiet).clicked;
  } else {
    pressed = icon_button(ui, cut_right(head, ui.px(26), ui.px(4)), "open", icon::chevron_right,
                          tr("compare.open"), quiet)
                  .clicked;
  }
  const std::string title = mode_title(shown.mode);
  const Font& font = ui.fonts->title;
  const float used = label(ui, head, title, {&font, ui.theme->text, Align::left, true});
  cut_left(head, used, ui.px(10));
  const char* mine = tr("compare.present");
  if (shown.present && chip_width(ui, mine) <= head.w)
    chip(ui, {head.x, head.center().y}, mine, ui.theme->accent);
  // The numbers go before the picture does.
  const float spare = r.h - (ui.px(kLeastRow + 6) * 3 - ui.px(6));
  const int lines = spare >= ui.px(kCounters + 4) ? 2 : spare >= ui.px(21) ? 1 : 0;
  if (lines > 0)
    draw_counters(f, cut_top(r, ui.px(17.0f * float(lines)), ui.px(4)), run, now, trace);

  const Column c = layout(f, r, trace);
  for (const Station& s : c.queues) draw_station(f, s, false);
  for (size_t i = 0; i < c.rooms.size(); ++i) {
    bool inside = false;
    for (const ThreadView& thread : now.threads)
      for (const qs::Frame& frame : thread.stack)
        inside |= frame.callback && i < f.st.cast.rooms.size() &&
                  CallbackKind(frame.what) == f.st.cast.rooms[i] &&
                  frame.s.kind() == ObjectKind::Request;
    draw_station(f, c.rooms[i], inside);
  }
  if (!c.target.rect.empty()) draw_station(f, c.target, false);
  draw_station(f, c.done, false);
  draw_tokens(f, c, before, now, trace);
  return pressed;
}

}  // namespace qs::ui::compare
