#include "ui/panes/drive/panel.h"

#include <algorithm>

#include "trace/events/words.h"
#include "ui/panes/stage/parts.h"
#include "ui/panes/stage/stage.h"
#include "ui/panes/tally_text.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void stop_at_question(session::Session& session, double before) {
  const trace::Trace& t = *session.branch().execution.trace;
  const size_t stop = next_question(t, size_t(before), size_t(session.position()));
  if (stop != SIZE_MAX) session.apply(session::cmd::Seek{double(stop)});
}

namespace {

constexpr Action kKeys[] = {Action::move_1, Action::move_2, Action::move_3,
                            Action::move_4, Action::move_5, Action::move_6,
                            Action::move_7, Action::move_8, Action::move_9};

struct DriveFrame {
  Ui& ui;
  const DrivePanelInput& in;
  DriveState& st;
  UiState& shared;
  std::vector<session::Command>& out;
  const model::Model& m;
  const trace::Trace& t;
  std::vector<ObjectId> subjects;
  ObjectId asked, subject;
};

// The room that asks: "EvtIoRead".
std::string who_asks(const DriveFrame& f) {
  for (const model::ThreadView& thread : f.m.threads) {
    // At the question itself its thread does not wait yet.
    const bool asks_now =
        f.asked && f.asked == f.subject && thread.id.serial() == f.t[f.in.moment->event - 1].thread;
    const bool waits = thread.waiting == trace::WaitReason::Asked && thread.waits_for == f.subject;
    if (!asks_now && !waits) continue;
    for (size_t i = thread.stack.size(); i-- > 0;)
      if (thread.stack[i].callback)
        return trace::callback_name(trace::CallbackKind(thread.stack[i].what));
  }
  return {};
}

void draw_setups(const DriveFrame& f, Rect& r, DriveAct& act) {
  Ui& ui = f.ui;
  const auto& setups = *f.in.setups;
  if (setups.size() < 2) return;
  std::vector<std::string_view> names;
  int now = -1;
  for (const DriveSetup& setup : setups) {
    if (setup.program == f.in.program) now = int(names.size());
    names.push_back(setup.title);
  }
  const Rect row = cut_top(r, ui.px(32), ui.px(8));
  const int pressed = tabs_or_menu(ui, row, "setup", names, std::max(0, now), tr("drive.setup"));
  if (pressed >= 0 && pressed != now) act.setup = pressed;
  if (ui.action(Action::next_setup)) act.setup = (now + 1) % int(setups.size());
}

// What the driver has in its hands, each a token to press.
void draw_hands(DriveFrame& f, Rect& r) {
  if (f.subjects.size() < 2) return;
  Ui& ui = f.ui;
  label(ui, cut_top(r, ui.px(18), ui.px(2)), tr("drive.hands"),
        {&ui.fonts->small_bold, ui.theme->text_dim, Align::left, true});
  const float pitch = ui.px(42);
  const size_t columns = std::max<size_t>(1, size_t(r.w / pitch));
  const size_t shown = std::min(f.subjects.size(), columns);
  Rect row = cut_top(r, ui.px(42), ui.px(6));
  for (size_t i = 0; i < shown; ++i) {
    const ObjectId id = f.subjects[i];
    const std::string name = f.t.name(id);
    const Rect cell = cut_left(row, pitch);
    Hit hit;
    if (const model::RequestView* q = f.m.request(id)) {
      TokenStyle style = request_style(f.m, *q);
      style.size = 30;
      const std::string text = token_label(name, style.size);
      style.label = text;
      style.selected = id == f.subject;
      hit = token(ui, cell.center(), "hand/" + name, style, ui.id("hands"));
      tooltip(ui, hit, request_tooltip(f.m, f.t, id));
    } else {
      ButtonStyle style;
      style.look = ButtonLook::mode;
      style.on = id == f.subject;
      style.group = ui.id("hands");
      style.reason = tr("drive.queue_tip");
      hit = icon_button(ui, rect_around(cell.center(), ui.px(34), ui.px(28)), "hand/" + name,
                        icon::list, name, style);
    }
    if (hit.clicked) f.st.subject = f.shared.selected = id;
  }
  if (ui.action(Action::other_request)) {
    const auto at = std::find(f.subjects.begin(), f.subjects.end(), f.subject);
    const size_t i = at == f.subjects.end() ? 0 : size_t(at - f.subjects.begin()) + 1;
    f.st.subject = f.subjects[i % f.subjects.size()];
  }
}

// What stands above the moves: who asks about what, or that nobody does.
std::string question(const DriveFrame& f) {
  const std::string name = f.t.name(f.subject);
  if (f.in.moment->playing) return tr("drive.playing");
  if (!f.subject) return tr(f.in.moment->at_end ? "drive.all_done" : "drive.nothing");
  const model::RequestView* r = f.m.request(f.subject);
  const std::string who = who_asks(f);
  if (!r) return who.empty() ? trf("drive.fetch", name) : trf("drive.asks_queue", who, name);
  if (r->place == model::Place::Target) return trf("drive.at_target", name);
  if (who == "EvtRequestCancel" || who == "EvtIoCanceledOnQueue")
    return trf("drive.asks_cancelled", who, name);
  if (!who.empty()) return trf("drive.asks", who, name);
  return trf(f.in.moment->at_end ? "drive.kept_to_the_end" : "drive.kept", name);
}

// The call, on two lines where it is long.
float call_height(Ui& ui, float width, const DriveMove& move) {
  return ui.px(17) * float(wrapped(ui.fonts->mono_small, move.call, width).size());
}

// One move: key, what it is, the call; for a forbidden one the rule.
float move_height(const DriveFrame& f, const DriveMove& move, float width) {
  Ui& ui = f.ui;
  float h = ui.px(12) + call_height(ui, width - ui.px(50), move) +
            paragraph_height(ui, width - ui.px(50), move.label, {&ui.fonts->bold});
  if (!move.reason.empty())
    h += paragraph_height(ui, width - ui.px(50), move.reason, {&ui.fonts->small}) + ui.px(2);
  return h;
}

void draw_move(DriveFrame& f, const Rect& rect, const DriveMove& move, int number) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  ItemOptions options;
  options.kind = Kind::row;
  options.text = move.label;
  const Hit hit = ui.item(rect, "move/" + move.name, options);
  const bool key = number <= 9 && ui.action(kKeys[number - 1]);
  const Inside inside(ui, hit);
  box(ui, rect, hit.hovered || hit.held ? t.hover : t.card,
      move.legal ? t.card_border : t.danger.faded(0.6f), ui.px(5));
  if (hit.ring) focus_ring(ui, rect, ui.px(5));
  Rect r = inset(rect, ui.px(8), ui.px(5));
  Rect left = cut_left(r, ui.px(28), ui.px(6));
  if (number <= 9) {
    key_cap(ui, {left.x, left.y + ui.px(10)}, std::to_string(number));
  } else {
    draw_text_centered(ui, {left.x + ui.px(10), left.y + ui.px(10)}, ui.fonts->small, t.text_faint,
                       "·");
  }
  if (!move.legal)
    draw_text_centered(ui, {left.x + ui.px(10), left.y + ui.px(30)}, ui.fonts->small, t.danger,
                       icon::ban);
  const LabelStyle bold{&ui.fonts->bold, move.legal ? t.text : t.text_dim};
  paragraph(ui, cut_top(r, paragraph_height(ui, r.w, move.label, bold), ui.px(1)), move.label,
            bold);
  paragraph(ui, cut_top(r, call_height(ui, r.w, move)), move.call,
            {&ui.fonts->mono_small, t.text_dim}, ui.px(17));
  if (!move.reason.empty())
    paragraph(ui, r, move.reason, {&ui.fonts->small, move.legal ? t.text_dim : t.danger});
  std::string tip = move.call;
  if (!move.legal) tip += "\n" + std::string(tr("drive.anyway"));
  tooltip(ui, hit, tip);
  if (hit.clicked || key) {
    f.out.push_back(move.command);
    f.st.subject = {};
  }
}

void draw_moves(DriveFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  if (!f.subject || f.in.moment->playing) return;
  const auto moves = drive_moves(f.m, f.t, f.subject);
  ScrollArea area(ui, rect, "moves", f.st.scroll);
  Rect r = area.content();
  const float top = r.y;
  int number = 0;
  bool forbidden = false;
  for (const DriveMove& move : moves) {
    if (!move.legal && !forbidden) {
      forbidden = true;
      label(ui, {r.x, r.y + ui.px(2), r.w, ui.px(20)}, tr("drive.forbidden"),
            {&ui.fonts->small_bold, ui.theme->danger, Align::left, true});
      r.y += ui.px(26);
    }
    const float h = move_height(f, move, r.w);
    draw_move(f, {r.x, r.y, r.w, h}, move, ++number);
    r.y += h + ui.px(6);
  }
  area.end(r.y - top);
}

void draw_tally(const DriveFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const model::Tally n = model::tally(f.m, f.t, f.in.moment->event);
  Panel panel(ui, rect, "tally", PanelLook::card);
  struct Cell {
    std::string value;
    const char* words;
    Color color;
  };
  const Cell cells[] = {
      {std::to_string(n.done) + "/" + std::to_string(n.sent), tr("drive.done"), t.text},
      {std::to_string(n.forwarded), tr("drive.forwarded"), t.text},
      {std::to_string(n.kept), tr("drive.kept_now"), n.kept ? t.owner_driver : t.text},
      {std::to_string(n.broken), tr("drive.broken"), n.broken ? t.danger : t.text},
      {longest_wait_text(n), tr("drive.longest"), t.text}};
  const Rect inner = inset(rect, ui.px(8), ui.px(4));
  for (int row = 0; row < 2; ++row) {  // three above, two below
    const int first = row ? 3 : 0, count = row ? 2 : 3;
    std::vector<Part> parts;
    for (int i = first; i < first + count; ++i)
      parts.push_back(share(text_width(ui.fonts->bold, cells[i].value) +
                            text_width(ui.fonts->caption, cells[i].words) + ui.px(8)));
    const auto places = divide_row(grid_cell(inner, 1, 2, row), parts, ui.px(4));
    for (int i = 0; i < count; ++i) {
      const Cell& cell = cells[first + i];
      Rect c = places[size_t(i)];
      const float used = label(ui, c, cell.value, {&ui.fonts->bold, cell.color, Align::left, true});
      cut_left(c, used, ui.px(4));
      label(ui, c, cell.words, {&ui.fonts->caption, t.text_dim, Align::left, true});
    }
  }
}

void draw_foot(const DriveFrame& f, const Rect& rect, DriveAct& act) {
  Ui& ui = f.ui;
  const auto press = [&](const Rect& cell, const char* name, const char* words, Action a, bool off,
                         const char* reason) {
    ButtonStyle style;
    const std::string key = ui.keymap->key_text(a);
    style.key = key.c_str();
    style.disabled = off;
    style.reason = reason;
    style.font = &ui.fonts->small_bold;
    return button(ui, cell, name, words, style).clicked;
  };
  const auto wide = [&](const char* words) { return share(button_width(ui, words)); };
  const char* on = tr(f.in.moment->playing ? "drive.hold" : "drive.let_pass");
  const auto cells =
      divide_row(rect, {wide(tr("drive.undo")), wide(tr("drive.restart")), wide(on)}, ui.px(6));
  const bool first = previous_question(f.t, f.in.moment->event) == SIZE_MAX;
  const bool undo =
      press(cells[0], "undo", tr("drive.undo"), Action::undo_move, first, tr("drive.undo_tip"));
  act.undo = (undo || ui.action(Action::undo_move)) && !first;
  act.restart = press(cells[1], "restart", tr("drive.restart"), Action::reset, false,
                      tr("drive.restart_tip"));
  const bool playing = f.in.moment->playing;
  if (press(cells[2], "play", on, Action::play_pause, f.in.moment->at_end && !playing,
            tr("drive.let_pass_tip")))
    f.out.push_back(session::cmd::TogglePlay{});
}

// The driver is right, but who goes on when?
void draw_other_part(const DriveFrame& f, const Rect& r, DriveAct& act) {
  Ui& ui = f.ui;
  const char* words = tr("drive.be_scheduler");
  if (text_width(ui.fonts->small, words) > r.w) return;
  act.scheduler = link(ui, {r.x, r.y}, "scheduler", words, false, &ui.fonts->small).clicked;
}

}  // namespace

DriveAct draw_drive_panel(Ui& ui, const Rect& rect, const DrivePanelInput& in, DriveState& st,
                          UiState& shared, std::vector<session::Command>& out) {
  DriveAct act;
  Panel panel(ui, rect, "drive");
  const model::Model& m = *in.moment->after;
  DriveFrame f{ui, in, st, shared, out, m, *in.moment->trace, drive_subjects(m), {}, {}};
  f.asked = question_at(f.t, in.moment->event);
  if (st.seen != in.moment->event) {
    st.seen = in.moment->event;
    st.subject = {};
    st.scroll.y = 0;
  }
  const auto known = [&](ObjectId id) {
    return std::find(f.subjects.begin(), f.subjects.end(), id) != f.subjects.end();
  };
  if (f.asked && !known(f.asked)) f.subjects.push_back(f.asked);
  // A queue is fetched from with empty hands; what was fetched comes first.
  const bool fetched = f.asked.kind() == ObjectKind::Queue && m.request(f.subjects.front());
  const ObjectId first = f.subjects.empty() ? ObjectId() : f.subjects.front();
  f.subject = known(st.subject) ? st.subject : f.asked && !fetched ? f.asked : first;

  Rect r = inset(rect, ui.px(12), ui.px(12));
  draw_foot(f, cut_bottom(r, ui.px(30), ui.px(8)), act);
  if (r.h > ui.px(300)) draw_other_part(f, cut_bottom(r, ui.px(20), ui.px(6)), act);
  if (r.h > ui.px(260)) draw_tally(f, cut_bottom(r, ui.px(50), ui.px(8)));
  if (r.h > ui.px(200)) draw_setups(f, r, act);
  if (r.h > ui.px(170)) draw_hands(f, r);
  const std::string text = question(f);
  const LabelStyle style{in.projector ? &ui.fonts->title : &ui.fonts->bold, ui.theme->prompt};
  const float h = paragraph_height(ui, r.w, text, style);
  paragraph(ui, cut_top(r, h, ui.px(8)), text, style);
  draw_moves(f, r);
  return act;
}

}  // namespace qs::ui
