#include <algorithm>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "ui/panes/timeline/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

std::vector<ObjectId> runnable_threads(const model::Model& m) {
  std::vector<ObjectId> out;
  for (const model::ThreadView& t : m.threads)
    if (t.waiting == trace::WaitReason::None) out.push_back(t.id);
  return out;
}

namespace timeline {
namespace {

// Bookmarks stand after so many events; marks at the event that happened last.
uint32_t last_event(const session::BookmarkAt& b) { return b.event > 0 ? b.event - 1 : 0; }

std::vector<uint32_t> bookmarks_here(const RunInfo& run) {
  std::vector<uint32_t> out;
  for (const session::BookmarkAt& b : run.bookmarks)
    if (b.branch == run.current) out.push_back(last_event(b));
  std::sort(out.begin(), out.end());
  return out;
}

const char* bookmark_name(const RunInfo& run, uint32_t event) {
  for (const session::BookmarkAt& b : run.bookmarks)
    if (b.branch == run.current && last_event(b) == event) return b.name.c_str();
  return "";
}

std::string words_of(const TimelineFrame& f, const Mark& m) {
  if (m.count > 1) return trf("timeline.many_marks", m.count);
  if (m.kinds & Mark::Verdict) return trace::narrate(f.trace(), m.first, f.shared.names);
  if (m.kinds & Mark::Bookmark) return trf("timeline.bookmark", bookmark_name(*f.in.run, m.first));
  const trace::Event& e = f.trace()[m.first];
  return trf("timeline.decision", e.a, e.b, f.trace().name(ObjectId(ObjectKind::Thread, e.c)));
}

void draw_sign(Ui& ui, const Rect& r, const Mark& m, bool lit) {
  const Theme& t = *ui.theme;
  const Point c = r.center();
  const float k = ui.px(lit ? 6 : 5);
  if (m.kinds & Mark::Verdict) {
    const Point up[] = {
        {c.x, c.y - k}, {c.x + k * 1.1f, c.y + k * 0.9f}, {c.x - k * 1.1f, c.y + k * 0.9f}};
    polygon(ui, up, t.danger);
    fill(ui, {c.x - ui.px(0.75f), c.y - k * 0.35f, ui.px(1.5f), k * 0.6f}, t.panel);
    fill(ui, {c.x - ui.px(0.75f), c.y + k * 0.45f, ui.px(1.5f), ui.px(1.5f)}, t.panel);
  } else if (m.kinds & Mark::Bookmark) {
    vline(ui, c.x - k * 0.6f, c.y - k, c.y + k, t.branch, ui.line(1.5f));
    const Point flag[] = {
        {c.x - k * 0.6f, c.y - k}, {c.x + k, c.y - k * 0.4f}, {c.x - k * 0.6f, c.y + k * 0.2f}};
    polygon(ui, flag, t.branch);
  } else {  // a way that parts
    const Color ink = lit ? t.text : t.text_faint;
    const float w = ui.line(1.5f);
    line(ui, {c.x, c.y + k}, {c.x, c.y}, ink, w);
    line(ui, {c.x, c.y}, {c.x - k * 0.8f, c.y - k}, ink, w);
    line(ui, {c.x, c.y}, {c.x + k * 0.8f, c.y - k}, ink, w);
  }
  if (m.count > 1) {  // a dot below: more than one
    hline(ui, c.x - k * 0.7f, c.x + k * 0.7f, c.y + k + ui.px(2), t.text_faint, ui.line(1.5f));
  }
}

void open_decision(TimelineFrame& f, uint32_t event, Point at, bool by_keyboard) {
  auto& d = f.st.decision;
  const trace::Event& e = f.trace()[event];
  d.event = event;
  d.ordinal = e.a;
  d.chosen = ObjectId(ObjectKind::Thread, e.c);
  d.threads = runnable_threads(f.timeline().at(event));
  if (std::find(d.threads.begin(), d.threads.end(), d.chosen) == d.threads.end())
    d.threads.push_back(d.chosen);
  open_menu(f.ui, f.ui.id("decision"), at, by_keyboard);
}

void clicked(TimelineFrame& f, const Mark& m, const Hit& hit) {
  if (m.count > 1) {
    const double from = position_of_event(m.first), to = position_of_event(m.last);
    const double margin = std::max(2.0, (to - from) * 0.4);
    return f.set_view(kept_inside({from - margin, to + margin}, f.events()), true);
  }
  if (m.kinds & Mark::Decision) {
    const bool mouse = hit.hovered;
    return open_decision(f, m.first, {hit.rect.x, hit.rect.bottom() + f.ui.px(4)}, !mouse);
  }
  f.seek(position_of_event(m.first));
  if (m.kinds & Mark::Verdict && f.trace()[m.first].s) f.shared.selected = f.trace()[m.first].s;
}

}  // namespace

namespace {

float gap_of_marks(const Ui& ui) { return ui.px(18); }

}  // namespace

void look_around(TimelineFrame& f) {
  auto& a = f.st.around;
  std::vector<uint32_t> flags = bookmarks_here(*f.in.run);
  if (a.trace == &f.trace() && a.size == f.events() && a.known == f.known() && a.axis == f.axis &&
      a.scale == f.ui.scale && a.bookmarks == flags)
    return;
  a = {&f.trace(), f.events(), f.known(), f.axis, f.ui.scale, std::move(flags), {}, {}, {}, {}};
  a.ticks = time_ticks(f.timeline(), f.axis, f.ui.px(7), f.ui.px(86));
  std::erase_if(a.ticks, [&](const Tick& tick) { return tick.position > double(f.known()); });
  for (const Tick& tick : a.ticks)
    a.tick_texts.push_back(tick.label ? trace::time_text(tick.time) : std::string());
  const auto happened = [&](std::span<const uint32_t> events) {
    const auto end = std::lower_bound(events.begin(), events.end(), f.known());
    return events.first(size_t(end - events.begin()));
  };
  const MarkSource sources[] = {{Mark::Verdict, happened(f.timeline().verdicts())},
                                {Mark::Bookmark, a.bookmarks},
                                {Mark::Decision, happened(f.st.facts.decisions())}};
  a.marks = marks_in_view(sources, f.axis, gap_of_marks(f.ui));
  for (const Mark& m : a.marks) a.mark_texts.push_back(words_of(f, m));
}

void draw_marks(TimelineFrame& f) {
  if (f.at.marks.empty()) return;
  Ui& ui = f.ui;
  const IdScope scope(ui, "marks");
  const float gap = gap_of_marks(ui);
  const Id group = ui.id("group");
  const Clip clip(ui, f.at.marks);
  const auto& around = f.st.around;
  for (size_t i = 0; i < around.marks.size(); ++i) {
    const Mark m = around.marks[i];
    // Its sign is whole at the ends, too.
    const Rect& strip = f.at.marks;
    const float x = std::max(strip.x + ui.px(6), std::min(m.x, strip.right() - ui.px(6)));
    const Rect r = rect_around({x, strip.center().y}, gap - ui.px(1), strip.h);
    ItemOptions options;
    options.kind = Kind::button;
    options.group = group;
    options.may_cut = true;  // half out at the ends
    const std::string& text = around.mark_texts[i];
    options.text = text;
    ui.pop_scope();  // names: "timeline/mark-17", whatever else is in view
    const Hit hit = ui.item(r, "mark-" + std::to_string(m.first + 1), options);
    ui.push_scope("marks");
    const bool pointed = f.shared.hovered_event == int64_t(m.first);
    draw_sign(ui, r, m, hit.hovered || hit.ring || pointed);
    if (hit.ring) focus_ring(ui, inset(r, ui.px(1)), ui.px(3));
    if (hit.hovered) f.point_at(m.first, true);
    tooltip(ui, hit, text);
    if (hit.clicked) {
      ui.pop_scope();
      clicked(f, m, hit);
      ui.push_scope("marks");
    }
  }
}

void draw_decision_menu(TimelineFrame& f) {
  Ui& ui = f.ui;
  const Id owner = ui.id("decision");
  if (!menu_open(ui, owner)) return;
  auto& d = f.st.decision;
  std::vector<MenuEntry> entries;
  for (size_t i = 0; i < d.threads.size(); ++i) {
    MenuEntry e;
    const std::string name = f.trace().name(d.threads[i]);
    e.label = d.threads[i] == d.chosen ? trf("timeline.went_on", name) : trf("timeline.let", name);
    e.key = std::to_string(i + 1);
    e.checked = d.threads[i] == d.chosen;
    entries.push_back(e);
  }
  entries.push_back({.label = tr("timeline.go_there"), .key = "G", .separator = true});
  const MenuChoice choice = menu(ui, owner, trf("timeline.who_next", d.ordinal), entries);
  if (!choice) return;
  if (size_t(choice.index) == d.threads.size()) return f.seek(position_of_event(d.event));
  const ObjectId picked = d.threads[size_t(choice.index)];
  if (picked != d.chosen) f.out.push_back(session::cmd::PickThread{d.ordinal, picked.serial()});
}

}  // namespace timeline
}  // namespace qs::ui
