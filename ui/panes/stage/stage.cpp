#include "ui/panes/stage/stage.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "ui/panes/code/code.h"
#include "ui/panes/request_look.h"
#include "ui/panes/stage/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/core/motion.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// "driver.c": the file that the thread is in which ran last, else the first.
std::string shown_file(const StageFrame& f) {
  int file = f.in.files.empty() ? -1 : 0;
  for (const RoomBox& box : f.at.room_boxes)
    if (const int there = source_of(f.in.files, f.trace, box.who.site.file());
        there >= 0 && (box.current || file <= 0))
      file = there;
  return file < 0 ? std::string() : std::string(short_name(f.in.files[size_t(file)].name));
}

// Headings of the columns; the short one where the long one does not fit.
void draw_headings(const StageFrame& f) {
  static constexpr int count = 5;
  const std::string file = shown_file(f);
  const std::string driver =
      file.empty() ? std::string(tr("stage.head_driver")) : trf("stage.head_driver_file", file);
  const std::string_view names[count][2] = {
      {tr("stage.head_apps"), tr("stage.head_apps_short")},
      {tr("stage.head_device"), tr("stage.head_device_short")},
      {tr("stage.head_queues"), tr("stage.head_queues")},
      {driver, tr("stage.head_driver")},
      {tr("stage.head_done"), tr("stage.head_done")}};
  const auto width = [&](std::string_view text) {
    return text_width(f.ui.fonts->caption, text) + f.px(1.3f) * float(text.size());
  };
  for (int i = 0; i < count; ++i) {
    const Rect& r = f.at.heads[i];
    if (r.empty()) continue;
    for (const std::string_view text : names[i])
      if (width(text) <= r.w) {
        heading(f.ui, r, text);
        break;
      }
  }
}

void draw_panels(const StageFrame& f) {
  const Panel done(f.ui, f.at.done, "done", PanelLook::panel);
}

// In a stage that scrolls, the current event is scrolled into view once.
void follow_event(const StageFrame& f, ScrollArea& area) {
  const size_t event = f.in.moment.event;
  if (event == f.in.state.shown_event || !f.event) return;
  f.in.state.shown_event = event;
  Rect target;
  if (!f.picture.moves.empty()) target = f.at.card_of(f.picture.moves.back().to);
  if (target.empty()) return;
  const float top = target.y - area.content().y, margin = f.px(8);
  area.show(top - margin, top + target.h + margin);
}

void draw_all(const StageFrame& f) {
  draw_panels(f);
  draw_headings(f);
  draw_links(f);
  draw_apps(f);
  draw_devices(f);
  draw_queues(f);
  draw_driver(f);
  draw_targets(f);
  draw_done(f);
  draw_moves(f);
  draw_put_down(f);
  draw_sentence(f.in, f.at.sentence);  // ways go under what is read
  if (const HintedMove& move = f.in.shared.hinted_move) draw_hinted_move(f, move);
  draw_moving_tokens(f);
  draw_drag(f);
}

// What stays in place at the foot of a stage that scrolls: the sentence and the verbs, or the
// banner.
struct Foot {
  Rect rest, sentence, verbs, banner;
};

Foot foot_of(const StageInput& in, const Rect& all, bool sentence) {
  Ui& ui = in.ui;
  Foot foot;
  Rect& rest = foot.rest = all;
  if (in.banner > 0) {
    foot.banner = cut_bottom(rest, std::min(in.banner, rest.h * 0.66f), ui.px(8));
    return foot;
  }
  if (in.verbs && rest.h >= ui.px(180)) {  // else the menus and the keys have to do
    float height = std::min(ui.px(rest.h >= ui.px(520) ? 100 : 70), rest.h * 0.3f);
    if (height < ui.px(68)) height = ui.px(40);  // one row: the title beside the buttons
    foot.verbs = snapped(cut_bottom(rest, height, ui.px(8)));
  }
  if (in.narration && sentence) {
    const SentenceLines lines = sentence_lines(rest.w, rest.h, ui.scale, in.projector);
    foot.sentence = cut_bottom(rest, lines.height, ui.px(8));
  }
  return foot;
}

// Above a foot; what happens is rather seen whole than told, too.
const StageLayout* with_foot(const StageInput& in, const model::Model& now, const StageCast& cast,
                             LayoutMemory::Key& key, Foot& foot) {
  key.options.sentence = key.options.verbs = false;
  key.options.banner = 0;
  const Rect all = foot.rest;
  const StageLayout* laid = nullptr;
  for (const bool sentence : {true, false}) {
    foot = foot_of(in, all, sentence);
    key.rect = foot.rest;
    laid = &in.state.layouts.of(key, now, cast);
    if (laid->height <= foot.rest.h + 1) break;
  }
  return laid;
}

const model::Model& empty_model() {
  static const model::Model model;
  return model;
}

}  // namespace

void handle(const StageFrame& f, const Hit& hit, ObjectId id) {
  Ui& ui = f.ui;
  if (hit.hovered) f.in.shared.hover(id);
  const bool by_key = hit.clicked && hit.ring;
  if (hit.clicked || hit.right_clicked || (hit.focused && ui.focus_moved()))
    f.in.shared.selected = id;
  if (hit.right_clicked || by_key) {
    open_object_menu(ui, f.in.state.menu, hit, id);
    if (f.in.moment.playing) f.out.push_back(session::cmd::Pause{});
  }
}

void draw_stage(const StageInput& in, std::vector<session::Command>& out) {
  Ui& ui = in.ui;
  const Panel panel(ui, in.rect, "stage", PanelLook::stage);
  if (!in.moment.after || !in.moment.trace) return;
  const trace::Trace& trace = *in.moment.trace;
  const model::Model& now = *in.moment.after;
  const model::Model& before = in.moment.before ? *in.moment.before : empty_model();
  const StageCast& cast = in.state.cast.of(trace);
  in.state.functions.look(cast, trace, in.files);
  Rect rest = inset(in.rect, ui.px(10), ui.px(8));
  bool has_foot = rest.w / ui.scale < kFoldedFrom;
  Foot foot;
  if (has_foot) foot = foot_of(in, rest, true), rest = foot.rest;

  StageOptions options{in.can_act, in.can_act && in.graph};
  options.sentence = in.narration && !has_foot;
  options.verbs = in.verbs && !has_foot;
  options.projector = in.projector;
  options.retrieves = in.can_act && in.takes_orders;
  options.low = in.lines || (in.projector && in.rect.h < ui.px(kLinesRoom));
  options.banner = has_foot ? 0 : in.banner / ui.scale;
  const float t = ui.reduced_motion ? 1.0f : float(std::clamp(in.moment.t, 0.0, 1.0));
  LayoutMemory& layouts = in.state.layouts;
  LayoutMemory::Key key{cast.version, in.moment.event, rest, ui.scale, options};
  const StageLayout* laid = &layouts.of(key, now, cast);
  const bool no_verbs = options.verbs && options.banner <= 0 && laid->verbs.empty();
  if (!has_foot && (laid->height > rest.h + 1 || no_verbs)) {
    has_foot = true;
    laid = with_foot(in, now, cast, key, foot = {rest});
    rest = foot.rest;
  }
  draw_sentence(in, foot.sentence);
  std::optional<ScrollArea> area;
  if (laid->height > rest.h + 1) {
    area.emplace(ui, rest, "view", in.state.scroll);
    key.rect = area->content();
    key.rect.h = rest.h;
    key.rect.h = layouts.of(key, now, cast).height;
    laid = &layouts.of(key, now, cast);
  }
  const StageLayout& at = *laid;
  key.event = in.moment.event ? in.moment.event - 1 : SIZE_MAX;
  in.state.banner = has_foot ? foot.banner : at.banner;
  in.state.verbs = has_foot ? foot.verbs : at.verbs;
  const StageLayout& from = layouts.of(key, before, cast);
  const StagePicture picture = picture_between(from, at, t);
  const trace::Event* event = in.moment.event > 0 && in.moment.event <= trace.size()
                                  ? &trace[in.moment.event - 1]
                                  : nullptr;
  std::vector<StageFrame::Drawn> drawn;
  const StageFrame f{in, ui,      *ui.theme, before, now,          trace, cast, from,
                     at, picture, out,       drawn,  ui.id("all"), event, t,    rest};
  draw_all(f);
  if (!area) return;
  follow_event(f, *area);
  area->end(at.height);
}

void draw_stage_menu(const StageInput& in, std::vector<session::Command>& out) {
  if (!in.moment.after || !in.moment.trace) return;
  const model::Model& now = *in.moment.after;
  const MenuRights rights{in.can_act, in.can_act && in.takes_orders, in.graph};
  if (const HintedMove lit = lit_move(in.ui, in.state.menu, now, *in.moment.trace, rights))
    in.shared.hint_move(lit);
  const ObjectId chosen = object_menu(in.ui, in.state.menu, now, *in.moment.trace, rights, out);
  if (chosen) in.shared.selected = chosen;
  if (in.state.menu.show) in.shared.show_line = std::exchange(in.state.menu.show, {});
  if (in.state.menu.compare) in.shared.compare = std::exchange(in.state.menu.compare, {});
}

TokenStyle request_style(const model::Model& m, const model::RequestView& r) {
  TokenStyle s;
  s.shape = shape_of(r.type);
  s.owner = owner_of(r);
  const bool done = r.place == model::Place::Done;
  s.cancelable = !done && r.has(model::kCancelable);
  if (!done && r.has(model::kCancelFlag | model::kCanceledBit | model::kCancelClaimed |
                     model::kCancelPending | model::kCancelDelivered | model::kCoqPending |
                     model::kCoqDelivered))
    s.marks |= mark_cancel_claimed;
  if (r.place == model::Place::Target || r.place == model::Place::Released) s.marks |= mark_sent;
  if (r.has(model::kToNotify | model::kNotified)) s.marks |= mark_stop_notified;
  if (!done && r.has(model::kStopAcked)) s.marks |= mark_parked;
  for (const model::Verdict& v : m.verdicts)
    if (v.s == r.id || v.o == r.id) s.marks |= mark_finding;
  return s;
}

std::string request_tooltip(const model::Model& m, const trace::Trace& trace, ObjectId id) {
  const model::RequestView* r = m.request(id);
  if (!r) return trace.name(id);
  std::string text = request_title(trace, *r);
  if (r->file) text += trf("stage.tip_handle", trace.name(r->file));
  const char* code = trace::state_code(model::request_state(*r));
  text += fmt::format("\n{}{}", model::state_name(*r), *code ? fmt::format(" ({})", code) : "");
  if (const std::string waits = model::handle_wait(m, trace, *r); !waits.empty())
    text += "\n" + waits;
  if (r->queue && r->place != model::Place::Done)
    text += "\n" + trf("stage.tip_queue", trace.name(r->queue));
  if (r->changed_at < trace.size())
    text += "\n" + trf("stage.tip_since", trace::time_text(trace[r->changed_at].time),
                       trace::narrate(trace, r->changed_at));
  return text;
}

}  // namespace qs::ui
