#include "ui/panes/lesson/question.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "ui/panes/lesson/options.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// Design pixels: around the page, its line of buttons, between question and options.
constexpr float kMarginX = 28, kMarginY = 16, kFoot = 34, kGap = 14;
// How many times as large as now the text is tried, the largest that fits is taken. The step up
// from 1 is larger than the one down, so that what was made smaller is not made larger again.
constexpr float kSizes[] = {3, 2.5f, 2.25f, 2, 1.75f, 1.5f, 1.25f, 1, 0.85f, 0.7f};

}  // namespace

QuestionPage draw_question_page(Ui& ui, const Rect& page, const LessonPanelInput& in,
                                LessonPanelState& state) {
  const lesson::Beat& beat = in.tutor.beat();
  const OptionList list{ui, beat, -1, -1, true, &ui.fonts->title};
  std::vector<int> all(beat.options.size());
  std::iota(all.begin(), all.end(), 0);
  ProseStyle large;
  large.font = &ui.fonts->huge;

  QuestionPage out;
  // Text `k` times as large on this page takes `k` times what text of now takes on one that is `k`
  // times smaller.
  const auto needs = [&](float k) {
    const float width = page.w / k - ui.px(2 * kMarginX);
    return k * (prose_height(ui, width, beat.question, large) + list.height(width, all) +
                ui.px(2 * kMarginY + kFoot + 2 * kGap));
  };
  for (const float k : kSizes) {
    out.magnify = k;
    if (needs(k) <= page.h) break;
  }

  fill(ui, page, ui.theme->panel);
  ItemOptions options;
  options.kind = Kind::panel;
  options.focusable = false;
  const Inside inside(ui, ui.item(page, "question", options));
  Rect r = inset(page, ui.px(kMarginX), ui.px(kMarginY));
  Rect foot = cut_bottom(r, ui.px(kFoot), ui.px(kGap));
  const float asked = prose_height(ui, r.w, beat.question, large);
  const float answers = list.height(r.w, all);
  // What is left over stands above the question, between the two, and below.
  const float spare = std::max(0.0f, r.h - asked - answers - ui.px(kGap));
  cut_top(r, spare * 0.3f);
  prose(ui, cut_top(r, asked, ui.px(kGap) + spare * 0.3f), "lesson/question", beat.question, large);
  list.draw({r.x, r.y, r.w, answers}, all, state.picked);

  const std::string check = tr("lesson.check"), why = tr("lesson.pick_first"),
                    close = tr("question.close");
  const std::string next = ui.keymap->key_text(Action::next_beat),
                    back = ui.keymap->key_text(Action::question_view);
  ButtonStyle primary;
  primary.look = ButtonLook::primary;
  primary.disabled = state.picked < 0;
  primary.reason = why.c_str();
  primary.key = next.c_str();
  const Rect at = cut_right(foot, button_width(ui, check), ui.px(8));
  const bool checked = button(ui, at, "question/check", check, primary).clicked;
  if (state.picked >= 0 && (checked || ui.action(Action::next_beat)))
    out.act = {LessonAct::choose, state.picked, {}};
  ButtonStyle plain;
  plain.key = back.c_str();
  out.closed =
      button(ui, cut_left(foot, button_width(ui, close)), "question/close", close, plain).clicked;
  return out;
}

}  // namespace qs::ui
