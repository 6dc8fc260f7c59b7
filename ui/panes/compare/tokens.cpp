// A run as places with requests in them: who is where, moving from where they were to where they
// are, and with which status they are done.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/panes/compare/parts.h"
#include "ui/panes/stage/parts.h"
#include "ui/panes/stage/place.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/core/motion.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::compare {

using model::Model;
using model::Place;
using model::RequestView;

namespace {

struct Spot {
  Point center;
  float size = 34;
  bool shown = true;
  bool coming = false;  // on its way to the device: over what waits in the tube
};
struct Pile {
  Point center;
  float size;
  int count;
};
struct Spots {
  std::map<ObjectId, Spot> of;
  std::vector<Pile> piles;
};

int room_of(const CompareFrame& f, const StationBoxes& c, const RequestView& r) {
  const auto& rooms = f.st.cast.rooms;
  const auto it = std::find(rooms.begin(), rooms.end(), r.room);
  const int last = int(c.rooms.size()) - 1;
  if (it != rooms.end()) return std::min(int(it - rooms.begin()), last);
  return r.room == trace::CallbackKind::Count && !f.st.cast.own_code ? 0 : last;
}

void put(const CompareFrame& f, Spots& out, const StationBox& s, const std::vector<ObjectId>& ids) {
  if (ids.empty() || s.rect.empty()) return;
  Rect area = s.area;
  if (s.tube) area = inset(area, f.ui.px(6), 0);
  const GridFrom from = s.tube ? GridFrom::right : GridFrom::left;
  Grid g = fit_grid(area, int(ids.size()), f.ui.scale, from);
  // Three runs are seen at once: each shows some of a crowd, and says how many more there are.
  const int many = s.tube ? 18 : 10;
  if (g.shown > many) {
    const float less = float(many) / float(g.shown);
    area = s.tube ? aligned(area, area.w * less, area.h, 1, 0.5f)
                  : aligned(area, area.w, area.h * less, 0, 0.5f);
    g = fit_grid(area, int(ids.size()), f.ui.scale, from);
  }
  const Point pile = g.places.empty() ? area.center() : g.places.back();
  for (size_t i = 0; i < ids.size(); ++i) {
    const bool shown = int(i) < g.shown;
    out.of[ids[i]] = {shown ? g.places[i] : pile, g.size, shown};
  }
  if (g.hidden > 0) out.piles.push_back({pile, g.size, g.hidden});
}

// ---- done: where requests and what is told of their statuses stand

// Beside or below each request there is room for its status: the size of such a cell, else 0.
struct DoneCells {
  float w = 0, h = 0;
  int across = 0;
  bool below = false;
};

DoneCells done_cells(const CompareFrame& f, const StationBox& s, const Model& m,
                     const std::vector<ObjectId>& ids) {
  Ui& ui = f.ui;
  // More than could fit with the shortest of words: nothing needs to be measured.
  if (float(ids.size()) * ui.px(40) * ui.px(29) > s.area.w * std::max(s.area.h, ui.px(29)))
    return {};
  float widest = 0;
  for (const ObjectId id : ids)
    if (const RequestView* r = m.request(id))
      widest = std::max(widest, text_width(ui.fonts->small, signed_status(r->status)));
  for (const bool below : {true, false}) {
    DoneCells c;
    c.below = below;
    c.w = below ? std::max(widest, ui.px(28)) + ui.px(12) : widest + ui.px(52);
    c.h = ui.px(below ? 48 : 29);
    c.across = int((s.area.w + ui.px(6)) / c.w);
    if (c.h > s.area.h && below) continue;
    const int rows = std::max(1, int(s.area.h / c.h));
    if (c.across * rows >= int(ids.size())) return c;
  }
  return {};
}

Rect done_cell(const StationBox& s, const DoneCells& c, size_t i, size_t count) {
  const size_t row = i / size_t(c.across), column = i % size_t(c.across);
  const size_t rows = (count + size_t(c.across) - 1) / size_t(c.across);
  const float h = std::min(c.h, s.area.h), top = s.area.center().y - h * float(rows) / 2;
  return {s.area.x + c.w * float(column), top + h * float(row), c.w, h};
}

bool is_done(const RequestView& r) {
  return r.place == Place::Done || r.place == Place::Completing || r.place == Place::Released;
}

// In the order of their being done; what is being completed or was let go of comes last.
std::vector<ObjectId> done_of(const Model& m) {
  std::vector<ObjectId> ids = m.done;
  std::vector<ObjectId> known = m.done;
  std::sort(known.begin(), known.end());
  for (const RequestView& r : m.requests)
    if (is_done(r) && !std::binary_search(known.begin(), known.end(), r.id)) ids.push_back(r.id);
  const auto hidden = [&](ObjectId id) {
    const RequestView* r = m.request(id);
    return !r || r->type == trace::RequestType::Create || r->has(model::kPool);
  };
  ids.erase(std::remove_if(ids.begin(), ids.end(), hidden), ids.end());
  return ids;
}

void put_done(const CompareFrame& f, Spots& out, const StationBox& s, const Model& m) {
  std::vector<ObjectId> ids = done_of(m);
  if (ids.empty() || s.rect.empty()) return;
  const DoneCells c = done_cells(f, s, m, ids);
  if (c.across == 0) {
    std::reverse(ids.begin(), ids.end());
    return put(f, out, s, ids);
  }
  for (size_t i = 0; i < ids.size(); ++i) {
    const Rect cell = done_cell(s, c, i, ids.size());
    const Point at = c.below ? Point{cell.center().x, cell.y + f.ui.px(15)}
                             : Point{cell.x + f.ui.px(16), cell.center().y};
    out.of[ids[i]] = {at, c.below ? 28.0f : 24.0f, true};
  }
}

// "✓ 12 SUCCESS  ✗ 3 CANCELLED", or the numbers alone: in `rect` as far as there is room.
void draw_summary(const CompareFrame& f, const Rect& rect, const Model& m,
                  const std::vector<ObjectId>& ids) {
  Ui& ui = f.ui;
  std::vector<std::pair<int32_t, int>> counts;
  for (const ObjectId id : ids) {
    const RequestView* r = m.request(id);
    if (!r || r->place != Place::Done) continue;
    const auto same = [&](const auto& c) { return c.first == r->status; };
    const auto it = std::find_if(counts.begin(), counts.end(), same);
    if (it == counts.end())
      counts.push_back({r->status, 1});
    else
      ++it->second;
  }
  const Font& font = ui.fonts->small;
  for (const bool whole : {true, false}) {
    std::vector<std::pair<std::string, Color>> parts;
    float wide = 0;
    for (const auto& [status, count] : counts) {
      const bool ok = trace::status_is_success(status);
      std::string text = fmt::format("{} {}", ok ? icon::check : icon::cross, count);
      if (whole) text += " " + short_status(status);
      wide += text_width(font, text) + (parts.empty() ? 0 : ui.px(10));
      parts.push_back({std::move(text), ok ? ui.theme->ok : ui.theme->danger});
    }
    if (wide > rect.w) continue;
    float x = rect.right() - wide;
    for (const auto& [text, color] : parts) {
      const float w = text_width(font, text);
      label(ui, Rect{x, rect.y, w + 1, rect.h}, text, {&font, color});
      x += w + ui.px(10);
    }
    return;
  }
}

void draw_statuses(const CompareFrame& f, const StationBox& s, const Model& m, const Spots& to,
                   const Spots& from, float t) {
  const std::vector<ObjectId> ids = done_of(m);
  if (ids.empty() || s.rect.empty()) return;
  Ui& ui = f.ui;
  const DoneCells c = done_cells(f, s, m, ids);
  if (c.across == 0) {
    // Beside the caption, and where there is none in the corner that requests leave free.
    Rect room = s.caption;
    if (!room.empty()) cut_left(room, text_width(ui.fonts->small_bold, s.text), ui.px(10));
    float last = s.area.x;
    for (const ObjectId id : ids)
      if (const Spot& spot = to.of.at(id); spot.shown || room.empty())
        last = std::max(last, spot.center.x + ui.px(spot.size / 2 + 8));
    if (room.empty()) room = {last, s.area.y, s.area.right() - last, s.area.h};
    return draw_summary(f, room, m, ids);
  }
  for (size_t i = 0; i < ids.size(); ++i) {
    const RequestView* r = m.request(ids[i]);
    const auto old = from.of.find(ids[i]);
    const bool arrived = t >= 1 || (old != from.of.end() &&
                                    length(old->second.center - to.of.at(ids[i]).center) < 1);
    // Its status is written when it has landed.
    if (!r || !arrived || r->place != Place::Done) continue;
    Rect cell = done_cell(s, c, i, ids.size());
    if (c.below)
      cut_top(cell, ui.px(31));
    else
      cut_left(cell, ui.px(38));
    label(ui, cell, signed_status(r->status),
          {&ui.fonts->small, trace::status_is_success(r->status) ? ui.theme->ok : ui.theme->danger,
           c.below ? Align::center : Align::left});
  }
}

// ---- all of them

Spots spots_of(const CompareFrame& f, const StationBoxes& c, const Model& m) {
  Spots out;
  std::vector<std::vector<ObjectId>> queues(c.queues.size()), rooms(c.rooms.size());
  std::vector<ObjectId> target, coming;
  for (size_t i = 0; i < c.queues.size(); ++i)
    if (const model::QueueView* q = m.queue(f.st.cast.queues[i])) queues[i] = q->waiting;
  for (const RequestView& r : m.requests) {
    if (r.type == trace::RequestType::Create || r.has(model::kPool)) continue;
    switch (r.place) {
      case Place::Driver:
      case Place::CallerContext: rooms[size_t(room_of(f, c, r))].push_back(r.id); break;
      case Place::Target: target.push_back(r.id); break;
      case Place::Completing:
      case Place::Done:
      case Place::Released: break;
      case Place::Sender:
      case Place::Device:
      case Place::PendedIrp: coming.push_back(r.id); break;
      case Place::Waiting: {
        // On its way into or out of the list: at the tail of its queue.
        const auto& ids = f.st.cast.queues;
        const auto at = size_t(std::find(ids.begin(), ids.end(), r.queue) - ids.begin());
        if (at >= queues.size()) break;
        auto& list = queues[at];
        if (std::find(list.begin(), list.end(), r.id) == list.end()) list.push_back(r.id);
        break;
      }
    }
  }
  for (size_t i = 0; i < queues.size(); ++i) put(f, out, c.queues[i], queues[i]);
  for (size_t i = 0; i < rooms.size(); ++i) put(f, out, c.rooms[i], rooms[i]);
  put(f, out, c.target, target);
  put_done(f, out, c.done, m);
  // What has not been placed by the framework yet comes in at the left of the first tube.
  const Rect& tube = c.queues.front().area;
  for (const ObjectId id : coming)
    out.of[id] = {{tube.x + f.ui.px(16), tube.center().y}, 24, true, true};
  return out;
}

void draw_station(const CompareFrame& f, const StationBox& s, bool lit) {
  Ui& ui = f.ui;
  if (s.rect.empty()) return;
  if (!s.plain)
    ground(ui, s.rect, lit ? PanelLook::lit : PanelLook::card, 5);
  else if (lit)
    fill(ui, s.rect, ui.theme->accent_soft, ui.px(4));
  if (s.tube) tube(ui, s.area, false, lit);
  if (s.caption.empty()) return;
  const bool fits = text_width(ui.fonts->small_bold, s.text) <= s.caption.w;  // else smaller
  label(ui, s.caption, s.text,
        {fits ? &ui.fonts->small_bold : &ui.fonts->caption_bold, ui.theme->text_dim, Align::left,
         true});
}

// Where places lie close to one another a ring would run into the next: then it is an outline.
void draw_request(const CompareFrame& f, ObjectId id, const Spot& spot, const Spots& from,
                  const Model& before, const Model& now, const trace::Trace& trace, float t,
                  bool close) {
  Ui& ui = f.ui;
  const RequestView* r = now.request(id);
  if (!r || !spot.shown) return;
  const auto& difference = f.comparison().difference;
  const auto old = from.of.find(id);
  const Point start = old == from.of.end() ? spot.center : old->second.center;
  const bool moves = length(start - spot.center) > 1 && t < 1;
  const RequestView* was = before.request(id);
  TokenStyle style = request_style(now, moves && t < 0.5f && was ? *was : *r);
  const std::string name = trace.name(id);
  style.size = spot.size;
  if (old == from.of.end()) style.alpha = t;
  const std::string text = token_label(name, spot.size);
  style.label = text;
  const bool parts = difference && f.at_difference() && difference->request == name;
  style.selected = parts && !close;
  style.hovered = f.shared.hovered == id || (parts && close);
  const Point at = moves ? hop(start, spot.center, t) : spot.center;
  const Hit hit = token(ui, at, name, style, ui.id("all"), moves || spot.coming);
  if (hit.hovered || hit.focused) f.shared.hover(id);
  if (hit.hovered || hit.ring) tooltip(ui, hit, request_tooltip(now, trace, id));
}

// The driver is inside of that callback with a request now.
bool inside(const CompareFrame& f, const Model& now, size_t room) {
  if (room >= f.st.cast.rooms.size()) return false;
  for (const model::ThreadView& thread : now.threads)
    for (const qs::model::StackFrame& frame : thread.stack)
      if (frame.callback && trace::CallbackKind(frame.what) == f.st.cast.rooms[room] &&
          frame.s.kind() == ObjectKind::Request)
        return true;
  return false;
}

}  // namespace

void draw_stations(const CompareFrame& f, const StationBoxes& c, size_t run) {
  session::ComparedRun& shown = f.comparison().runs[run];
  const trace::Trace& trace = *shown.execution.trace;
  const Model& before = shown.timeline->at(f.before(run));
  const Model& now = shown.timeline->at(f.after(run));
  for (const StationBox& s : c.queues) draw_station(f, s, false);
  for (size_t i = 0; i < c.rooms.size(); ++i) {
    bool lit = inside(f, now, i);
    // The last one may stand for all that did not fit.
    if (i + 1 == c.rooms.size())
      for (size_t k = i + 1; k < f.st.cast.rooms.size(); ++k) lit |= inside(f, now, k);
    draw_station(f, c.rooms[i], lit);
  }
  draw_station(f, c.target, false);
  draw_station(f, c.done, false);
  const float t = f.reduced ? 1 : ease_in_out(float(f.at.t > 0 ? f.at.t : 1));
  const Spots to = spots_of(f, c, now);
  const Spots from = f.before(run) == f.after(run) ? to : spots_of(f, c, before);
  draw_statuses(f, c.done, now, to, from, t);
  for (const Pile& pile : to.piles)
    token_more(f.ui, pile.center, fmt::format("more{}-{}", int(pile.center.x), int(pile.center.y)),
               pile.count, pile.size);
  const bool close = c.done.plain && c.done.rect.h < f.ui.px(39);
  for (const auto& [id, spot] : to.of)
    draw_request(f, id, spot, from, before, now, trace, t, close);
}

std::vector<std::string> room_names(const CompareFrame& f, float width, float least, bool beside) {
  const CompareCast& cast = f.st.cast;
  std::vector<std::string> names;
  for (const trace::CallbackKind k : cast.rooms) names.push_back(trace::callback_name(k));
  const float each = width / float(std::max<size_t>(1, names.size() + cast.own_code));
  const Font& font = f.ui.fonts->caption_bold;
  for (std::string& name : names) {  // "Read" where "EvtIoRead" does not fit in small letters
    const float room = beside ? (each - f.ui.px(24)) * 0.6f : each - f.ui.px(20);
    for (const std::string_view prefix : {"EvtIo", "EvtRequest"})
      if (text_width(font, name) > room && name.rfind(prefix, 0) == 0) name.erase(0, prefix.size());
  }
  if (cast.own_code || names.empty()) names.push_back(tr("compare.driver"));
  const size_t fit = std::max<size_t>(1, std::min(names.size(), size_t(width / least)));
  if (fit < names.size()) {
    names.resize(fit);
    names.back() = tr("compare.driver");
  }
  return names;
}

}  // namespace qs::ui::compare
