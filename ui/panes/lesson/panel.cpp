#include "ui/panes/lesson/panel.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ui/panes/lesson/options.h"
#include "ui/panes/lesson/ways.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// Design pixels inside a level sheet: at its sides, above and below, and its line of buttons.
constexpr float kLevelX = 18, kLevelY = 10, kLevelHead = 34;

class Sheet {
 public:
  Sheet(Ui& ui, const Rect& rect, const LessonPanelInput& in, LessonPanelState& state)
      : ui_(ui), in_(in), tutor_(in.tutor), state_(state), rect_(rect), level_(in.level) {}

  // The height that all of a level sheet needs, drawing nothing.
  float measure() {
    measures_ = true;
    line_ = inset(rect_, ui_.px(kLevelX), 0);
    line_.h = 100000;
    const float top = line_.y;
    tutor_.finished() ? last_page() : beat();
    return line_.y - top + ui_.px(2 * kLevelY + kLevelHead + 6);
  }

  LessonAct draw() {
    Panel panel(ui_, rect_, "lesson");
    Rect r, foot;
    if (level_) {
      r = inset(rect_, ui_.px(kLevelX), ui_.px(kLevelY));
      Rect top = cut_top(r, ui_.px(kLevelHead), ui_.px(6));
      foot = cut_right(top, std::min(top.w * 0.6f, buttons_width()), ui_.px(12));
      level_head(top);
    } else {
      r = inset(rect_, ui_.px(18), ui_.px(14));
      head(r);
      foot = cut_bottom(r, ui_.px(34), ui_.px(10));
    }
    {
      body_ = r;
      ScrollArea area(ui_, r, "lesson/body", state_.scroll);
      line_ = area.content();
      line_.w -= ui_.px(4);  // letters do not touch the bar
      line_.h = 100000;
      const float top = line_.y;
      if (tutor_.finished())
        last_page();
      else
        beat();
      reveal(area);
      area.end(line_.y - top);
    }
    if (tutor_.finished())
      last_buttons(foot);
    else
      buttons(foot);
    return act_;
  }

 private:
  const lesson::Beat& b() const { return tutor_.beat(); }
  void say(LessonAct::Kind kind, int option = -1, std::string text = {}) {
    act_ = {kind, option, std::move(text)};
  }
  Rect take(float height, float gap) { return cut_top(line_, height, gap); }

  void head(Rect& r) {
    const lesson::Lesson& l = tutor_.lesson();
    LabelStyle title{&ui_.fonts->title};
    const std::string words = l.number + "  " + l.title;
    paragraph(ui_, cut_top(r, paragraph_height(ui_, r.w, words, title), ui_.px(4)), words, title);
    Rect dots = cut_top(r, ui_.px(20), ui_.px(10));
    std::string where = trf("lesson.beat_of", tutor_.state().beat + 1, tutor_.beats());
    if (!l.variant.id.empty()) {
      const std::string both = where + " · " + trf("lesson.variant", l.variant.id);
      if (text_width(ui_.fonts->small, both) < dots.w * 0.72f) where = both;
    }
    LabelStyle dim{&ui_.fonts->small, ui_.theme->text_dim, Align::right};
    const float width = text_width(ui_.fonts->small, where) + ui_.px(4);
    label(ui_, cut_right(dots, width, ui_.px(8)), where, dim);
    const float spacing = std::min(20.0f, dots.w / ui_.scale / float(tutor_.beats()));
    step_dots(ui_, {dots.x + ui_.px(6), dots.center().y},
              tutor_.finished() ? int(tutor_.beats()) : int(tutor_.state().beat),
              int(tutor_.beats()), spacing, &tutor_.skipped());
  }

  // Of a level sheet: the title of the beat, and where it is.
  void level_head(Rect top) {
    const int beats = int(tutor_.beats());
    LabelStyle title{&ui_.fonts->bold};
    title.may_cut = true;
    const std::string_view words = tutor_.finished()   ? tr("lesson.finished")
                                   : b().title.empty() ? std::string_view(tutor_.lesson().title)
                                                       : std::string_view(b().title);
    // Dots move together before the title is cut, but stay apart.
    const float beside = (top.w - text_width(ui_.fonts->bold, words)) / ui_.scale - 26;
    const float spacing =
        std::clamp(std::min(beside, top.w * 0.45f / ui_.scale) / float(beats),
                   std::min(11.0f, top.w * 0.45f / ui_.scale / float(beats)), 18.0f);
    const float room = top.w - ui_.px(spacing * float(beats) + 18);
    const float width = label(ui_, {top.x, top.y, room, top.h}, words, title);
    step_dots(ui_, {top.x + width + ui_.px(24), top.center().y},
              tutor_.finished() ? beats : int(tutor_.state().beat), beats, spacing);
  }

  // What is new is brought into sight: the options of a question, the words of an answer, a hint.
  // The second time the area knows how long its content has become.
  void reveal(ScrollArea& area) {
    if (state_.newest != newest_) state_.newest = newest_, state_.frames_shown = 0;
    if (!newest_ || state_.frames_shown >= 2) return;
    ++state_.frames_shown;
    const float zero = area.content().y;
    const float top = std::max(newest_top_, newest_bottom_ - body_.h);  // its end, if not all fits
    area.show(top - zero, newest_bottom_ - zero);
  }
  void note_newest(int what, float top) {
    newest_ = what;
    newest_top_ = top;
    newest_bottom_ = line_.y;
  }

  void text(const char* name, std::string_view markdown, float gap = 10,
            const ProseStyle& style = {}) {
    if (markdown.empty()) return;
    const float h = prose_height(ui_, line_.w, markdown, style);
    const Rect place = take(h, ui_.px(gap));
    if (measures_) return;
    const ProseResult r = prose(ui_, place, name, markdown, style);
    if (!r.clicked_link.empty()) say(LessonAct::link, -1, r.clicked_link);
  }

  void small_head(std::string_view words, Color color) {
    const LabelStyle style{&ui_.fonts->bold, color};
    const bool one = text_width(ui_.fonts->bold, words) <= line_.w;
    const float high = one ? ui_.px(24) : paragraph_height(ui_, line_.w, words, style);
    const Rect place = take(high, ui_.px(4));
    if (measures_) return;
    if (one)
      label(ui_, place, words, style);
    else
      paragraph(ui_, place, words, style);
  }

  void error() {
    if (in_.error.empty()) return;
    small_head(tr("lesson.file_error"), ui_.theme->danger);
    LabelStyle style{&ui_.fonts->small, ui_.theme->text};
    const float h = paragraph_height(ui_, line_.w, in_.error, style);
    const Rect place = take(h, ui_.px(12));
    if (!measures_) paragraph(ui_, place, in_.error, style);
  }

  void beat() {
    error();
    if (!level_ && !b().title.empty()) small_head(b().title, ui_.theme->text);
    const bool answered = b().mode == lesson::BeatMode::Predict && tutor_.state().chosen >= 0;
    if (!level_ || !answered) text("lesson/text", b().text);  // else the answer needs the room
    if (b().mode == lesson::BeatMode::Predict) question();
    if (!b().cards.empty()) cards();
    if (tutor_.proof()) verdict(*tutor_.proof());
    if (b().mode == lesson::BeatMode::Race && !tutor_.state().done) ways();
    if (b().goal) level_ ? level_goal() : goal();
    if (level_ || tutor_.state().beat > 0) return;
    if (b().mode == lesson::BeatMode::Watch) text("lesson/keys", tr("lesson.keys"));
    links();
    if (tutor_.lesson().may_vary()) variant();
  }

  // A lesson of one's own: what varies follows from the student's number.
  void variant() {
    take(ui_.px(8), 0);
    Rect line = take(ui_.px(34), ui_.px(4));
    if (measures_) return;
    const std::string words = tr("lesson.take_variant");
    const Rect press = cut_right(line, std::min(line.w, button_width(ui_, words)), ui_.px(6));
    text_field(ui_, line, "lesson/variant", state_.variant, state_.variant_field,
               tr("lesson.variant_hint"));
    ButtonStyle style;
    style.disabled = state_.variant == tutor_.lesson().variant.id;
    if (button(ui_, press, "lesson/take_variant", words, style).clicked)
      say(LessonAct::variant, -1, state_.variant);
  }

  void links() {
    int n = 0;
    for (const lesson::LessonLink& l : tutor_.lesson().docs) {
      Rect row = take(ui_.px(24), ui_.px(2));
      if (link(ui_, {row.x, row.y}, fmt::format("lesson/link/{}", ++n), l.title, true,
               &ui_.fonts->small)
              .clicked)
        say(LessonAct::link, -1, l.url);
    }
  }

  // --- a prediction ---

  void question() {
    const bool answered = tutor_.state().chosen >= 0;
    const float top = line_.y;
    if (!level_) small_head(tr("lesson.predict"), ui_.theme->prompt);
    ProseStyle large;
    large.font = &ui_.fonts->title;
    text("lesson/question", b().question, level_ ? 8 : 10, level_ ? large : ProseStyle());
    std::vector<int> shown;  // in a level sheet, what was neither chosen nor right makes room
    for (int i = 0; i < int(b().options.size()); ++i)
      if (!level_ || !answered || i == tutor_.state().chosen || i == in_.right) shown.push_back(i);
    OptionList list{ui_, b(), tutor_.state().chosen, answered ? in_.right : -1, level_};
    if (list.height(line_.w - 1, shown) > body_.h && !measures_)  // smaller rather than not seen
      list.font = &ui_.fonts->small, list.tight = true;
    const float h = list.height(line_.w - 1, shown);  // its edge is seen, too
    const Rect place = take(h, ui_.px(level_ ? 8 : 4));
    if (!measures_) list.draw({place.x, place.y, place.w - 1, h}, shown, state_.picked);
    if (!answered) return note_newest(kAsked, top);
    answer();
    if (level_) newest_top_ = top;
  }

  void answer() {
    const float top = line_.y;
    const bool right = tutor_.state().chosen == in_.right;
    const bool look = !right && in_.can_show_why;
    const std::string words = tr("lesson.look");
    const auto look_button = [&](const Rect& at) {
      if (!measures_ && button(ui_, at, "lesson/look", words).clicked) say(LessonAct::look);
    };
    const Rect line = line_;
    small_head(right ? tr("lesson.right") : tr("lesson.wrong"),
               right ? ui_.theme->ok : ui_.theme->danger);
    if (look && level_)  // on the same line
      look_button({line.right() - ui_.px(2) - button_width(ui_, words), line.y,
                   button_width(ui_, words), ui_.px(28)});
    text("lesson/why", tutor_.answer()->why);
    if (look && !level_) {
      Rect row = take(ui_.px(30), ui_.px(8));
      look_button(cut_left(row, button_width(ui_, words)));
    }
    if (!right && in_.right >= 0) {
      small_head(tr("lesson.engine_says"), ui_.theme->text_dim);
      text("lesson/right", b().options[size_t(in_.right)].why);
    }
    note_newest(kAnswered, top);
    newest_bottom_ = std::min(newest_bottom_, top + body_.h);  // its beginning first
  }

  // --- cards and goals ---

  void cards() {
    small_head(tr("lesson.cards"), ui_.theme->prompt);
    std::vector<CardRow> rows;
    for (const std::string& id : b().cards) {
      const lesson::LessonCard& c = *tutor_.lesson().card(id);
      rows.push_back({"lesson/card/" + id, c.text.empty() ? c.title : c.title + ": " + c.text,
                      tutor_.state().card == id && !in_.writes});
    }
    if (!b().write.empty())
      rows.push_back({"lesson/write", trf("lesson.write", tutor_.lesson().card(b().write)->title),
                      in_.writes});
    const int columns = level_ ? 2 : 1;
    const Rect place = take(cards_height(ui_, line_.w, rows, columns), ui_.px(10));
    const int chosen = measures_ ? -1 : draw_cards(ui_, place, rows, columns);
    if (chosen < 0) return;
    if (size_t(chosen) < b().cards.size())
      say(LessonAct::card, -1, b().cards[size_t(chosen)]);
    else
      say(LessonAct::write);
  }

  // Who goes on?
  void ways() {
    small_head(tr("lesson.who_next"), ui_.theme->prompt);
    if (in_.ways.empty()) text("lesson/no_ways", tr("lesson.no_ways"));
    const Rect place = take(ways_height(ui_, in_.ways), 0);
    if (const int way = measures_ ? -1 : draw_ways(ui_, place, in_.ways); way >= 0)
      say(LessonAct::let, way);
    take(ui_.px(6), 0);
  }

  // What the search has found of the card that was chosen.
  void verdict(const lesson::Proof& proof) {
    text("lesson/verdict", proof.sentence());
    if (!proof.wrong()) return;
    Rect line = take(ui_.px(30), ui_.px(8));
    const std::string words = tr("lesson.counter");
    if (!measures_ &&
        button(ui_, cut_left(line, button_width(ui_, words)), "lesson/counter", words).clicked)
      say(LessonAct::counter);
  }

  void goal() {
    small_head(tr("lesson.your_turn"), ui_.theme->prompt);
    text("lesson/goal", b().goal->text);
    for (const lesson::Tick& t : tutor_.ticks()) tick(t);
    take(ui_.px(6), 0);
    where_it_stands();
    hints();
  }

  // What is to be done on the left, what of it is done on the right.
  void level_goal() {
    const Rect all = line_;
    line_.w = (all.w - ui_.px(24)) * 0.55f;
    text("lesson/goal", b().goal->text);
    where_it_stands();
    hints();
    const float left = line_.y;
    line_ = {line_.right() + ui_.px(24), all.y, (all.w - ui_.px(24)) * 0.45f, all.h};
    for (const lesson::Tick& t : tutor_.ticks()) tick(t);
    line_ = {all.x, std::max(left, line_.y), all.w, all.h};
  }

  void where_it_stands() {
    if (tutor_.state().done)
      text("lesson/reached", tr("lesson.reached"));
    else if (tutor_.lost())
      text("lesson/lost", tr("lesson.lost"));
    else if (in_.branched)
      text("lesson/open", tr("lesson.open"));
  }

  void hints() {
    for (int i = 0; i < tutor_.state().hints; ++i) {
      const float top = line_.y;
      text(fmt::format("lesson/hint/{}", i + 1).c_str(),
           trf("lesson.hint_text", b().goal->hints[size_t(i)]), 6);
      note_newest(i + 1, top);
    }
  }

  void tick(const lesson::Tick& t) {
    const Rect r = take(tick_height(ui_, line_.w, t), ui_.px(2));
    if (!measures_) draw_tick(ui_, r, t);
  }

  void last_page() {
    error();
    if (!level_) small_head(tr("lesson.finished"), ui_.theme->ok);
    std::string list;
    for (const std::string& line : tutor_.lesson().learnt) list += "- " + line + "\n";
    text("lesson/learnt", list);
    int questions = 0, goals = 0;
    for (const lesson::Beat& beat : tutor_.lesson().beats) {
      questions += beat.mode == lesson::BeatMode::Predict;
      goals += beat.goal.has_value();
    }
    text("lesson/score", trf("lesson.score", tutor_.well_done().size(), questions + goals));
    std::string skipped;
    for (size_t beat : tutor_.skipped())
      skipped += fmt::format("{}{}", skipped.empty() ? "" : ", ", beat + 1);
    if (!skipped.empty()) text("lesson/skipped", trf("lesson.skipped", skipped));
    if (!in_.next_title.empty()) text("lesson/coming", trf("lesson.next_is", in_.next_title));
    // It has no key: at the foot a narrow panel would have no room for it.
    Rect row = take(ui_.px(34), ui_.px(4));
    const std::string receipt = tr("lesson.receipt");
    const Rect press = cut_right(row, std::min(row.w, button_width(ui_, receipt)), ui_.px(6));
    text_field(ui_, row, "lesson/student", state_.student, state_.student_field,
               tr("lesson.student_hint"));
    if (button(ui_, press, "lesson/receipt", receipt).clicked) say(LessonAct::receipt);
  }

  // --- the buttons at the foot ---

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

  // In which they stand together, at the end of the head of a level sheet.
  float buttons_width() const {
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

  bool more_hints() const { return tutor_.state().hints < int(b().goal->hints.size()); }
  bool last_beat() const { return tutor_.state().beat + 1 == tutor_.beats(); }

  void buttons(Rect foot) {
    if (press_sign(foot, "lesson/back", icon::chevron_left, tr("lesson.back"),
                   Action::previous_beat))
      say(LessonAct::back);
    const bool predict = b().mode == lesson::BeatMode::Predict,
               answered = tutor_.state().chosen >= 0;
    if (predict && !answered) {
      const std::string why = tr("lesson.pick_first");
      if (press(foot, true, "lesson/check", tr("lesson.check"), Action::next_beat,
                ButtonLook::primary, state_.picked < 0, why.c_str()))
        say(LessonAct::choose, state_.picked);
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

  Ui& ui_;
  const LessonPanelInput& in_;
  const lesson::Tutor& tutor_;
  LessonPanelState& state_;
  Rect rect_, body_, line_;
  LessonAct act_;
  // What is new on the sheet, where it is, and what the state remembers it by.
  static constexpr int kAsked = 100, kAnswered = 101;  // else: so many hints
  int newest_ = 0;
  float newest_top_ = 0, newest_bottom_ = 0;
  bool level_, measures_ = false;
};

}  // namespace

LessonAct draw_lesson_panel(Ui& ui, const Rect& rect, const LessonPanelInput& in,
                            LessonPanelState& state) {
  if (state.beat != in.tutor.state().beat) {
    LessonPanelState fresh;
    fresh.beat = in.tutor.state().beat;
    fresh.student = std::move(state.student);
    fresh.variant = in.tutor.lesson().variant.id;
    state = std::move(fresh);
  }
  return Sheet(ui, rect, in, state).draw();
}

float lesson_panel_height(Ui& ui, float width, const LessonPanelInput& in,
                          LessonPanelState& state) {
  return Sheet(ui, {0, 0, width, 0}, in, state).measure();
}

}  // namespace qs::ui
