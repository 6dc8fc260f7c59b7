// The page: what is compared, the columns, the first difference in words, the lanes.
#include "ui/views/compare.h"

#include <algorithm>

#include "trace/words.h"
#include "ui/views/compare_parts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strings.h"

namespace qs::ui {
namespace {

std::vector<ComparedMode> wanted_modes(const CompareState& st) {
  std::vector<ComparedMode> modes;
  if (st.on[0]) modes.push_back({Dispatch::Sequential});
  if (st.on[1]) modes.push_back({Dispatch::Parallel, st.limit ? st.limit : ComparedMode::kNoLimit});
  if (st.on[2]) modes.push_back({Dispatch::Manual});
  return modes;
}

template <class T>
void add(std::vector<T>& list, const T& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

// Executes the runs anew; the playhead stays at its share of the clock.
void rerun(CompareState& st, const Session& session) {
  const double length = st.comparison.clock.length();
  const double share = length > 0 ? st.position / length : 0;
  auto made = compare_modes(session, st.queue, wanted_modes(st));
  st.error.clear();
  if (!made) {
    st.error = made.error().message;
    st.comparison = Comparison();
    st.cast = CompareCast();
    return;
  }
  st.comparison = std::move(*made);
  st.cast = compare_cast(st.comparison);
  st.position = share * st.comparison.clock.length();
  st.playing = false;
  st.until = -1;
}

void look_at(CompareCast& cast, const Trace& t, size_t ready) {
  int inside = 0;
  for (size_t i = ready; i < t.size(); ++i) {
    const Event& e = t[i];
    const bool request = e.s.kind() == ObjectKind::Request;
    if (e.code == EventCode::Send && RequestType(e.a) != RequestType::Create)
      add(cast.requests, t.name(e.s));
    if (e.code == EventCode::CallbackEnter && request) add(cast.rooms, CallbackKind(e.a));
    if (e.code == EventCode::CallbackEnter) ++inside;
    if (e.code == EventCode::CallbackLeave) --inside;
    if (e.code == EventCode::Insert && e.o.kind() == ObjectKind::Queue) add(cast.queues, e.o);
    if (e.code == EventCode::Own && OwnReason(e.a) == OwnReason::Retrieved) cast.own_code = true;
    if (e.code == EventCode::SendTarget || e.code == EventCode::PendTarget) cast.target = true;
  }
}

}  // namespace

CompareCast compare_cast(const Comparison& c) {
  CompareCast cast;
  if (c.runs.empty()) return cast;
  cast.queues.push_back(find_object(*c.runs.front().execution.trace, c.queue, ObjectKind::Queue));
  for (size_t r = 0; r < c.runs.size(); ++r)
    look_at(cast, *c.runs[r].execution.trace, c.clock.events(0, r));
  return cast;
}

void begin_compare(CompareState& st, const Session& session, ObjectId queue) {
  st = CompareState();
  const auto queues = comparable_queues(session);
  const ComparableQueue* chosen = nullptr;
  for (const ComparableQueue& q : queues)
    if (q.reason.empty() && (!chosen || q.id == queue)) chosen = &q;
  if (!chosen) {
    st.error = tr(session.view_only() ? "compare.recording" : "compare.no_queue");
    return;
  }
  st.queue = chosen->name;
  if (chosen->now.dispatch == Dispatch::Parallel)
    st.limit = chosen->now.limit == ComparedMode::kNoLimit ? 0 : chosen->now.limit;
  rerun(st, session);
  const SharedClock& clock = st.comparison.clock;
  for (size_t r = 0; r < st.comparison.runs.size(); ++r)
    if (st.comparison.runs[r].present) {
      const auto events = size_t(session.position());
      st.position = events > clock.events(0, r) ? clock.position(clock.stop_of(r, events - 1)) : 0;
    }
}

void go_to_difference(CompareState& st) {
  if (!st.comparison.difference) return;
  const SharedClock& clock = st.comparison.clock;
  st.playing = false;
  st.until = -1;
  st.position = clock.position(clock.end_of_burst(st.comparison.difference->stop));
}

void steer_compare(CompareState& st, const Command& command, bool reduced) {
  const SharedClock& clock = st.comparison.clock;
  if (clock.stops() == 0) return;
  const auto go = [&](double position) {
    st.position = std::clamp(position, 0.0, clock.length());
    st.playing = false;
    st.until = -1;
  };
  const auto play = [&] {
    if (st.position >= clock.length()) st.position = 0;
    st.until = -1;
    st.playing = clock.length() > 0;
  };
  if (std::get_if<cmd::Home>(&command)) return go(0);
  if (std::get_if<cmd::End>(&command)) return go(clock.length());
  if (std::get_if<cmd::Pause>(&command)) return go(st.position);
  if (std::get_if<cmd::Play>(&command)) return play();
  if (std::get_if<cmd::TogglePlay>(&command)) return st.playing ? go(st.position) : play();
  const auto* step = std::get_if<cmd::Step>(&command);
  if (!step) return;
  if (st.until >= 0) go(st.until);  // a second press does not wait for the first motion
  const size_t here = clock.stop_before(st.position);
  if (step->back) {
    const bool between = st.position > clock.position(here) + 1e-6;
    return go(clock.position(between || here == 0 ? here : here - 1));
  }
  if (here + 1 >= clock.stops()) return;
  const double to = clock.position(here + 1);
  if (reduced) return go(to);
  st.position = std::max(st.position, to - 1);
  st.until = to;
  st.playing = true;
}

bool tick_compare(CompareState& st, double seconds, double speed) {
  if (!st.playing) return false;
  constexpr double kStep = 0.35;  // seconds a step at 1x, as on the stage
  const double end = st.until >= 0 ? st.until : st.comparison.clock.length();
  st.position += seconds * speed / kStep;
  if (st.position >= end) {
    st.position = end;
    st.playing = false;
    st.until = -1;
  }
  return true;
}

namespace compare {

bool Frame::at_difference() const {
  const auto& d = comparison().difference;
  if (!d) return false;
  const size_t stop = at.t > 0 ? at.from + 1 : at.from;
  return stop >= d->stop && stop <= clock().end_of_burst(d->stop);
}

std::string mode_tag(const ComparedMode& mode) {
  switch (mode.dispatch) {
    case Dispatch::Sequential: return tr("stage.seq");
    case Dispatch::Manual: return tr("stage.man");
    default: break;
  }
  if (mode.limit == ComparedMode::kNoLimit) return tr("stage.par");
  return std::string(tr("stage.par")) + " " + std::to_string(mode.limit);
}

namespace {

// ---- what is compared

// Queues with no handler are greyed: they can only be manual.
void queue_choice(const Frame& f, Rect& row) {
  std::vector<std::string_view> names;
  std::vector<std::string> reasons;
  int selected = -1;
  const auto queues = comparable_queues(f.session);
  for (const ComparableQueue& q : queues) {
    if (q.name == f.st.queue) selected = int(names.size());
    names.push_back(q.name);
    reasons.push_back(q.reason);
  }
  std::vector<const char*> off;
  float widest = 0;
  for (size_t i = 0; i < names.size(); ++i) {
    off.push_back(reasons[i].empty() ? nullptr : reasons[i].c_str());
    widest = std::max(widest, text_width(f.ui.fonts->small_bold, names[i]) + f.ui.px(18));
  }
  const float width = widest * float(names.size());
  if (width > row.w) return;
  const Rect cells = aligned(cut_left(row, width, f.ui.px(14)), width, f.ui.px(28), 0, 0.5f);
  const int pressed = segmented(f.ui, cells, "queue", names, selected, off);
  if (pressed < 0 || pressed == selected) return;
  f.st.queue = names[size_t(pressed)];
  rerun(f.st, f.session);
}

void mode_choice(const Frame& f, Rect& row) {
  struct One {
    const char *name, *text;
  };
  const One ones[] = {{"mode/seq", tr("compare.sequential")},
                      {"mode/par", tr("compare.parallel")},
                      {"mode/man", tr("compare.manual")}};
  const int count = f.st.on[0] + f.st.on[1] + f.st.on[2];
  const float h = f.ui.px(28);
  bool changed = false;
  for (int i = 0; i < 3; ++i) {
    const float w = text_width(f.ui.fonts->small_bold, ones[i].text) + f.ui.px(20);
    if (w > row.w) return;
    ButtonStyle style;
    style.look = ButtonLook::mode;
    style.on = f.st.on[i];
    style.disabled = f.st.on[i] && count <= 2;
    style.reason = tr(style.disabled ? "compare.two" : "compare.toggle");
    style.font = &f.ui.fonts->small_bold;
    const Rect r = aligned(cut_left(row, w, f.ui.px(6)), w, h, 0, 0.5f);
    if (button(f.ui, r, ones[i].name, ones[i].text, style).clicked) {
      f.st.on[i] = !f.st.on[i];
      changed = true;
    }
    if (i != 1 || !f.st.on[1]) continue;
    const std::string limit =
        f.st.limit ? trf("compare.at_most", f.st.limit) : tr("compare.no_limit");
    const float text = text_width(f.ui.fonts->small, limit);
    if (text + f.ui.px(90) > row.w) continue;
    ButtonStyle small;
    small.disabled = f.st.limit == 1;
    const auto side = [&] {
      return aligned(cut_left(row, f.ui.px(26), f.ui.px(6)), f.ui.px(26), h, 0, 0.5f);
    };
    if (icon_button(f.ui, side(), "fewer", icon::minus, tr("compare.fewer"), small).clicked) {
      f.st.limit = f.st.limit == 0 ? 8 : f.st.limit - 1;
      changed = true;
    }
    label(f.ui, cut_left(row, text + f.ui.px(2), f.ui.px(6)), limit,
          {&f.ui.fonts->small, f.ui.theme->text_dim});
    small.disabled = f.st.limit == 0;
    if (icon_button(f.ui, side(), "more", icon::plus, tr("compare.more"), small).clicked) {
      f.st.limit = f.st.limit == 8 ? 0 : f.st.limit + 1;
      changed = true;
    }
    cut_left(row, f.ui.px(8));
  }
  if (changed) rerun(f.st, f.session);
}

// ---- the difference, in words

bool tiny(const Frame& f) { return f.ui.screen.h < f.ui.px(400); }

const Font& sentence_font(const Frame& f) {
  if (tiny(f)) return f.ui.fonts->small_bold;
  return f.projector ? f.ui.fonts->title : f.ui.fonts->bold;
}

void draw_sentence(const Frame& f, Rect rect) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const bool there = f.st.comparison.difference.has_value();
  ItemOptions options;
  options.kind = Kind::panel;
  options.focusable = false;
  const Hit ground_hit = ui.item(rect, "difference", options);
  const Inside inside(ui, ground_hit);
  box(ui, rect, f.at_difference() ? t.accent_soft : t.card, there ? t.branch : t.card_border,
      ui.px(6), ui.line(f.at_difference() ? 2 : 1));
  Rect r = inset(rect, ui.px(12), ui.px(6));
  if (there && !tiny(f)) {  // else there is the key
    const std::string key = ui.keymap->key_text(Action::first_difference);
    ButtonStyle style;
    style.key = key.c_str();
    const float w = button_width(ui, tr("compare.there"));
    const Rect b = aligned(cut_right(r, w, ui.px(10)), w, ui.px(28), 1, 0.5f);
    if (button(ui, b, "there", tr("compare.there"), style).clicked) go_to_difference(f.st);
  }
  const Font& font = sentence_font(f);
  const std::string text =
      there ? f.st.comparison.sentence
            : std::string(tr(f.st.cast.requests.empty() ? "compare.nothing_sent" : "compare.same"));
  LabelStyle style{&font, t.text};
  const float h = paragraph_height(ui, r.w, text, style);
  paragraph(ui, {r.x, r.center().y - h / 2, r.w, h}, text, style);
}

float sentence_height(const Frame& f, float width) {
  Ui& ui = f.ui;
  const Font& font = sentence_font(f);
  const LabelStyle style{&font};
  const bool there = f.st.comparison.difference.has_value();
  const float room = width - ui.px(24) -
                     (there && !tiny(f) ? button_width(ui, tr("compare.there")) + ui.px(10) : 0);
  const std::string text =
      there ? f.st.comparison.sentence
            : std::string(tr(f.st.cast.requests.empty() ? "compare.nothing_sent" : "compare.same"));
  return std::max(ui.px(40), paragraph_height(ui, room, text, style) + ui.px(12));
}

// Inputs that could not be done, run by run.
std::vector<std::string> impossible_lines(const Comparison& c) {
  std::vector<std::string> lines;
  for (const ComparedRun& run : c.runs)
    for (const auto& i : run.impossible)
      lines.push_back(trf("compare.impossible", mode_title(run.mode), i.words, i.reason));
  return lines;
}

void draw_impossible(const Frame& f, const Rect& rect, const std::vector<std::string>& lines) {
  Ui& ui = f.ui;
  Panel panel(ui, rect, "impossible", PanelLook::card);
  ScrollArea area(ui, inset(rect, ui.px(10), ui.px(6)), "view", f.st.impossible);
  Rect r = area.content();
  const float top = r.y;
  for (const std::string& line : lines) {
    const LabelStyle style{&ui.fonts->small, ui.theme->text_dim};
    const float h = paragraph_height(ui, r.w, line, style);
    paragraph(ui, {r.x, r.y, r.w, h}, line, style);
    r.y += h + ui.px(2);
  }
  area.end(r.y - top);
}

void draw_header(const Frame& f, Rect row, CompareAct& act) {
  Ui& ui = f.ui;
  const float h = ui.px(28);
  ButtonStyle leave;
  leave.font = &ui.fonts->small_bold;
  const std::string key = ui.keymap->key_text(Action::back);
  leave.key = key.c_str();
  const float w = text_width(ui.fonts->small_bold, tr("compare.leave")) + ui.px(22);
  if (button(ui, aligned(cut_right(row, w, ui.px(10)), w, h, 1, 0.5f), "leave", tr("compare.leave"),
             leave)
          .clicked)
    act.leave = true;
  mode_choice(f, row);
  cut_left(row, ui.px(8));
  const float wide = text_width(ui.fonts->small, tr("compare.queue"));
  if (row.w > ui.px(260)) {
    label(ui, cut_left(row, wide + ui.px(2), ui.px(8)), tr("compare.queue"),
          {&ui.fonts->small, ui.theme->text_dim});
  }
  queue_choice(f, row);
}

}  // namespace
}  // namespace compare

CompareAct draw_compare(Ui& ui, const Rect& page, const Session& session, CompareState& st,
                        UiState& shared, bool projector) {
  using namespace compare;
  CompareAct act;
  Panel panel(ui, page, "compare", PanelLook::stage);
  Rect r = inset(page, ui.px(12), ui.px(10));
  Frame f{ui,        session,          st, shared, st.comparison.clock.at(st.position),
          projector, ui.reduced_motion};
  draw_header(f, cut_top(r, ui.px(30), ui.px(8)), act);
  f.at = st.comparison.clock.at(st.position);  // another queue or mode may have been chosen
  if (!st.error.empty()) {
    banner(ui, {r.x, r.y, r.w, banner_height(ui, r.w, st.error, "")}, BannerLook::info, st.error,
           "");
    return act;
  }
  draw_sentence(f, cut_top(r, sentence_height(f, r.w), ui.px(8)));

  const auto lines = impossible_lines(st.comparison);
  if (!lines.empty() && r.h > ui.px(320)) {
    const float h = std::min(ui.px(14 + 19 * float(lines.size())), ui.px(76));
    draw_impossible(f, cut_bottom(r, h, ui.px(8)), lines);
  }
  const float least = column_height(f);
  const bool lanes = r.h >= least + ui.px(84);
  const size_t rows = st.cast.requests.size() * st.comparison.runs.size();
  Rect low;
  if (lanes) {
    const float wanted = ui.px(52 + 17 * float(rows) + 8 * float(st.cast.requests.size()));
    low = cut_bottom(r, std::clamp(std::min(wanted, r.h * 0.5f), ui.px(76), r.h - least - ui.px(8)),
                     ui.px(8));
  }
  for (size_t run = 0; run < st.comparison.runs.size(); ++run) {
    const Rect cell = grid_cell(r, int(st.comparison.runs.size()), 1, int(run), ui.px(10));
    if (!draw_column(f, cell, run)) continue;
    const ComparedRun& shown = st.comparison.runs[run];
    act.open = cmd::SwitchDispatch{st.cast.queues.front(), shown.mode.dispatch, shown.mode.limit};
    act.event = f.after(run);
  }
  if (lanes) draw_lanes(f, low);
  return act;
}

}  // namespace qs::ui
