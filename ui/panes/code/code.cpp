#include "ui/panes/code/code.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

// ---- pure parts

ObjectId current_thread(const Moment& m) {
  if (m.event > 0 && m.event <= m.trace->size()) {
    const uint32_t t = (*m.trace)[m.event - 1].thread;
    if (t) return ObjectId(ObjectKind::Thread, t);
  }
  return m.after->running;
}

std::vector<ThreadAt> threads_in_code(const Moment& m) {
  std::vector<ThreadAt> out;
  const ObjectId now = current_thread(m);
  for (const ThreadView& t : m.after->threads) {
    if (!t.site || t.stack.empty()) continue;
    const ThreadAt at{t.id, t.site, t.id == now};
    if (at.running)
      out.insert(out.begin(), at);
    else
      out.push_back(at);
  }
  return out;
}

std::string_view short_name(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

namespace {
// The trace may know a file by a longer or shorter path than the program does.
bool same_file(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (b.empty() || a.substr(a.size() - b.size()) != b) return false;
  return a.size() == b.size() || a[a.size() - b.size() - 1] == '/';
}
}  // namespace

int source_of(std::span<const EmbeddedFile> files, const Trace& trace, uint32_t file) {
  if (file == 0 || file >= trace.files().size()) return -1;
  for (size_t i = 0; i < files.size(); ++i)
    if (same_file(files[i].name, trace.files()[file])) return int(i);
  return -1;
}

uint32_t trace_file_of(const EmbeddedFile& file, const Trace& trace) {
  for (size_t i = 1; i < trace.files().size(); ++i)
    if (same_file(file.name, trace.files()[i])) return uint32_t(i);
  return 0;
}

int64_t next_run(Timeline& timeline, Site site, size_t from, bool back) {
  const auto hits = timeline.line_hits(site);
  if (hits.empty()) return kNoEvent;
  if (back) {  // the last one whose event is before the current one
    const auto it = std::lower_bound(hits.begin(), hits.end(), from == 0 ? 0 : from - 1);
    return int64_t(it == hits.begin() ? hits.back() : *(it - 1)) + 1;
  }
  const auto it = std::lower_bound(hits.begin(), hits.end(), from);
  return int64_t(it == hits.end() ? hits.front() : *it) + 1;
}

uint32_t line_to_stop_at(const std::vector<CodeLine>& lines, uint32_t number) {
  const auto runs = [](const CodeLine& line) {
    bool assigns = false;
    const CodePiece* first = nullptr;
    for (const CodePiece& piece : line.pieces) {
      const std::string_view text = line.text.substr(piece.from, piece.to - piece.from);
      if (piece.kind == CodeKind::comment || text.find_first_not_of(" \t{};") == text.npos)
        continue;
      if (!first) first = &piece;
      assigns |= text.find('=') != text.npos;
    }
    if (!first || first->from == 0) return false;  // the head of a function, a directive
    return first->kind != CodeKind::type || assigns;
  };
  for (size_t i = number; i >= 1 && i <= lines.size(); ++i)
    if (runs(lines[i - 1])) return uint32_t(i);
  return number;
}

void run_to_stop(const Moment& m, UiState& shared, bool back, std::vector<Command>& out) {
  if (shared.breakpoints.empty()) {
    shared.notice = tr("code.none_set");
    return;
  }
  const int64_t to = shared.breakpoints.next_stop(*m.trace, m.event, back);
  if (to >= 0)
    out.push_back(cmd::Seek{double(to)});
  else
    shared.notice = tr(back ? "code.none_before" : "code.none_ahead");
}

void take_stop_keys(Ui& ui, const Moment& m, UiState& shared, std::vector<Command>& out) {
  if (ui.action(Action::run_forward)) run_to_stop(m, shared, false, out);
  if (ui.action(Action::run_back)) run_to_stop(m, shared, true, out);
}

float scroll_to_line(float y, float view_height, float height, int index, int count) {
  const float top = float(index) * height, margin = std::min(3 * height, view_height / 4);
  if (top - margin >= y && top + height + margin <= y + view_height) return y;
  const float most = std::max(0.0f, float(count) * height - view_height);
  const float wanted = std::round((top - view_height * 0.38f) / height) * height;  // whole lines
  return std::clamp(wanted, 0.0f, most);
}

namespace {

constexpr int kTab = 4;

struct Pane {
  Ui& ui;
  const CodeInput& in;
  CodeState& st;
  UiState& shared;
  std::vector<Command>& out;
  std::vector<ThreadAt> threads;
  std::vector<Timeline::LineCount> counts;
  uint32_t trace_file = 0;  // of the file shown; 0: nothing of it ran
  float line_height = 0, char_width = 0;
  float marks = 0, numbers = 0;  // widths of the gutter
  Id stops_menu = 0;

  const Moment& m() const { return *in.moment; }
  const EmbeddedFile& file() const { return in.files[size_t(st.file)]; }
  std::string file_name() const {
    return trace_file ? m().trace->files()[trace_file] : std::string(file().name);
  }
};

Color color_of(const Theme& t, CodeKind kind) {
  switch (kind) {
    case CodeKind::plain: return t.code;
    case CodeKind::keyword: return t.code_keyword;
    case CodeKind::type: return t.code_type;
    case CodeKind::call: return t.code_call;
    case CodeKind::text: return t.code_text;
    case CodeKind::number: return t.code_number;
    case CodeKind::comment: return t.code_comment;
    case CodeKind::macro: return t.code_macro;
  }
  return t.code;
}

const std::vector<CodeLine>& lines_of(CodeState& st, std::span<const EmbeddedFile> files) {
  if (st.files.size() != files.size()) st.files.assign(files.size(), {});
  CodeState::File& f = st.files[size_t(st.file)];
  const EmbeddedFile& source = files[size_t(st.file)];
  if (f.data != source.data) {
    f.data = source.data;
    TypeNames types;  // of the headers too
    for (const EmbeddedFile& one : files) types.merge(declared_types(one.text()));
    f.lines = lex_file(source.text(), types);
  }
  return f.lines;
}

// ---- header: the file, and where the running thread is

std::string processor_words(const Moment& m) {
  const ObjectId id = current_thread(m);
  const ThreadView* t = m.after->thread(id);
  if (!t) return {};
  const auto& options = m.after->options;
  const size_t cpus = size_t(RunOption::Processors);
  const bool one = options.size() <= cpus || options[cpus] <= 1;
  const std::string name = m.trace->name(id);
  return one ? trf("code.where_cpu", name, irql_words(t->irql))
             : trf("code.where", name, irql_words(t->irql));
}

// How many places stop a run, and a menu of them.
void draw_stops(Pane& p, Rect& bar) {
  Ui& ui = p.ui;
  Breakpoints& b = p.shared.breakpoints;
  if (b.empty()) return;
  const std::vector<std::string> all = b.describe(*p.m().trace);
  const std::string text = std::string(icon::flag) + " " + std::to_string(all.size());
  const Rect r = cut_right(bar, text_width(ui.fonts->small, text) + ui.px(14), ui.px(6));
  ButtonStyle style;
  style.look = ButtonLook::quiet;
  style.font = &ui.fonts->small;
  style.reason = tr("code.stops");
  const Hit hit = button(ui, r, "stops", text, style);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  p.stops_menu = hit.id;
}

void stops_menu(Pane& p) {
  Breakpoints& b = p.shared.breakpoints;
  if (!menu_open(p.ui, p.stops_menu)) return;
  std::vector<MenuEntry> entries;
  const auto key = [&](Action a) { return p.ui.keymap ? p.ui.keymap->key_text(a) : std::string(); };
  entries.push_back({.label = tr("code.run_forward"), .key = key(Action::run_forward)});
  entries.push_back({.label = tr("code.run_back"), .key = key(Action::run_back)});
  const std::vector<std::string> all = b.describe(*p.m().trace);
  for (size_t i = 0; i < all.size(); ++i)
    entries.push_back({.label = all[i], .separator = i == 0, .checked = true});
  entries.push_back({.label = tr("code.no_stops"), .separator = true});
  const MenuChoice choice = menu(p.ui, p.stops_menu, tr("code.stops"), entries);
  if (!choice) return;
  if (choice.index < 2) {
    run_to_stop(p.m(), p.shared, choice.index == 1, p.out);
  } else if (size_t(choice.index) < all.size() + 2) {
    b.remove(size_t(choice.index) - 2);
  } else {
    b = {};
  }
}

void draw_header(Pane& p, Rect bar) {
  Ui& ui = p.ui;
  const std::string where = processor_words(p.m());
  const Font& small = ui.fonts->small;
  const float need = text_width(small, where) + ui.px(4);
  float tabs_width = 0;
  std::vector<std::string_view> names;
  for (const EmbeddedFile& f : p.in.files) {
    names.push_back(short_name(f.name));
    tabs_width += text_width(ui.fonts->bold, names.back()) + ui.px(28);
  }
  draw_stops(p, bar);
  const bool fits = bar.w >= need + std::min(tabs_width, ui.px(90)) + ui.px(8);
  if (!where.empty() && fits)
    label(ui, cut_right(bar, need, ui.px(8)), where, {&small, ui.theme->text_dim, Align::right});
  if (names.size() == 1) {
    label(ui, bar, names[0], {&ui.fonts->bold, ui.theme->text, Align::left, true});
  } else if (tabs_width <= bar.w) {
    const int picked = tabs(ui, bar, "file", names, p.st.file);
    if (picked >= 0) p.st.file = picked, p.st.scroll.y = 0;
  } else {  // many files: one after the other
    const float side = ui.px(26);
    ButtonStyle quiet;
    quiet.look = ButtonLook::quiet;
    const int n = int(names.size());
    const Hit next = icon_button(ui, cut_right(bar, side), "next", icon::chevron_right,
                                 tr("code.next_file"), quiet);
    const Hit back = icon_button(ui, cut_right(bar, side), "back", icon::chevron_left,
                                 tr("code.previous_file"), quiet);
    if (next.clicked) p.st.file = (p.st.file + 1) % n, p.st.scroll.y = 0;
    if (back.clicked) p.st.file = (p.st.file + n - 1) % n, p.st.scroll.y = 0;
    label(ui, bar, names[size_t(p.st.file)], {&ui.fonts->bold, ui.theme->text, Align::left, true});
  }
}

// ---- one line

uint32_t count_of(const Pane& p, uint32_t number) {
  const auto it = std::lower_bound(p.counts.begin(), p.counts.end(), number,
                                   [](const auto& c, uint32_t n) { return c.line < n; });
  return it != p.counts.end() && it->line == number ? it->hits : 0;
}

void draw_gutter(Pane& p, const Rect& row, uint32_t number, bool executable) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const Site site(p.trace_file, number);
  const std::string file = p.file_name();
  const bool stop = p.shared.breakpoints.has_line(file, number);
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
    p.shared.breakpoints.toggle_line(
        file, stop ? number : line_to_stop_at(lines_of(p.st, p.in.files), number));

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
  if (to >= 0) p.out.push_back(cmd::Seek{double(to)});
}

void draw_pieces(Pane& p, const Rect& row, const CodeLine& line) {
  Ui& ui = p.ui;
  const float left = row.x + p.marks + p.numbers + ui.px(8) - p.st.x;
  const Font& font = ui.fonts->mono;
  size_t at = 0;
  int column = 0;
  const auto advance = [&](size_t to) {
    for (; at < to; ++at) {
      const unsigned char c = static_cast<unsigned char>(line.text[at]);
      if (c == '\t')
        column += kTab - column % kTab;
      else if ((c & 0xC0) != 0x80)
        ++column;
    }
  };
  for (const CodePiece& piece : line.pieces) {
    advance(piece.from);
    const float x = left + float(column) * p.char_width;
    if (x > row.right()) break;
    const std::string_view text = line.text.substr(piece.from, piece.to - piece.from);
    draw_text(ui, Point{x, row.y + (row.h - font.size) / 2}, font, color_of(*ui.theme, piece.kind),
              text);
  }
  advance(line.text.size());
}

// The threads that are at this line; the running one lights it strongly.
void draw_threads(Pane& p, const Rect& row, uint32_t number) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const bool running = std::any_of(p.threads.begin(), p.threads.end(), [&](const ThreadAt& a) {
    return a.running && a.site == Site(p.trace_file, number);
  });
  bool any = false;
  for (const ThreadAt& a : p.threads) any |= a.site == Site(p.trace_file, number);
  if (!any || p.trace_file == 0) return;
  fill(ui, row, running ? t.line_highlight : t.line_other_thread);
  fill(ui, {row.x, row.y, ui.px(3), row.h}, running ? t.accent : t.control);
}

// "notepad · R2": a thread and the request that it is about.
std::string thread_words(const Moment& m, ObjectId id) {
  std::string out = m.trace->name(id);
  const ThreadView* t = m.after->thread(id);
  if (!t) return out;
  for (size_t i = t->stack.size(); i-- > 0;)
    if (t->stack[i].callback && t->stack[i].s.kind() == ObjectKind::Request)
      return out + " · " + m.trace->name(t->stack[i].s);
  return out;
}

// One sign at the right end of a line, above the code. Returns what was done to it.
Hit chip(Pane& p, const Rect& row, float& right, std::string_view name, std::string_view words,
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
void draw_chips(Pane& p, const Rect& row, uint32_t number) {
  Ui& ui = p.ui;
  if (p.threads.size() < 2) return;  // one thread needs no name
  float right = row.right() - ui.px(6);
  const float least = row.x + p.marks + p.numbers + (row.w - p.marks - p.numbers) / 2;
  std::string others;
  ObjectId other;
  size_t hidden = 0;
  for (const ThreadAt& a : p.threads) {  // the running one comes first
    if (!(a.site == Site(p.trace_file, number))) continue;
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

bool verdict_at_line(const Pane& p, uint32_t number) {
  if (p.m().event == 0) return false;
  const Event& e = (*p.m().trace)[p.m().event - 1];
  return (e.code == EventCode::Violation || e.code == EventCode::Finding) &&
         e.site == Site(p.trace_file, number);
}

void draw_line(Pane& p, const Rect& row, uint32_t number, const CodeLine& line) {
  Ui& ui = p.ui;
  const Theme& t = *ui.theme;
  const Site site(p.trace_file, number);
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
    draw_pieces(p, row, line);
  }
  ui.note(code, line.text, false, true);
  draw_chips(p, row, number);
  if (p.trace_file && row.contains(ui.mouse()) && ui.can_see(row) && ui.layer() == 0 &&
      !ui.active())
    if (ui.clip().contains(ui.mouse())) p.shared.hover_line(site);
}

// ---- follow the running thread

// While nobody is in the driver's code: the line that will run next, else the last that ran.
Site next_line(const Moment& m) {
  constexpr size_t kFar = 4000;  // events
  const size_t end = std::min(m.trace->size(), m.event + kFar);
  for (size_t i = m.event; i < end; ++i)
    if ((*m.trace)[i].code == EventCode::Line) return (*m.trace)[i].site;
  for (size_t i = m.event; i > 0 && m.event - i < kFar; --i)
    if ((*m.trace)[i - 1].code == EventCode::Line) return (*m.trace)[i - 1].site;
  return {};
}

// Is a line that some thread is at in view?
bool in_view(const Pane& p, float view_height) {
  for (const ThreadAt& a : p.threads) {
    if (source_of(p.in.files, *p.m().trace, a.site.file()) != p.st.file) continue;
    const float top = float(a.site.line() - 1) * p.line_height;
    if (top >= p.st.scroll.y && top + p.line_height <= p.st.scroll.y + view_height) return true;
  }
  return false;
}

void follow(Pane& p, float view_height) {
  CodeState& st = p.st;
  Site to;
  if (p.m().event != st.seen_event || p.m().trace != st.seen_trace || p.ui.scale != st.seen_scale) {
    const Event* e = p.m().event > 0 ? &(*p.m().trace)[p.m().event - 1] : nullptr;
    const bool verdict = e && (e->code == EventCode::Violation || e->code == EventCode::Finding);
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
void sideways(Pane& p, Rect& view, float widest) {
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

void draw_code(Ui& ui, const Rect& rect, const CodeInput& in, CodeState& st, UiState& shared,
               std::vector<Command>& out) {
  const Panel panel(ui, rect, "code");
  if (in.files.empty()) {
    label(ui, panel.inner(), tr("code.no_source"),
          {&ui.fonts->body, ui.theme->text_dim, Align::center, true});
    return;
  }
  st.file = std::clamp(st.file, 0, int(in.files.size()) - 1);
  Pane p{ui, in, st, shared, out, threads_in_code(*in.moment), {}, 0, 0, 0, 0, 0};
  p.line_height = std::round(ui.px(19));
  p.char_width = text_width(ui.fonts->mono, "0000000000") / 10;
  Rect rest = panel.inner();
  const Rect header = cut_top(rest, ui.px(24), ui.px(4));
  rest.x = rect.x + ui.px(2);
  rest.w = rect.w - ui.px(4);
  rest.h = rect.bottom() - ui.px(4) - rest.y;
  follow(p, rest.h - ui.px(10));  // less the bar under it
  draw_header(p, header);
  take_stop_keys(ui, p.m(), shared, out);
  const auto& lines = lines_of(st, in.files);
  p.trace_file = trace_file_of(p.file(), *in.moment->trace);
  if (p.trace_file) p.counts = in.moment->timeline->line_counts(p.trace_file, in.moment->event);
  p.marks = ui.px(29);
  p.numbers =
      p.char_width * float(std::max<size_t>(2, std::to_string(lines.size()).size())) + ui.px(12);
  size_t widest = 0;
  for (const CodeLine& l : lines) widest = std::max(widest, l.text.size());
  sideways(p, rest, float(widest));

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
