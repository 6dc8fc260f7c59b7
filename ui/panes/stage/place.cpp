#include "ui/panes/stage/place.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "trace/events/words.h"

namespace qs::ui {

using model::Place;
using model::RequestView;
using trace::CallbackKind;

namespace {

struct Size {
  float token, pitch;  // design pixels; the pitch leaves room for rings and icons
};
constexpr Size kSizes[] = {{42, 60}, {34, 50}, {28, 39}, {24, 30}};

int index_of(const std::vector<ObjectId>& list, ObjectId id) {
  const auto it = std::find(list.begin(), list.end(), id);
  return it == list.end() ? -1 : int(it - list.begin());
}

int queue_index(const StageCast& cast, ObjectId id) {
  for (size_t i = 0; i < cast.queues.size(); ++i)
    if (cast.queues[i].id == id) return int(i);
  return -1;
}

Station room(const StageCast& cast, CallbackKind kind, ObjectId queue) {
  int i = kind == CallbackKind::Count ? -1 : room_index(cast, kind, queue);
  if (i < 0) i = room_index(cast, CallbackKind::Count, {});
  if (i < 0) i = cast.rooms.empty() || cast.rooms[0].backstage ? -1 : 0;
  return i < 0 ? Station{} : Station{StationKind::room, i};
}

Station device_station(const model::Model& m, const StageCast& cast, const RequestView& r) {
  const model::QueueView* q = m.queue(r.queue);
  const int i = q ? index_of(cast.devices, q->device) : 0;
  return {StationKind::device, std::max(0, i)};
}

Station queue_station(const model::Model& m, const StageCast& cast, const RequestView& r) {
  const int i = queue_index(cast, r.queue);
  return i >= 0 ? Station{StationKind::tube, i} : device_station(m, cast, r);
}

Station driver_station(const StageCast& cast, const RequestView& r) {
  if (r.has(model::kCoqPending | model::kCoqDelivered))
    return room(cast, CallbackKind::EvtIoCanceledOnQueue, r.queue);
  if (r.room != CallbackKind::Count && (r.room_queue == r.queue || !r.queue))
    return room(cast, r.room, r.room_queue);
  // Delivered, but the handler has not been entered yet: it is in the room it is meant for.
  const int q = queue_index(cast, r.queue);
  const uint64_t callbacks = q < 0 ? 0 : cast.queues[size_t(q)].callbacks;
  const CallbackKind kind = handler_for(callbacks, r.type);
  return room(cast, kind == CallbackKind::Count ? r.room : kind, r.queue);
}

Station target_station(const model::Model& m, const StageCast& cast, const RequestView& r) {
  int i = index_of(cast.targets, r.target);
  if (i < 0 && !cast.targets.empty()) i = 0;
  if (i >= 0) return {StationKind::target, i};
  return device_station(m, cast, r);
}

class Placer {
 public:
  Placer(const model::Model& m, const StageCast& cast, StageLayout& out)
      : m_(m), cast_(cast), out_(out) {}

  void run() {
    tubes_.resize(cast_.queues.size());
    targets_.resize(cast_.targets.size());
    devices_.resize(std::max(size_t(1), cast_.devices.size()));
    calls_.resize(cast_.apps.size());
    for (size_t i = 0; i < m_.queues.size(); ++i) take_waiting(m_.queues[i]);
    if (!std::is_sorted(listed_.begin(), listed_.end())) std::sort(listed_.begin(), listed_.end());
    next_listed_ = listed_.begin();
    for (const RequestView& r : m_.requests) take(r);
    for (size_t i = 0; i < calls_.size(); ++i) place_calls(int(i));
    for (size_t i = 0; i < devices_.size(); ++i)
      place({StationKind::device, int(i)}, devices_[i], out_.device_boxes[i].slot, GridFrom::left);
    for (size_t i = 0; i < tubes_.size(); ++i) place_tube(int(i));
    for (const RoomBox& box : out_.room_boxes)
      place({StationKind::room, box.room}, box.requests, box.tokens,
            box.detail == Detail::micro ? GridFrom::right : GridFrom::left);
    for (size_t i = 0; i < targets_.size(); ++i)
      if (const TargetBox* box = target_box(cast_.targets[i]))
        place({StationKind::target, int(i)}, targets_[i], box->tokens,
              box->detail == Detail::micro ? GridFrom::right : GridFrom::left);
    place_done();
    order_tokens();
  }

 private:
  const TargetBox* target_box(ObjectId id) const {
    for (const TargetBox& box : out_.target_boxes)
      if (box.id == id) return &box;
    return nullptr;
  }

  // Queues know the order of what waits in them; what has just left the list but has not arrived
  // anywhere is at the head, on its way out.
  void take_waiting(const model::QueueView& q) {
    const int i = queue_index(cast_, q.id);
    if (i < 0) return;
    tubes_[size_t(i)] = q.waiting;
    listed_.insert(listed_.end(), q.waiting.begin(), q.waiting.end());
  }

  void take(const RequestView& r) {
    if (r.has(model::kPool) || r.place == Place::Done) return;
    if (const int app = index_of(cast_.apps, r.app); app >= 0)
      calls_[size_t(app)].push_back({r.id, r.place == Place::Sender});
    // Of many requests most wait, and the list of their queue has them in its order.
    if ((r.place == Place::Waiting || r.place == Place::PendedIrp) && is_listed(r.id)) return;
    const Station at = station_of(m_, cast_, r);
    const size_t i = size_t(std::max(0, at.index));
    switch (at.kind) {
      case StationKind::device: devices_[i].push_back(r.id); break;
      case StationKind::tube:
        if (!is_listed(r.id)) tubes_[i].insert(tubes_[i].begin(), r.id);
        break;
      case StationKind::room: break;  // its card has it
      case StationKind::target: targets_[i].push_back(r.id); break;
      default: break;
    }
  }

  // Requests are asked for by id, as they are listed.
  bool is_listed(ObjectId id) {
    while (next_listed_ != listed_.end() && *next_listed_ < id) ++next_listed_;
    return next_listed_ != listed_.end() && *next_listed_ == id;
  }

  // By id, as in the model.
  void order_tokens() {
    // Most stand in one queue, by id: what is in order already is not sorted.
    const auto by_id = [](const TokenSpot& a, const TokenSpot& b) { return a.id < b.id; };
    const auto first = out_.tokens.begin(), last = out_.tokens.end();
    const auto ordered_to = std::is_sorted_until(first, last, by_id);
    std::stable_sort(ordered_to, last, by_id);
    std::inplace_merge(first, ordered_to, last, by_id);
    auto known = m_.requests.begin();
    const auto exists = [&](ObjectId id) {
      while (known != m_.requests.end() && known->id < id) ++known;
      return known != m_.requests.end() && known->id == id;
    };
    auto kept = first;
    for (auto t = first; t != last; ++t) {
      const bool again = t + 1 != last && t[1].id == t->id;
      if (again || !exists(t->id)) continue;
      if (kept != t) *kept = *t;
      ++kept;
    }
    out_.tokens.erase(kept, last);
  }

  void add_token(ObjectId id, Station at, int order, Point center, float size, bool shown) {
    out_.tokens.push_back({id, at, order, center, size, shown});
  }

  void place(Station at, const std::vector<ObjectId>& ids, const Rect& area, GridFrom from) {
    if (ids.empty()) return;
    out_.tokens.reserve(m_.requests.size());
    const Grid g = fit_grid(area, int(ids.size()), out_.scale, from);
    const Point pile = g.places.empty() ? area.center() : g.places.back();
    for (size_t i = 0; i < ids.size(); ++i) {
      const bool shown = int(i) < g.shown;
      add_token(ids[i], at, int(i), shown ? g.places[i] : pile, g.size, shown);
    }
    if (g.hidden > 0) out_.piles.push_back(pile_spot(at, pile, g, from, area.h));
  }

  // "+123" needs a larger disc, and a pile in a tube keeps clear of its right neighbor.
  PileSpot pile_spot(Station at, Point p, const Grid& g, GridFrom from, float room) const {
    const float most = std::max(g.size, room / out_.scale);
    const float size = g.hidden > 99 ? std::max(g.size, std::min(32.0f, most)) : g.size;
    const float off = (size - g.size) / 2 + (from == GridFrom::right ? 4 : 0);
    return {at, {p.x + (from == GridFrom::right ? -off : off) * out_.scale, p.y}, size, g.hidden};
  }

  void place_tube(int i) {
    const Rect tube = out_.queue_boxes[size_t(i)].tube;
    const float end = 4 * out_.scale;  // round ends
    place({StationKind::tube, i}, tubes_[size_t(i)], inset(tube, end, 0), GridFrom::right);
  }

  // Every unfinished call of an application has a place in its card; the request itself is there
  // only until the call has been made.
  void place_calls(int app) {
    const auto& calls = calls_[size_t(app)];
    if (calls.empty()) return;
    const Station at{StationKind::app, app};
    const Grid g =
        fit_grid(out_.app_boxes[size_t(app)].calls, int(calls.size()), out_.scale, GridFrom::left);
    const Point pile =
        g.places.empty() ? out_.app_boxes[size_t(app)].calls.center() : g.places.back();
    for (size_t i = 0; i < calls.size(); ++i) {
      const bool shown = int(i) < g.shown;
      if (calls[i].at_sender)
        add_token(calls[i].id, at, int(i), shown ? g.places[i] : pile, g.size, shown);
      else if (shown)
        out_.calls.push_back({calls[i].id, app, g.places[i], g.size});
    }
    if (g.hidden > 0)
      out_.piles.push_back(
          pile_spot(at, pile, g, GridFrom::left, out_.app_boxes[size_t(app)].calls.h));
  }

  // The space a finished request takes: in a narrow column long statuses have three lines.
  float done_pitch(ObjectId id) const {
    const RequestView* r = m_.request(id);
    constexpr size_t kShort = std::string_view("STATUS_CANCELLED").size();
    return r && trace::status_text(r->status).size() > kShort ? 76 : 58;
  }

  // Done: the newest last; when they no longer fit, the oldest become a pile at the front.
  void place_done() {
    const float u = out_.scale;
    const bool level = out_.arrange == Arrange::stacked;
    const Rect area = inset(out_.done, (level ? 2 : 6) * u, 4 * u);
    const float along = level ? area.w : area.h;
    const float half = std::clamp(along / u / 2, 58.0f, 100.0f);
    const auto pitch_of = [&](ObjectId id) { return (level ? half : done_pitch(id)) * u; };
    const float pile_pitch = (level ? half : 40.0f) * u;
    const int total = int(m_.done_total), kept = int(m_.done.size());
    // The newest that fit; a pile takes room as well.
    int shown = 0;
    for (float used = 0; shown < kept; ++shown) {
      used += pitch_of(m_.done[size_t(kept - 1 - shown)]);
      const bool all = shown + 1 == total;
      if (used + (all ? 0 : pile_pitch) > along + 4 * u && shown > 0) break;
    }
    const Station at{StationKind::done, 0};
    float from = 0;
    const auto cell = [&](float pitch) {
      const Rect r = level ? Rect{area.x + from, area.y, pitch, area.h}
                           : Rect{area.x, area.y + from, area.w, pitch};
      from += pitch;
      return r;
    };
    const float size = 28;
    Point pile_at{area.x + area.w / 2, area.y};
    if (total > shown) {
      DoneCell c = done_cell(cell(pile_pitch), level);
      pile_at = token_point(c);
      c.status = {};
      out_.done_cells.push_back(c);
      out_.piles.push_back({at, pile_at, size, total - shown});
    }
    for (int i = 0; i < kept; ++i) {
      const bool here = i >= kept - shown;
      Point p = pile_at;
      if (here) {
        DoneCell c = done_cell(cell(pitch_of(m_.done[size_t(i)])), level);
        c.id = m_.done[size_t(i)];
        p = token_point(c);
        out_.done_cells.push_back(c);
      }
      add_token(m_.done[size_t(i)], at, i, p, size, here);
    }
  }
  DoneCell done_cell(const Rect& r, bool level) const {
    const float u = out_.scale;
    DoneCell c;
    c.cell = r;
    // Up to three lines, in a column at full width.
    const float out = level ? 0 : 5 * u;
    c.status = {r.x - out, r.y + 35 * u, r.w + 2 * out, level ? 37 * u : r.bottom() - r.y - 37 * u};
    return c;
  }
  Point token_point(const DoneCell& c) const {
    return {c.cell.center().x, c.cell.y + 18 * out_.scale};
  }

  const model::Model& m_;
  const StageCast& cast_;
  StageLayout& out_;
  struct Call {
    ObjectId id;
    bool at_sender;  // the request itself is still there
  };
  std::vector<std::vector<ObjectId>> tubes_, targets_, devices_;
  std::vector<std::vector<Call>> calls_;  // by application
  std::vector<ObjectId> listed_;          // in some waiting list, by id
  std::vector<ObjectId>::const_iterator next_listed_;
};

}  // namespace

int room_index(const StageCast& cast, CallbackKind kind, ObjectId queue) {
  int any = -1;
  for (size_t i = 0; i < cast.rooms.size(); ++i) {
    const RoomKey& r = cast.rooms[i];
    if (r.kind != kind || r.backstage) continue;
    if (r.queue == queue) return int(i);
    if (!r.queue) any = int(i);
  }
  return any;
}

Station station_of(const model::Model& m, const StageCast& cast, const RequestView& r) {
  if (r.has(model::kPool)) return {};
  switch (r.place) {
    case Place::Sender: {
      const int i = index_of(cast.apps, r.app);
      return i >= 0 ? Station{StationKind::app, i} : Station{};
    }
    case Place::Device:
      // Taken for the driver without having waited: on its way through its queue.
      return r.has(model::kCharged) ? queue_station(m, cast, r) : device_station(m, cast, r);
    case Place::CallerContext: return room(cast, CallbackKind::EvtIoInCallerContext, {});
    case Place::Waiting:
    case Place::PendedIrp: return queue_station(m, cast, r);
    case Place::Driver: return driver_station(cast, r);
    case Place::Target:
    case Place::Released: return target_station(m, cast, r);
    case Place::Completing:
      // Completed by the framework: it never left its queue. Else it is still in the driver's room.
      return r.has(model::kByFramework) || r.room == CallbackKind::Count ? queue_station(m, cast, r)
                                                                         : driver_station(cast, r);
    case Place::Done: return {StationKind::done, 0};
  }
  return {};
}

Grid fit_grid(const Rect& area, int count, float u, GridFrom from) {
  Grid g;
  int columns = 0, rows = 0;
  float pitch = 0;
  for (const Size& s : kSizes) {
    if (s.token > 34 && area.h < 1.6f * s.token * u) continue;  // large only in large areas
    g.size = s.token;
    pitch = s.pitch * u;
    // At an edge only the token itself must fit, with a little space for its ring.
    const float edge = (s.token + 6) * u;
    columns = area.w >= edge ? 1 + int((area.w - edge) / pitch) : 0;
    const float high = s.token * 1.18f * u;  // diamonds
    rows = area.h >= high ? 1 + int((area.h - high) / pitch) : 0;
    if (from == GridFrom::right) rows = std::min(rows, 1);
    if (columns * rows >= count) break;
  }
  columns = std::max(1, columns);
  rows = std::max(1, rows);
  const int places = std::min(columns * rows, 48);
  g.shown = count <= places ? count : places - 1;
  g.hidden = count - g.shown;
  const int used = g.shown + (g.hidden > 0);
  const int used_rows = (used + columns - 1) / columns;
  const float top = area.center().y - float(used_rows - 1) * pitch / 2;
  const float first = (g.size + 6) * u / 2;
  g.places.reserve(size_t(used));
  for (int i = 0; i < used; ++i) {
    const int column = i % columns, row = i / columns;
    const float x = from == GridFrom::right ? area.right() - first - float(column) * pitch
                                            : area.x + first + float(column) * pitch;
    g.places.push_back({x, top + float(row) * pitch});
  }
  return g;
}

void place_tokens(const model::Model& model, const StageCast& cast, StageLayout& layout) {
  Placer(model, cast, layout).run();
}

}  // namespace qs::ui
