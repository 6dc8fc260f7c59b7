#include "ui/panes/lesson/foot.h"

#include <string>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

class SheetButtons {
 public:
  SheetButtons(Ui& ui, const LessonPanelInput& in) : ui_(ui), in_(in), tutor_(in.tutor) {}

  LessonAct draw(const Rect& foot, int picked) {
    tutor_.finished() ? last_buttons(foot) : buttons(foot, picked);
    return act_;
  }

  float width() const {
    if (tutor_.finished()) return ui_.px(430);
    const auto words = [&](const char* key) { return button_width(ui_, tr(key)) + ui_.px(8); };
    const float sign = ui_.px(34 + 6), back = ui_.px(34);
    if (b().mode == lesson::BeatMode::Predict && tutor_.state().chosen < 0)
      return back + words("lesson.check");
    if (!b().goal || tutor_.state().done)
      return back + words(last_beat() ? "lesson.finish" : "lesson.next");
    const float most = back + words("lesson.skip") + sign;  // and to start over
    if (marks()) return most + words("lesson.mark") + sign;
    return most + words(more_hints() ? "lesson.hint" : "lesson.show_me");
  }

 private:
  bool press(Rect& foot, bool right, const char* name, const std::string& words, Action key,
             ButtonLook look = ButtonLook::secondary, bool disabled = false,
             const char* reason = nullptr) {
    const float w = button_width(ui_, words);
    if (foot.w < w) return !disabled && key != Action::none && ui_.action(key);
    Rect r = right ? cut_right(foot, w, ui_.px(8)) : cut_left(foot, w, ui_.px(8));
    const std::string k = key == Action::none ? std::string() : ui_.keymap->key_text(key);
    ButtonStyle style;
    style.look = look;
    style.disabled = disabled;
    style.reason = reason;
    style.key = k.c_str();
    const bool clicked = button(ui_, r, name, words, style).clicked;
    return clicked || (!disabled && key != Action::none && ui_.action(key));
  }

  // A sign with its words as a tooltip: what is always there must leave room for the rest.
  bool press_sign(Rect& foot, const char* name, const char* sign, const char* words, Action key) {
    const std::string k = key == Action::none ? std::string() : ui_.keymap->key_text(key);
    if (foot.w < ui_.px(34)) return key != Action::none && ui_.action(key);
    const Rect r = cut_left(foot, ui_.px(34), ui_.px(6));
    ButtonStyle style;
    style.key = k.c_str();
    const bool clicked = icon_button(ui_, r, name, sign, words, style).clicked;
    return clicked || (key != Action::none && ui_.action(key));
  }

  bool more_hints() const { return tutor_.state().hints < int(b().goal->hints.size()); }
  bool last_beat() const { return tutor_.state().beat + 1 == tutor_.beats(); }

  void buttons(Rect foot, int picked) {
    if (press_sign(foot, "lesson/back", icon::chevron_left, tr("lesson.back"),
                   Action::previous_beat))
      say(LessonAct::back);
    const bool predict = b().mode == lesson::BeatMode::Predict,
               answered = tutor_.state().chosen >= 0;
    if (predict && !answered) {
      const std::string why = tr("lesson.pick_first");
      if (press(foot, true, "lesson/check", tr("lesson.check"), Action::next_beat,
                ButtonLook::primary, picked < 0, why.c_str()))
        say(LessonAct::choose, picked);
    } else if (b().goal && !tutor_.state().done) {
      const bool more = more_hints();
      if (press(foot, true, "lesson/skip", tr("lesson.skip"), Action::skip_beat))
        say(LessonAct::skip);
      // What the goal asks for comes first: the rest goes where there is no room.
      if (marks() && press(foot, false, "lesson/mark", tr("lesson.mark"), Action::mark_moment))
        say(LessonAct::mark);
      const char* help = more ? "lesson/hint" : "lesson/show";
      const char* words = more ? tr("lesson.hint") : tr("lesson.show_me");
      const bool asked = marks() ? press_sign(foot, help, icon::question, words, Action::hint)
                                 : press(foot, false, help, words, Action::hint);
      if (asked) say(more ? LessonAct::hint : LessonAct::show);
      if (press_sign(foot, "lesson/reset", icon::repeat, tr("lesson.reset"), Action::none))
        say(LessonAct::reset);
    } else {
      if (press(foot, true, "lesson/next", last_beat() ? tr("lesson.finish") : tr("lesson.next"),
                Action::next_beat, ButtonLook::primary))
        say(LessonAct::next);
    }
  }

  bool marks() const {
    for (const lesson::Term& t : b().goal->check.all)
      if (t.kind == lesson::Term::Marked) return true;
    return false;
  }

  void last_buttons(Rect foot) {
    if (!in_.next_title.empty()) {
      if (press(foot, true, "lesson/next", tr("lesson.next_lesson"), Action::next_beat,
                ButtonLook::primary))
        say(LessonAct::next_lesson);
    } else if (press(foot, true, "lesson/next", tr("lesson.to_list"), Action::next_beat,
                     ButtonLook::primary)) {
      say(LessonAct::leave);
    }
    if (press(foot, false, "lesson/back", tr("lesson.back"), Action::previous_beat))
      say(LessonAct::back);
  }

  const lesson::Beat& b() const { return tutor_.beat(); }
  void say(LessonAct::Kind kind, int option = -1) { act_ = {kind, option, {}}; }

  Ui& ui_;
  const LessonPanelInput& in_;
  const lesson::Tutor& tutor_;
  LessonAct act_;
};

}  // namespace

LessonAct draw_sheet_buttons(Ui& ui, const Rect& foot, const LessonPanelInput& in,
                             const LessonPanelState& state) {
  return SheetButtons(ui, in).draw(foot, state.picked);
}

float sheet_buttons_width(Ui& ui, const LessonPanelInput& in) {
  return SheetButtons(ui, in).width();
}

}  // namespace qs::ui
