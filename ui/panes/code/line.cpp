// One line of the code: its marks, its number, its text, and the threads that are at it.
#include <algorithm>

#include <fmt/format.h>

#include "ui/panes/code/parts.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::code_pane {
namespace {

uint32_t count_of(const CodeFrame& p, uint32_t number) {
  const auto it = std::lower_bound(p.counts.begin(), p.counts.end(), number,
                                   [](const auto& c, uint32_t n) { return c.line < n; });
  return it != p.counts.end() && it->line == number ? it->hits : 0;
}

void draw_gutter(CodeFrame& p, const Rect& row, uint32_t number, bool executable) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const trace::Site site(p.trace_file, number);
  const std::string file = p.file_name();
  const bool stop = p.shared.breakpoints.has(stop_at_line(file, number));
  const uint32_t hits = count_of(p, number);
  const Rect mark{row.x, row.y, p.marks, row.h}, cell{row.x + p.marks, row.y, p.numbers, row.h};
  ItemOptions options;
  options.kind = Kind::toggle;
  options.group = ui.id("stops");
  options.selected = stop;
  options.text = stop ? tr("code.breakpoint") : std::string_view();
  const Hit toggle = ui.item(mark, fmt::format("stop-{}", number), options);
  const Point c{mark.x + ui.px(9), mark.center().y};
  if (stop) {
    disc(ui, c, ui.px(5.5f), t.danger);
    fill(ui, {c.x - ui.px(3), c.y - ui.px(1), ui.px(6), ui.px(2)}, t.panel);
  } else if (toggle.hovered || toggle.ring) {
    ring(ui, c, ui.px(5), t.danger, ui.line(1.5f));
  } else if (hits) {
    disc(ui, c, ui.px(2.5f), t.ok);
  }
  if (hits > 1 && !stop)
    draw_text(ui, {c.x + ui.px(4), mark.y, mark.right() - c.x - ui.px(4), mark.h},
              ui.fonts->caption, t.text_faint, hits > 9 ? "9+" : std::to_string(hits));
  if (toggle.ring) focus_ring(ui, inset(mark, ui.px(1)), ui.px(3));
  tooltip(ui, toggle, trf(stop ? "code.clear_stop" : "code.set_stop", number));
  if (toggle.clicked)
    p.shared.breakpoints.toggle(
        stop_at_line(file, stop ? number : line_to_stop_at(lines_of(p.st, p.in.files), number)));

  ItemOptions jump;
  jump.kind = Kind::row;
  jump.group = ui.id("numbers");
  jump.disabled = !executable;
  jump.focusable = executable;
  const std::string text = std::to_string(number);
  jump.text = text;
  const Hit hit = ui.item(cell, fmt::format("line-{}", number), jump);
  const Color ink = executable && hit.hovered ? t.link : hits ? t.text_dim : t.text_faint;
  draw_text(ui, inset(cell, ui.px(6), 0), ui.fonts->mono, ink, text, Align::right);
  if (!executable) return;
  if (hit.ring) focus_ring(ui, inset(cell, ui.px(1)), ui.px(3));
  if (hit.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  tooltip(ui, hit, trf("code.jump", number, p.m().timeline->line_hits(site).size(), hits));
  if (!hit.clicked) return;
  const int64_t to = next_run(*p.m().timeline, site, p.m().event, hit.mods & mod_shift);
  if (to >= 0) p.out.push_back(session::cmd::Seek{double(to)});
}

// The threads that are at this line; the running one lights it strongly.
void draw_threads(CodeFrame& p, const Rect& row, uint32_t number) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const bool running = std::any_of(p.threads.begin(), p.threads.end(), [&](const ThreadAt& a) {
    return a.running && a.site == trace::Site(p.trace_file, number);
  });
  bool any = false;
  for (const ThreadAt& a : p.threads) any |= a.site == trace::Site(p.trace_file, number);
  if (!any || p.trace_file == 0) return;
  fill(ui, row, running ? t.line_highlight : t.line_other_thread);
  fill(ui, {row.x, row.y, ui.px(3), row.h}, running ? t.accent : t.control);
}

// "notepad · R2": a thread and the request that it is about.
std::string thread_words(const session::Moment& m, ObjectId id) {
  std::string out = m.trace->name(id);
  const model::ThreadView* t = m.after->thread(id);
  if (!t) return out;
  for (size_t i = t->stack.size(); i-- > 0;)
    if (t->stack[i].callback && t->stack[i].s.kind() == ObjectKind::Request)
      return out + " · " + m.trace->name(t->stack[i].s);
  return out;
}

// One sign at the right end of a line, above the code. Returns what was done to it.
Hit chip(CodeFrame& p, const Rect& row, float& right, std::string_view name, std::string_view words,
         bool running) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const float w = text_width(ui.fonts->caption, words) + ui.px(10), h = std::min(row.h, ui.px(16));
  const Rect r{right - w, row.center().y - h / 2, w, h};
  ItemOptions options;
  options.kind = Kind::button;
  options.floating = true;  // over the end of a long line
  options.text = words;
  const Hit hit = ui.item(r, name, options);
  box(ui, r, running ? t.accent : t.panel, running ? t.accent : t.control, h / 2);
  draw_text(ui, r, ui.fonts->caption, running ? t.text_on_accent : t.text_dim, words,
            Align::center);
  if (hit.ring) focus_ring(ui, r, h / 2);
  right -= w + ui.px(4);
  return hit;
}

// Names of the threads that are at a line; what would hide more than half of it is a count.
void draw_chips(CodeFrame& p, const Rect& row, uint32_t number) {
  Ui& ui = p.ui;
  if (p.threads.size() < 2) return;  // one thread needs no name
  float right = row.right() - ui.px(6);
  const float least = row.x + p.marks + p.numbers + (row.w - p.marks - p.numbers) / 2;
  std::string others;
  ObjectId other;
  size_t hidden = 0;
  for (const ThreadAt& a : p.threads) {  // the running one comes first
    if (!(a.site == trace::Site(p.trace_file, number))) continue;
    const std::string name = thread_words(p.m(), a.thread);
    const float w = text_width(ui.fonts->caption, name) + ui.px(10);
    if (hidden || (right < row.right() - ui.px(6) && right - w - ui.px(34) < least)) {
      others += (hidden++ ? "\n" : "") + name;
      if (!other) other = a.thread;
      continue;
    }
    const std::string id = fmt::format("thread-{}#{}", name, a.thread.serial());
    const Hit hit = chip(p, row, right, id, name, a.running);
    if (hit.hovered) p.shared.hover(a.thread);
    if (hit.clicked) p.shared.selected = a.thread;
  }
  if (!hidden) return;
  const Hit more =
      chip(p, row, right, fmt::format("threads-{}", number), fmt::format("+{}", hidden), false);
  tooltip(ui, more, others);
  if (more.clicked) p.shared.selected = other;
}

const CodeMark* mark_at_line(const CodeFrame& p, uint32_t number) {
  const CodeMark* found = nullptr;
  for (const CodeMark& mark : p.in.marks)
    if (mark.line == number && mark.file == p.file().name && (!found || !found->error))
      found = &mark;
  return found;
}

// What the compiler said, after the text of the line and in full when it is pointed at.
void draw_mark(CodeFrame& p, const Rect& row, const Rect& code, const CodeMark& mark,
               float text_end) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const Color ink = mark.error ? t.danger : t.warning;
  fill(ui, {row.x, row.y, ui.px(3), row.h}, ink);
  hline(ui, code.x, row.right(), row.bottom() - 1, ink, ui.line(1.5f));
  ItemOptions options;
  options.kind = Kind::row;
  options.floating = true;
  options.focusable = false;
  options.text = mark.text;
  const float x = std::min(text_end + ui.px(16), row.right() - ui.px(120));
  const Rect at{std::max(x, code.x), row.y, row.right() - std::max(x, code.x) - ui.px(6), row.h};
  const Hit hit = ui.item(at, fmt::format("mark-{}", mark.line), options);
  const Clip clip(ui, at);
  fill(ui, at, t.panel);
  draw_text(ui, at, ui.fonts->small, ink, mark.text);
  tooltip(ui, hit, mark.text);
}

bool verdict_at_line(const CodeFrame& p, uint32_t number) {
  if (p.m().event == 0) return false;
  const trace::Event& e = (*p.m().trace)[p.m().event - 1];
  return (e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding) &&
         e.site == trace::Site(p.trace_file, number);
}

}  // namespace

void draw_line(CodeFrame& p, const Rect& row, uint32_t number, const CodeLine& line) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const trace::Site site(p.trace_file, number);
  draw_threads(p, row, number);
  if (verdict_at_line(p, number)) {
    fill(ui, row, t.banner_danger);
    fill(ui, {row.x, row.y, ui.px(3), row.h}, t.danger);
    hline(ui, row.x + p.marks + p.numbers, row.right(), row.bottom() - 1, t.danger, ui.line(1.5f));
  }
  if (p.trace_file && p.shared.hovered_line == site)
    outline(ui, inset(row, 1), t.control, ui.px(3), ui.line());
  draw_gutter(p, row, number, p.trace_file && !p.m().timeline->line_hits(site).empty());
  const Rect code{row.x + p.marks + p.numbers, row.y, row.w - p.marks - p.numbers, row.h};
  {
    const Clip clip(ui, code);
    draw_code_text(ui, row, row.x + p.marks + p.numbers + ui.px(8) - p.st.x, line);
  }
  ui.note(code, line.text, false, true);
  if (const CodeMark* mark = mark_at_line(p, number))
    draw_mark(p, row, code, *mark,
              code.x + ui.px(8) - p.st.x + p.char_width * float(code_columns(line.text)));
  draw_chips(p, row, number);
  if (p.trace_file && row.contains(ui.mouse()) && ui.can_see(row) && ui.layer() == 0 &&
      !ui.active())
    if (ui.clip().contains(ui.mouse())) p.shared.hover_line(site);
}

}  // namespace qs::ui::code_pane
