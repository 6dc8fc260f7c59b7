#include "ui/panes/timeline/timeline.h"

#include <algorithm>
#include <cmath>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "ui/panes/timeline/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using model::Owner;

// ---- layout

TimelineLayout timeline_layout(const Rect& inner, float scale, TimelineState::Tab tab, bool marks,
                               int rows) {
  const auto px = [scale](float v) { return std::round(v * scale); };
  TimelineLayout at;
  Rect rest = inner;
  at.low = inner.h < px(70);
  if (at.low && tab <= TimelineState::queues) {
    const float label = px(44);
    at.lanes = rest;
    at.labels = {rest.x, rest.y, label, rest.h};
    at.canvas = {rest.x + label, rest.y, rest.w - label - px(12), rest.h};
    at.ruler = {at.canvas.x, rest.y + px(8), at.canvas.w, 0};
    at.marks = {at.ruler.x, at.ruler.y, 0, 0};
    at.axis = {at.canvas.x, rest.bottom(), at.canvas.w, 0};
    return at;
  }
  at.header = cut_top(rest, px(28), px(4));
  if (tab >= TimelineState::log) {
    at.lanes = rest;
    return at;
  }
  const float label = px(tab == TimelineState::requests  ? 64
                         : tab == TimelineState::threads ? 136
                                                         : 108);
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

float lane_rows(const TraceFacts& facts, model::Timeline& timeline, TimelineState::Tab tab,
                const EventRange& view, size_t ready, float scale, std::vector<LaneRow>& out,
                bool creates) {
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
  uint32_t folded = 0;
  const bool others =
      std::any_of(lives.begin(), lives.end(), [](const auto& l) { return !l.plain; });
  for (const TraceFacts::Life& l : lives) {
    if ((lives.size() > kFew || l.to < ready) && !touches(l.from, l.to, view)) continue;
    if (l.plain && l.to != 0xFFFFFFFFu && others) {
      ++folded;
      if (!creates) continue;
    }
    const float height =
        tab == TimelineState::requests
            ? 20
            : (facts.raised(l.id) ? 30 : 20) + 14 * float(std::clamp(facts.depth_of(l.id), 1, 6));
    add(l.id, height, l.type);
  }
  if (folded > 0) {
    add({}, 20, uint8_t(trace::RequestType::Create));
    out.back().folded = folded;
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

const char* owner_words(const model::RequestSpan& s) {
  if (s.place == model::Place::Done) return tr("timeline.done");
  switch (s.owner) {
    case Owner::Sender: return tr("timeline.sender");
    case Owner::Framework: return tr("timeline.framework");
    case Owner::Driver:
      return s.marks & model::RequestSpan::kMarkCancelable ? tr("timeline.driver_cancelable")
                                                           : tr("timeline.driver_owns");
    case Owner::Target: return tr("timeline.target_owns");
    case Owner::Nobody: break;
  }
  return tr("timeline.done");
}

std::string length_text(const model::Timeline& t, const EventRange& range) {
  const size_t n = t.size();
  if (n == 0) return {};
  const auto time = [&](double p) {
    return t.trace()[std::min(n - 1, size_t(std::max(0.0, std::round(p) - 1)))].time;
  };
  const uint32_t events = uint32_t(std::max(0.0, std::round(range.to) - std::round(range.from)));
  const std::string took = trace::time_text(time(range.to) - time(range.from));
  return events == 1 ? trf("timeline.length_one", took) : trf("timeline.length", events, took);
}

EventRange TimelineFrame::whole() const {
  const EventRange home = home_view(events(), in.run->ready);
  return axis.view == home ? fitted(events()) : home;
}

void TimelineFrame::set_view(EventRange view, bool remember) {
  if (view == axis.view) return;
  if (remember) {
    st.undo.push_back(axis.view);
    st.redo.clear();
    if (st.undo.size() > 64) st.undo.erase(st.undo.begin());
  }
  st.view = axis.view = view;
  ui.wake_in(0);
}

void TimelineFrame::point_at(int64_t event, bool thing) const {
  shared.hover_event(event);
  if (event < 0 || size_t(event) >= events()) return;
  const trace::Event& e = trace()[size_t(event)];
  if (e.site) shared.hover_line(e.site);
  if (thing && e.s) shared.hover(e.s);
}

void TimelineFrame::seek(double position) const {
  const double p = std::clamp(std::round(position), 0.0, double(events()));
  if (p != playhead) out.push_back(session::cmd::Seek{p});
}

}  // namespace timeline

namespace {

using timeline::TimelineFrame;

// ---- header: tabs, what is shown, zoom

std::string status_text(const TimelineFrame& f, bool brief) {
  const session::Moment& m = *f.in.moment;
  const std::string time = trace::time_text(m.after->time);
  if (brief) return trf("timeline.status_brief", m.event, f.events(), time);
  return trf("timeline.status", m.event, f.events(), time, f.in.run->seed);
}

void draw_branch_menu(TimelineFrame& f, Id owner) {
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
    f.out.push_back(session::cmd::ShowBranch{rows[size_t(c.index)].branch});
}

Id draw_header(TimelineFrame& f, Rect bar) {
  Ui& ui = f.ui;
  std::vector<std::string_view> names = {tr("timeline.requests"), tr("timeline.threads"),
                                         tr("timeline.queues"), tr("timeline.log")};
  int selected = f.st.tab;
  for (const GuestPane& guest : f.in.guests) {
    if (guest.tab == f.st.tab) selected = int(names.size());
    names.push_back(guest.name);
  }
  const float wanted = std::min(bar.w, tabs_width(ui, names));
  const int picked = tabs_or_menu(ui, cut_left(bar, wanted, ui.px(8)), "tab", names, selected,
                                  tr("timeline.title"));
  if (picked > TimelineState::log)
    f.st.tab = TimelineState::Tab(f.in.guests[size_t(picked) - TimelineState::log - 1].tab);
  else if (picked >= 0)
    f.st.tab = TimelineState::Tab(picked);

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
  if (f.st.tab >= TimelineState::log || bar.w < ui.px(110)) return branch_id;
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

void follow(TimelineFrame& f) {
  TimelineState& st = f.st;
  const session::Moment& m = *f.in.moment;
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
void follow_lane(TimelineFrame& f) {
  TimelineState& st = f.st;
  const session::Moment& m = *f.in.moment;
  const bool moved = m.event != st.seen_event;
  st.seen_event = m.event;
  st.seen_size = f.events();
  st.seen_trace = m.trace;
  if (!moved || m.event == 0 || st.drag != TimelineState::no_drag) return;
  const trace::Event& e = (*m.trace)[m.event - 1];
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

// Lanes grow, within reason, where there is room for them; in a low timeline they shrink.
void grow_rows(TimelineState& st, float room, bool low) {
  auto& l = st.lanes;
  if (low && l.height > room) {
    float y = 0;
    const float h = std::max(5.0f, std::floor(room / float(std::max<size_t>(1, l.rows.size()))));
    for (LaneRow& row : l.rows) {
      row.y = y;
      row.h = std::min(row.h, h);
      y += row.h;
    }
    l.height = y;
    return;
  }
  const float most = st.tab == TimelineState::requests ? 1.7f
                     : st.tab == TimelineState::queues ? 2.2f
                                                       : 1.0f;
  const float by = l.height > 0 ? std::min(most, room / l.height) : 1;
  if (by <= 1) return;
  float y = 0;
  for (LaneRow& row : l.rows) {
    row.y = y;
    row.h = std::floor(row.h * by);
    y += row.h;
  }
  l.height = y;
}

void update_rows(TimelineFrame& f) {
  auto& l = f.st.lanes;
  const size_t ready = f.in.run->ready;
  const bool filtered =
      ready > 0 || f.st.facts.requests().size() > kFew || f.st.facts.threads().size() > kFew;
  if (l.tab == f.st.tab && l.scale == f.ui.scale && l.size == f.events() && !l.rows.empty() &&
      l.room == f.at.canvas.h && l.creates == f.st.creates && f.st.seen_trace == &f.trace() &&
      (!filtered || l.view == f.view()))
    return;
  l.room = f.at.canvas.h;
  l.tab = f.st.tab;
  l.scale = f.ui.scale;
  l.size = f.events();
  l.view = f.view();
  l.creates = f.st.creates;
  l.height = lane_rows(f.st.facts, f.timeline(), f.st.tab, f.view(), ready, f.ui.scale, l.rows,
                       f.st.creates);
  grow_rows(f.st, l.room, f.at.low);
}

void draw_tracks(TimelineFrame& f) {
  Ui& ui = f.ui;
  timeline::look_around(f);
  timeline::draw_grid(f);
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
  timeline::act_on_canvas(f, canvas, content);
  area.end(f.st.lanes.height);
  timeline::draw_hover_line(f);
  timeline::draw_line_runs(f);
  timeline::draw_future(f);
  timeline::draw_forks(f);
  if (!f.at.ruler.empty()) timeline::draw_ruler(f);
  timeline::draw_marks(f);
  timeline::draw_playhead(f);
  timeline::draw_range(f);
  if (!f.at.overview.empty()) timeline::draw_overview(f);
  timeline::canvas_menu(f, canvas.id);
}

}  // namespace

void draw_timeline(Ui& ui, const Rect& rect, const TimelineInput& in, TimelineState& st,
                   UiState& shared, std::vector<session::Command>& out) {
  const Panel panel(ui, rect, "timeline");
  TimelineFrame f{ui, in, st, shared, out, {}, {}, 0};
  st.facts.update(*in.moment->trace);
  f.playhead = position_of(*in.moment);
  if (ui.pending_action() == Action::search) {
    ui.action(Action::search);
    st.tab = TimelineState::log;
    st.log_state.focus_search = true;
  }
  const auto offered = [&](const GuestPane& guest) { return guest.tab == st.tab; };
  if (st.tab > TimelineState::log && std::none_of(in.guests.begin(), in.guests.end(), offered))
    st.tab = TimelineState::requests;
  follow(f);
  const bool marks = !st.facts.decisions().empty() || !f.timeline().verdicts().empty() ||
                     !in.run->bookmarks.empty();
  f.at = timeline_layout(panel.inner(), ui.scale, st.tab, marks, tree_rows(*in.run, 4));
  f.axis.left = f.at.canvas.x;
  f.axis.width = std::max(1.0f, f.at.canvas.w);
  const Id branch = f.at.low ? 0 : draw_header(f, f.at.header);
  timeline::act_on_keys(f);
  const auto guest = std::find_if(in.guests.begin(), in.guests.end(), offered);
  if (guest != in.guests.end()) {
    st.seen_event = in.moment->event;
    guest->draw(f.at.lanes);
  } else if (st.tab == TimelineState::log) {
    st.seen_event = in.moment->event;
    draw_log(ui, f.at.lanes, *in.moment, st.log_state, shared, out);
  } else if (!f.at.canvas.empty()) {
    update_rows(f);
    follow_lane(f);
    draw_tracks(f);
    timeline::draw_decision_menu(f);
  }
  if (branch) draw_branch_menu(f, branch);
}

}  // namespace qs::ui
