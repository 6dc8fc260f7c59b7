// The window's program: which screen is shown, the switch from one to another, and what lies above
// all of them: dialogs, the palette, the message. Owns: App. Made by window.cpp (a window),
// shot.cpp (a picture) and tests; draws one frame into a Ui. Main thread only.
//
// A screen (ui/screens/screen.h) keeps its run while another is shown. Its files: app.cpp (a frame,
// the switch), keys.cpp (the window's keys), commands.cpp (what the palette lists and does),
// top_bar.cpp and view_menu.cpp (the bar), and one each for help, rule, palette and message.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "session/link.h"
#include "session/opening.h"
#include "ui/app/class_sheet.h"
#include "ui/app/help.h"
#include "ui/app/message.h"
#include "ui/app/palette.h"
#include "ui/app/rule_sheet.h"
#include "ui/screens/compare.h"
#include "ui/screens/drive.h"
#include "ui/screens/home.h"
#include "ui/screens/lesson.h"
#include "ui/screens/races.h"
#include "ui/screens/sandbox.h"
#include "ui/toolkit/controls/presenter.h"

namespace qs::ui {

class App {
 public:
  // Keys and buttons change the settings; the owner of the App saves them.
  explicit App(Settings& settings);
  ~App();

  // Shows a program (with its schedule) or a recording; `made`: its session, when there is one. The
  // playhead starts where there is something to see.
  void open(session::Opened opened, std::unique_ptr<session::Session> made = nullptr);
  // By name or link; errors are shown as a message. A long recording is opened in the background
  // while the window shows progress.
  void open_named(const std::string& what);
  // Shows a screen as it was left; a mode that has no run yet begins with its first.
  void show(ScreenId id);
  // Compares the dispatch modes of a queue (0: the first possible one) in the run that is shown, or
  // was shown last.
  void open_compare(ObjectId queue);
  // Asks whether the run that is shown, or was shown last, can go wrong.
  void open_races();

  // One frame: takes the keys, lets `seconds` of wall-clock time pass, draws.
  void draw(Ui& ui, double seconds);

  ScreenId shown() const { return shown_; }
  Screen& screen();
  // The run that the screen is about, and its session; nullptr where there is none.
  RunScreen* run() { return screen().run(); }
  session::Session* session() { return run() ? run()->session.get() : nullptr; }

  Desk desk;
  HomeScreen home{desk};
  LessonScreen lesson{desk};
  RunScreen program{desk};  // a program that decides by itself, or a recording
  SandboxScreen sandbox{desk};
  DriveScreen drive{desk};
  CompareScreen compare{desk};
  RacesScreen races{desk};
  HelpSheet help;
  RuleSheet rule;
  ClassSheet class_sheet;
  PaletteState palette;
  PresenterState presenter;
  Message message;
  bool quit = false, fullscreen = false, class_wanted = false;  // the sheet for a class
  int picture_wanted = 0;                                       // its scale; 0: none

 private:
  void open_lesson(std::shared_ptr<const lesson::Lesson> lesson);
  void open_link(const std::string& text);
  session::Link link_here();
  bool seek_link(const session::Link& link);
  void go_to_link(const session::Link& link);
  void tell_class();
  void copy_link(Ui& ui);
  void press_mode(ScreenId id);
  bool to_last_run();
  void follow_opening(Ui& ui);
  void run_errands(Ui& ui);
  void draw_dialogs(Ui& ui);
  void draw_page(Ui& ui);
  void take_keys(Ui& ui);
  std::vector<PaletteEntry> palette_entries(const Ui& ui);
  void do_palette(Ui& ui, const PaletteEntry& entry);
  void save_run(ExportKind kind);
  void draw_top_bar(Ui& ui, Rect bar);
  void draw_view_menu(Ui& ui, Rect& row, bool narrow);

  bool undo_offered_ = false;  // with the message that is shown
  ScreenId shown_ = ScreenId::home, last_run_ = ScreenId::sandbox;
  std::unique_ptr<session::Opening> opening_;  // a long recording, while it is being opened
};

}  // namespace qs::ui
