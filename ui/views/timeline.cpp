#include "ui/views/timeline.h"

#include <algorithm>
#include <cmath>

#include "trace/narrate.h"
#include "trace/words.h"
#include "ui/views/timeline_parts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strings.h"
#include "ui/widgets/tooltip.h"

namespace qs::ui {

// ---- layout

TimelineLayout timeline_layout(const Rect& inner, float scale, TimelineState::Tab tab, bool marks,
                               int rows) {
  const auto px = [scale](float v) { return std::round(v * scale); };
  TimelineLayout at;
  Rect rest = inner;
  at.header = cut_top(rest, px(28), px(4));
  if (tab == TimelineState::log) {
    at.lanes = rest;
    return at;
  }
  const float label = px(tab == TimelineState::requests ? 64 : 108);
  const float overview = px(rows > 1 ? 13 : 14) * float(rows) + px(2);
  if (rest.h > px(110) + overview) {
    at.overview = cut_bottom(rest, overview, px(4));
    at.overview.x += label;
    at.overview.w -= label + px(12);
  }
  const auto strip = [&](Rect r) {
    r.x += label;
    r.w -= label + px(12);  // room for the scroll bar of the lanes
    return r;
  };
  at.ruler = strip(cut_top(rest, px(marks ? 22 : 14)));
  if (marks) at.marks = {at.ruler.x, at.ruler.y, at.ruler.w, px(16)};
  at.axis = strip(cut_bottom(rest, px(16)));
  at.lanes = rest;
  at.labels = {rest.x, rest.y, label, rest.h};
  at.canvas = strip(rest);
  return at;
}

namespace {

constexpr size_t kFew = 64;  // up to here all lanes are shown

bool touches(uint32_t from, uint32_t to, const EventRange& view) {
  const double end = to == 0xFFFFFFFFu ? 1e18 : position_of_event(to);
  return position_of_event(from) <= view.to && end >= view.from;
}

}  // namespace

float lane_rows(const TraceFacts& facts, Timeline& timeline, TimelineState::Tab tab,
                const EventRange& view, size_t ready, float scale, std::vector<LaneRow>& out) {
  out.clear();
  float y = 0;
  const auto add = [&](ObjectId id, float height, uint8_t type) {
    const float h = std::round(height * scale);
    out.push_back({id, y, h, type});
    y += h;
  };
  if (tab == TimelineState::queues) {
    for (const ObjectId id : timeline.queues()) add(id, 60, 0);
    return y;
  }
  const auto& lives = tab == TimelineState::threads ? facts.threads() : facts.requests();
  for (const TraceFacts::Life& l : lives) {
    if ((lives.size() > kFew || l.to < ready) && !touches(l.from, l.to, view)) continue;
    const float height = tab == TimelineState::requests
                             ? 20
                             : 20 + 14 * float(std::clamp(facts.depth_of(l.id), 1, 6));
    add(l.id, height, l.type);
  }
  return y;
}

namespace timeline {

Color ink_on(const Theme& theme, Color ground) {
  const auto light = [](Color c) {
    return 0.299f * float(c.r) + 0.587f * float(c.g) + 0.114f * float(c.b);
  };
  const Color dark = theme.text_on_token;
  const Color bright = light(theme.text) > light(theme.panel) ? theme.text : theme.panel;
  return light(ground) > 118 ? dark : bright;
}

TokenShape shape_of(RequestType type) {
  switch (type) {
    case RequestType::Read: return TokenShape::read;
    case RequestType::Write: return TokenShape::write;
    case RequestType::DeviceControl: return TokenShape::control;
    case RequestType::InternalControl: return TokenShape::internal;
    default: return TokenShape::create;
  }
}

TokenOwner owner_of(const RequestView* r) {
  if (!r) return TokenOwner::app;
  switch (r->owner) {
    case Owner::Sender: return TokenOwner::app;
    case Owner::Framework: return TokenOwner::waiting;
    case Owner::Driver: return TokenOwner::driver;
    case Owner::Target: return TokenOwner::target;
    case Owner::Nobody: break;
  }
  return status_is_success(r->status) ? TokenOwner::done : TokenOwner::cancelled;
}

const char* owner_words(const RequestSpan& s) {
  if (s.place == Place::Done) return tr("timeline.done");
  switch (s.owner) {
    case Owner::Sender: return tr("timeline.sender");
    case Owner::Framework: return tr("timeline.framework");
    case Owner::Driver:
      return s.marks & RequestSpan::kMarkCancelable ? tr("timeline.driver_cancelable")
                                                    : tr("timeline.driver_owns");
    case Owner::Target: return tr("timeline.target_owns");
    case Owner::Nobody: break;
  }
  return tr("timeline.done");
}

std::string length_text(const Timeline& t, const EventRange& range) {
  const size_t n = t.size();
  if (n == 0) return {};
  const auto time = [&](double p) {
    return t.trace()[std::min(n - 1, size_t(std::max(0.0, std::round(p) - 1)))].time;
  };
  const uint32_t events = uint32_t(std::max(0.0, std::round(range.to) - std::round(range.from)));
  return trf("timeline.length", events, time_text(time(range.to) - time(range.from)));
}

EventRange Frame::whole() const {
  const EventRange home = home_view(events(), in.run->ready);
  return axis.view == home ? fitted(events()) : home;
}

void Frame::set_view(EventRange view, bool remember) {
  if (view == axis.view) return;
  if (remember) {
    st.undo.push_back(axis.view);
    st.redo.clear();
    if (st.undo.size() > 64) st.undo.erase(st.undo.begin());
  }
  st.view = axis.view = view;
  ui.wake_in(0);
}

void Frame::seek(double position) const {
  const double p = std::clamp(std::round(position), 0.0, double(events()));
  if (p != playhead) out.push_back(cmd::Seek{p});
}

}  // namespace timeline

namespace {

using timeline::Frame;

// ---- header: tabs, what is shown, zoom

std::string status_text(const Frame& f, bool brief) {
  const Moment& m = *f.in.moment;
  const std::string time = time_text(m.after->time);
  if (brief) return trf("timeline.status_brief", m.event, f.events(), time);
  return trf("timeline.status", m.event, f.events(), time, f.in.run->seed);
}

void draw_branch_menu(Frame& f, Id owner) {
  const auto& run = *f.in.run;
  if (!menu_open(f.ui, owner)) return;
  std::vector<MenuEntry> entries;
  const auto rows = branch_rows(run.branches);
  for (const BranchRow& row : rows) {
    std::string indent;
    for (int p = row.parent_row; p >= 0; p = rows[size_t(p)].parent_row) indent += "    ";
    MenuEntry e;
    e.label = indent + run.branches[row.branch].label;
    e.checked = row.branch == run.current;
    entries.push_back(e);
  }
  if (const MenuChoice c = menu(f.ui, owner, tr("timeline.branches"), entries))
    f.out.push_back(cmd::ShowBranch{rows[size_t(c.index)].branch});
}

Id draw_header(Frame& f, Rect bar) {
  Ui& ui = f.ui;
  const std::string_view names[] = {tr("timeline.requests"), tr("timeline.threads"),
                                    tr("timeline.queues"), tr("timeline.log")};
  float tabs_width = 0;
  for (const auto n : names) tabs_width += text_width(ui.fonts->bold, n) + ui.px(28);
  const int picked =
      tabs(ui, cut_left(bar, std::min(bar.w, tabs_width), ui.px(8)), "tab", names, f.st.tab);
  if (picked >= 0) f.st.tab = TimelineState::Tab(picked);

  // Right to left: the branch, the status, the zoom buttons; what does not fit is left out.
  const RunInfo& run = *f.in.run;
  const Id branch_id = ui.id("branch");
  if (!run.branches.empty() && bar.w > ui.px(90)) {
    const std::string text = trf("timeline.branch", run.branches[run.current].label) + " ▾";
    bool fits = false;
    const Font& font = ui.fonts->small;
    const std::string shown = shortened(font, text, std::min(bar.w, ui.px(220)), fits);
    const Rect r = cut_right(bar, text_width(font, shown) + ui.px(2));
    const Hit hit = link(ui, {r.x, r.center().y - font.size / 2}, "branch", shown, false, &font);
    if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  }
  for (const bool brief : {false, true}) {
    const std::string text = status_text(f, brief) + (run.branches.empty() ? "" : " ·");
    const float need = text_width(ui.fonts->small, text) + ui.px(6);
    if (need > bar.w) continue;
    label(ui, cut_right(bar, need), text, {&ui.fonts->small, ui.theme->text_dim});
    break;
  }
  if (f.st.tab == TimelineState::log || bar.w < ui.px(110)) return branch_id;
  cut_right(bar, ui.px(14));
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  const size_t n = f.events();
  const auto one = [&](std::string_view name, const char* sign, const char* words, Action action) {
    const std::string key = ui.keymap ? ui.keymap->key_text(action) : std::string();
    quiet.key = key.c_str();
    return icon_button(ui, cut_right(bar, ui.px(26), ui.px(2)), name, sign, words, quiet).clicked;
  };
  const double at = f.playhead >= f.view().from && f.playhead <= f.view().to
                        ? f.playhead
                        : (f.view().from + f.view().to) / 2;
  if (one("fit", icon::expand, tr("timeline.fit"), Action::zoom_fit)) f.set_view(f.whole(), true);
  if (one("zoom-in", icon::zoom_in, tr("timeline.zoom_in"), Action::zoom_in))
    f.set_view(zoomed(f.view(), n, at, 0.5), true);
  if (one("zoom-out", icon::zoom_out, tr("timeline.zoom_out"), Action::zoom_out))
    f.set_view(zoomed(f.view(), n, at, 2), true);
  return branch_id;
}

// ---- keys

void travel(Frame& f, std::vector<EventRange>& from, std::vector<EventRange>& to) {
  if (from.empty()) return;
  to.push_back(f.view());
  f.st.view = f.axis.view = kept_inside(from.back(), f.events());
  from.pop_back();
}

void keys(Frame& f) {
  Ui& ui = f.ui;
  const size_t n = f.events();
  const EventRange v = f.view();
  const bool inside = f.playhead >= v.from && f.playhead <= v.to;
  const double at = inside ? f.playhead : (v.from + v.to) / 2;
  if (ui.action(Action::zoom_in)) f.set_view(zoomed(v, n, at, 0.5), true);
  if (ui.action(Action::zoom_out)) f.set_view(zoomed(v, n, at, 2), true);
  if (ui.action(Action::pan_left)) f.set_view(panned(v, n, -v.size() * 0.2), false);
  if (ui.action(Action::pan_right)) f.set_view(panned(v, n, v.size() * 0.2), false);
  if (ui.action(Action::undo_view)) travel(f, f.st.undo, f.st.redo);
  if (ui.action(Action::redo_view)) travel(f, f.st.redo, f.st.undo);
  if (ui.action(Action::zoom_fit)) {
    f.set_view(f.st.range ? kept_inside(*f.st.range, n) : f.whole(), true);
    f.st.range.reset();
  }
  if (ui.action(Action::bookmark) && f.in.moment->event > 0)
    f.out.push_back(cmd::Bookmark{trf("timeline.bookmark_name", f.in.moment->event)});
}

// ---- the mouse in the lanes

void wheel(Frame& f, const Hit& canvas) {
  Ui& ui = f.ui;
  const float notches = ui.wheel(canvas.id);
  const double n = f.view().size();
  if (canvas.hovered && ui.in.wheel_x != 0)
    f.set_view(panned(f.view(), f.events(), double(ui.in.wheel_x) * n * 0.08), false);
  if (notches == 0) return;
  if (ui.in.mods & mod_shift)
    return f.set_view(panned(f.view(), f.events(), -double(notches) * n * 0.08), false);
  const double step = ui.in.mods & mod_ctrl ? 1.06 : 1.25;
  const bool new_gesture = ui.now - f.st.last_zoom > 0.6;
  f.st.last_zoom = ui.now;
  const double at = f.axis.position(ui.mouse().x);
  f.set_view(zoomed(f.view(), f.events(), at, std::pow(step, -double(notches))), new_gesture);
}

void pan(Frame& f, const Hit& canvas) {
  Ui& ui = f.ui;
  TimelineState& st = f.st;
  if ((ui.in.pressed == 1 || ui.in.pressed == 2) && canvas.hovered) {
    st.drag = TimelineState::pan;
    st.drag_from = ui.mouse();
    st.drag_view = f.view();
    st.drag_scroll = st.scroll[st.tab].y;
    st.drag_moved = false;
  }
  if (st.drag != TimelineState::pan) return;
  if (!ui.in.down[1] && !ui.in.down[2]) {
    st.drag = TimelineState::no_drag;
    return;
  }
  const Point by = ui.mouse() - st.drag_from;
  if (!st.drag_moved && length(by) < ui.px(4)) return;
  st.drag_moved = true;
  const double events = -double(by.x) / double(f.axis.width) * st.drag_view.size();
  f.set_view(panned(st.drag_view, f.events(), events), false);
  st.scroll[st.tab].y = std::max(0.0f, st.drag_scroll - by.y);
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

void left_button(Frame& f, const Hit& canvas) {
  TimelineState& st = f.st;
  const float mouse = f.ui.mouse().x;
  if (canvas.pressed) {
    st.drag_from = f.ui.mouse();
    const bool at_playhead = std::abs(mouse - f.axis.x(f.playhead)) < f.ui.px(5);
    st.drag = at_playhead ? TimelineState::scrub : TimelineState::no_drag;
  }
  if (canvas.drag_started && st.drag == TimelineState::no_drag) st.drag = TimelineState::mark;
  if (canvas.held && st.drag == TimelineState::scrub) f.seek(f.axis.position(mouse));
  if (canvas.dragging && st.drag == TimelineState::mark) {
    const double a = std::round(f.axis.position(st.drag_from.x));
    const double b = std::round(f.axis.position(std::clamp(mouse, f.axis.left, f.axis.right())));
    st.range =
        EventRange{std::max(0.0, std::min(a, b)), std::min(double(f.events()), std::max(a, b))};
    if (st.range->empty()) st.range.reset();
  }
  if (canvas.dropped || (!canvas.held && st.drag != TimelineState::pan && !f.ui.in.down[0]))
    st.drag = TimelineState::no_drag;
}

void canvas_clicks(Frame& f, const Hit& canvas, const Rect& content) {
  TimelineState& st = f.st;
  const Point mouse = f.ui.mouse();
  const LaneRow* lane = lane_at(f, content, mouse.y);
  const int64_t event = event_near(f.axis, mouse.x, f.events());
  if (canvas.hovered && st.drag == TimelineState::no_drag) {
    if (lane) f.shared.hover(lane->id);
    f.shared.hover_event(event);
    Hit near = canvas;
    near.rect = {mouse.x, mouse.y - f.ui.px(8), 1, f.ui.px(20)};
    if (lane) tooltip(f.ui, near, timeline::lane_words(f, *lane, event));
  }
  if (canvas.double_clicked)
    f.set_view(f.whole(), true);
  else if (canvas.clicked && canvas.hovered && !canvas.dropped) {
    if (lane) f.shared.selected = lane->id;
    st.range.reset();
    if (event >= 0) f.seek(position_of_event(size_t(event)));
  }
  if (canvas.key == Key::up || canvas.key == Key::down) {
    const auto& rows = st.lanes.rows;
    auto it = std::find_if(rows.begin(), rows.end(),
                           [&](const LaneRow& r) { return r.id == f.shared.selected; });
    if (rows.empty()) return;
    if (it == rows.end())
      it = rows.begin();
    else if (canvas.key == Key::up && it != rows.begin())
      --it;
    else if (canvas.key == Key::down && it + 1 != rows.end())
      ++it;
    f.shared.selected = it->id;
    float& y = st.scroll[st.tab].y;
    y = std::clamp(y, it->y + it->h - f.at.canvas.h, it->y);
  }
  if (canvas.right_clicked && !st.drag_moved) {
    st.menu_at.object = lane ? lane->id : ObjectId();
    st.menu_at.event = event;
    open_menu(f.ui, canvas);
  }
}

void canvas_menu(Frame& f, Id owner) {
  Ui& ui = f.ui;
  if (!menu_open(ui, owner)) return;
  const auto& at = f.st.menu_at;
  std::vector<MenuEntry> entries;
  entries.push_back({.label = tr("timeline.go_there"), .key = "G"});
  entries.push_back({.label = tr("timeline.fit"), .key = "F"});
  std::string title = tr("timeline.title");
  if (at.object) {
    title = f.trace().name(at.object);
    entries.push_back({.label = trf("timeline.zoom_to", title), .key = "Z", .separator = true});
    if (at.object.kind() == ObjectKind::Request) {
      const auto& stops = f.shared.breakpoints.requests;
      entries.push_back(
          {.label = trf("timeline.stop_at", title),
           .key = "S",
           .checked = std::find(stops.begin(), stops.end(), at.object) != stops.end()});
    }
  }
  const MenuChoice choice = menu(ui, owner, title, entries);
  if (!choice) return;
  if (choice.index == 0 && at.event >= 0) f.seek(position_of_event(size_t(at.event)));
  if (choice.index == 1) f.set_view(f.whole(), true);
  if (choice.index == 2) {
    const auto events = f.timeline().events_of(at.object);
    if (!events.empty())
      f.set_view(kept_inside({double(events.front()) - 1, double(events.back()) + 3}, f.events()),
                 true);
  }
  if (choice.index == 3) f.shared.breakpoints.toggle_request(at.object);
}

// ---- over and under the lanes

void draw_grid(Frame& f) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const Rect& c = f.at.canvas;
  fill(ui, c, t.well.faded(0.45f), ui.px(3));
  const Clip clip(ui, {f.at.axis.x - ui.px(20), c.y, f.at.axis.w + ui.px(20), c.h + f.at.axis.h});
  for (const Tick& tick : time_ticks(f.timeline(), f.axis, ui.px(7), ui.px(86))) {
    const float x = f.axis.x(tick.position);
    vline(ui, x, c.y, c.bottom() + (tick.label ? ui.px(3) : 0), t.grid);
    if (!tick.label) continue;
    const std::string text = time_text(tick.time);
    const float w = text_width(ui.fonts->caption, text);
    const float left =
        std::clamp(x - w / 2, f.at.axis.x, std::max(f.at.axis.x, f.at.axis.right() - w));
    label(ui, Point{left, f.at.axis.y + ui.px(3)}, text, {&ui.fonts->caption, t.text_faint});
  }
}

// Where other branches leave this one, and where this one left its parent.
void draw_forks(Frame& f) {
  Ui& ui = f.ui;
  const RunInfo& run = *f.in.run;
  const Rect& c = f.at.canvas;
  const Clip clip(ui, c);
  float label_end = -1e9f;
  for (size_t i = 1; i < run.branches.size(); ++i) {
    const BranchInfo& b = run.branches[i];
    if (i != run.current && b.parent != run.current) continue;
    const float x = f.axis.x(double(b.fork_event));
    if (x < c.x || x > c.right()) continue;
    dashed_vline(ui, x, c.y, c.bottom(), ui.theme->branch, ui.line(2), ui.px(3), ui.px(3));
    if (i == run.current) continue;
    const std::string text = trf("timeline.branch_here", b.label);
    const Font& font = ui.fonts->caption;
    const float w = text_width(font, text);
    if (x + ui.px(6) < label_end || x + w + ui.px(8) > c.right()) continue;
    const Point at{x + ui.px(6), c.bottom() - font.size - ui.px(3)};
    fill(ui, outset(Rect{at.x, at.y, w, font.size}, ui.px(2)), ui.theme->panel.faded(0.85f),
         ui.px(2));
    draw_text(ui, at, font, ui.theme->branch, text);
    label_end = x + w + ui.px(12);
  }
}

void draw_range(Frame& f) {
  if (!f.st.range) return;
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const Rect& c = f.at.canvas;
  const float x0 = std::clamp(f.axis.x(f.st.range->from), c.x, c.right());
  const float x1 = std::clamp(f.axis.x(f.st.range->to), c.x, c.right());
  fill(ui, {x0, c.y, x1 - x0, c.h}, t.accent.faded(0.16f));
  vline(ui, x0, c.y, c.bottom(), t.accent, ui.line(1.5f));
  vline(ui, x1, c.y, c.bottom(), t.accent, ui.line(1.5f));
  const std::string text = timeline::length_text(f.timeline(), *f.st.range);
  const Font& font = ui.fonts->small_bold;
  const float w = text_width(font, text) + ui.px(16), b = ui.px(24);
  Rect tag =
      kept_inside({(x0 + x1 - w) / 2 - b, c.y + ui.px(3), w + 2 * b + ui.px(4), ui.px(24)}, c);
  const Scope scope(ui, "range");
  ItemOptions ground;
  ground.kind = Kind::blocker;
  ground.focusable = false;
  ground.floating = true;
  ui.item(tag, "tag", ground);
  box(ui, tag, t.menu, t.accent, ui.px(4));
  draw_text(ui, cut_left(tag, w), font, t.text, text, Align::center);
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  const Hit in =
      icon_button(ui, cut_left(tag, b), "zoom", icon::zoom_in, tr("timeline.zoom_range"), quiet);
  const Hit off =
      icon_button(ui, cut_left(tag, b), "clear", icon::cross, tr("timeline.clear_range"), quiet);
  if (in.clicked) {
    f.set_view(kept_inside(*f.st.range, f.events()), true);
    f.st.range.reset();
  } else if (off.clicked) {
    f.st.range.reset();
  }
}

void draw_hover_line(Frame& f) {
  const int64_t e = f.shared.hovered_event;
  if (e < 0) return;
  const float x = f.axis.x(position_of_event(size_t(e)));
  const Rect& c = f.at.canvas;
  if (x < c.x || x > c.right()) return;
  vline(f.ui, x, c.y, c.bottom(), f.ui.theme->text_faint.faded(0.7f), f.ui.line());
}

// The strip above the lanes: pressing it anywhere takes the playhead there.
void draw_ruler(Frame& f) {
  Ui& ui = f.ui;
  ItemOptions options;
  options.kind = Kind::picture;
  options.focusable = false;
  options.text = tr("timeline.ruler");
  const Hit hit = ui.item(f.at.ruler, "ruler", options);
  if (hit.held) f.seek(f.axis.position(ui.mouse().x));
  if (!hit.hovered || hit.held) return;
  f.shared.hover_event(event_near(f.axis, ui.mouse().x, f.events()));
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
}

void draw_playhead(Frame& f) {
  Ui& ui = f.ui;
  const float x = f.axis.x(f.playhead);
  const Rect& c = f.at.canvas;
  if (x < c.x - 1 || x > c.right() + 1) return;
  const Rect handle = rect_around({x, f.at.ruler.bottom() - ui.px(6)}, ui.px(24), ui.px(14));
  ItemOptions options;
  options.kind = Kind::slider;
  options.focusable = false;
  options.floating = true;  // over the signs
  options.text = tr("timeline.playhead");
  const Hit hit = ui.item(handle, "playhead", options);
  // Taken by its side it stays under the hand.
  if (hit.pressed) f.st.drag_from = {ui.mouse().x - x, 0};
  if (hit.dragging) f.seek(f.axis.position(ui.mouse().x - f.st.drag_from.x));
  if (hit.hovered || hit.held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const bool held = hit.held || hit.hovered || f.st.drag == TimelineState::scrub;
  playhead(ui, x, f.at.ruler.bottom() - ui.px(13), c.bottom() + ui.px(2), held);
}

void draw_future(Frame& f) {
  const float x = f.axis.x(f.playhead);
  const Rect& c = f.at.canvas;
  if (!f.st.show_future || x >= c.right()) return;
  const float from = std::max(x, c.x);
  fill(f.ui, {from, c.y, c.right() - from, c.h}, f.ui.theme->future_shade);
}

void follow(Frame& f) {
  TimelineState& st = f.st;
  const Moment& m = *f.in.moment;
  const bool new_run = st.seen_trace != m.trace || st.seen_size != f.events();
  const EventRange home = home_view(f.events(), f.in.run->ready);
  if (st.view.empty() || (new_run && st.view == st.seen_home)) st.view = home;
  st.seen_home = home;
  st.view = kept_inside(st.view, f.events());
  if (m.event != st.seen_event && st.drag == TimelineState::no_drag)
    st.view = following(st.view, f.events(), position_of(m));
  f.axis.view = st.view;
}

// Brings the lane of what just happened into view.
void follow_lane(Frame& f) {
  TimelineState& st = f.st;
  const Moment& m = *f.in.moment;
  const bool moved = m.event != st.seen_event;
  st.seen_event = m.event;
  st.seen_size = f.events();
  st.seen_trace = m.trace;
  if (!moved || m.event == 0 || st.drag != TimelineState::no_drag) return;
  const Event& e = (*m.trace)[m.event - 1];
  const ObjectId about = st.tab == TimelineState::threads  ? ObjectId(ObjectKind::Thread, e.thread)
                         : st.tab == TimelineState::queues ? e.o
                                                           : e.s;
  for (const LaneRow& r : st.lanes.rows) {
    if (r.id != about) continue;
    float& y = st.scroll[st.tab].y;
    y = std::clamp(y, r.y + r.h - f.at.canvas.h, std::max(0.0f, r.y));
    y = std::max(0.0f, y);
    return;
  }
}

void update_rows(Frame& f) {
  auto& l = f.st.lanes;
  const size_t ready = f.in.run->ready;
  const bool filtered = ready > 0 || f.st.facts.requests().size() > kFew ||
                        f.st.facts.threads().size() > kFew;
  if (l.tab == f.st.tab && l.scale == f.ui.scale && l.size == f.events() && !l.rows.empty() &&
      f.st.seen_trace == &f.trace() && (!filtered || l.view == f.view()))
    return;
  l.tab = f.st.tab;
  l.scale = f.ui.scale;
  l.size = f.events();
  l.view = f.view();
  l.height = lane_rows(f.st.facts, f.timeline(), f.st.tab, f.view(), ready, f.ui.scale, l.rows);
}

void draw_tracks(Frame& f) {
  Ui& ui = f.ui;
  draw_grid(f);
  Rect lanes = f.at.lanes;
  ScrollArea area(ui, lanes, "lanes", f.st.scroll[f.st.tab]);
  const Rect content = area.content();
  timeline::draw_lanes(f, content, f.st.scroll[f.st.tab].y);
  ItemOptions options;
  options.kind = Kind::scroll;  // takes the wheel, so that it zooms
  options.wants = wants_up_down;
  options.text = tr("timeline.lanes");
  const Hit canvas = ui.item(f.at.canvas, "canvas", options);
  if (canvas.ring) focus_ring(ui, inset(f.at.canvas, ui.px(3)), ui.px(3));
  wheel(f, canvas);
  pan(f, canvas);
  left_button(f, canvas);
  canvas_clicks(f, canvas, content);
  area.end(f.st.lanes.height);
  draw_hover_line(f);
  draw_future(f);
  draw_forks(f);
  draw_ruler(f);
  timeline::draw_marks(f);
  draw_playhead(f);
  draw_range(f);
  timeline::draw_overview(f);
  canvas_menu(f, canvas.id);
}

}  // namespace

void draw_timeline(Ui& ui, const Rect& rect, const TimelineInput& in, TimelineState& st,
                   UiState& shared, std::vector<Command>& out) {
  const Panel panel(ui, rect, "timeline");
  Frame f{ui, in, st, shared, out, {}, {}, 0};
  st.facts.update(*in.moment->trace);
  f.playhead = position_of(*in.moment);
  if (ui.pending_action() == Action::search) {
    ui.action(Action::search);
    st.tab = TimelineState::log;
    st.log_state.focus_search = true;
  }
  follow(f);
  const bool marks = !st.facts.decisions().empty() || !f.timeline().verdicts().empty() ||
                     !in.run->bookmarks.empty();
  f.at = timeline_layout(panel.inner(), ui.scale, st.tab, marks, tree_rows(*in.run, 4));
  f.axis.left = f.at.canvas.x;
  f.axis.width = std::max(1.0f, f.at.canvas.w);
  const Id branch = draw_header(f, f.at.header);
  keys(f);
  if (st.tab == TimelineState::log) {
    st.seen_event = in.moment->event;
    draw_log(ui, f.at.lanes, *in.moment, st.log_state, shared, out);
  } else if (!f.at.canvas.empty()) {
    update_rows(f);
    follow_lane(f);
    draw_tracks(f);
    timeline::draw_decision_menu(f);
  }
  draw_branch_menu(f, branch);
}

}  // namespace qs::ui
