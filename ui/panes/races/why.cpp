// The driver's code at the step that is looked at, with each thread's line; below it, why the rule
// that breaks is there.
#include <algorithm>

#include "ui/panes/races/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::races {
namespace {

// So many events have happened where the code is looked at.
size_t events_at(const RacesShown& s) {
  const auto& steps = s.route->steps;
  if (s.at_verdict && s.sequence.verdict != RaceSequence::kNone) return s.sequence.verdict + 1;
  if (s.at == 0) return steps.empty() ? 0 : steps.front().from;
  const explore::RouteStep& step = steps[s.at - 1];
  const size_t verdict = s.sequence.verdict;
  return verdict >= step.from && verdict < step.to ? verdict + 1 : step.to;
}

session::Moment moment_of(const RacesShown& s, size_t events) {
  session::Moment m;
  m.trace = std::shared_ptr<const trace::Trace>(s.route->execution.trace);
  m.timeline = s.timeline;
  m.event = events;
  m.before = s.timeline->keep(events > 0 ? events - 1 : 0);
  m.after = s.timeline->keep(events);
  return m;
}

BannerInfo why_of(const RacesShown& s) {
  if (s.sequence.verdict == RaceSequence::kNone) return {};
  return banner_info(moment_of(s, s.sequence.verdict + 1));
}

float why_height(const RacesFrame& f, float width, const BannerInfo& info) {
  if (!info.shown) return 0;
  Ui& ui = f.ui;
  const float w = width - ui.px(24);
  const LabelStyle small{&ui.fonts->small};
  float h = ui.px(20) + paragraph_height(ui, w, info.heading, {&ui.fonts->small_bold}) + ui.px(4);
  for (const std::string* text : {&info.what, &info.why, &info.how})
    h += paragraph_height(ui, w, *text, small) + ui.px(5);
  return h + ui.px(22);
}

void draw_why(const RacesFrame& f, const Rect& rect, const BannerInfo& info) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  Panel panel(ui, rect, "why", PanelLook::card);
  const Rect inner = inset(rect, ui.px(10), ui.px(8));
  ScrollArea area(ui, inner, "text", f.st.why);
  Rect r = area.content();
  const float top = r.y;
  const auto say = [&](const std::string& text, const LabelStyle& style) {
    if (text.empty()) return;
    const float h = paragraph_height(ui, r.w, text, style);
    paragraph(ui, {r.x, r.y, r.w, h}, text, style);
    r.y += h + ui.px(5);
  };
  say(info.heading, {&ui.fonts->small_bold, t.danger});
  say(info.what, {&ui.fonts->small, t.text});
  say(info.why, {&ui.fonts->small, t.text_dim});
  say(info.how, {&ui.fonts->small, t.text});
  const std::string rule = trf("races.rule", info.rule);
  if (link(ui, {r.x, r.y}, "rule", rule, false, &ui.fonts->small).clicked)
    f.shared.rule = info.rule;
  r.y += ui.px(20);
  area.end(r.y - top);
}

// A line was pressed: to the step in which it runs next.
void go_where_asked(const RacesFrame& f) {
  for (const session::Command& c : f.out)
    if (const auto* seek = std::get_if<session::cmd::Seek>(&c)) {
      const auto& steps = f.shown().route->steps;
      const auto events = size_t(seek->position);
      size_t at = 0;
      while (at < steps.size() && steps[at].to < events) ++at;
      look_at_step(f.st, at + 1);
    }
  f.out.clear();
}

}  // namespace

void draw_code_and_why(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  const RacesShown& s = f.shown();
  if (!s.route) {
    Panel panel(ui, rect, "code");
    return;
  }
  Rect r = rect;
  const BannerInfo info = why_of(s);
  if (info.shown && r.h >= ui.px(260)) {
    const float wanted = why_height(f, r.w, info);
    const float h = std::min(wanted, r.h * 0.42f);
    draw_why(f, cut_bottom(r, h, ui.px(10)), info);
  }
  const session::Moment m = moment_of(s, events_at(s));
  CodeInput in{&m, {}, true, {}};
  if (const auto* driver = f.races().program().driver) in.files = driver->sources();
  f.shared.names = &s.names;
  draw_code(ui, r, in, f.st.code, f.shared, f.out);
  go_where_asked(f);
}

}  // namespace qs::ui::races
