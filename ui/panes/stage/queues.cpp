// Queues, and the gray lines into them and out of them.
#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/panes/sandbox/graph_edit.h"
#include "ui/panes/stage/parts.h"
#include "ui/symbols/arrow.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using model::QueueView;

namespace {

constexpr uint32_t kNoLimit = 0xFFFFFFFFu;

// ---- queues

// Longest first: the first that fits is shown.
std::array<std::string, 3> gauge_texts(const QueueView& q) {
  const uint32_t n = q.owned_count;
  const bool limited = q.dispatch() == trace::Dispatch::Sequential || q.limit != kNoLimit;
  const uint32_t limit = q.dispatch() == trace::Dispatch::Sequential ? 1 : q.limit;
  // Retrieved or canceled ones are in addition to those presented (D-18).
  if (q.dispatch() == trace::Dispatch::Manual || (limited && n > limit))
    return {trf("stage.owned", n), trf("stage.owned_short", n), std::to_string(n)};
  if (!limited)
    return {trf("stage.presented_free", n), trf("stage.presented_short", n), std::to_string(n)};
  const std::string brief = fmt::format("{}/{}", n, limit);
  return {trf("stage.presented", n, limit), brief, brief};
}

int gauge_limit(const QueueView& q) {
  if (q.dispatch() == trace::Dispatch::Sequential) return 1;
  return q.dispatch() == trace::Dispatch::Parallel && q.limit <= 6 ? int(q.limit) : 0;
}

// "1 of 2 presented": with little boxes where there is room; for a parallel queue it opens the
// limits.
void draw_gauge(const StageFrame& f, const Rect& rect, const QueueView& q,
                const std::array<std::string, 3>& texts) {
  const bool editable = f.in.can_act && q.dispatch() == trace::Dispatch::Parallel;
  const Font& font = f.ui.fonts->small;
  int boxes = gauge_limit(q);
  std::string_view text = texts[0];
  const auto width = [&] {
    return text_width(font, text) + (boxes ? f.px(13.0f * float(boxes) + 4) : 0) + f.px(2) +
           (editable ? f.px(16) : 0);
  };
  if (width() > rect.w) boxes = 0;
  for (const std::string& shorter : texts)
    if (width() > rect.w) text = shorter;
  if (width() > rect.w) return;
  if (!editable) {
    gauge(f.ui, rect, int(q.owned_count), boxes, text);
    return;
  }
  ItemOptions options;
  options.kind = Kind::button;
  options.text = text;
  const float height = f.px(rect.h < f.px(20) ? 16 : 24);
  const Rect area{rect.x, rect.center().y - height / 2, std::min(width(), rect.w), height};
  const Hit hit = f.ui.item(area, "limit", options);
  const Inside inside(f.ui, hit);
  if (hit.hovered) fill(f.ui, area, f.theme.hover, f.px(4));
  const float used = gauge(f.ui, area, int(q.owned_count), boxes, text);
  draw_text(f.ui, Rect{area.x + used + f.px(4), area.y, f.px(12), area.h}, f.ui.fonts->small,
            f.theme.text_faint, "▾");
  if (hit.ring) focus_ring(f.ui, area, f.px(4));
  tooltip(f.ui, hit, tr("stage.tip_limit"));
  if (hit.clicked) open_object_menu(f.ui, f.in.state.menu, hit, q.id, MenuPage::limit);
}

struct GateWords {
  std::string_view in, out;
  float in_width = 0, out_width = 0, gap = 0;
  float width() const { return in_width + gap + out_width; }
};

GateWords gate_words(const StageFrame& f, const QueueView& q) {
  const Font& font = f.ui.fonts->caption;
  GateWords w;
  w.in = q.flags & trace::kAccept ? tr("stage.accepting") : tr("stage.refusing");
  w.out = q.flags & trace::kDispatch ? tr("stage.on") : tr("stage.stopped");
  w.in_width = f.px(17) + text_width(font, w.in);
  w.out_width = f.px(17) + text_width(font, w.out);
  w.gap = f.px(12);
  return w;
}

// The gates' words take priority over the count beside them when a gate is closed or the count must
// be shortened anyway.
void make_room_for_gates(const StageFrame& f, const QueueView& q, std::string_view counts,
                         Rect& gauge, Rect& gates) {
  constexpr uint32_t kOpen = trace::kAccept | trace::kDispatch;
  const bool open = (q.flags & kOpen) == kOpen;
  const bool roomy = text_width(f.ui.fonts->small, counts) + f.px(18) <= gauge.w;
  if ((open && roomy) || f.at.queue_detail == Detail::micro) return;
  const float more = gate_words(f, q).width() - gates.w;
  if (more <= 0 || gauge.w - more < f.px(44)) return;
  gates.x -= more, gates.w += more;
  gauge.w -= more;
}

void draw_gates(const StageFrame& f, const Rect& rect, const QueueView& q) {
  const bool accept = q.flags & trace::kAccept, dispatch = q.flags & trace::kDispatch;
  const GateWords words = gate_words(f, q);
  const float y = rect.center().y;
  if (f.at.queue_detail != Detail::micro && words.width() <= rect.w) {
    gate(f.ui, {rect.right() - words.out_width, y}, dispatch, words.out);
    gate(f.ui, {rect.right() - words.width(), y}, accept, words.in);
  } else {
    gate_sign(f.ui, {rect.right() - f.px(22), y}, accept);
    gate_sign(f.ui, {rect.right() - f.px(6), y}, dispatch);
  }
}

void draw_modes(const StageFrame& f, const Rect& rect, const QueueView& q) {
  const std::string_view labels[] = {tr("stage.seq"), tr("stage.par"), tr("stage.man")};
  static constexpr trace::Act acts[] = {trace::Act::SwitchSequential, trace::Act::SwitchParallel,
                                        trace::Act::SwitchManual};
  std::string reasons[3];
  const char* off[3] = {};
  const int selected = int(q.dispatch()) - 1;
  if (f.in.can_act) {
    for (const model::LegalCall& call : model::legal_calls(f.now, q.id, acts))
      for (int i = 0; i < 3; ++i)
        if (call.act == acts[i] && !call.legal() && i != selected)
          reasons[i] = with_rule(call.reason, call.rule);
  } else {
    for (int i = 0; i < 3; ++i)
      if (i != selected) reasons[i] = tr("stage_menu.watch_only");
  }
  for (int i = 0; i < 3; ++i)
    if (!reasons[i].empty()) off[i] = reasons[i].c_str();
  const int pressed = segmented(f.ui, rect, "mode", labels, selected, off);
  if (pressed < 0 || pressed == selected) return;
  f.out.push_back(session::cmd::SwitchDispatch{q.id, trace::Dispatch(pressed + 1), kNoLimit});
}

// The types of requests routed here, as shapes; none for a queue that only gets forwards.
struct Routes {
  int types[5], count = 0;
  const int* begin() const { return types; }
  const int* end() const { return types + count; }
  void push_back(int type) { types[count++] = type; }
};
Routes routes_to(const model::Model& m, const QueueView& q) {
  Routes out;
  const model::DeviceView* d = m.device(q.device);
  if (!d) return out;
  for (int i = 1; i < 4; ++i)
    if (d->routes[i] == q.id || (!d->routes[i] && (q.config & trace::kConfigDefault)))
      out.push_back(i);
  for (int i : {0, 4})
    if (d->routes[i] == q.id) out.push_back(i);
  return out;
}

// Is a request of this queue in that card?
bool serves(const StageFrame& f, const RoomBox& room, const QueueView& q) {
  if (room.who.queue == q.id) return true;
  return std::any_of(room.requests.begin(), room.requests.end(), [&](ObjectId id) {
    const model::RequestView* r = f.now.request(id);
    return r && r->queue == q.id;
  });
}

void draw_title(const StageFrame& f, Rect rect, const QueueView& q, const std::string& name) {
  const bool held = q.power != trace::QueuePower::On;
  const bool micro = f.at.queue_detail == Detail::micro;
  // Two names that begin alike must not look alike: rather smaller than cut.
  const Font* fonts[] = {&f.ui.fonts->bold, &f.ui.fonts->small_bold, &f.ui.fonts->caption_bold};
  size_t size = micro ? 1 : 0;
  while (size + 1 < std::size(fonts) && text_width(*fonts[size], name) > rect.w) ++size;
  const Font& font = *fonts[size];
  const float wanted = text_width(font, name) + f.px(6);
  Rect text = cut_left(rect, std::min(wanted, rect.w));
  name_label(f, text, name, font, f.theme.text);
  const std::string badge = tr("stage.power_hold");
  if (held && !micro && chip_width(f.ui, badge, icon::power) + f.px(4) <= rect.w) {
    const Rect r =
        chip(f.ui, {rect.x + f.px(4), rect.center().y}, badge, f.theme.warning, icon::power);
    cut_left(rect, r.w + f.px(10));
  }
  static constexpr TokenShape shapes[] = {TokenShape::create, TokenShape::read, TokenShape::write,
                                          TokenShape::control, TokenShape::internal};
  for (const int route : routes_to(f.now, q)) {
    if (rect.w < f.px(18)) return;
    const Rect cell = cut_left(rect, f.px(14));
    TokenStyle s;
    s.shape = shapes[route];
    s.owner = TokenOwner::waiting;
    s.size = 9;
    s.alpha = 0.9f;
    draw_token(f.ui, cell.center(), s);
  }
  if (!micro) return;  // else there is no switch that shows it
  const char* const modes[] = {tr("stage.seq"), tr("stage.par"), tr("stage.man")};
  cut_left(rect, f.px(6));
  fitting_label(f, rect, modes[int(q.dispatch()) - 1], f.ui.fonts->caption, f.theme.text_dim);
}

std::string queue_tooltip(const StageFrame& f, const QueueView& q, const std::string& name) {
  std::string tip = name + ": " + trace::queue_config_words(q.config, q.limit);
  tip += "\n" + trf("stage.tip_counts", q.waiting.size(), q.owned_count);
  tip += "\n" + trace::queue_flags_words(q.flags, q.slots);
  if (q.power != trace::QueuePower::On) tip += "\n" + trf("stage.tip_power", trace::words(q.power));
  const model::WhyNot why = model::why_not_delivering(f.now, f.trace, q.id);
  if (!why.sentence.empty()) tip += "\n" + why.sentence;
  return tip;
}

void queue_card(const StageFrame& f, const QueueBox& box, int index) {
  const QueueView* q = f.now.queue(box.id);
  if (!q || q->deleted) return;
  const std::string name = f.trace.name(box.id);
  const bool lit = f.event && f.event->s == box.id &&
                   trace::event_level(f.event->code) == trace::EventLevel::State;
  const Hit hit = card(f, box.card, name, box.id, lit, name);
  {
    const IdScope scope(f.ui, name);
    const Inside inside(f.ui, hit);
    Rect title = box.title, modes = box.modes;
    if (!modes.empty()) {
      // A long name takes from the switch what that can spare.
      const float wants = text_width(f.ui.fonts->caption_bold, name) + f.px(2) - title.w;
      const float more = std::clamp(wants, 0.0f, std::max(0.0f, modes.w - f.px(96)));
      title.w += more, modes.x += more, modes.w -= more;
    }
    draw_title(f, title, *q, name);
    if (!modes.empty()) draw_modes(f, modes, *q);
    tube(f.ui, box.tube, q->power != trace::QueuePower::On, false);
    Rect gauge = box.gauge, gates = box.gates;
    draw_retrieve(f, *q, box, gauge, gates);
    const auto texts = gauge_texts(*q);
    make_room_for_gates(f, *q, texts[0], gauge, gates);
    draw_gauge(f, gauge, *q, texts);
    draw_gates(f, gates, *q);
    if (hit.hovered || hit.ring) tooltip(f.ui, hit, queue_tooltip(f, *q, name));
  }
  draw_tokens_at(f, {StationKind::tube, index});
}

void add_queue_button(const StageFrame& f) {
  if (f.at.add_queue.empty() || !f.in.graph) return;
  const bool full = f.in.graph->queues.size() >= run::kMostQueues;
  const std::string reason =
      full ? trf("setup.most_queues", run::kMostQueues) : tr("stage.tip_add");
  ButtonStyle style;
  style.font = &f.ui.fonts->small_bold;
  style.look = ButtonLook::quiet;
  style.disabled = full;
  style.reason = reason.c_str();
  if (!button(f.ui, f.at.add_queue, "add-queue", tr("setup.add_queue"), style).clicked) return;
  run::QueueGraph more = *f.in.graph;
  add_queue(more);
  f.out.push_back(session::cmd::SetGraph{more, trf("setup.label_add", more.queues.back().name)});
}

}  // namespace

void draw_queues(const StageFrame& f) {
  add_queue_button(f);
  for (size_t i = 0; i < f.at.queue_boxes.size(); ++i) queue_card(f, f.at.queue_boxes[i], int(i));
}

void draw_links(const StageFrame& f) {
  if (f.at.arrange == Arrange::stacked) return;
  const ArrowStyle route{f.theme.arrow.faded(0.75f), 1.5f, true, true, 1};
  const ArrowStyle serve{f.theme.arrow.faded(0.75f), 1.5f, false, true, 1};
  for (const QueueBox& box : f.at.queue_boxes) {
    const QueueView* q = f.now.queue(box.id);
    if (!q || q->deleted) continue;
    const Point in{box.card.x - f.px(1), box.tube.center().y};
    if (f.at.arrange == Arrange::columns && routes_to(f.now, *q).count > 0)
      arrow(f.ui, {f.at.apps.right() + f.px(1), in.y}, in, route);
    for (const RoomBox& room : f.at.room_boxes) {
      if (!room.key.handler || !serves(f, room, *q)) continue;
      const float to = (room.tokens.empty() ? room.title : room.tokens).center().y;
      float from = box.tube.center().y;
      // Where the columns stand close a curve is a stray mark: as level as the card allows.
      if (f.at.arrange == Arrange::folded)
        from = std::clamp(to, box.card.y + f.px(8), box.card.bottom() - f.px(8));
      route_arrow(f.ui, {box.card.right(), from}, {room.card.x - f.px(1), to}, serve);
    }
  }
}

}  // namespace qs::ui
