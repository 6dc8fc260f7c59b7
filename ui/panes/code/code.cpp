// The code pane as a whole: it follows the running thread and scrolls both ways.
#include "ui/panes/code/code.h"

#include <algorithm>
#include <cmath>

#include "ui/panes/code/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace code_pane {

const std::vector<CodeLine>& lines_of(CodeState& st, std::span<const EmbeddedFile> files) {
  return st.files.lines(files, size_t(st.file));
}

namespace {

// While nobody is in the driver's code: the line that will run next, else the last that ran.
trace::Site next_line(const session::Moment& m) {
  constexpr size_t kFar = 4000;  // events
  const size_t end = std::min(m.trace->size(), m.event + kFar);
  for (size_t i = m.event; i < end; ++i)
    if ((*m.trace)[i].code == trace::EventCode::Line) return (*m.trace)[i].site;
  for (size_t i = m.event; i > 0 && m.event - i < kFar; --i)
    if ((*m.trace)[i - 1].code == trace::EventCode::Line) return (*m.trace)[i - 1].site;
  return {};
}

// Is a line that some thread is at in view?
bool in_view(const CodeFrame& p, float view_height) {
  for (const ThreadAt& a : p.threads) {
    if (source_of(p.in.files, *p.m().trace, a.site.file()) != p.st.file) continue;
    const float top = float(a.site.line() - 1) * p.line_height;
    if (top >= p.st.scroll.y && top + p.line_height <= p.st.scroll.y + view_height) return true;
  }
  return false;
}

void follow(CodeFrame& p, float view_height) {
  CodeState& st = p.st;
  trace::Site to;
  if (p.m().event != st.seen_event || p.m().trace != st.seen_trace || p.ui.scale != st.seen_scale) {
    const trace::Event* e = p.m().event > 0 ? &(*p.m().trace)[p.m().event - 1] : nullptr;
    const bool verdict =
        e && (e->code == trace::EventCode::Violation || e->code == trace::EventCode::Finding);
    if (verdict && e->site)
      to = e->site;
    else if (p.threads.empty())
      to = next_line(p.m());
    else if (p.threads[0].running || !in_view(p, view_height))
      to = p.threads[0].site;  // of one that waits, when no line of any is seen
  }
  st.seen_event = p.m().event;
  st.seen_trace = p.m().trace;
  st.seen_scale = p.ui.scale;
  if (p.shared.show_line) to = p.shared.show_line;
  p.shared.show_line = {};
  if (!to) return;
  const int file = source_of(p.in.files, *p.m().trace, to.file());
  if (file < 0) return;
  st.file = file;
  const auto& lines = lines_of(st, p.in.files);
  st.scroll.y = scroll_to_line(st.scroll.y, view_height, p.line_height, int(to.line()) - 1,
                               int(lines.size()));
}

// Long lines: the wheel with Shift, and a bar under the code where they do not fit.
void sideways(CodeFrame& p, Rect& view, float widest) {
  Ui& ui = p.ui;
  const float gutter = p.marks + p.numbers;
  const float most = std::max(0.0f, widest * p.char_width + gutter + ui.px(24) - view.w);
  if (view.contains(ui.mouse())) {
    float notches = ui.in.wheel_x;
    if (ui.in.mods & mod_shift) notches -= ui.wheel(ui.id("text"));
    p.st.x += notches * ui.px(48);
  }
  if (most > 0) {
    Rect bar = inset(cut_bottom(view, ui.px(10)), ui.px(4), ui.px(2));
    cut_left(bar, gutter);
    cut_right(bar, ui.px(12));
    const float seen = view.w - gutter;
    const float thumb = std::max(ui.px(28), bar.w * seen / (seen + most));
    const float travel = std::max(1.0f, bar.w - thumb);
    ItemOptions options;
    options.kind = Kind::slider;
    options.wants = wants_left_right;
    options.text = tr("code.across");
    const Hit hit = ui.item(bar, "across", options);
    if (hit.dragging) p.st.x += hit.drag_step.x * most / travel;
    if (hit.key == Key::left) p.st.x -= ui.px(48);
    if (hit.key == Key::right) p.st.x += ui.px(48);
    p.st.x = std::clamp(p.st.x, 0.0f, most);
    const Rect at{bar.x + travel * p.st.x / most, bar.y, thumb, bar.h};
    fill(ui, bar, ui.theme->well, bar.h / 2);
    fill(ui, at, hit.hovered || hit.held ? ui.theme->text_dim : ui.theme->control, bar.h / 2);
    if (hit.ring) focus_ring(ui, bar, bar.h / 2);
  }
  p.st.x = std::clamp(p.st.x, 0.0f, most);
}

}  // namespace
}  // namespace code_pane

void draw_code(Ui& ui, const Rect& rect, const CodeInput& in, CodeState& st, UiState& shared,
               std::vector<session::Command>& out) {
  const Panel panel(ui, rect, "code", in.framed ? PanelLook::panel : PanelLook::bare);
  if (in.files.empty()) {
    label(ui, panel.inner(), tr("code.no_source"),
          {&ui.fonts->body, ui.theme->text_dim, Align::center, true});
    return;
  }
  st.file = std::clamp(st.file, 0, int(in.files.size()) - 1);
  code_pane::CodeFrame p{ui, in, st, shared, out, threads_in_code(*in.moment, shared.functions),
                         {}, 0,  0,  0,      0,   0};
  p.line_height = std::round(ui.px(19));
  p.char_width = code_char_width(ui);
  Rect rest = panel.inner();
  Rect header = cut_top(rest, ui.px(24), ui.px(4));
  if (!in.framed) header = inset(header, ui.px(8), 0);
  rest.x = rect.x + ui.px(2);
  rest.w = rect.w - ui.px(4);
  rest.h = rect.bottom() - ui.px(4) - rest.y;
  code_pane::follow(p, rest.h - ui.px(10));  // less the bar under it
  draw_header(p, header);
  take_stop_keys(ui, p.m(), shared, out);
  const auto& lines = code_pane::lines_of(st, in.files);
  p.trace_file = trace_file_of(p.file(), *in.moment->trace);
  if (p.trace_file) p.counts = in.moment->timeline->line_counts(p.trace_file, in.moment->event);
  p.marks = ui.px(29);
  p.numbers =
      p.char_width * float(std::max<size_t>(2, std::to_string(lines.size()).size())) + ui.px(12);
  size_t widest = 0;
  for (const CodeLine& l : lines) widest = std::max(widest, size_t(code_columns(l.text)));
  code_pane::sideways(p, rest, float(widest));

  const float height = float(lines.size()) * p.line_height + ui.px(4);
  st.scroll.content = height;  // known before it is drawn: a new place can be shown at once
  ScrollArea area(ui, rest, "text", st.scroll);
  const Rect content = area.content();
  const int first = area.first_row(p.line_height),
            count = area.row_count(p.line_height, int(lines.size()));
  for (int i = first; i < first + count; ++i) {
    const Rect row{content.x, content.y + float(i) * p.line_height, content.w, p.line_height};
    draw_line(p, row, uint32_t(i) + 1, lines[size_t(i)]);
  }
  area.end(height);
  stops_menu(p);
}

}  // namespace qs::ui
