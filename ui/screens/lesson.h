// A lesson: its text and tasks beside the run of the current beat. Owns: LessonScreen; what a beat
// means for the run is Classroom's (classroom.h). Keeps the lesson when another screen is shown.
#pragma once
#include <memory>
#include <optional>

#include "ui/screens/class_view.h"
#include "ui/screens/classroom.h"
#include "ui/screens/pulse.h"
#include "ui/screens/run.h"

namespace qs::ui {

class LessonScreen final : public RunScreen {
 public:
  using RunScreen::RunScreen;

  // The lesson, at the beat where it was left; the very same one goes on as it is.
  void open(std::shared_ptr<const lesson::Lesson> lesson);
  // Puts the run of the current beat on the stage and, with `play`, plays it.
  void stage_beat(bool play);

  void contexts(std::vector<Context>& out) const override;
  void take_keys(Ui& ui) override;
  std::string why_no_compare() const override;
  void pass(Ui& ui, double seconds) override;
  bool draw_alone(Ui& ui) override;
  void finish(Ui& ui) override;
  void leave() override;
  // The teacher's page, when it is shown: cut off `page` of any screen. Beside a lesson (`here`)
  // that needs all of the page it shares the lesson's pane.
  void draw_notes(Ui& ui, Rect& page, bool here);

  std::unique_ptr<Classroom> classroom;  // nullptr: no lesson was opened yet
  ClassView view;
  bool looks_at_file = false;  // polls the lesson's file once a second: there is no file watch

 protected:
  const char* side_title() const override;
  void draw_side(Ui& ui, const Rect& rect, const session::Moment& moment) override;
  void side_unseen(Ui& ui) override;
  float side_share() const override;
  bool side_first() const override { return true; }
  // While a question is open, what was pressed is refused with a word (carry_out).
  bool can_act() const override { return true; }
  bool may_fill(Pane pane) const override { return !tab_before_ && RunScreen::may_fill(pane); }
  // In a room an open question needs their place: nothing may be done while it is open.
  bool shows_verbs() const override {
    return !(settings().projector && classroom && classroom->is_asking());
  }
  ObjectId asked_where() const override;
  LevelHeights level_heights(Ui& ui, float width) const override;
  float level_most() const override;
  bool shows_queue_graph() const override { return false; }
  bool shows_future() const override { return !classroom->tutor.asks_ahead(); }
  void draw_over(Ui& ui) override;
  TimelineState::Tab kept_tab() const override { return tab_before_.value_or(timeline.tab); }
  void carry_out(const session::Command& command) override;
  void own_runs() override;
  Action remote_next() const override { return Action::next_beat; }
  Action remote_previous() const override { return Action::previous_beat; }

 private:
  void write_driver();
  void bring_focus(Ui& ui);
  void take_drop();
  void copy_link(Ui& ui, const std::string& address);  // "": none was pressed

  bool notes_in_side_ = false;  // the teacher's page has a tab beside the lesson's
  std::optional<TimelineState::Tab> tab_before_;  // a beat brought another one to the front
  bool point_out_ = false;  // what the beat points at must come into view once
  Pulse next_;
  LessonAct pressed_;  // in its panel; done when the frame is drawn
};

}  // namespace qs::ui
