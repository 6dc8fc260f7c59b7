#include <algorithm>

#include "model/dump.h"
#include "trace/narrate.h"
#include "trace/rules.h"
#include "ui/views/inspector_parts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/prose.h"
#include "ui/widgets/strings.h"

namespace qs::ui::inspector {

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#|~&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string rule_link(std::string_view rule) {
  if (rule.empty()) return {};
  return "[" + std::string(rule) + "](rule:" + std::string(rule) + ")";
}

std::string object_address(const Trace& trace, ObjectId id) {
  return "[" + plain(trace.name(id)) + "](object:" + std::to_string(id.raw) + ")";
}

TokenStyle token_of(const Model& model, const Trace& trace, ObjectId request) {
  TokenStyle style;
  const RequestView* r = model.request(request);
  if (!r) return style;
  switch (r->type) {
    case RequestType::Read: style.shape = TokenShape::read; break;
    case RequestType::Write: style.shape = TokenShape::write; break;
    case RequestType::DeviceControl: style.shape = TokenShape::control; break;
    case RequestType::InternalControl: style.shape = TokenShape::internal; break;
    default: style.shape = TokenShape::create; break;
  }
  switch (r->owner) {
    case Owner::Sender: style.owner = TokenOwner::app; break;
    case Owner::Framework: style.owner = TokenOwner::waiting; break;
    case Owner::Driver: style.owner = TokenOwner::driver; break;
    case Owner::Target: style.owner = TokenOwner::target; break;
    case Owner::Nobody:
      style.owner = status_is_success(r->status) ? TokenOwner::done : TokenOwner::cancelled;
      break;
  }
  style.cancelable = r->has(kCancelable);
  (void)trace;
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

void Page::section(std::string_view text) {
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

uint32_t number_after(const std::string& address, size_t colon) {
  uint32_t n = 0;
  for (size_t i = colon + 1; i < address.size() && address[i] >= '0' && address[i] <= '9'; ++i)
    n = n * 10 + uint32_t(address[i] - '0');
  return n;
}

void follow(Page& p, const std::string& address) {
  const size_t colon = address.find(':');
  if (colon == address.npos) return;
  const std::string kind = address.substr(0, colon);
  if (kind == "rule") {
    const std::string rule = address.substr(colon + 1);
    p.st.rule = p.st.rule == rule ? std::string() : rule;
  } else if (kind == "object") {
    p.shared.selected = ObjectId(number_after(address, colon));
  } else if (kind == "event") {
    p.out.push_back(cmd::Seek{double(number_after(address, colon)) + 1});
  } else if (kind == "line") {
    p.shared.show_line = Site(number_after(address, colon));
  }
}

// The text of the rule that was pressed, under what cited it.
void rule_box(Page& p, std::string_view cited_in) {
  if (p.st.rule.empty() || cited_in.find("(rule:" + p.st.rule + ")") == cited_in.npos) return;
  const Rule* rule = find_rule(p.st.rule);
  if (!rule) return;
  Ui& ui = p.ui;
  std::string text = std::string(rule->id) + ": " + std::string(rule->text);
  const LabelStyle style{&ui.fonts->small, ui.theme->text};
  const float width = p.w - ui.px(20);
  const float height = paragraph_height(ui, width, text, style) + ui.px(12);
  const Rect r = p.take(height, 4);
  box(ui, r, ui.theme->card, ui.theme->accent, ui.px(4));
  paragraph(ui, inset(r, ui.px(10), ui.px(6)), text, style);
}

}  // namespace

void Page::prose_text(std::string_view markdown) {
  if (markdown.empty()) return;
  ProseStyle style;
  style.color = ui.theme->text_dim;
  style.may_cut = true;
  const std::string name = "text-" + std::to_string(int(y - st.scroll.y));
  const ProseResult r = prose(ui, {x, y, w, 1e6f}, name, markdown, style);
  y += r.height + ui.px(3);
  if (!r.clicked_link.empty()) follow(*this, r.clicked_link);
  rule_box(*this, markdown);
}

void Page::event_row(std::string_view name, size_t event, std::string_view sentence, int indent) {
  const float left = ui.px(float(indent) * 12 + 14), pad = ui.px(3);
  const LabelStyle style{&ui.fonts->small, ui.theme->text};
  const std::string time = time_text(trace()[event].time);
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
  disc(ui, {r.x + left - ui.px(8), r.y + pad + ui.fonts->small.size * 0.6f}, ui.px(2.5f),
       ui.theme->text_dim);
  paragraph(ui, {r.x + left, r.y + pad, width, height}, sentence, style);
  draw_text(ui, Rect{r.right() - right, r.y + pad, right - ui.px(4), ui.fonts->small.size * 1.2f},
            mono, ui.theme->text_faint, time, Align::right);
  if (hit.hovered || hit.ring) {
    shared.hover_event(int64_t(event));
    if (trace()[event].s) shared.hover(trace()[event].s);
    if (trace()[event].site) shared.hover_line(trace()[event].site);
  }
  if (hit.clicked) out.push_back(cmd::Seek{double(event) + 1});
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
  const Scope scope(ui, name);
  const float size = 30, cell = ui.px(size + 8);
  const size_t fit = std::max<size_t>(1, size_t(w / cell));
  const size_t shown = requests.size() > fit ? fit - 1 : requests.size();
  const Rect r = take(ui.px(size + 10));
  const Id group = ui.id("group");
  for (size_t i = 0; i < shown; ++i) {
    TokenStyle style = token_of(model(), trace(), requests[i]);
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

void Page::calls() {
  const auto all = legal_calls(model(), shared.selected);
  if (all.empty()) return;
  std::string legal, careful, illegal;
  size_t more = 0;
  for (const LegalCall& c : all) {
    const std::string words = plain(c.label);
    const std::string why = (c.reason.empty() ? "" : ": " + plain(c.reason)) +
                            (*c.rule ? " (" + rule_link(c.rule) + ")" : "");
    switch (c.legality) {
      case Legality::Legal: legal += (legal.empty() ? "" : " · ") + words; break;
      case Legality::Discouraged: careful += "- " + words + why + "\n"; break;
      case Legality::Illegal: illegal += "- " + words + why + "\n"; break;
      case Legality::Impossible:
        if (st.show_all_calls)
          illegal += "- " + words + why + "\n";
        else
          ++more;
        break;
    }
  }
  section(tr("inspector.legal"));
  if (legal.empty())
    line(tr("inspector.nothing"), ui.theme->text_dim);
  else
    prose_text(legal);
  if (!careful.empty()) {
    prose_text(careful);
  }
  if (illegal.empty() && more == 0 && !st.show_all_calls) return;
  space(8);
  label(ui, take(ui.px(18), 2), tr("inspector.illegal"),
        {&ui.fonts->small_bold, ui.theme->danger, Align::left, true});
  prose_text(illegal);
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
      past.object != shared.selected) {
    past = {m.trace, m.event, trace().size(), shared.selected, {}, {}};
    past.causes = why_so(trace(), *m.timeline, shared.selected, m.event);
    for (const uint32_t e : m.timeline->events_of(shared.selected)) {
      if (e >= m.event) break;
      const EventLevel level = event_level(trace()[e].code);
      if (level == EventLevel::Hop && trace()[e].s == shared.selected) past.history.push_back(e);
    }
    if (past.history.size() > 12) past.history.erase(past.history.begin(), past.history.end() - 12);
  }
  if (!past.causes.empty()) {
    section(tr("inspector.why"));
    const Scope scope(ui, "why");
    for (size_t i = 0; i < past.causes.size(); ++i) {
      const Cause& c = past.causes[i];
      const std::string text = i == 0 ? c.sentence : trf("inspector.because", c.sentence);
      event_row("cause-" + std::to_string(c.event + 1), c.event, text, int(std::min<size_t>(i, 6)));
    }
  }
  if (past.history.size() > 1) {
    section(tr("inspector.history"));
    const Scope scope(ui, "history");
    for (const uint32_t e : past.history)
      event_row("event-" + std::to_string(e + 1), e, narrate(trace(), e), 0);
  }
}

// ---- the debugger's view

void Page::dump(std::string_view text) {
  if (text.empty()) return;
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
