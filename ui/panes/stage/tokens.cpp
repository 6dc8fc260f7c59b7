// Requests on the stage: placed in reading order, drawn above the arrows, moved along their path.
#include <algorithm>
#include <cctype>

#include "ui/panes/stage/parts.h"
#include "ui/symbols/arrow.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/core/motion.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

TokenStyle style_of(const StageFrame& f, const ShownToken& token, const model::RequestView& now) {
  const model::RequestView* before = f.before.request(token.id);
  // On its way it keeps its old look until the middle.
  const model::RequestView& shown = token.moving && !token.arriving && before ? *before : now;
  TokenStyle s = request_style(f.now, shown);
  s.size = token.size;
  s.alpha = token.alpha;
  s.selected = f.selected(token.id);
  s.hovered = f.hovered(token.id);
  s.changed = f.event && (!before || !(*before == now)) && !token.moving;
  return s;
}

void put_down(const StageFrame& f, const ShownToken& token, bool floating) {
  const model::RequestView* r = f.now.request(token.id);
  if (!r) return;
  const std::string name = f.trace.name(token.id);
  StageFrame::Drawn d{token.center, style_of(f, token, *r), token_label(name, token.size),
                      r->has(model::kAsked)};
  ItemOptions options;
  options.kind = Kind::token;
  options.group = f.group;
  options.floating = floating;
  options.selected = d.style.selected;
  options.text = name;
  const float side = std::max(f.px(token.size), f.px(24));
  const Hit hit = f.ui.item(rect_around(token.center, side, side), name, options);
  d.style.hovered = d.style.hovered || hit.hovered;
  d.style.focused = hit.ring;
  handle(f, hit, token.id);
  // While it plays, what is told of one would cover others that move.
  if ((hit.hovered || hit.ring) && !f.in.moment.playing)
    tooltip(f.ui, hit, request_tooltip(f.now, f.trace, token.id));
  take_drag(f, hit, token.id);
  f.drawn.push_back(std::move(d));
}

Color move_color(const StageFrame& f, MoveKind kind) {
  switch (kind) {
    case MoveKind::back: return f.theme.arrow_asked;
    case MoveKind::send: return f.theme.owner_target;
    default: return f.theme.arrow_active;
  }
}

bool is_free(const StageFrame& f, Point p, float radius) {
  for (const ShownToken& t : f.picture.tokens)
    if (length(t.center - p) < radius) return false;
  return true;
}

void draw_move(const StageFrame& f, const Move& move, int number) {
  const float off = f.px(move.size_to / 2 + 7);
  const MovePath p = trimmed(move.path, f.px(move.size_from / 2 + 5), off);
  if (length(p.b - p.a) < f.px(8)) return;
  ArrowStyle style;
  style.color = move_color(f, move.kind);
  style.thickness = f.in.projector ? 3 : 2;
  style.dashed = move.kind == MoveKind::back || move.kind == MoveKind::send;
  style.drawn = std::max(0.05f, ease_in_out(stages(f.t).travel));
  style.head = f.t > 0.5f || f.t >= 1;
  curved_arrow(f.ui, p.a, p.c1, p.c2, p.b, style);
  const model::RequestView* before = f.before.request(move.id);
  if (before && is_free(f, move.path.a, f.px(move.size_from * 0.8f))) {
    TokenStyle ghost = request_style(f.before, *before);
    ghost.size = move.size_from;
    ghost.hollow = true;
    ghost.cancelable = false;
    ghost.marks = 0;
    ghost.alpha = 0.7f;
    draw_token(f.ui, move.path.a, ghost);
  }
  // Where nothing moves, numbers say what came first; one arrow alone needs none.
  if (f.ui.reduced_motion && f.picture.moves.size() > 1) draw_step_number(f.ui, p.at(0.5f), number);
}

// "default-more": where the pile is.
std::string pile_name(const StageFrame& f, Station at) {
  const size_t i = size_t(std::max(0, at.index));
  switch (at.kind) {
    case StationKind::app: return f.trace.name(f.at.app_boxes[i].id) + "-more";
    case StationKind::device: return "device-more";
    case StationKind::tube: return f.trace.name(f.at.queue_boxes[i].id) + "-more";
    case StationKind::room: return "room" + std::to_string(i) + "-more";
    case StationKind::target: return "target-more";
    default: return "done-more";
  }
}

}  // namespace

std::string token_label(const std::string& name, float size) {
  std::string text = name;
  if (const size_t space = text.rfind(' '); space != text.npos) text = text.substr(space + 1);
  const size_t most = size >= 32 ? 4 : size >= 27 ? 3 : 2;
  if (text.size() > most && std::isalpha(static_cast<unsigned char>(text[0]))) text.erase(0, 1);
  if (text.size() > most + 1) text.erase(0, text.size() - most - 1);
  return text;
}

void draw_tokens_at(const StageFrame& f, Station at) {
  std::vector<const ShownToken*> here;
  for (const ShownToken& t : f.picture.tokens)
    if (t.at == at && !t.moving) here.push_back(&t);
  const bool head_right = at.kind == StationKind::tube;
  std::sort(here.begin(), here.end(), [&](const ShownToken* a, const ShownToken* b) {
    return head_right ? a->order > b->order : a->order < b->order;
  });
  const auto pile = [&] {
    for (const PileSpot& p : f.at.piles) {
      if (!(p.at == at)) continue;
      const std::string name = pile_name(f, at);
      const Hit hit = token_more(f.ui, p.center, name, p.count, p.size, f.group);
      if (hit.hovered || hit.ring) tooltip(f.ui, hit, trf("stage.tip_pile", p.count));
      if (!hit.clicked) continue;
      std::vector<ObjectId> hidden;
      for (const TokenSpot& t : f.at.tokens)
        if (t.at == at && !t.shown && hidden.size() < 16) hidden.push_back(t.id);
      if (!hidden.empty())
        open_list_menu(f.ui, f.in.state.menu, hit,
                       list_menu(f.now, f.trace, tr("stage_menu.list_title"), hidden));
    }
  };
  const bool pile_first = head_right || at.kind == StationKind::done;
  if (pile_first) pile();
  for (const ShownToken* t : here) put_down(f, *t, false);
  if (!pile_first) pile();
}

void draw_moving_tokens(const StageFrame& f) {
  for (const ShownToken& t : f.picture.tokens)
    if (t.moving) put_down(f, t, true);
  draw_put_down(f);
}

void draw_put_down(const StageFrame& f) {
  for (StageFrame::Drawn& d : f.drawn) {
    d.style.label = d.label;
    draw_token(f.ui, d.center, d.style);
    if (!d.asked) continue;
    // The driver waits for an order about it.
    const float off = token_shoulder(f.ui, d.style.size);
    const float r = token_mark_radius(f.ui, d.style.size) + f.px(1);
    const Point at{d.center.x - off, d.center.y - off};
    disc(f.ui, at, r + f.px(1), f.theme.panel);
    disc(f.ui, at, r, f.theme.prompt);
    const bool small = d.style.size < 30;
    draw_text_centered(f.ui, at, small ? f.ui.fonts->caption_bold : f.ui.fonts->small_bold,
                       f.theme.panel, "?");
  }
  f.drawn.clear();
}

void draw_moves(const StageFrame& f) {
  int number = 0;
  for (const Move& move : f.picture.moves) {
    if (++number > 8) break;
    draw_move(f, move, number);
  }
}

}  // namespace qs::ui
