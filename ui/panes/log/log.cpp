#include "ui/panes/log/log.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using trace::EventLevel;
using trace::Trace;

namespace {

constexpr size_t kBudget = 200'000;     // events a frame
constexpr size_t kMostCopied = 20'000;  // lines

struct LevelChip {
  EventLevel level;
  const char* key;
};
constexpr LevelChip kLevels[] = {
    {EventLevel::Hop, "moves"},   {EventLevel::Callback, "callbacks"},
    {EventLevel::Call, "calls"},  {EventLevel::Line, "lines"},
    {EventLevel::State, "state"}, {EventLevel::Detail, "internal"},
};

const char* level_words(EventLevel level) {
  switch (level) {
    case EventLevel::Hop: return tr("log.moves");
    case EventLevel::Callback: return tr("log.callbacks");
    case EventLevel::Call: return tr("log.calls");
    case EventLevel::Line: return tr("log.lines");
    case EventLevel::State: return tr("log.state");
    default: return tr("log.internal");
  }
}

Color level_color(const Theme& t, const trace::Event& e) {
  if (e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding) return t.danger;
  if (e.code == trace::EventCode::Hint) return t.accent;
  switch (trace::event_level(e.code)) {
    case EventLevel::Hop: return t.text;
    case EventLevel::Callback: return t.text;
    case EventLevel::Call: return t.text_dim;
    case EventLevel::State: return t.text_dim;
    default: return t.text_faint;
  }
}

// The level of an event can be told without its color.
const char* level_icon(const trace::Event& e) {
  if (e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding)
    return icon::warning;
  if (e.code == trace::EventCode::Hint) return icon::info;
  switch (trace::event_level(e.code)) {
    case EventLevel::Hop: return icon::arrow_right;
    case EventLevel::Callback: return icon::chevron_down;
    case EventLevel::Call: return icon::code;
    default: return "";
  }
}

void copy(Ui& ui, const std::string& text) {
  if (ui.set_clipboard) ui.set_clipboard(ui.clipboard_owner, text);
}

void copy_shown(Ui& ui, const Trace& trace, const LogState& st, const trace::ShownNames* names) {
  std::string all;
  size_t lines = 0;
  for (const uint32_t e : st.rows.rows()) {
    if (++lines > kMostCopied) break;
    all += log_line(trace, e, names) + "\n";
  }
  copy(ui, all);
}

void draw_levels(Ui& ui, Rect& bar, LogState& st, bool text) {
  const IdScope scope(ui, "levels");
  const Id group = ui.id("group");
  static constexpr const char* icons[] = {icon::arrow_right, icon::chevron_down, icon::code,
                                          icon::list,        icon::sliders,      icon::settings};
  for (size_t i = 0; i < std::size(kLevels); ++i) {
    uint8_t bits = level_bit(kLevels[i].level);
    if (kLevels[i].level == EventLevel::State) bits |= level_bit(EventLevel::Meta);
    const char* words = level_words(kLevels[i].level);
    ButtonStyle style;
    style.look = ButtonLook::mode;
    style.on = (st.filter.levels & bits) != 0;
    style.group = group;
    style.font = &ui.fonts->small;
    const float width = text ? text_width(ui.fonts->small, words) + ui.px(18) : ui.px(28);
    const Rect cell = cut_left(bar, width, ui.px(4));
    const Hit hit = text ? button(ui, cell, kLevels[i].key, words, style)
                         : icon_button(ui, cell, kLevels[i].key, icons[i], words, style);
    if (hit.clicked) st.filter.levels ^= bits;
  }
}

float levels_width(Ui& ui) {
  float w = 0;
  for (const LevelChip& c : kLevels)
    w += text_width(ui.fonts->small, level_words(c.level)) + ui.px(22);
  return w;
}

// A menu of what the lines are to be about: the first entry is all of them.
void draw_choice(Ui& ui, Rect& bar, const char* name, const char* all, const char* title,
                 const Trace& trace, const trace::ShownNames* names,
                 const std::vector<ObjectId>& ids, ObjectId& chosen) {
  const std::string label =
      (chosen ? trace::shown_name(trace, chosen, names) : std::string(all)) + "  ▾";
  const float width = std::min(text_width(ui.fonts->small, label) + ui.px(18), ui.px(150));
  if (width > bar.w) return;
  bool fits = false;
  ButtonStyle style;
  style.look = ButtonLook::mode;
  style.on = bool(chosen);
  style.font = &ui.fonts->small;
  style.reason = title;
  const Rect r = cut_left(bar, width, ui.px(4));
  const std::string shown = shortened(ui.fonts->small, label, width - ui.px(14), fits);
  const Hit hit = button(ui, r, name, shown, style);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return;
  std::vector<MenuEntry> entries;
  entries.push_back({.label = all, .checked = !chosen});
  for (const ObjectId id : ids)
    entries.push_back({.label = trace::shown_name(trace, id, names), .checked = id == chosen});
  if (const MenuChoice c = menu(ui, hit.id, title, entries))
    chosen = c.index == 0 ? ObjectId() : ids[size_t(c.index) - 1];
}

// What the lines can be about: the latest of each kind, so that the menu stays short.
std::vector<ObjectId> objects_of(const model::Model& m) {
  constexpr size_t kMost = 20;
  std::vector<ObjectId> ids;
  const auto add = [&](const auto& views) {
    size_t left = views.size() > kMost ? views.size() - kMost : 0;
    for (const auto& view : views)
      if (left == 0)
        ids.push_back(view.id);
      else
        --left;
  };
  add(m.requests);
  add(m.queues);
  add(m.devices);
  add(m.timers);
  add(m.locks);
  return ids;
}

void draw_choices(Ui& ui, Rect& bar, const model::Model& m, const Trace& trace, LogState& st,
                  const trace::ShownNames* names) {
  std::vector<ObjectId> threads;
  for (const model::ThreadView& t : m.threads) threads.push_back(t.id);
  draw_choice(ui, bar, "thread", tr("log.every_thread"), tr("log.thread_tip"), trace, names,
              threads, st.filter.thread);
  draw_choice(ui, bar, "about", tr("log.every_object"), tr("log.about_tip"), trace, names,
              objects_of(m), st.about);
}

void draw_bar(Ui& ui, Rect bar, const model::Model& m, const Trace& trace, LogState& st,
              UiState& shared) {
  const Theme& t = *ui.theme;
  const Rect copy_all = cut_right(bar, ui.px(28), ui.px(6));
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  if (icon_button(ui, copy_all, "copy-all", icon::copy, tr("log.copy_all"), quiet).clicked)
    copy_shown(ui, trace, st, shared.names);
  const std::string count = trf("log.count", st.rows.rows().size(), trace.size());
  const float count_width = text_width(ui.fonts->small, count) + ui.px(8);
  const bool text = bar.w > levels_width(ui) + count_width + ui.px(300);
  const float search_width = std::clamp(bar.w * 0.28f, ui.px(120), ui.px(300));
  Rect search = cut_left(bar, search_width, ui.px(8));
  if (st.focus_search) {
    ui.focus(ui.id("search"), true);
    st.focus_search = false;
  }
  text_field(ui, search, "search", st.filter.text, st.field, tr("log.search"));
  if (ui.can_see(bar)) draw_levels(ui, bar, st, text);
  if (bar.w > ui.px(120)) draw_choices(ui, bar, m, trace, st, shared.names);
  if (shared.selected && bar.w > ui.px(70)) {
    const std::string only = trf("log.only", trace.name(shared.selected));
    bool fits = false;
    ButtonStyle style;
    style.look = ButtonLook::mode;
    style.on = st.only_selected;
    style.font = &ui.fonts->small;
    const float width = std::min(text_width(ui.fonts->small, only) + ui.px(20), ui.px(150));
    const std::string shown = shortened(ui.fonts->small, only, width - ui.px(16), fits);
    if (width < bar.w && button(ui, cut_left(bar, width, ui.px(8)), "only", shown, style).clicked)
      st.only_selected = !st.only_selected;
  }
  if (count_width <= bar.w) label(ui, bar, count, {&ui.fonts->small, t.text_dim, Align::right});
}

struct Columns {
  float number, time, thread, icon;
};

Columns columns(Ui& ui, const Trace& trace) {
  const Font& mono = ui.fonts->mono_small;
  const float digit = text_width(mono, "0");
  const float digits = float(std::to_string(trace.size()).size());
  return {digit * std::max(3.0f, digits) + ui.px(10), digit * 9 + ui.px(10), ui.px(76), ui.px(20)};
}

std::string thread_name(const Trace& trace, const trace::Event& e, const trace::ShownNames* names) {
  return trace::shown_name(trace, ObjectId(ObjectKind::Thread, e.thread), names);
}

// The names of threads are whole, where the sentences keep most of the line. It only grows, so that
// nothing jumps while one scrolls.
float thread_column(Ui& ui, float width, const Trace& trace, std::span<const uint32_t> rows,
                    const trace::ShownNames* names, LogState& st) {
  for (const uint32_t event : rows) {
    if (!trace[event].thread) continue;
    const float wide = text_width(ui.fonts->small, thread_name(trace, trace[event], names));
    st.thread_width = std::max(st.thread_width, wide / ui.scale + 10);
  }
  return std::min(ui.px(st.thread_width), width * 0.24f);
}

void draw_row(Ui& ui, Rect r, const Trace& trace, size_t event, const Columns& w, bool future,
              const trace::ShownNames* names) {
  const Theme& t = *ui.theme;
  const trace::Event& e = trace[event];
  const float fade = future ? 0.55f : 1.0f;
  const Color ink = level_color(t, e).faded(fade), faint = t.text_faint.faded(fade);
  cut_left(r, ui.px(8));
  draw_text(ui, cut_left(r, w.number - ui.px(8), ui.px(8)), ui.fonts->mono_small, faint,
            std::to_string(event + 1), Align::right);
  draw_text(ui, cut_left(r, w.time, ui.px(10)), ui.fonts->mono_small, faint,
            trace::time_text(e.time), Align::right);
  bool fits = false;
  if (e.thread) {
    const std::string name = thread_name(trace, e, names);
    draw_text(ui, cut_left(r, w.thread - ui.px(8), ui.px(8)), ui.fonts->small, faint,
              shortened(ui.fonts->small, name, w.thread - ui.px(8), fits));
  } else {
    cut_left(r, w.thread);
  }
  draw_text(ui, cut_left(r, w.icon), ui.fonts->small, ink, level_icon(e));
  const std::string site = e.site ? trace.site_text(e.site) : std::string();
  const float site_width = site.empty() ? 0 : text_width(ui.fonts->mono_small, site) + ui.px(12);
  const bool with_site = site_width > 0 && r.w > site_width + ui.px(220);
  if (with_site)
    draw_text(ui, cut_right(r, site_width), ui.fonts->mono_small, faint, site, Align::right);
  const Font& font =
      trace::event_level(e.code) == EventLevel::Hop ? ui.fonts->small_bold : ui.fonts->small;
  draw_text(ui, r, font, ink,
            shortened(font, trace::narrate(trace, event, names), r.w - ui.px(4), fits));
}

void row_menu(Ui& ui, Id owner, const Trace& trace, LogState& st, UiState& shared,
              std::vector<session::Command>& out) {
  if (st.menu_event < 0 || size_t(st.menu_event) >= trace.size()) return;
  const size_t event = size_t(st.menu_event);
  const trace::Event& e = trace[event];
  std::vector<MenuEntry> entries;
  entries.push_back({.label = tr("log.go"), .key = "G"});
  entries.push_back({.label = tr("log.copy_row"), .key = "C"});
  entries.push_back({.label = tr("log.copy_all"), .key = "A"});
  const bool handler = e.code == trace::EventCode::CallbackEnter;
  const language::Pattern stop =
      handler ? stop_at_handler(trace::CallbackKind(e.a)) : stop_at_event(e.code);
  const bool stops_here = shared.breakpoints.has(stop);
  const char* what =
      handler ? trace::callback_name(trace::CallbackKind(e.a)) : trace::event_name(e.code);
  entries.push_back(
      {.label = trf("log.stop_at", what), .key = "S", .separator = true, .checked = stops_here});
  if (e.s) entries.push_back({.label = trf("log.select", trace.name(e.s)), .key = "I"});
  const MenuChoice choice = menu(ui, owner, trf("log.event", event + 1), entries);
  if (!choice) return;
  switch (choice.index) {
    case 0: out.push_back(session::cmd::Seek{double(event) + 1}); break;
    case 1: copy(ui, log_line(trace, event, shared.names)); break;
    case 2: copy_shown(ui, trace, st, shared.names); break;
    case 3: shared.breakpoints.toggle(stop); break;
    default: shared.selected = e.s; break;
  }
}

// To the next or previous line that passes the filter.
void go_to_match(const LogState& st, const session::Moment& m, bool back,
                 std::vector<session::Command>& out) {
  const auto& rows = st.rows.rows();
  const int at = m.event > 0 ? st.rows.row_at(m.event - 1) : -1;
  const bool on_it = at >= 0 && size_t(rows[size_t(at)]) + 1 == m.event;
  const int to = back ? (on_it ? at - 1 : at) : at + 1;
  if (to >= 0 && size_t(to) < rows.size())
    out.push_back(session::cmd::Seek{double(rows[size_t(to)]) + 1});
}

void draw_rows(Ui& ui, const Rect& rect, Id menu_owner, const session::Moment& m, LogState& st,
               UiState& shared, std::vector<session::Command>& out) {
  const Trace& trace = *m.trace;
  const float height = std::round(ui.px(21));
  const auto& rows = st.rows.rows();
  const int current = m.event > 0 ? st.rows.row_at(m.event - 1) : -1;
  ScrollArea area(ui, rect, "rows", st.scroll);
  if (m.event != st.seen_event || (st.seen_rows == 0 && !rows.empty())) {
    // Follow the playhead; keep a line or two of what comes around it in view.
    const float y = float(std::max(0, current)) * height;
    area.show(std::max(0.0f, y - 2 * height), y + 3 * height);
    st.seen_event = m.event;
  }
  st.seen_rows = rows.size();
  const Rect content = area.content();
  Columns w = columns(ui, trace);
  const Id group = ui.id("group");
  const int first = area.first_row(height), count = area.row_count(height, int(rows.size()));
  const std::span<const uint32_t> seen(rows.data() + first, size_t(count));
  w.thread = std::max(w.thread, thread_column(ui, content.w, trace, seen, shared.names, st));
  for (int i = first; i < first + count; ++i) {
    const size_t event = rows[size_t(i)];
    const trace::Event& e = trace[event];
    const Rect line{content.x, content.y + float(i) * height, content.w, height};
    const bool now = i == current;
    const Hit hit = row(ui, line, fmt::format("event-{}", event + 1),
                        trace::narrate(trace, event, shared.names), now, group);
    const bool pointed = shared.hovered_event == int64_t(event);
    const bool about = (shared.hovered && (e.s == shared.hovered || e.o == shared.hovered)) ||
                       (e.site && shared.hovered_line == e.site);
    if (!now && (pointed || about) && !hit.hovered)
      fill(ui, line, ui.theme->hover.faded(pointed ? 1.0f : 0.6f), ui.px(4));
    if (now) fill(ui, {line.x, line.y, ui.px(3), line.h}, ui.theme->accent);
    draw_row(ui, line, trace, event, w, event >= m.event, shared.names);
    if (hit.hovered || hit.ring) {
      shared.hover_event(int64_t(event));
      if (e.s) shared.hover(e.s);
      if (e.site) shared.hover_line(e.site);
    }
    if (hit.hovered) tooltip(ui, hit, log_line(trace, event, shared.names));
    if (hit.clicked) {
      out.push_back(session::cmd::Seek{double(event) + 1});
      if (e.s) shared.selected = e.s;
    }
    if (hit.right_clicked) {
      st.menu_event = int64_t(event);
      const bool mouse = hit.hovered && ui.in.released == 1;
      open_menu(ui, menu_owner, mouse ? ui.mouse() : Point{line.x, line.bottom()}, !mouse);
    }
    if (hit.focused && ui.action(Action::copy)) copy(ui, log_line(trace, event, shared.names));
  }
  area.end(float(rows.size()) * height);
}

}  // namespace

void draw_log(Ui& ui, const Rect& rect, const session::Moment& moment, LogState& st,
              UiState& shared, std::vector<session::Command>& out) {
  const IdScope scope(ui, "log");
  const Trace& trace = *moment.trace;
  const Id menu_owner = ui.id("row-menu");
  st.filter.object = st.only_selected ? shared.selected : st.about;
  const size_t known = st.show_future ? trace.size() : moment.event;
  if (st.rows.update(trace, st.filter, kBudget, known, shared.names)) ui.wake_in(0);
  Rect rest = rect;
  draw_bar(ui, cut_top(rest, ui.px(28), ui.px(6)), *moment.after, trace, st, shared);
  if (ui.action(Action::search_next)) go_to_match(st, moment, false, out);
  if (ui.action(Action::search_previous)) go_to_match(st, moment, true, out);
  if (ui.action(Action::copy) && moment.event > 0)
    copy(ui, log_line(trace, moment.event - 1, shared.names));
  if (st.rows.rows().empty() && st.rows.done()) {
    label(ui, rest, trace.empty() ? tr("log.empty") : tr("log.no_match"),
          {&ui.fonts->body, ui.theme->text_dim, Align::center});
  } else {
    draw_rows(ui, rest, menu_owner, moment, st, shared, out);
  }
  row_menu(ui, menu_owner, trace, st, shared, out);
}

}  // namespace qs::ui
