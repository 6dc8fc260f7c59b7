// The dashed arrow of a move that is pointed at, from the request to where it would go.
#include <algorithm>

#include "ui/panes/stage/parts.h"
#include "ui/panes/stage/place.h"
#include "ui/symbols/arrow.h"

namespace qs::ui {
namespace {

// The room of the thread that an order goes to, else that of the driver's first handler.
int room_of_orders(const StageFrame& f, ObjectId request) {
  const model::RequestView* r = f.now.request(request);
  for (const model::ThreadView& t : f.now.threads) {
    if (t.waiting != trace::WaitReason::Asked) continue;
    for (size_t i = t.stack.size(); i-- > 0;)
      if (t.stack[i].callback)
        return room_index(f.cast, trace::CallbackKind(t.stack[i].what), r ? r->queue : ObjectId());
  }
  return -1;
}

struct Landing {
  Station to;
  Point at;
  float size = 0;       // of the ghost that is drawn there; 0: none
  bool behind = false;  // others wait before it
};

Landing in_tube(const StageFrame& f, ObjectId queue, bool at_head) {
  for (size_t i = 0; i < f.at.queue_boxes.size(); ++i) {
    const QueueBox& q = f.at.queue_boxes[i];
    if (q.id != queue) continue;
    const Station to{StationKind::tube, int(i)};
    float size = 30, left = q.tube.right() - f.px(4), right = left;
    for (const TokenSpot& t : f.at.tokens) {
      if (!(t.at == to) || !t.shown) continue;
      size = t.size;
      left = std::min(left, t.center.x - f.px(t.size / 2 + 4));
    }
    size = std::min(size, q.tube.h / f.ui.scale - 6);
    const float half = f.px(size / 2);
    const float x = at_head ? right - half : std::max(left - half, q.tube.x + half + f.px(3));
    return {to, {x, q.tube.center().y}, size, !at_head && left < right};
  }
  return {};
}

Landing landing_of(const StageFrame& f, const HintedMove& move) {
  using To = HintedMove::To;
  switch (move.to) {
    case To::tail: return in_tube(f, move.target, false);
    case To::head: return in_tube(f, move.target, true);
    case To::target:
      for (size_t i = 0; i < f.at.target_boxes.size(); ++i)
        if (f.at.target_boxes[i].id == move.target)
          return {{StationKind::target, int(i)}, f.at.target_boxes[i].tokens.center()};
      return {};
    case To::driver: {
      const int room = room_of_orders(f, move.object);
      if (room >= 0 && size_t(room) < f.at.room_boxes.size() &&
          !f.at.room_boxes[size_t(room)].card.empty())
        return {{StationKind::room, room}, f.at.room_boxes[size_t(room)].card.center()};
      return {{StationKind::room, 0}, f.at.driver.center()};
    }
    case To::done: return {{StationKind::done, 0}, f.at.done.center()};
    case To::nothing: break;
  }
  return {};
}

}  // namespace

void draw_hinted_move(const StageFrame& f, const HintedMove& move) {
  const TokenSpot* spot = f.at.token(move.object);
  const model::RequestView* r = f.now.request(move.object);
  const Landing end = landing_of(f, move);
  if (!spot || !r || end.to.kind == StationKind::none) return;
  MovePath whole = path_between(f.at, spot->at, spot->center, end.to, end.at);
  // Behind others it comes from below, past them.
  if (end.behind && spot->at.kind == StationKind::room && f.at.arrange != Arrange::stacked) {
    whole.b = {end.at.x, end.at.y + f.px(end.size / 2)};
    whole.c1 = {f.at.gap_x, end.at.y + f.px(50)};
    whole.c2 = {end.at.x + f.px(6), end.at.y + f.px(100)};
  }
  const float off = whole.b == end.at ? f.px(end.size / 2 + 2) : f.px(2);
  const MovePath path = trimmed(whole, f.px(spot->size / 2 + 5), off);
  const float thickness = f.in.projector ? 3 : 2;
  curved_arrow(f.ui, path.a, path.c1, path.c2, path.b,
               {f.theme.arrow_asked, thickness, true, true, 1});
  if (end.size <= 0) return;
  TokenStyle ghost = request_style(f.now, *r);
  ghost.size = end.size;
  ghost.hollow = true;
  ghost.cancelable = false;
  ghost.marks = 0;
  ghost.alpha = 0.8f;
  draw_token(f.ui, end.at, ghost);
}

}  // namespace qs::ui
