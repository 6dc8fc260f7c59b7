// The window's program: which screen is shown, the session in it, the panes around it, and what
// keys do. Owns: App. Made by window.cpp (a window), shot.cpp (a picture) and tests; draws one
// frame into a Ui. Main thread only.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "session/opening.h"
#include "session/presets.h"
#include "session/session.h"
#include "ui/app/class_view.h"
#include "ui/app/classroom.h"
#include "ui/app/palette.h"
#include "ui/app/panes.h"
#include "ui/app/settings.h"
#include "ui/panes/code/code.h"
#include "ui/panes/compare/compare.h"
#include "ui/panes/drive/panel.h"
#include "ui/panes/glimpse/glimpse.h"
#include "ui/panes/inspector/inspector.h"
#include "ui/panes/sandbox/panel.h"
#include "ui/panes/stage/explain_banner.h"
#include "ui/panes/stage/stage.h"
#include "ui/panes/timeline/timeline.h"
#include "ui/toolkit/controls/dialog.h"
#include "ui/toolkit/controls/presenter.h"

namespace qs::ui {

enum class Screen : uint8_t { home, run };

// One of the set-ups of "Be the driver".
bool is_drive_program(const std::string& program);

// The list of lessons, and the run above it.
struct HomeState {
  ScrollState scroll;
  GlimpseState glimpse;
};

struct App {
  // Keys and buttons change the settings; the owner of the App saves them.
  explicit App(Settings& settings);
  ~App();

  void open_home();
  // Shows a program (with its schedule) or a recording; `made`: its session, when there is one. The
  // playhead starts where there is something to see.
  void open(session::Opened opened, std::unique_ptr<session::Session> made = nullptr);
  // By name; errors are shown as a message. A long recording is opened in the background while the
  // window shows progress.
  void open_named(const std::string& what);
  // The lesson, at the beat where it was left.
  void open_lesson(std::shared_ptr<const lesson::Lesson> lesson);
  // Puts the run of the lesson's current beat on the stage and, with `play`, plays it.
  void stage_beat(bool play);

  // Compares the dispatch modes of a queue (0: the first possible one) in the current run.
  void open_compare(ObjectId queue);
  // Lists the driver's moves to choose from: those of the current driver if it asks, else opens the
  // first set-up.
  void open_drive();

  // Is something playing: the run, or the clock of the comparison?
  bool playing() const;

  // One frame: takes the keys, lets `seconds` of wall-clock time pass, draws.
  void draw(Ui& ui, double seconds);

  Settings& settings;
  Screen screen = Screen::home;
  Pane whole = Pane::none;  // the pane that fills the window
  Pane front = Pane::none;  // the chosen one of the panes behind tabs
  std::unique_ptr<session::Session> session;
  std::unique_ptr<Classroom> classroom;  // while the program is a lesson
  ClassView class_view;
  std::unique_ptr<CompareState> compare;      // while modes are compared
  std::unique_ptr<DriveState> drive;          // while the student is the driver
  std::unique_ptr<session::Opening> opening;  // a long recording, while it is being opened
  std::string next_setup;     // the chosen one of them: opened when the frame is drawn
  LessonAct lesson_act;       // what was pressed in its panel; done when the frame is drawn
  std::string progress_file;  // "": nothing is saved (pictures, tests)
  std::unique_ptr<lesson::Progress> progress;  // as the home page shows it
  Screen screen_drawn = Screen::run;           // in the frame before
  UiState shared;
  StageState stage;
  TimelineState timeline;
  CodeState code;
  InspectorState inspector;
  BannerState banner;
  SandboxPanelState sandbox;
  struct {
    const trace::Trace* trace = nullptr;
    size_t event = 0, size = 0;
  } told;              // the moment that `inspected` was found for
  ObjectId inspected;  // what the inspector shows while nothing is selected
  DialogState help;
  struct {
    DialogState dialog;
    std::string id;
    ScrollState scroll;
  } rule;  // the rule being read
  PaletteState palette;
  PresenterState presenter;
  std::string message;       // one sentence at the foot of the window
  double message_until = 0;  // seconds
  static constexpr double kForEver = 1e18;
  bool looks_at_file = false;  // polls the lesson's file once a second: there is no file watch
  bool quit = false, fullscreen = false;
  int picture_wanted = 0;  // its scale; 0: none
  std::vector<session::Preset> presets;
  HomeState home_state;
  ScrollState panel_scroll, help_scroll;
  int home_lit = 0;

 private:
  // --- commands.cpp ---
  std::vector<PaletteEntry> palette_entries(const Ui& ui);
  void do_palette(Ui& ui, const PaletteEntry& entry);
  void open_palette(Ui& ui);
  std::vector<std::string> files_here;  // that can be opened, as the palette lists them
  void save_run(Ui& ui, ExportKind kind);
  void take_remote(Ui& ui);
  void walk_panes(Ui& ui, int direction);
  Pane pane_in_hand(Ui& ui) const;
  void give_focus(Ui& ui);
  Pane focus_pane = Pane::none;  // gets the keyboard when it is drawn
  int focus_tries = 0;
  // --- app.cpp ---
  void take_keys(Ui& ui, std::vector<session::Command>& out);
  void sandbox_keys(Ui& ui, std::vector<session::Command>& out);
  void apply(Ui& ui, const std::vector<session::Command>& commands);
  void let_pass(Ui& ui, double seconds);
  void find_inspected();
  void draw_dialogs(Ui& ui);
  void draw_page(Ui& ui, double seconds, std::vector<session::Command>& commands);
  void show(std::unique_ptr<session::Session> shown);
  void draw_lesson_side(Ui& ui, const Rect& rect);
  void do_lesson_act(Ui& ui);
  void follow_opening(Ui& ui);
  // --- messages.cpp ---
  void say(Ui& ui, const std::string& text);
  void draw_message(Ui& ui);
  // --- top_bar.cpp ---
  void draw_top_bar(Ui& ui, Rect bar, std::vector<session::Command>& out);
  void draw_transport(Ui& ui, Rect bar, std::vector<session::Command>& out);
  void draw_speed(Ui& ui, Rect row, std::vector<session::Command>& out);
  // --- top_menus.cpp ---
  void draw_panes_button(Ui& ui, Rect& row);
  void draw_all_panes(Ui& ui, Rect& row);
  void draw_view_button(Ui& ui, Rect& row, bool running, bool narrow);
  float step_menu_width(Ui& ui) const;
  void draw_step_menu(Ui& ui, const Rect& rect);
  session::cmd::By step_by() const { return session::cmd::By(settings.step); }
  // --- modes.cpp ---
  void mode_keys(Ui& ui);
  void draw_compare_page(Ui& ui, const Rect& page);
  void draw_drive_side(Ui& ui, const Rect& rect, const session::Moment& moment,
                       std::vector<session::Command>& out);
  // --- home.cpp ---
  void draw_home(Ui& ui, Rect page, double seconds);
  // --- run_screen.cpp ---
  void draw_run(Ui& ui, Rect page, std::vector<session::Command>& out);
  // The title of a pane: the side pane shows a lesson, the driver's moves, or the set-up of the
  // run.
  const char* pane_title(Pane pane) const;
  PaneLayout panes(Ui& ui, const Rect& page) const;
  void draw_pane_tabs(Ui& ui, const PaneLayout& panes);
  void move_bars(Ui& ui, const Rect& page, const PaneLayout& panes);
  void draw_side_panel(Ui& ui, const Rect& rect, std::vector<session::Command>& out);
  void draw_stage_pane(Ui& ui, const Rect& rect, const session::Moment& moment,
                       std::vector<session::Command>& out);
  void draw_help(Ui& ui);
  void open_rule(Ui& ui, const std::string& id);
  void draw_rule(Ui& ui);
};

}  // namespace qs::ui
