#include "ui/panes/stage/stage.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "ui/panes/stage/parts.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/core/motion.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using trace::RequestType;

namespace {

// Headings of the columns; the short one where the long one does not fit.
void draw_headings(const StageFrame& f) {
  static constexpr int count = 5;
  const char* const names[count][2] = {{tr("stage.head_apps"), tr("stage.head_apps_short")},
                                       {tr("stage.head_device"), tr("stage.head_device_short")},
                                       {tr("stage.head_queues"), tr("stage.head_queues")},
                                       {tr("stage.head_driver"), tr("stage.head_driver")},
                                       {tr("stage.head_done"), tr("stage.head_done")}};
  const auto width = [&](std::string_view text) {
    return text_width(f.ui.fonts->caption, text) + f.px(1.3f) * float(text.size());
  };
  for (int i = 0; i < count; ++i) {
    const Rect& r = f.at.heads[i];
    if (r.empty()) continue;
    for (const char* text : names[i])
      if (width(text) <= r.w) {
        heading(f.ui, r, text);
        break;
      }
  }
}

void draw_panels(const StageFrame& f) {
  ground(f.ui, f.at.driver, PanelLook::panel);
  const Panel done(f.ui, f.at.done, "done", PanelLook::panel);
}

// Keys that act on the selection, as their menu entries would.
void act_keys(const StageFrame& f) {
  Ui& ui = f.ui;
  if (!f.in.can_act) return;
  const ObjectId id = f.in.shared.selected;
  const auto act = [&](Action key, trace::Act what, ObjectKind kind) {
    if (id.kind() != kind || !ui.action(key)) return;
    if (auto command = act_command(f.now, f.trace, id, what, f.rights())) f.out.push_back(*command);
  };
  act(Action::complete_request, trace::Act::Complete, ObjectKind::Request);
  act(Action::cancel_request, trace::Act::CancelFromApp, ObjectKind::Request);
  act(Action::retrieve_next, trace::Act::RetrieveNext, ObjectKind::Queue);
  ObjectId app = id.kind() == ObjectKind::App ? id : ObjectId();
  for (const model::AppView& a : f.now.apps)
    if (!app && a.running) app = a.id;
  const auto send = [&](Action key, RequestType type) {
    if (!app || !ui.action(key)) return;
    if (auto command = send_command(f.now, f.trace, app, type)) f.out.push_back(*command);
  };
  send(Action::send_read, RequestType::Read);
  send(Action::send_write, RequestType::Write);
  send(Action::send_control, RequestType::DeviceControl);
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
  draw_rooms(f);
  draw_targets(f);
  draw_done(f);
  draw_moves(f);
  draw_put_down(f);
  if (const ForwardPreview p = forward_preview(f.ui, f.in.state.menu, f.now, f.trace, f.rights()))
    draw_forward_preview(f, p.request, p.queue);
  draw_moving_tokens(f);
  act_keys(f);
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
  Rect rest = inset(in.rect, ui.px(10), ui.px(8));
  if (in.narration) rest = draw_narration(in, rest);

  const StageCast& cast = in.state.cast.of(trace);
  in.state.functions.look(cast, trace, in.files);
  const StageOptions options{in.can_act, in.can_act && in.graph};
  const float t = ui.reduced_motion ? 1.0f : float(std::clamp(in.moment.t, 0.0, 1.0));
  LayoutMemory& layouts = in.state.layouts;
  LayoutMemory::Key key{cast.version, in.moment.event, rest, ui.scale, options};
  const StageLayout* laid = &layouts.of(key, now, cast);
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
  const StageLayout& from = layouts.of(key, before, cast);
  const StagePicture picture = picture_between(from, at, t);
  const trace::Event* event = in.moment.event > 0 && in.moment.event <= trace.size()
                                  ? &trace[in.moment.event - 1]
                                  : nullptr;
  std::vector<StageFrame::Drawn> drawn;
  const StageFrame f{in, ui,      *ui.theme, before, now,          trace, cast, from,
                     at, picture, out,       drawn,  ui.id("all"), event, t};
  draw_all(f);
  if (!area) return;
  follow_event(f, *area);
  area->end(at.height);
}

void draw_stage_menu(const StageInput& in, std::vector<session::Command>& out) {
  if (!in.moment.after || !in.moment.trace) return;
  const ObjectId chosen = object_menu(in.ui, in.state.menu, *in.moment.after, *in.moment.trace,
                                      {in.can_act, in.can_act && in.takes_orders, in.graph}, out);
  if (chosen) in.shared.selected = chosen;
  if (in.state.menu.compare) in.shared.compare = std::exchange(in.state.menu.compare, {});
}

TokenStyle request_style(const model::Model& m, const model::RequestView& r) {
  TokenStyle s;
  switch (r.type) {
    case RequestType::Read: s.shape = TokenShape::read; break;
    case RequestType::Write: s.shape = TokenShape::write; break;
    case RequestType::DeviceControl: s.shape = TokenShape::control; break;
    case RequestType::InternalControl: s.shape = TokenShape::internal; break;
    default: s.shape = TokenShape::create; break;
  }
  switch (r.owner) {
    case model::Owner::Sender: s.owner = TokenOwner::app; break;
    case model::Owner::Framework: s.owner = TokenOwner::waiting; break;
    case model::Owner::Driver: s.owner = TokenOwner::driver; break;
    case model::Owner::Target: s.owner = TokenOwner::target; break;
    case model::Owner::Nobody:
      s.owner = trace::status_is_success(r.status) ? TokenOwner::done : TokenOwner::cancelled;
      break;
  }
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
  const char* code = model::state_code(model::request_state(*r));
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
