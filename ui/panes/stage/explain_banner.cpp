#include "ui/panes/stage/explain_banner.h"

#include "trace/events/words.h"
#include "trace/rules/verdict.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/strings.h"
#include "verify/explain.h"

namespace qs::ui {

using trace::EventCode;
using trace::Severity;

namespace {

bool is_verdict(EventCode code) {
  return code == EventCode::Violation || code == EventCode::Finding || code == EventCode::Hint;
}

// Events after a verdict that only record it.
bool is_aftermath(EventCode code) {
  return code == EventCode::RunEnd || code == EventCode::Settled || code == EventCode::CallLeave ||
         code == EventCode::DebugText;
}

std::string name_of(const trace::Trace& trace, const trace::Event& e, ObjectKind kind) {
  if (e.s.kind() == kind) return trace.name(e.s);
  if (e.o.kind() == kind) return trace.name(e.o);
  return {};
}

const char* severity_words(Severity s) {
  switch (s) {
    case Severity::Finding: return tr("banner.finding");
    case Severity::Break: return tr("banner.break");
    case Severity::Bugcheck: return tr("banner.bugcheck");
    case Severity::Undefined: return tr("banner.undefined");
    case Severity::Hint: return tr("banner.hint");
    case Severity::None: break;
  }
  return tr("banner.finding");
}

BannerLook look_of(Severity s) {
  if (s == Severity::Bugcheck || s == Severity::Undefined) return BannerLook::danger;
  return s == Severity::Break ? BannerLook::warning : BannerLook::info;
}

}  // namespace

BannerInfo banner_info(const session::Moment& m) {
  BannerInfo info;
  const trace::Trace& trace = *m.trace;
  size_t i = m.event;
  while (i > 0 && m.after->ended && is_aftermath(trace[i - 1].code)) --i;
  if (i == 0 || !is_verdict(trace[i - 1].code)) return info;
  const trace::Event& e = trace[i - 1];
  info.shown = true;
  info.event = i - 1;
  info.rule = trace.string(e.a);
  info.severity = e.code == EventCode::Finding ? Severity::Finding
                  : e.code == EventCode::Hint  ? Severity::Hint
                                               : Severity(e.b);
  info.site = trace.site_text(e.site);
  info.line = e.site;
  info.object = e.s ? e.s : e.o;
  info.ring = trace::ring_of(trace, info.event);
  info.boxes = boxes_of(trace, info.ring);
  info.can_continue = info.severity == Severity::Break && !m.after->ended;
  const trace::Rule* rule = trace::find_rule(info.rule);
  if (rule) {
    info.rule_text = rule->text;
    info.code = rule->code;
  }
  const verify::Explanation* x = verify::explain(info.rule);
  info.heading =
      std::string(severity_words(info.severity)) + ": " + (x ? std::string(x->title) : info.rule);
  if (!x) {
    info.what = info.rule_text;
    return info;
  }
  const std::string request = name_of(trace, e, ObjectKind::Request);
  const std::string queue = name_of(trace, e, ObjectKind::Queue);
  std::string function;
  for (size_t n = m.after->verdicts.size(); n > 0; --n)
    if (const model::Verdict& v = m.after->verdicts[n - 1]; v.event == info.event)
      function = model::call_of(trace, v);
  const verify::Blanks blanks{request, queue, function};
  info.what = fill(x->what, blanks);
  if (const std::string reason = trace::reason_of(trace, info.event); !reason.empty())
    (info.ring.empty() ? info.what += " " : info.here) += trf("banner.here", reason);
  info.why = fill(x->why, blanks);
  info.how = fill(x->how, blanks);
  return info;
}

namespace {

struct Said {
  const char* label;
  const std::string* text;
};

std::vector<Said> parts(const BannerInfo& info) {
  std::vector<Said> out;
  if (!info.what.empty()) out.push_back({nullptr, &info.what});
  if (!info.why.empty()) out.push_back({tr("banner.why"), &info.why});
  if (!info.how.empty()) out.push_back({tr("banner.how"), &info.how});
  if (!info.here.empty()) out.push_back({nullptr, &info.here});
  return out;
}

float text_x(Ui& ui) { return ui.px(44); }
float label_width(Ui& ui) {
  return std::max({text_width(ui.fonts->small_bold, tr("banner.why")),
                   text_width(ui.fonts->small_bold, tr("banner.how"))}) +
         ui.px(12);
}
float body_width(Ui& ui, float width) { return width - text_x(ui) - ui.px(16); }

std::string facts(const BannerInfo& info) {
  std::string out = info.rule;
  if (!info.code.empty()) out += " · " + trf("banner.code", info.code);
  if (!info.site.empty()) out += " · " + info.site;
  return out;
}

float head_height(Ui& ui, float width, const BannerInfo& info) {
  const LabelStyle bold{&ui.fonts->bold};
  return paragraph_height(ui, body_width(ui, width) - ui.px(32), info.heading, bold) + ui.px(20);
}

}  // namespace

namespace {

constexpr float kUnderRing = 9;  // design pixels

float ring_height(Ui& ui, float width, const BannerInfo& info) {
  return ring_layout(ui, {0, 0, width, 0}, info.boxes).height;
}

float parts_height(Ui& ui, float width, const BannerInfo& info) {
  float h = 0;
  for (const Said& p : parts(info)) {
    const float w = width - (p.label ? label_width(ui) : 0);
    h += paragraph_height(ui, w, *p.text) + ui.px(5);
  }
  if (!info.boxes.empty()) h += ring_height(ui, width, info) + ui.px(kUnderRing);
  return h;
}

// Returns the height used; `rest` begins where it is drawn.
float draw_parts(Ui& ui, Rect rest, const BannerInfo& info, Color bar, UiState& shared) {
  const float top = rest.y;
  for (const Said& p : parts(info)) {
    Rect line = rest;
    if (p.label)
      label(ui, {line.x, line.y + ui.px(1), label_width(ui), ui.px(16)}, p.label,
            {&ui.fonts->small_bold, bar});
    if (p.label) cut_left(line, label_width(ui));
    cut_top(rest, paragraph(ui, line, *p.text) + ui.px(5));
    if (p.text == &info.what && !info.ring.empty())
      cut_top(rest, draw_ring_of(ui, rest, info.ring, info.boxes, shared) + ui.px(kUnderRing));
  }
  return rest.y - top;
}

// The one to press first stands first; no more than so many.
void draw_buttons(Ui& ui, Rect buttons, const BannerInfo& info, bool folded, int most,
                  UiState& shared, std::vector<session::Command>& out) {
  const auto next = [&](std::string_view name, const char* words, ButtonLook button_look) {
    if (most-- <= 0) return false;
    const float w = std::min(button_width(ui, words), buttons.w);
    ButtonStyle style;
    style.look = button_look;
    return button(ui, cut_left(buttons, w, ui.px(8)), name, words, style).clicked;
  };
  if (info.can_continue) {
    if (next("continue", tr("banner.continue"), ButtonLook::primary))
      out.push_back(session::cmd::Continue{});
    if (next("step-back", tr("banner.step_back"), ButtonLook::secondary))
      out.push_back(session::cmd::Step{session::cmd::By::Event, true});
  } else if (next("step-back", tr("banner.step_back"), ButtonLook::primary)) {
    out.push_back(session::cmd::Seek{double(info.event)});
  }
  if (!info.rule_text.empty() && !folded &&
      next("rule", tr("banner.show_rule"), ButtonLook::secondary))
    shared.rule = info.rule;
  if (most > 0 && info.line && buttons.w > ui.px(100) &&
      next("line", tr("banner.show_line"), ButtonLook::quiet))
    shared.show_line = info.line;
  if (most > 0 && info.object && buttons.w > ui.px(120) &&
      next("inspect", tr("banner.inspect"), ButtonLook::quiet))
    shared.selected = info.object;
}

// What happened, why, and what to do instead; scrolled where there is not room for all.
void draw_text_of(Ui& ui, const Rect& rest, const BannerInfo& info, Color bar, BannerState& st,
                  UiState& shared) {
  if (parts_height(ui, rest.w, info) <= rest.h + 1) {
    draw_parts(ui, rest, info, bar, shared);
    return;
  }
  ScrollArea area(ui, rest, "text", st.scroll);
  Rect content = area.content();
  content.h = 1e6f;
  area.end(draw_parts(ui, content, info, bar, shared));
}

// In a low one the first button stands beside the heading, so that what happened can be read.
void draw_low(Ui& ui, Rect rest, const BannerInfo& info, Color bar, BannerState& st,
              UiState& shared, std::vector<session::Command>& out) {
  rest = inset(rest, 0, -ui.px(rest.h < ui.px(48) ? 6 : 2));
  Rect line = cut_top(rest, ui.px(22), ui.px(2));
  const float w = button_width(ui, tr(info.can_continue ? "banner.continue" : "banner.step_back"));
  const bool both = line.w >= w + ui.px(180);
  if (both) {
    const Rect at = cut_right(line, w, ui.px(8));
    draw_buttons(ui, at, info, false, 1, shared, out);
  }
  const LabelStyle bold{&ui.fonts->bold, ui.theme->text, Align::left, true};
  const float high = paragraph_height(ui, line.w, info.heading, bold);
  if (high > line.h && rest.h >= high - line.h + ui.px(34)) {
    cut_top(rest, high - line.h);
    line.h = high;
    paragraph(ui, line, info.heading, bold);
  } else {
    label(ui, line, info.heading, bold);
  }
  if (rest.h >= ui.px(17)) draw_text_of(ui, rest, info, bar, st, shared);
}

}  // namespace

float explain_banner_height(Ui& ui, float width, const BannerInfo& info, const BannerState& st) {
  if (!info.shown) return 0;
  float h = ui.px(12) + head_height(ui, width, info);
  if (!st.folded) h += parts_height(ui, body_width(ui, width), info);
  return h + ui.px(48);
}

void draw_explain_banner(Ui& ui, const Rect& rect, const BannerInfo& info, BannerState& st,
                         UiState& shared, std::vector<session::Command>& out) {
  if (!info.shown) return;
  if (st.seen != info.event) st = {false, info.event, {}};
  const Theme& t = *ui.theme;
  const BannerLook look = look_of(info.severity);
  const auto [bar, back, sign] = banner_ink(t, look);
  ItemOptions ground;
  ground.kind = Kind::panel;
  ground.focusable = false;
  const Hit box_hit = ui.item(rect, "explanation", ground);
  const IdScope scope(ui, "explanation");
  const Inside inside(ui, box_hit);
  box(ui, rect, back, bar, ui.px(6), ui.line(1.5f));
  fill(ui, {rect.x, rect.y + ui.px(4), ui.px(4), rect.h - ui.px(8)}, bar);
  const Clip clip(ui, rect);

  Rect rest{rect.x + text_x(ui), rect.y + ui.px(10), body_width(ui, rect.w), rect.h - ui.px(20)};
  draw_text(ui, Point{rect.x + ui.px(15), rest.y + ui.px(1)}, ui.fonts->icon, bar, sign);
  if (rect.h < ui.px(102) + head_height(ui, rect.w, info))
    return draw_low(ui, rest, info, bar, st, shared, out);
  Rect buttons = cut_bottom(rest, ui.px(30), ui.px(6));
  Rect head = rest;
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  const Rect fold = {cut_right(head, ui.px(28)).x, head.y, ui.px(26), ui.px(24)};
  if (icon_button(ui, fold, "fold", st.folded ? icon::chevron_down : icon::chevron_up,
                  tr(st.folded ? "banner.unfold" : "banner.fold"), quiet)
          .clicked)
    st.folded = !st.folded;
  cut_right(head, ui.px(4));
  const float used = paragraph(ui, head, info.heading, {&ui.fonts->bold, t.text});
  cut_top(rest, used);
  label(ui, cut_top(rest, ui.px(16), ui.px(4)), facts(info),
        {&ui.fonts->small, t.text_dim, Align::left, true});
  if (!st.folded) draw_text_of(ui, rest, info, bar, st, shared);
  draw_buttons(ui, buttons, info, st.folded, 5, shared, out);
}

}  // namespace qs::ui
