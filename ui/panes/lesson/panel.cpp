#include "ui/panes/lesson/panel.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ui/panes/lesson/foot.h"
#include "ui/panes/lesson/head.h"
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
constexpr float kOffBar = 4;  // letters do not touch the bar of what scrolls

class Sheet {
 public:
  Sheet(Ui& ui, const Rect& rect, const LessonPanelInput& in, LessonPanelState& state)
      : ui_(ui), in_(in), tutor_(in.tutor), state_(state), rect_(rect), level_(in.level) {}

  // The height that all of a level sheet needs, drawing nothing.
  float measure(bool tight) {
    measures_ = true, tight_ = tight;
    line_ = inset(rect_, ui_.px(kLevelX), 0);
    line_.w -= ui_.px(kOffBar);
    line_.h = 100000;
    const float top = line_.y;
    tutor_.finished() ? last_page() : beat();
    return line_.y - top + ui_.px(tight ? kLevelY + kLevelHead : 2 * kLevelY + kLevelHead + 6);
  }

  LessonAct draw() {
    // A room sees all of it: in smaller letters where that is needed.
    tight_ = level_ && Sheet(ui_, rect_, in_, state_).measure(false) > rect_.h + 1;
    Panel panel(ui_, rect_, "lesson");
    Rect r, foot;
    if (level_) {
      r = inset(rect_, ui_.px(kLevelX), ui_.px(tight_ ? kLevelY / 2 : kLevelY));
      Rect top = cut_top(r, ui_.px(kLevelHead), ui_.px(tight_ ? 0 : 6));
      foot = cut_right(top, std::min(top.w * 0.6f, sheet_buttons_width(ui_, in_)), ui_.px(12));
      draw_level_head(ui_, top, tutor_);
    } else {
      r = inset(rect_, ui_.px(18), ui_.px(14));
      draw_sheet_head(ui_, r, tutor_);
      foot = cut_bottom(r, ui_.px(34), ui_.px(10));
    }
    {
      body_ = r;
      ScrollArea area(ui_, r, "lesson/body", state_.scroll);
      line_ = area.content();
      line_.w -= ui_.px(kOffBar);
      line_.h = 100000;
      const float top = line_.y;
      if (tutor_.finished())
        last_page();
      else
        beat();
      reveal(area);
      area.end(line_.y - top);
    }
    const LessonAct pressed = draw_sheet_buttons(ui_, foot, in_, state_);
    return pressed.kind != LessonAct::none ? pressed : act_;
  }

 private:
  const lesson::Beat& b() const { return tutor_.beat(); }
  void say(LessonAct::Kind kind, int option = -1, std::string text = {}) {
    act_ = {kind, option, std::move(text)};
  }
  Rect take(float height, float gap) { return cut_top(line_, height, gap); }

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

  ProseStyle prose_style() const {
    ProseStyle style;
    if (tight_) style.font = &ui_.fonts->small, style.line_height = kTightLine;
    return style;
  }
  const Font* small_if_tight() const { return tight_ ? &ui_.fonts->small : nullptr; }

  void text(const char* name, std::string_view markdown, float gap = 10, ProseStyle style = {}) {
    if (markdown.empty()) return;
    if (!style.font) style = prose_style();
    const Rect place =
        take(prose_height(ui_, line_.w, markdown, style), ui_.px(tight_ ? gap / 2 : gap));
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
    const LabelStyle style{&ui_.fonts->small, ui_.theme->text};
    const float h = paragraph_height(ui_, line_.w, in_.error, style);
    const Rect place = take(h, ui_.px(12));
    if (!measures_) paragraph(ui_, place, in_.error, style);
  }

  void beat() {
    error();
    if (!level_ && !b().title.empty()) small_head(b().title, ui_.theme->text);
    const bool answered = b().mode == lesson::BeatMode::Predict && tutor_.state().chosen >= 0;
    if (level_ && b().goal) return level_goal();
    if (!level_ || !answered) text("lesson/text", b().text);  // else the answer needs the room
    if (b().mode == lesson::BeatMode::Predict) question();
    choices();
    if (b().goal) goal();
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

  // Long titles go on in a second line.
  void links() {
    ProseStyle style;
    style.font = &ui_.fonts->small;
    int n = 0;
    for (const lesson::LessonLink& l : tutor_.lesson().docs)
      text(fmt::format("lesson/link/{}", ++n).c_str(),
           fmt::format("[{} {}]({})", l.title, icon::external, l.url), 6, style);
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

  void choices() {
    if (!b().cards.empty()) cards();
    if (tutor_.proof()) verdict(*tutor_.proof());
    if (b().mode == lesson::BeatMode::Race && !tutor_.state().done) ways();
  }

  void cards() {
    if (!tight_) small_head(tr("lesson.cards"), ui_.theme->prompt);
    std::vector<CardRow> rows;
    for (const std::string& id : b().cards) {
      const lesson::LessonCard& c = *tutor_.lesson().card(id);
      rows.push_back({"lesson/card/" + id, c.text.empty() ? c.title : c.title + ": " + c.text,
                      tutor_.state().card == id && !in_.writes});
    }
    if (!b().write.empty())
      rows.push_back({"lesson/write", trf("lesson.write", tutor_.lesson().card(b().write)->title),
                      in_.writes});
    const int columns = level_ ? 0 : 1;
    const Font* font = small_if_tight();
    const Rect place =
        take(cards_height(ui_, line_.w, rows, columns, font), ui_.px(tight_ ? 5 : 10));
    const int chosen = measures_ ? -1 : draw_cards(ui_, place, rows, columns, font);
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
    const int columns = level_ ? std::clamp(int(in_.ways.size()), 1, 3) : 1;
    const Rect place = take(ways_height(ui_, in_.ways, columns), 0);
    if (const int way = measures_ ? -1 : draw_ways(ui_, place, in_.ways, columns); way >= 0)
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
    ticks(false);
    where_it_stands();
    hints();
  }

  // The share of the width at which what leads to a goal is as high as what is to be done.
  float even_share(float width) {
    float best = 0.5f, lowest = 1e9f;
    for (const float share : {0.5f, 0.4f, 0.6f, 0.3f, 0.7f}) {
      const float high =
          std::max(prose_height(ui_, width * share, b().text, prose_style()),
                   prose_height(ui_, width * (1 - share), b().goal->text, prose_style()));
      if (high < lowest - 1) best = share, lowest = high;
    }
    return best;
  }

  // What leads to it and what is to be done stand side by side, below them what there is to choose
  // from and what of it is done. Without a choice the latter stands on the right.
  void level_goal() {
    const bool chooses = !b().cards.empty() || b().mode == lesson::BeatMode::Race;
    if (!chooses) text("lesson/text", b().text);
    const Rect all = line_;
    line_.w = (all.w - ui_.px(24)) * (chooses ? even_share(all.w - ui_.px(24)) : 0.5f);
    text(chooses ? "lesson/text" : "lesson/goal", chooses ? b().text : b().goal->text);
    if (!chooses) where_it_stands(), hints();
    const float left = line_.y;
    line_ = {line_.right() + ui_.px(24), all.y, all.right() - line_.right() - ui_.px(24), all.h};
    if (chooses)
      text("lesson/goal", b().goal->text);
    else
      ticks(tight_);
    line_ = {all.x, std::max(left, line_.y), all.w, all.h};
    if (!chooses) return;
    choices();
    ticks(true);
    where_it_stands();
    hints();
  }

  void ticks(bool abreast) {
    const Font* font = small_if_tight();
    const int columns = abreast ? 0 : 1;
    const Rect place = take(ticks_height(ui_, line_.w, tutor_.ticks(), columns, font), ui_.px(2));
    if (!measures_) draw_ticks(ui_, place, tutor_.ticks(), columns, font);
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
  bool level_, measures_ = false, tight_ = false;
};

}  // namespace

namespace {

void follow_beat(const lesson::Tutor& tutor, LessonPanelState& state) {
  if (state.beat == tutor.state().beat) return;
  LessonPanelState fresh;
  fresh.beat = tutor.state().beat;
  fresh.student = std::move(state.student);
  fresh.variant = tutor.lesson().variant.id;
  state = std::move(fresh);
}

}  // namespace

LessonAct draw_lesson_panel(Ui& ui, const Rect& rect, const LessonPanelInput& in,
                            LessonPanelState& state) {
  follow_beat(in.tutor, state);
  return Sheet(ui, rect, in, state).draw();
}

LessonAct take_lesson_keys(Ui& ui, const LessonPanelInput& in, LessonPanelState& state) {
  follow_beat(in.tutor, state);
  return draw_sheet_buttons(ui, {}, in, state);
}

LevelHeights lesson_panel_heights(Ui& ui, float width, const LessonPanelInput& in,
                                  LessonPanelState& state) {
  const Rect rect{0, 0, width, 0};
  return {Sheet(ui, rect, in, state).measure(false), Sheet(ui, rect, in, state).measure(true)};
}

}  // namespace qs::ui
