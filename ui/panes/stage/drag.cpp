#include "ui/panes/stage/drag.h"

#include <algorithm>

#include "model/queries/queries.h"
#include "trace/events/words.h"
#include "ui/panes/stage/parts.h"
#include "ui/panes/verbs/verbs.h"
#include "ui/symbols/arrow.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// The entry of the request's menu for an act, so that dragging says what the menu says.
const MenuItem* entry_of(const BuiltMenu& menu, trace::Act act) {
  for (const MenuItem& item : menu.items)
    if (item.act == act) return &item;
  return nullptr;
}

void add_entry(std::vector<DropPlace>& out, const StageFrame& f, ObjectId request,
               const MenuItem* item, const Rect& rect, std::string label) {
  if (!item || rect.empty()) return;
  DropPlace place{rect, std::move(label), item->entry.reason, {}, {}, {}};
  if (place.why.empty()) {
    if (item->command) place.command = *item->command;
    place.move = move_of(f.now, request, *item);
  }
  out.push_back(std::move(place));
}

void add_forward(std::vector<DropPlace>& out, const StageFrame& f, ObjectId request,
                 const model::ForwardChoice& choice, const Rect& rect) {
  DropPlace place{rect, trf("verbs.forward_to", f.trace.name(choice.queue)), {}, {}, {}, {}};
  if (!f.rights().orders) {
    place.why = tr("stage_menu.no_orders");
  } else if (choice.legality > model::Legality::Discouraged) {
    place.why = with_rule(choice.reason, choice.rule);
    if (place.why.empty()) place.why = choice.rule;
  } else {
    place.command = forward_command(f.trace, request, choice.queue);
    place.move = {request, choice.queue, HintedMove::To::tail};
  }
  out.push_back(std::move(place));
}

// What a question may mean by "where", by the names that lessons use.
std::vector<DropPlace> answer_places(const StageFrame& f) {
  std::vector<DropPlace> out;
  const auto add = [&](const Rect& rect, const std::string& name) {
    if (!rect.empty()) out.push_back({rect, trf("stage.drag_answer", name), {}, {}, {}, name});
  };
  for (const RoomBox& box : f.at.room_boxes)
    if (box.key.kind != trace::CallbackKind::Count)
      add(box.card, trace::callback_name(box.key.kind));
  for (const int i : f.at.idle_rooms) {
    const RoomKey& key = f.cast.rooms[size_t(i)];
    // Of the last frame: in this one it may not be drawn yet.
    if (const ItemRecord* chip = f.ui.last.find(f.ui.id(room_name(f, key))))
      add(chip->visible, trace::callback_name(key.kind));
  }
  for (const TargetBox& box : f.at.target_boxes) add(box.card, f.trace.name(box.id));
  for (const QueueBox& box : f.at.queue_boxes) add(box.card, f.trace.name(box.id));
  for (const AppBox& box : f.at.app_boxes) add(box.card, f.trace.name(box.id));
  const auto add_part = [&](const Rect& rect, const char* words, const char* name) {
    if (!rect.empty()) out.push_back({rect, trf("stage.drag_answer", words), {}, {}, {}, name});
  };
  add_part(f.at.done, tr("stage.head_done"), "done");
  add_part(f.at.driver, tr("stage.head_driver"), "driver");
  return out;
}

void light(const StageFrame& f, const DropPlace& place, bool over) {
  const bool legal = place.why.empty();
  const Color ink = legal ? f.theme.accent : f.theme.danger;
  if (legal || over) fill(f.ui, place.rect, ink.faded(over ? 0.18f : 0.08f), f.px(6));
  if (legal || over) outline(f.ui, place.rect, ink, f.px(6), f.ui.line(over ? 3 : 2));
}

// Beside the mouse: what letting go would do, or why it would do nothing.
void say_at_mouse(const StageFrame& f, const DropPlace* over) {
  const std::string text = !over               ? std::string(tr("stage.drag_nowhere"))
                           : over->why.empty() ? over->label
                                               : trf("menu.not_now", over->why);
  const Font& font = f.ui.fonts->small_bold;
  const float most = std::min(f.px(340), f.in.rect.w - f.px(24));
  const auto lines = wrapped(font, text, most);
  const float line = std::round(font.size * 1.3f);
  float width = 0;
  for (const auto one : lines) width = std::max(width, text_width(font, one));
  const Point mouse = f.ui.mouse();
  Rect r{mouse.x + f.px(16), mouse.y + f.px(20), width + f.px(16),
         line * float(lines.size()) + f.px(8)};
  r = snapped(kept_inside(r, inset(f.ui.screen, f.px(4))));
  const Layer layer(f.ui, false);
  const bool no = over && !over->why.empty();
  box(f.ui, r, f.theme.tooltip, no ? f.theme.danger : f.theme.accent, f.px(5));
  for (size_t i = 0; i < lines.size(); ++i)
    draw_text(f.ui, Rect{r.x + f.px(8), r.y + f.px(4) + float(i) * line, width, line}, font,
              f.theme.text, lines[i]);
  ItemRecord said;  // for tests and readers; in the way of nothing
  said.rect = said.visible = r;
  said.layer = uint8_t(f.ui.layer());
  said.floating = true;
  f.ui.rects.add(said, {}, "drag", text);
}

const DropPlace* place_at(const std::vector<DropPlace>& places, Point p) {
  for (const DropPlace& place : places)
    if (place.rect.contains(p)) return &place;
  return nullptr;
}

// Near the upper or lower edge of a stage that scrolls, it does.
void scroll_at_edge(const StageFrame& f) {
  const float edge = f.px(28), y = f.ui.mouse().y;
  const Rect &stage = f.in.rect, &view = f.view;
  if (f.at.height <= view.h + 1) return;
  if (y > stage.y && y < view.y + edge) f.in.state.scroll.y -= f.px(6);
  if (y < stage.bottom() && y > view.bottom() - edge) f.in.state.scroll.y += f.px(6);
  f.in.state.scroll.y = std::clamp(f.in.state.scroll.y, 0.0f, f.at.height);
}

}  // namespace

std::vector<DropPlace> drop_places(const StageFrame& f, ObjectId request) {
  if (request == f.in.asked_where) return answer_places(f);
  std::vector<DropPlace> out;
  const model::RequestView* r = f.now.request(request);
  if (!r) return out;
  const MenuRights rights = f.rights();
  const BuiltMenu menu = build_menu(f.now, f.trace, request, MenuPage::main, rights);
  const model::QueueView* own = f.now.queue(r->queue);
  const bool waits = r->place == model::Place::Waiting;
  for (const model::ForwardChoice& choice : model::forward_choices(f.now, request))
    for (const QueueBox& q : f.at.queue_boxes) {
      if (q.id != choice.queue) continue;
      if (waits && q.id == r->queue) continue;  // it is there
      const bool back = own && q.id == own->id && own->dispatch() == trace::Dispatch::Manual;
      if (back)
        add_entry(out, f, request, entry_of(menu, trace::Act::Requeue), q.card,
                  trf("verbs.requeue_to", f.trace.name(q.id)));
      else
        add_forward(out, f, request, choice, q.card);
    }
  add_entry(out, f, request, entry_of(menu, trace::Act::Complete), f.at.done,
            tr("verbs.complete_it"));
  for (const TargetBox& t : f.at.target_boxes)
    add_entry(out, f, request, entry_of(menu, trace::Act::SendToTarget), t.card,
              trf("verbs.send_to", f.trace.name(t.id)));
  if (waits) {
    Rect driver = f.at.driver;  // with the callbacks that are quiet
    driver.h = std::max(driver.bottom(), f.at.quiet.bottom()) - driver.y;
    add_entry(out, f, request, entry_of(menu, trace::Act::RetrieveFound), driver,
              trf("verbs.retrieve_it", f.trace.name(r->queue)));
  }
  return out;
}

void take_drag(const StageFrame& f, const Hit& hit, ObjectId request) {
  if (!f.in.can_act && request != f.in.asked_where) return;
  DragState& drag = f.in.state.drag;
  if (hit.drag_started) {
    drag = {request, false};
    if (f.in.moment.playing) f.out.push_back(session::cmd::Pause{});
  }
  if (!hit.dropped || drag.request != request) return;
  if (!drag.given_up) {
    const auto places = drop_places(f, request);
    const DropPlace* over = place_at(places, f.ui.mouse());
    if (over && over->command) f.out.push_back(*over->command);
    if (over && !over->answer.empty()) f.in.shared.dropped = {request, over->answer};
    if (over && !over->why.empty()) f.in.shared.notice = trf("menu.not_now", over->why);
  }
  drag = {};
}

void draw_drag(const StageFrame& f) {
  DragState& drag = f.in.state.drag;
  if (!drag.request) return;
  if (!f.ui.in.down[0]) {  // let go where nothing is
    drag = {};
    return;
  }
  if (f.ui.in.key == Key::escape) drag.given_up = true;
  const model::RequestView* r = f.now.request(drag.request);
  if (!r || drag.given_up) return;
  f.ui.wake_in(0);
  scroll_at_edge(f);
  const auto places = drop_places(f, drag.request);
  const DropPlace* over = place_at(places, f.ui.mouse());
  for (const DropPlace& place : places) light(f, place, &place == over);
  const Point mouse = f.ui.mouse();
  if (const TokenSpot* from = f.at.token(drag.request))
    arrow(f.ui, from->center, mouse, {f.theme.arrow_asked, 2, true, false, 1});
  TokenStyle style = request_style(f.now, *r);
  style.alpha = 0.85f;
  const std::string text = token_label(f.trace.name(drag.request), style.size);
  style.label = text;
  draw_token(f.ui, mouse, style);
  say_at_mouse(f, over);
}

}  // namespace qs::ui
