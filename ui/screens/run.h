// A run in its panes: side pane, stage, code, inspector, timeline, with bars between them. Owns:
// RunScreen, which shows programs that decide by themselves and recordings; lesson, sandbox and be
// the driver are made of it, each with a side pane of its own. Its files: run.cpp (a frame of it),
// run_keys.cpp (keys), run_acts.cpp (what is done to the run), run_panes.cpp (where the panes
// stand, which has the keyboard), run_side.cpp (what stands beside a run), transport.cpp (its part
// of the top bar).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/panes/code/code.h"
#include "ui/panes/inspector/inspector.h"
#include "ui/panes/lesson/panel.h"
#include "ui/panes/roads/roads.h"
#include "ui/panes/stage/explain_banner.h"
#include "ui/panes/stage/stage.h"
#include "ui/panes/timeline/timeline.h"
#include "ui/panes/verbs/panel.h"
#include "ui/screens/own_work.h"
#include "ui/screens/panes.h"
#include "ui/screens/screen.h"

namespace qs::ui {

class RunScreen : public Screen {
 public:
  using Screen::Screen;
  ~RunScreen() override;

  // Shows this run from where its playhead is; everything about the run before is forgotten.
  // `named`: what it was opened by.
  void begin(std::unique_ptr<session::Session> run, std::string named);
  // Is there already what that name opens? Files may have changed: never.
  bool holds(const std::string& name) const;

  void contexts(std::vector<Context>& out) const override;
  void take_keys(Ui& ui) override;
  void pass(Ui& ui, double seconds) override;
  void draw_menus(Ui& ui, Rect& row) override;
  void draw_bar(Ui& ui, Rect row) override;
  void draw(Ui& ui, const Rect& page) override;
  void finish(Ui& ui) override;
  void leave() override;
  RunScreen* run() override { return session ? this : nullptr; }

  // Once a frame while it is shown, or another screen that borrows its run: a driver that is worked
  // on runs again when it was saved, or the code pane shows why not. True: it has just done so.
  bool follow_own(Ui& ui);

  // What is done to the run by name, and which of it is possible (run_acts.cpp).
  MenuRights rights() const;
  // What the panel of verbs and the keys of verbs are about.
  ObjectId acted_on(const session::Moment& moment);
  // By the name that verbs_of() gives it; says why when it is not possible.
  void do_verb(Ui& ui, ObjectId object, const std::string& name);
  // Back to where the run was before the act that made this branch, and again, to the first one.
  void take_back(Ui& ui);
  bool can_take_back() const;
  bool playing() const override { return session && session->playing(); }

  // Why its modes cannot be compared and its schedules not searched now; "": they can.
  virtual std::string why_no_compare() const { return {}; }

  std::unique_ptr<session::Session> session;  // nullptr: nothing was opened yet
  std::unique_ptr<OwnWork> own;               // of a driver that is not compiled in
  UiState shared;
  StageState stage;
  TimelineState timeline;
  CodeState code;
  InspectorState inspector;
  BannerState banner;
  RoadsState roads;
  Pane whole = Pane::none;       // fills the window
  Pane front = Pane::none;       // the chosen one of those behind tabs
  Pane asked_pane = Pane::none;  // is to be seen in the next frame

 protected:
  // What the kinds of runs differ in.
  // Pixels that the side pane would like below the stage in projector mode, if it is so wide; 0: it
  // stands beside the stage.
  virtual LevelHeights level_heights(Ui& ui, float width) const {
    return (void)ui, (void)width, LevelHeights();
  }
  virtual float level_most() const { return kLevelUsual; }  // of the height
  virtual const char* side_title() const;
  // Two sentences at the top of the side pane, for who comes here first; what is left below them.
  static Rect below_intro(Ui& ui, Rect rect, const char* text);
  virtual void draw_side(Ui& ui, const Rect& rect, const session::Moment& moment);
  // Instead, while it is folded or behind a tab: keys that it takes.
  virtual void side_unseen(Ui& ui) { (void)ui; }
  virtual float side_share() const { return settings().side; }
  virtual bool side_first() const { return false; }  // in a small window it is the one in front
  // Can applications, devices and settings be acted on?
  virtual bool can_act() const {
    const run::Program& p = session->program();
    return p.takes_orders || (p.own_driver && p.can_run());  // also one that a trace carries
  }
  // May a pane that was asked for take the whole window, where there is no other place for it?
  virtual bool may_fill(Pane pane) const { return pane != Pane::none; }
  virtual bool shows_verbs() const { return can_act(); }
  // A question asks where this request goes: it may be dragged there, which does nothing to the
  // run.
  virtual ObjectId asked_where() const { return {}; }
  // The tab of the timeline that the settings keep.
  virtual TimelineState::Tab kept_tab() const { return timeline.tab; }
  virtual bool at_dispatch() const { return false; }  // applications send at DISPATCH_LEVEL
  virtual bool shows_queue_graph() const { return true; }
  virtual bool shows_future() const { return true; }  // false: what has not happened is not shown
  virtual void draw_over(Ui& ui) { (void)ui; }        // rings and menus above all panes
  // The driver that is worked on was made: its run has taken the place of the one before.
  virtual void own_runs() {}
  // Time has passed: the playhead was at `before`, and moved by itself.
  virtual void passed(double before) { (void)before; }
  // Switches and acts say which branch they made, with the way back.
  virtual void carry_out(const session::Command& command);
  // What the keys of a presenter's remote mean here.
  virtual Action remote_next() const { return Action::hop_forward; }
  virtual Action remote_previous() const { return Action::hop_back; }

  // What the driver is told to create, as of this frame.
  const run::QueueGraph& graph() const { return graph_; }
  // Where the panes stood in the last frame.
  PaneLayout arrange_in_window(Ui& ui) const { return arrange(ui, page_); }

  bool side_level_ = false;            // the side pane lies below the stage
  std::vector<session::Command> out_;  // of this frame, carried out at its end

 private:
  // run.cpp
  void draw_stage_pane(Ui& ui, const Rect& rect, const session::Moment& moment);
  StageInput stage_input(Ui& ui, const session::Moment& moment, const Rect& rect);
  void find_inspected(const session::Moment& moment);
  void edit_source();
  // run_acts.cpp
  VerbsInput verbs_input(Ui& ui, const session::Moment& moment, const Rect& rect);
  // run_keys.cpp
  void take_remote(Ui& ui);
  // run_panes.cpp
  PaneLayout arrange(Ui& ui, const Rect& page) const;
  const char* pane_title(Pane pane) const;
  void draw_tabs(Ui& ui, const PaneLayout& panes);
  bool show_asked(const PaneLayout& at);
  void draw_inside(Ui& ui, const PaneLayout& at, const session::Moment& moment);
  void move_bars(Ui& ui, const Rect& page, const PaneLayout& panes);
  void walk_panes(Ui& ui, int direction);
  void give_focus(Ui& ui);
  Pane pane_in_hand(Ui& ui) const;

  std::string named_;
  Rect page_;              // of the last frame
  run::QueueGraph graph_;  // of the current frame
  struct {
    std::shared_ptr<const trace::Trace> trace;
    size_t event = 0;
  } inspected_at_;      // the moment that `inspected_` was found for
  ObjectId inspected_;  // what the inspector shows while nothing is selected
  VerbsMemory verbs_;
  ScrollState side_scroll_;
  Pane focus_pane_ = Pane::none;  // gets the keyboard when it is drawn
  int focus_tries_ = 0;
};

}  // namespace qs::ui
