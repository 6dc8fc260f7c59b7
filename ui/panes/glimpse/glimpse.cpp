#include "ui/panes/glimpse/glimpse.h"

#include <algorithm>
#include <utility>

#include "session/programs.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

constexpr const char* kProgram = "queue-at-work";
constexpr double kSeconds = 20;
// Design pixels: a lower one is left to the stage, without sentences; a narrow one has its columns
// folded, which are higher.
constexpr float kWithSentence = 250, kWithSentenceFolded = 345, kFolded = 900;
constexpr double kStill = 0.45;  // the share of the run at which it stands still

void load(GlimpseState& state, bool still) {
  auto program = session::load_program(kProgram);
  if (!program) return;
  state.session = std::make_unique<session::Session>(std::move(*program));
  session::Session& s = *state.session;
  const size_t first = s.ready(), last = s.moment().trace->size();
  if (still) {
    s.apply(session::cmd::Seek{double(first) + double(last - first) * kStill});
    return;
  }
  double usual = 0;  // seconds at the usual speed
  for (size_t e = first; e < last; ++e) usual += s.event_duration(e);
  s.apply(session::cmd::Speed{std::max(0.1, usual / kSeconds)});
  s.apply(session::cmd::Play{});
}

// Pressing stops what moves; what stands goes on, from the start when it was over.
void press(session::Session& s) {
  if (!s.playing() && s.moment().at_end) s.apply(session::cmd::Seek{double(s.ready())});
  s.apply(session::cmd::TogglePlay{});
}

// It is something to look at: nothing on it is pressed or gets the focus by itself.
void draw_run(Ui& ui, const Rect& rect, GlimpseState& state) {
  const size_t first = ui.rects.all().size();
  const session::Moment moment = state.session->moment();
  StageInput in{ui, moment, state.shared, state.stage, rect};
  if (state.session->program().driver) in.files = state.session->program().driver->sources();
  in.lines = true;
  in.narration = rect.h >= ui.px(rect.w < ui.px(kFolded) ? kWithSentenceFolded : kWithSentence);
  std::vector<session::Command> none;
  state.shared.begin_frame();
  draw_stage(in, none);
  auto& all = ui.rects.all();
  for (size_t i = first; i < all.size(); ++i) {
    all[i].id = all[i].group = 0;
    all[i].focusable = false;
    all[i].wants = wants_nothing;
  }
}

}  // namespace

void draw_glimpse(Ui& ui, const Rect& rect, GlimpseState& state, double seconds) {
  if (++state.frames == 2) load(state, ui.reduced_motion);
  if (state.frames < 2) ui.wake_in(0);
  session::Session* s = state.session.get();
  if (s && ui.reduced_motion && s->playing()) s->apply(session::cmd::Pause{});
  if (s && s->tick(seconds)) ui.wake_in(0);
  if (s)
    draw_run(ui, rect, state);
  else
    ground(ui, rect, PanelLook::stage);
  // Above all of it, so that nothing below is pointed at.
  ItemOptions options;
  options.kind = Kind::picture;
  options.text = tr(!s || s->playing() ? "home.glimpse_stop" : "home.glimpse_go");
  const Hit hit = ui.item(rect, "home/glimpse", options);
  if (hit.ring) focus_ring(ui, rect, ui.px(6));
  if (!s || !hit.clicked) return;
  press(*s);
  if (!hit.ring) ui.unfocus();  // Enter stays what begins a lesson
  ui.wake_in(0);
}

}  // namespace qs::ui
