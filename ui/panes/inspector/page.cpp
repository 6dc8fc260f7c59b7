#include <algorithm>

#include "model/dump.h"
#include "trace/export/narrate.h"
#include "ui/panes/inspector/parts.h"
#include "ui/panes/request_look.h"
#include "ui/panes/verbs/panel.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::inspector {

namespace {
constexpr float kColumnGap = 28;  // design pixels
}

float column_width(const Ui& ui, float width) { return (width - ui.px(kColumnGap)) / 2; }

Run rule_run(std::string_view rule) {
  Run r;
  if (!rule.empty()) r = {"(" + std::string(rule) + ")", false, std::string(rule), {}};
  return r;
}

Run object_run(const trace::Trace& trace, ObjectId id) {
  Run r;
  if (id) r = {trace.name(id), false, {}, id};
  return r;
}

TokenStyle token_of(const model::Model& model, ObjectId request) {
  TokenStyle style;
  const model::RequestView* r = model.request(request);
  if (!r) return style;
  style.shape = shape_of(r->type);
  style.owner = owner_of(*r);
  style.cancelable = r->has(model::kCancelable);
  return style;
}

void Page::title(std::string_view text) {
  const Rect r{x, y, w, 1e6f};
  y += paragraph(ui, r, text, {&ui.fonts->bold, ui.theme->text}) + ui.px(2);
}

void Page::line(std::string_view text, Color color, const Font* font) {
  if (text.empty()) return;
  const Rect r{x, y, w, 1e6f};
  y += paragraph(ui, r, text, {font ? font : &ui.fonts->small, color}) + ui.px(3);
}

void Page::may_turn() {
  if (second || content <= 0 || y - top < content / 2) return;
  second = true;
  first_bottom = y;
  x += w + ui.px(kColumnGap);
  y = top;
}

void Page::section(std::string_view text) {
  may_turn();
  space(8);
  label(ui, take(ui.px(18), 2), text, {&ui.fonts->small_bold, ui.theme->prompt, Align::left, true});
}

void Page::pair(std::string_view name, std::string_view value) {
  const float name_width = std::min(w * 0.42f, ui.px(132));
  const LabelStyle dim{&ui.fonts->small, ui.theme->text_dim};
  const LabelStyle bright{&ui.fonts->small, ui.theme->text};
  const Rect left{x, y, name_width - ui.px(8), 1e6f},
      right{x + name_width, y, w - name_width, 1e6f};
  const float a = paragraph(ui, left, name, dim), b = paragraph(ui, right, value, bright);
  y += std::max(a, b) + ui.px(2);
}

namespace {

// A piece of a run on one line.
struct Piece {
  Rect rect;
  std::string text;
  const Run* run;
};

// Breaks at blanks; links stay whole.
std::vector<Piece> set_lines(Page& p, const std::vector<Run>& runs, float left, float& bottom) {
  const Font& font = p.ui.fonts->small;
  const float height = std::round(font.size * 1.35f), right = p.x + p.w;
  float at = left, y = p.y;
  std::vector<Piece> out;
  for (const Run& run : runs) {
    const bool link = !run.rule.empty() || run.object;
    std::string_view rest = run.text;
    while (!rest.empty()) {
      size_t end = link ? rest.size() : rest.find(' ');
      end = end == rest.npos ? rest.size() : link ? end : end + 1;
      const std::string word(rest.substr(0, end));
      rest.remove_prefix(end);
      std::string_view ink = word;
      while (!ink.empty() && ink.back() == ' ') ink.remove_suffix(1);
      if (at > left && at + text_width(font, ink) > right) {
        at = left;
        y += height;
      }
      const float width = text_width(font, word);
      const bool joins = !out.empty() && out.back().run == &run && out.back().rect.y == y;
      if (joins) {
        out.back().text += word;
        out.back().rect.w += width;
      } else {
        out.push_back({{at, y, width, height}, word, &run});
      }
      at += width;
    }
  }
  bottom = y + height;
  return out;
}

}  // namespace

void Page::rich(const std::vector<Run>& runs, float indent_design) {
  const float left = x + ui.px(indent_design);
  float bottom = y;
  const std::vector<Piece> pieces = set_lines(*this, runs, left, bottom);
  if (pieces.empty()) return;
  std::string all;
  for (const Run& r : runs) all += r.text;
  ItemOptions options;
  options.kind = Kind::panel;
  options.focusable = false;
  options.text = all;
  const std::string name = "text-" + std::to_string(++paragraphs);
  const Hit whole = ui.item({x, y, w, bottom - y}, name, options);
  const Inside inside(ui, whole);
  const IdScope scope(ui, name);
  for (const Piece& piece : pieces) {
    const Run& run = *piece.run;
    const Font& face = ui.fonts->small;
    if (run.rule.empty() && !run.object) {
      if (ui.can_see(piece.rect))
        draw_text(ui, piece.rect, face, run.strong ? ui.theme->text : ui.theme->text_dim,
                  piece.text);
      continue;
    }
    const Hit hit = link(ui, {piece.rect.x, piece.rect.center().y - face.size / 2}, piece.text,
                         piece.text, false, &face);
    if (hit.hovered && run.object) shared.hover(run.object);
    if (hit.clicked && run.object) shared.selected = run.object;
    if (hit.clicked && !run.rule.empty()) shared.rule = run.rule;
  }
  y = bottom + ui.px(3);
}

void Page::event_row(std::string_view name, size_t event, std::string_view sentence, bool chained) {
  const float left = ui.px(16), pad = ui.px(3);
  const LabelStyle style{&ui.fonts->small, ui.theme->text};
  const std::string time = trace::time_text(trace()[event].time);
  const Font& mono = ui.fonts->mono_small;
  const float right = text_width(mono, "00.00 ms") + ui.px(8);
  const float width = std::max(ui.px(80), w - left - right);
  const float height = paragraph_height(ui, width, sentence, style) + 2 * pad;
  const Rect r = take(height);
  const bool now = m.event == event + 1;
  const Hit hit = row(ui, r, name, sentence, now, ui.id("events"));
  const Inside inside(ui, hit);
  if (!hit.hovered && shared.hovered_event == int64_t(event))
    fill(ui, r, ui.theme->hover, ui.px(4));
  const Point dot{r.x + ui.px(7), r.y + pad + ui.fonts->small.size * 0.6f};
  if (chained)
    vline(ui, dot.x, bullet + ui.px(5), dot.y - ui.px(5), ui.theme->control, ui.line(1.5f));
  disc(ui, dot, ui.px(3), now ? ui.theme->accent : ui.theme->text_dim);
  bullet = dot.y;
  paragraph(ui, {r.x + left, r.y + pad, width, height}, sentence, style);
  draw_text(ui, Rect{r.right() - right, r.y + pad, right - ui.px(4), ui.fonts->small.size * 1.2f},
            mono, ui.theme->text_faint, time, Align::right);
  if (hit.hovered || hit.ring) {
    shared.hover_event(int64_t(event));
    if (trace()[event].s) shared.hover(trace()[event].s);
    if (trace()[event].site) shared.hover_line(trace()[event].site);
  }
  if (hit.clicked) out.push_back(session::cmd::Seek{double(event) + 1});
}

void Page::object_link(std::string_view name, ObjectId id, std::string_view before) {
  if (!id) return;
  const Rect r = take(ui.px(19));
  float left = r.x;
  if (!before.empty()) {
    const float name_width = std::min(w * 0.42f, ui.px(132));
    label(ui, {r.x, r.y, name_width - ui.px(8), r.h}, before,
          {&ui.fonts->small, ui.theme->text_dim, Align::left, true});
    left += name_width;
  }
  const Font& font = ui.fonts->small;
  const std::string text = trace().name(id);
  const Hit hit = link(ui, {left, r.center().y - font.size / 2}, name, text, false, &font);
  if (hit.hovered || hit.ring) shared.hover(id);
  if (hit.clicked) shared.selected = id;
}

void Page::tokens(std::string_view name, const std::vector<ObjectId>& requests) {
  if (requests.empty()) return;
  const IdScope scope(ui, name);
  const float size = 30, cell = ui.px(size + 8);
  const size_t fit = std::max<size_t>(1, size_t(w / cell));
  const size_t shown = requests.size() > fit ? fit - 1 : requests.size();
  const Rect r = take(ui.px(size + 10));
  const Id group = ui.id("group");
  for (size_t i = 0; i < shown; ++i) {
    TokenStyle style = token_of(model(), requests[i]);
    const std::string text = trace().name(requests[i]);
    style.label = text;
    style.size = size - 4;
    style.hovered = shared.hovered == requests[i];
    const Hit hit = token(ui, {r.x + cell * (float(i) + 0.5f), r.center().y}, text, style, group);
    if (hit.hovered || hit.ring) shared.hover(requests[i]);
    if (hit.clicked) shared.selected = requests[i];
  }
  if (shown < requests.size())
    token_more(ui, {r.x + cell * (float(shown) + 0.5f), r.center().y}, "more",
               int(requests.size() - shown), size - 4, group);
}

// ---- what may be called now

namespace {

// Calls that share a reason are told together.
struct Refusal {
  std::string calls, reason;
  const char* rule;
};

void add_refusal(std::vector<Refusal>& list, const model::LegalCall& c) {
  for (Refusal& r : list) {
    if (r.reason != c.reason || std::string_view(r.rule) != c.rule) continue;
    r.calls += std::string(", ") + trace::act_row(c.act).label;
    return;
  }
  list.push_back({trace::act_row(c.act).label, c.reason, c.rule});
}

void tell(Page& p, const std::vector<Refusal>& list) {
  for (const Refusal& r : list) {
    std::vector<Run> runs{{r.calls + (r.reason.empty() ? " " : ": "), true}};
    if (!r.reason.empty()) runs.push_back({r.reason + " "});
    runs.push_back(rule_run(r.rule));
    p.rich(runs);
  }
}

}  // namespace

// The verbs that may be used now, to press.
void Page::verbs() {
  VerbsInput in{ui, m, shared, *st.menu, {x, y, w, 1e5f}, object, st.rights};
  VerbList list = legal_verbs(model(), trace(), object, st.rights);
  if (list.verbs.empty()) return;
  const IdScope scope(ui, "legal");
  const VerbRows rows = draw_verb_buttons(in, list, false, out);
  if (rows.pointed && rows.pointed->reason.empty())
    shared.hint_move(move_of(model(), object, rows.pointed->item));
  y += rows.height + ui.px(6);
}

void Page::calls() {
  const auto all = model::legal_calls(model(), object);
  if (all.empty()) return;
  bool legal = false;
  std::vector<Refusal> careful, illegal;
  size_t more = 0;
  const model::RequestView* request = model().request(object);
  const bool complete = request && request->place == model::Place::Done;
  for (const model::LegalCall& c : all) {
    switch (c.legality) {
      case model::Legality::Legal:
        if (complete) break;  // a cancel that comes too late (C-50): the sentence says so
        legal = true;
        if (c.reason.find("STATUS_") != std::string::npos)
          add_refusal(careful, c);  // it may be called, with a known consequence
        break;
      case model::Legality::Discouraged:
        legal = true;
        add_refusal(careful, c);
        break;
      case model::Legality::Illegal: add_refusal(illegal, c); break;
      case model::Legality::Impossible:
        if (st.show_all_calls)
          add_refusal(illegal, c);
        else
          ++more;
        break;
    }
  }
  section(tr("inspector.legal"));
  if (!legal)
    line(complete ? trf("inspector.complete", trace().name(object)) : tr("inspector.nothing"),
         ui.theme->text_dim);
  else if (st.menu)
    verbs();
  tell(*this, careful);
  if (illegal.empty() && more == 0) return;
  may_turn();
  space(8);
  label(ui, take(ui.px(18), 2), tr("inspector.illegal"),
        {&ui.fonts->small_bold, ui.theme->danger, Align::left, true});
  tell(*this, illegal);
  if (more == 0 && !st.show_all_calls) return;
  const std::string text =
      st.show_all_calls ? std::string(tr("inspector.fewer")) : trf("inspector.more", more);
  const Rect r = take(ui.px(20));
  if (link(ui, r.top_left(), "more-calls", text).clicked) st.show_all_calls = !st.show_all_calls;
}

// ---- why

void Page::causes() {
  auto& past = st.past;
  if (past.trace != m.trace || past.size != trace().size() || past.event != m.event ||
      past.object != object) {
    past = {m.trace, m.event, trace().size(), object, {}, {}};
    past.causes = why_so(trace(), *m.timeline, object, m.event);
    for (const uint32_t e : m.timeline->events_of(object)) {
      if (e >= m.event) break;
      const trace::EventLevel level = trace::event_level(trace()[e].code);
      if (level == trace::EventLevel::Hop && trace()[e].s == object) past.history.push_back(e);
    }
    if (past.history.size() > 12) past.history.erase(past.history.begin(), past.history.end() - 12);
  }
  if (!past.causes.empty()) {
    section(tr("inspector.why"));
    const IdScope scope(ui, "why");
    for (size_t i = 0; i < past.causes.size(); ++i) {
      const model::Cause& c = past.causes[i];
      const std::string sentence = trace::narrate(trace(), c.event, shared.names);
      const std::string text = i == 0 ? sentence : trf("inspector.because", sentence);
      event_row("cause-" + std::to_string(c.event + 1), c.event, text, i > 0);
    }
  }
  if (past.history.size() > 1) {
    section(tr("inspector.history"));
    const IdScope scope(ui, "history");
    for (const uint32_t e : past.history)
      event_row("event-" + std::to_string(e + 1), e, trace::narrate(trace(), e, shared.names),
                e != past.history.front());
  }
}

// ---- the debugger's view

void Page::dump(std::string_view text) {
  if (text.empty()) return;
  may_turn();
  space(8);
  Rect head = take(ui.px(24), 2);
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  const Rect copy = cut_right(head, ui.px(28));
  if (icon_button(ui, copy, "copy-dump", icon::copy, tr("inspector.copy_dump"), quiet).clicked &&
      ui.set_clipboard)
    ui.set_clipboard(ui.clipboard_owner, std::string(text));
  const Rect fold = cut_right(head, ui.px(28));
  if (icon_button(ui, fold, "fold-dump", st.show_dump ? icon::chevron_up : icon::chevron_down,
                  tr("inspector.fold_dump"), quiet)
          .clicked)
    st.show_dump = !st.show_dump;
  label(ui, head, tr("inspector.dump"),
        {&ui.fonts->small_bold, ui.theme->prompt, Align::left, true});
  if (!st.show_dump) return;
  const Font& font = ui.fonts->mono_small;
  const float height = std::round(font.size * 1.25f), pad = ui.px(8);
  std::vector<std::string_view> lines;
  for (std::string_view rest = text; !rest.empty();) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    for (const std::string_view one : wrapped(font, rest.substr(0, end), w - 2 * pad))
      lines.push_back(one);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const Rect r = take(height * float(lines.size()) + 2 * pad);
  box(ui, r, ui.theme->well, ui.theme->card_border, ui.px(4));
  ui.note(r, text, false, true);
  const Clip clip(ui, r);
  float at = r.y + pad;
  for (const std::string_view one : lines) {
    const Rect row_rect{r.x + pad, at, r.w - 2 * pad, height};
    if (ui.can_see(row_rect)) draw_text(ui, row_rect, font, ui.theme->code, one);
    at += height;
  }
}

}  // namespace qs::ui::inspector
