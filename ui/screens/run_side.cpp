// What stands beside a run that is no lesson and takes no orders: what it is, what comes into it,
// and what came of it.
#include <fmt/format.h>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "ui/screens/run.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

constexpr size_t kMostListed = 40;  // inputs and outcomes

// What is between backquotes is a word of the run: nothing in it is markup.
std::string as_code(std::string_view text) {
  std::string out = "`";
  for (const char c : text) out += c == '`' || c == '\n' ? ' ' : c;
  return out + "`";
}

std::string what_it_is(const session::Session& session) {
  const run::Program& p = session.program();
  if (session.view_only()) return trf("run.recording", as_code(p.name));
  std::string text = trf("run.program", as_code(p.name));
  std::string apps;
  for (const run::AppSpec& app : p.apps) apps += (apps.empty() ? "" : ", ") + as_code(app.name);
  if (!apps.empty()) text += " " + trf("run.apps", apps);
  return text;
}

// The inputs as the trace tells them: also a recording has them there.
std::string inputs_of(const trace::Trace& t) {
  std::string list;
  size_t n = 0;
  for (size_t i = 0; i < t.size(); ++i) {
    if (t[i].code != trace::EventCode::Input || ++n > kMostListed) continue;
    list += fmt::format("- {}: {}\n", trace::time_text(t[i].time), as_code(t.string(t[i].b)));
  }
  if (n > kMostListed) list += "- " + trf("run.more", n - kMostListed) + "\n";
  return list.empty() ? std::string(tr("run.no_inputs")) : list;
}

std::string outcome_of(const session::Moment& moment, const model::Model& end) {
  const trace::Trace& t = *moment.trace;
  size_t sent = 0, done = 0, failed = 0;
  for (const model::RequestView& r : end.requests) {
    if (r.type == trace::RequestType::Create) continue;
    ++sent;
    done += r.place == model::Place::Done;
    failed += r.place == model::Place::Done && r.status < 0;
  }
  std::string list = "- " + trf("run.done", done, sent, failed) + "\n";
  size_t n = 0;
  for (const model::Verdict& v : end.verdicts)
    if (++n <= kMostListed)
      list += fmt::format("- {}: {}\n", as_code(t.string(v.rule)), trace::narrate(t, v.event));
  if (end.verdicts.empty()) list += "- " + std::string(tr("run.clean")) + "\n";
  return list;
}

}  // namespace

Rect RunScreen::below_intro(Ui& ui, Rect rect, const char* text) {
  const LabelStyle style{&ui.fonts->body, ui.theme->text};
  const float h = paragraph_height(ui, rect.w - ui.px(24), text, style) + ui.px(20);
  if (rect.h < h + ui.px(320)) return rect;
  const Rect card = cut_top(rect, h, ui.px(8));
  const Panel panel(ui, card, "intro", PanelLook::card);
  paragraph(ui, inset(card, ui.px(12), ui.px(10)), text, style);
  return rect;
}

const char* RunScreen::side_title() const { return tr("pane.side"); }

void RunScreen::draw_side(Ui& ui, const Rect& rect, const session::Moment& moment) {
  const Panel panel(ui, rect, "side");
  Rect r = inset(rect, ui.px(16), ui.px(14));
  LabelStyle title;
  title.font = &ui.fonts->title;
  const std::string& name = session->program().title;
  paragraph(ui, cut_top(r, paragraph_height(ui, r.w, name, title), ui.px(6)), name, title);
  const Rect foot = cut_bottom(r, ui.px(32), ui.px(12));
  // The end is told from the start: nothing is asked here.
  const auto end = moment.timeline->keep(moment.trace->size());
  const std::string text =
      fmt::format("{}\n\n**{}**\n\n{}\n\n**{}**\n\n{}", what_it_is(*session), tr("run.inputs"),
                  inputs_of(*moment.trace), tr("run.outcome"), outcome_of(moment, *end));
  ProseStyle style;
  style.may_cut = true;
  {
    ScrollArea area(ui, r, "side/body", side_scroll_);
    Rect line = area.content();
    line.h = prose_height(ui, line.w, text, style);
    prose(ui, line, "side/text", text, style);
    area.end(line.h);
  }
  const float reset_w = button_width(ui, tr("app.reset")),
              copy_w = button_width(ui, tr("app.copy_run"));
  const auto cells = divide_row(foot, {share(reset_w), share(copy_w)}, ui.px(8));
  if (button(ui, cells[0], "side/reset", tr("app.reset")).clicked)
    out_.push_back(session::cmd::ResetRun{});
  const std::string k = ui.keymap->key_text(Action::copy_schedule);
  ButtonStyle copy;
  copy.key = k.c_str();
  if (button(ui, cells[1], "side/copy", tr("app.copy_run"), copy).clicked && ui.set_clipboard) {
    ui.set_clipboard(ui.clipboard_owner, session->schedule_text());
    desk_.say(tr("app.schedule_copied"));
  }
}

}  // namespace qs::ui
